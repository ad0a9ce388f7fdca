"""The first page: what a reader can do before the dashboard has loaded, and that nothing is lost afterwards."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Locator, Route, expect
from tests.e2e.conftest import POINT_ON, Reader
from tests.e2e.test_phone import FINGER, TOO_SMALL

FIRST = "#ocmap-first"
STREAMLIT = re.compile(r"/static/js/index\.[^/]*\.js$")
MAP_FRAME = re.compile(r"/component/streamlit_folium")
DESKTOP = {"width": 1360, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# What must not move when the dashboard takes over: a selector on the first page, and one on the dashboard.
STAYS = {
    ".mast b": "",
    ".views button:nth-of-type(2)": ".st-key-view button:nth-of-type(2)",
    ".mt h1": "",
    "[data-goto]": "",
    "#map": ".st-key-map iframe",
    ".st-key-panel h2": "",
    ".st-key-panel .sum": "",
}
BESIDE = {
    ".langs a:nth-of-type(2)": ".st-key-lang button:nth-of-type(2)",
    ".sr input": "",
    ".flt .pills label": "",
    'input[value="national"]': "",
}


@contextmanager
def held(reader: Reader, what: re.Pattern[str]) -> Iterator[None]:
    """Hold back a file until the block is left."""
    waiting: list[Route] = []
    let_go = False

    def hold(route: Route) -> None:
        if let_go:
            route.fallback()
        else:
            waiting.append(route)

    reader.page.route(what, hold)
    yield
    let_go = True
    for route in waiting:
        route.fallback()


def first_of(reader: Reader) -> Frame:
    """Wait until the first page is drawn; return its frame."""
    expect(reader.page.frame_locator(FIRST).locator("html")).to_have_attribute("data-ocmap", "ready")
    expect(reader.page.locator(FIRST)).to_be_visible()
    element = reader.page.locator(FIRST).element_handle()
    frame = element.content_frame() if element else None
    assert frame is not None
    return frame


def click_region(reader: Reader, frame: Frame, region: str) -> None:
    """Click a region with the mouse where it is on top; the frame fills the window."""
    point = frame.evaluate(POINT_ON, region)
    assert point is not None
    reader.page.mouse.click(*point)


def box(found: Locator) -> list[float]:
    """Return an element's place and size in whole pixels."""
    sizes = found.first.bounding_box()
    assert sizes is not None, found
    return [round(sizes[name]) for name in ("x", "y", "width", "height")]


def test_the_map_answers_before_streamlit_starts(reader: Reader) -> None:
    with held(reader, STREAMLIT):
        reader.page.goto(reader.base)
        first = first_of(reader)
        click_region(reader, first, "PE-MDD")
        expect(first.locator(".st-key-panel h2")).to_have_text("Madre de Dios")
        first.locator('.flt label:has(input[value="non_renewable"])').click()
        reader.expect_query(place="PE-MDD", markets="non_renewable")
        expect(first.locator('[data-id="PE-MDD"][tabindex]')).to_have_attribute("aria-pressed", "true")
    reader.wait_for_map()
    expect(reader.heading).to_have_text("Madre de Dios")
    expect(reader.page.locator('.st-key-filters input[value="non_renewable"]')).to_be_checked()
    expect(reader.mark("PE-MDD")).to_have_attribute("aria-pressed", "true")
    reader.expect_query(place="PE-MDD", markets="non_renewable")
    reader.page.go_back()
    reader.expect_query(place="PE-MDD", markets=None)
    expect(reader.page.locator('.st-key-filters input[value="non_renewable"]')).not_to_be_checked()


def test_choices_during_the_loading_of_the_dashboard_are_applied(reader: Reader) -> None:
    """Its script has run, for the link that was opened; only its map is missing."""
    with held(reader, MAP_FRAME):
        reader.page.goto(f"{reader.base}/?place=PE-LOR")
        first = first_of(reader)
        expect(reader.page.locator(".st-key-panel h2")).to_have_text("Loreto")
        click_region(reader, first, "PE-PUN")
        expect(first.locator(".st-key-panel h2")).to_have_text("Puno")
        first.locator('[data-lang][lang="en"]').click()
        expect(first.locator(".mt h1")).to_have_text("Where the profile places criminal markets")
    reader.wait_for_map()
    expect(reader.heading).to_have_text("Puno")
    expect(reader.page.locator(".mt h1")).to_have_text("Where the profile places criminal markets")
    reader.expect_query(place="PE-PUN", lang="en")


