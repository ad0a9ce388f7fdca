"""The page before the dashboard is there, and where it never comes: no scripts, no connection, files that are lost."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e
STREAMLIT = re.compile(r"/static/js/index\.[^/]*\.js$")
LATE = ".oc-late"
LATE_MS = 20_000  # it is offered after eight seconds


def test_a_picture_of_the_place_stands_there_until_streamlit_starts(reader: Reader) -> None:
    waiting: list[Route] = []
    reader.page.route(STREAMLIT, lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    reader.page.goto(f"{reader.base}/?place=PE-PUN", wait_until="commit")
    expect(reader.page.locator("#root svg")).to_be_visible()
    expect(reader.page.locator("#root h1")).to_have_text("Dónde ubica el Índice los mercados criminales")
    expect(reader.page).to_have_title("Puno · ocmap")
    expect(reader.page.locator(LATE)).to_be_hidden()
    assert Axe().run(reader.page).response["violations"] == []
    for route in waiting:
        route.fallback()
    reader.wait_for_map()
    expect(reader.page.locator(".oc-index")).to_have_count(0)
    expect(reader.heading).to_have_text("Puno")


def test_the_light_edition_is_offered_when_the_connection_is_blocked(reader: Reader) -> None:
    reader.lasts = False
    reader.page.route_web_socket(re.compile(r".*"), lambda socket: socket.close())
    reader.page.goto(f"{reader.base}/?place=PE-PUN&markets=cocaine")
    expect(reader.page.locator(LATE)).to_be_visible(timeout=LATE_MS)
    reader.page.locator(LATE).get_by_role("link").click()
    expect(reader.page.locator("#panel h2")).to_have_text("Puno")
    expect(reader.page.locator('#filters input[value="cocaine"]')).to_be_checked()
    reader.faults.clear()  # Streamlit reports the connection


@pytest.mark.long  # it waits for the offer, as the test before
def test_it_is_offered_in_english_when_streamlits_scripts_are_lost(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(locale="en-GB", viewport={"width": 390, "height": 844})
    reader.page.route(STREAMLIT, lambda route: route.abort())
    reader.page.goto(reader.base)
    expect(reader.page.locator(LATE)).to_be_visible(timeout=LATE_MS)
    expect(reader.page.locator(LATE)).to_contain_text("The light edition works without one")
    reader.faults.clear()


def test_it_is_not_offered_and_covers_nothing_when_the_dashboard_is_there(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    assert reader.page.locator(LATE).evaluate("el => getComputedStyle(el).display") == "none"


def test_without_scripts_there_are_the_picture_and_the_data_in_both_languages(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(java_script_enabled=False)
    reader.page.goto(f"{reader.base}/?place=PE-PUN")
    expect(reader.page.locator("#root svg")).to_be_visible()
    expect(reader.page.locator(".oc-wait, .oc-late").first).to_be_hidden()
    links = reader.page.locator('noscript a[href^="data/"], .oc-noscript a[href^="data/"]')
    assert [link.get_attribute("href") for link in links.all()] == ["data/es.zip", "data/en.zip"]
    with reader.page.expect_download() as download:
        links.first.click()
    assert download.value.path().stat().st_size > 10_000
