"""The shapes of the data package, read and checked, and the lines that routes are drawn along."""

import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import geopandas as gpd
import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError
from shapely import LineString, Point
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.reader import Dataset, problem_of, read_text, shorten
from ocmap.dataset.schema import COUNTRY, FRAME, Id, Place, PlaceKind, Text
from ocmap.dataset.validation import FOLLOWED_PATHS, frames

WGS84 = "EPSG:4326"
LAEA_PERU = "+proj=laea +lat_0=-9.2 +lon_0=-75 +datum=WGS84 +units=m"
SIDES = ("inner", "outer")
AREAS = ("Polygon", "MultiPolygon")
WGS84_NAMES = (WGS84, "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84")
WHOLE_GLOBE = (180, 90)
TOLERANCE = 1e-6  # degrees
NEAR = 0.01  # degrees that a border's own point may lie beside either of its sides
TOKEN = re.compile(r"[^\s,:]")
REGIONS = 26
BEND = 0.12  # how far an arc leaves the straight line, as a share of its length
ARC_STEPS = 24


Fault = tuple[str, str]
"""What is wrong, and what was expected."""


class Area(BaseModel):
    """The properties of a region or a country."""

    place_id: Id


class Side(BaseModel):
    """The properties of one side of a corridor."""

    place_id: Id
    side: Literal["inner", "outer"]


class River(BaseModel):
    """The properties of a river; the first rank is the mightiest."""

    river_id: Id
    name_es: Text
    name_en: Text
    rank: Annotated[int, Field(ge=1, le=9, strict=True)]


class Line(BaseModel):
    """The properties of a line that routes may follow."""

    path_id: Id


@dataclass(frozen=True)
class Form:
    """What the features of a file are: their properties, what tells them apart, their geometry, their places' kind."""

    record: type[BaseModel]
    key: tuple[str, ...]
    geometries: tuple[str, ...]
    kind: PlaceKind | None = None


FORMS: Mapping[str, Form] = {
    "regions": Form(Area, ("place_id",), AREAS, PlaceKind.REGION),
    "corridors": Form(Side, ("place_id", "side"), AREAS, PlaceKind.CORRIDOR),
    "countries": Form(Area, ("place_id",), AREAS, PlaceKind.COUNTRY),
    "rivers": Form(River, ("river_id",), ("LineString", "MultiLineString")),
    "paths": Form(Line, ("path_id",), ("LineString",)),
}


@dataclass(frozen=True)
class Shapes:
    """The package's shapes as GeoDataFrames in WGS 84, longitude first; none of them is changed.

    Attributes:
        regions: 26 (multi)polygons, indexed by ``place_id``.
        corridors: An inner and an outer (multi)polygon for each of the 5 corridors; ``place_id``, ``side``.
        countries: Peru and its neighbours, cut to the frame, indexed by ``place_id``.
        rivers: Main rivers as lines; ``river_id``, names, ``rank``.
        paths: Schematic lines that a route may follow, indexed by ``path_id``.
    """

    regions: gpd.GeoDataFrame
    corridors: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    paths: gpd.GeoDataFrame


def read_shapes(directory: Path, places: Mapping[str, Place] | None = None) -> Shapes:
    """Read the package's five GeoJSON files.

    Without ``places``, the gazetteer, it is not checked that the shapes' ids stand in it.

    Raises:
        DataError: A file is missing, truncated, no GeoJSON or in another coordinate system, lacks a shape, or has a
            feature whose property or geometry is none that can be drawn. All faults of all files are gathered first.
    """
    problems: list[Problem] = []
    read = {name: _read_frame(directory / f"{name}.geojson", problems, places) for name in FORMS}
    if not problems:
        problems += _missing(read, places)
    if problems:
        raise DataError(problems)
    return Shapes(
        regions=read["regions"].set_index("place_id", drop=False),
        corridors=read["corridors"],
        countries=read["countries"].set_index("place_id", drop=False),
        rivers=read["rivers"],
        paths=read["paths"].set_index("path_id", drop=False),
    )


def _missing(read: Mapping[str, gpd.GeoDataFrame], places: Mapping[str, Place] | None) -> Iterator[Problem]:
    """Yield what files that are sound in themselves lack."""
    regions, corridors = (list(read[name]["place_id"]) for name in ("regions", "corridors"))
    if len(regions) != REGIONS:
        yield _at_head("regions", f"{len(regions)} regions", f"{REGIONS}")
    sides = Counter(corridors)
    for corridor in sorted(one for one in sides if sides[one] != len(SIDES)):
        yield _at_head("corridors", f"one side of {corridor}", " and ".join(SIDES))
    peru = read["countries"].set_index("place_id").geometry.get(COUNTRY)
    for row in read["corridors"].itertuples():
        if peru is not None and peru.contains(row.geometry.representative_point()) is not (row.side == SIDES[0]):
            yield _at_head("corridors", f"{row.side} is the wrong side of {row.place_id}", "inner within Peru")
    countries = {COUNTRY, *(one.removeprefix("border-") for one in corridors)}
    for country in sorted(countries.difference(read["countries"]["place_id"])):
        yield _at_head("countries", f"no {country}", "Peru and its neighbours")
    for path in sorted(FOLLOWED_PATHS.difference(read["paths"]["path_id"])):
        yield _at_head("paths", f"no {path}", "each path that a route may follow")
    for name, kind, found in (("regions", PlaceKind.REGION, regions), ("corridors", PlaceKind.CORRIDOR, corridors)):
        wanted = {one.place_id for one in (places or {}).values() if one.kind is kind}
        for place in sorted(wanted.difference(found)):
            yield _at_head(name, f"no {place}", f"a shape for each {kind} of places.csv")


