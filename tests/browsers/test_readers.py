"""What a reader does, in Firefox and in WebKit. The suite in ``tests/e2e`` does the same and more in Chromium."""

import pytest
from tests.browsers.conftest import PHONE, Reader, mark

from ocmap.analysis.view_state import View
from ocmap.i18n import of

VIEWS = {
    View.TABLE: ".st-key-table",
    View.ROUTES: ".st-key-routes",
    View.COMPARE: ".st-key-compare_view",
    View.ACTORS: ".st-key-actors_view",
    View.RESILIENCE: ".st-key-resilience",
    View.NATIONAL: ".st-key-national",
    View.METHOD: ".st-key-method",
}


def test_a_click_opens_a_region_a_corridor_and_a_route(reader: Reader) -> None:
    reader.open()
    reader.expect_heading("Elija un lugar")
    reader.choose("PE-CUS")
    reader.expect_heading("Cusco")
    reader.expect(f'{mark("PE-CUS")}[aria-pressed="true"]')
    reader.expect_query(place="PE-CUS")
    reader.choose("border-BO")
    reader.expect_heading("Frontera con Bolivia")
    reader.expect_query(place="border-BO")
    reader.choose("heroin.1-r2")
    reader.expect_heading("Opio: Cajamarca → Ecuador")
    reader.expect_query(route="heroin.1-r2", place=None)


def test_tab_leads_to_the_next_region_and_enter_opens_it(reader: Reader) -> None:
    reader.open()
    reader.choose("PE-AMA")
    reader.expect_heading("Amazonas")
    reader.driver.press("Tab")
    reader.expect_focus(mark("PE-ANC"))
    reader.driver.press("Enter")
    reader.expect_heading("Áncash")
    reader.expect_query(place="PE-ANC")


def test_a_filter_changes_the_map_and_can_be_removed(reader: Reader) -> None:
    reader.open()
    reader.click(f"{reader.filters} label", "Armas")
    reader.expect_query(markets="arms")
    reader.expect(f"{mark('PE-MDD')}[aria-label$='{of('es')['tooltip.filtered']}']")
    reader.click(f"{reader.filters} label", "Armas")
    reader.expect(f"{mark('PE-MDD')}:not([aria-label$='{of('es')['tooltip.filtered']}'])")


def test_the_language_of_the_page_and_of_the_map_can_be_changed(reader: Reader) -> None:
    reader.open()
    reader.choose("border-BO")
    reader.expect_heading("Frontera con Bolivia")
    reader.click(reader.language, "English")
    reader.expect_heading("Border with Bolivia")
    reader.expect_query(lang="en", place="border-BO")
    reader.expect(f"{mark('PE-JUN')}[aria-label='Junín: {of('en')['tooltip.blank']}']")


def test_back_and_forward_move_through_the_choices(reader: Reader) -> None:
    reader.open()
    reader.choose("PE-CUS")
    reader.expect_heading("Cusco")
    reader.expect_query(place="PE-CUS")
    reader.choose("PE-PUN")
    reader.expect_heading("Puno")
    reader.expect_query(place="PE-PUN")
    reader.driver.go(-1)
    reader.expect_heading("Cusco")
    reader.driver.go(-1)
    reader.expect_heading("Elija un lugar")
    reader.driver.go(1)
    reader.expect_heading("Cusco")
    reader.expect_query(place="PE-CUS")


def test_a_phone_has_the_map_the_panel_and_the_filters_without_scrolling_sideways(
    reader: Reader, request: pytest.FixtureRequest
) -> None:
    reader.open(size=PHONE)
    reader.choose("PE-CUS")
    reader.expect_heading("Cusco")
    if "dashboard" in request.node.name:
        reader.click(".bottom-bar button", of("es")["filters.title"])
    reader.click(f"{reader.filters} label", "Armas")
    reader.expect_query(markets="arms", place="PE-CUS")
    held, window = reader.width()
    assert window < 640
    assert held <= window


def test_each_view_is_drawn(dashboard: Reader) -> None:
    dashboard.open()
    for view, content in VIEWS.items():
        dashboard.click(".st-key-view button", of("es")[f"view.{view}"])
        dashboard.expect(f"{content} :is(h2, table)")
        dashboard.expect_query(view=view)
    dashboard.click(".st-key-view button", of("es")["view.map"])
    dashboard.choose("PE-CUS")
    dashboard.expect_heading("Cusco")
    assert set(VIEWS) == set(View) - {View.MAP}
