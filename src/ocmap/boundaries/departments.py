"""Building on an official layer of departments that a user supplies, in place of Natural Earth's units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, nearest_cells
from ocmap.boundaries.coverage import SNAP, Shapes, build_coverage, fill_gaps, gaps_of, merge
from ocmap.boundaries.projection import WGS84, area_km2, reproject
from ocmap.boundaries.sources import Layer, read_layer
from ocmap.boundaries.units import COUNTRIES, FRAME, NEIGHBOURS, REGION_IDS, UNITS
from ocmap.dataset.errors import DataError, Problem

#: Names of the column with INEI's code, most detailed first, in lower case.
CODE_COLUMNS: Final = (
    "ubigeo", "iddist", "idprov", "first_idpr", "iddpto", "first_iddp", "ccdd", "cod_dpto", "coddpto",
    "cod_dep", "coddep", "cod_depa", "departamen_id", "dpto",
)  # fmt: skip
DEPARTMENTS: Final = {unit.department: unit.place_id for unit in UNITS if unit.department != "15"}
LIMA: Final = "15"
LIMA_PROVINCE: Final = "1501"
#: What units may overlap, or leave between them, in km²: the noise of a layer drawn at 1:100,000.
SLIVERS_KM2: Final = 5.0
#: From the ends of the line around Lima Metropolitana out to sea, in degrees (east, north).
SEAWARD: Final = (-0.6, -0.25)


class Row(NamedTuple):
    """A row of the layer: its number from 1, its code, its shape in degrees."""

    number: int
    code: str
    shape: BaseGeometry


def build_departments(path: Path, reference: Mapping[str, BaseGeometry]) -> Shapes:
    """Return the 26 units and the other countries with Peru as an official layer draws it.

    Args:
        path: GeoJSON, GeoPackage or Shapefile of 25 departments (or their provinces or districts) with a
            column of INEI's codes, in any coordinate system that the file declares.
        reference: Natural Earth's units and neighbours: where the layer is of departments, their line
            between Lima Metropolitana and the region of Lima parts department 15.

    Raises:
        DataError: The layer cannot be read, or has no codes, wrong ones, too few, shapes that are not valid
            polygons, or that overlap or leave gaps.
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


def _fit_neighbours(units: Shapes, reference: Mapping[str, BaseGeometry]) -> Shapes:
    """Return the neighbours cut back or grown to the layer's outline, each gap going to the nearest."""
    # Slivers between the units are theirs: a neighbour gets only what lies outside all of them.
    peru = shapely.union_all([*units.values(), *gaps_of(units.values())], grid_size=SNAP)
    fitted = {code: reference[code].difference(peru) for code in COUNTRIES}
    gaps = shapely.union_all(gaps_of([peru, *fitted.values()]))
    outline = merge(reference[i] for i in sorted(REGION_IDS))
    cells = nearest_cells({code: build_border(outline, reference[code]) for code in NEIGHBOURS})
    grown = {code: fitted[code].union(gaps.intersection(cell)) for code, cell in cells.items()}
    return {**fitted, **grown}


def _read_rows(path: Path) -> list[Row]:
    try:
        layer = read_layer(path)
    except OSError as fault:
        raise DataError([Problem(path.name, 0, "", str(fault), "a layer of departments")]) from fault
    codes = _codes(path.name, layer)
    if layer.crs is None:
        raise DataError([Problem(path.name, 0, "", "no coordinate system is declared", "one, as in a .prj file")])
    try:
        shapes = [reproject(shape, layer.crs, WGS84) for shape in layer.geometries]
    except pyproj.exceptions.ProjError as fault:
        raise DataError([Problem(path.name, 0, "", f"{layer.crs}: {fault}", "a known coordinate system")]) from fault
    return [Row(n, code, shape) for n, (code, shape) in enumerate(zip(codes, shapes, strict=True), start=1)]


