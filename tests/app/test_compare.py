"""The view that compares places, without a browser: what a link shows, however odd the link."""

import pytest
from tests.app.reading import HOSTILE, Open, bodies, links, text

from ocmap.dataset.dataset import Dataset


def test_two_places_of_a_link_are_compared_side_by_side(open_app: Open, dataset: Dataset) -> None:
    app = open_app(view="compare", compare=["PE-PUN", "PE-MDD"])
    shown = text(app)
    assert shown.count(dataset.statement["excisable.2-a"].text_es) == 1
    assert "Madre de Dios Frontera: Bolivia Puno Frontera: Bolivia" in shown
    assert "Dicho solo de Puno 3 afirmaciones" in shown
    assert shown.index("Dicho de todos") < shown.index("Dicho solo de Puno")
    assert "Sin mención en ninguno de estos lugares: Tráfico de migrantes, Extorsión, Armas" in shown


def test_the_comparison_is_in_english_under_an_english_link(open_app: Open) -> None:
    shown = text(open_app(view="compare", compare=["border-BO", "border-EC"], lang="en"))
    assert "Said only of the border with Ecuador 5 statements" in shown
    assert "not mentioned" in shown
    assert "sin mención" not in shown


def test_places_with_nothing_in_common_show_a_message(open_app: Open) -> None:
    shown = text(open_app(view="compare", compare=["PE-CUS", "PE-LIM"]))
    assert shown.count("Nada de lo que se muestra se dice de todos.") == 4  # markets, actors, routes, statements
    assert "Dicho solo de Cusco" in shown


def test_places_that_are_not_mentioned_show_a_message(open_app: Open) -> None:
    shown = text(open_app(view="compare", compare=["PE-CAL", "PE-HUC"]))
    assert "El perfil no menciona Huánuco; eso no significa que allí no haya delitos." in shown
    assert shown.count("No hay nada que mostrar de estos lugares.") == 3


def test_a_place_without_filtered_statements_is_not_called_unmentioned(open_app: Open) -> None:
    app = open_app(view="compare", compare=["PE-CAJ", "PE-TUM"], basis="named")
    shown = text(app)
    assert "nada con estos filtros" in shown
    assert "sin mención" not in shown
    assert "Los filtros ocultan 10 afirmaciones de estos lugares." in shown
    assert "basis" not in links(app)["Quitar filtros"]


@pytest.mark.parametrize("compare", [HOSTILE, "PE-XXX", ["", ",,", "PE-L'MA"], "none"])
def test_a_link_without_places_offers_comparisons(open_app: Open, compare: str | list[str]) -> None:
    app = open_app(view="compare", compare=compare)
    assert not app.exception
    assert links(app)["Madre de Dios y Puno"]["compare"] == ["PE-MDD", "PE-PUN"]
    assert "alert(" not in bodies(app)


def test_one_place_asks_for_one_more(open_app: Open) -> None:
    app = open_app(view="compare", compare="PE-TUM")
    assert "Elija un lugar más" in text(app)
    assert "Elija al menos 2 lugares" in text(open_app(view="compare"))
    assert links(app)["Piura"]["compare"] == ["PE-PIU", "PE-TUM"]


def test_only_the_first_three_of_four_places_are_compared(open_app: Open) -> None:
    app = open_app(view="compare", compare=["PE-TUM", "PE-PIU", "PE-CAJ", "PE-AMA"])
    assert "Dicho solo de Piura y de Tumbes" not in text(app)  # Tumbes is the fourth
    assert "Cajamarca" in text(app)
    assert app.selectbox(key="compare").disabled


@pytest.mark.parametrize("other", ["la-pampa", "EC", "PE", "amazon", "borders", "panamericana-sur", "pacific-ports"])
def test_any_place_that_has_a_panel_can_be_compared(open_app: Open, other: str) -> None:
    app = open_app(view="compare", compare=["PE-MDD", other])
    assert not app.exception
    assert links(app)["Madre de Dios"]["place"] == ["PE-MDD"]


def test_a_cell_opens_the_map_with_its_place_and_market(open_app: Open) -> None:
    found = bodies(open_app(view="compare", compare=["PE-MDD", "PE-PUN"])).split('href="')
    assert any("markets=counterfeit&amp;place=PE-PUN" in one.partition('"')[0] for one in found)
    assert not any("markets=counterfeit&amp;place=PE-MDD" in one.partition('"')[0] for one in found)


def test_the_panel_of_a_region_links_to_the_comparison(open_app: Open) -> None:
    link = links(open_app(place="PE-PUN"))["Comparar con otro lugar"]
    assert (link["view"], link["compare"]) == (["compare"], ["PE-PUN"])


def test_the_panel_of_a_site_does_not_link_to_the_comparison(open_app: Open) -> None:
    assert not [name for name in links(open_app(place="la-pampa")) if name.startswith("Comparar")]
