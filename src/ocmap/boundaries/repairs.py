"""Repair a layer of regions: rings that are not valid, lakes that are left out, gaps and overlaps along borders."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import nearest_cells
from ocmap.boundaries.coverage import SNAP, Geometries, faces_of, gaps_of
from ocmap.boundaries.known_layers import FILE, KnownLayers, Lake
from ocmap.dataset.errors import DataError, Problem
from ocmap.geo.crs import area_km2

SLIVER_KM2: Final = 5.0
"""Largest overlap or gap between units, in km², that is noise: borders drawn twice at 1:100,000."""
NARROW: Final = 1e-3
"""Half of the largest width of such noise if it is larger, in degrees: about 100 m."""
ROUNDING_KM2: Final = 0.05
"""Smaller ones come from rounding and are not reported, in km²."""
SLIT: Final = 5e-3
"""Half of the largest width of a gap that is open to the outside, in degrees: about 500 m."""
SHORE: Final = 1e-3
"""Shortest border with a gap by which a unit has a share in it, in degrees: about 100 m."""
LAKE_POINT: Final = 0.02
"""Distance of a lake's point from the gap that is this lake, in degrees: about 2 km."""


class Repair(NamedTuple):
    """A fault of a layer, and what was done."""

    fault: Problem
    cure: str

    def __str__(self) -> str:
        """Return ``file: fault: cure``, with the row if it is one row's."""
        row = f"row {self.fault.line}, " if self.fault.line else ""
        return f"{self.fault.file}: {row}{self.fault.found}: {self.cure}"


class Repaired(NamedTuple):
    """The units after repairs, by id, and the repairs."""

    units: Geometries
    repairs: list[Repair]


def repair_shape(file: str, row: int, name: str, shape: BaseGeometry) -> tuple[BaseGeometry, Repair | None]:
    """Return the valid polygons of a row's shape, and the repair if it was one.

    Raises:
        DataError: It has no polygon.
    """
    valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    polygons = [part for part in shapely.get_parts(valid) if isinstance(part, shapely.Polygon) and not part.is_empty]
    if not polygons:
        raise DataError([Problem(file, row, "geometry", f"{name} is a {shape.geom_type} without an area", "a polygon")])
    whole = shapely.MultiPolygon(polygons)
    if shape.is_valid:
        return whole, None
    reason, _, at = shapely.is_valid_reason(shape).rstrip("]").partition("[")
    lon, lat = map(float, at.split())
    found = f"{name} has a ring that is not valid ({reason} at {lon:.2f}, {lat:.2f})"
    change = abs(area_km2(whole) - area_km2(shape))
    cure = f"corrected; the area changed by {format_km2(change)}"
    return whole, Repair(Problem(file, row, "geometry", found, "a valid polygon"), cure)


def format_km2(km2: float) -> str:
    """Return an area in words: whole km², with a decimal below 10."""
    return f"{km2:.0f} km²" if km2 >= 9.95 else f"{km2:.1f} km²"  # noqa: PLR2004 - two digits


