"""Phone and tablet: what a finger presses is large enough, nothing overflows, and the thumb reaches every part."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Locator, Page, expect
from tests.e2e.conftest import Reader

from ocmap.analysis.view_state import View

pytestmark = pytest.mark.e2e

FINGER = 44
PHONE, SMALL, TABLET = (390, 844), (360, 780), (820, 1180)
PAGES = (
    "?place=PE-LMA",
    "?route=heroin.1-r2",
    "?view=compare&compare=PE-LMA,PE-PUN,PE-CUS",
    *(f"?view={view}" for view in View),
)
# Everything that can be pressed, less links within a line of text, what is hidden, and the two parts of one box.
TOO_SMALL = """finger => {
    const targets = 'a[href], button, summary, input, select, textarea, '
        + '[role=button], [role=tab], [role=radio], [role=checkbox], [role=combobox]';
    const box = '[data-testid=stSelectbox], [data-testid=stMultiSelect]';
    const inLine = one => one.localName === 'a' && getComputedStyle(one).display === 'inline'
        && [...one.parentElement.childNodes].some(node => node.nodeType === 3 && /\\p{L}/u.test(node.data));
    const pressed = one => one.localName !== 'input' ? one
        : one.closest('label') || one.closest(box)?.querySelector('.react-aria-ComboBox > [role=group]') || one;
    const away = '[inert], svg, [data-testid=stSidebar][data-collapsed=true], [data-testid=stSkipToContent]';
    return [...document.querySelectorAll(targets)]
        .filter(one => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden')
        .filter(one => !one.closest(away) && !inLine(one) && !(one.localName === 'button' && one.closest(box)))
        .map(one => [one, pressed(one).getBoundingClientRect()])
        .filter(([, {width, height}]) => Math.min(width, height) < finger - 0.5)
        .map(([one, {width, height}]) => `${one.localName} ${one.innerText || one.ariaLabel || one.id}: `
            + `${width.toFixed(0)} x ${height.toFixed(0)}`);
}"""
IS_LAST_AT = """([selector, top]) =>
    Math.abs([...document.querySelectorAll(selector)].at(-1).getBoundingClientRect().top - top) < 2"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def hand(reader_of: Callable[..., Reader]) -> Callable[..., Reader]:
    """Return a function that opens a link on a device with a touch screen and waits until all of it is there."""

    def open_at(size: tuple[int, int], query: str = "", **options: str) -> Reader:
        width, height = size
        viewport = {"width": width, "height": height}
        return reader_of(viewport=viewport, has_touch=True, is_mobile=True, **options).open(query)

    return open_at


def too_small(where: Page | Frame) -> list[str]:
    found: list[str] = where.evaluate(TOO_SMALL, FINGER)
    return found


def bar(reader: Reader, name: str) -> Locator:
    return reader.page.locator(".bottom-bar").get_by_role("button", name=name)


def drawer(reader: Reader) -> Locator:
    return reader.page.locator('[data-testid=stSidebar][data-collapsed="false"]')


def top_of(one: Locator) -> float:
    box = one.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize(
    "sizes", [(PHONE, SMALL), pytest.param((TABLET,), marks=pytest.mark.long)], ids=["phone", "tablet"]
)
def test_each_view_fits_the_screen_and_has_large_touch_targets(
    hand: Callable[..., Reader], sizes: tuple[tuple[int, int], ...]
) -> None:
    reader = hand(sizes[0])
    wrong = []
    for query in PAGES:
        reader.go(query)
        for width, height in sizes:
            reader.page.set_viewport_size({"width": width, "height": height})
            found = too_small(reader.page) + ["wider than the screen"] * (reader.page.evaluate(SIDEWAYS) > 0)
            wrong += [f"{query} at {width}: {one}" for one in found]
    assert wrong == []


@pytest.mark.parametrize("size", [PHONE, pytest.param(TABLET, marks=pytest.mark.long)], ids=["phone", "tablet"])
def test_the_buttons_over_the_map_are_large_touch_targets(hand: Callable[..., Reader], size: tuple[int, int]) -> None:
    reader = hand(size)
    for button in (".oc-flows-button", ".oc-legend-button"):
        one = reader.frame.locator(button)
        if one.is_visible() and one.get_attribute("aria-expanded") == "false":
            one.tap()
    expect(reader.frame.locator(".oc-flow-end").first).to_be_visible()
    expect(reader.frame.locator(".oc-legend-body")).to_be_visible()
    assert too_small(reader.frame) == []
    assert reader.frame.evaluate(SIDEWAYS) <= 0


def test_the_list_of_flows_opens_and_closes_by_its_button_and_closes_by_escape(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE)
    button, flows = reader.frame.locator(".oc-flows-button"), reader.frame.locator(".oc-flow-end")
    expect(flows.first).to_be_hidden()
    for key in ("Escape", ""):
        button.tap()
        expect(flows.first).to_be_visible()
        flows.first.focus()
        if key:
            reader.page.keyboard.press(key)
        else:
            button.tap()
        expect(flows.first).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")


def test_the_open_drawer_has_large_touch_targets(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE, "?markets=arms")
    bar(reader, "filtr").tap()
    reader.page.locator(".st-key-filters .about summary").tap()
    expect(reader.page.locator(".lyc dl")).to_have_count(7)
    reader.settle()
    assert too_small(reader.page) == []
    assert reader.page.evaluate(SIDEWAYS) <= 0


def test_a_page_opens_with_the_drawer_closed_also_where_it_was_left_open(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE)
    bar(reader, "filtr").tap()
    expect(drawer(reader)).to_be_visible()
    reader.page.reload()
    expect(reader.heading).to_be_visible()
    reader.settle()
    expect(drawer(reader)).to_have_count(0)


def test_the_bottom_bar_leads_to_the_panel_the_filters_and_back_to_the_map(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE, "?place=PE-LMA")
    map_box = reader.page.locator(".st-key-map iframe")
    bar(reader, "Panel").tap()
    expect(reader.heading).to_be_focused()
    reader.page.wait_for_function("() => document.querySelector('.st-key-panel').getBoundingClientRect().top < 60")
    bar(reader, "filtr").tap()
    expect(drawer(reader)).to_be_visible()
    bar(reader, "Mapa").tap()
    expect(drawer(reader)).to_have_count(0)
    expect(map_box).to_be_in_viewport(ratio=0.95)
    bar(reader, "filtr").tap()
    reader.page.locator(".st-key-filters label", has_text="Armas").tap()
    reader.expect_query(markets="arms")
    bar(reader, "filtr").tap()
    expect(drawer(reader)).to_have_count(0)
    assert reader.state("ocmapStarts") == "1"


@pytest.mark.long
def test_the_bottom_bar_leads_back_to_the_map_from_each_view(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE)
    for view in View:
        if view is not View.MAP:
            reader.go(f"?view={view}&place=PE-PUN")
            bar(reader, "Mapa").tap()
            reader.expect_query(view=None, place="PE-PUN")
            expect(reader.heading).to_have_text("Puno")
            expect(reader.page.locator(".st-key-map")).to_be_visible()


def test_the_bottom_bar_does_not_cover_the_end_of_a_page(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE)
    for query in ("?place=PE-LMA", "?view=method", "?view=resilience"):
        reader.go(query)
        last = ".st-key-panel" if "place" in query else "[data-testid=stMainBlockContainer] .pn >> nth=-1"
        for width, height in (PHONE, SMALL):
            reader.page.set_viewport_size({"width": width, "height": height})
            reader.page.locator("[data-testid=stMain]").evaluate("one => one.scrollTo(0, one.scrollHeight)")
            box = reader.page.locator(last).last.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= top_of(reader.page.locator(".bottom-bar")), f"{query} at {width}"


def test_the_bottom_bar_is_absent_on_a_wide_screen(hand: Callable[..., Reader]) -> None:
    expect(hand(TABLET).page.locator(".bottom-bar")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, pytest.param(SMALL, marks=pytest.mark.long)], ids=["phone", "small phone"])
