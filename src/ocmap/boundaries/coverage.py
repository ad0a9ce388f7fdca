"""Build coverages: polygons that share their borders exactly, with vertices on a fixed grid."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.geo.crs import to_degrees, to_metres

GRID: Final = 1e-4
"""Grid of the files: 4 decimals of a degree, about 11 m."""
SNAP: Final = 1e-5
"""Grid for joining linework of different sources: about 1 m."""
TOLERANCE_M: Final = 500.0
"""Tolerance of the simplification, in metres."""

Geometries = dict[str, BaseGeometry]
"""Geometries by id."""
Geometry = TypeVar("Geometry", bound=BaseGeometry)


def faces_of(lines: Iterable[BaseGeometry], grid: float) -> list[shapely.Polygon]:
    """Return the faces of linework, noded on a grid of this size (in the lines' units)."""
    noded = shapely.union_all(list(lines), grid_size=grid)
    return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def build_coverage(shapes: Mapping[str, BaseGeometry], grid: float) -> Geometries:
    """Return polygons that share their borders exactly, with vertices on a grid.

    The outlines are noded together. Each face goes to the shape that contains a point inside the face; if several
    do, to the first by id, so that slivers of an overlap always go to the same shape.

    Args:
        shapes: (Multi)Polygons by id, in degrees.
        grid: Size of the grid in degrees.
    """
    ids = sorted(shapes)
    tree = shapely.STRtree([shapes[i] for i in ids])
    faces: dict[str, list[shapely.Polygon]] = {i: [] for i in ids}
    for face in faces_of((shapes[i].boundary for i in ids), grid):
        owners = tree.query(face.representative_point(), predicate="intersects")
        if len(owners):
            faces[ids[min(owners)]].append(face)
    return {i: merge(faces[i]) for i in ids}


def merge(faces: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the union of faces that share their borders, with the right-hand rule and a fixed order of vertices."""
    return shapely.orient_polygons(shapely.normalize(shapely.coverage_union_all(list(faces))))


def polygons(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape, without its lines and points."""
    return merge(part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon))


def simplify_coverage(shapes: Mapping[str, BaseGeometry], tolerance_m: float, plane: str) -> Geometries:
    """Simplify a coverage in degrees, with the tolerance in metres, and put it on the files' grid.

    It is noded again on the grid, because rounding the coordinates alone would break the coverage.
    """
    ids = sorted(shapes)
    simple = shapely.coverage_simplify([to_metres(shapes[i], plane) for i in ids], tolerance_m)
    return build_coverage({i: to_degrees(shape, plane) for i, shape in zip(ids, simple, strict=True)}, GRID)


def round_coordinates(geometry: Geometry) -> Geometry:
    """Return a geometry with its coordinates rounded to 4 decimals."""
    return shapely.transform(geometry, _rounded)


def _rounded(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return xy.round(4)


def gaps_of(shapes: Iterable[BaseGeometry]) -> list[shapely.Polygon]:
    """Return the areas that polygons enclose but do not cover.

    A gap can be a ring with some of the polygons inside it.
    """
    union = shapely.union_all(list(shapes))
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    uncovered = shapely.get_parts(shapely.union_all(holes).difference(union))
    return [part for part in uncovered if isinstance(part, shapely.Polygon)]


def fill_gaps(
    shapes: Mapping[str, BaseGeometry], preferred: frozenset[str], largest: float = float("inf")
) -> Geometries:
    """Fill the enclosed gaps of a coverage: each goes to the shape that shares the longest edge with it.

    Args:
        shapes: A coverage by id.
        preferred: Ids of shapes that come first for every gap that they touch.
        largest: Larger gaps are water and stay, in square degrees.
    """
    ids = sorted(shapes)
    tree = shapely.STRtree([shapes[i] for i in ids])
    added: dict[str, list[BaseGeometry]] = {}
    for gap in (one for one in gaps_of(shapes.values()) if one.area <= largest):
        around = [ids[number] for number in tree.query(gap, predicate="intersects")]
        shared = {i: shapely.length(gap.boundary.intersection(shapes[i].boundary)) for i in around}
        _, _, _, owner = max((shared[i] > 0, i in preferred, shared[i], i) for i in around)
        added.setdefault(owner, []).append(gap)
    return {i: merge([shape, *added[i]]) if i in added else shape for i, shape in shapes.items()}
