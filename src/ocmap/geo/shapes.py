"""Read and check the shapes of the data package."""

import json
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError
from shapely import Point
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.fields import Id, Text
from ocmap.dataset.schema import Place, PlaceKind
from ocmap.dataset.settings import Extent, Settings
from ocmap.dataset.text_files import problem_of, read_text, shorten
from ocmap.geo.crs import WGS84

SIDES = ("inner", "outer")
POLYGONS = ("Polygon", "MultiPolygon")
WGS84_NAMES = (WGS84, "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84")
WHOLE_GLOBE = (180, 90)
TOLERANCE = 1e-6  # degrees
NEAR = 0.1  # degrees between a shape and its point in places.csv: an official layer has borders of its own

Fault = tuple[str, str]
"""What was found, and what was expected."""


class AreaProperties(BaseModel):
    """The properties of a region or a country."""

    place_id: Id


class SideProperties(BaseModel):
    """The properties of one side of a corridor."""

    place_id: Id
    side: Literal["inner", "outer"]


class RiverProperties(BaseModel):
    """The properties of a river. Rank 1 is the largest."""

    river_id: Id
    name_es: Text
    name_en: Text
    rank: Annotated[int, Field(ge=1, le=9, strict=True)]


class PathProperties(BaseModel):
    """The properties of a line that routes can follow."""

    path_id: Id


@dataclass(frozen=True)
class FeatureType:
    """What the features of a file are.

    Attributes:
        properties: The model of their properties.
        key: The properties that identify a feature.
        geometries: The types of geometry allowed.
        kind: The kind of their places in the gazetteer; None if they are no places.
    """

    properties: type[BaseModel]
    key: tuple[str, ...]
    geometries: tuple[str, ...]
    kind: PlaceKind | None = None


FEATURE_TYPES: Mapping[str, FeatureType] = {
    "regions": FeatureType(AreaProperties, ("place_id",), POLYGONS, PlaceKind.REGION),
    "corridors": FeatureType(SideProperties, ("place_id", "side"), POLYGONS, PlaceKind.CORRIDOR),
    "countries": FeatureType(AreaProperties, ("place_id",), POLYGONS, PlaceKind.COUNTRY),
    "rivers": FeatureType(RiverProperties, ("river_id",), ("LineString", "MultiLineString")),
    "paths": FeatureType(PathProperties, ("path_id",), ("LineString",)),
}


class _Rule(NamedTuple):
    """What shapes are held to: the map's frame and, if they could be read, the places by id."""

    frame: Extent
    places: Mapping[str, Place] | None


@dataclass(frozen=True)
class Shapes:
    """The package's shapes as GeoDataFrames in WGS 84, longitude first. They must not be modified.

    Attributes:
        regions: (Multi)polygons, indexed by ``place_id``.
        corridors: An inner and an outer (multi)polygon for each corridor; ``place_id``, ``side``.
        countries: The country and its neighbours, cut to the frame, indexed by ``place_id``.
        rivers: Main rivers as lines; ``river_id``, names, ``rank``.
        paths: Schematic lines that a route can follow, indexed by ``path_id``.
    """

    regions: gpd.GeoDataFrame
    corridors: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    paths: gpd.GeoDataFrame


def read_shapes(directory: Path, dataset: Dataset | Settings) -> Shapes:
    """Read the package's five GeoJSON files.

    Args:
        directory: The data package.
        dataset: Its tables, against which the shapes are checked; its settings where the tables cannot be read.

    Raises:
        DataError: A file is missing, is not GeoJSON or uses another coordinate system, a shape is missing, or a
            feature has a property or a geometry that is not allowed. It holds all faults of all files.
    """
    problems: list[Problem] = []
    settings, places = (dataset.settings, dataset.place) if isinstance(dataset, Dataset) else (dataset, None)
    rule = _Rule(settings.map.frame, places)
    frames = {name: _read_frame(directory / f"{name}.geojson", problems, rule) for name in FEATURE_TYPES}
    if not problems:
        problems += _check_completeness(frames, settings, places)
    if problems:
        raise DataError(problems)
    return Shapes(
        regions=frames["regions"].set_index("place_id", drop=False),
        corridors=frames["corridors"],
        countries=frames["countries"].set_index("place_id", drop=False),
        rivers=frames["rivers"],
        paths=frames["paths"].set_index("path_id", drop=False),
    )


