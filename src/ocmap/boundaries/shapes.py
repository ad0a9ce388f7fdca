"""The five files of shapes from the units and neighbours: what is written, not how it is made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, build_corridors
from ocmap.boundaries.coverage import Shapes, merge, round_coordinates, simplify_coverage
from ocmap.boundaries.geojson import Feature
from ocmap.boundaries.lines import build_paths, build_rivers
from ocmap.boundaries.units import COUNTRIES, NEIGHBOURS, REGION_IDS, UNITS


def build_shapes(shapes: Shapes, cache: Path) -> dict[str, list[Feature]]:
    """Return the features of each file by its name.

    Args:
        shapes: The 26 units and the five neighbours in degrees, a coverage, in full detail.
        cache: Directory with the fetched layers, for the rivers.
    """
    drawn = {i: round_coordinates(shape) for i, shape in simplify_coverage(shapes).items()}
    peru = merge(drawn[i] for i in sorted(REGION_IDS))
    neighbours = {code: drawn[code] for code in NEIGHBOURS}
    rivers = build_rivers(cache)
    lines = {river_id: line for river_id, (_, line) in rivers.items()}
    paths = build_paths(lines, peru, find_tripoint(peru, neighbours["CO"], neighbours["BR"]))
    return {
        "regions.geojson": [
            Feature(unit.place_id, {"place_id": unit.place_id, "name": unit.name}, drawn[unit.place_id])
            for unit in UNITS
        ],
        "corridors.geojson": [
            Feature(
                f"{key.place_id}/{key.side}", {"place_id": key.place_id, "side": key.side}, round_coordinates(shape)
            )
            for key, shape in build_corridors(peru, neighbours).items()
        ],
        "countries.geojson": _countries(peru, {code: drawn[code] for code in COUNTRIES}),
        "rivers.geojson": [
            Feature(
                river_id,
                {"river_id": river_id, "name_es": river.name_es, "name_en": river.name_en, "rank": river.rank},
                line,
            )
            for river_id, (river, line) in rivers.items()
        ],
        "paths.geojson": [
            Feature(
                path_id,
                {
                    "path_id": path_id,
                    "name": path.name_es,
                    "name_es": path.name_es,
                    "name_en": path.name_en,
                    "schematic": True,
                },
                path.line,
            )
            for path_id, path in paths.items()
        ],
    }


def _countries(peru: BaseGeometry, others: Mapping[str, BaseGeometry]) -> list[Feature]:
    named = {**COUNTRIES, "PE": "Perú"}
    outlines = {**others, "PE": peru}
    return [Feature(code, {"place_id": code, "name": named[code]}, outlines[code]) for code in sorted(outlines)]


def find_tripoint(peru: BaseGeometry, one: BaseGeometry, other: BaseGeometry) -> shapely.Point:
    """Return the point in which Peru and two neighbours meet, in degrees.

    Raises:
        ValueError: They meet in no point, or in several.
    """
    first = set(shapely.get_coordinates(build_border(peru, one)).view("c16").ravel().tolist())
    second = set(shapely.get_coordinates(build_border(peru, other)).view("c16").ravel().tolist())
    common = sorted(first & second, key=lambda point: (point.real, point.imag))
    if len(common) != 1:
        raise ValueError(f"Peru and two neighbours meet in {len(common)} points")
    return shapely.Point(common[0].real, common[0].imag)
