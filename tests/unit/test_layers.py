"""What is drawn: the constant shapes, and the scene that a state of the page gives."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import shapely

from ocmap.dataset import Dataset
from ocmap.geometry import FRAME, Shapes
from ocmap.layers import Json, World, build_map_data, build_scene
from ocmap.model import Basis, Hedge
from ocmap.query import Evidence, Filters, read
from ocmap.view import Layer, ViewState

Scene = Callable[[ViewState], Json]

SELECTABLE = {"regions", "corridors", "routes", "sites", "tripoints"}


@pytest.fixture
def scene(world: World, evidence: tuple[Evidence, ...]) -> Scene:
    """Return a function that builds the scene of a state, in Spanish and light."""

    def build(view: ViewState) -> Json:
        return build_scene(world, read(world.dataset, evidence, Filters.of(view)), view, "es", "light")

    return build


@pytest.fixture(scope="module")
def map_data(dataset: Dataset, shapes: Shapes) -> Json:
    return build_map_data(dataset, shapes)


def swatches(scene: Json) -> list[str]:
    return [row["swatch"] for row in scene["legend"]["rows"]]


def positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Yield every longitude and latitude of a geometry's coordinates."""
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from positions(part)


# The constant shapes


def test_the_map_has_a_feature_for_everything_that_can_be_selected(map_data: Json, world: World) -> None:
    counts = {name: len(part["features"]) for name, part in map_data.items() if name in SELECTABLE}
    assert counts == {
        "regions": 26,
        "corridors": 10,
        "routes": len(world.drawn),
        "sites": 5,
        "tripoints": 4,
    }


def test_the_map_shows_peru_and_its_five_neighbours(map_data: Json) -> None:
    assert {"PE", "EC", "CO", "BR", "BO", "CL"} <= {feature["id"] for feature in map_data["countries"]["features"]}


@pytest.mark.parametrize("name", ["regions", "corridors", "countries", "rivers", "routes", "sites", "tripoints"])
def test_every_coordinate_lies_in_the_frame_with_longitude_first(map_data: Json, name: str) -> None:
    west, south, east, north = FRAME
    for feature in map_data[name]["features"]:
        assert all(west <= lon <= east and south <= lat <= north for lon, lat in positions(feature["geometry"]["coordinates"]))


def test_the_bounds_are_south_west_and_north_east(map_data: Json) -> None:
    (south, west), (north, east) = map_data["bounds"]
    assert (-19 < south < -18, -82 < west < -81, -1 < north < 1, -69 < east < -68) == (True, True, True, True)


@pytest.mark.parametrize("name", ["regions", "corridors", "countries", "rivers", "routes", "sites", "tripoints"])
def test_every_feature_has_a_name_in_both_languages(map_data: Json, name: str) -> None:
    for feature in map_data[name]["features"]:
        assert feature["properties"]["name"]["es"]
        assert feature["properties"]["name"]["en"]


def test_no_two_features_of_a_kind_share_an_id(map_data: Json) -> None:
    for name in map_data.keys() - {"bounds"}:
        ids = [feature["id"] for feature in map_data[name]["features"]]
        assert len(set(ids)) == len(ids)


def test_every_region_says_where_its_name_is_written(map_data: Json) -> None:
    assert all(
        len(one["properties"]["label"]) == 2 and one["properties"]["align"] in {"start", "middle", "end"}
        for one in map_data["regions"]["features"]
    )


def test_a_site_lies_where_the_gazetteer_says(map_data: Json, dataset: Dataset) -> None:
    pampa = next(one for one in map_data["sites"]["features"] if one["id"] == "la-pampa")
    assert pampa["geometry"]["coordinates"] == [dataset.place["la-pampa"].lon, dataset.place["la-pampa"].lat]


def test_a_site_lies_in_the_region_that_it_is_coded_in(dataset: Dataset, shapes: Shapes) -> None:
    astray = [
        place.place_id
        for place in dataset.places
        if place.kind == "site"
        and not shapes.regions.geometry[place.parent].contains(shapely.Point(place.lon or 0, place.lat or 0))
    ]
    assert astray == []


def test_every_line_is_said_to_be_schematic(map_data: Json) -> None:
    assert all(one["properties"]["schematic"] for one in map_data["routes"]["features"])


@pytest.mark.parametrize(
    ("hedge", "hollow"),
    [(Hedge.STATED, False), (Hedge.REPORTED, False), (Hedge.ESTIMATED, False), (Hedge.ALLEGED, True), (Hedge.POTENTIAL, True)],
)
def test_a_route_is_hollow_where_the_source_doubts_it(
    dataset: Dataset, shapes: Shapes, hedge: Hedge, hollow: bool  # noqa: FBT001 - a table of cases
) -> None:
    routes = tuple(
        route.model_copy(update={"hedge": hedge}) if route.route_id == "heroin.1-r1" else route for route in dataset.routes
    )
    features = build_map_data(replace(dataset, routes=routes), shapes)["routes"]["features"]
    assert next(one for one in features if one["id"] == "heroin.1-r1")["properties"]["hollow"] is hollow


