"""List the places of a new country: its regions, itself, the other countries, its borders, parts of the world."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border
from ocmap.boundaries.new.layer import NamedRegion
from ocmap.boundaries.shape_files import Land

WORLD_AREAS: Final = {
    "africa": ("Africa", "África"),
    "asia": ("Asia", "Asia"),
    "caribbean": ("Caribbean", "Caribe"),
    "europe": ("Europe", "Europa"),
    "latin-america": ("Latin America", "América Latina"),
    "middle-east": ("Middle East", "Oriente Medio"),
    "north-america": ("North America", "América del Norte"),
    "oceania": ("Oceania", "Oceanía"),
}
"""Parts of the world that a profile can name."""

Row = dict[str, object]
"""A row of places.csv."""


class CountryName(NamedTuple):
    """A country's names, and the names as they stand in a sentence."""

    name_en: str
    name_es: str
    phrase_en: str
    phrase_es: str


@cache
def country_names() -> Mapping[str, CountryName]:
    """Return the names of all countries by code."""
    text = files("ocmap.boundaries.new").joinpath("countries.csv").read_text("utf-8")
    return {
        row["id"]: CountryName(
            *(row[f"name_{lang}"] for lang in ("en", "es")),
            *(f"{row[f'article_{lang}']} {row[f'name_{lang}']}".strip() for lang in ("en", "es")),
        )
        for row in csv.DictReader(text.splitlines())
    }


def name_of(code: str) -> CountryName:
    """Return a country's names; its code where they are not known."""
    return country_names().get(code, CountryName(code, code, code, code))


def list_places(country: str, names: Mapping[str, NamedRegion], land: Land) -> Iterator[Row]:
    """Yield the rows of the list of places."""
    for one, shape in land.regions.items():
        yield _place(one, "region", *names[one], parent=country, precision=4, **_at(shape))
    yield _country(country, 6, _at(land.country))
    for code, shape in land.abroad.items():
        at = _at(shape)
        label = {"label_lon": at["lon"], "label_lat": at["lat"], "label_align": "middle"}
        yield _country(code, 7, {**at, **label})
    corridors = sorted({key.place_id for key in land.corridors})
    for one in corridors:
        code = one.removeprefix("border-")
        name = name_of(code)
        line = max(shapely.get_parts(build_border(land.country, land.abroad[code])), key=shapely.length)
        yield _place(
            *(one, "corridor", f"Border with {name.phrase_en}", f"Frontera con {name.phrase_es}"),
            parent=country, country=code, precision=5, **_at(shapely.Point(line.interpolate(0.5, normalized=True))),
        )  # fmt: skip
    if corridors:
        yield _place(
            *("borders", "borders", "Borders in general", "Fronteras en general"),
            phrase_en="the borders in general", phrase_es="las fronteras en general", parent=country, source="own",
            members=";".join(corridors), precision=5, note="For sentences that say borders without saying which.",
        )  # fmt: skip
    for one, own in WORLD_AREAS.items():
        yield _place(one, "world_area", *own, precision=7, source="own")


def _country(code: str, precision: int, values: Mapping[str, Any]) -> Row:
    name = name_of(code)
    phrases = {
        "phrase_en": name.phrase_en if name.phrase_en != name.name_en else "",
        "phrase_es": name.phrase_es if name.phrase_es != name.name_es else "",
    }
    return _place(code, "country", name.name_en, name.name_es, precision=precision, **phrases, **values)


def _place(place_id: str, kind: str, name_en: str, name_es: str, **values: object) -> Row:
    names = {"place_id": place_id, "kind": kind, "name_en": name_en, "name_es": name_es}
    return {**names, "source": "Natural Earth, GeoNames", **values}


def _at(shape: BaseGeometry) -> dict[str, Any]:
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    point = max(parts, key=lambda part: part.area).representative_point()
    return {"lon": round(point.x, 3), "lat": round(point.y, 3)}
