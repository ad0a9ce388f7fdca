"""Assemble the features of the five files of shapes from the units and the other countries."""

from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, build_corridors
from ocmap.boundaries.coverage import TOLERANCE_M, Geometries, merge, round_coordinates, simplify_coverage
from ocmap.boundaries.geojson import GeoJsonFeature
from ocmap.boundaries.lines import MainRiver, SchematicPath, build_paths, build_rivers
from ocmap.boundaries.units import COUNTRIES, NEIGHBOURS, REGION_IDS, UNITS


def build_shapes(shapes: Geometries, cache: Path, tolerance_m: float = TOLERANCE_M) -> dict[str, list[GeoJsonFeature]]:
    """Return the features of each file by the file's name.

    Args:
        shapes: The 26 units and the other countries by id: a coverage in degrees, not simplified.
        cache: Directory with the fetched layers, for the rivers.
        tolerance_m: Tolerance of the simplification of borders, in metres.
    """
    simplified = {i: round_coordinates(shape) for i, shape in simplify_coverage(shapes, tolerance_m).items()}
    country = merge(simplified[i] for i in sorted(REGION_IDS))
    neighbours = {code: simplified[code] for code in NEIGHBOURS}
    rivers = build_rivers(cache)
    lines = {river_id: line for river_id, (_, line) in rivers.items()}
    paths = build_paths(lines, country, find_tripoint(country, neighbours["CO"], neighbours["BR"]))
    return {
        "regions.geojson": [
            GeoJsonFeature(unit.place_id, {"place_id": unit.place_id, "name": unit.name}, simplified[unit.place_id])
            for unit in UNITS
        ],
        "corridors.geojson": [
            GeoJsonFeature(
                f"{key.place_id}/{key.side}", {"place_id": key.place_id, "side": key.side}, round_coordinates(shape)
            )
            for key, shape in build_corridors(country, neighbours).items()
        ],
        "countries.geojson": _countries(country, {code: simplified[code] for code in COUNTRIES}),
        "rivers.geojson": [_river(river_id, river, line) for river_id, (river, line) in rivers.items()],
        "paths.geojson": [_path(path_id, path) for path_id, path in paths.items()],
    }


def _river(river_id: str, river: MainRiver, line: BaseGeometry) -> GeoJsonFeature:
    names = {"name_es": river.name_es, "name_en": river.name_en}
    return GeoJsonFeature(river_id, {"river_id": river_id, **names, "rank": river.rank}, line)


def _path(path_id: str, path: SchematicPath) -> GeoJsonFeature:
    names = {"name": path.name_es, "name_es": path.name_es, "name_en": path.name_en}
    return GeoJsonFeature(path_id, {"path_id": path_id, **names, "schematic": True}, path.line)


def _countries(country: BaseGeometry, others: Mapping[str, BaseGeometry]) -> list[GeoJsonFeature]:
    names = {**COUNTRIES, "PE": "Perú"}
    outlines = {**others, "PE": country}
    return [GeoJsonFeature(code, {"place_id": code, "name": names[code]}, outlines[code]) for code in sorted(outlines)]


def find_tripoint(country: BaseGeometry, first: BaseGeometry, second: BaseGeometry) -> shapely.Point:
    """Return the point where Peru and two neighbours meet, in degrees.

    Raises:
        ValueError: They do not meet in exactly one point.
    """
    borders = [build_border(country, neighbour) for neighbour in (first, second)]
    vertices = [set(map(tuple, shapely.get_coordinates(border).tolist())) for border in borders]
    common = vertices[0] & vertices[1]
    if len(common) != 1:
        raise ValueError(f"Peru and two neighbours meet in {len(common)} points")
    return shapely.Point(common.pop())
