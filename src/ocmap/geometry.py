"""The shapes of the data package, read and checked, and the lines that routes are drawn along."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
import shapely.ops
from shapely import LineString, Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ocmap.dataset import Dataset, read_text
from ocmap.errors import DataError, Problem
from ocmap.model import Place, PlaceKind

WGS84 = "EPSG:4326"
LAEA_PERU = "+proj=laea +lat_0=-9.2 +lon_0=-75 +datum=WGS84 +units=m"
FRAME = (-84.5, -21.0, -64.5, 3.0)  # west, south, east, north, in degrees
ROOM = shapely.box(*FRAME).buffer(1e-6)  # what rounding leaves outside is inside
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "regions": ("place_id",),
    "corridors": ("place_id", "side"),
    "countries": ("place_id",),
    "rivers": ("river_id", "name_es", "name_en", "rank"),
    "paths": ("path_id",),
}
REGIONS = 26
BEND = 0.12  # how far an arc leaves the straight line, as a share of its length
ARC_STEPS = 24


@dataclass(frozen=True)
class Shapes:
    """The package's shapes as GeoDataFrames in WGS 84, longitude first; none of them is changed.

    Attributes:
        regions: 26 (multi)polygons, indexed by ``place_id``.
        corridors: An inner and an outer (multi)polygon for each of the 5 corridors; ``place_id``, ``side``.
        countries: Peru and its neighbours, cut to the frame, indexed by ``place_id``.
        rivers: Main rivers as lines; ``river_id``, names, ``rank``.
        paths: Schematic lines that a route may follow, indexed by ``path_id``.
    """

    regions: gpd.GeoDataFrame
    corridors: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    paths: gpd.GeoDataFrame


def read_shapes(directory: Path) -> Shapes:
    """Read the package's five GeoJSON files.

    Raises:
        DataError: A file is missing, truncated, no GeoJSON, lacks a property, or has a geometry that is
            empty, invalid or outside the frame. All faults of all files are gathered first.
    """
    problems: list[Problem] = []
    frames = {name: _read_frame(directory / f"{name}.geojson", problems) for name in COLUMNS}
    if not problems and len(frames["regions"]) != REGIONS:
        found = f"{len(frames['regions'])} regions"
        problems.append(Problem("regions.geojson", 0, "-", found, f"{REGIONS}"))
    if problems:
        raise DataError(problems)
    return Shapes(
        regions=frames["regions"].set_index("place_id", drop=False),
        corridors=frames["corridors"],
        countries=frames["countries"].set_index("place_id", drop=False),
        rivers=frames["rivers"],
        paths=frames["paths"].set_index("path_id", drop=False),
    )


def _read_frame(path: Path, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Read one GeoJSON file; append its faults to ``problems``."""
    features = _read_features(path, problems)
    rows = []
    for number, feature in enumerate(features, 1):
        row, fault = _row_of(feature, COLUMNS[path.stem])
        if fault:
            problems.append(Problem(path.name, 0, f"feature {number}", *fault))
        else:
            rows.append(row)
    columns = [*COLUMNS[path.stem], "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)


def _read_features(path: Path, problems: list[Problem]) -> Sequence[Any]:
    text = read_text(path, problems)
    if text is None:
        return []
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        found = f"broken JSON ({error.msg.lower()})"
        problems.append(Problem(path.name, error.lineno, str(error.colno), found, "a GeoJSON FeatureCollection"))
        return []
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        problems.append(Problem(path.name, 1, "1", "no list of features", "a GeoJSON FeatureCollection"))
        return []
    return features


def _row_of(feature: object, columns: Sequence[str]) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """Return a feature's row, or what is wrong with it and what was expected."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        return {}, ("it has no properties", ", ".join(columns))
    missing = [name for name in columns if name not in properties]
    if missing:
        return {}, (f"no {', '.join(missing)}", ", ".join(columns))
    try:
        geometry = shape(feature["geometry"])
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError):
        return {}, ("its geometry cannot be read", "a GeoJSON geometry")
    fault = _fault_of(geometry)
    return ({}, fault) if fault else ({name: properties[name] for name in columns} | {"geometry": geometry}, None)


def _fault_of(geometry: BaseGeometry) -> tuple[str, str] | None:
    """Return what is wrong with a shape and what was expected, or None."""
    if geometry.is_empty:
        return "its geometry is empty", "a shape"
    if not geometry.is_valid:
        return f"its geometry is invalid ({shapely.is_valid_reason(geometry)})", "a valid shape"
    if not ROOM.contains(geometry):
        west, south, east, north = FRAME
        frame = f"longitude {west} to {east}, latitude {south} to {north}, in that order"
        return "its geometry leaves the map's frame", frame
    return None


def in_frame(place: Place) -> bool:
    """Return whether a place has a position inside the map's frame."""
    west, south, east, north = FRAME
    return place.lon is not None and place.lat is not None and west < place.lon < east and south < place.lat < north


def route_lines(dataset: Dataset, shapes: Shapes) -> gpd.GeoDataFrame:
    """Return the lines of the routes that can be drawn: those with at least two placed points in the frame.

    A line either follows one of the package's schematic paths or bows gently from point to point. Columns:
    ``route_id`` and the geometry, in WGS 84.
    """
    rows = []
    for route in dataset.routes:
        places = [dataset.place[point.place_id] for point in dataset.points_of.get(route.route_id, ())]
        placed = [place for place in places if in_frame(place) and place.kind is not PlaceKind.RIVER_SYSTEM]
        path = shapes.paths.geometry.get(route.path) if route.path else None
        line = _along(path, placed) if path is not None else _bowed(placed)
        if line is not None:
            rows.append({"route_id": route.route_id, "geometry": line})
    return gpd.GeoDataFrame(rows, columns=["route_id", "geometry"], geometry="geometry", crs=WGS84)


def _position(place: Place) -> tuple[float, float]:
    """Return a placed place's longitude and latitude."""
    return place.lon or 0.0, place.lat or 0.0


def _bowed(places: Sequence[Place]) -> LineString | None:
    """Return a line through the places, each leg bowed to its left; None for fewer than two."""
    points = [_position(place) for place in places]
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    line = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        cx, cy = (x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND
        for step in range(1, ARC_STEPS + 1):
            t = step / ARC_STEPS
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            line.append((a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1))
    return LineString(line)


def _along(path: LineString, places: Sequence[Place]) -> LineString | None:
    """Return the part of a path between the first and the last place, with legs to those two."""
    if len(places) < 2:  # noqa: PLR2004 - as above
        return None
    first, last = _position(places[0]), _position(places[-1])
    part = shapely.ops.substring(path, path.project(Point(first)), path.project(Point(last)))
    return LineString(list(dict.fromkeys([first, *part.coords, last])))
