"""The verification finds the faults of shapes; copies of the committed files are changed for it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from tests.support.inputs import PACKAGE

from ocmap.boundaries.verification import check_shapes
from ocmap.dataset.errors import Problem

Break = Callable[[str, Callable[[dict[str, Any]], None]], list[Problem]]


def feature_of(collection: dict[str, Any], feature_id: str) -> dict[str, Any]:
    feature: dict[str, Any] = next(f for f in collection["features"] if f["id"] == feature_id)
    return feature


def ring(collection: dict[str, Any], feature_id: str) -> list[list[float]]:
    """Return the first outer ring of a feature."""
    geometry = feature_of(collection, feature_id)["geometry"]
    coordinates = geometry["coordinates"]
    outer: list[list[float]] = coordinates[0] if geometry["type"] == "Polygon" else coordinates[0][0]
    return outer


def text_of(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems))


def test_the_copy_has_no_fault(package: Path) -> None:
    assert text_of(check_shapes(package, PACKAGE)) == ""


@pytest.mark.parametrize(
    ("move", "fault"),
    [(-0.01, "PE-LIM does not share its border"), (0.01, "a gap at -76.6412, -10.7103")],
    ids=["overlap", "gap"],
)
def test_a_moved_vertex_is_reported(broken: Break, move: float, fault: str) -> None:
    def edit(collection: dict[str, Any]) -> None:
        vertex = ring(collection, "PE-PAS")[7]
        vertex[0] = round(vertex[0] + move, 4)

    assert fault in text_of(broken("regions.geojson", edit))


def test_a_missing_region_is_reported(broken: Break) -> None:
    def drop(collection: dict[str, Any]) -> None:
        collection["features"] = [f for f in collection["features"] if f["id"] != "PE-TUM"]

    assert "PE-TUM missing" in text_of(broken("regions.geojson", drop))


def test_a_missing_file_is_reported(package: Path) -> None:
    (package / "rivers.geojson").unlink()
    assert "rivers.geojson:0:-: " in text_of(check_shapes(package, PACKAGE))


def test_a_corridor_with_land_of_another_country_is_reported(broken: Break) -> None:
    def exchange(collection: dict[str, Any]) -> None:
        first, second = (feature_of(collection, one) for one in ("border-BO/outer", "border-CL/outer"))
        shapes = [shapely.geometry.shape(one["geometry"]) for one in (first, second)]
        taken = shapes[1] & shapely.box(-69.5, -18, -69, -17)
        assert taken.area > 0.005
        first["geometry"] = shapely.geometry.mapping(shapes[0] | taken)
        second["geometry"] = shapely.geometry.mapping(shapes[1] - taken)

    problems = text_of(broken("corridors.geojson", exchange))
    assert "of border-BO/outer are outside BO" in problems
    assert "overlap" not in problems


def test_overlapping_corridors_are_reported(broken: Break) -> None:
    def add(collection: dict[str, Any]) -> None:
        first, second = (feature_of(collection, one) for one in ("border-BO/inner", "border-CL/inner"))
        both = shapely.union_all([shapely.geometry.shape(one["geometry"]) for one in (first, second)])
        second["geometry"] = shapely.geometry.mapping(both)

    problems = text_of(broken("corridors.geojson", add))
    assert "border-BO/inner and border-CL/inner overlap" in problems
    assert "km² of border-CL/inner are farther from the border than it is wide" in problems


@pytest.mark.parametrize(
    ("corridor", "width", "fault"),
    [
        ("border-EC/inner", -0.02, "km² of PE along the borders are in no corridor"),
        ("border-EC/outer", -0.02, "km² of EC along the border are in no corridor"),
        ("border-EC/inner", 0.02, "km² of border-EC/inner are farther from the border than it is wide"),
        ("border-EC/outer", 0.02, "km² of border-EC/outer are farther from the border than it is wide"),
    ],
)
def test_a_corridor_of_another_width_is_reported(broken: Break, corridor: str, width: float, fault: str) -> None:
    def change(collection: dict[str, Any]) -> None:
        feature = feature_of(collection, corridor)
        changed = shapely.geometry.shape(feature["geometry"]).buffer(width)
        feature["geometry"] = shapely.geometry.mapping(changed)

    assert fault in text_of(broken("corridors.geojson", change))


def test_an_area_far_from_the_official_one_is_reported(package: Path) -> None:
    places = [
        place.model_copy(update={"area_km2": 15253.31}) if place.place_id == "PE-SAM" else place
        for place in PACKAGE.dataset.places
    ]
    other = replace(PACKAGE, dataset=replace(PACKAGE.dataset, places=tuple(places)))
    problems = text_of(check_shapes(package, other))
    assert "San Martín (PE-SAM) has 52" in problems
    assert "Perú has 1" in problems


def test_a_tripoint_far_from_where_it_is_expected_is_reported(package: Path) -> None:
    expected = PACKAGE.recipe.expected
    first, *others = expected.tripoints
    lon, lat = first.at
    moved = first.model_copy(update={"at": (lon + 1, lat)})
    (problem,) = check_shapes(package, PACKAGE, expected.model_copy(update={"tripoints": (moved, *others)}))
    assert problem.found.startswith("the tripoint with EC and CO is 11")  # a degree, and what it differs anyway
    assert problem.expected == f"at most {expected.tripoint_km} km"
