"""Build the 26 units and the other countries from Natural Earth's linework."""

from pathlib import Path
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.callao import SEA, build_callao
from ocmap.boundaries.coverage import SNAP, Geometries, build_coverage, faces_of, merge
from ocmap.boundaries.sources import read_natural_earth
from ocmap.boundaries.towns import TOWNS
from ocmap.boundaries.units import COUNTRY_POINTS, FRAME, ISLANDS, UNITS

SMALLEST_PART: Final = 1e-3
"""Smaller remains of land around the outline of Callao are dropped, in square degrees: about 12 km²."""


def build_units(cache: Path) -> Geometries:
    """Return the 26 units and the other countries as a coverage in degrees (WGS 84), not simplified.

    Source: Natural Earth 1:10m (land, boundary lines of countries and units); Callao is our own outline.

    Args:
        cache: Directory with the fetched layers.

    Raises:
        ValueError: Two points with different ids are in the same face of the linework.
    """
    faces = _read_faces(cache)
    return _insert_callao(_label(faces))


def _read_faces(cache: Path) -> list[shapely.Polygon]:
    frame = shapely.box(*FRAME)
    # Exteriors only: lakes are holes in the layer, and Puno would lose Lake Titicaca.
    parts = shapely.get_parts(read_natural_earth(cache, "land").geometries)
    land = shapely.union_all([shapely.Polygon(part.exterior) for part in parts]).intersection(frame)
    borders = read_natural_earth(cache, "admin_0_boundary_lines_land").geometries
    units = read_natural_earth(cache, "admin_1_states_provinces_lines")
    in_peru = [
        line for line, country in zip(units.geometries, units.fields["adm0_a3"], strict=True) if country == "PER"
    ]
    lines = [land.boundary, *(border.intersection(frame) for border in borders), *in_peru]
    shapely.prepare(land)
    return [face for face in faces_of(lines, SNAP) if land.contains(face.representative_point())]


def _labelled_points() -> list[tuple[str, shapely.Point]]:
    points = [(unit.place_id, (TOWNS[unit.capital].lon, TOWNS[unit.capital].lat)) for unit in UNITS]
    points += [(place_id, point) for place_id, point in ISLANDS]
    points += list(COUNTRY_POINTS.items())
    return [(place_id, shapely.Point(point)) for place_id, point in points]


def _label(faces: list[shapely.Polygon]) -> Geometries:
    """Assign each face to the unit whose point it contains; a face without one (an island) to the nearest unit."""
    tree = shapely.STRtree(faces)
    owners: dict[int, str] = {}
    for place_id, point in _labelled_points():
        nearest = int(tree.nearest(point))
        if owners.setdefault(nearest, place_id) != place_id:
            raise ValueError(f"the face around {point.wkt} belongs to {owners[nearest]} and to {place_id}")
    labelled = sorted(owners)
    main = shapely.STRtree([faces[i] for i in labelled])
    shapes: dict[str, list[BaseGeometry]] = {}
    for i, face in enumerate(faces):
        owner = owners.get(i) or owners[labelled[int(main.nearest(face))]]
        shapes.setdefault(owner, []).append(face)
    return {place_id: merge(parts) for place_id, parts in sorted(shapes.items())}


def _insert_callao(shapes: Geometries) -> Geometries:
    """Insert our outline of Callao; land outside it that Natural Earth gives to Callao goes to Lima Metropolitana."""
    callao = build_callao()
    rest = shapely.union_all([shapes["PE-LMA"], shapes["PE-CAL"]]).difference(callao.union(shapely.Polygon(SEA)))
    units = {i: shape.difference(callao) for i, shape in shapes.items()}
    units["PE-CAL"] = callao
    units["PE-LMA"] = shapely.union_all([part for part in shapely.get_parts(rest) if part.area > SMALLEST_PART])
    return build_coverage(units, SNAP)
