"""The committed shapes, and that the checks would notice if they were not right."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from ocmap.boundaries.checks import FILES, check_shapes
from ocmap.boundaries.geojson import from_geojson, read_features, to_geojson
from ocmap.boundaries.projection import area_km2
from ocmap.boundaries.units import UNITS
from ocmap.dataset.errors import Problem

GEODATA = Path(__file__).parents[3] / "geodata"

Break = Callable[[str, Callable[[dict[str, Any]], None]], list[Problem]]


def ring(collection: dict[str, Any], feature_id: str) -> list[list[float]]:
    """Return the first outer ring of a feature."""
    geometry = next(f for f in collection["features"] if f["id"] == feature_id)["geometry"]
    coordinates = geometry["coordinates"]
    outer: list[list[float]] = coordinates[0] if geometry["type"] == "Polygon" else coordinates[0][0]
    return outer


def found(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems))


def test_the_committed_files_have_no_fault() -> None:
    assert found(check_shapes(GEODATA)) == ""


def test_the_copy_that_the_tests_break_has_no_fault(package: Path) -> None:
    assert found(check_shapes(package)) == ""


@pytest.mark.parametrize("name", sorted(FILES))
def test_reading_and_writing_a_file_changes_nothing(name: str) -> None:
    text = (GEODATA / name).read_text(encoding="utf-8")
    assert to_geojson(from_geojson(text)) == text


def test_the_26_units_are_those_of_iso_3166_2() -> None:
    regions = read_features(GEODATA / "regions.geojson")
    assert [region.feature_id for region in regions] == sorted(unit.place_id for unit in UNITS)
    assert len(regions) == 26


def test_puno_holds_its_part_of_lake_titicaca() -> None:
    regions = {region.feature_id: region.geometry for region in read_features(GEODATA / "regions.geojson")}
    assert regions["PE-PUN"].contains(shapely.Point(-69.6, -15.75))


def test_the_panamericana_runs_from_trujillo_over_lima_to_the_border_with_chile() -> None:
    paths = {path.feature_id: path.geometry for path in read_features(GEODATA / "paths.geojson")}
    whole, south = paths["panamericana"].coords, paths["panamericana-sur"].coords
    assert whole[0] == (-79.03, -8.116)
    assert list(whole[-len(south) :]) == list(south)
    assert south[0] == (-77.0282, -12.0432)
    chile = next(c for c in read_features(GEODATA / "countries.geojson") if c.feature_id == "CL").geometry
    assert chile.distance(shapely.Point(south[-1])) < 1e-3


def test_the_rivers_path_ends_at_the_border_with_brazil() -> None:
    paths = {path.feature_id: path.geometry for path in read_features(GEODATA / "paths.geojson")}
    brazil = next(c for c in read_features(GEODATA / "countries.geojson") if c.feature_id == "BR").geometry
    assert brazil.distance(shapely.Point(paths["amazon-rivers"].coords[-1])) < 0.02
    assert brazil.distance(shapely.Point(paths["amazon-rivers"].coords[0])) > 0.5


def test_rivers_have_their_accents() -> None:
    names = {str(river.properties["name_es"]) for river in read_features(GEODATA / "rivers.geojson")}
    assert {"Amazonas", "Ucayali", "Marañón", "Huallaga", "Madre de Dios", "Napo", "Purús", "Yuruá"} <= names


def test_the_gazetteer_s_points_lie_in_the_shapes_as_drawn() -> None:
    regions = {region.feature_id: region.geometry for region in read_features(GEODATA / "regions.geojson")}
    with (GEODATA / "places.csv").open(encoding="utf-8", newline="") as stream:
        points = {row["place_id"]: (row["lon"], row["lat"]) for row in csv.DictReader(stream)}
    outside = [i for i, shape in regions.items() if not shape.contains(shapely.Point(*map(float, points[i])))]
    assert outside == []


def test_the_files_together_are_small_enough_to_send() -> None:
    assert sum((GEODATA / name).stat().st_size for name in FILES) < 450_000


def test_the_area_of_a_degree_at_the_equator() -> None:
    # 110.574 km by 111.320 km, less the ellipsoid's curvature: 12,308.8 km².
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12_308.8, abs=1)


@pytest.mark.parametrize(
    ("move", "fault"),
    [(-0.01, "PE-LIM does not share its border"), (0.01, "a gap at -76.6412, -10.7103")],
    ids=["overlap", "gap"],
)
def test_a_moved_vertex_breaks_the_coverage(broken: Break, move: float, fault: str) -> None:
    def edit(collection: dict[str, Any]) -> None:
        vertex = ring(collection, "PE-PAS")[7]
        vertex[0] = round(vertex[0] + move, 4)

    assert fault in found(broken("regions.geojson", edit))


def test_a_missing_region_is_named(broken: Break) -> None:
    def drop(collection: dict[str, Any]) -> None:
        collection["features"] = [f for f in collection["features"] if f["id"] != "PE-TUM"]

    assert "no PE-TUM" in found(broken("regions.geojson", drop))


@pytest.mark.parametrize("name", sorted(FILES))
def test_swapped_axes_are_seen_in_every_file(broken: Break, name: str) -> None:
    def swap(coordinates: Any) -> Any:
        if isinstance(coordinates[0], (int, float)):
            return coordinates[::-1]
        return [swap(part) for part in coordinates]

    def swap_all(collection: dict[str, Any]) -> None:
        for feature in collection["features"]:
            feature["geometry"]["coordinates"] = swap(feature["geometry"]["coordinates"])

    assert "longitude before latitude" in found(broken(name, swap_all))


def test_a_truncated_file_is_told_with_its_line(package: Path) -> None:
    path = package / "regions.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    problems = check_shapes(package)
    assert [problem.file for problem in problems] == ["regions.geojson"]
    assert problems[0].line > 1
    assert "not JSON" in problems[0].found


def test_a_missing_file_is_told(package: Path) -> None:
    (package / "rivers.geojson").unlink()
    assert "rivers.geojson:0:: cannot be read: No such file" in found(check_shapes(package))


def test_a_wrong_name_of_a_property_is_told(broken: Break) -> None:
    def rename(collection: dict[str, Any]) -> None:
        collection["features"][0]["properties"] = {"id": "PE-AMA"}

    assert "regions.geojson:2:properties: id, expected place_id, name" in found(broken("regions.geojson", rename))


def test_two_regions_exchanged_miss_their_capitals_and_areas(broken: Break) -> None:
    def exchange(collection: dict[str, Any]) -> None:
        by_id = {f["id"]: f for f in collection["features"]}
        one, other = by_id["PE-HUC"], by_id["PE-HUV"]
        one["geometry"], other["geometry"] = other["geometry"], one["geometry"]

    problems = found(broken("regions.geojson", exchange))
    assert "PE-HUC does not hold Huánuco" in problems
    assert "PE-HUV has 36" in problems


def test_a_left_handed_ring_is_told(broken: Break) -> None:
    def reverse(collection: dict[str, Any]) -> None:
        ring(collection, "PE-ICA").reverse()

    assert "PE-ICA is left-handed" in found(broken("regions.geojson", reverse))


def test_a_ring_that_crosses_itself_is_told(broken: Break) -> None:
    def cross(collection: dict[str, Any]) -> None:
        outer = ring(collection, "PE-APU")
        outer[20], outer[60] = outer[60], outer[20]

    assert "Self-intersection" in found(broken("regions.geojson", cross))


def test_corridors_exchanged_are_told_to_overlap_nothing_but_leave_their_country(broken: Break) -> None:
    def exchange(collection: dict[str, Any]) -> None:
        by_id = {f["id"]: f for f in collection["features"]}
        one, other = by_id["border-BO/outer"], by_id["border-CL/outer"]
        one["geometry"], other["geometry"] = other["geometry"], one["geometry"]

    problems = found(broken("corridors.geojson", exchange))
    assert "border-BO/outer leaves BO" in problems
    assert "overlap" not in problems


def test_a_corridor_twice_overlaps(broken: Break) -> None:
    def copy(collection: dict[str, Any]) -> None:
        by_id = {f["id"]: f for f in collection["features"]}
        by_id["border-CL/inner"]["geometry"] = by_id["border-BO/inner"]["geometry"]

    problems = found(broken("corridors.geojson", copy))
    assert "border-BO/inner and border-CL/inner overlap" in problems
    assert "border-CL has 40" in problems
    assert "border-CL covers" in problems


def test_an_official_area_far_off_is_told(package: Path) -> None:
    places = package / "places.csv"
    text = places.read_text(encoding="utf-8")
    assert "51253.31" in text
    places.write_text(text.replace("51253.31", "15253.31"), encoding="utf-8")
    assert "PE-SAM has 52" in found(check_shapes(package))


def test_a_gazetteer_that_is_not_there_is_told(package: Path) -> None:
    (package / "places.csv").unlink()
    assert "places.csv:0:area_km2: cannot be read" in found(check_shapes(package))


def test_more_than_four_decimals_are_told(package: Path) -> None:
    path = package / "rivers.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    lon = str(collection["features"][0]["geometry"]["coordinates"][0][0])
    path.write_text(path.read_text(encoding="utf-8").replace(lon, lon + "57", 1), encoding="utf-8")
    assert "another layout" in found(check_shapes(package))