def test_after_a_tap_on_a_region_the_map_and_the_panel_heading_are_visible(
    hand: Callable[..., Reader], size: tuple[int, int]
) -> None:
    reader = hand(size)
    before = reader.camera()
    tap(reader, "PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    expect(reader.page.locator(".st-key-map iframe")).to_be_in_viewport(ratio=0.95)
    box = reader.heading.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= top_of(reader.page.locator(".bottom-bar"))
    assert reader.camera() == before


@pytest.mark.parametrize(
    ("identifier", "name"), [("PE-CAL", "Callao"), pytest.param("PE-LMA", "Lima Metropolitana", marks=pytest.mark.long)]
)
def test_a_tap_on_the_name_of_a_small_region_selects_it(
    hand: Callable[..., Reader], identifier: str, name: str
) -> None:
    reader = hand(PHONE)
    ring = reader.frame.locator(f'.oc-g-reach [data-twin="place:{identifier}"] circle')
    box = ring.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (FINGER, FINGER)
    frame_box = reader.page.locator(".st-key-map iframe").bounding_box()
    assert frame_box is not None
    own = "([x, y, key]) => document.elementFromPoint(x, y)?.closest('[data-twin]')?.dataset.twin === key"
    points = [
        (box["x"] + box["width"] * i / 8, box["y"] + box["height"] * j / 8) for i in range(1, 8) for j in range(1, 8)
    ]
    hits = [
        (x, y)
        for x, y in points
        if reader.frame.evaluate(own, [x - frame_box["x"], y - frame_box["y"], f"place:{identifier}"])
    ]
    assert len(hits) >= 12  # of 49: what a neighbour as small leaves of it
    reader.page.touchscreen.tap(*hits[len(hits) // 2])
    expect(reader.heading).to_have_text(name)


def test_a_large_region_has_no_touch_target_at_its_name(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE)
    expect(reader.frame.locator('.oc-g-reach [data-twin="place:PE-LOR"]')).to_be_hidden()
    expect(reader.frame.locator('.oc-g-reach [data-twin="place:PE-CUS"]')).to_be_hidden()


def test_with_a_mouse_a_small_region_has_no_invisible_target(reader: Reader) -> None:
    reader.open()
    circle = reader.frame.locator('.oc-g-reach [data-twin="place:PE-CAL"] circle')
    assert circle.evaluate("one => getComputedStyle(one).pointerEvents") == "none"


def test_back_within_a_view_returns_to_where_the_reader_was(hand: Callable[..., Reader]) -> None:
    reader = hand(PHONE, "?view=actors")
    opened = reader.page.locator(".tbp")
    for query, link in (("?view=actors", ".axrows a.all"), ("?view=table", ".tbt tbody td a")):
        reader.go(query)
        far_down = reader.page.locator(link).last
        far_down.scroll_into_view_if_needed()
        before = top_of(far_down)
        far_down.tap()
        expect(opened.locator("h2")).to_be_in_viewport()
        reader.page.go_back()
        expect(opened).to_have_count(0)
        reader.page.wait_for_function(IS_LAST_AT, arg=[link, before])
        far_down.dispatch_event("click")  # a second tap at once would be a double tap
        opened.locator(".cls a").tap()
        expect(opened).to_have_count(0)
        expect(far_down).to_be_in_viewport()


def test_the_tab_of_a_view_opened_by_a_link_is_visible(hand: Callable[..., Reader]) -> None:
    reader = hand(SMALL, "?view=method")
    expect(reader.page.locator('.st-key-view [aria-checked="true"]')).to_be_in_viewport(ratio=1)


def tap(reader: Reader, identifier: str) -> None:
    """Tap a mark."""
    reader.page.touchscreen.tap(*reader.point_on(identifier))
