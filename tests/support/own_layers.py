"""Layers of departments made from the committed regions, as a user could supply them."""

import functools
import shutil
from pathlib import Path

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries import UserLayer
from ocmap.boundaries.departments import build_departments
from ocmap.boundaries.geojson import read_features
from ocmap.boundaries.known_layers import read_known_layers
from ocmap.boundaries.repairs import Repaired
from tests.support.inputs import GEODATA, PACKAGE

KNOWN = read_known_layers(PACKAGE)
DEPARTMENTS = {place_id: place.ubigeo[:2] for place_id, place in PACKAGE.regions.items()}
REGION_IDS = DEPARTMENTS.keys()


@functools.cache
def own_shapes() -> dict[str, BaseGeometry]:
    files = (GEODATA / "regions.geojson", GEODATA / "countries.geojson")
    return {feature.feature_id: feature.geometry for file in files for feature in read_features(file)}


def own_departments(column: str = "IDDPTO") -> gpd.GeoDataFrame:
    """Return 25 departments from the committed regions, in degrees."""
    regions = gpd.GeoDataFrame(
        {column: list(DEPARTMENTS.values())},
        geometry=[own_shapes()[place_id] for place_id in DEPARTMENTS],
        crs="EPSG:4326",
    )
    return regions.dissolve(by=column).reset_index()


def without_shapes(folder: Path) -> Path:
    """Return a copy of the shipped package in a new folder, without shapes; the inputs are linked."""
    shutil.copytree(GEODATA, folder, ignore=shutil.ignore_patterns("*.geojson", "raw"))
    (folder / "raw").symlink_to(GEODATA / "raw")
    return folder


def write(layer: gpd.GeoDataFrame, path: Path) -> Path:
    layer.to_file(path)
    return path


def reference() -> dict[str, BaseGeometry]:
    """Return the committed regions and the other countries."""
    return {i: shape for i, shape in own_shapes().items() if i != PACKAGE.country}


def read(path: Path, layer: str | None = None, *, strict: bool = False) -> Repaired:
    """Return the units that are built from a layer."""
    return build_departments(UserLayer(path, layer, strict), reference(), KNOWN)
