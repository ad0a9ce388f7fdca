"""The data package's description, generated from the model: ``CODEBOOK.md``, ``datapackage.json``, citations."""

import json
import types
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from inspect import cleandoc
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ocmap.dataset.coding_rules import FIELD_RULES, HEDGE_RULES, NATURE_RULES, ROLE_RULES, Rule
from ocmap.dataset.schema import LIST_SEPARATOR, TABLES, Lang, Ref, Table

DATA_VERSION = "0.1.0"
TITLE = "ocmap: criminal markets and trafficking routes in Peru"
PROFILE = (
    "Global Initiative Against Transnational Organized Crime, Global Organized Crime Index 2025, "
    "country profile of Peru"
)
PROFILE_URL = "https://ocindex.net/2025/country/peru"
CITATIONS: dict[Lang, str] = {
    "en": "ocmap, “{title}”, data {version}{accessed}. A reading of one secondary source: {profile}, {url}.",
    "es": "ocmap, «{title}», datos {version}{accessed}. Lectura de una sola fuente secundaria: {profile}, {url}.",
}
ACCESSED: dict[Lang, str] = {"en": ", accessed {day}", "es": ", consultado el {day}"}
SHAPE_FILES = {
    "regions": "The 26 first-level units of Peru (24 departments, Callao, Metropolitan Lima).",
    "corridors": "The border zone towards each neighbour: 50 km inside Peru, 25 km outside.",
    "countries": "Outlines of Peru and its neighbours, cut to the map's frame.",
    "rivers": "Main rivers.",
    "paths": "Schematic lines that a route may follow; they are drawings, not surveys.",
}
LICENCES = [
    {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0 (coding, texts, gazetteer)",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
    {
        "name": "other-pd",
        "title": "Public domain (boundaries and rivers: Made with Natural Earth)",
        "path": "https://www.naturalearthdata.com/about/terms-of-use/",
    },
]
INTRODUCTION = """\
# Codebook

Generated from the model by `ocmap codebook`; do not edit it by hand. Data version {version}.

The package encodes what the 2025 profile of Peru in the Global Organized Crime Index states, sentence by
sentence, in our own words. It is a reading of one secondary source: nothing in it is confirmed, and a place
that it does not mention is not thereby quiet. The sentences themselves are their publisher's and are not here.

CSV files are UTF-8 with a header, one fact a row, sorted by their keys; lists inside a cell are joined by `;`.
Shapes are GeoJSON in WGS 84, longitude first, at 1:10,000,000: reference boundaries, typically 1–3 km off, not
for legal use.

## How a sentence is coded

1. Read the sentence alone. Write down each thing that it asserts as one statement, in our own words, in English
   and in Spanish. Split where places, actors, hedge or nature differ; not for the sake of splitting.
2. Code only what it says. A place that it does not name is not coded; the join works out the rest.
3. Keep its hedge. What it merely calls possible or alleged stays so.
4. Name organisations and nationalities, never a person. Isolated peoples, victims and informants are not placed.

## How reliable the coding is

All sentences were coded twice, with a language model, the second time without sight of the first (round 1); then,
under sharpened rules, the nature and hedge of every statement anew, twice (round 2). What each coding was, how each
difference was decided and what the last readings corrected is in `coding/`; `ocmap agreement` prints precision,
recall and Krippendorff's alpha, and what they show.

## What is derived

`ocmap evidence` prints, for each region and corridor, the statements that reach it and why, strongest first:
`named` (the statement names it), `located` (it names a site or line inside it), `border` (it names a border that
the region touches, by geometry), `area` (it names a wider area of which it is a member), and for `PE` alone
`national` (it names no region, site or border). Colour on the map counts named and located only.
"""


def cite(title: str, lang: Lang, day: date | None = None) -> str:
    """Return a citation of a view, with the data's version and, if one is given, the day it was looked at."""
    accessed = ACCESSED[lang].format(day=day.isoformat()) if day else ""
    return CITATIONS[lang].format(
        title=title, version=DATA_VERSION, accessed=accessed, profile=PROFILE, url=PROFILE_URL
    )


def build_codebook() -> str:
    """Return ``CODEBOOK.md``: every table and field of the model with its rule."""
    parts = [INTRODUCTION.format(version=DATA_VERSION)]
    for table in TABLES.values():
        parts.append(f"## {table.file}\n\n{cleandoc(table.record.__doc__ or '')}\n\nKey: {', '.join(table.key)}\n")
        parts.append("| field | type | meaning |\n|---|---|---|")
        parts += [
            f"| `{name}` | {_type(info)} | {info.description} |" for name, info in table.record.model_fields.items()
        ]
        parts.append("")
    parts += _rules()
    parts.append("## Shapes\n")
    parts += [f"- `{name}.geojson`: {text}" for name, text in SHAPE_FILES.items()]
    return "\n".join(parts) + "\n"


def _rules() -> Iterator[str]:
    """Yield the rules of coding: for each field or value the rule, an example, and what it is not."""
    titles: tuple[tuple[str, Mapping[Any, Rule]], ...] = (
        ("What to code", FIELD_RULES),
        ("`nature`: what kind of thing is asserted", NATURE_RULES),
        ("`hedge`: how sure the source is", HEDGE_RULES),
        ("`role`: what a place is to a statement", ROLE_RULES),
    )
    yield "## Rules of coding\n"
    yield "Examples are made up in the manner of the source; none is quoted from it.\n"
    for title, rules in titles:
        yield f"### {title}\n"
        for name, rule in rules.items():
            yield f"- **{name}**. {rule.rule}\n  - *Example.* {rule.example}\n  - *Not this.* {rule.counter}"
        yield ""


def build_datapackage() -> str:
    """Return ``datapackage.json`` after Frictionless Data Package 1."""
    package = {
        "name": "ocmap-peru",
        "title": TITLE,
        "version": DATA_VERSION,
        "description": "A reading, sentence by sentence, of one secondary source; reference boundaries, not for"
        " legal use.",
        "licenses": LICENCES,
        "contributors": [{"title": "The ocmap contributors", "role": "author"}],
        "sources": [
            {"title": PROFILE, "path": PROFILE_URL},
            {"title": "Natural Earth 1:10m", "path": "https://www.naturalearthdata.com/"},
            {"title": "GeoNames (positions of towns)", "path": "https://www.geonames.org/"},
            {"title": "INEI (official areas, ubigeo codes)", "path": "https://www.gob.pe/inei"},
        ],
        "citation": cite(TITLE, "en"),
        "resources": [*map(_resource, TABLES.values()), *map(_shape, SHAPE_FILES)],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {"name": name, "type": _json_type(info), "description": info.description}
        | ({"constraints": {"enum": list(members)}} if (members := _members(info)) else {})
        for name, info in table.record.model_fields.items()
    ]
    foreign = [
        {"fields": name, "reference": {"resource": ref.table, "fields": TABLES[ref.table].key[0]}}
        for name, info in table.record.model_fields.items()
        for ref in info.metadata
        if isinstance(ref, Ref) and get_origin(info.annotation) is not tuple
    ]
    schema = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    return {
        "name": table.name.replace("_", "-"),
        "path": table.file,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }


def _shape(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.geojson",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "description": SHAPE_FILES[name],
    }


def _parts(info: FieldInfo) -> Iterator[Any]:
    """Yield the types that a field's annotation is made of, without None."""
    annotation = info.annotation
    union = get_origin(annotation) in {Union, types.UnionType}
    for part in get_args(annotation) if union else (annotation,):
        if part is not type(None):
            yield get_args(part)[0] if get_origin(part) is Annotated else part


def _members(info: FieldInfo) -> tuple[str, ...]:
    for part in _parts(info):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return tuple(member.value for member in part)
    return ()


def _json_type(info: FieldInfo) -> str:
    names = {int: "integer", float: "number"}
    return next((names[part] for part in _parts(info) if part in names), "string")


def _type(info: FieldInfo) -> str:
    """Return a field's type for the codebook."""
    members = _members(info)
    if members:
        return " · ".join(f"`{member}`" for member in members)
    refs = [ref for ref in info.metadata if isinstance(ref, Ref)]
    listed = get_origin(info.annotation) is tuple
    if refs:
        groups = " or groups" if refs[0].groups else ""
        ids = f"{'ids' if listed else 'id'} of `{TABLES[refs[0].table].file}`{groups}"
        return f"{ids}, joined by `{LIST_SEPARATOR}`" if listed else ids
    return f"texts, joined by `{LIST_SEPARATOR}`" if listed else _json_type(info).replace("string", "text")
