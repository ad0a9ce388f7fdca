"""Build the lines: the main rivers, and the schematic paths that a route can follow."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from ocmap.boundaries.coverage import TOLERANCE_M, round_coordinates
from ocmap.boundaries.sources import read_natural_earth
from ocmap.boundaries.towns import TOWNS
from ocmap.boundaries.units import FRAME, PLANE
from ocmap.geo.crs import to_degrees, to_metres

MAIN, MINOR = 1, 2


class MainRiver(NamedTuple):
    """A river: its number in Natural Earth, its names and its rank, `MAIN` or `MINOR`.

    The names are ours, because Natural Earth's have no accents.
    """

    number: int
    name_es: str
    name_en: str
    rank: int


RIVERS: Final = {
    "amazonas": MainRiver(2, "Amazonas", "Amazon", MAIN),
    "huallaga": MainRiver(518, "Huallaga", "Huallaga", MINOR),
    "madre-de-dios": MainRiver(291, "Madre de Dios", "Madre de Dios", MINOR),
    "maranon": MainRiver(183, "Marañón", "Marañón", MAIN),
    "napo": MainRiver(434, "Napo", "Napo", MINOR),
    "purus": MainRiver(289, "Purús", "Purus", MINOR),
    "ucayali": MainRiver(10, "Ucayali", "Ucayali", MAIN),
    "yurua": MainRiver(435, "Yuruá", "Juruá", MINOR),
}
"""Rivers by id. Putumayo and Yavarí are not drawn, because they run along borders."""
UPSTREAM: Final = ("apurimac", MainRiver(10, "Apurímac, Ene y Tambo", "Apurímac, Ene and Tambo", MINOR))
"""Id and river of the part of Natural Earth's Ucayali above Atalaya, where the Ucayali begins."""

TRUJILLO, LIMA, TACNA, ARICA, ATALAYA, PUCALLPA = 3691175, 3936456, 3928128, 3899361, 3947173, 3693345
NORTH: Final = (TRUJILLO, 3690875, 3692282, 3698304, 3698680, 3939168, 3932687, 3940002, 3944399, LIMA)
SOUTH: Final = (
    LIMA, 3931251, 3943957, 3935572, 3928993, 3943789, 3932145, 3938527, 3933345, 3934356, 3925607,
    3944567, 3947150, 3934153, 3945985, 12157092, 6660270, 3934608, TACNA,
)  # fmt: skip
"""The towns on the Panamericana, by GeoNames id: from La Libertad to Lima, and from Lima to Tacna."""


class SchematicPath(NamedTuple):
    """A schematic path: its names and its line in degrees."""

    name_es: str
    name_en: str
    line: shapely.LineString


def build_rivers(cache: Path) -> dict[str, tuple[MainRiver, BaseGeometry]]:
    """Return the main rivers by id, with simplified lines in degrees, cut to the frame.

    A line can run upstream or downstream. Source: Natural Earth 1:10m, rivers and lake centre lines.

    Raises:
        ValueError: A river is missing in the source.
    """
    layer = read_natural_earth(cache, "rivers_lake_centerlines")
    numbers = [int(str(number)) for number in layer.fields["rivernum"]]
    rivers = {}
    for river_id, river in RIVERS.items():
        lines = [line for line, number in zip(layer.geometries, numbers, strict=True) if number == river.number]
        if not lines:
            raise ValueError(f"river {river_id}: no line has rivernum {river.number}")
        rivers[river_id] = (river, _simplify(shapely.union_all(lines)))
    below, above = _split(rivers["ucayali"][1], ATALAYA)
    rivers["ucayali"] = (rivers["ucayali"][0], below)
    rivers[UPSTREAM[0]] = (UPSTREAM[1], above)
    return dict(sorted(rivers.items()))


def _simplify(line: BaseGeometry) -> BaseGeometry:
    """Cut a line to the frame, simplify it, and put it on the files' grid with a fixed order of vertices."""
    inside = shapely.line_merge(shapely.clip_by_rect(line, *FRAME))
    return shapely.normalize(round_coordinates(to_degrees(to_metres(inside, PLANE).simplify(TOLERANCE_M), PLANE)))


def _point(town: int) -> shapely.Point:
    return shapely.Point(TOWNS[town].lon, TOWNS[town].lat)


def _split(line: BaseGeometry, town: int) -> tuple[shapely.LineString, shapely.LineString]:
    """Cut a line at its point nearest to a town; return the northern and the southern part."""
    at = line.project(_point(town))
    parts = [_part(line, 0, at), _part(line, at, line.length)]
    south, north = sorted(parts, key=lambda part: float(part.centroid.y))
    return north, south


def build_paths(
    rivers: Mapping[str, BaseGeometry], peru: BaseGeometry, tripoint: shapely.Point
) -> dict[str, SchematicPath]:
    """Return the schematic paths by id.

    Args:
        rivers: Lines by river id, as ``build_rivers`` returns them.
        peru: The simplified national outline.
        tripoint: Where Peru, Colombia and Brazil meet in the simplified outlines.
    """
    north = [_point(town) for town in NORTH]
    south = [*(_point(town) for town in SOUTH), _crossing(peru, TACNA, ARICA)]
    return {
        "amazon-rivers": SchematicPath("Ríos amazónicos", "Amazon rivers", _river_path(rivers, tripoint)),
        "panamericana": SchematicPath("Panamericana", "Pan-American Highway", shapely.LineString(north + south[1:])),
        "panamericana-sur": SchematicPath("Panamericana Sur", "Pan-American Highway South", shapely.LineString(south)),
    }


def _crossing(peru: BaseGeometry, inside: int, outside: int) -> shapely.Point:
    """Return where the straight line from a town in Peru to a town abroad crosses the national outline."""
    line = shapely.LineString([_point(inside), _point(outside)])
    points = [part for part in shapely.get_parts(line & peru.boundary) if isinstance(part, shapely.Point)]
    return round_coordinates(min(points, key=line.project))


def _river_path(rivers: Mapping[str, BaseGeometry], tripoint: shapely.Point) -> shapely.LineString:
    """Return the line from Pucallpa down the Ucayali and the Amazonas to the border with Brazil."""
    ucayali, amazonas = rivers["ucayali"], rivers["amazonas"]
    mouth = max((shapely.Point(xy) for xy in shapely.get_coordinates(ucayali)), key=lambda point: point.y)
    first = _between(ucayali, _point(PUCALLPA), mouth)
    second = _between(amazonas, mouth, tripoint)
    return shapely.remove_repeated_points(shapely.LineString([*first.coords, *second.coords]))


def _between(line: BaseGeometry, start: shapely.Point, end: shapely.Point) -> shapely.LineString:
    """Return the part of a line between its points nearest to two others, in that direction."""
    return _part(line, line.project(start), line.project(end))


def _part(line: BaseGeometry, start: float, end: float) -> shapely.LineString:
    """Return the part of a line between two distances along it, on the files' grid.

    Raises:
        TypeError: It is not a single line, or the distances are equal.
    """
    part = substring(line, start, end) if isinstance(line, shapely.LineString) else line
    if not isinstance(part, shapely.LineString):
        raise TypeError(f"no part from {start:.4f} to {end:.4f} of a {line.geom_type}")
    return round_coordinates(part)