def cover(units: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Return the union of units with the gaps that they enclose."""
    parts = shapely.get_parts(shapely.union_all(list(units.values()), grid_size=SNAP))
    return shapely.union_all([shapely.Polygon(part.exterior) for part in parts], grid_size=SNAP)


def share_border_lakes(
    file: str, units: Mapping[str, BaseGeometry], reference: Mapping[str, BaseGeometry], known: KnownLayers
) -> Repaired:
    """Give the country's side of the lakes on the national border, where it is left out, to the lake's region.

    The border through the lake is extended to the layer's own shore.

    Raises:
        DataError: The layer's shore and the border enclose no area.
    """
    shared, repairs = dict(units), []
    for lake in known.lakes:
        if lake.border is None or lake.region is None or any(shape.covers(lake.at) for shape in units.values()):
            continue
        side = _side_of_border(shapely.LineString(lake.border), cover(shared), reference[lake.region])
        name = known.package.names[lake.region]
        if not any(face.covers(lake.at) for face in side):
            found = f"{lake.name} is left out, and the shore of {name} does not reach the border on both sides"
            raise DataError([Problem(file, 0, "geometry", found, f"the shore of {name} from border to border")])
        shared[lake.region] = shapely.union_all([shared[lake.region], *side], grid_size=SNAP)
        area = format_km2(sum(map(area_km2, side)))
        fault = Problem(file, 0, "geometry", f"{lake.name}, {area} of it in {name}, is left out", f"{name} with it")
        repairs.append(Repair(fault, f"given to {name} as far as the national border"))
    return Repaired(shared, repairs)


def _side_of_border(border: shapely.LineString, country: BaseGeometry, region: BaseGeometry) -> list[shapely.Polygon]:
    """Return the faces between a border through a lake and the country's shore, on the side of a region."""
    shore = country.boundary
    ends = [shapely.shortest_line(shapely.Point(end), shore) for end in (border.coords[0], border.coords[-1])]
    points = [(face, face.representative_point()) for face in faces_of([shore, border, *ends], SNAP)]
    return [face for face, at in points if region.contains(at) and not country.contains(at)]


class Gap(NamedTuple):
    """An area that units enclose and do not cover: its shore with each unit, and the lake's name if it is known."""

    area: BaseGeometry
    shores: Geometries
    lake: str | None


def _size_and_place(area: BaseGeometry) -> str:
    at = area.representative_point()
    return f"{format_km2(area_km2(area))} at {at.x:.2f}, {at.y:.2f}"


def check_tiling(file: str, units: Mapping[str, BaseGeometry], known: KnownLayers) -> Iterator[Problem]:
    """Yield what cannot be repaired: wide overlaps, and wide gaps between units that are no known lake."""
    names = known.package.names
    for first, second, part in _overlaps(units):
        if not _is_sliver(part):
            found = f"{names[first]} and {names[second]} overlap by {_size_and_place(part)}"
            yield Problem(file, 0, "geometry", found, "the area in one of them: take it out of the other in a GIS")
    for gap in _wide_gaps(units, known.lakes):
        if len(gap.shores) > 1 and gap.lake is None:
            fault = _left_out(file, gap, names)
            cure = f"draw it there in a GIS, or list it as a lake in {FILE} of the data package"
            yield replace(fault, expected=f"{fault.expected}: {cure}")


def fill_lakes(file: str, units: Mapping[str, BaseGeometry], known: KnownLayers) -> Repaired:
    """Fill what is left out inside one region, and share a lake between regions by the nearest shore."""
    added: dict[str, list[BaseGeometry]] = {}
    repairs = []
    names, plane = known.package.names, known.package.plane
    for gap in _wide_gaps(units, known.lakes):
        parts = nearest_cells(gap.shores, plane) if len(gap.shores) > 1 else dict.fromkeys(gap.shores, gap.area)
        shares = {i: gap.area.intersection(cell) for i, cell in sorted(parts.items())}
        for i, share in shares.items():
            added.setdefault(i, []).append(share)
        given = ", ".join(f"{format_km2(area_km2(share))} to {names[i]}" for i, share in shares.items())
        repairs.append(Repair(_left_out(file, gap, names), f"given {given}"))
    return Repaired(_add(units, added), repairs)


def _add(units: Mapping[str, BaseGeometry], added: Mapping[str, Sequence[BaseGeometry]]) -> Geometries:
    return {i: shapely.union_all([shape, *added.get(i, ())], grid_size=SNAP) for i, shape in units.items()}


def _wide_gaps(units: Mapping[str, BaseGeometry], lakes: Sequence[Lake]) -> Iterator[Gap]:
    """Yield the gaps that are not noise, the largest first."""
    for area in sorted(gaps_of(units.values()), key=area_km2, reverse=True):
        if not _is_sliver(area):
            lake = next((lake.name for lake in lakes if area.distance(lake.at) < LAKE_POINT), None)
            yield Gap(area, _shores(area, units), lake)


def _is_sliver(part: BaseGeometry) -> bool:
    return area_km2(part) <= SLIVER_KM2 or part.buffer(-NARROW).is_empty


def _shores(gap: BaseGeometry, units: Mapping[str, BaseGeometry]) -> Geometries:
    """Return for each unit around a gap the part of its border that lies along the gap."""
    near = gap.buffer(2 * SNAP)
    lines = {i: shape.boundary.intersection(near) for i, shape in units.items() if shape.intersects(near)}
    return {i: line for i, line in lines.items() if line.length > SHORE}


def _left_out(file: str, gap: Gap, names_of: Mapping[str, str]) -> Problem:
    names = [names_of[i] for i in sorted(gap.shores)]
    where = f"{'inside' if len(names) == 1 else 'between'} {', '.join(names)}"
    found = f"{gap.lake or 'an area'} {where} is left out, {_size_and_place(gap.area)}"
    return Problem(file, 0, "geometry", found, f"it in {' or '.join(names)}")


def close_slivers(file: str, units: Mapping[str, BaseGeometry]) -> Repaired:
    """Close the narrow gaps between units that are open to the outside; report these, the enclosed ones and overlaps.

    The coverage closes the others. A gap that is open would become a part of the country next to it.
    """
    gaps = gaps_of(units.values())
    country = cover(units)
    closed = country.buffer(SLIT, join_style="mitre").buffer(-SLIT, join_style="mitre")
    added: dict[str, list[BaseGeometry]] = {}
    for gap in shapely.get_parts(closed.difference(country)):
        shores = _shores(gap, units)
        if len(shores) > 1:
            added.setdefault(max(sorted(shores), key=lambda i: shores[i].length), []).append(gap)
            gaps.append(gap)
    areas = {"gaps": map(area_km2, gaps), "overlaps": (area_km2(part) for _, _, part in _overlaps(units))}
    return Repaired(_add(units, added), [r for kind, values in areas.items() for r in _summarize(file, kind, values)])


def _overlaps(units: Mapping[str, BaseGeometry]) -> Iterator[tuple[str, str, BaseGeometry]]:
    for first, second in combinations(sorted(units), 2):
        for part in shapely.get_parts(units[first].intersection(units[second])):
            if isinstance(part, shapely.Polygon):
                yield first, second, part


def _summarize(file: str, kind: str, areas: Iterable[float]) -> Iterator[Repair]:
    seen = [km2 for km2 in areas if km2 > ROUNDING_KM2]
    if seen:
        size = f"{format_km2(sum(seen))} in all, {format_km2(max(seen))} at most"
        found = f"narrow {kind} between regions: {len(seen)}, {size}"
        yield Repair(Problem(file, 0, "geometry", found, f"no {kind}"), "closed")
