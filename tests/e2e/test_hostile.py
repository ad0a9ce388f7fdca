"""Hostile links and data in a real browser: no dialog, no script, no error on the console, and text that is text."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Frame, Page, expect
from tests.e2e.conftest import ROOT, Reader, serve
from tests.support.hostile_links import queries
from tests.support.hostile_markup import mark_up

from ocmap.analysis.summaries import route_name
from ocmap.analysis.view_state import Layer, View
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import LANGUAGES, Lang, PlaceKind
from ocmap.i18n import goods_of, name_of, short_of

LINKS = 30
LONG = 6_000  # what servers and proxies take
NAMES = """() => Object.fromEntries([...document.querySelectorAll("[data-id][tabindex='0'][aria-label]")]
    .filter((one) => one.dataset.kind !== "response").map((one) => [one.dataset.id, one.getAttribute("aria-label")]))"""
PLACES = ("PE-LMA", "PE-TUM", "PE-MDD", "PE-PUN", "border-EC", "border-BO")


def told(reader: Reader) -> str:
    """Return what the reader can see, the map's frame included."""
    return reader.page.locator("body").inner_text() + reader.frame.locator("body").inner_text()


@pytest.mark.parametrize("start", [0, *(pytest.param(one, marks=pytest.mark.long) for one in range(3, LINKS, 3))])
def test_a_hostile_link_opens_a_working_page(reader: Reader, start: int) -> None:
    for number in range(start, start + 3):
        query, marks = queries(number)
        reader.open("?" + urlencode(query, doseq=True, errors="replace")[:LONG])
        assert not [one for one in marks if one in told(reader)], number
        assert reader.page.get_by_test_id("stException").count() == 0


UNUSUAL = (
    "?place=%00&markets=%ff%fe&view=%E0%A4%A",
    "?place=PE-LMA&place=PE-PUN&place=<script>alert(1)</script>",
    "?place=PE-LMA&" + "&".join(f"x{i}=1" for i in range(500)),
    "?" + quote("{{7*7}}") + "=1&view=../../etc/passwd&embed=%3Cscript%3E",
    "?place=PE-LMA#<img src=x onerror=alert(1)>",
)


@pytest.mark.long
def test_an_unusual_address_opens_a_working_page(reader: Reader) -> None:
    for query in UNUSUAL:
        reader.open(query)
        reader.mark("PE-CUS").first.press("Enter")
        expect(reader.heading, query).to_have_text("Cusco")


