"""Small made-up inputs for `ocmap new`: land, borders and towns like the fetched ones, and a layer of regions."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.origins import ORIGINS, cached, sha256, write_record
from ocmap.geo.crs import WGS84

WATER = shapely.LineString([(0, -80), (1, -80)])  # far from everything: a layer cannot be empty
DAY = dt.date(2026, 12, 1)


class World(NamedTuple):
    """What the inputs have: land, national borders, rivers by name, towns by position with their country."""

    land: Sequence[BaseGeometry]
    borders: Sequence[BaseGeometry] = ()
    rivers: Sequence[tuple[str, BaseGeometry]] = ()
    towns: Sequence[tuple[float, float, str]] = ()


def write_inputs(folder: Path, world: World) -> Path:
    """Write the inputs into a folder, with their records; return it."""
    cache = folder / "raw" / "cache"
    cache.mkdir(parents=True)
    _write(cache, "land", [*world.land, shapely.box(0, -80, 1, -79)])
    _write(cache, "admin_0_boundary_lines_land", [*world.borders, WATER])
    _write(cache, "admin_1_states_provinces_lines", [WATER])
    names = [name for name, _ in world.rivers] + [""]
    lines = [line for _, line in world.rivers] + [WATER]
    _write(cache, "rivers_lake_centerlines", lines, name=names, scalerank=[3] * len(lines))
    towns = {
        str(number): {"longitude": lon, "latitude": lat, "countrycode": code}
        for number, (lon, lat, code) in enumerate(world.towns)
    }
    (cache / "cities500.json").write_text(json.dumps(towns), "utf-8")
    for origin in ORIGINS:
        members = {member: sha256(cached(folder / "raw", member)) for member in origin.members}
        write_record(folder / "raw", origin, cache / "cities500.json", members, DAY)
    return folder


def write_regions(path: Path, shapes: Sequence[BaseGeometry], **columns: Sequence[str]) -> Path:
    """Write a layer of regions as GeoJSON; return its path."""
    gpd.GeoDataFrame(dict(columns), geometry=list(shapes), crs=WGS84).to_file(path, driver="GeoJSON")
    return path


def _write(cache: Path, layer: str, shapes: Sequence[BaseGeometry], **columns: Sequence[object]) -> None:
    frame = gpd.GeoDataFrame(columns or {"id": range(len(shapes))}, geometry=list(shapes), crs=WGS84)
    frame.to_file(cache / f"ne_10m_{layer}.shp")
