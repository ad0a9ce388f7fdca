"""Verify the files of shapes after a build: form, geometry, borders in common, and reference figures."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import Geometries, gaps_of
from ocmap.boundaries.expected import TOTAL_BYTES, TRIPOINTS, Tripoints
from ocmap.boundaries.figures import check_areas, check_corridors, check_tripoints
from ocmap.boundaries.geojson import GeoJsonFeature, read_features, to_geojson
from ocmap.boundaries.lines import RIVERS, UPSTREAM
from ocmap.boundaries.towns import TOWNS
from ocmap.boundaries.units import COUNTRIES, FRAME, NEIGHBOURS, REGION_IDS, UNITS, label
from ocmap.dataset.errors import Problem

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
"""The files, each with the ids of its features and the names of their properties."""
POLYGON_FILES: Final = frozenset({"corridors.geojson", "countries.geojson", "regions.geojson"})


def check_shapes(directory: Path, places: Path | None = None, tripoints: Tripoints = TRIPOINTS) -> list[Problem]:
    """Read the five files of a directory and return all of their faults.

    The files are compared with each other and with reference figures only if each one is sound by itself.

    Args:
        directory: Where the files are.
        places: The gazetteer with the official areas; by default ``places.csv`` in the same directory.
        tripoints: Where Peru and two neighbours must meet.
    """
    files: dict[str, Geometries] = {}
    problems: list[Problem] = []
    for name in FILES:
        try:
            text = (directory / name).read_text(encoding="utf-8")
            features = read_features(directory / name)
        except (OSError, ValueError) as error:
            problems.append(_unreadable(name, error))
            continue
        faults = [*_check_form(name, text, features), *_check_geometries(name, features)]
        problems += faults
        if not faults:
            files[name] = {feature.feature_id: feature.geometry for feature in features}
    size = sum(len((directory / name).read_bytes()) for name in FILES if (directory / name).exists())
    if size > TOTAL_BYTES:
        problems.append(Problem("*.geojson", 0, "-", f"{size} bytes", f"at most {TOTAL_BYTES}"))
    if len(files) == len(FILES):
        problems += _check_together(files, places or directory / "places.csv", tripoints)
    return sorted(problems)


def _unreadable(name: str, error: OSError | ValueError) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        return Problem(name, error.lineno, str(error.colno), f"not JSON: {error.msg}", "GeoJSON")
    reason = error.strerror if isinstance(error, OSError) else error
    return Problem(name, 0, "-", f"cannot be read: {reason}", "GeoJSON")


def _check_form(name: str, text: str, features: list[GeoJsonFeature]) -> Iterator[Problem]:
    """Check ids, properties and layout."""
    ids, properties = FILES[name]
    present = [feature.feature_id for feature in features]
    for missing in sorted(ids - set(present)):
        yield Problem(name, 0, "id", f"{missing} missing", f"{len(ids)} features")
    for line, feature in enumerate(features, start=2):
        if feature.feature_id not in ids:
            yield Problem(name, line, "id", f"unknown id {feature.feature_id}", "an id of the package")
        if tuple(feature.properties) != properties:
            yield Problem(name, line, "properties", ", ".join(feature.properties) or "none", ", ".join(properties))
        elif "/".join(str(feature.properties[key]) for key in _keys(name)) != feature.feature_id:
            yield Problem(name, line, "id", feature.feature_id, "the same id as in its properties")
    if len(set(present)) != len(present):
        yield Problem(name, 0, "id", "duplicate id", "each id once")
    if to_geojson(features) != text:
        yield Problem(name, 0, "-", "another layout", "a feature a line, sorted by id, 4 decimals")


def _keys(name: str) -> tuple[str, ...]:
    """Return the properties that form the id of a file's features."""
    ids = {"paths.geojson": ("path_id",), "rivers.geojson": ("river_id",), "corridors.geojson": ("place_id", "side")}
    return ids.get(name, ("place_id",))


def _check_geometries(name: str, features: list[GeoJsonFeature]) -> Iterator[Problem]:
    """Check each geometry by itself: type, position, validity, direction of rings."""
    frame = shapely.box(*FRAME)
    types = {"Polygon", "MultiPolygon"} if name in POLYGON_FILES else {"LineString", "MultiLineString"}
    for line, feature in enumerate(features, start=2):
        geometry = feature.geometry
        if geometry.is_empty or geometry.geom_type not in types:
            yield Problem(name, line, "geometry", f"{feature.feature_id} is a {geometry.geom_type}", "/".join(types))
        elif not frame.covers(shapely.box(*geometry.bounds)):
            bounds = ", ".join(f"{value:.1f}" for value in geometry.bounds)
            expected = f"longitude before latitude, within {FRAME}"
            yield Problem(name, line, "geometry", f"{feature.feature_id} is at {bounds}", expected)
        elif not geometry.is_valid:
            reason = shapely.is_valid_reason(geometry)
            yield Problem(name, line, "geometry", f"{feature.feature_id}: {reason}", "a valid geometry")
        elif name in POLYGON_FILES and not _right_handed(geometry):
            yield Problem(
                name,
                line,
                "geometry",
                f"{feature.feature_id} has clockwise outer rings",
                "rings by the right-hand rule",
            )


def _right_handed(geometry: BaseGeometry) -> bool:
    return all(
        part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors) for part in shapely.get_parts(geometry)
    )


def _check_together(files: Mapping[str, Geometries], places: Path, tripoints: Tripoints) -> Iterator[Problem]:
    regions, countries = files["regions.geojson"], files["countries.geojson"]
    yield from _check_coverage(regions, countries)
    yield from _check_capitals(regions)
    yield from check_areas(regions, places)
    yield from check_corridors(files["corridors.geojson"], regions, countries)
    yield from check_tripoints(countries, tripoints)


def _check_coverage(regions: Geometries, countries: Geometries) -> Iterator[Problem]:
    """Check that units and countries share their borders exactly, without gaps."""
    shapes = regions | {code: countries[code] for code in COUNTRIES}
    edges = shapely.coverage_invalid_edges(list(shapes.values()))
    for place_id, edge in zip(shapes, edges, strict=True):
        if not edge.is_empty:
            lon, lat = edge.representative_point().coords[0]
            name = "regions.geojson" if place_id in regions else "countries.geojson"
            found = f"{place_id} does not share its border at {lon:.4f}, {lat:.4f}"
            yield Problem(name, 0, "geometry", found, "the same vertices on both sides")
    union = shapely.union_all(list(regions.values()))
    if not shapely.equals(union, countries["PE"]) or not _same_vertices(union, countries["PE"]):
        yield Problem(
            "countries.geojson", 0, "geometry", "PE is not the union of the regions", "the union of the regions"
        )
    for gap in gaps_of(shapes.values()):
        lon, lat = gap.representative_point().coords[0]
        yield Problem("regions.geojson", 0, "geometry", f"a gap at {lon:.4f}, {lat:.4f}", "no gap")


def _same_vertices(first: BaseGeometry, second: BaseGeometry) -> bool:
    a, b = (np.unique(shapely.get_coordinates(shape), axis=0) for shape in (first, second))
    return np.array_equal(a, b)


def _check_capitals(regions: Geometries) -> Iterator[Problem]:
    for line, unit in enumerate(UNITS, start=2):
        town = TOWNS[unit.capital]
        if not regions[unit.place_id].contains(shapely.Point(town.lon, town.lat)):
            found = f"{label(unit.place_id)} does not contain {town.name}"
            yield Problem("regions.geojson", line, "geometry", found, "the capital inside its unit")
