"""Write the files of a new data package: shapes, places, topics, empty tables, settings, a page for the coder."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import NamedTuple

from ocmap.boundaries.new.country import NewCountry, build_country
from ocmap.boundaries.new.places import country_names, name_of
from ocmap.boundaries.origins import ORIGINS, check_inputs
from ocmap.boundaries.sources import HALF_TURN, UserLayer
from ocmap.dataset import changes, settings
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.files import shipped_folder
from ocmap.dataset.tables import TABLES, TableSchema
from ocmap.i18n.catalogue import of_phrase

CHANGES = """[[release]]
version = "0.1.0"
day = {day}

[[release.added]]
en = "Shapes, places and topics; no sentence is coded yet."
es = "Formas, lugares y temas; aún no hay oraciones codificadas."
"""
INSET = "# An inset for what is far away; the first of the regions gives it its name.\n"


class NewPackage(NamedTuple):
    """The files of a package by name, without the generated ones, and what was repaired or is to be known."""

    files: dict[str, bytes]
    report: list[str]


def new_package(country: str, source: UserLayer, data: Path, day: date) -> NewPackage:
    """Build a package for a country.

    Args:
        country: Its code, ISO 3166-1 alpha-2.
        source: A layer of its regions.
        data: A package whose folder ``raw`` has the fetched inputs.
        day: The day of the first version.

    Raises:
        DataError: The country or an input is missing, or the layer cannot be used.
    """
    if country not in country_names():
        raise DataError([Problem("--country", 0, "-", repr(country), "a code of ISO 3166-1 alpha-2, such as EC")])
    raw = data / "raw"
    check_inputs(raw)
    built = build_country(country, source, raw / "cache")
    tables = {table.file: _table(table, built.places if name == "places" else []) for name, table in TABLES.items()}
    texts = {
        **tables,
        **built.shapes,
        settings.FILE: _fill("profile.toml.txt", _facts(built, source.path.name)),
        changes.FILE: CHANGES.format(day=day.isoformat()),
        "README.md": _fill("README.md", _readme(country, source.path.name)),
    }
    package = {name: text.encode() for name, text in texts.items()}
    package["topics.csv"] = (shipped_folder() / "geodata" / "topics.csv").read_bytes()  # the same for every country
    for origin in ORIGINS:
        name = f"{origin.name}.origin.toml"
        package[f"raw/{name}"] = (raw / name).read_bytes()
    return NewPackage(package, built.report)


def _table(table: TableSchema, rows: Iterable[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table.record.model_fields), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: tuple(str(row[name]) for name in table.key)))
    return text.getvalue()


def _fill(template: str, facts: Mapping[str, str]) -> str:
    return Template(files("ocmap.boundaries.new").joinpath(template).read_text("utf-8")).substitute(facts)


def _readme(country: str, layer: str) -> dict[str, str]:
    name = name_of(country)
    return {"name": name.name_en, "phrase": name.phrase_en, "layer": layer}


def _facts(built: NewCountry, layer: str) -> dict[str, str]:
    """Return what profile.toml says, as TOML: a text in JSON is also one in TOML."""
    name, extents = name_of(built.country), built.extents
    regions = sorted(built.layer.names)
    corridors = [str(row["place_id"]) for row in built.places if row["kind"] == "corridor"]
    example = max(regions, key=lambda one: (built.layer.shapes[one].area, one))
    slug = re.sub(r"[^a-z]+", "-", name.name_en.lower()).strip("-")
    home = f"home = {_toml(extents.home)} # the first view, without what is far away\n" if extents.home else ""
    far = extents.far
    return {
        "id": _toml(built.country),
        "regions": str(len(regions)),
        "people": _toml(name.name_en),
        "frame": _toml(extents.frame),
        "east": "; east of 180° longitudes go on" if extents.frame[2] > HALF_TURN else "",
        "centre": _toml(extents.centre),
        "home": home,
        "profile_en": _toml(f"country profile {of_phrase(name.phrase_en, 'en')}"),
        "profile_es": _toml(f"perfil {of_phrase(name.phrase_es, 'es')}"),
        "url": _toml(f"https://ocindex.net/2025/country/{slug}"),
        "paper": _toml(extents.paper),
        "inset": f"{INSET}[inset]\nplaces = {_toml(far.regions)}\nwindow = {_toml(far.extent)}\n\n" if far else "",
        "example": _toml(example),
        "asked_en": _toml(f"What does it say of {built.layer.names[example].name_en}?"),
        "asked_es": _toml(f"¿Qué dice de {built.layer.names[example].name_es}?"),
        "asked": _toml(f"?place={example}"),
        "pair": _toml((corridors if len(corridors) > 1 else regions)[:2]),
        "made_en": _toml(f"From the layer {layer}, simplified. File regions.geojson."),
        "made_es": _toml(f"De la capa {layer}, simplificada. Archivo regions.geojson."),
    }


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
