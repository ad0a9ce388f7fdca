"""The description of each layer, compared with the data and their provenance."""

import re
import tomllib
from pathlib import Path

import pytest
from tests.support.ecuador import TARGET
from tests.support.inputs import PACKAGE
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.view_state import Layer
from ocmap.boundaries.coverage import TOLERANCE_M
from ocmap.boundaries.geojson import read_features
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import LANGUAGES, Lang, PlaceKind
from ocmap.geo.crs import distance_km
from ocmap.web.layer_info import LayerCard, build_layer_cards


def card(layer: Layer, lang: Lang) -> LayerCard:
    return next(one for one in build_layer_cards(i18n.words_of(DATASET, lang)) if one.layer is layer)


def said(layer: Layer, lang: Lang) -> str:
    return " ".join(text for _, text in card(layer, lang).facts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_layer_has_a_card_with_the_same_four_facts(lang: Lang) -> None:
    cards = build_layer_cards(i18n.words_of(DATASET, lang))
    assert [one.layer for one in cards] == list(Layer)
    assert {tuple(term for term, _ in one.facts) for one in cards} == {tuple(term for term, _ in cards[0].facts)}
    assert len(cards[0].facts) == 4
    assert [one.name for one in cards] == [i18n.words_of(DATASET, lang)[f"layer.{layer}"] for layer in Layer]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fact_says_what_it_is_about(lang: Lang) -> None:
    cards = [one for data in (DATASET, read_dataset(TARGET)) for one in build_layer_cards(i18n.words_of(data, lang))]
    texts = [text for card in cards for _, text in card.facts]
    assert [text for text in texts if text.startswith(("Where ", "Donde "))] == []


@pytest.mark.parametrize("layer", Layer)
def test_the_files_named_by_a_card_exist_and_are_the_same_in_both_languages(layer: Layer, geodata: Path) -> None:
    files = [re.findall(r"\w+\.(?:csv|geojson)", said(layer, lang)) for lang in LANGUAGES]
    assert files[0] == files[1]
    assert files[0]
    assert [name for name in files[0] if not (geodata / name).is_file()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_natural_earth_layers_are_credited_and_in_the_public_domain(lang: Lang, geodata: Path) -> None:
    origin = tomllib.loads((geodata / "raw" / "natural-earth.origin.toml").read_text("utf-8"))
    assert origin["licence"] == "public domain"
    for layer in (Layer.REGIONS, Layer.RIVERS):
        assert origin["attribution"] in said(layer, lang)
    assert f"{origin['package']} {origin['version']}" in said(Layer.REGIONS, lang)
    assert f"{TOLERANCE_M:.0f} m" in said(Layer.REGIONS, lang).replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_of_the_routes_names_the_licence_of_the_towns(lang: Lang, geodata: Path) -> None:
    origin = tomllib.loads((geodata / "raw" / "geonames.origin.toml").read_text("utf-8"))
    assert f"{origin['producer']}, {origin['licence']}" in said(Layer.ROUTES, lang)


def test_the_counts_of_the_cards_equal_those_of_the_data(dataset: Dataset) -> None:
    kinds = [place.kind for place in dataset.places]
    counts = [kinds.count(kind) for kind in (PlaceKind.REGION, PlaceKind.CORRIDOR, PlaceKind.SITE, PlaceKind.TRIPOINT)]
    assert counts == [26, 5, 5, 4]
    for layer, word in zip(
        (Layer.REGIONS, Layer.CORRIDORS, Layer.SITES, Layer.TRIPOINTS), ("26", "five", "five", "four"), strict=True
    ):
        assert f" {word} " in card(layer, "en").facts[0][1]


def test_the_rivers_left_out_are_not_drawn() -> None:
    assert {"putumayo", "yavari"}.isdisjoint(river.id for river in PACKAGE.recipe.rivers)
    assert "Putumayo" in said(Layer.RIVERS, "es")


def test_the_stated_errors_of_the_tripoints_are_correct(dataset: Dataset) -> None:
    off = []
    for expected in PACKAGE.recipe.expected.tripoints:
        place = dataset.place[f"tripoint-{'-'.join(expected.countries)}"]
        off.append(distance_km((place.lon or 0, place.lat or 0), expected.at))
    assert (round(min(off)), round(max(off), 1)) == (1, 4.5)
    assert "entre 1 y 4,5 km" in said(Layer.TRIPOINTS, "es")
    assert "between 1 and 4.5 km" in said(Layer.TRIPOINTS, "en")


def test_the_paths_of_the_routes_are_schematic(geodata: Path, dataset: Dataset) -> None:
    paths = {path.feature_id: path.properties["schematic"] for path in read_features(geodata / "paths.geojson")}
    followed = {route.path for route in dataset.routes if route.path}
    assert {paths[path] for path in followed} == {True}