def _codes(file: str, layer: Layer) -> list[str]:
    """Return INEI's code of each row: 2 digits for a department, 4 for a province, 6 for a district."""
    column = next((name for name in CODE_COLUMNS if name in layer.fields), None)
    if column is None:
        found = f"the columns are {', '.join(sorted(layer.fields)) or 'none'}"
        raise DataError([Problem(file, 0, "", found, f"a column of codes: {', '.join(CODE_COLUMNS).upper()}")])
    texts = [_digits(value) for value in layer.fields[column]]
    width = max((len(text) for text in texts), default=2)
    padded = [text.zfill(width + width % 2) for text in texts]
    while width > 2 and all(code.endswith("00") for code in padded):  # noqa: PLR2004 - a department has 2 digits
        padded, width = [code[:-2] for code in padded], width - 2
    return padded


def _digits(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _check_codes(file: str, rows: Sequence[Row]) -> Iterator[Problem]:
    known = {*DEPARTMENTS, LIMA}
    for row in rows:
        if row.code[:2] not in known:
            yield Problem(file, row.number, "code", f"unknown code {row.code}", "INEI's 01 to 25")
    missing = sorted(known - {row.code[:2] for row in rows})
    if missing:
        found = f"{len(known) - len(missing)} departments, without {', '.join(missing)}"
        yield Problem(file, 0, "code", found, f"{len(known)}")


def _check_geometries(file: str, rows: Sequence[Row]) -> Iterator[Problem]:
    frame = shapely.box(*FRAME)
    for row in rows:
        if row.shape.geom_type not in {"Polygon", "MultiPolygon"}:
            yield Problem(file, row.number, "geometry", f"{row.code} is a {row.shape.geom_type}", "a polygon")
        elif not row.shape.is_valid:
            found = f"{row.code} is not valid: {shapely.is_valid_reason(row.shape)}"
            yield Problem(file, row.number, "geometry", found, "a valid polygon")
        elif not frame.contains(shapely.box(*row.shape.bounds)):
            west, south, east, north = row.shape.bounds
            found = f"{row.code} lies at {west:.1f}…{east:.1f}, {south:.1f}…{north:.1f}"
            yield Problem(file, row.number, "geometry", found, "longitude and latitude within Peru's frame")


def _group(rows: Sequence[Row], reference: Mapping[str, BaseGeometry]) -> Shapes:
    """Return the 26 units out of departments, provinces or districts."""
    parts: dict[str, list[BaseGeometry]] = {}
    provinces = all(len(row.code) > len(LIMA) for row in rows)
    for row in rows:
        place_id = DEPARTMENTS.get(row.code[:2], "PE-LIM")
        if place_id == "PE-LIM" and provinces and row.code.startswith(LIMA_PROVINCE):
            place_id = "PE-LMA"
        parts.setdefault(place_id, []).append(row.shape)
    units = {i: shapely.union_all(shapes, grid_size=SNAP) for i, shapes in sorted(parts.items())}
    if "PE-LMA" not in units:
        side = _metropolitan_side(reference["PE-LMA"], reference["PE-LIM"])
        whole = units["PE-LIM"]
        units["PE-LMA"], units["PE-LIM"] = whole.intersection(side), whole.difference(side)
    return units


def _metropolitan_side(metropolitan: BaseGeometry, region: BaseGeometry) -> shapely.Polygon:
    """Return a zone bounded by the line around Lima Metropolitana, open to the sea."""
    line = max(shapely.get_parts(build_border(metropolitan, region)), key=shapely.length)
    east, north = SEAWARD
    ends = [(lon + east, lat + north) for lon, lat in (line.coords[-1], line.coords[0])]
    return shapely.Polygon([*line.coords, *ends])


def _check_tiling(file: str, units: Mapping[str, BaseGeometry]) -> Iterator[Problem]:
    ids = sorted(units)
    for i, one in enumerate(ids):
        for other in ids[i + 1 :]:
            overlap = area_km2(units[one].intersection(units[other]))
            if overlap > SLIVERS_KM2:
                yield Problem(file, 0, "geometry", f"{one} and {other} overlap by {overlap:.0f} km²", "a coverage")
    for gap in gaps_of(units.values()):
        if area_km2(gap) > SLIVERS_KM2:
            at = gap.representative_point()
            found = f"a gap of {area_km2(gap):.0f} km² at {at.x:.2f}, {at.y:.2f}"
            yield Problem(file, 0, "geometry", found, "a coverage")
    if missing := REGION_IDS - set(ids):
        yield Problem(file, 0, "code", f"no {', '.join(sorted(missing))}", "26 units")
