"""Border corridors: 50 km inside Peru and 25 km outside it, along each neighbour's land border."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.build.coverage import GRID, Shapes, faces_of, merge
from ocmap.build.projection import STEP, to_degrees, to_metres
from ocmap.build.units import NEIGHBOURS

INNER_M: Final = 50_000.0
OUTER_M: Final = 25_000.0
#: Tolerance of the limits' arcs in metres.
ARC_M: Final = 150.0
#: Spacing of the points whose Voronoi cells part Peru between its neighbours, in metres.
SPACING_M: Final = 1_000.0


class Side(NamedTuple):
    """A side of a corridor: ``border-EC`` and ``inner`` or ``outer``."""

    place_id: str
    side: str


def build_corridors(peru: BaseGeometry, neighbours: Mapping[str, BaseGeometry]) -> dict[Side, BaseGeometry]:
    """Return both sides of the five corridors in degrees (WGS 84), vertices on the files' grid.

    The inner sides part Peru by the nearest border, so none overlap; the outer are cut by the neighbour's
    outline. Only land counts: the border is what Peru and the neighbour share as edges.

    Args:
        peru: The national outline as drawn, on the files' grid.
        neighbours: The neighbours' outlines by ISO code, sharing their edges with Peru exactly.
    """
    borders = {code: build_border(peru, neighbours[code]) for code in sorted(NEIGHBOURS)}
    cells = _nearest_cells(borders)
    inner: Shapes = {}
    sides: dict[Side, BaseGeometry] = {}
    for code, border in borders.items():
        inner[code] = cells[code].intersection(_buffer(border, INNER_M))
        outer = _cut(neighbours[code], {code: _buffer(border, OUTER_M)})
        sides[Side(f"border-{code}", "outer")] = outer[code]
    for code, shape in _cut(peru, inner).items():
        sides[Side(f"border-{code}", "inner")] = shape
    return dict(sorted(sides.items()))


def build_border(peru: BaseGeometry, neighbour: BaseGeometry) -> BaseGeometry:
    """Return the line that two shapes of a coverage share, in degrees."""
    shared = shapely.shared_paths(peru.boundary, neighbour.boundary)
    lines = [part for group in shared.geoms for part in shapely.get_parts(group)]
    return shapely.normalize(shapely.line_merge(shapely.union_all(lines)))


def _buffer(border: BaseGeometry, width_m: float) -> BaseGeometry:
    """Return a border's zone in degrees."""
    plane = to_metres(shapely.segmentize(border, STEP))
    return to_degrees(plane.buffer(width_m, quad_segs=32).simplify(ARC_M))


def _nearest_cells(borders: Mapping[str, BaseGeometry]) -> Shapes:
    """Return the part of the plane that is nearer to each border than to the others, in degrees."""
    codes = sorted(borders)
    points, owners = [], []
    for number, code in enumerate(codes):
        plane = shapely.segmentize(to_metres(shapely.segmentize(borders[code], STEP)), SPACING_M)
        vertices = shapely.get_coordinates(plane)
        points.append(vertices)
        owners += [number] * len(vertices)
    # Two borders share a tripoint, which can be the site of one cell only.
    sites, first = np.unique(np.concatenate(points).round(), axis=0, return_index=True)
    number_of = np.array(owners)[first]
    hull = shapely.MultiPoint(sites)
    cells = shapely.get_parts(shapely.voronoi_polygons(hull, extend_to=hull.envelope.buffer(2 * INNER_M), ordered=True))
    unions = [shapely.coverage_union_all(cells[number_of == number]) for number in range(len(codes))]
    seams = shapely.coverage_simplify(unions, ARC_M, simplify_boundary=False)
    return {code: to_degrees(shape) for code, shape in zip(codes, seams, strict=True)}


def _cut(outline: BaseGeometry, zones: Mapping[str, BaseGeometry]) -> Shapes:
    """Return the parts of an outline inside each zone, on the files' grid, the outline's own edges kept."""
    codes = sorted(zones)
    parts: dict[str, list[BaseGeometry]] = {code: [] for code in codes}
    tree = shapely.STRtree([zones[code] for code in codes])
    shapely.prepare(outline)
    lines = [outline.boundary, *(zones[code].boundary for code in codes)]
    for face in faces_of(lines, GRID):
        point = face.representative_point()
        owners = tree.query(point, predicate="intersects")
        if len(owners) and outline.contains(point):
            parts[codes[min(owners)]].append(face)
    return {code: merge(faces) for code, faces in parts.items()}
