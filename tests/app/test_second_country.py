"""A second country: Ecuador, with made-up sentences. Everything works without a change of the program."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from tests.app.conftest import lay_out, opener
from tests.app.reading import Open, written

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import View, ViewState
from ocmap.cli import main
from ocmap.dataset.files import read_files
from ocmap.dataset.schema import LANGUAGES, MAPPED_KINDS, Lang
from ocmap.export.data_package import build_package
from ocmap.export.files import Download, file_name
from ocmap.export.geopackage import build_geopackage
from ocmap.export.print.brief import build_brief
from ocmap.export.print.brief_writer import to_html, to_pdf
from ocmap.export.print.poster import build_image
from ocmap.export.print.preview import build_preview
from ocmap.export.static_site import build_site
from ocmap.export.tables import build_csv, build_geojson
from ocmap.export.workbook import build_workbook
from ocmap.web.app_data import App, build_app

DATA = Path(__file__).parents[1] / "data" / "ecuador"
DAY = date(2026, 12, 1)
MADE_UP = {"es": "datos inventados para pruebas", "en": "made-up data for tests"}
ELSEWHERE = re.compile(r"\bPE-[A-Z]{3}\b|\bINEI\b|\bLima\b|\bperuan|\bPeruvian|\bin Peru\b|en el Perú")
"""What is of the country of the shipped data."""
GAP = re.compile(r"\{\w+\}")
COPIED = re.compile(r'data-cite="[^"]*"')
"""What a copied citation is filled in from, in the browser."""


@pytest.fixture(scope="module")
def app() -> App:
    return build_app(DATA)


@pytest.fixture(scope="module")
def profile(app: App) -> CountryProfile:
    return app.profile


@pytest.fixture(scope="module")
def open_ecuador(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Open]:
    yield opener(os.fspath(lay_out(tmp_path_factory.mktemp("ecuador"), root, DATA)))
    st.cache_resource.clear()


def test_the_package_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(DATA)]) == 0
    assert "33 sentences: 20 coded" in capsys.readouterr().out


def test_every_file_says_that_it_is_made_up() -> None:
    tables = [file for file in DATA.glob("*.csv") if file.name in {"statements.csv", "places.csv", "actors.csv"}]
    lines = [line for file in tables for line in file.read_text("utf-8").splitlines()[1:]]
    assert lines
    assert [line for line in lines if "Made-up data for tests" not in line] == []
    files = [*DATA.glob("*.toml"), DATA / "CODEBOOK.md", DATA / "datapackage.json"]
    assert [file.name for file in files if MADE_UP["en"] not in file.read_text("utf-8").lower()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", [view for view in View if view is not View.MAP])
def test_a_view_is_of_this_country_and_says_that_it_is_made_up(open_ecuador: Open, view: View, lang: Lang) -> None:
    app = open_ecuador(view=view.value, lang=lang)
    assert not app.exception
    shown = COPIED.sub("", written(app))
    assert MADE_UP[lang] in shown.lower()
    assert (ELSEWHERE.findall(shown), GAP.findall(shown)) == ([], [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_opens_and_a_comparison_is_offered(open_ecuador: Open, lang: Lang) -> None:
    for query in ({}, {"place": "EC-G"}, {"place": "border-PE"}, {"route": "cocaine.1-r1"}, {"tour": "2"}):
        app = open_ecuador(lang=lang, **query)
        assert not app.exception
    assert "compare=border-CO&amp;compare=border-PE" in written(open_ecuador(view="compare", lang=lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_light_edition_is_of_this_country(profile: CountryProfile, lang: Lang) -> None:
    files = {name: content.decode() for name, content in build_site(profile).items() if name != "LICENSE-leaflet.txt"}
    data = next(text for name, text in files.items() if name.startswith("data."))
    assert MADE_UP[lang] in data.lower()
    own = [text for name, text in files.items() if name.startswith(("panels-", f"README-{lang}", f"LICENSE-{lang}"))]
    assert [found for text in own for found in ELSEWHERE.findall(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_briefs_posters_and_previews_are_made(profile: CountryProfile, lang: Lang) -> None:
    places = [place.place_id for place in profile.dataset.places if place.kind in MAPPED_KINDS]
    for subject in (*places, "cocaine"):
        page = to_html(build_brief(profile, subject, lang, DAY))
        assert ELSEWHERE.findall(page) == [], subject
        assert MADE_UP["en"] in page.lower(), subject
    assert to_pdf(build_brief(profile, "EC-W", lang, DAY)).startswith(b"%PDF")
    poster = build_image(PageContext(profile, lang, ViewState()), "", DAY)
    assert MADE_UP[lang] in poster.lower()
    assert ELSEWHERE.findall(poster) == []
    assert build_preview(PageContext(profile, lang, ViewState(place="EC-W"))).startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_download_is_made_and_named_after_the_country(profile: CountryProfile, app: App, lang: Lang) -> None:
    view = ViewState()
    for build in (build_csv, build_geojson, build_workbook, build_geopackage):
        assert build(PageContext(profile, lang, view))
    assert build_package(profile, read_files(app.data), lang)
    names = [file_name(profile.dataset, download, view) for download in Download]
    assert all(name.startswith("ocmap-ecuador-0.0.1") for name in names)
