"""Natural Earth's linework made into 26 units and five neighbours."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.callao import SEA, build_callao
from ocmap.boundaries.coverage import SNAP, Shapes, build_coverage, faces_of, merge
from ocmap.boundaries.sources import read_natural_earth
from ocmap.boundaries.towns import TOWNS
from ocmap.boundaries.units import COUNTRY_POINTS, FRAME, ISLANDS, UNITS

#: A scrap of land that the sketch of Callao leaves off, in square degrees: about 12 km².
SCRAP: Final = 1e-3


def build_units(cache: Path) -> Shapes:
    """Return the 26 units and the five neighbours in degrees (WGS 84), a coverage, not yet simplified.

    Source: Natural Earth 1:10m (land, countries' and units' boundary lines), Callao by our own sketch.

    Args:
        cache: Directory with the fetched layers.

    Raises:
        ValueError: A face of the linework holds two capitals, or a unit's capital lies in none.
    """
    faces = _read_faces(cache)
    return _lay_callao(_label(faces))


def _read_faces(cache: Path) -> list[shapely.Polygon]:
    frame = shapely.box(*FRAME)
    # Exteriors only: lakes are holes of the layer, and Puno would lose Titicaca.
    parts = shapely.get_parts(read_natural_earth(cache, "land").geometries)
    land = shapely.union_all([shapely.Polygon(part.exterior) for part in parts]).intersection(frame)
    borders = read_natural_earth(cache, "admin_0_boundary_lines_land").geometries
    units = read_natural_earth(cache, "admin_1_states_provinces_lines")
    of_peru = [
        line for line, country in zip(units.geometries, units.fields["adm0_a3"], strict=True) if country == "PER"
    ]
    lines = [land.boundary, *(border.intersection(frame) for border in borders), *of_peru]
    shapely.prepare(land)
    return [face for face in faces_of(lines, SNAP) if land.contains(face.representative_point())]


def _labelled_points() -> list[tuple[str, shapely.Point]]:
    points = [(unit.place_id, (TOWNS[unit.capital].lon, TOWNS[unit.capital].lat)) for unit in UNITS]
    points += [(place_id, point) for place_id, point in ISLANDS]
    points += list(COUNTRY_POINTS.items())
    return [(place_id, shapely.Point(point)) for place_id, point in points]


def _label(faces: list[shapely.Polygon]) -> Shapes:
    """Give each face to the unit whose point it holds; what holds none (islands) to the nearest."""
    tree = shapely.STRtree(faces)
    owners: dict[int, str] = {}
    for place_id, point in _labelled_points():
        found = int(tree.nearest(point))
        if owners.setdefault(found, place_id) != place_id:
            raise ValueError(f"the face around {point.wkt} is {owners[found]}, and should be {place_id} too")
    labelled = sorted(owners)
    main = shapely.STRtree([faces[i] for i in labelled])
    shapes: dict[str, list[BaseGeometry]] = {}
    for i, face in enumerate(faces):
        owner = owners.get(i) or owners[labelled[int(main.nearest(face))]]
        shapes.setdefault(owner, []).append(face)
    return {place_id: merge(parts) for place_id, parts in sorted(shapes.items())}


def _lay_callao(shapes: Shapes) -> Shapes:
    """Lay the sketch of Callao over the units; what it leaves of the scrap goes to Lima Metropolitana."""
    callao = build_callao()
    rest = shapely.union_all([shapes["PE-LMA"], shapes["PE-CAL"]]).difference(callao.union(shapely.Polygon(SEA)))
    laid = {i: shape.difference(callao) for i, shape in shapes.items()}
    laid["PE-CAL"] = callao
    laid["PE-LMA"] = shapely.union_all([part for part in shapely.get_parts(rest) if part.area > SCRAP])
    return build_coverage(laid, SNAP)
