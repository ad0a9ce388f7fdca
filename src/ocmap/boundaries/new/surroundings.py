"""Build what lies around a country from the same inputs everywhere: the other countries' land, and the rivers."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, nearest_cells
from ocmap.boundaries.coverage import SNAP, Geometries, faces_of
from ocmap.boundaries.new.layer import HALF_TURN, turn
from ocmap.boundaries.repairs import cover
from ocmap.boundaries.sources import read_layer
from ocmap.dataset.settings import Extent

INLAND_SEA: Final = 20.0
"""Holes of the land from this size on are seas, in square degrees: the Caspian. Smaller ones are lakes."""
LEAST_LAND: Final = 1e-3
"""Smaller land around the country is left out, in square degrees: about 12 km²."""
REACH: Final = 0.3
"""How far the layer's national border and that of the inputs are apart at most, in degrees."""
LEAST_REST: Final = 0.3
"""Land of which the country's layer leaves less than this share is no other country."""
LEAST_BORDER: Final = 0.02
"""A shorter border is none, in degrees: about 2 km."""
RIVERS: Final = 8
"""How many rivers are drawn at most."""
LEAST_RIVER: Final = 0.1
"""A river with a smaller share of the country's diagonal inside the country is not drawn."""
MAIN_RANK: Final = 5
"""Natural Earth's rank up to which a river is a main one."""


class River(NamedTuple):
    """A river: its name in the inputs, its rank, 1 or 2, its line."""

    name: str
    rank: int
    line: BaseGeometry


class Inputs(NamedTuple):
    """The fetched inputs, read around a country.

    Attributes:
        cache: Where they are.
        meridian: The meridian from which longitudes are counted.
        frame: What is read, with longitudes counted from there.
    """

    cache: Path
    meridian: float
    frame: Extent

    def read(self, name: str) -> list[tuple[BaseGeometry, Mapping[str, object]]]:
        """Return the geometries of one of Natural Earth's layers in the frame, each with its fields."""
        west, south, east, north = self.frame
        found = []
        for bbox in self._boxes():
            layer = read_layer(self.cache / f"ne_10m_{name}.shp", bbox)
            for number, shape in enumerate(layer.geometries):
                found.append((shape, {key: values[number] for key, values in layer.fields.items()}))
        frame = shapely.box(west, south, east, north)
        cut = [(_cut(shape, self.meridian, frame), fields) for shape, fields in found]
        return [(shape, fields) for shape, fields in cut if not shape.is_empty]

    def towns(self) -> Iterator[tuple[shapely.Point, str]]:
        """Yield the towns in the frame, each with the code of its country."""
        frame = shapely.box(*self.frame)
        west, south, east, north = frame.bounds
        for town in json.loads((self.cache / "cities500.json").read_text("utf-8")).values():
            lon = float(town["longitude"])
            lon = lon if not self.meridian else lon - HALF_TURN if lon > 0 else lon + HALF_TURN
            if west < lon < east and south < town["latitude"] < north:
                yield shapely.Point(lon, town["latitude"]), town["countrycode"]

    def _boxes(self) -> list[Extent]:
        """Return the frame as the inputs have it: cut at 180° if it crosses that line."""
        west, south, east, north = self.frame
        if not self.meridian:
            return [(west, south, east, north)]
        return [(west + HALF_TURN, south, HALF_TURN, north), (-HALF_TURN, south, east - HALF_TURN, north)]


def _cut(shape: BaseGeometry, meridian: float, frame: shapely.Polygon) -> BaseGeometry:
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    return turn(valid, meridian).intersection(frame)


