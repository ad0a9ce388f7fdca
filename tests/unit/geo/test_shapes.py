"""Shapes are read as they are or not at all; routes are drawn from where they begin to where they end."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from ocmap.dataset.errors import DataError
from ocmap.dataset.reader import Dataset, read_dataset
from ocmap.dataset.schema import FRAME
from ocmap.geo.shapes import Shapes, in_frame, read_shapes, route_lines
from ocmap.web.map_data import CountryProfile

Json = dict[str, Any]
DEGREES_OFF = 0.2
SHAPE_FILES = ["corridors", "countries", "paths", "regions", "rivers"]


def faults(package: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_shapes(package, read_dataset(package).place)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def change(package: Path) -> Callable[[str, Callable[[Json], None]], None]:
    """Return a function that changes the second feature of a file of the copy."""

    def change_second(name: str, edit: Callable[[Json], None]) -> None:
        path = package / f"{name}.geojson"
        collection = json.loads(path.read_text("utf-8"))
        edit(collection["features"][1])
        path.write_text(json.dumps(collection, indent=1), encoding="utf-8")

    return change_second


def lines(dataset: Dataset, shapes: Shapes) -> dict[str, shapely.LineString]:
    frame = route_lines(dataset, shapes)
    return dict(zip(frame["route_id"], frame.geometry, strict=True))


def test_the_shipped_shapes_are_read(shapes: Shapes) -> None:
    assert [len(one) for one in (shapes.regions, shapes.corridors)] == [26, 10]


@pytest.mark.parametrize("name", SHAPE_FILES)
def test_shapes_are_in_wgs_84_with_longitude_first(shapes: Shapes, name: str) -> None:
    frame = getattr(shapes, name)
    west, south, east, north = frame.total_bounds
    assert frame.crs.to_epsg() == 4326
    assert -85 < west < east < -64
    assert -22 < south < north < 4


@pytest.mark.parametrize("name", SHAPE_FILES)
def test_a_missing_file_is_named(package: Path, name: str) -> None:
    (package / f"{name}.geojson").unlink()
    assert [fault.split(": ")[:2] for fault in faults(package)] == [
        [f"{name}.geojson:0:-", "it cannot be read (No such file or directory), expected a file of the data package"]
    ]


def test_a_truncated_file_is_named_with_its_line(package: Path) -> None:
    path = package / "rivers.geojson"
    text = path.read_text("utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    line = text[: len(text) // 2].count("\n") + 1
    assert faults(package)[0].startswith(f"rivers.geojson:{line}:")


def test_faults_of_several_files_are_told_at_once(package: Path) -> None:
    for name in SHAPE_FILES:
        (package / f"{name}.geojson").write_text("{}", encoding="utf-8")
    assert faults(package) == [
        f"{name}.geojson:1:1: no list of features, expected a GeoJSON FeatureCollection" for name in SHAPE_FILES
    ]


@pytest.mark.parametrize("text", ["[]", "null", "7", '{"features": {}}', '"features"'])
def test_json_that_is_no_feature_collection_is_named(package: Path, text: str) -> None:
    (package / "paths.geojson").write_text(text, encoding="utf-8")
    assert faults(package) == ["paths.geojson:1:1: no list of features, expected a GeoJSON FeatureCollection"]


@pytest.mark.parametrize("feature", [None, 7, [], {}, {"properties": None}, {"properties": []}])
def test_a_feature_without_properties_is_named(package: Path, feature: object) -> None:
    path = package / "rivers.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert faults(package) == [
        "rivers.geojson:1:44: feature 1: it has no properties, expected river_id, name_es, name_en, rank"
    ]


UTM = [[480_000, 9_000_000], [481_000, 9_000_000], [481_000, 9_001_000], [480_000, 9_000_000]]


@pytest.mark.parametrize(
    ("name", "edit", "fault"),
    [
        ("corridors", lambda one: one["properties"].pop("side"), "no side, expected place_id, side"),
        ("regions", lambda one: one.pop("geometry"), "its geometry cannot be read, expected a GeoJSON geometry"),
        ("regions", lambda one: one.update(geometry=None), "its geometry cannot be read, expected a GeoJSON geometry"),
        ("regions", lambda one: one["geometry"].update(type="Blob"), "its geometry cannot be read, expected a GeoJSON"),
        ("regions", lambda one: one["geometry"].update(coordinates=[]), "its geometry is empty, expected a shape"),
        (
            "countries",
            lambda one: one.update(
                geometry={"type": "Polygon", "coordinates": [[[-70, -9], [-69, -8], [-69, -9], [-70, -8], [-70, -9]]]}
            ),
            "its geometry is invalid (Self-intersection[-69.5 -8.5]), expected a valid shape",
        ),
        (
            "rivers",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-9, -70], [-8, -71]]}),
            "its latitude comes before its longitude, expected longitude -84.5 to -64.5, latitude -21.0 to 3.0, in",
        ),
        (
            "regions",
            lambda one: one.update(geometry={"type": "Polygon", "coordinates": [UTM]}),
            "its coordinates are no degrees, as of another coordinate system, expected WGS 84, longitude -84.5 to",
        ),
        (
            "rivers",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-75, -9], [15, -9]]}),
            "its geometry leaves the map's frame, expected longitude -84.5 to",
        ),
        (
            "paths",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-75, -9], [float("nan"), -9]]}),
            "a coordinate is no number, expected finite numbers",
        ),
        (
            "paths",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-75, -9], [10**400, -9]]}),
            "its geometry cannot be read, expected a GeoJSON geometry",
        ),
        (
            "paths",
            lambda one: one.update(geometry={"type": "Point", "coordinates": [-75, -9]}),
            "its geometry is a Point, expected LineString",
        ),
        ("rivers", lambda one: one["properties"].update(rank="<b>"), "rank '<b>', expected a valid integer"),
        ("corridors", lambda one: one["properties"].update(side="left"), "side 'left', expected 'inner' or 'outer'"),
        ("regions", lambda one: one["properties"].update(place_id="PE-AMA"), "PE-AMA is feature 1 already, expected"),
        ("regions", lambda one: one["properties"].update(place_id="BO"), "'BO' is no region, expected a region of pl"),
        ("countries", lambda one: one["properties"].update(place_id="XX"), "'XX' is no country, expected a country"),
    ],
    ids=[
        *("no-property", "no-geometry", "null", "unknown-type", "empty", "crossing", "axes-swapped", "metres"),
        *("elsewhere", "nan", "huge", "point", "rank", "side", "doubled", "wrong-kind", "unknown-id"),
    ],
)
def test_a_faulty_feature_is_named_with_its_number(
    package: Path,
    change: Callable[[str, Callable[[Json], None]], None],
    name: str,
    edit: Callable[[Json], None],
    fault: str,
) -> None:
    change(name, edit)
    found = faults(package)
    assert len(found) == 1
    lines = (package / f"{name}.geojson").read_text("utf-8").splitlines()
    second = [number for number, line in enumerate(lines, 1) if line == "  {"][1]
    assert found[0].startswith(f"{name}.geojson:{second}:3: feature 2: {fault}")


def test_a_missing_region_is_counted(package: Path) -> None:
    path = package / "regions.geojson"
    collection = json.loads(path.read_text("utf-8"))
    collection["features"].pop()
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert faults(package) == [
        "regions.geojson:1:1: 25 regions, expected 26",
        "regions.geojson:1:1: no PE-UCA, expected a shape for each region of places.csv",
    ]


def test_shapes_that_changed_places_are_named(package: Path) -> None:
    """Lima's shape under Tumbes' id and the other way round: both are sound, and both are in the wrong place."""
    path = package / "regions.geojson"
    text = path.read_text("utf-8").replace('"place_id":"PE-LMA"', '"place_id":"?"')
    text = text.replace('"place_id":"PE-TUM"', '"place_id":"PE-LMA"').replace('"place_id":"?"', '"place_id":"PE-TUM"')
    path.write_text(text, encoding="utf-8")
    assert [fault.partition(", ")[0].split(": ")[2] for fault in faults(package)] == [
        "PE-TUM lies elsewhere by places.csv",
        "PE-LMA lies elsewhere by places.csv",
    ]


@pytest.mark.parametrize(
    ("name", "first", "fault"),
    [
        ("corridors", '"border-BO/inner"', "corridors.geojson:1:1: one side of border-BO, expected inner and outer"),
        ("countries", '"id":"EC"', "countries.geojson:1:1: no EC, expected Peru and its neighbours"),
        ("paths", '"id":"panamericana"', "paths.geojson:1:1: no panamericana, expected each path that a route may"),
    ],
)
def test_a_missing_shape_is_named(package: Path, name: str, first: str, fault: str) -> None:
    path = package / f"{name}.geojson"
    lines = [line for line in path.read_text("utf-8").splitlines() if first not in line]
    path.write_text("\n".join(lines).replace("}},\n]", "}}\n]"), encoding="utf-8")
    assert faults(package)[0].startswith(fault)


def test_sides_that_changed_places_are_named(package: Path) -> None:
    path = package / "corridors.geojson"
    text = (
        path.read_text("utf-8")
        .replace('"side":"inner"', '"side":"?"', 1)
        .replace('"side":"outer"', '"side":"inner"', 1)
    )
    path.write_text(text.replace('"side":"?"', '"side":"outer"', 1), encoding="utf-8")
    assert faults(package) == [
        "corridors.geojson:1:1: inner is the wrong side of border-BO, expected inner within Peru",
        "corridors.geojson:1:1: outer is the wrong side of border-BO, expected inner within Peru",
    ]


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:EPSG::32718", "EPSG:24878", "<b>"])
def test_another_coordinate_system_is_named_where_it_is_declared(package: Path, crs: str) -> None:
    path = package / "rivers.geojson"
    declared = json.dumps({"type": "name", "properties": {"name": crs}})
    path.write_text(path.read_text("utf-8").replace('"features"', f'"crs":{declared},\n"features"'), encoding="utf-8")
    assert faults(package) == [
        f"rivers.geojson:1:35: coordinates in {crs!r}, expected WGS 84, longitude first, as GeoJSON has it"
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"features": [' + "9" * 9999 + "]}"], ids=["deep", "long"])
def test_json_that_the_reader_gives_up_on_is_named(package: Path, text: str) -> None:
    (package / "paths.geojson").write_text(text, encoding="utf-8")
    assert [fault.partition(": ")[0] for fault in faults(package)] == ["paths.geojson:1:1"]


def test_the_routes_that_can_be_drawn_are_those_with_two_points_in_the_frame(profile: CountryProfile) -> None:
    assert profile.routes_with_line == {"arms.2-r1", "cannabis.3-r1", "cocaine.1-r1", "heroin.1-r1", "heroin.1-r2"}


@pytest.mark.parametrize("end", [0, -1], ids=["origin", "destination"])
def test_a_drawn_route_runs_from_its_origin_to_its_destination(dataset: Dataset, shapes: Shapes, end: int) -> None:
    off = {}
    for route_id, line in lines(dataset, shapes).items():
        placed = [
            place
            for point in dataset.points_of[route_id]
            if in_frame(place := dataset.place[point.place_id]) and place.place_id != "PE"
        ]
        distance = shapely.Point(line.coords[end]).distance(shapely.Point(placed[end].lon or 0, placed[end].lat or 0))
        off[route_id] = distance
    assert {route_id: distance for route_id, distance in off.items() if distance > DEGREES_OFF} == {}


def test_only_peru_as_a_whole_is_left_out_at_the_end_of_a_line(dataset: Dataset, shapes: Shapes) -> None:
    ends = {
        point.place_id
        for route_id in lines(dataset, shapes)
        for point in (dataset.points_of[route_id][0], dataset.points_of[route_id][-1])
        if not in_frame(dataset.place[point.place_id])
    }
    assert ends == {"PE"}


def test_a_drawn_route_stays_in_the_frame(dataset: Dataset, shapes: Shapes) -> None:
    box = shapely.box(*FRAME)
    assert [route_id for route_id, line in lines(dataset, shapes).items() if not box.contains(line)] == []


def test_a_drawn_route_has_no_leap(dataset: Dataset, shapes: Shapes) -> None:
    """A leg of more than three degrees would be a stroke across the map rather than a path."""
    longest = {
        route_id: max(
            shapely.Point(one).distance(shapely.Point(other))
            for one, other in zip(line.coords[:-1], line.coords[1:], strict=True)
        )
        for route_id, line in lines(dataset, shapes).items()
    }
    assert {route_id: leg for route_id, leg in longest.items() if leg > 3} == {}


def test_cannabis_follows_the_coast_road(dataset: Dataset, shapes: Shapes) -> None:
    road = shapes.paths.geometry["panamericana"]
    line = lines(dataset, shapes)["cannabis.3-r1"]
    middle = line.interpolate(0.5, normalized=True)
    assert road.distance(middle) < 0.05


def test_a_route_without_a_second_placed_point_has_no_line(dataset: Dataset, shapes: Shapes) -> None:
    nowhere = dataset.place["EC"].model_copy(update={"lon": None, "lat": None})
    places = tuple(nowhere if place.place_id == "EC" else place for place in dataset.places)
    assert "heroin.1-r1" not in lines(replace(dataset, places=places), shapes)


def test_a_bowed_line_leaves_the_straight_one(dataset: Dataset, shapes: Shapes) -> None:
    line = lines(dataset, shapes)["heroin.1-r2"]
    straight = shapely.LineString([line.coords[0], line.coords[-1]])
    assert 0.01 < line.hausdorff_distance(straight) / straight.length < 0.2


@pytest.mark.parametrize(("place", "inside"), [("la-pampa", True), ("EC", True), ("europe", False), ("PE", False)])
def test_a_place_is_in_the_frame_where_it_has_a_position_there(
    dataset: Dataset,
    place: str,
    inside: bool,  # noqa: FBT001 - a table of cases
) -> None:
    assert in_frame(dataset.place[place]) is inside
