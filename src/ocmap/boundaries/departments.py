"""Build the units from an official layer of departments that a user supplies, instead of Natural Earth."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, nearest_cells
from ocmap.boundaries.coverage import SNAP, Geometries, build_coverage, fill_gaps, gaps_of, merge
from ocmap.boundaries.known_layers import LIMA, LIMA_PROVINCE, KnownLayers
from ocmap.boundaries.layer_codes import WIDTH, find_codes, has_lima_province
from ocmap.boundaries.repairs import (
    Repair,
    Repaired,
    check_tiling,
    close_slivers,
    cover,
    fill_lakes,
    repair_shape,
    share_border_lakes,
)
from ocmap.boundaries.sources import VectorLayer, list_layers, read_layer
from ocmap.boundaries.units import COUNTRIES, FRAME, NEIGHBOURS, REGION_IDS, UNITS
from ocmap.dataset.errors import DataError, Problem
from ocmap.geo.crs import WGS84, reproject

PLACE_IDS: Final = {unit.department: unit.place_id for unit in UNITS if unit.department != LIMA} | {LIMA: "PE-LIM"}
NAMES: Final = {unit.department: unit.name for unit in UNITS if unit.department != LIMA} | {LIMA: "Lima"}
SEAWARD: Final = (-0.6, -0.25)
"""From the ends of the line around Lima Metropolitana out to sea, in degrees (east, north)."""


class CodedShape(NamedTuple):
    """A row of the layer: its number from 1, INEI's code, its shape in degrees."""

    number: int
    code: str
    shape: BaseGeometry


class UserLayer(NamedTuple):
    """A layer that a user supplies.

    Attributes:
        path: GeoJSON, GeoPackage or Shapefile of 25 departments (or their provinces or districts) in any coordinate
            system that the file declares, with INEI's codes or the departments' names.
        layer: The layer's name, or None if the file has only one.
        strict: Whether a fault that could be repaired is an error.
    """

    path: Path
    layer: str | None = None
    strict: bool = False


def build_departments(source: UserLayer, reference: Mapping[str, BaseGeometry], known: KnownLayers) -> Repaired:
    """Return the 26 units from an official layer with the other countries fitted to them, and what was repaired.

    Args:
        source: The layer.
        reference: Natural Earth's units and other countries by id. If the layer has departments only, department 15
            is divided by their line between Lima Metropolitana and the region of Lima.
        known: What is known of such layers.

    Raises:
        DataError: The layer cannot be read, a department is missing, a fault cannot be repaired, or the layer has
            a fault and is to be read strictly.
    """
    file = source.path.name
    rows, repairs = _read_rows(source, known)
    if problems := list(_check_frame(file, rows)):
        raise DataError(problems)
    units = _group(rows, reference)
    units, shared = share_border_lakes(file, units, reference, known.lakes)
    if problems := list(check_tiling(file, units, known.lakes)):
        raise DataError(problems)
    units, filled = fill_lakes(file, units, known.lakes)
    units, closed = close_slivers(file, units)
    repairs += [*shared, *filled, *closed]
    if source.strict and repairs:
        raise DataError(repair.fault for repair in repairs)
    if not has_lima_province([row.code for row in rows]):
        undivided = Problem(file, 0, "code", "the department of Lima is one area", "its provinces")
        repairs.append(Repair(undivided, "Lima Metropolitana is divided from it along Natural Earth's line"))
    neighbours = _fit_neighbours(units, reference)
    coverage = fill_gaps(build_coverage({**units, **neighbours}, SNAP), preferred=frozenset(COUNTRIES))
    return Repaired(coverage, repairs)


def _fit_neighbours(units: Geometries, reference: Mapping[str, BaseGeometry]) -> Geometries:
    """Cut or extend the other countries to the outline of the units; a gap goes to the nearest neighbour."""
    # Slivers between units stay with the units: a neighbour gets only what lies outside all of them.
    peru = cover(units)
    fitted = {code: reference[code].difference(peru) for code in COUNTRIES}
    gaps = shapely.union_all(gaps_of([peru, *fitted.values()]))
    outline = merge(reference[i] for i in sorted(REGION_IDS))
    cells = nearest_cells({code: build_border(outline, reference[code]) for code in NEIGHBOURS})
    grown = {code: fitted[code].union(gaps.intersection(cell)) for code, cell in cells.items()}
    return {**fitted, **grown}


def shapes_in_degrees(file: str, layer: VectorLayer) -> list[BaseGeometry]:
    """Return the shapes of a layer in longitude and latitude, WGS 84.

    Raises:
        DataError: The layer declares no coordinate system, or an unknown one.
    """
    if layer.crs is None:
        raise DataError([Problem(file, 0, "-", "no declared coordinate system", "one, as in a .prj file")])
    try:
        return [reproject(shape, layer.crs, WGS84) for shape in layer.geometries]
    except pyproj.exceptions.ProjError as fault:
        raise DataError([Problem(file, 0, "-", f"{layer.crs}: {fault}", "a known coordinate system")]) from fault


def _read_rows(source: UserLayer, known: KnownLayers) -> tuple[list[CodedShape], list[Repair]]:
    file = source.path.name
    try:
        layer = read_layer(source.path, layer=choose_layer(source))
    except OSError as fault:
        raise DataError([Problem(file, 0, "-", str(fault), "a vector layer of departments")]) from fault
    codes = find_codes(file, layer, known)
    shapes = shapes_in_degrees(file, layer)
    rows, repairs = [], []
    for number, (code, shape) in enumerate(zip(codes, shapes, strict=True), start=1):
        valid, repair = repair_shape(file, number, _name(code), shape)
        rows.append(CodedShape(number, code, valid))
        repairs += [repair] if repair else []
    return rows, repairs


def choose_layer(source: UserLayer) -> str | None:
    """Return the layer to read; None reads the only one."""
    names = list_layers(source.path)
    if source.layer is None and len(names) <= 1:
        return None
    if source.layer in names:
        return source.layer
    found = f"{len(names)} layers: {', '.join(names)}" if source.layer is None else f"no layer {source.layer}"
    expected = "--layer with one of them" if source.layer is None else f"one of {', '.join(names)}"
    raise DataError([Problem(source.path.name, 0, "-", found, expected)])


def _name(code: str) -> str:
    """Return the name of a row's department, with the code of a finer unit."""
    name = NAMES[code[:WIDTH]]
    return name if len(code) == WIDTH else f"{name} ({code})"


def _check_frame(file: str, rows: Sequence[CodedShape]) -> Iterator[Problem]:
    frame = shapely.box(*FRAME)
    for row in rows:
        if not frame.contains(shapely.box(*row.shape.bounds)):
            west, south, east, north = row.shape.bounds
            found = f"{_name(row.code)} is at {west:.1f}…{east:.1f}, {south:.1f}…{north:.1f}"
            yield Problem(file, row.number, "geometry", found, "longitude and latitude inside the map's frame")


def _group(rows: Sequence[CodedShape], reference: Mapping[str, BaseGeometry]) -> Geometries:
    """Merge departments, provinces or districts into the 26 units."""
    parts: dict[str, list[BaseGeometry]] = {}
    divided = has_lima_province([row.code for row in rows])
    for row in rows:
        metropolitan = divided and row.code.startswith(LIMA_PROVINCE)
        parts.setdefault("PE-LMA" if metropolitan else PLACE_IDS[row.code[:WIDTH]], []).append(row.shape)
    units = {i: shapely.union_all(shapes, grid_size=SNAP) for i, shapes in sorted(parts.items())}
    if not divided:
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