@pytest.mark.parametrize("options", [{"viewport": DESKTOP}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("locale", ["es-PE", "en-US"])
def test_nothing_moves_when_the_dashboard_takes_over(
    reader_of: Callable[..., Reader], options: dict[str, Any], locale: str
) -> None:
    reader = reader_of(locale=locale, **options)
    kept = {**STAYS, **(BESIDE if options["viewport"] == DESKTOP else {})}
    with held(reader, STREAMLIT):
        reader.page.goto(f"{reader.base}/?place=PE-CUS")
        first = first_of(reader)
        first.evaluate("document.fonts.ready.then(() => null)")
        before = {one: box(first.locator(one)) for one in kept}
    reader.wait_for_map()
    after = {one: box(reader.page.locator(other or one)) for one, other in kept.items()}
    assert {
        one: after[one] for one in kept if max(abs(a - b) for a, b in zip(before[one], after[one], strict=True)) > 1
    } == {}


def test_pan_focus_open_sections_and_scroll_position_are_preserved(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(reduced_motion="reduce")  # a zoom is over at once
    with held(reader, STREAMLIT):
        reader.page.goto(f"{reader.base}/?place=PE-LMA")
        first = first_of(reader)
        expect(first.locator(".st-key-panel h2")).to_have_text("Lima Metropolitana")
        first.locator(".oc-buttons button").first.click()
        first.locator(".st-key-panel details summary").nth(2).click()
        first.evaluate("document.getElementById('side').scrollTop = 300")
        first.locator(".flt .acts summary").click()
        first.locator('[data-id="PE-LMA"][tabindex]').focus()
        camera = first.evaluate("OcMap.camera()")
    reader.wait_for_map()
    moved = reader.frame.evaluate("OcMap.camera()")
    assert moved == {name: pytest.approx(value, abs=0.01) for name, value in camera.items()}
    expect(reader.mark("PE-LMA")).to_be_focused()
    expect(reader.panel.locator("details").nth(2)).to_have_attribute("open", "")
    expect(reader.page.locator(".st-key-filters .acts")).to_have_attribute("open", "")
    assert reader.panel.evaluate("(el) => el.scrollTop") == pytest.approx(300, abs=2)


@pytest.mark.parametrize(
    ("control", "shown"),
    [
        (".views button:nth-of-type(2)", ".st-key-table_box"),
        (".st-key-panel .shr a", "[role=dialog]"),
        (".st-key-panel .go a", ".tour"),
    ],
)
def test_actions_of_the_dashboard_run_after_it_has_loaded(reader: Reader, control: str, shown: str) -> None:
    with held(reader, STREAMLIT):
        reader.page.goto(reader.base)
        first = first_of(reader)
        first.locator(control).click()
        expect(first.locator("#wait")).to_have_text("Ya vienen la búsqueda, las tablas y las descargas…")
        assert reader.query() == {}
    expect(reader.page.locator(FIRST)).to_have_count(0)
    expect(reader.page.locator(shown).first).to_be_visible()


def test_the_first_page_still_works_if_the_dashboard_never_loads(reader: Reader) -> None:
    reader.page.route_web_socket(re.compile("/_stcore/stream"), lambda socket: socket.close())
    reader.page.clock.install()
    reader.page.goto(f"{reader.base}/?lang=en")
    first = first_of(reader)
    expect(first.locator("#wait")).to_be_empty()
    reader.page.clock.fast_forward(31_000)
    expect(first.locator("#wait")).to_contain_text("there is no connection to the rest")
    click_region(reader, first, "PE-TUM")
    expect(first.locator(".st-key-panel h2")).to_have_text("Tumbes")
    reader.expect_query(place="PE-TUM", lang="en")
    reader.page.go_back()
    expect(first.locator(".st-key-panel h2")).to_have_text("Choose a place")


def test_the_dashboard_loads_if_the_script_of_the_first_page_is_missing(reader: Reader) -> None:
    reader.page.route(re.compile(r"/first\..*\.js$"), lambda route: route.abort())
    reader.page.goto(reader.base)
    expect(reader.page.frame_locator(".st-key-map iframe").locator("html")).to_have_attribute("data-ocmap", "ready")
    expect(reader.page.locator(FIRST)).to_be_hidden()
    reader.click("PE-MDD")
    expect(reader.heading).to_have_text("Madre de Dios")
    reader.faults[:] = [one for one in reader.faults if "ERR_FAILED" not in one]


@pytest.mark.parametrize("lost", [r"/first\..*\.json$", r"/first\..*\.css$", r"/panels-"])
def test_the_dashboard_loads_without_the_first_page(reader: Reader, lost: str) -> None:
    reader.page.route(re.compile(lost), lambda route: route.abort())
    reader.page.goto(reader.base)
    reader.wait_for_map()
    reader.click("PE-MDD")
    expect(reader.heading).to_have_text("Madre de Dios")
    assert reader.faults.pop(0)
    reader.faults[:] = [one for one in reader.faults if "ERR_FAILED" not in one]


@pytest.mark.parametrize(
    "query", ["?view=table", "?tour=1", "?compare=PE-PUN&compare=PE-MDD", "?view=table&embed=true"]
)
def test_other_views_start_with_the_dashboard(reader: Reader, query: str) -> None:
    answer = reader.page.request.get(f"{reader.base}/{query}")
    assert answer.ok
    assert 'id="root"' in answer.text()
    assert "ocmap-first" not in answer.text()


def test_an_embedded_view_has_the_first_page(reader: Reader) -> None:
    with held(reader, STREAMLIT):
        reader.page.goto(f"{reader.base}/?embed=true&place=PE-PUN")
        first = first_of(reader)
        expect(first.locator(".st-key-panel h2")).to_have_text("Puno")
        expect(first.locator(".st-key-mast")).to_be_hidden()
        expect(first.locator(".emb .all")).to_be_visible()
        before = box(first.locator("#map"))
        click_region(reader, first, "PE-LOR")
        reader.expect_query(place="PE-LOR", embed="true")
    reader.wait_for_map()
    assert box(reader.page.locator(".st-key-map iframe")) == before
    expect(reader.heading).to_have_text("Loreto")


@pytest.mark.parametrize("options", [{"viewport": DESKTOP}, PHONE], ids=["desktop", "phone"])
def test_the_first_page_is_accessible(reader_of: Callable[..., Reader], options: dict[str, Any]) -> None:
    reader = reader_of(**options)
    with held(reader, STREAMLIT):
        reader.page.goto(f"{reader.base}/?place=PE-MDD")
        first = first_of(reader)
        found = Axe().run(reader.page, options={"preload": False}).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert first.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if options is PHONE:
            assert first.evaluate(TOO_SMALL, FINGER) == []
    reader.wait_for_map()


def test_on_a_phone_the_scroll_position_is_preserved(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(**PHONE)
    with held(reader, STREAMLIT):
        reader.page.goto(f"{reader.base}/?place=PE-LMA")
        first = first_of(reader)
        expect(first.locator(".st-key-panel h2")).to_have_text("Lima Metropolitana")
        first.evaluate("document.querySelector('.rest').scrollTop = 700")
        before = box(first.locator(".st-key-panel h2"))
    reader.wait_for_map()
    assert box(reader.heading)[1] == pytest.approx(before[1], abs=2)


def test_on_a_phone_the_filters_can_be_opened(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(**PHONE)
    with held(reader, STREAMLIT):
        reader.page.goto(reader.base)
        first = first_of(reader)
        expect(first.locator(".flt")).to_be_hidden()
        first.locator('.bottom-bar [data-part="filters"]').tap()
        first.locator('.flt label:has(input[value="arms"])').tap()
        reader.expect_query(markets="arms")
    reader.wait_for_map()
    expect(reader.page.locator('.st-key-filters input[value="arms"]')).to_be_checked()
    expect(reader.page.locator('[data-testid="stSidebar"]')).to_have_attribute("data-collapsed", "false")