def test_hostile_messages_between_the_frames_change_nothing(reader: Reader) -> None:
    reader.open("?place=PE-CUS")
    reader.page.evaluate(
        """() => {
            const picks = [null, 7, "x", [], {}, {id: "<img src=x onerror=alert(1)>"}, {id: {}}, {id: "__proto__"}];
            for (const pick of picks)
                window.postMessage({ ocmapPick: pick }, location.origin);
            const values = [null, {kind: "place", id: ["PE-LMA"], n: 9}, {kind: 7, id: {}, n: []}, "x".repeat(1e5)];
            for (const value of values)
                document.querySelector(".st-key-map iframe").contentWindow.Streamlit.setComponentValue(value);
        }"""
    )
    reader.click("PE-PUN")
    expect(reader.heading).to_have_text("Puno")
    reader.expect_query(place="PE-PUN")  # the server has answered
    assert reader.page.get_by_test_id("stException").count() == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an app whose package is full of markup."""
    folder = tmp_path_factory.mktemp("marked")
    shutil.copy(ROOT / "app.py", folder)
    shutil.copytree(ROOT / "geodata", folder / "geodata", ignore=shutil.ignore_patterns("raw"))
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    mark_up(folder / "geodata")
    return folder


@pytest.fixture(scope="module")
def marked(folder: Path) -> Iterator[tuple[str, Dataset]]:
    """Serve a package full of markup; return its address and what it holds."""
    with serve(folder / "app.py") as address:
        yield address, read_dataset(folder / "geodata")


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u2060", "").casefold()


def assert_nothing_ran(reader: Reader) -> None:
    for one in (reader.page, reader.frame):
        assert one.locator('img[src="x"], [onerror], [onfocus]:not(body)').count() == 0
        assert one.evaluate("() => [...document.scripts].some((one) => /alert/.test(one.textContent))") is False


def test_markup_shows_as_text_in_panel_tooltip_and_name(
    reader_of: Callable[..., Reader], marked: tuple[str, Dataset]
) -> None:
    address, dataset = marked
    reader = reader_of(address).open("?lang=es")
    for place in PLACES:
        reader.go(f"?place={place}&lang=es")
        name = dataset.place[place].name_es
        expect(reader.heading).to_have_text(name)
        texts = squeezed(reader.panel.inner_text())
        named = [one for one in dataset.naming.get(place, ()) if dataset.markets_of(dataset.statement[one])]
        assert all(squeezed(dataset.statement[one].text_es) in texts for one in named)
        mark = reader.mark(place).first
        label = mark.get_attribute("aria-label") or ""
        assert label.startswith(name)
        mark.focus()
        assert squeezed(name) in squeezed(reader.frame.locator("body").inner_text())
        assert_nothing_ran(reader)


def assert_names_stand_as_they_are(frame: Frame, dataset: Dataset, lang: Lang) -> None:
    """Hold the names of all marks of a map, and what is filled into them, against the data."""
    named = frame.evaluate(NAMES)
    for one, name in named.items():
        if one in dataset.route:
            assert name.startswith(route_name(dataset, dataset.route[one], lang))
        else:
            place = dataset.place[one]
            assert name.startswith(name_of(place, lang))
            said = name.removeprefix(name_of(place, lang))
            region = dataset.place.get(place.parent or "") if place.kind is PlaceKind.SITE else None
            assert not region or re.fullmatch(rf": (\d+ .+ )?· (in|en) {re.escape(name_of(region, lang))}", said)
            assert region or "{" not in said
    assert len(named) > len(dataset.places) / 3


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_placeholders_in_a_name_are_not_replaced_on_the_map(
    reader_of: Callable[..., Reader], marked: tuple[str, Dataset], lang: Lang
) -> None:
    address, dataset = marked
    reader = reader_of(address).open(f"?lang={lang}&layers=" + ",".join(Layer))
    assert_names_stand_as_they_are(reader.frame, dataset, lang)
    items = reader.frame.locator(".oc-flow-end").all()
    assert items
    listed = squeezed(reader.frame.locator(".oc-flows").text_content() or "")
    routes = [dataset.route[item.get_attribute("data-id") or ""] for item in items]
    assert [one.route_id for one in routes if squeezed(goods_of(one, lang)) not in listed] == []
    reader.mark("la-pampa").press("Enter")
    expect(reader.heading).to_have_text(name_of(dataset.place["la-pampa"], lang))


@pytest.mark.long
def test_markup_shows_as_text_in_the_static_edition(reader: Reader, folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ocmap.cli", "export", "--site", str(tmp_path), "--data", str(folder / "geodata")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
    for lang in LANGUAGES:
        reader.page.goto("about:blank")
        link = f"#place=PE-MDD&lang={lang}&markets=arms&markets=cocaine&actors=no"
        reader.page.goto((tmp_path / "index.html").as_uri() + link)
        assert_markup_is_text_in_the_static_edition(reader.page, read_dataset(folder / "geodata"), lang)


def assert_markup_is_text_in_the_static_edition(page: Page, dataset: Dataset, lang: Lang) -> None:
    expect(page.locator("html")).to_have_attribute("data-ocmap", "ready")
    expect(page.locator("#panel h2")).to_have_text(name_of(dataset.place["PE-MDD"], lang))
    assert_names_stand_as_they_are(page.main_frame, dataset, lang)
    tally = squeezed(page.locator(".tally").inner_text())
    assert all(squeezed(short_of(dataset.topic[one], lang)) in tally for one in ("arms", "cocaine"))
    expect(page.locator("#notice")).to_contain_text(f"({'actores' if lang == 'es' else 'actors'})")
    assert page.locator('img[src="x"], [onerror], [onfocus]:not(body)').count() == 0


def test_markup_shows_as_text_in_each_view(reader_of: Callable[..., Reader], marked: tuple[str, Dataset]) -> None:
    address, _ = marked
    reader = reader_of(address).open("?lang=en")
    for view in View:
        reader.go(f"?view={view}&lang=en&compare=PE-LMA&compare=PE-PUN&actors=foreign-groups")
        expect(reader.page.locator(".st-key-viewbar")).to_be_visible()
        assert_nothing_ran(reader)
        body = squeezed(reader.page.locator("body").inner_text())
        assert view in {View.MAP, View.METHOD, View.RESILIENCE} or "{{7*7}}" in body, view


def test_markdown_in_a_name_is_text(reader_of: Callable[..., Reader], marked: tuple[str, Dataset]) -> None:
    address, dataset = marked
    reader = reader_of(address)
    reader.page.goto(f"{address}/?view=actors&lang=en")
    names = {squeezed(one.name) for one in dataset.actors}
    links = reader.page.locator(".axrows dd a[href*=who]")
    expect(links.first).to_be_visible()
    shown = {squeezed(one) for one in links.all_text_contents()}
    assert shown
    assert shown <= names