def _at_head(name: str, found: str, expected: str) -> Problem:
    return Problem(f"{name}.geojson", 1, "1", found, expected)


def _read_frame(path: Path, problems: list[Problem], places: Mapping[str, Place] | None) -> gpd.GeoDataFrame:
    """Read one GeoJSON file; append its faults to ``problems``."""
    form = FORMS[path.stem]
    text = read_text(path, problems) or ""
    rows: list[dict[str, Any]] = []
    faults: list[tuple[int, Fault]] = []
    keys: dict[tuple[str, ...], int] = {}
    for number, feature in enumerate(_read_features(path.name, text, problems) if text else ()):
        row, fault = _row_of(feature, form)
        if not fault:
            key = tuple(row[name] for name in form.key)
            fault = _fault_of_key(key, keys) or _fault_of_place(row, form, places)
            keys.setdefault(key, number + 1)
        if fault:
            faults.append((number, fault))
        else:
            rows.append(row)
    if faults:
        starts = _members_of(text)["features"][1]
        problems += (
            Problem(path.name, *_position(text, starts[number]), f"feature {number + 1}: {found}", expected)
            for number, (found, expected) in faults
        )
    columns = [*form.record.model_fields, "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)


def _read_features(file: str, text: str, problems: list[Problem]) -> Sequence[Any]:
    expected = "a GeoJSON FeatureCollection"
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        found = f"broken JSON ({error.msg.lower()})"
        problems.append(Problem(file, error.lineno, str(error.colno), found, expected))
        return []
    except (RecursionError, ValueError) as error:
        deep = isinstance(error, RecursionError)
        problems.append(Problem(file, 1, "1", "brackets in brackets" if deep else "a number too long", expected))
        return []
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        problems.append(Problem(file, 1, "1", "no list of features", expected))
        return []
    if (crs := collection.get("crs")) is not None and _name_of(crs) not in WGS84_NAMES:
        found = f"coordinates in {shorten(str(_name_of(crs) or 'another system'))!r}"
        at = _position(text, _members_of(text)["crs"][0])
        problems.append(Problem(file, *at, found, "WGS 84, longitude first, as GeoJSON has it"))
    return features


def _name_of(crs: object) -> object:
    """Return the name in a ``crs`` member of GeoJSON as it was before 2016."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return properties.get("name") if isinstance(properties, dict) else None


def _members_of(text: str) -> dict[str, tuple[int, list[int]]]:
    """Return where the members of a JSON object start, each with where its elements start, if it is a list.

    The text is known to be sound JSON.
    """
    decoder = json.JSONDecoder()
    members: dict[str, tuple[int, list[int]]] = {}
    at = _next(text, text.index("{") + 1)
    while text[at] != "}":
        name, at = decoder.raw_decode(text, at)
        start = at = _next(text, at)
        items = []
        if text[at] == "[":
            at = _next(text, at + 1)
            while text[at] != "]":
                items.append(at)
                at = _next(text, decoder.raw_decode(text, at)[1])
            at += 1
        else:
            _, at = decoder.raw_decode(text, at)
        members[name] = (start, items)
        at = _next(text, at)
    return members


def _next(text: str, at: int) -> int:
    """Return where the next token starts that is neither space, comma nor colon."""
    found = TOKEN.search(text, at)
    return found.start() if found else len(text)


def _position(text: str, at: int) -> tuple[int, str]:
    """Return the line, from 1, and the character in it, from 1, of a place in a text."""
    return text.count("\n", 0, at) + 1, str(at - text.rfind("\n", 0, at))


def _row_of(feature: object, form: Form) -> tuple[dict[str, Any], Fault | None]:
    """Return a feature's row, or what is wrong with it and what was expected."""
    columns = form.record.model_fields
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        return {}, ("it has no properties", ", ".join(columns))
    if missing := [name for name in columns if name not in properties]:
        return {}, (f"no {', '.join(missing)}", ", ".join(columns))
    try:
        record = form.record.model_validate(properties)
    except ValidationError as error:
        first = problem_of(error.errors()[0], "", 0)
        return {}, (f"{first.column} {first.found}", first.expected)
    try:
        with warnings.catch_warnings(action="ignore"):  # NumPy's, of coordinates that are no numbers
            geometry = shapely.force_2d(shape(feature["geometry"]))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, ShapelyError):
        return {}, ("its geometry cannot be read", "a GeoJSON geometry")
    fault = _fault_of(geometry, form)
    return ({}, fault) if fault else (record.model_dump() | {"geometry": geometry}, None)


