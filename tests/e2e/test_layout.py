"""The page around the map at every window width: nothing overlaps, and no text is cut."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect
from tests.e2e.conftest import Reader

WIDTHS = range(320, 1921, 20)
COMMON = (1024, 1180, 1280, 1366, 1920, 2560)
STEPS = pytest.mark.parametrize(
    "widths", [(*WIDTHS[::8], *COMMON), pytest.param(WIDTHS, marks=pytest.mark.long)], ids=["some", "all"]
)
HEIGHT = 720
LOCALES = pytest.mark.parametrize("locale", ["es-PE", pytest.param("en-US", marks=pytest.mark.long)])
# The boxes of the page by name, and in which other box the text of some must fit.
BOXES = {
    "logo": ".mast b",
    "edition": ".mast .ed",
    "caption": ".mt",
    "places": ".places",
    "map": "#map",
}
DASHBOARD = {
    **BOXES,
    "tabs": ".st-key-viewbar",
    "map": ".st-key-map iframe",
    "panel": ".st-key-panel",
    "filters": "[data-testid=stExpandSidebarButton]",
}
SITE = {**BOXES, "languages": ".langs", "panel": ".side"}
INSIDE = {
    "logo": ".st-key-mast, .top",
    "edition": ".st-key-mast, .top",
    "languages": ".top",
    "caption": ".st-key-maphead, .head",
    "places": ".st-key-maphead, .head",
}
ALWAYS = ["logo", "caption", "places", "map", "panel"]
# Wait until the page has this width and nothing moves any more, then return what is wrong.
LOOK = """async ([width, boxes, inside, always]) => {
    const rects = () => Object.fromEntries(Object.entries(boxes).flatMap(([name, selector]) => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return box?.width && box.height ? [[name, box]] : [];
    }));
    const frame = () => new Promise(requestAnimationFrame);
    let before = "", now = "", same = 0;
    while (innerWidth !== width || same < 3) {
        await frame();
        now = JSON.stringify(rects());
        same = now === before ? same + 1 : 0;
        before = now;
    }
    const found = rects(), names = Object.keys(found), wrong = [];
    for (const name of always) if (!found[name]) wrong.push(`no ${name}`);
    const SLACK = 2; // the panel's round corners lie on the map by that much
    names.forEach((one, i) => names.slice(i + 1).forEach((other) => {
        const [a, b] = [found[one], found[other]];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > SLACK && high > SLACK) wrong.push(`${one} over ${other} (${wide} x ${high})`);
    }));
    for (const [name, selector] of Object.entries(inside)) {
        const box = found[name], around = document.querySelector(selector)?.getBoundingClientRect();
        if (!box) continue;
        if (box.left < around.left || box.right > around.right || box.top < around.top || box.bottom > around.bottom)
            wrong.push(`${name} out of its row`);
        const el = document.querySelector(boxes[name]);
        if (el.scrollWidth > el.clientWidth + 1 && el.clientWidth) wrong.push(`${name} wider than its box`);
    }
    for (const tab of document.querySelectorAll(".st-key-view button")) { // the row of tabs may scroll sideways
        const { top, bottom } = tab.getBoundingClientRect();
        if (top < found.tabs.top || bottom > found.tabs.bottom) wrong.push(`${tab.textContent} out of its row`);
        if (tab.scrollWidth > tab.clientWidth || tab.scrollHeight > tab.clientHeight)
            wrong.push(`${tab.textContent} cut`);
    }
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) wrong.push("the page is wider than the window");
    return wrong;
}"""


def look(reader: Reader, frame: Frame, boxes: Mapping[str, str], widths: Sequence[int]) -> str:
    """Return what is wrong, a line for each width at which something is."""
    lines = []
    for width in widths:
        reader.page.set_viewport_size({"width": width, "height": HEIGHT})
        if wrong := frame.evaluate(LOOK, [width, boxes, INSIDE, ALWAYS]):
            lines.append(f"{width} px: {', '.join(wrong)}")
    return "\n".join(lines)


@LOCALES
@STEPS
def test_the_dashboard_fits_every_width(reader_of: Callable[..., Reader], locale: str, widths: Sequence[int]) -> None:
    reader = reader_of(locale=locale).open()
    wrong = look(reader, reader.page.main_frame, DASHBOARD, widths)
    assert not wrong, wrong


@LOCALES
@STEPS
def test_the_static_edition_fits_every_width(
    reader_of: Callable[..., Reader], site: Path, locale: str, widths: Sequence[int]
) -> None:
    reader = reader_of(locale=locale)
    reader.page.goto((site / "index.html").as_uri())
    expect(reader.page.locator("html")).to_have_attribute("data-ocmap", "ready")
    wrong = look(reader, reader.page.main_frame, SITE, widths)
    assert not wrong, wrong
