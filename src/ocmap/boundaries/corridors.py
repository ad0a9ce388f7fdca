"""Build the border corridors: 50 km inside the country and 25 km outside, along the land border with each neighbour."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import GRID, Geometries, faces_of, merge
from ocmap.geo.crs import STEP_DEGREES, to_degrees, to_metres

INNER_M: Final = 50_000.0
OUTER_M: Final = 25_000.0
"""Widths of a corridor, in metres: chosen, not measured. The codebook defines the border zone by them."""
ARC_M: Final = 150.0
"""Tolerance of the arcs of a corridor's limit, in metres."""
SPACING_M: Final = 1_000.0
"""Spacing of the points whose Voronoi cells divide the country between its neighbours, in metres."""
REACH_M: Final = 20 * INNER_M
"""How far from its border a cell ends, in metres: cells of borders on two continents would else leave the globe."""


class CorridorSide(NamedTuple):
    """One side of a corridor: its id, ``border-`` and the neighbour's code, and ``inner`` or ``outer``."""

    place_id: str
    side: str


def build_corridors(
    country: BaseGeometry, neighbours: Mapping[str, BaseGeometry], plane: str
) -> dict[CorridorSide, BaseGeometry]:
    """Return both sides of the corridors in degrees (WGS 84), with vertices on the files' grid.

    An inner side ends where another border is nearer, so inner sides never overlap. An outer side is cut to the
    neighbour's outline. Only land borders count: the edges that the country and the neighbour share.

    Args:
        country: The simplified national outline, on the files' grid.
        neighbours: The neighbours' outlines by ISO code. They share their edges with the country exactly.
        plane: The equal-area plane around the country.
    """
    borders = {code: build_border(country, neighbours[code]) for code in sorted(neighbours)}
    cells = nearest_cells(borders, plane)
    zones: dict[CorridorSide, tuple[BaseGeometry, BaseGeometry]] = {}
    for code, border in borders.items():
        inner = cells[code].intersection(zone_along(border, INNER_M, plane))
        zones[CorridorSide(f"border-{code}", "inner")] = (country, inner)
        zones[CorridorSide(f"border-{code}", "outer")] = (neighbours[code], zone_along(border, OUTER_M, plane))
    return _cut(zones)


def build_border(country: BaseGeometry, neighbour: BaseGeometry) -> BaseGeometry:
    """Return the line that two shapes of a coverage share, in degrees."""
    shared = country.boundary.intersection(neighbour.boundary)
    lines = [part for part in shapely.get_parts(shared) if isinstance(part, shapely.LineString)]
    return shapely.normalize(shapely.line_merge(shapely.union_all(lines)))


def zone_along(border: BaseGeometry, width_m: float, plane: str) -> BaseGeometry:
    """Return the zone within a distance of a border, in degrees."""
    line = to_metres(shapely.segmentize(border, STEP_DEGREES), plane)
    return to_degrees(line.buffer(width_m, quad_segs=32).simplify(ARC_M), plane)


def nearest_cells(borders: Mapping[str, BaseGeometry], plane: str) -> Geometries:
    """Return for each border the area around it that is nearer to it than to any other border, in degrees."""
    codes = sorted(borders)
    points, owners, around = [], [], []
    for number, code in enumerate(codes):
        line = shapely.segmentize(to_metres(shapely.segmentize(borders[code], STEP_DEGREES), plane), SPACING_M)
        vertices = shapely.get_coordinates(line)
        points.append(vertices)
        owners += [number] * len(vertices)
        around.append(line.envelope.buffer(REACH_M, join_style="mitre"))
    # Two borders share a tripoint, but a point can be the site of one Voronoi cell only.
    sites, first = np.unique(np.concatenate(points).round(), axis=0, return_index=True)
    number_of = np.array(owners)[first]
    points_m = shapely.MultiPoint(sites)
    extent = points_m.envelope.buffer(2 * INNER_M)
    cells = shapely.get_parts(shapely.voronoi_polygons(points_m, extend_to=extent, ordered=True))
    unions = [shapely.coverage_union_all(cells[number_of == number]) for number in range(len(codes))]
    seams = shapely.coverage_simplify(unions, ARC_M, simplify_boundary=False)
    cells_m = shapely.intersection(seams, around)
    return {code: to_degrees(shape, plane) for code, shape in zip(codes, cells_m, strict=True)}


def _cut(zones: Mapping[CorridorSide, tuple[BaseGeometry, BaseGeometry]]) -> dict[CorridorSide, BaseGeometry]:
    """Cut each zone to its outline; all are noded together on the files' grid, so none overlap.

    Args:
        zones: The outline and the zone of each side. The edges of the outlines do not change.
    """
    sides = sorted(zones)
    lines = [shape.boundary for side in sides for shape in zones[side]]
    for shape in (shape for side in sides for shape in zones[side]):
        shapely.prepare(shape)
    parts: dict[CorridorSide, list[BaseGeometry]] = {side: [] for side in sides}
    for face in faces_of(lines, GRID):
        point = face.representative_point()
        owner = next((side for side in sides if all(shape.contains(point) for shape in zones[side])), None)
        if owner is not None:
            parts[owner].append(face)
    return {side: merge(faces) for side, faces in parts.items()}