def _fault_of_key(key: tuple[str, ...], keys: Mapping[tuple[str, ...], int]) -> Fault | None:
    """Return what is wrong with what tells a feature apart and what was expected, or None."""
    return (f"{' '.join(key)} is feature {keys[key]} already", "each once") if key in keys else None


def _fault_of_place(row: Mapping[str, Any], form: Form, places: Mapping[str, Place] | None) -> Fault | None:
    """Return how a shape contradicts the gazetteer and what was expected, or None."""
    if places is None or form.kind is None:
        return None
    place = places.get(row["place_id"])
    if place is None or place.kind is not form.kind:
        return f"{row['place_id']!r} is no {form.kind}", f"a {form.kind} of places.csv"
    if place.lon is not None and place.lat is not None and row["geometry"].distance(Point(_point(place))) > NEAR:
        return f"{place.place_id} lies elsewhere by places.csv", f"the shape around {place.lon}, {place.lat}"
    return None


def _fault_of(geometry: BaseGeometry, form: Form) -> Fault | None:
    """Return what is wrong with a shape and what was expected, or None."""
    if geometry.is_empty:
        return "its geometry is empty", "a shape"
    if geometry.geom_type not in form.geometries:
        return f"its geometry is a {geometry.geom_type}", " or ".join(form.geometries)
    if fault := _fault_of_points(shapely.get_coordinates(geometry)):
        return fault
    with warnings.catch_warnings(action="ignore"):
        reason = shapely.is_valid_reason(geometry)
    return None if reason == "Valid Geometry" else (f"its geometry is invalid ({reason})", "a valid shape")


def _fault_of_points(points: NDArray[np.float64]) -> Fault | None:
    """Return what is wrong with a shape's coordinates and what was expected, or None."""
    frame = "longitude {0} to {2}, latitude {1} to {3}, in that order".format(*FRAME)
    if not np.isfinite(points).all():
        return "a coordinate is no number", "finite numbers"
    if _in_frame(points):
        return None
    if _in_frame(points[:, ::-1]):
        return "its latitude comes before its longitude", frame
    if (np.abs(points) > WHOLE_GLOBE).any():
        return "its coordinates are no degrees, as of another coordinate system", f"WGS 84, {frame}"
    return "its geometry leaves the map's frame", frame


def _in_frame(points: NDArray[np.float64]) -> bool:
    """Return whether points lie in the frame, longitude first."""
    west_south, east_north = np.array(FRAME[:2]) - TOLERANCE, np.array(FRAME[2:]) + TOLERANCE
    return bool((points >= west_south).all() and (points <= east_north).all())


def in_frame(place: Place) -> bool:
    """Return whether a place has a position inside the map's frame."""
    return place.lon is not None and place.lat is not None and frames(place.lon, place.lat)


def route_lines(dataset: Dataset, shapes: Shapes) -> gpd.GeoDataFrame:
    """Return the lines of the routes that can be drawn: those with at least two placed points in the frame.

    A line either follows one of the package's schematic paths or bows gently from point to point. Columns:
    ``route_id`` and the geometry, in WGS 84.
    """
    rows = []
    for route in dataset.routes:
        places = [dataset.place[point.place_id] for point in dataset.points_of.get(route.route_id, ())]
        placed = [place for place in places if in_frame(place) and place.kind is not PlaceKind.RIVER_SYSTEM]
        path = shapes.paths.geometry.get(route.path) if route.path else None
        line = _along(path, placed) if path is not None else _bowed(placed)
        if line is not None:
            rows.append({"route_id": route.route_id, "geometry": line})
    return gpd.GeoDataFrame(rows, columns=["route_id", "geometry"], geometry="geometry", crs=WGS84)


def _point(place: Place) -> tuple[float, float]:
    """Return a placed place's longitude and latitude."""
    return place.lon or 0.0, place.lat or 0.0


def _bowed(places: Sequence[Place]) -> LineString | None:
    """Return a line through the places, each leg bowed to its left; None for fewer than two."""
    points = [_point(place) for place in places]
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    line = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        cx, cy = (x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND
        for step in range(1, ARC_STEPS + 1):
            t = step / ARC_STEPS
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            line.append((a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1))
    return LineString(line)


def _along(path: LineString, places: Sequence[Place]) -> LineString | None:
    """Return the part of a path between the first and the last place, with legs to those two."""
    if len(places) < 2:  # noqa: PLR2004 - as above
        return None
    first, last = _point(places[0]), _point(places[-1])
    part = shapely.ops.substring(path, path.project(Point(first)), path.project(Point(last)))
    return LineString(list(dict.fromkeys([first, *part.coords, last])))
