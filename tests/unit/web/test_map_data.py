"""What the browser fetches once: every shape, the cards for flows without a line, and the words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest
import shapely
from tests.support.arcs import read_lines
from tests.support.shipped import FRAME

from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Hedge, Lang
from ocmap.geo.shapes import Shapes
from ocmap.web.json_data import Json
from ocmap.web.map_data import build_map_data, responses_at

SELECTABLE = {"regions", "corridors", "routes", "sites", "tripoints", "responses"}
COLLECTIONS = ["regions", "corridors", "countries", "rivers", "routes", "sites", "tripoints", "responses"]


@pytest.fixture(scope="module")
def map_data(profile: CountryProfile) -> Json:
    """Return the data as the browser reads them."""
    data: Json = json.loads(json.dumps(build_map_data(profile), allow_nan=False))
    return data


def positions(map_data: Json, feature: Json) -> Iterator[tuple[float, float]]:
    """Yield every longitude and latitude of a feature."""
    if "at" in feature:
        lon, lat = feature["at"]
        yield lon, lat
    else:
        yield from chain.from_iterable(read_lines(map_data["arcs"], feature["lines"]))


def test_the_map_has_a_feature_for_everything_that_can_be_selected(map_data: Json, profile: CountryProfile) -> None:
    counts = {name: len(part) for name, part in map_data.items() if name in SELECTABLE}
    assert counts == {
        "regions": 26,
        "corridors": 10,
        "routes": len(profile.routes_with_line),
        "sites": 5,
        "tripoints": 4,
        "responses": 9,
    }


def test_the_map_shows_peru_and_its_five_neighbours(map_data: Json) -> None:
    assert {"PE", "EC", "CO", "BR", "BO", "CL"} <= {feature["id"] for feature in map_data["countries"]}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_coordinate_is_within_the_frame_with_longitude_first(map_data: Json, name: str) -> None:
    west, south, east, north = FRAME
    for feature in map_data[name]:
        assert all(west <= lon <= east and south <= lat <= north for lon, lat in positions(map_data, feature))


def test_the_bounds_are_south_west_and_north_east(map_data: Json) -> None:
    (south, west), (north, east) = map_data["bounds"]
    assert (-19 < south < -18, -82 < west < -81, -1 < north < 1, -69 < east < -68) == (True, True, True, True)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_feature_has_a_name_in_both_languages(map_data: Json, name: str) -> None:
    for feature in map_data[name]:
        assert feature["properties"]["name"]["es"]
        assert feature["properties"]["name"]["en"]


def test_no_two_features_of_a_kind_share_an_id(map_data: Json) -> None:
    for name in COLLECTIONS:
        ids = [feature["id"] for feature in map_data[name]]
        assert len(set(ids)) == len(ids)


def test_every_region_has_a_position_for_its_name(map_data: Json) -> None:
    assert all(
        len(one["properties"]["label"]) == 2 and one["properties"]["align"] in {"start", "middle", "end"}
        for one in map_data["regions"]
    )


def test_a_site_is_at_its_gazetteer_position(map_data: Json, dataset: Dataset) -> None:
    pampa = next(one for one in map_data["sites"] if one["id"] == "la-pampa")
    assert pampa["at"] == [dataset.place["la-pampa"].lon, dataset.place["la-pampa"].lat]


def test_a_site_is_within_its_coded_region(dataset: Dataset, shapes: Shapes) -> None:
    astray = [
        place.place_id
        for place in dataset.places
        if place.kind == "site"
        and not shapes.regions.geometry[place.parent].contains(shapely.Point(place.lon or 0, place.lat or 0))
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("hedge", "hollow"),
    [
        (Hedge.STATED, False),
        (Hedge.REPORTED, False),
        (Hedge.ESTIMATED, False),
        (Hedge.ALLEGED, True),
        (Hedge.POTENTIAL, True),
    ],
)
def test_a_route_doubted_by_the_source_is_hollow(
    profile: CountryProfile,
    hedge: Hedge,
    hollow: bool,  # noqa: FBT001 - a table of cases
) -> None:
    routes = tuple(
        route.model_copy(update={"hedge": hedge}) if route.route_id == "heroin.1-r1" else route
        for route in profile.dataset.routes
    )
    features = build_map_data(replace(profile, dataset=replace(profile.dataset, routes=routes)))["routes"]
    assert next(one for one in features if one["id"] == "heroin.1-r1")["properties"]["hollow"] is hollow


def test_the_map_data_are_plain_json(map_data: Json) -> None:
    assert json.loads(json.dumps(map_data, allow_nan=False)) == map_data


def test_a_roughly_placed_site_is_marked_as_approximate(map_data: Json) -> None:
    rough = {one["id"]: one["properties"]["approximate"] for one in map_data["sites"]}
    assert (rough["la-pampa"], rough["villa-el-salvador"], rough["gamarra"], rough["polvos-azules"]) == (
        True,
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("place", "statements"),
    [
        ("tripoint-BO-CL", ("territorial_integrity.3-b",)),
        ("border-EC", ("counterfeit.4-b", "policies_laws.5-b", "territorial_integrity.3-a")),
        ("PE-LMA", ("cooperation.4-b",)),
        ("PE-TUM", ("arms.5-a",)),
        ("villa-el-salvador", ("arms.6-a",)),
    ],
)
def test_a_response_has_a_point_at_its_named_place(
    map_data: Json, dataset: Dataset, place: str, statements: tuple[str, ...]
) -> None:
    assert responses_at(dataset, dataset.place[place]) == statements
    point = next(one for one in map_data["responses"] if one["id"] == f"response/{place}")
    assert point["at"] == [dataset.place[place].lon, dataset.place[place].lat]
    assert point["properties"]["place"] == place


def test_only_places_with_their_own_position_have_responses(map_data: Json) -> None:
    """The Amazon, the borders in general and foreign partners are named by responses too, and get no point."""
    assert {one["properties"]["place"] for one in map_data["responses"]} == {
        "PE-LMA",
        "PE-PIU",
        "PE-TUM",
        "border-BO",
        "border-BR",
        "border-CO",
        "border-EC",
        "tripoint-BO-CL",
        "villa-el-salvador",
    }


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_response_is_marked_as_a_response(map_data: Json, lang: str) -> None:
    words = {"es": "respuesta del Estado", "en": "response of the state"}
    notes = [one["properties"]["note"][lang] for one in map_data["responses"]]
    assert [note for note in notes if "{n}" not in note or words[lang] not in note] == []


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_doubtful_line_states_the_certainty_of_the_source(profile: CountryProfile, lang: Lang) -> None:
    routes = tuple(
        route.model_copy(update={"hedge": Hedge.ALLEGED}) if route.route_id == "heroin.1-r1" else route
        for route in profile.dataset.routes
    )
    features = build_map_data(replace(profile, dataset=replace(profile.dataset, routes=routes)))["routes"]
    note = next(one for one in features if one["id"] == "heroin.1-r1")["properties"]["note"][lang]
    assert {"es": "presunto", "en": "alleged"}[lang] in note


def test_the_words_of_the_map_are_in_both_languages(map_data: Json) -> None:
    assert map_data["words"]["es"]["map.home"] == "Ver todo el Perú"
    assert map_data["words"]["en"]["map.home"] == "See all of Peru"


def test_the_legend_has_a_name_for_each_colour_class(map_data: Json) -> None:
    assert map_data["levels"] == ["1", "2", "3–5", "6–9", "10+"]


# The list of flows without a line


def flow_ends(map_data: Json) -> dict[str, Json]:
    """Return the ends of all flows by their route."""
    return {end["route"]: end for flow in map_data["flows"] for end in flow["ends"]}


def goods_of(map_data: Json, goods: str) -> Json:
    flows: list[Json] = [flow for flow in map_data["flows"] if flow["goods"]["es"] == goods]
    assert len(flows) == 1
    return flows[0]


def test_every_route_has_either_a_line_or_one_end_in_the_list(map_data: Json, profile: CountryProfile) -> None:
    listed = [end["route"] for flow in map_data["flows"] for end in flow["ends"]]
    assert sorted([*listed, *profile.routes_with_line]) == [route.route_id for route in profile.dataset.routes]


@pytest.mark.parametrize(
    ("goods", "ends"),
    [
        ("armas", {"→ Europa", "→ Colombia", "→ Ecuador"}),
        ("cocaína", {"→ Europa", "→ Bélgica", "→ Turquía", "→ América del Norte", "→ Asia"}),
        ("drogas", {"→ Puertos del Pacífico", "→ Puertos del Atlántico"}),
        ("madera", {"→ China"}),
        ("migrantes", {"← Venezuela", "→ Brasil", "→ Chile"}),
        ("fentanilo", {"← Ecuador"}),
    ],
)
def test_a_good_is_listed_once_with_where_it_comes_from_or_goes_to(map_data: Json, goods: str, ends: set[str]) -> None:
    arrows = {"out": "→", "in": "←"}
    found = {f"{arrows[end['direction']]} {end['place']['es']}" for end in goods_of(map_data, goods)["ends"]}
    assert found == ends


def test_a_flow_in_the_list_says_what_is_known_of_its_ends(map_data: Json) -> None:
    ends = flow_ends(map_data)
    wanted = {"arms.1-r1": "named", "cocaine.2-r1": "open", "cocaine.5-r2": "open"}
    assert {route: ends[route]["end"] for route in wanted} == wanted


def test_a_line_says_what_is_known_of_its_ends(map_data: Json) -> None:
    lines = {one["id"]: one["properties"] for one in map_data["routes"]}
    assert {name: (one["start"], one["end"]) for name, one in lines.items() if one["start"] != "named"} == {
        "cocaine.1-r1": ("open", "named")
    }
    assert "Extremo abierto" in lines["cocaine.1-r1"]["note"]["es"]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_flows_of_one_good_have_different_courses(map_data: Json, lang: str) -> None:
    for flow in map_data["flows"]:
        courses = [end["course"][lang] for end in flow["ends"]]
        assert len(set(courses)) == len(courses)


@pytest.mark.parametrize(("lang", "word"), [("es", "posible"), ("en", "potential")])
def test_a_potential_flow_is_marked_as_potential(map_data: Json, lang: str, word: str) -> None:
    """The source only worries about fentanyl from Ecuador; the list must not state it flatly."""
    assert word in flow_ends(map_data)["synthetic.2-r1"]["course"][lang]
