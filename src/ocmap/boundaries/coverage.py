"""Coverages: polygons that share their borders exactly, from linework to a fixed grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.projection import to_degrees, to_metres

#: The grid of the files: 4 decimals of a degree, about 11 m.
GRID: Final = 1e-4
#: The grid on which linework of different versions is joined, about 1 m.
SNAP: Final = 1e-5
#: Tolerance of the simplification in metres.
TOLERANCE_M: Final = 500.0

Shapes = dict[str, BaseGeometry]
G = TypeVar("G", bound=BaseGeometry)


def faces_of(lines: Iterable[BaseGeometry], grid: float) -> list[shapely.Polygon]:
    """Return the faces of linework that is noded on a grid (in the lines' units)."""
    noded = shapely.union_all(list(lines), grid_size=grid)
    return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def build_coverage(shapes: Mapping[str, BaseGeometry], grid: float) -> Shapes:
    """Return polygons that share their borders exactly, with vertices on a grid.

    The outlines are noded together; each face goes to the shape that holds its inner point, the first by
    id where several do, so that slivers of an overlap are settled the same way every time.

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
    """Return the union of faces that share their borders, right-hand rule, in a fixed order."""
    return shapely.orient_polygons(shapely.normalize(shapely.coverage_union_all(list(faces))))


def simplify_coverage(shapes: Mapping[str, BaseGeometry], tolerance_m: float = TOLERANCE_M) -> Shapes:
    """Return a coverage in degrees simplified jointly in metres, then put on the files' grid.

    Plain rounding of the coordinates would break the coverage, hence the second noding.
    """
    ids = sorted(shapes)
    plane = shapely.coverage_simplify([to_metres(shapes[i]) for i in ids], tolerance_m)
    return build_coverage({i: to_degrees(shape) for i, shape in zip(ids, plane, strict=True)}, GRID)


def round_coordinates(geometry: G) -> G:
    """Return a geometry whose coordinates are the nearest numbers of 4 decimals."""
    return shapely.transform(geometry, _rounded)


def _rounded(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return xy.round(4)


def gaps_of(shapes: Iterable[BaseGeometry]) -> list[shapely.Polygon]:
    """Return what polygons enclose between them without covering it.

    A gap may be a ring with some of the polygons inside it.
    """
    union = shapely.union_all(list(shapes))
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    uncovered = shapely.get_parts(shapely.union_all(holes).difference(union))
    return [part for part in uncovered if isinstance(part, shapely.Polygon)]


def fill_gaps(shapes: Mapping[str, BaseGeometry], preferred: frozenset[str]) -> Shapes:
    """Return a coverage without enclosed gaps: each goes to the shape with the longest edge on it.

    Args:
        shapes: A coverage by id.
        preferred: Ids that take a gap that they touch, whoever else does.
    """
    filled = dict(shapes)
    ids = sorted(shapes)
    for gap in gaps_of(shapes.values()):
        shared = {i: shapely.length(gap.boundary.intersection(filled[i].boundary)) for i in ids}
        _, _, _, owner = max((shared[i] > 0, i in preferred, shared[i], i) for i in ids)
        filled[owner] = merge([filled[owner], gap])
    return filled
