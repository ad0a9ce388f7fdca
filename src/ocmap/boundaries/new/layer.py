"""Read any country's layer of first-level units, with ISO codes or with names alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import SNAP, Geometries
from ocmap.boundaries.known_layers import normalize
from ocmap.boundaries.repairs import Repair, close_slivers, repair_shape
from ocmap.boundaries.sources import HALF_TURN, UserLayer, VectorLayer, read_in_degrees, turn, turn_part
from ocmap.dataset.errors import DataError, Problem

NAME_COLUMNS: Final = (
    *("name", "nombre", "nom", "nome", "name_1", "nam_1", "shapename", "adm1_name", "adm1name", "gn_name", "region"),
    *("name_en", "name_es", "adm1_en", "adm1_es", "province", "provincia", "departamento", "state", "estado"),
)
"""Columns of names in lower case, the most usual first. Any other with a name for each row will do, too."""
LANGUAGE_COLUMNS: Final = {"en": ("name_en", "adm1_en"), "es": ("name_es", "adm1_es")}
ROUNDING: Final = 1e-6


class NamedRegion(NamedTuple):
    """A first-level unit: its names."""

    name_en: str
    name_es: str


class RegionLayer(NamedTuple):
    """A country's regions.

    Attributes:
        names: The names by id.
        shapes: The shapes by id, in degrees east of ``meridian``.
        meridian: The meridian from which longitudes are counted: 0, or 180 in a country that crosses that line.
        repairs: What was repaired.
    """

    names: dict[str, NamedRegion]
    shapes: Geometries
    meridian: float
    repairs: list[Repair]


def read_regions(source: UserLayer, country: str) -> RegionLayer:
    """Read the regions of a country; rows with the same code or name become one.

    Raises:
        DataError: The layer cannot be read, has neither codes nor names, or is not in degrees on the globe.
    """
    file = source.path.name
    layer = read_in_degrees(source)
    _check_globe(file, layer)
    ids, names = _identify(file, layer, country)
    parts: dict[str, list[BaseGeometry]] = {}
    repairs: list[Repair] = []
    for number, (place_id, shape) in enumerate(zip(ids, layer.geometries, strict=True), 1):
        valid, repair = repair_shape(file, number, names[place_id].name_en, shape)
        parts.setdefault(place_id, []).append(valid)
        repairs += [repair] if repair else []
    meridian = _meridian(file, [shape for own in parts.values() for shape in own])
    shapes = {
        one: shapely.union_all([turn(shape, meridian) for shape in own], grid_size=SNAP)
        for one, own in sorted(parts.items())
    }
    shapes, closed = close_slivers(file, shapes)
    return RegionLayer(names, shapes, meridian, [*repairs, *closed])


def _check_globe(file: str, layer: VectorLayer) -> None:
    globe = shapely.box(-HALF_TURN, -90, 2 * HALF_TURN, 90)
    problems = [
        Problem(file, number, "geometry", "the shape is not on the globe", "longitude and latitude, WGS 84")
        for number, shape in enumerate(layer.geometries, 1)
        if not globe.covers(shapely.box(*shape.bounds))
    ]
    if problems:
        raise DataError(problems)


def _meridian(file: str, shapes: list[BaseGeometry]) -> float:
    """Return 180 if the country is narrower counted from there, as it crosses that line, else 0."""
    parts: list[BaseGeometry] = list(shapely.get_parts(shapes))
    width = _width(parts)
    turned = _width([turn_part(part, HALF_TURN) for part in parts])
    meridian = HALF_TURN if turned < width - ROUNDING else 0.0
    if min(width, turned) > HALF_TURN:
        found = f"the regions take up {min(width, turned):.0f} degrees of longitude"
        raise DataError([Problem(file, 0, "geometry", found, "at most 180; what crosses 180° must be cut there")])
    return meridian


def _width(parts: list[BaseGeometry]) -> float:
    west, _, east, _ = shapely.total_bounds(parts)
    return float(east - west)


def _identify(file: str, layer: VectorLayer, country: str) -> tuple[list[str], dict[str, NamedRegion]]:
    """Return the id of each row, and the names by id."""
    texts = {
        name: [str(value).strip() if value is not None else "" for value in column]
        for name, column in layer.fields.items()
    }
    code = re.compile(rf"{country}-[A-Z0-9]{{1,3}}")
    coded = next((column for column in texts.values() if all(map(code.fullmatch, column))), None)
    labels = next(_name_columns(texts, distinct_by=coded), None)
    if labels is None:
        if coded is None:
            found = f"the columns are {', '.join(sorted(texts)) or 'none'}"
            expected = f"a column with ISO codes such as {country}-A, or one with a name for each row"
            raise DataError([Problem(file, 0, "-", found, expected)])
        labels = coded
    ids = coded or [f"{country}-{_slug(label)}" for label in labels]
    by_language = [
        next((texts[name] for name in LANGUAGE_COLUMNS[lang] if all(texts.get(name, [""]))), labels)
        for lang in ("en", "es")
    ]
    return ids, {one: NamedRegion(en, es) for one, en, es in zip(ids, *by_language, strict=True)}


def _slug(name: str) -> str:
    """Return a name as the end of an id; of a name without Latin letters, the codes of its characters."""
    plain = re.sub(r"[^a-z0-9]+", "-", normalize(name)).strip("-")
    return plain[:60] or "-".join(f"{ord(letter):x}" for letter in name[:10])


def _name_columns(texts: Mapping[str, list[str]], distinct_by: list[str] | None) -> Iterator[list[str]]:
    """Yield the columns that can hold the rows' names: those with a usual header first."""
    usual = [texts[name] for name in NAME_COLUMNS if name in texts]
    others = [column for name, column in texts.items() if name not in NAME_COLUMNS]
    for column in usual:
        if all(normalize(text) for text in column):
            yield column
    for column in others:
        worded = all(re.search(r"[^\W\d]{3}", text) for text in column)
        if worded and column != distinct_by and len(set(column)) == len(column):
            yield column
