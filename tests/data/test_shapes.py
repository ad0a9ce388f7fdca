"""The committed shapes are sound and contain what the package promises."""

import csv
from pathlib import Path

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry
from tests.support.inputs import PACKAGE

from ocmap.boundaries.corridors import build_border
from ocmap.boundaries.geojson import from_geojson, read_features, to_geojson
from ocmap.boundaries.verification import check_shapes


def geometries(path: Path) -> dict[str, BaseGeometry]:
    return {feature.feature_id: feature.geometry for feature in read_features(path)}


def test_the_files_have_no_fault(geodata: Path) -> None:
    assert [str(problem) for problem in check_shapes(geodata, PACKAGE)] == []


def test_reading_and_writing_a_file_changes_nothing(geodata: Path) -> None:
    texts = {file.name: file.read_text("utf-8") for file in geodata.glob("*.geojson")}
    assert [name for name, text in texts.items() if to_geojson(from_geojson(text)) != text] == []


def test_the_26_units_are_those_of_iso_3166_2(geodata: Path) -> None:
    regions = [region.feature_id for region in read_features(geodata / "regions.geojson")]
    assert regions == sorted(PACKAGE.regions)
    assert len(regions) == 26


def test_outer_rings_are_counter_clockwise(geodata: Path) -> None:
    files = ("regions", "countries", "corridors")
    shapes = {one: shape for name in files for one, shape in geometries(geodata / f"{name}.geojson").items()}
    parts = [(one, part) for one, shape in shapes.items() for part in shapely.get_parts(shape)]
    assert [one for one, part in parts if not part.exterior.is_ccw or any(r.is_ccw for r in part.interiors)] == []


def test_corridors_reach_50_km_into_the_country_and_25_km_out_of_it(geodata: Path) -> None:
    countries = geometries(geodata / "countries.geojson")
    ellipsoid = pyproj.Geod(ellps="WGS84")
    reach = {}
    for one, zone in geometries(geodata / "corridors.geojson").items():
        border = build_border(countries["PE"], countries[PACKAGE.neighbours[one.split("/")[0]]])
        near = shapely.get_coordinates(shapely.segmentize(border, 0.02))
        far = shapely.get_coordinates(zone)
        pairs = (np.repeat(far, len(near), axis=0), np.tile(near, (len(far), 1)))
        _, _, metres = ellipsoid.inv(pairs[0][:, 0], pairs[0][:, 1], pairs[1][:, 0], pairs[1][:, 1])
        reach[one] = metres.reshape(len(far), len(near)).min(axis=1).max() / 1e3
    wrong = {one: km for one, km in reach.items() if abs(km - (50 if one.endswith("inner") else 25)) > 0.5}
    assert wrong == {}


def test_puno_contains_its_part_of_lake_titicaca(geodata: Path) -> None:
    assert geometries(geodata / "regions.geojson")["PE-PUN"].contains(shapely.Point(-69.6, -15.75))


def test_the_panamericana_goes_from_trujillo_over_lima_to_the_border_with_chile(geodata: Path) -> None:
    paths = geometries(geodata / "paths.geojson")
    whole, south = paths["panamericana"].coords, paths["panamericana-sur"].coords
    assert whole[0] == (-79.03, -8.116)
    assert list(whole[-len(south) :]) == list(south)
    assert south[0] == (-77.0282, -12.0432)
    chile = geometries(geodata / "countries.geojson")["CL"]
    assert chile.distance(shapely.Point(south[-1])) < 1e-3


def test_the_towns_of_the_southern_panamericana_end_those_of_the_whole_one() -> None:
    towns = {path.id: path.towns for path in PACKAGE.recipe.paths}
    south = towns["panamericana-sur"]
    assert towns["panamericana"][-len(south) :] == south


def test_the_rivers_path_ends_at_the_border_with_brazil(geodata: Path) -> None:
    path = geometries(geodata / "paths.geojson")["amazon-rivers"].coords
    brazil = geometries(geodata / "countries.geojson")["BR"]
    assert brazil.distance(shapely.Point(path[-1])) < 0.02
    assert brazil.distance(shapely.Point(path[0])) > 0.5


def test_rivers_have_their_accents(geodata: Path) -> None:
    names = {str(river.properties["name_es"]) for river in read_features(geodata / "rivers.geojson")}
    assert {"Amazonas", "Ucayali", "Marañón", "Huallaga", "Madre de Dios", "Napo", "Purús", "Yuruá"} <= names


def test_the_points_of_the_gazetteer_are_inside_their_regions(geodata: Path) -> None:
    with (geodata / "places.csv").open(encoding="utf-8", newline="") as stream:
        points = {row["place_id"]: (row["lon"], row["lat"]) for row in csv.DictReader(stream)}
    regions = geometries(geodata / "regions.geojson")
    outside = [i for i, shape in regions.items() if not shape.contains(shapely.Point(*map(float, points[i])))]
    assert outside == []


def test_the_files_together_are_small(geodata: Path) -> None:
    assert sum(file.stat().st_size for file in geodata.glob("*.geojson")) < 450_000