def test_the_map_data_are_plain_json(map_data: Json) -> None:
    assert json.loads(json.dumps(map_data, allow_nan=False)) == map_data


# The scene


def test_a_scene_is_plain_json(scene: Scene) -> None:
    built = scene(ViewState(place="PE-MDD"))
    assert json.loads(json.dumps(built, allow_nan=False)) == built


@pytest.mark.parametrize(
    ("region", "n", "level", "hatch"),
    [
        ("PE-MDD", 2, 2, "border"),
        ("PE-LMA", 7, 4, None),
        ("PE-PUN", 3, 3, "border"),
        ("PE-CUS", 1, 1, None),
        ("PE-SAM", 0, 0, "area"),
        ("PE-LAM", 0, 0, "area"),
        ("PE-UCA", 0, 0, "area"),
        ("PE-HUC", 0, 0, None),
    ],
)
def test_a_region_has_its_count_level_and_hatch(scene: Scene, region: str, n: int, level: int, hatch: str | None) -> None:
    drawn = scene(ViewState())["regions"][region]
    assert (drawn["n"], drawn["level"], drawn["hatch"]) == (n, level, hatch)


def test_every_region_and_every_corridor_is_in_every_scene(scene: Scene) -> None:
    built = scene(ViewState(markets=("cyber",)))
    assert (len(built["regions"]), len(built["corridors"])) == (26, 5)


def test_a_market_takes_the_colour_of_what_it_does_not_reach(scene: Scene) -> None:
    assert scene(ViewState(markets=("heroin",)))["regions"]["PE-LMA"]["level"] == 0


def test_a_corridor_has_its_count(scene: Scene) -> None:
    counts = {place: drawn["n"] for place, drawn in scene(ViewState())["corridors"].items()}
    assert counts == {"border-BO": 2, "border-BR": 0, "border-CL": 1, "border-CO": 0, "border-EC": 2}


@pytest.mark.parametrize(
    ("view", "selected"),
    [
        (ViewState(), None),
        (ViewState(place="PE-MDD"), {"kind": "place", "id": "PE-MDD"}),
        (ViewState(route="heroin.1-r1"), {"kind": "route", "id": "heroin.1-r1"}),
    ],
    ids=["nothing", "place", "route"],
)
def test_a_scene_says_what_is_selected(scene: Scene, view: ViewState, selected: Json | None) -> None:
    assert scene(view)["selected"] == selected


def test_the_corridors_that_a_selected_region_touches_are_near(scene: Scene) -> None:
    corridors = scene(ViewState(place="PE-MDD"))["corridors"]
    assert {place for place, drawn in corridors.items() if drawn["near"]} == {"border-BO", "border-BR"}


def test_the_routes_of_a_selected_region_are_near(scene: Scene) -> None:
    routes = scene(ViewState(place="PE-LAL"))["routes"]
    assert {route for route, drawn in routes.items() if drawn["near"]} == {"cannabis.3-r1"}


def test_nothing_is_near_where_nothing_is_selected(scene: Scene) -> None:
    built = scene(ViewState())
    assert not any(drawn["near"] for drawn in (*built["corridors"].values(), *built["routes"].values()))


def test_routes_that_the_filters_hide_are_not_in_the_scene(scene: Scene) -> None:
    assert set(scene(ViewState(markets=("heroin",)))["routes"]) == {"heroin.1-r1", "heroin.1-r2"}


def test_a_route_without_a_line_is_not_among_the_lines(scene: Scene, world: World) -> None:
    assert set(scene(ViewState())["routes"]) == world.drawn


def test_sites_that_the_filters_hide_are_not_in_the_scene(scene: Scene) -> None:
    assert set(scene(ViewState(markets=("arms",)))["sites"]) == {"villa-el-salvador"}


def test_a_site_that_no_sentence_names_is_not_in_the_scene(scene: Scene) -> None:
    assert "pataz" not in scene(ViewState())["sites"]


# The cards for flows without a line


def edge_routes(scene: Json) -> set[str]:
    return {item["route"] for card in scene["edges"] for item in card["items"]}


def test_a_drawn_route_has_no_card(scene: Scene, world: World) -> None:
    assert edge_routes(scene(ViewState())).isdisjoint(world.drawn)


def test_every_route_has_a_line_or_a_card(scene: Scene, dataset: Dataset) -> None:
    built = scene(ViewState())
    assert edge_routes(built) | set(built["routes"]) == {route.route_id for route in dataset.routes}


def test_a_market_leaves_its_own_cards(scene: Scene) -> None:
    assert edge_routes(scene(ViewState(markets=("arms",)))) == {"arms.1-r1", "arms.1-r2", "arms.1-r3"}


def test_cards_go_with_the_layer_of_routes(scene: Scene) -> None:
    assert scene(ViewState(layers=(Layer.REGIONS,)))["edges"] == []