def read_countries(inputs: Inputs, country: str, regions: Mapping[str, BaseGeometry], plane: str) -> Geometries:
    """Return the other countries by code, fitted to the country's regions: they share its border exactly."""
    owned = {code: shapely.union_all(faces) for code, faces in sorted(_by_country(inputs).items())}
    reference, own = owned.pop(country, shapely.Point()), cover(regions)
    abroad = {}
    for code, land in owned.items():
        rest = land.difference(own)
        if rest.area > LEAST_REST * land.area:  # else the country's layer has it, as France has Réunion
            abroad[code] = rest
    borders = {code: build_border(reference, owned[code]) for code in abroad}
    borders = {code: border for code, border in borders.items() if border.length >= LEAST_BORDER}
    if borders:
        between = _between(reference, own, borders)
        for code, cell in nearest_cells(borders, plane).items():
            abroad[code] = shapely.union_all([abroad[code], between.intersection(cell)], grid_size=SNAP)
    shapes = {code: _polygons(shape) for code, shape in abroad.items()}
    return {code: shape for code, shape in shapes.items() if not shape.is_empty}


def _between(reference: BaseGeometry, own: BaseGeometry, borders: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Return the land near a border that is the country's in the inputs and not in its layer."""
    near = shapely.union_all([border.buffer(REACH) for border in borders.values()])
    return reference.intersection(near).difference(own)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and part.area > LEAST_LAND]
    return shapely.MultiPolygon(parts)


def _read_faces(inputs: Inputs) -> list[shapely.Polygon]:
    """Return the land in the frame, divided by the national borders."""
    parts = [part for shape, _ in inputs.read("land") for part in shapely.get_parts(shape)]
    filled = [_without_lakes(part) for part in parts if isinstance(part, shapely.Polygon)]
    land = shapely.union_all(filled, grid_size=SNAP)
    borders = [shape for shape, _ in inputs.read("admin_0_boundary_lines_land")]
    shapely.prepare(land)
    return [face for face in faces_of([land.boundary, *borders], SNAP) if land.contains(face.representative_point())]


def _without_lakes(part: shapely.Polygon) -> shapely.Polygon:
    return shapely.Polygon(part.exterior, [r for r in part.interiors if shapely.Polygon(r).area > INLAND_SEA])


def _by_country(inputs: Inputs) -> dict[str, list[shapely.Polygon]]:
    """Return the land by the country of most of its towns; land without towns goes with the nearest that has some."""
    faces, towns = _read_faces(inputs), list(inputs.towns())
    tree = shapely.STRtree(faces)
    counts: dict[int, Counter[str]] = {}
    for town, face in zip(*tree.query([point for point, _ in towns], predicate="within").tolist(), strict=True):
        counts.setdefault(face, Counter())[towns[town][1]] += 1
    if not counts:
        return {}
    known = sorted(counts)
    nearest = shapely.STRtree([faces[face] for face in known])
    found: dict[str, list[shapely.Polygon]] = {}
    for number, face in enumerate(faces):
        owner = number if number in counts else known[int(nearest.nearest(face))]
        found.setdefault(max(sorted(counts[owner]), key=counts[owner].__getitem__), []).append(face)
    return found


def read_rivers(inputs: Inputs, country: BaseGeometry) -> list[River]:
    """Return the largest rivers of the country that the inputs name, the longest inside it first."""
    west, south, east, north = country.bounds
    least = LEAST_RIVER * shapely.Point(west, south).distance(shapely.Point(east, north))
    lines: dict[str, list[BaseGeometry]] = {}
    ranks: dict[str, float] = {}
    for line, fields in inputs.read("rivers_lake_centerlines"):
        if name := str(fields.get("name") or "").strip():
            lines.setdefault(name, []).append(line)
            ranks[name] = min(ranks.get(name, MAIN_RANK + 1), float(str(fields["scalerank"])))
    rivers = []
    for name, parts in lines.items():
        line = shapely.line_merge(shapely.union_all(parts))
        length = line.intersection(country).length
        if length >= least:
            rivers.append((length, River(name, 1 if ranks[name] <= MAIN_RANK else 2, line)))
    return [river for _, river in sorted(rivers, key=lambda one: (-one[0], one[1].name))[:RIVERS]]
