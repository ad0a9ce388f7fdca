"""Build what lies around a country from the same inputs everywhere: the other countries' land, and the rivers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, nearest_cells
from ocmap.boundaries.coverage import SNAP, Geometries, faces_of
from ocmap.boundaries.repairs import cover
from ocmap.boundaries.sources import Inputs

INLAND_SEA: Final = 20.0
"""Holes of the land from this size on are seas, in square degrees: the Caspian. Smaller ones are lakes."""
LEAST_LAND: Final = 1e-3
"""Smaller land around the country is left out, in square degrees: about 12 km²."""
REACH: Final = 0.3
"""How far the layer's national border and that of the inputs are apart at most, in degrees."""
LEAST_REST: Final = 0.3
"""Land of which the country's layer leaves less than this share is no other country."""
NEAR_END: Final = 2.1
"""How far from a border's end the coast begins, measured by how far the layer's outline is from this end. With 2, a
strip between border and outline, from coast to coast, would just be the neighbour's as a whole."""
COAST: Final = "coast"
LEAST_BORDER: Final = 0.02
"""A shorter border is none, in degrees: about 2 km."""


def read_countries(inputs: Inputs, country: str, regions: Mapping[str, BaseGeometry], plane: str) -> Geometries:
    """Return the other countries by code, fitted to the country's regions: they share its border exactly."""
    faces = read_faces(inputs)
    land = divide(faces, owners_by_towns(faces, inputs.towns()))
    shapes = fit_countries({code: shapely.union_all(own) for code, own in land.items()}, country, regions, plane)
    large = {code: _large_parts(shape) for code, shape in shapes.items()}
    return {code: shape for code, shape in large.items() if not shape.is_empty}


def fit_countries(
    reference: Mapping[str, BaseGeometry], country: str, regions: Mapping[str, BaseGeometry], plane: str
) -> Geometries:
    """Cut or extend the other countries to the regions of a layer.

    Args:
        reference: The land of the country and of the others by code, as the inputs have it.
        country: The country's code.
        regions: Its regions, as the layer has them.
        plane: The equal-area plane around it.
    """
    inside, own = reference.get(country, shapely.Point()), cover(regions)
    rests = {code: reference[code].difference(own) for code in sorted(reference.keys() - {country})}
    # Where little is left, the country's layer has the land, as France has Réunion.
    abroad = {code: rest for code, rest in rests.items() if rest.area > LEAST_REST * reference[code].area}
    borders = {code: build_border(inside, reference[code]) for code in abroad}
    borders = {code: border for code, border in borders.items() if border.length >= LEAST_BORDER}
    if borders:
        near = shapely.union_all([border.buffer(REACH) for border in borders.values()])
        between = inside.intersection(near).difference(own)
        cells = nearest_cells(borders | _coast(inside, own, borders, near), plane)
        for code in borders:
            abroad[code] = shapely.union_all([abroad[code], between.intersection(cells[code])], grid_size=SNAP)
    return abroad


def _coast(
    inside: BaseGeometry, own: BaseGeometry, borders: Mapping[str, BaseGeometry], near: BaseGeometry
) -> Geometries:
    """Return the coast near the borders: where the inputs have more land beside it than the layer, this is sea.

    It begins some way from the end of a border, by how far the layer's outline is away: what lies between border and
    outline from coast to coast is the neighbour's as a whole.
    """
    ends = [end for border in borders.values() for end in shapely.get_parts(border.boundary)]
    parts = [*borders.values(), *(end.buffer(NEAR_END * own.boundary.distance(end)) for end in ends)]
    coast = inside.boundary.intersection(near).difference(shapely.union_all(parts))
    return {COAST: coast} if coast.length >= LEAST_BORDER else {}


def _large_parts(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and part.area > LEAST_LAND]
    return shapely.MultiPolygon(parts)


def read_faces(inputs: Inputs, lines: Iterable[BaseGeometry] = ()) -> list[shapely.Polygon]:
    """Return the land in the frame, divided by the national borders and other lines."""
    parts = [part for shape, _ in inputs.read("land") for part in shapely.get_parts(shape)]
    filled = [_without_lakes(part) for part in parts if isinstance(part, shapely.Polygon)]
    land = shapely.union_all(filled, grid_size=SNAP)
    borders = [shape for shape, _ in inputs.read("admin_0_boundary_lines_land")]
    shapely.prepare(land)
    edges = [land.boundary, *borders, *lines]
    return [face for face in faces_of(edges, SNAP) if land.contains(face.representative_point())]


def _without_lakes(part: shapely.Polygon) -> shapely.Polygon:
    return shapely.Polygon(part.exterior, [r for r in part.interiors if shapely.Polygon(r).area > INLAND_SEA])


def owners_by_towns(faces: Sequence[shapely.Polygon], towns: Iterable[tuple[shapely.Point, str]]) -> dict[int, str]:
    """Return the country of most of the towns in each face that has some, by the number of the face."""
    located = list(towns)
    tree = shapely.STRtree(faces)
    counts: dict[int, Counter[str]] = {}
    for town, face in zip(*tree.query([point for point, _ in located], predicate="within").tolist(), strict=True):
        counts.setdefault(face, Counter())[located[town][1]] += 1
    return {face: max(sorted(own), key=own.__getitem__) for face, own in counts.items()}


def divide(faces: Sequence[shapely.Polygon], owners: Mapping[int, str]) -> dict[str, list[shapely.Polygon]]:
    """Return the faces by owner; one without an owner goes with the nearest that has one."""
    known = sorted(owners)
    nearest = shapely.STRtree([faces[face] for face in known])
    found: dict[str, list[shapely.Polygon]] = {}
    for number, face in enumerate(faces if known else ()):
        owner = owners.get(number) or owners[known[int(nearest.nearest(face))]]
        found.setdefault(owner, []).append(face)
    return found
