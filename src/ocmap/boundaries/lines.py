"""Build the lines: the main rivers, and the schematic paths that a route can follow."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from ocmap.boundaries.corridors import build_border
from ocmap.boundaries.coverage import TOLERANCE_M, round_coordinates
from ocmap.boundaries.recipe import MainRiver, Package
from ocmap.boundaries.sources import Inputs
from ocmap.dataset.settings import Extent
from ocmap.geo.crs import to_degrees, to_metres

RIVERS: Final = "rivers_lake_centerlines"
MOST_RIVERS: Final = 8
"""How many rivers are drawn at most where no recipe lists them."""
LEAST_RIVER: Final = 0.1
"""A river with a smaller share of the country's diagonal inside the country is not drawn."""
MAIN_RANK: Final = 5
"""Natural Earth's rank up to which a river is a main one."""


class River(NamedTuple):
    """A river: its id, its names, its rank, 1 or 2, its line in degrees."""

    river_id: str
    name_es: str
    name_en: str
    rank: int
    line: BaseGeometry


class SchematicPath(NamedTuple):
    """A schematic path: its id, its names and its line in degrees."""

    path_id: str
    name_es: str
    name_en: str
    line: BaseGeometry


def find_rivers(inputs: Inputs, country: BaseGeometry, extent: Extent) -> list[River]:
    """Return the largest rivers of a country that the inputs name, the longest inside it first.

    Args:
        inputs: The inputs.
        country: The country.
        extent: The extent of its main land; rivers shorter than a share of its diagonal are left out.
    """
    west, south, east, north = extent
    least = LEAST_RIVER * shapely.Point(west, south).distance(shapely.Point(east, north))
    lines: dict[str, list[BaseGeometry]] = {}
    ranks: dict[str, float] = {}
    for line, fields in inputs.read(RIVERS):
        if name := str(fields.get("name") or "").strip():
            lines.setdefault(name, []).append(line)
            ranks[name] = min(ranks.get(name, MAIN_RANK + 1), float(str(fields["scalerank"])))
    whole = {name: shapely.line_merge(shapely.union_all(parts)) for name, parts in lines.items()}
    lengths = {name: line.intersection(country).length for name, line in whole.items()}
    longest = sorted((name for name in whole if lengths[name] >= least), key=lambda name: (-lengths[name], name))
    return [
        River(f"river-{number}", name, name, 1 if ranks[name] <= MAIN_RANK else 2, whole[name])
        for number, name in enumerate(longest[:MOST_RIVERS], 1)
    ]


def build_rivers(package: Package) -> list[River]:
    """Return the rivers of the recipe, simplified and cut to the frame. A line can run upstream or downstream.

    Raises:
        ValueError: A river is missing in the source.
    """
    lines: dict[int, list[BaseGeometry]] = {}
    for line, fields in package.inputs.read(RIVERS):
        lines.setdefault(int(str(fields["rivernum"])), []).append(line)
    rivers = []
    for river in package.recipe.rivers:
        if river.number not in lines:
            raise ValueError(f"river {river.id}: no line has rivernum {river.number}")
        whole = shapely.union_all(lines[river.number])
        line = simplify_line(whole, package.inputs.frame, package.plane, TOLERANCE_M)
        rivers.append(River(river.id, river.name_es, river.name_en, river.rank, _part_of(river, line, package)))
    return rivers


def simplify_line(line: BaseGeometry, frame: Extent, plane: str, tolerance_m: float) -> BaseGeometry:
    """Cut a line to the frame, simplify it, and put it on the files' grid with a fixed order of vertices."""
    inside = shapely.line_merge(shapely.clip_by_rect(line, *frame))
    return shapely.normalize(round_coordinates(to_degrees(to_metres(inside, plane).simplify(tolerance_m), plane)))


def _part_of(river: MainRiver, line: BaseGeometry, package: Package) -> BaseGeometry:
    """Return the part of a line that is meant: all, or what is north or south of the point nearest to a town."""
    town = river.north_of or river.south_of
    if town is None:
        return line
    at = line.project(package.town(town))
    parts = [_part(line, 0, at), _part(line, at, line.length)]
    south, north = sorted(parts, key=lambda part: float(part.centroid.y))
    return north if river.north_of else south


def build_paths(
    package: Package, rivers: list[River], country: BaseGeometry, abroad: Mapping[str, BaseGeometry]
) -> list[SchematicPath]:
    """Return the schematic paths of the recipe.

    Args:
        package: The package.
        rivers: Its rivers.
        country: The simplified national outline.
        abroad: The simplified outlines of the other countries by code.
    """
    lines = {river.river_id: river.line for river in rivers}
    paths = []
    for path in package.recipe.paths:
        points = [package.town(town) for town in path.towns]
        if path.towards is not None:
            points.append(_crossing(country, points[-1], package.town(path.towards)))
        if path.tripoint is not None:
            end = find_tripoint(country, *(abroad[code] for code in path.tripoint))
            line = _down_rivers(points[0], [lines[river] for river in path.rivers], end)
        else:
            line = shapely.LineString(points)
        paths.append(SchematicPath(path.id, path.name_es, path.name_en, line))
    return paths


def find_tripoint(country: BaseGeometry, first: BaseGeometry, second: BaseGeometry) -> shapely.Point:
    """Return the point where the country and two neighbours meet, in degrees.

    Raises:
        ValueError: They do not meet in exactly one point.
    """
    borders = [build_border(country, neighbour) for neighbour in (first, second)]
    vertices = [set(map(tuple, shapely.get_coordinates(border).tolist())) for border in borders]
    common = vertices[0] & vertices[1]
    if len(common) != 1:
        raise ValueError(f"the country and two neighbours meet in {len(common)} points")
    return shapely.Point(common.pop())


def _crossing(country: BaseGeometry, inside: shapely.Point, outside: shapely.Point) -> shapely.Point:
    """Return where the straight line from a town inside to a town abroad crosses the national outline."""
    line = shapely.LineString([inside, outside])
    points = [part for part in shapely.get_parts(line & country.boundary) if isinstance(part, shapely.Point)]
    return round_coordinates(min(points, key=line.project))


def _down_rivers(start: shapely.Point, rivers: list[BaseGeometry], end: shapely.Point) -> shapely.LineString:
    """Return the line from a town down rivers, each from where it is nearest to the one before."""
    mouths = [nearest_points(first, second)[0] for first, second in pairwise(rivers)]
    stops = [start, *mouths, end]
    parts = [_between(river, *stops[number : number + 2]) for number, river in enumerate(rivers)]
    return shapely.remove_repeated_points(shapely.LineString([xy for part in parts for xy in part.coords]))


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
