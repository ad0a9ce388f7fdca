"""The first view, and the panels of places and routes."""

from html import unescape
from typing import Any

from tests.app.reading import Open, bodies, heading, links, map_state, text
from tests.support.shipped import DATA_VERSION

from ocmap.dataset.dataset import Dataset


def test_the_app_runs(open_app: Open) -> None:
    app = open_app()
    assert not app.exception
    assert not app.error


def test_the_first_view_asks_for_a_place(open_app: Open) -> None:
    assert "Elija un lugar" in heading(open_app())


def test_the_first_view_is_in_spanish(open_app: Open) -> None:
    assert "Dónde ubica el Índice los mercados criminales" in text(open_app())


def test_the_first_view_says_how_much_of_the_profile_the_map_can_show(
    open_app: Open, dataset: Dataset, evidence: Any
) -> None:
    national = {row.statement_id for row in evidence if row.place_id == "PE"}
    total = len(dataset.statements)
    shown = text(open_app())
    assert f"Todo el perfil: {total} afirmaciones; {total - len(national)} se pueden ubicar en el mapa." in shown
    assert "Más afirmaciones sobre mercados: Lima Metropolitana (7)." in shown
    assert links(open_app())[f"Leer las {len(national)} que hablan de todo el país"]["view"] == ["national"]


def test_the_first_view_warns_that_blank_does_not_mean_calm(open_app: Open) -> None:
    assert "Eso no significa que allí no haya delitos" in text(open_app())


def test_a_place_of_the_first_view_opens(open_app: Open) -> None:
    link = links(open_app())["Lima Metropolitana 7"]
    assert heading(open_app(**link)) == "Lima Metropolitana"


def test_the_map_is_drawn(open_app: Open) -> None:
    assert "OcMap.start(" in str(open_app().get("component_instance")[0].proto.json_args)


def test_a_link_opens_its_place(open_app: Open) -> None:
    assert heading(open_app(place="PE-MDD")) == "Madre de Dios"


def test_a_region_shows_its_codes(open_app: Open) -> None:
    assert "PE-MDD · ubigeo 17 · 85\u00a0301 km² (INEI)" in unescape(bodies(open_app(place="PE-MDD")))


def test_a_panel_counts_its_statements_that_are_not_on_the_map(open_app: Open, dataset: Dataset) -> None:
    """cooperation.4-b, criminal_networks.1-b and leadership.1-b name Lima and speak of no market."""
    shown = text(open_app(place="PE-LMA"))
    assert "3 de estas afirmaciones no tratan de ningún mercado y no colorean el mapa." in shown
    for statement in ("cooperation.4-b", "criminal_networks.1-b", "leadership.1-b"):
        assert dataset.statement[statement].text_es in shown


def test_a_statement_is_shown_with_its_basis_its_hedge_and_its_locator(open_app: Open, dataset: Dataset) -> None:
    shown = text(open_app(place="PE-MDD"))
    own = dataset.statement["non_renewable.3-b"].text_es
    assert own in shown
    assert shown[shown.index(own) :].removeprefix(own).strip().startswith("Dentro: La Pampa Certeza: afirmado")
    topic = dataset.topic["non_renewable"].name_es
    assert f"{topic}, oración 3" in shown


def test_a_blank_region_is_not_described_as_calm(open_app: Open) -> None:
    assert "no menciona Huánuco; eso no significa que allí no haya delitos" in text(open_app(place="PE-HUC"))


def test_a_link_opens_its_route(open_app: Open) -> None:
    assert heading(open_app(route="heroin.1-r2")) == "Opio: Cajamarca → Ecuador"


def test_every_place_has_a_panel(open_app: Open, dataset: Dataset) -> None:
    app = open_app()
    wrong = []
    for place in dataset.places:
        app.query_params["place"] = place.place_id
        if app.run().exception or heading(app) != place.name_es:
            wrong.append(place.place_id)
    assert wrong == []


def test_every_route_has_a_panel(open_app: Open, dataset: Dataset) -> None:
    app = open_app()
    wrong = []
    for route in dataset.routes:
        app.query_params["route"] = route.route_id
        if app.run().exception or not heading(app).startswith(route.goods_es[:1].upper()):
            wrong.append(route.route_id)
    assert wrong == []


def test_the_map_receives_the_selected_place(open_app: Open) -> None:
    assert map_state(open_app(place="PE-PUN"))["q"] == "place=PE-PUN"


def test_the_panel_can_be_closed(open_app: Open) -> None:
    link = links(open_app(place="PE-MDD"))["Cerrar"]
    assert link == {"data": [DATA_VERSION]}
    assert heading(open_app(**link)) == "Elija un lugar"


def test_a_neighbour_opens_its_panel(open_app: Open) -> None:
    assert heading(open_app(**links(open_app(place="PE-TUM"))["Piura"])) == "Piura"


def test_a_route_of_a_place_opens_its_panel(open_app: Open) -> None:
    name = "Opio: Cajamarca → Ecuador"
    link = links(open_app(place="PE-CAJ"))[name]
    assert (heading(open_app(**link)), link["route"]) == (name, ["heroin.1-r2"])


def test_the_page_follows_the_url_after_going_back(open_app: Open) -> None:
    app = open_app(place="PE-MDD")
    for place, name in (("PE-PUN", "Puno"), ("PE-MDD", "Madre de Dios")):
        app.query_params["place"] = place
        assert heading(app.run()) == name
