"""The view of places by market: cells, sorting, filters, pairs, the file."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e

HINT_WIDTH = """box => {
    const paper = document.createElement("canvas").getContext("2d"), style = getComputedStyle(box);
    paper.font = style.font;
    const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return paper.measureText(box.placeholder).width - room;
}"""
"""How much wider the hint in a text box is than the box."""


def view_of(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-table")


def cell(reader: Reader, name: str) -> Locator:
    """Return the cell whose accessible name begins so."""
    return view_of(reader).locator(f'td a[aria-label^="{name}"]').first


def opened(reader: Reader) -> Locator:
    return view_of(reader).locator("article")


def places(reader: Reader) -> list[str]:
    return view_of(reader).locator("tbody").first.locator("tr:not(.blank) th").all_inner_texts()


PUNO = {
    "es-PE": (
        "Lo que dice el perfil",
        "Puno, Bienes con ISC",
        "Puno: Bienes con ISC",
        "2 nombran el lugar o uno",
    ),
    "en-GB": ("What the profile says", "Puno, Excisable goods", "Puno: Excisable goods", "2 name it or a place in it"),
}


@pytest.mark.parametrize("locale", ["es-PE", pytest.param("en-GB", marks=pytest.mark.long)])
def test_a_cell_opens_its_statements_in_the_view(reader_of: Callable[..., Reader], locale: str) -> None:
    title, name, heading, counted = PUNO[locale]
    reader = reader_of(locale=locale).open("?view=table")
    expect(view_of(reader).locator("h1")).to_contain_text(title)
    expect(cell(reader, name)).to_have_text("2")
    cell(reader, name).click()
    expect(opened(reader).locator("h2")).to_have_text(heading)
    expect(opened(reader).locator("h2")).to_be_focused()
    expect(opened(reader)).to_contain_text(counted)
    expect(opened(reader).locator(".st")).to_have_count(5)
    expect(cell(reader, name)).to_have_attribute("aria-current", "true")
    reader.expect_query(view="table", place="PE-PUN", cell="excisable")
    opened(reader).locator(".cls a").click()
    expect(opened(reader)).to_have_count(0)
    reader.expect_query(view="table", place=None, cell=None)


def test_the_keyboard_reaches_a_cell_and_enter_opens_it(reader: Reader) -> None:
    reader.open("?view=table")
    view_of(reader).locator("tbody th a", has_text="Lima Metropolitana").focus()
    reader.page.keyboard.press("Tab")
    expect(cell(reader, "Lima Metropolitana, Trata de personas")).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(opened(reader).locator("h2")).to_be_focused()
    expect(opened(reader).locator(".st")).to_have_count(1)


def test_an_open_cell_closes_when_it_is_pressed_again_and_the_back_button_opens_it(reader: Reader) -> None:
    reader.open("?view=table&place=PE-PUN&cell=excisable")
    cell(reader, "Puno, Bienes con ISC").click()
    expect(opened(reader)).to_have_count(0)
    reader.page.go_back()
    expect(opened(reader).locator("h2")).to_have_text("Puno: Bienes con ISC")


def test_a_row_opens_all_statements_of_its_place_and_links_to_the_map(reader: Reader) -> None:
    reader.open("?view=table&lang=en")
    view_of(reader).locator("tbody th a", has_text="Puno").click()
    expect(opened(reader).locator("h2")).to_have_text("Puno")
    expect(opened(reader).locator("section")).not_to_have_count(1)
    opened(reader).locator("a", has_text="See on the map").click()
    reader.expect_query(view=None, place="PE-PUN", markets=None)
    expect(reader.heading).to_have_text("Puno")


def test_a_cell_leads_to_the_map_with_its_market_alone(reader: Reader) -> None:
    reader.open("?view=table&lang=en&place=PE-PUN&cell=excisable")
    opened(reader).locator("a", has_text="See on the map, this market only").click()
    reader.expect_query(view=None, place="PE-PUN", markets="excisable", cell=None)
    expect(reader.heading).to_have_text("Puno")
    expect(reader.panel.locator("section:visible").first).to_contain_text("Excisable goods")


def test_a_place_that_is_not_mentioned_shows_a_message(reader: Reader) -> None:
    reader.open("?view=table")
    view_of(reader).locator(".blank a", has_text="Huánuco").click()
    expect(opened(reader)).to_contain_text("El perfil no menciona")
    expect(opened(reader).locator(".st")).to_have_count(0)


def test_statements_on_the_whole_country_are_in_their_own_row(reader: Reader) -> None:
    reader.open("?view=table")
    cell(reader, "Todo el país, Ciberdelitos").click()
    expect(opened(reader).locator(".st")).to_have_count(5)
    view_of(reader).locator(".pe th a").click()
    reader.expect_query(view="national", place=None)


def test_the_headings_sort_the_rows(reader: Reader) -> None:
    reader.open("?view=table")
    expect(view_of(reader).locator("th[aria-sort]")).to_have_text("Total que lo nombran▾")
    assert places(reader)[:2] == ["Lima Metropolitana", "Puno"]
    arms = view_of(reader).locator("thead th", has_text="Armas")
    arms.locator("a").press("Enter")
    expect(arms).to_have_attribute("aria-sort", "descending")
    expect(arms.locator("a")).to_be_focused()
    reader.expect_query(sort="arms")
    assert places(reader)[:2] == ["Piura", "Tumbes"]
    view_of(reader).locator("thead th", has_text="Lugar").locator("a").click()
    expect(view_of(reader).locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    reader.expect_query(sort="name")
    assert places(reader)[:2] == ["Amazonas", "Arequipa"]


def test_the_market_filter_decides_the_columns(reader: Reader) -> None:
    reader.open("?view=table")
    columns = view_of(reader).locator("thead tr:last-child th")
    expect(columns).to_have_count(15)
    reader.page.locator(".st-key-filters label", has_text="Armas").click()
    expect(columns).to_have_count(1)
    expect(columns).to_have_text("Armas")
    expect(view_of(reader).locator(".blank", has_text="Nada sobre estos mercados").first).to_contain_text("Puno")


def test_filters_without_results_show_a_message(reader: Reader) -> None:
    reader.open("?view=table&basis=none&place=PE-PUN&cell=excisable")
    expect(view_of(reader).locator(".tbr .hid")).to_contain_text("no queda ninguna afirmación")
    expect(opened(reader)).to_contain_text("no queda aquí ninguna afirmación")
    expect(view_of(reader).locator(".st-key-table_csv")).to_have_count(0)
    view_of(reader).locator(".tbr .hid a").click()
    expect(opened(reader).locator(".st")).to_have_count(5)


def test_a_pair_of_markets_opens_the_statements_that_name_both(reader: Reader) -> None:
    reader.open("?view=table&lang=en&place=PE-PUN")
    view_of(reader).locator("nav a", has_text="Markets in the same sentence").click()
    reader.expect_query(matrix="sentences")
    pair = cell(reader, "Arms and Fauna crimes: 1 sentence")
    expect(pair).to_have_text("1")
    pair.click()
    expect(opened(reader).locator("h2")).to_be_focused()
    expect(opened(reader).locator("h3").first).to_contain_text("Criminal networks, sentence 4")
    expect(opened(reader).locator(".st")).to_have_count(2)
    assert reader.query()["cell"] == ["arms", "fauna"]
    view_of(reader).locator("nav a", has_text="Markets in the same places").click()
    expect(opened(reader)).to_have_count(0)
    cell(reader, "Human trafficking and Extortion: 2 places").click()
    opened(reader).locator(".chips a", has_text="La Libertad").click()
    reader.expect_query(view=None, place="PE-LAL")
    assert reader.query()["markets"] == ["extortion", "human_trafficking"]
    expect(reader.heading).to_have_text("La Libertad")


def test_the_downloaded_file_has_the_rows_and_columns_shown(reader: Reader) -> None:
    reader.open("?view=table&lang=en&markets=arms,excisable&sort=excisable")
    expect(view_of(reader).locator("thead tr:last-child th")).to_have_count(2)
    with reader.page.expect_download() as waiting:
        reader.page.locator(".st-key-table_csv button").click()
    assert waiting.value.suggested_filename.endswith("-csv.zip")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("table.csv").decode("utf-8-sig"))))
    shown = places(reader)
    assert list(dict.fromkeys(line["place"] for line in lines))[: len(shown)] == shown
    assert {line["market"] for line in lines} == {"Arms", "Excisable goods"}
    tint = {(line["place"], line["market"]): int(line["named"]) + int(line["located"]) for line in lines}
    for link in view_of(reader).locator("tbody").first.locator("td a.c").all():
        place, market = (link.get_attribute("aria-label") or "").split(":")[0].split(", ")
        assert str(tint[place, market] or "") == link.inner_text()


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_the_whole_table_fits_a_desktop(reader: Reader, lang: str) -> None:
    box = reader.open(f"?view=table&lang={lang}").page.locator(".st-key-table_box")
    expect(box.locator("tbody").first).to_be_visible()
    hint = reader.page.locator("#ocmap-search")

    def cut() -> list[str]:
        wide = []
        for width in (1280, 1366):
            reader.page.set_viewport_size({"width": width, "height": 720})
            if box.evaluate("one => one.scrollWidth - one.clientWidth") > 0:
                wide.append(f"the table at {width}")
            if hint.evaluate(HINT_WIDTH) > 0:
                wide.append(f"the hint of the search box at {width}")
        return wide

    assert cut() == []
    cell(reader, "Puno, ").click()
    expect(opened(reader).locator("h2")).to_be_focused()
    assert cut() == []


def test_a_phone_scrolls_the_table_and_not_the_page(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open("?view=table")
    box = phone.page.locator(".st-key-table_box")
    expect(box.locator("tbody").first).to_be_visible()
    assert phone.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    far = cell(phone, "Lima Metropolitana, Drogas sintéticas")
    far.scroll_into_view_if_needed()
    moved = box.evaluate("one => one.scrollLeft")
    assert moved > 0
    name = view_of(phone).locator("tbody th a", has_text="Lima Metropolitana").bounding_box()
    assert name is not None
    assert 0 <= name["x"] <= 20
    far.tap()
    expect(opened(phone).locator("h2")).to_be_in_viewport()
    assert opened(phone).evaluate("one => one.getBoundingClientRect().right") <= 390
    opened(phone).locator(".cls a").tap()
    expect(opened(phone)).to_have_count(0)
    assert box.evaluate("one => one.scrollLeft") == moved
    assert phone.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
