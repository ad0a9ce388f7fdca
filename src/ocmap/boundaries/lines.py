"""Lines: the main rivers, and the schematic paths that a route may follow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from ocmap.boundaries.coverage import TOLERANCE_M, round_coordinates
from ocmap.boundaries.projection import to_degrees, to_metres
from ocmap.boundaries.sources import read_natural_earth
from ocmap.boundaries.towns import TOWNS
from ocmap.boundaries.units import FRAME

MAIN, MINOR = 1, 2


class River(NamedTuple):
    """A river: its number in Natural Earth (whose names lost their accents), names, rank."""

    number: int
    name_es: str
    name_en: str
    rank: int


#: Rivers by id. Putumayo and Yavarí are left out: they run beside the borders that they form.
RIVERS: Final = {
    "amazonas": River(2, "Amazonas", "Amazon", MAIN),
    "huallaga": River(518, "Huallaga", "Huallaga", MINOR),
    "madre-de-dios": River(291, "Madre de Dios", "Madre de Dios", MINOR),
    "maranon": River(183, "Marañón", "Marañón", MAIN),
    "napo": River(434, "Napo", "Napo", MINOR),
    "purus": River(289, "Purús", "Purus", MINOR),
    "ucayali": River(10, "Ucayali", "Ucayali", MAIN),
    "yurua": River(435, "Yuruá", "Juruá", MINOR),
}
#: Natural Earth's Ucayali goes on up these rivers from Atalaya, where the Ucayali begins.
UPSTREAM: Final = ("apurimac", River(10, "Apurímac, Ene y Tambo", "Apurímac, Ene and Tambo", MINOR))

TRUJILLO, LIMA, TACNA, ARICA, ATALAYA, PUCALLPA = 3691175, 3936456, 3928128, 3899361, 3947173, 3693345
#: The towns of the Panamericana from La Libertad to Lima, and from Lima to Tacna (GeoNames ids).
NORTH: Final = (TRUJILLO, 3690875, 3692282, 3698304, 3698680, 3939168, 3932687, 3940002, 3944399, LIMA)
SOUTH: Final = (
    LIMA, 3931251, 3943957, 3935572, 3928993, 3943789, 3932145, 3938527, 3933345, 3934356, 3925607,
    3944567, 3947150, 3934153, 3945985, 12157092, 6660270, 3934608, TACNA,
)  # fmt: skip


class SchematicPath(NamedTuple):
    """A schematic path: its names and its line in degrees, in the direction of its name."""

    name_es: str
    name_en: str
    line: shapely.LineString


def build_rivers(cache: Path) -> dict[str, tuple[River, BaseGeometry]]:
    """Return the main rivers by id, in degrees within the frame, simplified, downstream not guaranteed.

    Source: Natural Earth 1:10m, rivers and lake centre lines.
    """
    layer = read_natural_earth(cache, "rivers_lake_centerlines")
    numbers = [int(str(number)) for number in layer.fields["rivernum"]]
    rivers = {}
    for river_id, river in RIVERS.items():
        lines = [line for line, number in zip(layer.geometries, numbers, strict=True) if number == river.number]
        if not lines:
            raise ValueError(f"river {river_id}: no line has rivernum {river.number}")
        rivers[river_id] = (river, _draw(shapely.union_all(lines)))
    below, above = _split(rivers["ucayali"][1], ATALAYA)
    rivers["ucayali"] = (rivers["ucayali"][0], below)
    rivers[UPSTREAM[0]] = (UPSTREAM[1], above)
    return dict(sorted(rivers.items()))


def _draw(line: BaseGeometry) -> BaseGeometry:
    """Return a line within the frame, simplified in metres, on the files' grid, in a fixed order."""
    inside = shapely.line_merge(shapely.clip_by_rect(line, *FRAME))
    return shapely.normalize(round_coordinates(to_degrees(to_metres(inside).simplify(TOLERANCE_M))))


def _point(town: int) -> shapely.Point:
    return shapely.Point(TOWNS[town].lon, TOWNS[town].lat)


def _split(line: BaseGeometry, town: int) -> tuple[shapely.LineString, shapely.LineString]:
    """Return the northern and the southern part of a single line, cut at its point nearest to a town."""
    at = line.project(_point(town))
    parts = [_stretch(line, 0, at), _stretch(line, at, line.length)]
    south, north = sorted(parts, key=lambda part: float(part.centroid.y))
    return north, south


def build_paths(
    rivers: Mapping[str, BaseGeometry], peru: BaseGeometry, tripoint: shapely.Point
) -> dict[str, SchematicPath]:
    """Return the schematic paths by id.

    Args:
        rivers: Lines by river id, as ``build_rivers`` draws them.
        peru: The national outline as drawn.
        tripoint: Where Peru, Colombia and Brazil meet, as drawn.
    """
    north = [_point(town) for town in NORTH]
    south = [*(_point(town) for town in SOUTH), _crossing(peru, TACNA, ARICA)]
    return {
        "amazon-rivers": SchematicPath("Ríos amazónicos", "Amazon rivers", _down_to(rivers, tripoint)),
        "panamericana": SchematicPath("Panamericana", "Pan-American Highway", shapely.LineString(north + south[1:])),
        "panamericana-sur": SchematicPath("Panamericana Sur", "Pan-American Highway South", shapely.LineString(south)),
    }


def _crossing(peru: BaseGeometry, inside: int, outside: int) -> shapely.Point:
    """Return where the straight way from a town in Peru to one abroad leaves the national outline."""
    way = shapely.LineString([_point(inside), _point(outside)])
    points = [part for part in shapely.get_parts(way & peru.boundary) if isinstance(part, shapely.Point)]
    leaves = min(points, key=way.project)
    return round_coordinates(leaves)


def _down_to(rivers: Mapping[str, BaseGeometry], tripoint: shapely.Point) -> shapely.LineString:
    """Return the way from Pucallpa down the Ucayali and the Amazonas to the border with Brazil."""
    ucayali, amazonas = rivers["ucayali"], rivers["amazonas"]
    mouth = max((shapely.Point(xy) for xy in shapely.get_coordinates(ucayali)), key=lambda point: point.y)
    first = _between(ucayali, _point(PUCALLPA), mouth)
    second = _between(amazonas, mouth, tripoint)
    return shapely.remove_repeated_points(shapely.LineString([*first.coords, *second.coords]))


def _between(line: BaseGeometry, start: shapely.Point, end: shapely.Point) -> shapely.LineString:
    """Return the stretch of a line between its points nearest to two others, in that direction."""
    return _stretch(line, line.project(start), line.project(end))


def _stretch(line: BaseGeometry, start: float, end: float) -> shapely.LineString:
    """Return the stretch of a single line between two distances along it, on the files' grid.

    Raises:
        TypeError: The line is not a single one, or the distances are the same.
    """
    stretch = substring(line, start, end) if isinstance(line, shapely.LineString) else line
    if not isinstance(stretch, shapely.LineString):
        raise TypeError(f"no stretch from {start:.4f} to {end:.4f} of a {line.geom_type}")
    return round_coordinates(stretch)
