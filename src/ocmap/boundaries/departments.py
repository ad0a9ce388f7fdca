"""Build the regions from an official layer that a user supplies, instead of Natural Earth."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, nearest_cells
from ocmap.boundaries.coverage import SNAP, Geometries, build_coverage, fill_gaps, merge, polygons
from ocmap.boundaries.known_layers import KnownLayers
from ocmap.boundaries.layer_codes import find_codes
from ocmap.boundaries.recipe import Package
from ocmap.boundaries.repairs import (
    Repair,
    Repaired,
    check_tiling,
    close_slivers,
    fill_lakes,
    repair_shape,
    share_border_lakes,
)
from ocmap.boundaries.sources import UserLayer, read_in_degrees
from ocmap.boundaries.surroundings import fit_countries
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.settings import Extent


class CodedShape(NamedTuple):
    """A row of the layer: its number from 1, its official code, its name in messages, its shape in degrees."""

    number: int
    code: str
    name: str
    shape: BaseGeometry


def build_departments(source: UserLayer, reference: Mapping[str, BaseGeometry], known: KnownLayers) -> Repaired:
    """Return the regions from an official layer with the other countries fitted to them, and what was repaired.

    Args:
        source: The layer.
        reference: Natural Earth's regions and other countries by id. Where the layer has two regions as one area,
            this is divided by the line between these.
        known: What is known of such layers.

    Raises:
        DataError: The layer cannot be read, a region is missing, a fault cannot be repaired, or the layer has
            a fault and is to be read strictly.
    """
    file, package = source.path.name, known.package
    rows, repairs = _read_rows(source, known)
    if problems := list(_check_frame(file, rows, package.inputs.frame)):
        raise DataError(problems)
    undivided = known.parts_in([row.code for row in rows])
    units = _group(rows, undivided, reference, known)
    units, shared = share_border_lakes(file, units, reference, known)
    if problems := list(check_tiling(file, units, known)):
        raise DataError(problems)
    units, filled = fill_lakes(file, units, known)
    units, closed = close_slivers(file, units)
    repairs += [*shared, *filled, *closed]
    if source.strict and repairs:
        raise DataError(repair.fault for repair in repairs)
    for part, unit in undivided.items():
        found = f"{package.names[unit]} and {package.names[part]} are one area"
        repairs.append(Repair(Problem(file, 0, "code", found, "two"), "divided along Natural Earth's line"))
    return Repaired(_with_neighbours(units, reference, package), repairs)


def _with_neighbours(units: Geometries, reference: Mapping[str, BaseGeometry], package: Package) -> Geometries:
    """Return a coverage of the units and the other countries, fitted to the outline of the units."""
    others = {code: shape for code, shape in reference.items() if code not in units}
    own = {package.country: merge(reference[i] for i in sorted(units))}
    fitted = fit_countries(others | own, package.country, units, package.plane)
    return fill_gaps(build_coverage({**units, **fitted}, SNAP), preferred=frozenset(others))


def _read_rows(source: UserLayer, known: KnownLayers) -> tuple[list[CodedShape], list[Repair]]:
    file = source.path.name
    layer = read_in_degrees(source)
    codes = find_codes(file, layer, known)
    rows, repairs = [], []
    for number, (code, shape) in enumerate(zip(codes, layer.geometries, strict=True), start=1):
        valid, repair = repair_shape(file, number, _name(code, known), shape)
        rows.append(CodedShape(number, code, _name(code, known), valid))
        repairs += [repair] if repair else []
    return rows, repairs


def _name(code: str, known: KnownLayers) -> str:
    """Return the name of a row's region, with the code of a finer unit."""
    name = known.package.names[known.region_of(code)]
    return name if code in known.regions else f"{name} ({code})"


def _check_frame(file: str, rows: Sequence[CodedShape], extent: Extent) -> Iterator[Problem]:
    frame = shapely.box(*extent)
    for row in rows:
        if not frame.contains(shapely.box(*row.shape.bounds)):
            west, south, east, north = row.shape.bounds
            found = f"{row.name} is at {west:.1f}…{east:.1f}, {south:.1f}…{north:.1f}"
            yield Problem(file, row.number, "geometry", found, "longitude and latitude inside the map's frame")


def _group(
    rows: Sequence[CodedShape],
    undivided: Mapping[str, str],
    reference: Mapping[str, BaseGeometry],
    known: KnownLayers,
) -> Geometries:
    """Merge the rows into the regions; divide what the layer has as one area."""
    parts: dict[str, list[BaseGeometry]] = {}
    for row in rows:
        region = known.region_of(row.code)
        parts.setdefault(undivided.get(region, region), []).append(row.shape)
    units = {i: shapely.union_all(shapes, grid_size=SNAP) for i, shapes in parts.items()}
    for part, unit in undivided.items():
        units[part] = polygons(_inside(units[unit], reference[part], reference[unit], known.package.plane))
        units[unit] = polygons(units[unit].difference(units[part]))
    return dict(sorted(units.items()))


def _inside(whole: BaseGeometry, part: BaseGeometry, rest: BaseGeometry, plane: str) -> BaseGeometry:
    """Return what of an area is in one of two shapes that divide it, or outside both and nearer to this one."""
    border = build_border(part, rest)
    outlines = {name: shape.boundary.difference(border) for name, shape in (("part", part), ("rest", rest))}
    nearer = nearest_cells(outlines, plane)["part"]
    outside = whole.difference(part.union(rest))
    return shapely.union_all([whole.intersection(part), outside.intersection(nearer)], grid_size=SNAP)
