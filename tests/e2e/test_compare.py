"""Places side by side, as a reader chooses, reads and leaves them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e
SCROLLED = "top => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - top) < 2"


def view_of(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-compare_view")


def heads(reader: Reader) -> Locator:
    return view_of(reader).locator(".cph h3")


def choose(reader: Reader, name: str) -> None:
    """Choose a place in the picker by the keyboard, as its list is searched."""
    box = reader.page.locator(".st-key-compare input")
    expect(box).to_have_value("")  # the server empties it after each choice
    box.fill(name)
    expect(reader.page.locator("[role=option][data-focused]")).to_have_text(name)  # Enter chooses no other
    box.press("Enter")


def expect_compared(reader: Reader, *places: str) -> None:
    reader.page.wait_for_function(
        "places => new URLSearchParams(location.search).getAll('compare').join() === places", arg=",".join(places)
    )


def test_two_places_are_chosen_in_the_picker_and_the_link_shows_the_same(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of().open("?view=compare")
    expect(view_of(reader).locator(".cpo li")).to_have_count(3)
    choose(reader, "Puno")
    expect(heads(reader)).to_have_text(["Puno"])
    expect(view_of(reader).get_by_role("heading", name="Elija un lugar más")).to_be_visible()
    choose(reader, "Madre de Dios")
    expect(heads(reader)).to_have_text(["Madre de Dios", "Puno"])
    expect_compared(reader, "PE-MDD", "PE-PUN")
    common = view_of(reader).locator(".cpg.wide .cpc")
    expect(common).to_have_count(7)
    expect(common.first.locator("dl > div")).to_have_text(["Madre de DiosFrontera: Bolivia", "PunoFrontera: Bolivia"])
    again = reader_of(locale="es").open(reader.page.url.removeprefix(reader.base + "/"))
    expect(heads(again)).to_have_text(["Madre de Dios", "Puno"])
    expect(view_of(again)).to_have_text(view_of(reader).inner_text(), use_inner_text=True)
    reader.page.go_back()
    expect(heads(reader)).to_have_text(["Puno"])
    reader.page.go_back()
    expect(view_of(reader).locator(".cpo li")).to_have_count(3)


def test_a_ready_comparison_opens_and_a_place_is_removed(reader: Reader) -> None:
    reader.open("?view=compare")
    view_of(reader).locator("a", has_text="Cajamarca, Piura y Tumbes").click()
    expect(heads(reader)).to_have_text(["Cajamarca", "Piura", "Tumbes"])
    expect(reader.page.locator(".st-key-compare input")).to_be_disabled()
    view_of(reader).get_by_role("link", name="Quitar Piura").click()
    expect(heads(reader)).to_have_text(["Cajamarca", "Tumbes"])
    expect(reader.page.locator(".st-key-compare input")).to_be_enabled()
    expect(view_of(reader).locator('h2[tabindex="-1"]')).to_be_focused()
    reader.page.go_back()
    expect(heads(reader)).to_have_count(3)


def test_the_panel_links_to_the_comparison_and_a_cell_links_back_to_the_map(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    reader.panel.get_by_role("link", name="Comparar con otro lugar").click()
    expect(heads(reader)).to_have_text(["Puno"])
    choose(reader, "Tacna")
    expect(heads(reader)).to_have_count(2)
    view_of(reader).locator("tr", has_text="Falsificaciones").locator("td a").first.click()
    reader.expect_query(view=None, place="PE-PUN", markets="counterfeit")
    expect(reader.page.locator(".st-key-map")).to_be_visible()
    expect(reader.heading).to_have_text("Puno")
    expect(reader.panel.locator(".st:visible")).to_have_count(1)
    assert reader.state("ocmapStarts") == "1"
    reader.page.go_back()
    expect(heads(reader)).to_have_count(2)


def test_the_comparison_can_be_read_and_left_by_keyboard(reader: Reader) -> None:
    reader.open("?view=compare&compare=PE-MDD,PE-PUN&lang=en")
    expect(view_of(reader).locator("h1")).to_have_text("Compare places")
    expect(heads(reader)).to_have_count(2)
    reader.page.locator(".st-key-compare input").focus()
    for name in ("Madre de Dios", "Remove Madre de Dios", "Puno", "Remove Puno"):
        reader.page.keyboard.press("Tab")
        focused = reader.page.evaluate("() => document.activeElement.textContent")
        assert focused == name
    reader.page.keyboard.press("Enter")
    expect(heads(reader)).to_have_text(["Madre de Dios"])
    expect(view_of(reader).get_by_role("heading", name="Choose one more place")).to_be_focused()


def test_a_filter_narrows_the_comparison_and_can_be_removed(reader: Reader) -> None:
    reader.open("?view=compare&compare=PE-CAJ,PE-TUM&lang=en")
    reader.page.locator(".st-key-filters label", has_text="Arms").click()
    rows = view_of(reader).locator(".cpp").nth(1).locator("tbody tr:not(.tp, .wd)")
    expect(rows).to_have_count(1)
    expect(view_of(reader).get_by_role("status")).to_contain_text("The filters hide 10 statements on these places.")
    view_of(reader).get_by_role("link", name="Clear filters").click()
    expect(rows).to_have_count(9)
    reader.expect_query(markets=None, view="compare")


def test_a_phone_shows_all_three_places_of_a_table(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.open("?view=compare&compare=PE-CAJ,PE-PIU,PE-TUM")
    box = view_of(phone).locator(".cpx").nth(1)
    expect(box).to_be_visible()
    assert phone.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    assert box.evaluate("one => one.scrollWidth <= one.clientWidth && one.getBoundingClientRect().right <= 390")
    target = box.locator("td a").last.bounding_box()
    assert target is not None
    assert target["height"] >= 44


def test_back_from_a_cell_returns_to_the_row(reader: Reader) -> None:
    reader.open("?view=compare&compare=PE-MDD&compare=PE-LOR")
    main = reader.page.get_by_test_id("stMain")
    cell = view_of(reader).locator(".cpt td a").last
    cell.scroll_into_view_if_needed()
    top = main.evaluate("one => one.scrollTop")
    assert top > 300
    cell.click()
    reader.expect_query(view=None)
    expect(reader.heading).to_be_in_viewport()
    reader.page.go_back()
    expect(cell).to_be_in_viewport()
    reader.page.wait_for_function(SCROLLED, arg=top)
    reader.page.locator(".st-key-view").get_by_role("radio", name="Actores", exact=True).click()
    expect(reader.page.locator(".axv h2")).to_be_in_viewport()
    reader.page.wait_for_function(SCROLLED, arg=0)
