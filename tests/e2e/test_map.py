"""The map under mouse and keyboard: a click opens a mark, and the map is neither rebuilt nor moved."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import ROOT, LightReader, Reader

pytestmark = pytest.mark.e2e


def test_every_region_corridor_route_and_site_is_a_named_button(light: LightReader) -> None:
    light.open()
    for kind, file in (("regions", "regions"), ("corridors", "corridors")):
        features = json.loads((ROOT / "geodata" / f"{file}.geojson").read_text("utf-8"))["features"]
        ids = {feature["properties"]["place_id"] for feature in features}
        for identifier in ids:
            mark = light.mark(identifier)
            expect(mark).to_have_count(1)
            expect(mark).to_have_attribute("role", "button")
        assert ids, kind
    expect(light.mark("PE-MDD")).to_have_attribute("aria-label", _starts("Madre de Dios"))
    expect(light.mark("border-EC")).to_have_attribute("aria-label", _starts("Frontera con Ecuador"))
    expect(light.mark("heroin.1-r1")).to_have_attribute("aria-label", _starts("Opio: Amazonas → Ecuador"))
    expect(light.mark("la-pampa")).to_have_attribute("aria-label", _starts("La Pampa"))


def _starts(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(name)}(?!\w)")


def test_a_click_opens_the_panel_and_highlights_the_mark(reader: Reader) -> None:
    reader.open()
    before = reader.camera()
    for identifier, heading, parameter in (
        ("PE-CUS", "Cusco", "place"),
        ("border-BO", "Frontera con Bolivia", "place"),
        ("heroin.1-r2", "Opio: Cajamarca → Ecuador", "route"),
        ("la-pampa", "La Pampa", "place"),
    ):
        reader.click(identifier)
        expect(reader.heading).to_have_text(heading)
        reader.expect_query(**{"place": None, "route": None, parameter: identifier})
        expect(reader.mark(identifier)).to_have_attribute("aria-pressed", "true")
        expect(reader.frame.locator('[aria-pressed="true"][tabindex="0"]')).to_have_count(1)
    assert reader.camera() == before
    assert reader.state("ocmapStarts") == "1"


def test_a_key_on_a_focused_region_opens_its_panel_and_leads_there(reader: Reader) -> None:
    reader.open()
    for key, identifier, heading in (("Enter", "PE-PUN", "Puno"), ("Space", "PE-CUS", "Cusco")):
        reader.mark(identifier).focus()
        reader.page.keyboard.press(key)
        expect(reader.heading).to_have_text(heading)
        expect(reader.heading).to_be_focused()


def test_the_tab_key_reaches_the_regions_in_the_order_of_their_names(light: LightReader) -> None:
    light.open()
    light.mark("PE-AMA").focus()
    light.page.keyboard.press("Tab")
    assert light.frame.evaluate("() => document.activeElement.dataset.id") == "PE-ANC"


UNREACHED = """keys => {
    const region = id => document.querySelector(`.oc-g-regions [data-id="${id}"]`);
    const left = new Set([...document.querySelectorAll('.oc-g-regions [data-id]')].map(one => one.dataset.id));
    const next = ['PE-PUN'];
    while (next.length) {
        const id = next.pop();
        if (!left.delete(id)) continue;
        for (const key of keys) {
            region(id).focus();
            region(id).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
            next.push(document.activeElement.dataset.id);
        }
    }
    return [...left];
}"""


def test_arrow_keys_lead_to_every_region(light: LightReader) -> None:
    light.open()
    light.mark("PE-PUN").focus()
    steps = {"ArrowUp": "PE-MDD", "ArrowDown": "PE-CUS", "ArrowLeft": "PE-APU", "ArrowRight": "PE-CUS"}
    for key, region in steps.items():
        light.page.keyboard.press(key)
        expect(light.mark(region)).to_be_focused()
    assert light.frame.evaluate(UNREACHED, list(steps)) == []


def test_many_clicks_neither_rebuild_nor_move_the_map(reader: Reader) -> None:
    reader.open()
    far = reader.camera()[0]
    reader.frame.locator('button[aria-label="Acercar"], button[title="Acercar"]').first.click()
    reader.frame.wait_for_function("far => map.getZoom() > far && !map._animatingZoom", arg=far)
    before = reader.camera()
    for identifier, name in (("PE-JUN", "Junín"), ("PE-CUS", "Cusco"), ("PE-HUC", "Huánuco"), ("PE-UCA", "Ucayali")):
        reader.click(identifier)
        expect(reader.heading).to_have_text(name)
    assert reader.camera() == before
    assert reader.state("ocmapStarts") == "1"


def test_a_region_opens_again_after_its_panel_was_closed(reader: Reader) -> None:
    reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.panel.get_by_role("link", name="Cerrar").click()
    expect(reader.heading).to_have_text("Elija un lugar")
    reader.expect_query(place=None)
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")


def test_a_second_click_on_the_selected_region_changes_nothing(reader: Reader) -> None:
    reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.expect_query(place="PE-CUS")  # two choices before the server's answer may be one step of the history
    reader.click("PE-CUS")
    reader.click("PE-PUN")
    expect(reader.heading).to_have_text("Puno")
    reader.expect_query(place="PE-PUN")
    reader.page.go_back()
    expect(reader.heading).to_have_text("Cusco")
    reader.page.go_back()
    expect(reader.heading).to_have_text("Elija un lugar")


def test_a_pick_shows_its_panel_from_the_top_and_back_where_it_was(reader: Reader) -> None:
    reader.open("?place=PE-LMA")
    reader.panel.locator(".st:visible").last.scroll_into_view_if_needed()
    top = reader.panel.evaluate("one => one.scrollTop")
    assert top > 300
    reader.click("PE-PUN")
    expect(reader.heading).to_have_text("Puno")
    expect(reader.heading).to_be_in_viewport()
    reader.expect_query(place="PE-PUN")
    reader.page.go_back()
    expect(reader.heading).to_have_text("Lima Metropolitana")
    reader.page.wait_for_function("top => document.querySelector('.st-key-panel').scrollTop === top", arg=top)


def test_a_pick_in_the_light_edition_shows_its_panel_from_the_top(light: LightReader) -> None:
    light.open("?place=PE-LMA")
    light.panel.locator(".st:visible").last.scroll_into_view_if_needed()
    expect(light.heading).not_to_be_in_viewport()
    light.mark("PE-PUN").dispatch_event("click")
    expect(light.heading).to_have_text("Puno")
    expect(light.heading).to_be_in_viewport()


def test_a_market_filter_repaints_the_map_without_rebuilding_it(reader: Reader) -> None:
    reader.open()
    lima, puno = reader.mark("PE-LMA"), reader.mark("PE-PUN")
    blank = reader.mark("PE-JUN").evaluate("one => getComputedStyle(one).fill")
    expect(lima).not_to_have_css("fill", blank)
    reader.page.locator(".st-key-filters label", has_text="Bienes con ISC").click()
    reader.expect_query(markets="excisable")
    expect(lima).to_have_attribute("aria-label", "Lima Metropolitana: Nada con estos filtros")
    expect(puno).to_have_attribute(
        "aria-label", _starts("Puno: 2 afirmaciones sobre mercados nombran la región o un lugar en ella")
    )
    expect(lima).to_have_css("fill", blank)
    assert reader.state("ocmapStarts") == "1"


def test_a_market_filter_removes_the_routes_of_other_markets(light: LightReader) -> None:
    light.open("?markets=heroin")
    expect(light.mark("heroin.1-r1")).to_be_visible()
    expect(light.mark("cocaine.1-r1")).to_be_hidden()


def test_a_layer_can_be_hidden_shown_and_clicked_again(reader: Reader) -> None:
    reader.open()
    corridors = reader.page.locator(".st-key-filters label", has_text="Corredores fronterizos")
    corridors.click()
    expect(reader.mark("border-BO")).to_be_hidden()
    corridors.click()
    expect(reader.mark("border-BO")).to_be_visible()
    reader.click("border-BO")
    expect(reader.heading).to_have_text("Frontera con Bolivia")
    reader.click("PE-PUN")
    expect(reader.heading).to_have_text("Puno")
    assert reader.state("ocmapStarts") == "1"


def test_a_flow_that_leaves_the_frame_is_listed_and_opens(light: LightReader) -> None:
    light.open("?markets=flora")
    light.frame.get_by_role("button", name="Flujos sin línea").click()
    listed = light.frame.get_by_role("button", name=_starts("madera: Perú (se infiere) → China"))
    expect(listed).to_be_visible()
    listed.click()
    expect(light.heading).to_have_text("Madera: Perú (se infiere) → China")
    expect(light.panel).to_contain_text("está en la lista «Flujos sin línea»")


def test_the_legend_explains_only_drawn_marks(light: LightReader) -> None:
    light.open()
    legend = light.frame.get_by_text("Afirmaciones que nombran la región o un lugar en ella")
    expect(legend).to_be_visible()
    expect(light.frame.get_by_text("Corredor fronterizo (nuestro)", exact=True)).to_be_visible()
    light.filters.locator("label", has_text="Corredores fronterizos").click()
    expect(light.frame.get_by_text("Corredor fronterizo (nuestro)", exact=True)).to_be_hidden()


def test_the_tooltip_names_the_focused_mark_and_closes_with_escape(light: LightReader) -> None:
    light.open()
    light.mark("PE-JUN").focus()
    light.page.keyboard.press("Tab")
    light.page.keyboard.press("Shift+Tab")
    tip = light.frame.get_by_role("tooltip", include_hidden=True)
    expect(tip).to_contain_text("Junín")
    expect(tip).to_contain_text("Sin mención, lo que no significa que no haya delitos")
    light.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_map_without_data_shows_an_error_message_and_the_list_still_works(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of()
    reader.page.route("**/shapes.*.json", lambda route: route.abort())
    reader.page.goto(f"{reader.base}/")
    frame = reader.page.frame_locator(".st-key-map iframe")
    expect(frame.get_by_role("alert")).to_contain_text("No se pudo cargar el mapa")
    reader.page.get_by_label("Ir a un lugar").select_option(label="Tacna")
    expect(reader.heading).to_have_text("Tacna")
    reader.faults.clear()  # the browser itself reports the request that the test stopped
    reader.outside.clear()
