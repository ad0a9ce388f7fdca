"""The verification finds the faults of shapes; copies of the committed files are changed for it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocmap.boundaries.verification import FILES, check_shapes
from ocmap.dataset.errors import Problem

Break = Callable[[str, Callable[[dict[str, Any]], None]], list[Problem]]


def ring(collection: dict[str, Any], feature_id: str) -> list[list[float]]:
    """Return the first outer ring of a feature."""
    geometry = next(f for f in collection["features"] if f["id"] == feature_id)["geometry"]
    coordinates = geometry["coordinates"]
    outer: list[list[float]] = coordinates[0] if geometry["type"] == "Polygon" else coordinates[0][0]
    return outer


def text_of(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems))


def test_the_copy_has_no_fault(package: Path) -> None:
    assert text_of(check_shapes(package)) == ""


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


@pytest.mark.parametrize("name", sorted(FILES))
def test_swapped_axes_are_reported_in_every_file(broken: Break, name: str) -> None:
    def swap(coordinates: Any) -> Any:
        if isinstance(coordinates[0], (int, float)):
            return coordinates[::-1]
        return [swap(part) for part in coordinates]

    def swap_all(collection: dict[str, Any]) -> None:
        for feature in collection["features"]:
            feature["geometry"]["coordinates"] = swap(feature["geometry"]["coordinates"])

    assert "longitude before latitude" in text_of(broken(name, swap_all))


def test_a_truncated_file_is_reported_with_its_line(package: Path) -> None:
    path = package / "regions.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    problems = check_shapes(package)
    assert [problem.file for problem in problems] == ["regions.geojson"]
    assert problems[0].line > 1
    assert "not JSON" in problems[0].found


def test_a_missing_file_is_reported(package: Path) -> None:
    (package / "rivers.geojson").unlink()
    assert "rivers.geojson:0:-: cannot be read: No such file" in text_of(check_shapes(package))


def test_a_wrong_name_of_a_property_is_reported(broken: Break) -> None:
    def rename(collection: dict[str, Any]) -> None:
        collection["features"][0]["properties"] = {"id": "PE-AMA"}

    assert "regions.geojson:2:properties: id, expected place_id, name" in text_of(broken("regions.geojson", rename))


def test_swapped_regions_do_not_match_their_capitals_and_areas(broken: Break) -> None:
    def swap(collection: dict[str, Any]) -> None:
        by_id = {f["id"]: f for f in collection["features"]}
        first, second = by_id["PE-HUC"], by_id["PE-HUV"]
        first["geometry"], second["geometry"] = second["geometry"], first["geometry"]

    problems = text_of(broken("regions.geojson", swap))
    assert "Huánuco (PE-HUC) does not contain Huánuco" in problems
    assert "Huancavelica (PE-HUV) has 36" in problems


def test_a_left_handed_ring_is_reported(broken: Break) -> None:
    def reverse(collection: dict[str, Any]) -> None:
        ring(collection, "PE-ICA").reverse()

    assert "PE-ICA has clockwise outer rings" in text_of(broken("regions.geojson", reverse))


def test_a_ring_that_crosses_itself_is_reported(broken: Break) -> None:
    def cross(collection: dict[str, Any]) -> None:
        outer = ring(collection, "PE-APU")
        outer[20], outer[60] = outer[60], outer[20]

    assert "Self-intersection" in text_of(broken("regions.geojson", cross))


def test_swapped_corridors_are_outside_their_country(broken: Break) -> None:
    def swap(collection: dict[str, Any]) -> None:
        by_id = {f["id"]: f for f in collection["features"]}
        first, second = by_id["border-BO/outer"], by_id["border-CL/outer"]
        first["geometry"], second["geometry"] = second["geometry"], first["geometry"]

    problems = text_of(broken("corridors.geojson", swap))
    assert "of border-BO/outer are outside BO" in problems
    assert "overlap" not in problems


def test_overlapping_corridors_are_reported(broken: Break) -> None:
    def copy(collection: dict[str, Any]) -> None:
        by_id = {f["id"]: f for f in collection["features"]}
        by_id["border-CL/inner"]["geometry"] = by_id["border-BO/inner"]["geometry"]

    problems = text_of(broken("corridors.geojson", copy))
    assert "border-BO/inner and border-CL/inner overlap" in problems
    assert "border-CL has 40" in problems
    assert "border-CL covers" in problems


def test_an_area_far_from_the_official_one_is_reported(package: Path) -> None:
    places = package / "places.csv"
    text = places.read_text(encoding="utf-8")
    assert "51253.31" in text
    places.write_text(text.replace("51253.31", "15253.31"), encoding="utf-8")
    assert "San Martín (PE-SAM) has 52" in text_of(check_shapes(package))


def test_a_missing_gazetteer_is_reported(package: Path) -> None:
    (package / "places.csv").unlink()
    assert "places.csv:0:area_km2: cannot be read" in text_of(check_shapes(package))


def test_more_than_four_decimals_are_reported(package: Path) -> None:
    path = package / "rivers.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    lon = str(collection["features"][0]["geometry"]["coordinates"][0][0])
    path.write_text(path.read_text(encoding="utf-8").replace(lon, lon + "57", 1), encoding="utf-8")
    assert "another layout" in text_of(check_shapes(package))