def _check_completeness(
    frames: Mapping[str, gpd.GeoDataFrame], settings: Settings, places: Mapping[str, Place] | None
) -> Iterator[Problem]:
    """Check that files whose features are sound have all of the shapes."""
    regions, corridors = (list(frames[name]["place_id"]) for name in ("regions", "corridors"))
    if len(regions) != settings.country.regions:
        yield _at_head("regions", f"{len(regions)} regions", f"{settings.country.regions}")
    for corridor in sorted(corridor for corridor, sides in Counter(corridors).items() if sides != len(SIDES)):
        yield _at_head("corridors", f"only one side of {corridor}", " and ".join(SIDES))
    land = frames["countries"].set_index("place_id").geometry.get(settings.country.id)
    for row in frames["corridors"].itertuples():
        if land is not None and land.contains(row.geometry.representative_point()) is not (row.side == SIDES[0]):
            found = f"the {row.side} side of {row.place_id} is on the wrong side of the border"
            yield _at_head("corridors", found, "the inner side inside the country")
    neighbours = {place.country for place in (places or {}).values() if place.place_id in corridors and place.country}
    for country in sorted({settings.country.id, *neighbours}.difference(frames["countries"]["place_id"])):
        yield _at_head("countries", f"{country} missing", "the country and its neighbours")
    for path in sorted(set(settings.map.paths).difference(frames["paths"]["path_id"])):
        yield _at_head("paths", f"{path} missing", "each path that a route can follow")
    for name, kind, present in (("regions", PlaceKind.REGION, regions), ("corridors", PlaceKind.CORRIDOR, corridors)):
        required = {place.place_id for place in (places or {}).values() if place.kind is kind}
        for place_id in sorted(required.difference(present)):
            yield _at_head(name, f"{place_id} missing", f"a shape for each {kind} of places.csv")


def _at_head(name: str, found: str, expected: str) -> Problem:
    return Problem(f"{name}.geojson", 1, "1", found, expected)


def _read_frame(path: Path, problems: list[Problem], rule: _Rule) -> gpd.GeoDataFrame:
    """Read one GeoJSON file; append its faults to ``problems``."""
    feature_type = FEATURE_TYPES[path.stem]
    rows: list[dict[str, Any]] = []
    keys: dict[tuple[str, ...], int] = {}
    for number, (line, feature) in enumerate(_read_features(path, problems), 1):
        row, fault = _read_row(feature, feature_type, rule.frame)
        if not fault:
            key = tuple(row[name] for name in feature_type.key)
            fault = _fault_of_key(key, keys) or _fault_of_place(row, feature_type.kind, rule.places)
            keys.setdefault(key, number)
        if fault:
            found, expected = fault
            problems.append(Problem(path.name, line, "1", f"feature {number}: {found}", expected))
        else:
            rows.append(row)
    columns = [*feature_type.properties.model_fields, "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)


def _read_features(path: Path, problems: list[Problem]) -> list[tuple[int, Any]]:
    """Return the features of a file, each with its line; append why a file cannot be used to ``problems``.

    The package's files have one feature a line, from line 2. In a file with another layout the line is always 1.
    """
    text = read_text(path, problems)
    if text is None:
        return []
    collection = _parse(path.name, text, problems)
    if (crs := collection.get("crs")) is not None and _name_of(crs) not in WGS84_NAMES:
        found = f"coordinate system {shorten(str(_name_of(crs) or 'unknown'))!r}"
        problems.append(Problem(path.name, 1, "1", found, "WGS 84, longitude first, as in every GeoJSON file"))
    features = collection["features"]
    one_a_line = text.rstrip().count("\n") == len(features) + 1
    return [(i + 2 if one_a_line else 1, feature) for i, feature in enumerate(features)]


def _parse(file: str, text: str, problems: list[Problem]) -> dict[str, Any]:
    """Return a feature collection; an empty one after appending to ``problems`` why it is none."""
    line, column, found = 1, 1, "no list of features"
    try:
        collection = json.loads(text)
        if isinstance(collection, dict) and isinstance(collection.get("features"), list):
            return collection
    except json.JSONDecodeError as error:
        line, column, found = error.lineno, error.colno, f"broken JSON ({error.msg.lower()})"
    except RecursionError:
        found = "JSON nested too deeply"
    except ValueError:
        found = "a number with too many digits"
    problems.append(Problem(file, line, str(column), found, "a GeoJSON FeatureCollection"))
    return {"features": []}


def _name_of(crs: object) -> object:
    """Return the name in a ``crs`` member, which GeoJSON had before 2016."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return properties.get("name") if isinstance(properties, dict) else None


def _read_row(feature: object, feature_type: FeatureType, extent: Extent) -> tuple[dict[str, Any], Fault | None]:
    """Return a feature's properties and geometry as a row, or its fault."""
    columns = feature_type.properties.model_fields
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        return {}, ("missing properties", ", ".join(columns))
    if missing := [name for name in columns if name not in properties]:
        return {}, (f"missing property {', '.join(missing)}", ", ".join(columns))
    try:
        record = feature_type.properties.model_validate(properties)
    except ValidationError as error:
        first = problem_of(error.errors()[0], "", 0)
        return {}, (f"{first.column} {first.found}", first.expected)
    try:
        with warnings.catch_warnings(action="ignore"):  # NumPy warns of coordinates that are not numbers
            geometry = shapely.force_2d(shape(feature["geometry"]))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, ShapelyError):
        return {}, ("unreadable geometry", "a GeoJSON geometry")
    fault = _fault_of_geometry(geometry, feature_type, extent)
    return ({}, fault) if fault else (record.model_dump() | {"geometry": geometry}, None)