@pytest.mark.parametrize(
    ("name", "side", "direction", "routes"),
    [
        ("Europa", "ne", "out", {"arms.1-r1", "cocaine.2-r1", "cocaine.2-r2", "cocaine.2-r3", "cocaine.5-r2"}),
        ("Venezuela", "ne", "in", {"human_smuggling.1-r1"}),
        ("Paraguay", "e", "in", {"excisable.3-r1"}),
        ("Asia", "w", "out", {"cocaine.5-r3", "fauna.2-r1", "flora.2-r1"}),
        ("América del Norte", "nw", "out", {"cocaine.5-r1", "financial.5-r1"}),
        ("Países vecinos", "e", "out", {"financial.5-r2"}),
    ],
)
def test_a_flow_beyond_the_frame_has_a_card_at_its_side(
    scene: Scene, name: str, side: str, direction: str, routes: set[str]
) -> None:
    cards = [card for card in scene(ViewState())["edges"] if card["name"] == name]
    assert [(card["side"], card["at"], card["direction"]) for card in cards] == [(side, None, direction)]
    assert {item["route"] for item in cards[0]["items"]} == routes


def test_a_flow_to_a_neighbour_has_its_card_there(scene: Scene, dataset: Dataset) -> None:
    brazil = next(card for card in scene(ViewState())["edges"] if card["name"] == "Brasil")
    assert (brazil["side"], brazil["at"]) == (None, [dataset.place["BR"].lon, dataset.place["BR"].lat])


def test_no_two_items_of_a_card_read_alike(scene: Scene) -> None:
    for card in scene(ViewState())["edges"]:
        texts = [item["text"] for item in card["items"]]
        assert len(set(texts)) == len(texts)


def test_a_country_beyond_the_frame_is_named_on_its_part_of_the_worlds_card(scene: Scene) -> None:
    europe = next(card for card in scene(ViewState())["edges"] if card["name"] == "Europa")
    assert "cocaína (Bélgica)" in [item["text"] for item in europe["items"]]


def test_a_card_of_a_potential_flow_says_that_it_is_potential(scene: Scene) -> None:
    """The source only worries about fentanyl from Ecuador; its card must not state it flatly."""
    items = [item for card in scene(ViewState())["edges"] for item in card["items"]]
    fentanyl = next(item for item in items if item["route"] == "synthetic.2-r1")
    assert "posible" in fentanyl["text"] + fentanyl["tip"]


# The legend


def test_the_legend_of_the_first_view(scene: Scene) -> None:
    assert swatches(scene(ViewState())) == ["border", "area", "blank", "schematic", "corridor", "site"]


@pytest.mark.parametrize(
    ("layer", "rows"),
    [
        (Layer.REGIONS, {"border", "area", "blank"}),
        (Layer.ROUTES, {"schematic", "hollow"}),
        (Layer.CORRIDORS, {"corridor"}),
        (Layer.SITES, {"site"}),
    ],
)
def test_a_layer_that_is_off_has_no_row_in_the_legend(scene: Scene, layer: Layer, rows: set[str]) -> None:
    layers = tuple(one for one in ViewState().layers if one is not layer)
    assert rows.isdisjoint(swatches(scene(ViewState(layers=layers))))


def test_tripoints_come_into_the_legend_with_their_layer(scene: Scene) -> None:
    assert "tripoint" in swatches(scene(ViewState(layers=(Layer.TRIPOINTS,))))


def test_without_layers_the_legend_is_empty(scene: Scene) -> None:
    legend = scene(ViewState(layers=()))["legend"]
    assert (legend["rows"], legend["levels"]) == ([], [])


def test_the_legend_has_no_route_where_none_is_drawn(scene: Scene) -> None:
    assert "schematic" not in swatches(scene(ViewState(markets=("fauna",))))


def test_the_legend_has_no_site_where_none_is_drawn(scene: Scene) -> None:
    built = scene(ViewState(markets=("cyber",)))
    assert built["sites"] == {}
    assert "site" not in swatches(built)


def test_the_legend_has_no_hatch_that_no_region_bears(scene: Scene) -> None:
    assert {"border", "area"}.isdisjoint(swatches(scene(ViewState(basis=(Basis.NAMED,)))))


def test_the_legend_gives_the_levels(scene: Scene) -> None:
    assert scene(ViewState())["legend"]["levels"] == ["1", "2", "3–5", "6–9", "10+"]


def test_a_hollow_route_comes_into_the_legend_where_one_is_drawn(world: World) -> None:
    routes = tuple(
        route.model_copy(update={"hedge": Hedge.ALLEGED}) if route.route_id == "heroin.1-r1" else route
        for route in world.dataset.routes
    )
    doubted = replace(world, dataset=replace(world.dataset, routes=routes))
    built = build_scene(doubted, world.everything, ViewState(), "es", "light")
    assert "hollow" in swatches(built)
    assert "presunto" in built["routes"]["heroin.1-r1"]["tip"]


def test_a_scene_speaks_the_language_that_it_is_told(world: World) -> None:
    built = build_scene(world, world.everything, ViewState(), "en", "dark")
    assert (built["lang"], built["theme"], built["legend"]["open"]) == ("en", "dark", "Legend")
