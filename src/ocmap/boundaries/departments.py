"""Build the units from an official layer of departments that a user supplies, instead of Natural Earth."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, nearest_cells
from ocmap.boundaries.coverage import SNAP, Geometries, build_coverage, fill_gaps, gaps_of, merge
from ocmap.boundaries.sources import VectorLayer, read_layer
from ocmap.boundaries.units import COUNTRIES, FRAME, NEIGHBOURS, REGION_IDS, UNITS
from ocmap.dataset.errors import DataError, Problem
from ocmap.geo.crs import WGS84, area_km2, reproject

CODE_COLUMNS: Final = (
    "ubigeo", "iddist", "idprov", "first_idpr", "iddpto", "first_iddp", "ccdd", "cod_dpto", "coddpto",
    "cod_dep", "coddep", "cod_depa", "departamen_id", "dpto",
)  # fmt: skip
"""Names that the column of INEI's codes can have, in lower case, the most detailed code first."""
DEPARTMENTS: Final = {unit.department: unit.place_id for unit in UNITS if unit.department != "15"}
LIMA: Final = "15"
LIMA_PROVINCE: Final = "1501"
SLIVERS_KM2: Final = 5.0
"""Largest overlap or gap between units, in km²: the noise of a layer at 1:100,000."""
SEAWARD: Final = (-0.6, -0.25)
"""From the ends of the line around Lima Metropolitana out to sea, in degrees (east, north)."""


class CodedShape(NamedTuple):
    """A row of the layer: its number from 1, INEI's code, its shape in degrees."""

    number: int
    code: str
    shape: BaseGeometry


def build_departments(path: Path, reference: Mapping[str, BaseGeometry]) -> Geometries:
    """Return the 26 units from an official layer, and the other countries fitted to them.

    Args:
        path: GeoJSON, GeoPackage or Shapefile of 25 departments (or their provinces or districts) with a column of
            INEI's codes, in any coordinate system that the file declares.
        reference: Natural Earth's units and other countries by id. If the layer has departments only, department 15
            is divided by their line between Lima Metropolitana and the region of Lima.

    Raises:
        DataError: The layer cannot be read, codes are missing or unknown, shapes are not valid polygons, or they
            overlap or leave gaps.
    """
    rows = _read_rows(path)
    problems = [*_check_codes(path.name, rows), *_check_geometries(path.name, rows)]
    if problems:
        raise DataError(problems)
    units = _group(rows, reference)
    if problems := list(_check_tiling(path.name, units)):
        raise DataError(problems)
    neighbours = _fit_neighbours(units, reference)
    return fill_gaps(build_coverage({**units, **neighbours}, SNAP), preferred=frozenset(COUNTRIES))


def _fit_neighbours(units: Geometries, reference: Mapping[str, BaseGeometry]) -> Geometries:
    """Cut or extend the other countries to the outline of the units; a gap goes to the nearest neighbour."""
    # Slivers between units stay with the units: a neighbour gets only what lies outside all of them.
    peru = shapely.union_all([*units.values(), *gaps_of(units.values())], grid_size=SNAP)
    fitted = {code: reference[code].difference(peru) for code in COUNTRIES}
    gaps = shapely.union_all(gaps_of([peru, *fitted.values()]))
    outline = merge(reference[i] for i in sorted(REGION_IDS))
    cells = nearest_cells({code: build_border(outline, reference[code]) for code in NEIGHBOURS})
    grown = {code: fitted[code].union(gaps.intersection(cell)) for code, cell in cells.items()}
    return {**fitted, **grown}


def _read_rows(path: Path) -> list[CodedShape]:
    try:
        layer = read_layer(path)
    except OSError as fault:
        raise DataError([Problem(path.name, 0, "-", str(fault), "a vector layer of departments")]) from fault
    codes = _codes(path.name, layer)
    if layer.crs is None:
        raise DataError(
            [
                Problem(
                    path.name,
                    0,
                    "-",
                    "no declared coordinate system",
                    "one, as in a .prj file",
                )
            ]
        )
    try:
        shapes = [reproject(shape, layer.crs, WGS84) for shape in layer.geometries]
    except pyproj.exceptions.ProjError as fault:
        raise DataError([Problem(path.name, 0, "-", f"{layer.crs}: {fault}", "a known coordinate system")]) from fault
    return [CodedShape(n, code, shape) for n, (code, shape) in enumerate(zip(codes, shapes, strict=True), start=1)]


