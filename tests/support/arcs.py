"""Read shapes that were written as arcs, as the browser does."""

from itertools import accumulate, pairwise
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.web.arcs import PER_DEGREE, Lines

Positions = list[tuple[float, float]]
MULTI: dict[str, Any] = {"MultiPolygon": shapely.multipolygons, "MultiLineString": shapely.multilinestrings}


def read_lines(arcs: list[list[int]], lines: Lines) -> list[Positions]:
    """Return the positions of a shape's lines, longitude first, in degrees."""
    return [_join([_positions(arcs[n]) if n >= 0 else _positions(arcs[~n])[::-1] for n in line]) for line in lines]


def _positions(arc: list[int]) -> Positions:
    points = zip(accumulate(arc[::2]), accumulate(arc[1::2]), strict=True)
    return [(x / PER_DEGREE, y / PER_DEGREE) for x, y in points]


def _join(parts: list[Positions]) -> Positions:
    assert all(before[-1] == after[0] for before, after in pairwise(parts))
    return [*parts[0], *(at for part in parts[1:] for at in part[1:])]


def read_shape(arcs: list[list[int]], lines: Lines, original: BaseGeometry) -> BaseGeometry:
    """Return a shape with the parts and holes that the original has."""
    left = iter(read_lines(arcs, lines))
    parts = [
        shapely.Polygon(next(left), [next(left) for _ in part.interiors])
        if isinstance(part, shapely.Polygon)
        else shapely.LineString(next(left))
        for part in shapely.get_parts(original)
    ]
    assert not list(left)
    return MULTI[original.geom_type](parts) if original.geom_type in MULTI else parts[0]
