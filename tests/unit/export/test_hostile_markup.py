"""Markup in any text of the package is text in every exported file and in the scene of the map."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.conftest import PACKAGE
from tests.support.hostile_markup import EVERYTHING, Elements, mark_up

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, read_profile
from ocmap.analysis.summaries import page_title
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.dataset.files import read_files
from ocmap.dataset.schema import Lang
from ocmap.export.data_package import build_package
from ocmap.export.geopackage import build_geopackage
from ocmap.export.print.brief import build_brief
from ocmap.export.print.brief_writer import to_html, to_pdf
from ocmap.export.print.poster import build_image, to_png
from ocmap.export.readme import title_of
from ocmap.export.tables import build_csv, build_geojson
from ocmap.i18n import name_of
from ocmap.web.citation import CitedView, bibtex, csl_json, embed_html, long_citation
from ocmap.web.map_data import build_map_data

DAY = date(2026, 11, 23)
LANGS: tuple[Lang, ...] = ("es", "en")
SUBJECTS = ("PE-LMA", "PE-TUM", "PE-PUN", "border-BO", "cocaine", "arms", "non_renewable")
VIEWS = [
    ViewState(),
    ViewState(layers=tuple(Layer)),
    ViewState(place="PE-LMA"),
    ViewState(place="border-EC"),
    ViewState(place="la-pampa", layers=tuple(Layer)),
    ViewState(route="heroin.1-r2"),
    ViewState(markets=("arms", "cocaine")),
    ViewState(actors=("foreign-groups",)),
]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SVG = "{http://www.w3.org/2000/svg}"
in_both = pytest.mark.parametrize("lang", LANGS)
in_each = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.href())


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory, geodata: Path) -> Path:
    package = tmp_path_factory.mktemp("marked")
    (package / "coding").mkdir()
    for pattern in PACKAGE:
        for file in geodata.glob(pattern):
            shutil.copy(file, package / file.relative_to(geodata))
    mark_up(package)
    return package


@pytest.fixture(scope="session")
def hostile(marked: Path) -> CountryProfile:
    return read_profile(marked)


def plain(text: str) -> str:
    return "".join(text.split())


def unzip(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist() if "." in name}


@in_both
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_brief_in_html_has_the_usual_elements_and_shows_markup_as_text(
    hostile: CountryProfile, subject: str, lang: Lang
) -> None:
    brief = build_brief(hostile, subject, lang, DAY)
    page = Elements(to_html(brief))
    assert page.live == ["meta", "meta", "meta"]
    assert brief.title in page.text
    cards = [card.text for chapter in brief.chapters for section in chapter.sections for card in section.cards]
    assert cards
    assert [text for text in cards if EVERYTHING not in text or " ".join(text.split()) not in page.text] == []


@in_both
@pytest.mark.parametrize("subject", SUBJECTS[:4])
def test_a_brief_in_pdf_shows_markup_as_text(hostile: CountryProfile, subject: str, lang: Lang) -> None:
    brief = build_brief(hostile, subject, lang, DAY)
    reader = PdfReader(io.BytesIO(to_pdf(brief)), strict=True)
    said = plain("".join(page.extract_text() for page in reader.pages))
    assert plain(brief.title) in said
    card = brief.chapters[0].sections[0].cards[0]
    assert plain(card.text)[:60] in said


@in_both
@in_each
def test_an_image_is_well_formed_and_contains_only_a_drawing(
    hostile: CountryProfile, view: ViewState, lang: Lang
) -> None:
    svg = build_image(PageContext(hostile, lang, view), f"https://ocmap.example/{view.href()}", DAY)
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert {"script", "image", "img", "foreignObject", "a", "b"}.isdisjoint(tags)
    assert not [name for one in root.iter() for name in one.attrib if name.lower().startswith("on") or "href" in name]
    if view.place:
        assert plain(name_of(hostile.dataset.place[view.place], lang)) in plain("".join(root.itertext()))


def test_an_image_can_be_drawn_as_pixels(hostile: CountryProfile) -> None:
    view = ViewState(place="PE-LMA", layers=tuple(Layer))
    png = to_png(build_image(PageContext(hostile, "es", view), "https://ocmap.example/", DAY))
    assert Image.open(io.BytesIO(png)).format == "PNG"


@in_each
def test_no_cell_of_a_table_is_a_formula_and_no_text_is_lost(hostile: CountryProfile, view: ViewState) -> None:
    files = unzip(build_csv(PageContext(hostile, "es", view)))
    rows = [row for name in ("evidence.csv", "routes.csv") for row in csv.DictReader(io.StringIO(files[name]))]
    assert rows
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA_STARTS)]
    for row in csv.DictReader(io.StringIO(files["evidence.csv"])):
        statement = hostile.dataset.statement[row["statement_id"]]
        assert row["text_es"].removeprefix("'") == statement.text_es


@in_each
def test_geojson_has_each_text_unchanged(hostile: CountryProfile, view: ViewState) -> None:
    files = unzip(build_geojson(PageContext(hostile, "en", view)))
    collection = json.loads(files["ocmap.geojson"])
    assert collection["metadata"]["title"] == title_of(PageContext(hostile, "en", view))
    texts = {
        one["text_en"] for feature in collection["features"] for one in feature["properties"].get("statements", [])
    }
    assert texts <= {one.text_en for one in hostile.dataset.statements}
    assert title_of(PageContext(hostile, "en", view)) in files["README.txt"]


def test_a_geopackage_has_each_text_unchanged(hostile: CountryProfile, tmp_path: Path) -> None:
    path = tmp_path / "ocmap.gpkg"
    path.write_bytes(build_geopackage(PageContext(hostile, "es", ViewState())))
    with closing(sqlite3.connect(path)) as file:
        names = dict(file.execute("SELECT place_id, name_es FROM regions"))
        texts = dict(file.execute("SELECT statement_id, text_es FROM statements"))
    assert names == {one: hostile.dataset.place[one].name_es for one in names}
    assert texts == {one: hostile.dataset.statement[one].text_es for one in texts}


def test_the_data_package_has_the_files_unchanged(hostile: CountryProfile, marked: Path) -> None:
    files = unzip(build_package(hostile, read_files(marked), "es"))
    name = next(one for one in files if one.endswith("statements.csv"))
    assert files[name] == (marked / "statements.csv").read_text("utf-8")


def test_the_map_data_have_each_name_unchanged(hostile: CountryProfile) -> None:
    data = json.loads(json.dumps(build_map_data(hostile)))
    for feature in data["regions"]:
        place = hostile.dataset.place[feature["id"]]
        assert feature["properties"]["name"] == {"es": place.name_es, "en": place.name_en}


@in_both
@in_each
def test_a_citation_has_the_title_and_is_valid_in_each_form(
    hostile: CountryProfile, view: ViewState, lang: Lang
) -> None:
    title = title_of(PageContext(hostile, lang, view))
    work = CitedView(
        view.place or view.route or "peru", title, f"https://ocmap.example/{view.href()}", lang, DAY, hostile.dataset
    )
    assert title in long_citation(work)
    assert json.loads(csl_json(work))[0]["title"] == title
    entry = bibtex(work)
    depth = 0
    for i, letter in enumerate(entry):
        if entry[i - 1] != "\\":
            depth += (letter == "{") - (letter == "}")
        assert depth >= 0
    assert depth == 0
    snippet = Elements(embed_html(work))
    assert (dict(snippet.tags), snippet.live, snippet.named) == ({"iframe": 1}, ["iframe"], [f"ocmap: {title}"])
    assert page_title(PageContext(hostile, lang, view))