def _codes(file: str, layer: VectorLayer) -> list[str]:
    """Return INEI's code of each row: 2 digits for a department, 4 for a province, 6 for a district."""
    column = next((name for name in CODE_COLUMNS if name in layer.fields), None)
    if column is None:
        found = f"the columns are {', '.join(sorted(layer.fields)) or 'none'}"
        raise DataError(
            [Problem(file, 0, "-", found, f"a column with INEI's codes: {', '.join(CODE_COLUMNS).upper()}")]
        )
    texts = [_digits(value) for value in layer.fields[column]]
    width = max((len(text) for text in texts), default=2)
    padded = [text.zfill(width + width % 2) for text in texts]
    while width > 2 and all(code.endswith("00") for code in padded):  # noqa: PLR2004 - a department has 2 digits
        padded, width = [code[:-2] for code in padded], width - 2
    return padded


def _digits(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _check_codes(file: str, rows: Sequence[CodedShape]) -> Iterator[Problem]:
    known = {*DEPARTMENTS, LIMA}
    for row in rows:
        if row.code[:2] not in known:
            yield Problem(file, row.number, "code", f"unknown code {row.code}", "a code from 01 to 25")
    missing = sorted(known - {row.code[:2] for row in rows})
    if missing:
        found = f"{len(known) - len(missing)} departments, without {', '.join(missing)}"
        yield Problem(file, 0, "code", found, f"{len(known)} departments")


def _check_geometries(file: str, rows: Sequence[CodedShape]) -> Iterator[Problem]:
    frame = shapely.box(*FRAME)
    for row in rows:
        if row.shape.geom_type not in {"Polygon", "MultiPolygon"}:
            yield Problem(file, row.number, "geometry", f"{row.code} is a {row.shape.geom_type}", "a polygon")
        elif not row.shape.is_valid:
            found = f"{row.code} is invalid: {shapely.is_valid_reason(row.shape)}"
            yield Problem(file, row.number, "geometry", found, "a valid polygon")
        elif not frame.contains(shapely.box(*row.shape.bounds)):
            west, south, east, north = row.shape.bounds
            found = f"{row.code} is at {west:.1f}…{east:.1f}, {south:.1f}…{north:.1f}"
            yield Problem(file, row.number, "geometry", found, "longitude and latitude inside the map's frame")


def _group(rows: Sequence[CodedShape], reference: Mapping[str, BaseGeometry]) -> Geometries:
    """Merge departments, provinces or districts into the 26 units."""
    parts: dict[str, list[BaseGeometry]] = {}
    has_provinces = all(len(row.code) > len(LIMA) for row in rows)
    for row in rows:
        place_id = DEPARTMENTS.get(row.code[:2], "PE-LIM")
        if place_id == "PE-LIM" and has_provinces and row.code.startswith(LIMA_PROVINCE):
            place_id = "PE-LMA"
        parts.setdefault(place_id, []).append(row.shape)
    units = {i: shapely.union_all(shapes, grid_size=SNAP) for i, shapes in sorted(parts.items())}
    if "PE-LMA" not in units:
        side = _metropolitan_side(reference["PE-LMA"], reference["PE-LIM"])
        whole = units["PE-LIM"]
        units["PE-LMA"], units["PE-LIM"] = whole.intersection(side), whole.difference(side)
    return units


def _metropolitan_side(metropolitan: BaseGeometry, region: BaseGeometry) -> shapely.Polygon:
    """Return the area inside the line around Lima Metropolitana, extended out to sea."""
    line = max(shapely.get_parts(build_border(metropolitan, region)), key=shapely.length)
    east, north = SEAWARD
    ends = [(lon + east, lat + north) for lon, lat in (line.coords[-1], line.coords[0])]
    return shapely.Polygon([*line.coords, *ends])


def _check_tiling(file: str, units: Mapping[str, BaseGeometry]) -> Iterator[Problem]:
    ids = sorted(units)
    for first, second in combinations(ids, 2):
        overlap = area_km2(units[first].intersection(units[second]))
        if overlap > SLIVERS_KM2:
            found = f"{first} and {second} overlap by {overlap:.0f} km²"
            yield Problem(file, 0, "geometry", found, "units without overlaps or gaps")
    for gap in gaps_of(units.values()):
        if area_km2(gap) > SLIVERS_KM2:
            at = gap.representative_point()
            found = f"a gap of {area_km2(gap):.0f} km² at {at.x:.2f}, {at.y:.2f}"
            yield Problem(file, 0, "geometry", found, "units without overlaps or gaps")
    if missing := REGION_IDS - set(ids):
        yield Problem(file, 0, "code", f"{', '.join(sorted(missing))} missing", "26 units")
