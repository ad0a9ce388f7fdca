"""Write shapes for the browser: on a grid, and each line that several of them share, such as a border, only once."""

from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

PER_DEGREE = 2000
"""Steps of the grid in a degree: one is 55 m, less than a fifth of a pixel at the map's largest zoom."""

Point = tuple[int, int]
"""A longitude and a latitude, in steps of the grid."""
Arc = tuple[Point, ...]
Lines = list[list[int]]
"""A shape's lines, rings included, each a list of arcs by their numbers; ``~n`` is arc n backwards."""


def share_arcs(layers: Mapping[str, Iterable[BaseGeometry]]) -> tuple[list[list[int]], dict[str, list[Lines]]]:
    """Return the arcs of which all shapes are made, as TopoJSON does, and each shape's lines by layer.

    An arc is one list of numbers: the longitude and latitude where it begins, then the steps to each next point.
    """
    shapes = {name: [_read_lines(one) for one in geometries] for name, geometries in layers.items()}
    nodes = _find_nodes(line for layer in shapes.values() for shape in layer for line in shape)
    numbers: dict[Arc, int] = {}
    lines = {
        name: [[[_number_of(arc, numbers) for arc in _cut(line, nodes)] for line in shape] for shape in layer]
        for name, layer in shapes.items()
    }
    return [_as_steps(arc) for arc in numbers], lines


def _read_lines(geometry: BaseGeometry) -> list[list[Point]]:
    """Return a geometry's lines on the grid; one that is smaller than a step has its only point twice."""
    parts = shapely.get_parts(geometry)
    lines = []
    for line in shapely.get_rings(parts) if geometry.geom_type.endswith("Polygon") else parts:
        steps = np.rint(shapely.get_coordinates(line) * PER_DEGREE).astype(int)
        points = [(lon, lat) for (lon, lat), _ in groupby(steps.tolist())]
        lines.append(points if len(points) > 1 else points * 2)
    return lines


def _find_nodes(lines: Iterable[list[Point]]) -> set[Point]:
    """Return the points where lines end, or where lines that came together part."""
    nodes: set[Point] = set()
    beside: dict[Point, set[Point]] = {}
    for line in lines:
        if line[0] == line[-1]:
            path = [line[-2], *line]
        else:
            path = line
            nodes |= {line[0], line[-1]}
        for before, point, after in zip(path, path[1:], path[2:], strict=False):
            if beside.setdefault(point, {before, after}) != {before, after}:
                nodes.add(point)
    return nodes


def _cut(line: list[Point], nodes: set[Point]) -> list[Arc]:
    """Return the parts of a line between nodes; a ring then begins at a node, or at its first point in order."""
    if line[0] == line[-1]:
        start = next((i for i, point in enumerate(line) if point in nodes), line.index(min(line)))
        line = line[start:-1] + line[: start + 1]
    last = len(line) - 1
    cuts = [0, *(i for i in range(1, last) if line[i] in nodes), last]
    return [tuple(line[start : end + 1]) for start, end in pairwise(cuts)]


def _number_of(arc: Arc, numbers: dict[Arc, int]) -> int:
    """Return an arc's number, which is a new one unless the arc is known in either direction."""
    backwards = numbers.get(arc[::-1])
    return numbers.setdefault(arc, len(numbers)) if backwards is None else ~backwards


def _as_steps(arc: Arc) -> list[int]:
    steps = (number for (x0, y0), (x1, y1) in pairwise(arc) for number in (x1 - x0, y1 - y0))
    return [*arc[0], *steps]
