"""A small still map of each route that has a line: the land, Peru, the line and which way it leads."""

from collections.abc import Iterable, Mapping
from math import atan2, degrees
from types import MappingProxyType
from typing import NamedTuple

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import COUNTRY, FRAME
from ocmap.geo.route_lines import route_lines
from ocmap.geo.shapes import Shapes

COARSE, DIGITS = 0.06, 2  # degrees; digits kept
MARGIN = 4.5  # degrees around the line
HEAD = 1.0  # degrees of the line's end that decide on where its head points


class Sketch(NamedTuple):
    """A route's still map as SVG paths, in degrees with south downwards.

    Attributes:
        box: Left, top, width and height of what is shown around the line.
        land: The land around; ``own`` is Peru, ``line`` the route.
        tip: Where the line ends; ``angle`` is the direction in which it gets there, in degrees clockwise from east.
    """

    box: tuple[float, float, float, float]
    land: str
    own: str
    line: str
    tip: tuple[float, float]
    angle: float


def build_sketches(dataset: Dataset, shapes: Shapes) -> Mapping[str, Sketch]:
    """Return a still map for each route that has a line, by its id."""
    land = _outline(shapes.countries.geometry)
    own = _outline([shapes.countries.geometry[COUNTRY]])
    lines = route_lines(dataset, shapes)
    return MappingProxyType(
        {
            str(row.route_id): Sketch(_box(row.geometry), land, own, _path(row.geometry.coords), *_tip(row.geometry))
            for row in lines.itertuples()
        }
    )


def _box(line: LineString) -> tuple[float, float, float, float]:
    """Return what is shown around a line, within the frame of the shapes."""
    shown = shapely.box(*line.bounds).buffer(MARGIN).intersection(shapely.box(*FRAME))
    west, south, east, north = shown.bounds
    return round(west, DIGITS), round(-north, DIGITS), round(east - west, DIGITS), round(north - south, DIGITS)


def _outline(shapes: Iterable[BaseGeometry]) -> str:
    """Return the outer rings of shapes, coarsened, as one path."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape.simplify(COARSE))]
    return "".join(f"{_path(part.exterior.coords)}Z" for part in parts if part.area > COARSE)


def _path(points: Iterable[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{x:.{DIGITS}f} {-y:.{DIGITS}f}" for x, y, *_ in points)


def _tip(line: LineString) -> tuple[tuple[float, float], float]:
    (x, y), before = line.coords[-1], line.interpolate(-HEAD)
    return (round(x, DIGITS), round(-y, DIGITS)), round(degrees(atan2(before.y - y, x - before.x)), 1)
