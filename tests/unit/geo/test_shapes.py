"""Shapes are read, or all of their faults are reported with their positions."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocmap.dataset.errors import DataError
from ocmap.dataset.reader import read_dataset
from ocmap.geo.shapes import Shapes, read_shapes

Json = dict[str, Any]
SHAPE_FILES = ["corridors", "countries", "paths", "regions", "rivers"]


def faults(package: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_shapes(package, read_dataset(package))
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def change(package: Path) -> Callable[[str, Callable[[Json], None]], None]:
    """Return a function that changes the second feature of a file in the copy."""

    def change_second(name: str, edit: Callable[[Json], None]) -> None:
        path = package / f"{name}.geojson"
        lines = path.read_text("utf-8").splitlines()
        feature = json.loads(lines[2].removesuffix(","))
        edit(feature)
        lines[2] = json.dumps(feature) + ","
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change_second


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
def test_a_missing_file_is_reported(package: Path, name: str) -> None:
    (package / f"{name}.geojson").unlink()
    assert [fault.split(": ")[:2] for fault in faults(package)] == [
        [f"{name}.geojson:0:-", "cannot be read (No such file or directory), expected a file of the data package"]
    ]


def test_a_truncated_file_is_reported_with_its_line(package: Path) -> None:
    path = package / "rivers.geojson"
    text = path.read_text("utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    line = text[: len(text) // 2].count("\n") + 1
    assert faults(package)[0].startswith(f"rivers.geojson:{line}:")


def test_faults_of_several_files_are_reported_together(package: Path) -> None:
    for name in SHAPE_FILES:
        (package / f"{name}.geojson").write_text("{}", encoding="utf-8")
    assert faults(package) == [
        f"{name}.geojson:1:1: no list of features, expected a GeoJSON FeatureCollection" for name in SHAPE_FILES
    ]


@pytest.mark.parametrize("text", ["[]", "null", "7", '{"features": {}}', '"features"'])
def test_json_without_features_is_reported(package: Path, text: str) -> None:
    (package / "paths.geojson").write_text(text, encoding="utf-8")
    assert faults(package) == ["paths.geojson:1:1: no list of features, expected a GeoJSON FeatureCollection"]


@pytest.mark.parametrize("feature", [None, 7, [], {}, {"properties": None}, {"properties": []}])
def test_a_feature_without_properties_is_reported(package: Path, feature: object) -> None:
    path = package / "rivers.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert faults(package) == [
        "rivers.geojson:1:1: feature 1: missing properties, expected river_id, name_es, name_en, rank"
    ]


UTM = [[480_000, 9_000_000], [481_000, 9_000_000], [481_000, 9_001_000], [480_000, 9_000_000]]


@pytest.mark.parametrize(
    ("name", "edit", "fault"),
    [
        ("corridors", lambda one: one["properties"].pop("side"), "missing property side, expected place_id, side"),
        ("regions", lambda one: one.pop("geometry"), "unreadable geometry, expected a GeoJSON geometry"),
        ("regions", lambda one: one.update(geometry=None), "unreadable geometry, expected a GeoJSON geometry"),
        ("regions", lambda one: one["geometry"].update(type="Blob"), "unreadable geometry, expected a GeoJSON"),
        ("regions", lambda one: one["geometry"].update(coordinates=[]), "empty geometry, expected a shape"),
        (
            "countries",
            lambda one: one.update(
                geometry={"type": "Polygon", "coordinates": [[[-70, -9], [-69, -8], [-69, -9], [-70, -8], [-70, -9]]]}
            ),
            "invalid geometry (Self-intersection[-69.5 -8.5]), expected a valid shape",
        ),
        (
            "rivers",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-9, -70], [-8, -71]]}),
            "latitude before longitude, expected longitude -84.5 to -64.5, latitude -21.0 to 3.0, in",
        ),
        (
            "regions",
            lambda one: one.update(geometry={"type": "Polygon", "coordinates": [UTM]}),
            "the coordinates look like those of another system, not degrees, expected WGS 84, longitude -84.5 to",
        ),
        (
            "rivers",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-75, -9], [15, -9]]}),
            "the geometry is outside the map's frame, expected longitude -84.5 to",
        ),
        (
            "paths",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-75, -9], [float("nan"), -9]]}),
            "a coordinate is not a number, expected finite numbers",
        ),
        (
            "paths",
            lambda one: one.update(geometry={"type": "LineString", "coordinates": [[-75, -9], [10**400, -9]]}),
            "unreadable geometry, expected a GeoJSON geometry",
        ),
        (
            "paths",
            lambda one: one.update(geometry={"type": "Point", "coordinates": [-75, -9]}),
            "the geometry is a Point, expected LineString",
        ),
        ("rivers", lambda one: one["properties"].update(rank="<b>"), "rank '<b>', expected a valid integer"),
        ("corridors", lambda one: one["properties"].update(side="left"), "side 'left', expected 'inner' or 'outer'"),
        ("regions", lambda one: one["properties"].update(place_id="PE-AMA"), "PE-AMA is also feature 1, expected"),
        (
            "regions",
            lambda one: one["properties"].update(place_id="BO"),
            "'BO' is not a region, expected a region of p",
        ),
        ("countries", lambda one: one["properties"].update(place_id="XX"), "'XX' is not a country, expected a country"),
    ],
    ids=[
        *("no-property", "no-geometry", "null", "unknown-type", "empty", "crossing", "axes-swapped", "metres"),
        *("elsewhere", "nan", "huge", "point", "rank", "side", "duplicate", "wrong-kind", "unknown-id"),
    ],
)
def test_a_fault_of_a_feature_has_its_line_and_number(
    package: Path,
    change: Callable[[str, Callable[[Json], None]], None],
    name: str,
    edit: Callable[[Json], None],
    fault: str,
) -> None:
    change(name, edit)
    (found,) = faults(package)
    assert found.startswith(f"{name}.geojson:3:1: feature 2: {fault}")


def test_a_fault_in_another_layout_has_the_number_of_its_feature(package: Path) -> None:
    path = package / "rivers.geojson"
    collection = json.loads(path.read_text("utf-8"))
    collection["features"][1]["properties"]["rank"] = 0
    path.write_text(json.dumps(collection, indent=1), encoding="utf-8")
    assert faults(package) == ["rivers.geojson:1:1: feature 2: rank '0', expected greater than or equal to 1"]


def test_a_missing_region_is_reported(package: Path) -> None:
    path = package / "regions.geojson"
    collection = json.loads(path.read_text("utf-8"))
    collection["features"].pop()
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert faults(package) == [
        "regions.geojson:1:1: 25 regions, expected 26",
        "regions.geojson:1:1: PE-UCA missing, expected a shape for each region of places.csv",
    ]


def test_swapped_shapes_are_reported(package: Path) -> None:
    """The shapes of Lima and Tumbes with their ids swapped: both are valid, but at the wrong place."""
    path = package / "regions.geojson"
    text = path.read_text("utf-8").replace('"place_id":"PE-LMA"', '"place_id":"?"')
    text = text.replace('"place_id":"PE-TUM"', '"place_id":"PE-LMA"').replace('"place_id":"?"', '"place_id":"PE-TUM"')
    path.write_text(text, encoding="utf-8")
    assert [fault.partition(", ")[0].split(": ")[2] for fault in faults(package)] == [
        "the shape of PE-TUM is not where places.csv has it",
        "the shape of PE-LMA is not where places.csv has it",
    ]


@pytest.mark.parametrize(
    ("name", "first", "fault"),
    [
        (
            "corridors",
            '"border-BO/inner"',
            "corridors.geojson:1:1: only one side of border-BO, expected inner and outer",
        ),
        ("countries", '"id":"EC"', "countries.geojson:1:1: EC missing, expected the country and its neighbours"),
        (
            "paths",
            '"id":"panamericana"',
            "paths.geojson:1:1: panamericana missing, expected each path that a route can",
        ),
    ],
)
def test_a_missing_shape_is_reported(package: Path, name: str, first: str, fault: str) -> None:
    path = package / f"{name}.geojson"
    lines = [line for line in path.read_text("utf-8").splitlines() if first not in line]
    path.write_text("\n".join(lines).replace("}},\n]", "}}\n]"), encoding="utf-8")
    assert faults(package)[0].startswith(fault)


def test_swapped_sides_are_reported(package: Path) -> None:
    path = package / "corridors.geojson"
    text = (
        path.read_text("utf-8")
        .replace('"side":"inner"', '"side":"?"', 1)
        .replace('"side":"outer"', '"side":"inner"', 1)
    )
    path.write_text(text.replace('"side":"?"', '"side":"outer"', 1), encoding="utf-8")
    assert faults(package) == [
        f"corridors.geojson:1:1: the {side} side of border-BO is on the wrong side of the border,"
        " expected the inner side inside the country"
        for side in ("inner", "outer")
    ]


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:EPSG::32718", "EPSG:24878", "<b>"])
def test_another_coordinate_system_is_reported(package: Path, crs: str) -> None:
    path = package / "rivers.geojson"
    declared = json.dumps({"type": "name", "properties": {"name": crs}})
    path.write_text(path.read_text("utf-8").replace('"features"', f'"crs":{declared},\n"features"'), encoding="utf-8")
    assert faults(package) == [
        f"rivers.geojson:1:1: coordinate system {crs!r}, expected WGS 84, longitude first, as in every GeoJSON file"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[" * 100_000, "JSON nested too deeply"),
        ('{"features": [' + "9" * 9999 + "]}", "a number with too many digits"),
        ("", "broken JSON (expecting value)"),
    ],
    ids=["deep", "long", "empty"],
)
def test_json_that_cannot_be_read_is_reported(package: Path, text: str, fault: str) -> None:
    (package / "paths.geojson").write_text(text, encoding="utf-8")
    assert faults(package) == [f"paths.geojson:1:1: {fault}, expected a GeoJSON FeatureCollection"]
