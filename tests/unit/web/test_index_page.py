"""The page as the server sends it: what of a view is in it, and that it is Streamlit's own page otherwise."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import index_page
from ocmap.web.app_data import App, build_app
from ocmap.web.index_page import build_index, streamlit_page

ADDRESS = "https://ocmap.example/maps/"
MOST = 40_000  # bytes of the page, packed


@pytest.fixture(scope="module")
def app(geodata: Path) -> App:
    return build_app(geodata)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    streamlit_page.cache_clear()
    index_page.missing_marks.cache_clear()


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', page)
    assert found, name
    return unescape(found[1])


@pytest.mark.parametrize(("lang", "title"), [("es", "Puno · ocmap"), ("en", "Puno · ocmap")])
def test_the_head_describes_the_view_in_its_language(app: App, lang: Lang, title: str) -> None:
    page = build_index(app, ViewState(place="PE-PUN"), lang, ADDRESS)
    assert f'<html lang="{lang}">' in page
    assert re.findall(r"<title>(.*?)</title>", page) == [title] == [meta(page, "og:title")]
    assert meta(page, "description") == meta(page, "og:description")
    assert {"es": "Los 15 mercados", "en": "All 15 markets"}[lang] in meta(page, "description")
    assert meta(page, "og:image") == f"{ADDRESS}preview/PE-PUN.{lang}.png"


def test_other_views_have_their_own_title(app: App) -> None:
    titles = {build_index(app, ViewState(view=view), "es", ADDRESS).partition("<title>")[2][:40] for view in View}
    assert len(titles) == len(View)


def test_each_file_of_the_page_is_fetched_early_and_exists(app: App) -> None:
    page = build_index(app, ViewState(), "en", ADDRESS)
    names = re.findall(r'<link rel="(?:module)?preload"[^>]* href="app/static/([^"]+)">', page)
    published = app.published
    assert {published.dashboard, published.script, published.data, published.evidence} <= set(names)
    assert published.panels["en"] in names
    assert published.panels["es"] not in names
    assert set(names) <= published.files.keys()


def test_the_root_holds_a_picture_and_the_light_edition_of_the_same_state(app: App) -> None:
    page = build_index(app, ViewState(place="PE-PUN", markets=("arms",), view=View.TABLE), "es", ADDRESS)
    root = page[page.index('<div id="root">') : page.index('oc-late" lang')]
    assert "<svg" in root
    links = {unescape(link) for link in re.findall(r'href="(light/[^"]*)"', page)}
    (link,) = links
    assert {"place=PE-PUN", "markets=arms", "lang=es"} <= set(link.removeprefix("light/#").split("&"))
    assert "view=" not in link


def test_the_page_is_streamlits_with_ours_added(app: App) -> None:
    tags = set(re.findall(r"<(?:link|script|meta)[^>]*>", streamlit_page()))
    page = build_index(app, ViewState(), "es", ADDRESS)
    assert {tag for tag in tags if tag not in page} == set()
    assert page.count("<script") == streamlit_page().count("<script")
    assert page.count('id="root"') == 1


def test_without_scripts_the_page_speaks_both_languages_and_links_to_the_data(app: App) -> None:
    page = build_index(app, ViewState(), "es", ADDRESS)
    (noscript,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert re.findall(r'<p class="oc-noscript" lang="(..)">', noscript) == [*LANGUAGES]
    assert re.findall(r'href="(data/[^"]+)"', noscript) == [f"data/{lang}.zip" for lang in LANGUAGES]
    assert "agent" not in noscript


def test_the_page_stays_small(app: App, profile: CountryProfile) -> None:
    states = [ViewState(), *(ViewState(place=place) for place in profile.shapes.regions.index)]
    sizes = {one.place: len(gzip.compress(build_index(app, one, "es", ADDRESS).encode())) for one in states}
    assert {place: size for place, size in sizes.items() if size > MOST} == {}


def test_the_address_is_escaped(app: App) -> None:
    page = build_index(app, ViewState(), "es", 'https://x/"><script>alert(1)</script>')
    assert "<script>alert" not in page


@pytest.mark.parametrize("mark", index_page.MARKS)
def test_a_page_that_lacks_a_mark_is_served_as_it_is(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, mark: str
) -> None:
    text = streamlit_page().replace(mark, "")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.html").write_text(text, "utf-8")
    monkeypatch.setattr(index_page, "STREAMLIT", tmp_path)
    streamlit_page.cache_clear()
    assert build_index(app, ViewState(), "es", ADDRESS) == text
    assert mark in caplog.text
