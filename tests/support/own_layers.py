"""Layers of departments made from the committed regions, as a user could supply them."""

import functools
from pathlib import Path

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries import UserLayer
from ocmap.boundaries.departments import build_departments
from ocmap.boundaries.geojson import read_features
from ocmap.boundaries.known_layers import read_known_layers
from ocmap.boundaries.repairs import Repaired
from ocmap.boundaries.units import COUNTRIES, REGION_IDS, UNITS
from tests.support.inputs import RAW

GEODATA = Path(__file__).parents[2] / "geodata"
KNOWN = read_known_layers(RAW)


@functools.cache
def own_shapes() -> dict[str, BaseGeometry]:
    files = (GEODATA / "regions.geojson", GEODATA / "countries.geojson")
    return {feature.feature_id: feature.geometry for file in files for feature in read_features(file)}


def own_departments(column: str = "IDDPTO") -> gpd.GeoDataFrame:
    """Return 25 departments from the committed regions, in degrees."""
    regions = gpd.GeoDataFrame(
        {column: [unit.department for unit in UNITS]},
        geometry=[own_shapes()[unit.place_id] for unit in UNITS],
        crs="EPSG:4326",
    )
    return regions.dissolve(by=column).reset_index()


def write(layer: gpd.GeoDataFrame, path: Path) -> Path:
    layer.to_file(path)
    return path


def reference() -> dict[str, BaseGeometry]:
    """Return the committed regions and the other countries."""
    return {i: shape for i, shape in own_shapes().items() if i in REGION_IDS or i in COUNTRIES}


def read(path: Path, layer: str | None = None, *, strict: bool = False) -> Repaired:
    """Return the units that are built from a layer."""
    return build_departments(UserLayer(path, layer, strict), reference(), KNOWN)
