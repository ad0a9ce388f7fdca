"""Checks of the shapes as they stand in the files: the build refuses what fails, the tests run the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import Shapes, gaps_of
from ocmap.boundaries.expected import TOTAL_BYTES
from ocmap.boundaries.figures import check_areas, check_corridors, check_tripoints
from ocmap.boundaries.geojson import Feature, read_features, to_geojson
from ocmap.boundaries.lines import RIVERS, UPSTREAM
from ocmap.boundaries.towns import TOWNS
from ocmap.boundaries.units import COUNTRIES, FRAME, NEIGHBOURS, REGION_IDS, UNITS
from ocmap.dataset.errors import Problem

#: The files, the ids of their features, and the names of their properties.
FILES: Final = {
    "corridors.geojson": (
        frozenset(f"border-{code}/{side}" for code in NEIGHBOURS for side in ("inner", "outer")),
        ("place_id", "side"),
    ),
    "countries.geojson": (frozenset({*COUNTRIES, "PE"}), ("place_id", "name")),
    "paths.geojson": (
        frozenset({"amazon-rivers", "panamericana", "panamericana-sur"}),
        ("path_id", "name", "name_es", "name_en", "schematic"),
    ),
    "regions.geojson": (REGION_IDS, ("place_id", "name")),
    "rivers.geojson": (frozenset({*RIVERS, UPSTREAM[0]}), ("river_id", "name_es", "name_en", "rank")),
}
AREAL: Final = frozenset({"corridors.geojson", "countries.geojson", "regions.geojson"})

Files = dict[str, Shapes]


def check_shapes(directory: Path, places: Path | None = None) -> list[Problem]:
    """Return every fault of the five files of a directory, as re-read.

    Faults of one file's form hide those of its contents: a file that cannot be read is not measured.

    Args:
        directory: Where the files are.
        places: The gazetteer with the official areas, if not ``places.csv`` in the same directory.
    """
    files: Files = {}
    problems: list[Problem] = []
    for name in FILES:
        try:
            text = (directory / name).read_text(encoding="utf-8")
            features = read_features(directory / name)
        except (OSError, ValueError) as fault:
            problems.append(_unreadable(name, fault))
            continue
        faults = [*_check_form(name, text, features), *_check_geometries(name, features)]
        problems += faults
        if not faults:
            files[name] = {feature.feature_id: feature.geometry for feature in features}
    size = sum(len((directory / name).read_bytes()) for name in FILES if (directory / name).exists())
    if size > TOTAL_BYTES:
        problems.append(Problem("*.geojson", 0, "", f"{size} bytes", f"at most {TOTAL_BYTES}"))
    if len(files) == len(FILES):
        problems += _check_together(files, places or directory / "places.csv")
    return sorted(problems)


def _unreadable(name: str, fault: OSError | ValueError) -> Problem:
    if isinstance(fault, json.JSONDecodeError):
        return Problem(name, fault.lineno, str(fault.colno), f"not JSON: {fault.msg}", "GeoJSON")
    reason = fault.strerror if isinstance(fault, OSError) else fault
    return Problem(name, 0, "", f"cannot be read: {reason}", "GeoJSON")


def _check_form(name: str, text: str, features: list[Feature]) -> Iterator[Problem]:
    """Yield faults of ids, properties and layout."""
    ids, properties = FILES[name]
    found = [feature.feature_id for feature in features]
    for missing in sorted(ids - set(found)):
        yield Problem(name, 0, "id", f"no {missing}", f"{len(ids)} features")
    for line, feature in enumerate(features, start=2):
        if feature.feature_id not in ids:
            yield Problem(name, line, "id", f"unknown id {feature.feature_id}", "one of the package's")
        if tuple(feature.properties) != properties:
            yield Problem(name, line, "properties", ", ".join(feature.properties) or "none", ", ".join(properties))
        elif "/".join(str(feature.properties[key]) for key in _keys(name)) != feature.feature_id:
            yield Problem(name, line, "id", feature.feature_id, "the id that its properties give")
    if len(set(found)) != len(found):
        yield Problem(name, 0, "id", "an id twice", "each once")
    if to_geojson(features) != text:
        yield Problem(name, 0, "", "another layout", "a feature a line, sorted by id, 4 decimals")


def _keys(name: str) -> tuple[str, ...]:
    """Return the properties that make up the id of a file's features."""
    ids = {"paths.geojson": ("path_id",), "rivers.geojson": ("river_id",), "corridors.geojson": ("place_id", "side")}
    return ids.get(name, ("place_id",))


