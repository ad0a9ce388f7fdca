"""The keyboard: from map to panel to filters and back in a few keys, with a focus that returns where it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import LightReader, Reader
from tests.support.steps import Steps

pytestmark = pytest.mark.e2e

MOST_TABS = 5


def keys(reader: Reader, limit: int) -> Steps:
    return Steps(reader.page, limit)


def filters(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-filters")


def go_into_the_panel_and_back(reader: Reader) -> Locator:
    """Open a region by a key, leave its panel by Escape, and return the region's mark."""
    mark = reader.mark("PE-PUN")
    mark.focus()
    mark.press("Enter")
    expect(reader.heading).to_have_text("Puno")
    expect(reader.heading).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    return mark


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_a_mark_that_is_opened_by_a_key_leads_into_its_panel_and_back(reader: Reader, lang: str) -> None:
    reader.open(f"?lang={lang}")
    mark = go_into_the_panel_and_back(reader)
    mark.press("Enter")  # the same one again
    expect(reader.heading).to_be_focused()


def test_the_light_edition_leads_from_a_mark_to_its_panel_and_back(light: LightReader) -> None:
    light.open("?lang=en")
    go_into_the_panel_and_back(light)
    head = light.page.locator("#head")
    head.locator("button[data-panel=closed]").click()
    expect(light.panel).to_be_hidden()
    head.get_by_role("link", name="Skip to the panel").press("Enter")
    expect(light.heading).to_be_focused()


def test_a_mark_that_is_clicked_leaves_the_focus_on_the_map(reader: Reader) -> None:
    reader.open()
    reader.click("PE-PUN")
    expect(reader.heading).to_have_text("Puno")
    expect(reader.heading).not_to_be_focused()


def test_skip_links_join_panel_filters_and_map_within_five_tabs_and_open_what_is_closed(reader: Reader) -> None:
    reader.open("?place=PE-PUN&lang=en")
    step = keys(reader, 2 * MOST_TABS)
    reader.page.locator('[data-testid="stSidebarCollapseButton"] button').click()
    expect(reader.page.locator('[data-testid="stSidebar"][data-collapsed="true"]')).to_be_attached()
    reader.heading.focus()
    tab_to(step, reader.panel.get_by_role("link", name="Skip to the filters"), "Shift+Tab")
    step.key("Enter")
    expect(filters(reader).locator("input").first).to_be_focused()
    step.key("Escape")
    tab_to(step, filters(reader).get_by_role("link", name="Skip to the map"), "Tab")
    step.key("Enter")
    expect(reader.frame.locator(".oc-map")).to_be_focused()
    step = keys(reader, 2 * MOST_TABS)
    places = reader.page.locator(".st-key-places")
    places.locator("button[data-panel=closed]").click()
    expect(reader.panel).to_be_hidden()
    reader.mark("PE-CUS").focus()
    step.key("Escape", "Escape")  # the first closes the tooltip
    tab_to(step, places.get_by_role("link", name="Skip to the panel"), "Tab")
    step.key("Enter")
    expect(reader.heading).to_be_focused()


def tab_to(step: Steps, target: Locator, key: str) -> None:
    """Press a key until an element has the focus."""
    while not target.evaluate("one => one === document.activeElement"):
        step.key(key)


def test_escape_closes_a_cell_of_the_table_and_gives_the_focus_back(reader: Reader) -> None:
    reader.open("?view=table&lang=en")
    cell = reader.page.locator(".tbt td a.c").nth(3)
    cell.focus()
    cell.press("Enter")
    heading = reader.page.locator(".tbp h2")
    expect(heading).to_be_focused()
    heading.press("Escape")
    expect(heading).to_have_count(0)
    expect(cell).to_be_focused()
    cell.press("Enter")
    reader.page.locator(".tbp .cls a").press("Enter")
    expect(cell).to_be_focused()


def test_the_list_of_places_waits_for_enter_and_shows_what_is_open(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    places = reader.page.locator(".st-key-places select")
    expect(reader.heading).to_have_text("Puno")
    expect(places).to_have_value("PE-PUN")
    places.focus()
    places.press("ArrowDown")
    places.press("ArrowDown")
    chosen = places.evaluate("one => one.selectedOptions[0].text")
    assert reader.query()["place"] == ["PE-PUN"]
    places.press("Enter")
    expect(reader.heading).to_have_text(chosen)
    reader.page.wait_for_url(lambda url: "PE-PUN" not in url)
    reader.page.go_back()
    expect(places).to_have_value("PE-PUN")


def test_escape_closes_the_drawer_of_a_phone(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open()
    button = phone.page.locator(".bottom-bar [data-part=filters]")
    button.tap()
    drawer = phone.page.locator('[data-testid=stSidebar][data-collapsed="false"]')
    expect(drawer).to_be_visible()
    filters(phone).locator("input").first.focus()
    phone.page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(button).to_be_focused()
