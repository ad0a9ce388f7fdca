"""Draw the five files of shapes from regions and other countries, simplified until the files are small enough."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import CorridorSide, build_border, build_corridors
from ocmap.boundaries.coverage import (
    GRID,
    TOLERANCE_M,
    Geometries,
    merge,
    polygons,
    round_coordinates,
    simplify_coverage,
)
from ocmap.boundaries.geojson import GeoJsonFeature, to_geojson
from ocmap.boundaries.lines import River, SchematicPath
from ocmap.boundaries.surroundings import LEAST_BORDER
from ocmap.dataset.settings import Extent
from ocmap.geo.crs import area_km2

TOTAL_BYTES: Final = 600_000
"""Largest size of all five files together: a browser loads them before it draws the map."""
SIZE_KM: Final = 1_130.0
"""Side of a square country whose borders are simplified by 500 m; a smaller country's by less. It is chosen."""
FINEST_M: Final = 10.0
COARSER: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)
"""Factors of the tolerance; the first is used with which the files are small enough."""

Texts = dict[str, str]
"""The files of shapes by name."""


class Ground(NamedTuple):
    """What is drawn.

    Attributes:
        country: The country's code.
        regions: The ids of its regions.
        coverage: The regions and the other countries by id: a coverage in degrees, not simplified.
        frame: What the map can show.
        plane: The equal-area plane around the country.
        meridian: The meridian from which all of these longitudes are counted; those in the files begin in Greenwich.
    """

    country: str
    regions: list[str]
    coverage: Geometries
    frame: Extent
    plane: str
    meridian: float = 0.0

    @property
    def tolerance_m(self) -> float:
        """Tolerance of the simplification for a country of this size, in metres."""
        side_km = math.sqrt(sum(area_km2(self.coverage[one]) for one in self.regions))
        return max(FINEST_M, min(TOLERANCE_M, TOLERANCE_M * side_km / SIZE_KM))


class Land(NamedTuple):
    """The shapes of one build: regions, the country, the others, the corridors, the lines."""

    regions: Geometries
    country: BaseGeometry
    abroad: Geometries
    corridors: dict[CorridorSide, BaseGeometry]
    rivers: list[River]
    paths: list[SchematicPath]

    def moved(self, by: float) -> "Land":
        """Return the same further east, in degrees."""

        def move(shape: BaseGeometry) -> BaseGeometry:
            return round_coordinates(translate(shape, by))

        return Land(
            {one: move(shape) for one, shape in self.regions.items()},
            move(self.country),
            {one: move(shape) for one, shape in self.abroad.items()},
            {key: move(shape) for key, shape in self.corridors.items()},
            [river._replace(line=move(river.line)) for river in self.rivers],
            [path._replace(line=move(path.line)) for path in self.paths],
        )


class Drawn(NamedTuple):
    """What has been drawn.

    Attributes:
        land: The shapes.
        texts: Their files' texts.
        tolerance_m: The tolerance in metres with which the files are small enough.
    """

    land: Land
    texts: Texts
    tolerance_m: float


class Lines(NamedTuple):
    """The rivers, and what builds the paths from the simplified outlines: the country's, the others'."""

    rivers: list[River]
    paths: Callable[[BaseGeometry, Geometries], list[SchematicPath]] = lambda *_: []


def draw(ground: Ground, lines: Lines, names: Mapping[str, str]) -> Drawn:
    """Draw a country with the smallest tolerance with which the files are small enough.

    Args:
        ground: What is drawn.
        lines: Its rivers and paths.
        names: The names of the regions and of all countries by id.
    """
    for tolerance_m in (factor * ground.tolerance_m for factor in COARSER):
        land = _simplify(ground, lines, tolerance_m)
        if ground.meridian:
            land = land.moved(ground.meridian)
        texts = _to_texts(ground.country, land, names)
        if sum(len(text.encode()) for text in texts.values()) <= TOTAL_BYTES:
            break
    return Drawn(land, texts, tolerance_m)


def _simplify(ground: Ground, lines: Lines, tolerance_m: float) -> Land:
    simple = simplify_coverage(ground.coverage, tolerance_m, ground.plane)
    regions = {one: round_coordinates(simple[one]) for one in ground.regions}
    country = merge(regions.values())
    frame = shapely.box(*ground.frame)
    cut = {one: polygons(simple[one].intersection(frame, grid_size=GRID)) for one in simple if one not in regions}
    abroad = {one: round_coordinates(shape) for one, shape in cut.items() if not shape.is_empty}
    touching = {one: shape for one, shape in abroad.items() if build_border(country, shape).length >= LEAST_BORDER}
    sides = build_corridors(country, touching, ground.plane) if touching else {}
    narrow = {key.place_id for key, shape in sides.items() if shape.is_empty}
    corridors = {key: round_coordinates(shape) for key, shape in sides.items() if key.place_id not in narrow}
    return Land(regions, country, abroad, corridors, lines.rivers, lines.paths(country, abroad))


def _to_texts(country: str, land: Land, names: Mapping[str, str]) -> Texts:
    areas = {country: land.country, **land.abroad}
    features: dict[str, Iterable[GeoJsonFeature]] = {
        "regions": (_area(one, shape, names) for one, shape in land.regions.items()),
        "countries": (_area(one, shape, names) for one, shape in areas.items()),
        "corridors": (
            GeoJsonFeature(f"{key.place_id}/{key.side}", {"place_id": key.place_id, "side": key.side}, shape)
            for key, shape in land.corridors.items()
        ),
        "rivers": (_river(river) for river in land.rivers if not river.line.is_empty),
        "paths": map(_path, land.paths),
    }
    return {f"{name}.geojson": to_geojson(own) for name, own in features.items()}


def _area(place_id: str, shape: BaseGeometry, names: Mapping[str, str]) -> GeoJsonFeature:
    return GeoJsonFeature(place_id, {"place_id": place_id, "name": names.get(place_id, place_id)}, shape)


def _river(river: River) -> GeoJsonFeature:
    names = {"name_es": river.name_es, "name_en": river.name_en}
    return GeoJsonFeature(river.river_id, {"river_id": river.river_id, **names, "rank": river.rank}, river.line)


def _path(path: SchematicPath) -> GeoJsonFeature:
    names = {"name": path.name_es, "name_es": path.name_es, "name_en": path.name_en}
    return GeoJsonFeature(path.path_id, {"path_id": path.path_id, **names, "schematic": True}, path.line)
