"""Filters change the statements shown and the URL; they never change the profile."""

import re

import pytest
from tests.app.reading import Open, boxes, links, scene_of, text

from ocmap.dataset.codebook import DATA_VERSION
from ocmap.dataset.dataset import Dataset


def test_a_market_filters_the_panel(open_app: Open, dataset: Dataset) -> None:
    shown = text(open_app(place="PE-LMA", markets="arms"))
    assert dataset.statement["arms.6-a"].text_es in shown
    assert dataset.statement["extortion.2-a"].text_es not in shown


def test_a_market_filter_counts_the_hidden_statements(open_app: Open) -> None:
    # 10 are about Lima Metropolitana (see tests/unit/analysis/test_filters.py); arms.6-a is left.
    assert "Los filtros ocultan 9 afirmaciones de este lugar." in text(open_app(place="PE-LMA", markets="arms"))


def test_a_market_changes_the_number_of_regions(open_app: Open) -> None:
    before = re.search(r"\d+ regiones nombradas", text(open_app()))
    assert before is not None
    assert before[0] != "2 regiones nombradas"
    assert "2 regiones nombradas" in text(open_app(markets="heroin"))


def test_the_filters_of_the_url_are_ticked(open_app: Open) -> None:
    ticked = boxes(open_app(markets=["arms", "heroin"], actors="pharmacies", basis="named", layers="regions"))
    assert ticked == {
        ("markets", "arms"),
        ("markets", "heroin"),
        ("actors", "pharmacies"),
        ("basis", "named"),
        ("layers", "regions"),
    }


def test_an_actor_filters_the_counts_of_the_markets(open_app: Open) -> None:
    assert "Sintéticas 1 " in text(open_app(actors="pharmacies"))


def test_the_map_receives_which_layers_are_off(open_app: Open) -> None:
    assert r"layers=regions\"" in scene_of(open_app(layers="regions"))


def test_clearing_the_filters_keeps_the_place(open_app: Open) -> None:
    app = open_app(place="PE-LMA", markets="arms", basis="named")
    assert links(app)["Quitar filtros"] == {"place": ["PE-LMA"], "data": [DATA_VERSION]}


def test_without_filters_there_is_no_clear_button(open_app: Open) -> None:
    assert "Quitar filtros" not in text(open_app())
    assert "Quitar filtros" in text(open_app(markets="arms"))


def test_filters_without_results_show_a_message(open_app: Open) -> None:
    assert "no queda ninguna afirmación en el mapa" in text(open_app(basis="none"))


@pytest.mark.parametrize(
    ("place", "query", "untruth"),
    [
        ("PE-PUN", {"basis": "border"}, "no nombra a Puno"),
        ("PE-LMA", {"markets": "arms"}, "no nombra a Lima"),
        ("border-EC", {"markets": "excisable"}, "no menciona esta frontera"),
        ("PE-PUN", {"markets": "cyber"}, "no menciona Puno"),
        ("la-pampa", {"markets": "cyber"}, "no menciona La Pampa"),
    ],
)
def test_a_filtered_place_is_not_described_as_unmentioned(
    open_app: Open, place: str, query: dict[str, str], untruth: str
) -> None:
    """The profile names these places; that a filter hides where it does so changes nothing about that."""
    assert untruth not in text(open_app(place=place, **query))
