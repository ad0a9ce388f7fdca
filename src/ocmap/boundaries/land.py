"""Build a package's regions and the other countries from Natural Earth's linework."""

from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import SNAP, Geometries, build_coverage, merge
from ocmap.boundaries.recipe import Package, Sketch
from ocmap.boundaries.surroundings import divide, owners_by_towns, read_faces

SMALLEST_PART: Final = 1e-3
"""Smaller remains of land around our own outline are dropped, in square degrees: about 12 km²."""


def build_units(package: Package) -> Geometries:
    """Return the regions and the other countries as a coverage in degrees (WGS 84), not simplified.

    Source: Natural Earth 1:10m (land, boundary lines of countries and units), GeoNames, and our own outlines.

    Raises:
        ValueError: Two points with different ids are in the same face of the linework.
    """
    lines = package.inputs.read("admin_1_states_provinces_lines")
    faces = read_faces(package.inputs, (line for line, fields in lines if fields["adm0_a3"] == package.recipe.lines))
    abroad = [(point, code) for point, code in package.inputs.towns() if code != package.country]
    shapes = divide(faces, owners_by_towns(faces, abroad) | _owners_by_points(package, faces))
    units = {place_id: merge(parts) for place_id, parts in sorted(shapes.items())}
    for sketch in package.recipe.sketches:
        units = _insert(units, sketch)
    return units


def _owners_by_points(package: Package, faces: list[shapely.Polygon]) -> dict[int, str]:
    """Return the region of each face with its capital, or with a point on its island."""
    tree = shapely.STRtree(faces)
    points = [(region, package.town(town)) for region, town in package.recipe.capitals.items()]
    points += [(island.region, shapely.Point(island.point)) for island in package.recipe.islands]
    owners: dict[int, str] = {}
    for place_id, point in points:
        face = int(tree.nearest(point))
        if owners.setdefault(face, place_id) != place_id:
            raise ValueError(f"the face around {point.wkt} belongs to {owners[face]} and to {place_id}")
    return owners


def _insert(shapes: Geometries, sketch: Sketch) -> Geometries:
    """Insert our outline of a region; land around it that the inputs give to the region goes to another."""
    outline: BaseGeometry = shapely.MultiPolygon([shapely.Polygon(ring) for ring in sketch.parts])
    both = shapely.union_all([shapes[sketch.rest], shapes[sketch.region]])
    rest = both.difference(outline.union(shapely.Polygon(sketch.sea)))
    units = {i: shape.difference(outline) for i, shape in shapes.items()}
    units[sketch.region] = outline
    units[sketch.rest] = shapely.union_all([part for part in shapely.get_parts(rest) if part.area > SMALLEST_PART])
    return build_coverage(units, SNAP)
