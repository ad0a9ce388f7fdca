"""Border corridors: 50 km inside Peru and 25 km outside it, along each neighbour's land border."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import GRID, Shapes, faces_of, merge
from ocmap.boundaries.projection import STEP, to_degrees, to_metres
from ocmap.boundaries.units import NEIGHBOURS

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
    cells = nearest_cells(borders)
    zones: dict[Side, tuple[BaseGeometry, BaseGeometry]] = {}
    for code, border in borders.items():
        inner = cells[code].intersection(_buffer(border, INNER_M))
        zones[Side(f"border-{code}", "inner")] = (peru, inner)
        zones[Side(f"border-{code}", "outer")] = (neighbours[code], _buffer(border, OUTER_M))
    return _cut(zones)


def build_border(peru: BaseGeometry, neighbour: BaseGeometry) -> BaseGeometry:
    """Return the line that two shapes of a coverage share, in degrees."""
    shared = peru.boundary.intersection(neighbour.boundary)
    lines = [part for part in shapely.get_parts(shared) if isinstance(part, shapely.LineString)]
    return shapely.normalize(shapely.line_merge(shapely.union_all(lines)))


def _buffer(border: BaseGeometry, width_m: float) -> BaseGeometry:
    """Return a border's zone in degrees."""
    plane = to_metres(shapely.segmentize(border, STEP))
    return to_degrees(plane.buffer(width_m, quad_segs=32).simplify(ARC_M))


def nearest_cells(borders: Mapping[str, BaseGeometry]) -> Shapes:
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
    points_m = shapely.MultiPoint(sites)
    extent = points_m.envelope.buffer(2 * INNER_M)
    cells = shapely.get_parts(shapely.voronoi_polygons(points_m, extend_to=extent, ordered=True))
    unions = [shapely.coverage_union_all(cells[number_of == number]) for number in range(len(codes))]
    seams = shapely.coverage_simplify(unions, ARC_M, simplify_boundary=False)
    return {code: to_degrees(shape) for code, shape in zip(codes, seams, strict=True)}


def _cut(zones: Mapping[Side, tuple[BaseGeometry, BaseGeometry]]) -> dict[Side, BaseGeometry]:
    """Return each zone within its outline; all are noded together on the files' grid, so none overlap.

    Args:
        zones: The outline and the zone of each side; outlines keep their edges.
    """
    sides = sorted(zones)
    lines = [shape.boundary for side in sides for shape in zones[side]]
    for shape in (shape for side in sides for shape in zones[side]):
        shapely.prepare(shape)
    parts: dict[Side, list[BaseGeometry]] = {side: [] for side in sides}
    for face in faces_of(lines, GRID):
        point = face.representative_point()
        owner = next((side for side in sides if all(shape.contains(point) for shape in zones[side])), None)
        if owner is not None:
            parts[owner].append(face)
    return {side: merge(faces) for side, faces in parts.items()}
