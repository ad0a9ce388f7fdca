"""The build accepts an official layer of departments in other systems and formats, and rejects a broken one."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pytest
import shapely
from tests.support.inputs import GEODATA, PACKAGE, needs_inputs
from tests.support.own_layers import (
    DEPARTMENTS,
    REGION_IDS,
    own_departments,
    own_shapes,
    read,
    reference,
    without_shapes,
    write,
)

from ocmap.boundaries import UserLayer, build
from ocmap.boundaries.geojson import read_features
from ocmap.boundaries.verification import check_shapes
from ocmap.cli import main
from ocmap.dataset.errors import DataError
from ocmap.geo.crs import area_km2

UTM_18S = "EPSG:32718"

Edit = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]


@needs_inputs
def test_a_layer_in_utm_gives_the_same_shapes(tmp_path: Path) -> None:
    layer = write(own_departments().to_crs(UTM_18S), tmp_path / "departamentos.gpkg")
    out = tmp_path / "out"
    build(GEODATA, out, UserLayer(layer))
    assert check_shapes(out, PACKAGE) == []
    built = {region.feature_id: region.geometry for region in read_features(out / "regions.geojson")}
    for place_id, shape in built.items():
        own = own_shapes()[place_id]
        difference = area_km2(shape.symmetric_difference(own)) / area_km2(own)
        assert difference < (0.05 if place_id in {"PE-CAL", "PE-LMA", "PE-TUM"} else 0.02), place_id


@needs_inputs
def test_the_neighbours_fit_a_layer_with_another_outline(tmp_path: Path) -> None:
    def bend(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        lon, lat = lonlat.T
        return lonlat + 0.015 * np.column_stack([np.sin(2.5 * lat + 2 * lon), np.cos(3 * lon)])

    layer = own_departments()
    layer["geometry"] = shapely.set_precision(shapely.transform(layer.geometry.to_numpy(), bend), 1e-6)
    out = tmp_path / "out"
    build(GEODATA, out, UserLayer(write(layer.to_crs(UTM_18S), tmp_path / "departamentos.shp")))
    assert check_shapes(out, PACKAGE) == []
    countries = {country.feature_id: country.geometry for country in read_features(out / "countries.geojson")}
    moved = countries["PE"].symmetric_difference(own_shapes()["PE"])
    assert area_km2(moved) > 1_000


@needs_inputs
def test_the_command_reports_a_fault_of_a_layer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layer = write(own_departments(column="nombre"), tmp_path / "layer.geojson")
    data = without_shapes(tmp_path / "data")
    assert main(["build", "--data", str(data), "--departments", str(layer)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("layer.geojson:0:-: the columns are nombre, expected a column with INEI's codes (UBIGEO")
    assert list(data.glob("*.geojson")) == []


@pytest.mark.parametrize(("suffix", "crs"), [("geojson", "EPSG:4326"), ("shp", UTM_18S), ("gpkg", "EPSG:24878")])
def test_any_format_and_declared_system_gives_the_same_units(tmp_path: Path, suffix: str, crs: str) -> None:
    layer = write(own_departments().to_crs(crs), tmp_path / f"layer.{suffix}")
    units = read(layer).units
    assert sorted(units) == sorted(reference())
    assert shapely.coverage_is_valid(list(units.values()))
    for place_id in ("PE-CAL", "PE-LMA", "PE-LIM", "PE-PUN"):
        assert area_km2(units[place_id]) == pytest.approx(area_km2(reference()[place_id]), rel=0.002)


@pytest.mark.parametrize(
    ("column", "of"),
    [("UBIGEO", "{}0000"), ("CCDD", "{}"), ("FIRST_IDDP", "{}"), ("ubigeo", "{}")],
)
def test_the_columns_of_official_layers_are_accepted(tmp_path: Path, column: str, of: str) -> None:
    layer = own_departments(column)
    layer[column] = [of.format(code) for code in layer[column]]
    units = read(write(layer, tmp_path / "layer.gpkg")).units
    assert sorted(units) == sorted(reference())


def test_codes_without_their_leading_zero_are_accepted(tmp_path: Path) -> None:
    layer = own_departments()
    layer["IDDPTO"] = layer["IDDPTO"].astype(int)
    assert sorted(read(write(layer, tmp_path / "layer.gpkg")).units) == sorted(reference())


def test_a_layer_of_provinces_has_its_own_line_around_lima(tmp_path: Path) -> None:
    codes = {place_id: f"{code}02" for place_id, code in DEPARTMENTS.items()} | {"PE-LMA": "1501"}
    shapes = [own_shapes()[i] for i in codes]
    layer = gpd.GeoDataFrame({"UBIGEO": list(codes.values())}, geometry=shapes, crs="EPSG:4326")
    moved = shapely.box(-76.9, -12.1, -76.8, -12.0)
    lima, region = list(codes).index("PE-LMA"), list(codes).index("PE-LIM")
    layer.loc[lima, "geometry"] = layer.geometry[lima].difference(moved)
    layer.loc[region, "geometry"] = layer.geometry[region].union(moved)
    units = read(write(layer, tmp_path / "layer.gpkg")).units
    assert not units["PE-LMA"].contains(moved.centroid)
    assert units["PE-LIM"].contains(moved.centroid)


def test_a_district_of_lima_is_reported_as_a_part_of_lima_metropolitana(tmp_path: Path) -> None:
    layer = own_departments()
    layer["IDDPTO"] = [f"{code}0201" for code in layer["IDDPTO"]]
    layer.loc[0, ["IDDPTO", "geometry"]] = ["150101", shapely.Point(-77, -12)]
    layer.loc[len(layer)] = ["010201", own_shapes()["PE-AMA"]]
    with pytest.raises(DataError, match=r"Lima Metropolitana \(150101\) is a Point without an area"):
        read(write(layer, tmp_path / "layer.gpkg"))


def test_slivers_between_departments_are_closed(tmp_path: Path) -> None:
    layer = own_departments().to_crs(UTM_18S)
    pasco = layer["IDDPTO"] == "19"
    layer.loc[pasco, "geometry"] = layer[pasco].buffer(-2)
    units = read(write(layer, tmp_path / "layer.gpkg")).units
    assert shapely.coverage_is_valid(list(units.values()))
    peru = shapely.union_all([units[i] for i in REGION_IDS])
    assert sum(len(part.interiors) for part in shapely.get_parts(peru)) == 0


def without_the_last(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return layer.iloc[:-1]


def unknown_code(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    layer.loc[3, "IDDPTO"] = "31"
    return layer


def self_crossing(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    layer.loc[3, "geometry"] = shapely.Polygon([(-72, -15), (-71, -16), (-71, -15), (-72, -16)])
    return layer


def points(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    layer["geometry"] = layer.representative_point()
    return layer


def shifted(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    layer.loc[18, "geometry"] = shapely.affinity.translate(layer.geometry[18], xoff=0.05)
    return layer


def shrunk(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    layer.loc[18, "geometry"] = shapely.affinity.scale(layer.geometry[18], 0.9, 0.9)
    return layer


def swapped(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    layer["geometry"] = shapely.transform(layer.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    return layer


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (without_the_last, "24 regions, without 25 Ucayali, expected 25 regions"),
        (unknown_code, "layer.gpkg:4:code: unknown code 31, expected a code from 01 to 25"),
        (self_crossing, "Arequipa and Cusco overlap by"),
        (points, "Amazonas is a Point without an area, expected a polygon"),
        (shifted, r"Junín and Pasco overlap by \d+ km² at .*: take it out of the other in a GIS"),
        (
            shrunk,
            r"an area between .*, Pasco, .* is left out, \d+ km² at -7\d\.\d+, -1\d\.\d+, .*draw it",
        ),
        (swapped, "expected longitude and latitude inside the map's frame"),
    ],
)
def test_a_broken_layer_is_rejected_with_its_fault(tmp_path: Path, edit: Edit, fault: str) -> None:
    layer = write(edit(own_departments()), tmp_path / "layer.gpkg")
    with pytest.raises(DataError, match=fault):
        read(layer)


def test_a_shapefile_without_a_coordinate_system_is_rejected(tmp_path: Path) -> None:
    layer = write(own_departments(), tmp_path / "layer.shp")
    (tmp_path / "layer.prj").unlink()
    with pytest.raises(DataError, match="no declared coordinate system"):
        read(layer)


@pytest.mark.parametrize("content", [None, "not a layer", '{"type":"FeatureCollection","features":[]}'])
def test_a_file_that_is_not_a_layer_is_rejected(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "layer.geojson"
    if content is not None:
        path.write_text(content)
    with pytest.raises(DataError, match=r"layer\.geojson"):
        read(path)
