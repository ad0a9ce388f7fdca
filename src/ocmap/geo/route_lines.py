"""Build the lines along which routes are drawn."""

from collections.abc import Sequence
from itertools import pairwise

import geopandas as gpd
import shapely.ops
from shapely import LineString, Point

from ocmap.dataset.dataset import Dataset, RouteEnd, ends_of
from ocmap.dataset.schema import Place, PlaceKind, Route, RoutePoint
from ocmap.dataset.settings import Extent, is_in
from ocmap.geo.crs import WGS84
from ocmap.geo.shapes import Shapes

BEND = 0.12  # distance of an arc from the straight line, as a share of its length
ARC_STEPS = 24


def in_frame(place: Place, frame: Extent) -> bool:
    """Return whether a place has a position inside the frame of the map."""
    return place.lon is not None and place.lat is not None and is_in(frame, place.lon, place.lat)


def route_lines(dataset: Dataset, shapes: Shapes) -> gpd.GeoDataFrame:
    """Return the lines of the routes that can be drawn: those with at least two points inside the frame.

    A line follows one of the package's schematic paths, or is an arc from point to point. Columns: ``route_id``, which
    is the index too, ``start`` and ``end`` as `RouteEnd`, and the geometry, in WGS 84. An end without a point in the
    frame is open.
    """
    rows = []
    for route in dataset.routes:
        points = [point for point in dataset.points_of.get(route.route_id, ()) if _is_drawn(dataset, point)]
        if len(points) >= 2:  # noqa: PLR2004 - a line has two ends
            start, end = ends_of(points)
            rows.append((route.route_id, start, end, _line(dataset, shapes, route, points)))
    columns = ["route_id", "start", "end", "geometry"]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)
    return frame.set_index("route_id", drop=False)


def _is_drawn(dataset: Dataset, point: RoutePoint) -> bool:
    place = dataset.place[point.place_id]
    return in_frame(place, dataset.settings.map.frame) and place.kind is not PlaceKind.RIVER_SYSTEM


def _line(dataset: Dataset, shapes: Shapes, route: Route, points: Sequence[RoutePoint]) -> LineString:
    at = [_point(dataset.place[point.place_id]) for point in points]
    path = shapes.paths.geometry.get(route.path) if route.path else None
    return _arcs(at) if path is None else _along(path, at[0], at[-1], ends_of(points))


def _point(place: Place) -> tuple[float, float]:
    """Return the longitude and latitude of a place that has a position."""
    return place.lon or 0.0, place.lat or 0.0


def _arcs(points: Sequence[tuple[float, float]]) -> LineString:
    """Return a line through the points in which each leg is an arc, bent to its left."""
    line = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        cx, cy = (x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND
        for step in range(1, ARC_STEPS + 1):
            t = step / ARC_STEPS
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            line.append((a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1))
    return LineString(line)


def _along(
    path: LineString, first: tuple[float, float], last: tuple[float, float], ends: tuple[RouteEnd, RouteEnd]
) -> LineString:
    """Return the part of a path between its points nearest to two others, with a straight leg to an end's point."""
    part = shapely.ops.substring(path, path.project(Point(first)), path.project(Point(last)))
    start, end = ends
    legs = ([] if start is RouteEnd.OPEN else [first]), ([] if end is RouteEnd.OPEN else [last])
    return LineString(list(dict.fromkeys([*legs[0], *part.coords, *legs[1]])))