def _fault_of_key(key: tuple[str, ...], keys: Mapping[tuple[str, ...], int]) -> Fault | None:
    """Return the fault of a key that an earlier feature has, or None."""
    return (f"{' '.join(key)} is also feature {keys[key]}", "each feature once") if key in keys else None


def _fault_of_place(row: Mapping[str, Any], kind: PlaceKind | None, places: Mapping[str, Place] | None) -> Fault | None:
    """Return the fault of a shape that does not agree with the gazetteer, or None."""
    if places is None or kind is None:
        return None
    place = places.get(row["place_id"])
    if place is None or place.kind is not kind:
        return f"{row['place_id']!r} is not a {kind}", f"a {kind} of places.csv"
    if place.lon is not None and place.lat is not None and row["geometry"].distance(Point(place.lon, place.lat)) > NEAR:
        return f"the shape of {place.place_id} is not where places.csv has it", f"one around {place.lon}, {place.lat}"
    return None


def _fault_of_geometry(geometry: BaseGeometry, feature_type: FeatureType, extent: Extent) -> Fault | None:
    """Return the fault of a geometry that cannot be drawn, or None."""
    if geometry.is_empty:
        return "empty geometry", "a shape"
    if geometry.geom_type not in feature_type.geometries:
        return f"the geometry is a {geometry.geom_type}", " or ".join(feature_type.geometries)
    if fault := _fault_of_points(shapely.get_coordinates(geometry), extent):
        return fault
    with warnings.catch_warnings(action="ignore"):
        reason = shapely.is_valid_reason(geometry)
    return None if reason == "Valid Geometry" else (f"invalid geometry ({reason})", "a valid shape")


def _fault_of_points(points: NDArray[np.float64], extent: Extent) -> Fault | None:
    """Return the fault of coordinates that are not degrees inside the frame, or None."""
    frame = "longitude {0} to {2}, latitude {1} to {3}, in that order".format(*extent)
    if not np.isfinite(points).all():
        return "a coordinate is not a number", "finite numbers"
    if _in_frame(points, extent):
        return None
    if _in_frame(points[:, ::-1], extent):
        return "latitude before longitude", frame
    if (np.abs(points) > WHOLE_GLOBE).any():
        return "the coordinates look like those of another system, not degrees", f"WGS 84, {frame}"
    return "the geometry is outside the map's frame", frame


def _in_frame(points: NDArray[np.float64], extent: Extent) -> bool:
    """Return whether all points, longitude first, are inside the frame."""
    west_south, east_north = np.array(extent[:2]) - TOLERANCE, np.array(extent[2:]) + TOLERANCE
    return bool((points >= west_south).all() and (points <= east_north).all())