def _check_geometries(name: str, features: list[Feature]) -> Iterator[Problem]:
    """Yield faults of each feature's geometry by itself."""
    frame = shapely.box(*FRAME)
    types = {"Polygon", "MultiPolygon"} if name in AREAL else {"LineString", "MultiLineString"}
    for line, feature in enumerate(features, start=2):
        geometry = feature.geometry
        if geometry.is_empty or geometry.geom_type not in types:
            yield Problem(name, line, "geometry", f"{feature.feature_id} is a {geometry.geom_type}", "/".join(types))
        elif not frame.covers(shapely.box(*geometry.bounds)):
            at = ", ".join(f"{value:.1f}" for value in geometry.bounds)
            expected = f"longitude before latitude, within {FRAME}"
            yield Problem(name, line, "geometry", f"{feature.feature_id} lies at {at}", expected)
        elif not geometry.is_valid:
            reason = shapely.is_valid_reason(geometry)
            yield Problem(name, line, "geometry", f"{feature.feature_id}: {reason}", "a valid geometry")
        elif name in AREAL and not _right_handed(geometry):
            yield Problem(name, line, "geometry", f"{feature.feature_id} is left-handed", "the right-hand rule")


def _right_handed(geometry: BaseGeometry) -> bool:
    return all(
        part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors) for part in shapely.get_parts(geometry)
    )


def _check_together(files: Files, places: Path) -> Iterator[Problem]:
    regions, countries = files["regions.geojson"], files["countries.geojson"]
    yield from _check_coverage(regions, countries)
    yield from _check_capitals(regions)
    yield from check_areas(regions, places)
    yield from check_corridors(files["corridors.geojson"], regions, countries)
    yield from check_tripoints(countries)


def _check_coverage(regions: Shapes, countries: Shapes) -> Iterator[Problem]:
    """Yield where units, or units and neighbours, do not share their borders exactly."""
    shapes = regions | {code: countries[code] for code in COUNTRIES}
    edges = shapely.coverage_invalid_edges(list(shapes.values()))
    for place_id, edge in zip(shapes, edges, strict=True):
        if not edge.is_empty:
            lon, lat = edge.representative_point().coords[0]
            name = "regions.geojson" if place_id in regions else "countries.geojson"
            found = f"{place_id} does not share its border at {lon:.4f}, {lat:.4f}"
            yield Problem(name, 0, "geometry", found, "a coverage")
    union = shapely.union_all(list(regions.values()))
    if not shapely.equals(union, countries["PE"]) or not _same_vertices(union, countries["PE"]):
        yield Problem("countries.geojson", 0, "geometry", "PE is not the union of the regions", "that union")
    for gap in gaps_of(shapes.values()):
        lon, lat = gap.representative_point().coords[0]
        yield Problem("regions.geojson", 0, "geometry", f"a gap at {lon:.4f}, {lat:.4f}", "no gap")


def _same_vertices(one: BaseGeometry, other: BaseGeometry) -> bool:
    first, second = (np.unique(shapely.get_coordinates(shape), axis=0) for shape in (one, other))
    return np.array_equal(first, second)


def _check_capitals(regions: Shapes) -> Iterator[Problem]:
    for line, unit in enumerate(UNITS, start=2):
        town = TOWNS[unit.capital]
        if not regions[unit.place_id].contains(shapely.Point(town.lon, town.lat)):
            found = f"{unit.place_id} does not hold {town.name}"
            yield Problem("regions.geojson", line, "geometry", found, "its capital inside it")
