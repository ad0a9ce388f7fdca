"""What is named can be read at the sizes of small laptops and phones: nothing lies over the map but its own labels."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, expect
from playwright.sync_api import TimeoutError as TooLate
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOCALES = pytest.mark.parametrize("locale", ["es-PE", pytest.param("en-US", marks=pytest.mark.long)])
ON_LAPTOPS = pytest.mark.parametrize(
    "size", [(1366, 768), pytest.param((1280, 720), marks=pytest.mark.long)], ids=["1366", "1280"]
)
# Places that had no label on small laptops, some of them without any statement; Callao and Lima are in the inset.
SELECTED = ("", "PE-TUM", "PE-PIU", "PE-CAJ", "PE-CAL", "PE-HUV", "PE-LMA", "border-CL")
HEAD_PX = 116

# Return what has a count or is selected, and no label; a label may be split into lines.
LOOK_FOR_LABELS = """() => {
    const bare = (text) => text.replace(/[\\s·]/g, "");
    const seen = (el) => el.getClientRects().length > 0;
    const texts = [...document.querySelectorAll(".oc-labels text, .oc-inset-texts text, .oc-inset-caption")]
        .filter(seen).map((el) => bare(el.textContent));
    const marks = [...document.querySelectorAll(
        'path.oc-region[role=button]:not(.oc-l0), [data-id^="border-"][role=button], [role=button].oc-selected')];
    const wanted = marks.flatMap((el) => {
        const [, name, tip] = /^([^:]*)(?::(.*))?$/s.exec(el.getAttribute("aria-label"));
        const n = /^\\s*(\\d+)/.exec(tip ?? "")?.[1] ?? "";
        return n || el.classList.contains("oc-selected") ? [bare(name) + n] : [];
    });
    return [...new Set(wanted)].filter((one) => !texts.some((text) => text.startsWith(one)));
}"""
COVERED = """() => {
    const box = (el) => el.getBoundingClientRect();
    const map = box(document.querySelector(".oc-map"));
    const labels = [...document.querySelectorAll(".oc-labels text")].filter((el) => {
        const { left, right, top, bottom } = box(el);
        return right > map.left && left < map.right && bottom > map.top && top < map.bottom;
    });
    const cut = labels.filter((el) => {
        const { left, right, top, bottom } = box(el);
        return left < map.left - 1 || right > map.right + 1 || top < map.top - 1 || bottom > map.bottom + 1;
    }).map((el) => `${el.textContent} is cut`);
    const over = [...document.querySelectorAll(
        ".oc-inset, .oc-legend, .oc-flows, .oc-buttons, .oc-attribution, .oc-hint.oc-on")];
    return cut.concat(labels.flatMap((label) => over.filter((el) => {
        const [a, b] = [box(label), box(el)];
        return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    }).map((el) => `${el.className} over ${label.textContent}`)));
}"""
LAND_UNDER_INSET = """() => {
    const { left, top, width, height } = document.querySelector(".oc-inset").getBoundingClientRect();
    const shares = Array.from({ length: 13 }, (_, i) => i / 12);
    return shares.some((i) => shares.some((j) => document.elementsFromPoint(left + width * i, top + height * j)
        .some((el) => el.matches(".oc-sheet path.oc-region"))));
}"""
MAP_BOX = "() => { const { x, y, width, height } = document.querySelector('.oc-map').getBoundingClientRect();"
MAP_BOX += " return { x, y, width, height }; }"


def expect_labels(frame: Frame, where: str) -> None:
    """Wait until all labels are drawn, whole and free, which follow a change by a moment; fail with what is wrong."""
    try:
        frame.wait_for_function(f"() => ({LOOK_FOR_LABELS})().length + ({COVERED})().length === 0", timeout=20_000)
    except TooLate:
        pytest.fail(f"{where}: no label for {frame.evaluate(LOOK_FOR_LABELS)}; {frame.evaluate(COVERED)}")


def map_box(reader: Reader) -> dict[str, float]:
    box: dict[str, float] = reader.frame.evaluate(MAP_BOX)
    return box


def expect_map_width(reader: Reader, comparison: str) -> None:
    reader.frame.wait_for_function(f"() => document.querySelector('.oc-map').clientWidth {comparison}")


@LOCALES
@ON_LAPTOPS
def test_on_a_laptop_all_that_is_named_has_its_label(
    reader_of: Callable[..., Reader], size: tuple[int, int], locale: str
) -> None:
    reader = reader_of(viewport={"width": size[0], "height": size[1]}, locale=locale).open()
    for place in SELECTED:
        reader.go(f"?place={place}" if place else "?")
        expect(reader.frame.locator("[aria-pressed=true][tabindex='0']")).to_have_count(1 if place else 0)
        if place:
            expect(reader.mark(place)).to_have_attribute("aria-pressed", "true")
        expect_labels(reader.frame, f"{place} at {size}")
        expect(reader.frame.locator(".oc-inset")).to_be_visible()
        assert not reader.frame.evaluate(LAND_UNDER_INSET), place


@LOCALES
def test_on_a_phone_all_that_is_named_has_its_label(reader_of: Callable[..., Reader], locale: str) -> None:
    reader = reader_of(**PHONE, locale=locale).open()
    expect_labels(reader.frame, "a phone")


@LOCALES
@ON_LAPTOPS
def test_under_filters_and_with_the_flows_open_labels_and_inset_stay(
    reader_of: Callable[..., Reader], size: tuple[int, int], locale: str
) -> None:
    reader = reader_of(viewport={"width": size[0], "height": size[1]}, locale=locale)
    for query in ("?markets=arms", "?markets=cocaine&place=PE-LMA", "?layers=regions,corridors,routes,sites,rivers"):
        reader.open(query)
        reader.frame.locator(".oc-flows-button").click()
        expect(reader.frame.locator(".oc-flows")).to_be_visible()
        expect_labels(reader.frame, f"{query} at {size}")
        expect(reader.frame.locator(".oc-inset")).to_be_visible()


ABOVE_TITLE = """() => {
    const [title, tabs] = ['.mt h1', '.st-key-viewbar'].map(one => document.querySelector(one).getBoundingClientRect());
    return title.top - tabs.bottom;
}"""
"""How far the title's letters, with their room for accents, are below the tabs' line."""


@ON_LAPTOPS
def test_the_bars_above_the_map_are_low(reader_of: Callable[..., Reader], size: tuple[int, int]) -> None:
    reader = reader_of(viewport={"width": size[0], "height": size[1]}).open()
    frame = reader.page.locator(".st-key-map iframe").bounding_box()
    assert frame is not None
    assert frame["y"] <= HEAD_PX
    assert frame["height"] >= size[1] - HEAD_PX - 4
    assert reader.page.evaluate(ABOVE_TITLE) >= 1


def test_flows_are_one_list_beside_the_map_whose_entries_open_their_route(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(viewport={"width": 1366, "height": 768}).open()
    reader.frame.locator(".oc-flows-button").press("Enter")
    goods = reader.frame.locator(".oc-flow-goods")
    expect(goods.filter(has_text="cocaína")).to_have_count(1)
    ends = reader.frame.locator(".oc-flow", has_text="cocaína").locator(".oc-flow-end")
    texts = ends.all_inner_texts()
    assert len(set(texts)) == len(texts)
    assert [one for one in texts if re.search(r"(?<!oración) \d+$", one)] == []
    flows = reader.frame.locator(".oc-flows").bounding_box()
    inside = reader.page.locator(".st-key-map iframe").bounding_box()
    assert flows is not None
    assert inside is not None
    assert flows["x"] + flows["width"] <= inside["x"] + map_box(reader)["x"] + 1
    reader.frame.get_by_role("button", name="madera: Perú (se infiere) → China").press("Enter")
    expect(reader.heading).to_have_text("Madera: Perú (se infiere) → China")
    chosen = reader.frame.locator(".oc-flow-end[aria-pressed=true]")
    expect(chosen).to_have_text("→ China")
    chosen.press("Escape")
    expect(reader.frame.locator(".oc-flows")).to_be_hidden()
    expect(reader.frame.locator(".oc-flows-button")).to_be_focused()


def test_labels_are_there_after_the_flows_were_open_while_the_map_was_zoomed(
    reader_of: Callable[..., Reader],
) -> None:
    reader = reader_of(**PHONE).open()
    reader.frame.locator(".oc-flows-button").tap()
    far = reader.camera()[0]
    reader.frame.locator(".oc-button").first.tap()
    reader.frame.wait_for_function("far => map.getZoom() > far && !map._animatingZoom", arg=far)
    reader.frame.locator(".oc-flows-button").tap()
    expect(reader.frame.locator(".oc-flows")).to_be_hidden()
    expect(reader.frame.locator(".oc-labels text:visible").first).to_be_visible()


@LOCALES
def test_on_a_phone_legend_and_flows_leave_the_map_its_size(reader_of: Callable[..., Reader], locale: str) -> None:
    reader = reader_of(**PHONE, locale=locale).open()
    before = map_box(reader)
    short = reader.frame.locator(".oc-legend-short")
    for text in ("border", "wider area", "Statements") if locale == "en-US" else ("frontera", "zona", "Afirmaciones"):
        expect(short).to_contain_text(text)
    for button, opened in ((".oc-legend-button", ".oc-legend-body"), (".oc-flows-button", ".oc-flows")):
        reader.frame.locator(button).tap()
        expect(reader.frame.locator(opened)).to_be_visible()
        reader.frame.wait_for_function(f"height => ({MAP_BOX})().height === height", arg=before["height"])
        assert map_box(reader) == before, opened
        reader.frame.locator(button).tap()
        expect(reader.frame.locator(opened)).to_be_hidden()
    reader.frame.locator(".oc-flows-button").tap()
    expect_labels(reader.frame, "with the list of flows")


def test_the_hint_does_not_speak_of_keys_where_there_are_none(reader_of: Callable[..., Reader]) -> None:
    hints = [reader_of(**options).open().frame.locator(".oc-hint.oc-on") for options in ({}, PHONE)]
    expect(hints[0]).to_contain_text("Tab")
    expect(hints[1]).to_have_text("Toque una región")


def test_the_panel_can_be_widened_and_hidden_and_opens_for_what_is_selected(
    reader_of: Callable[..., Reader],
) -> None:
    reader = reader_of(viewport={"width": 1366, "height": 768}).open()
    panel, page = reader.page.locator(".st-key-panel"), reader.page
    width = map_box(reader)["width"]
    page.get_by_role("button", name="Ampliar el panel").press("Enter")
    expect_map_width(reader, f"< {width}")
    page.get_by_role("button", name="Ocultar el panel").press("Enter")
    expect(panel).to_be_hidden()
    expect_map_width(reader, f"> {width + 150}")
    expect(page.get_by_role("button", name="Ocultar el panel")).to_have_attribute("aria-pressed", "true")
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    expect(panel).to_be_visible()
    expect_map_width(reader, f"< {width + 1}")


def test_the_filters_can_be_folded_for_the_map(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(viewport={"width": 1366, "height": 768}).open()
    width = map_box(reader)["width"]
    reader.page.locator("[data-testid=stSidebarCollapseButton] button").click()
    expect_map_width(reader, f"> {width}")
    reader.page.locator("[data-testid=stExpandSidebarButton]").click()
    expect_map_width(reader, f"< {width + 1}")
