"""Accessibility: axe's rules, keyboard, announcements, languages, reduced motion, forced colours."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ViewportSize, expect
from tests.e2e.conftest import Reader
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.view_state import View
from ocmap.dataset.schema import Lang

pytestmark = pytest.mark.e2e

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
STATES = ("place=PE-PUN", "route=heroin.1-r2", *(f"view={view}" for view in View))
DESKTOP: ViewportSize = {"width": 1360, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

RUN = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
# What has the focus, looked up inside the map's frame too: where it is, its name, and whether one sees that it has it.
STOP = """() => {
    let root = document, one = document.activeElement;
    const framed = one.tagName === 'IFRAME';
    if (framed) { root = one.contentDocument; one = root.activeElement; }
    const part = one.closest('[class*="st-key-"]')?.className.match(/st-key-([a-z]+)/)[1];
    const rings = [one, one.closest('label')].filter(Boolean).map((el) => [el, getComputedStyle(el)]);
    const outlined = rings.some(([el, style]) => {
        const box = el.getBoundingClientRect();
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            && box.width >= 16 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    });
    const drawn = root.querySelector('.oc-focus-ring')?.getAttribute('d') && one.matches('[role="button"]');
    return {
        part: framed ? 'map' : part || one.tagName.toLowerCase(),
        id: one.dataset.id || '', kind: one.dataset.kind || one.tagName.toLowerCase(),
        name: one.getAttribute('aria-label') || one.labels?.[0]?.textContent || one.textContent,
        seen: Boolean(outlined || drawn || one.matches('.oc-map:focus-visible')),
    };
}"""


# Close up, so that a selection elsewhere must move the map: in how many steps?
COUNT_MOVES = """() => {
    map.setZoom(8, {animate: false});
    Object.assign(window, {moves: 0, arrived: false});
    map.off('move moveend', window.counter).on('move moveend', window.counter = ({type}) => {
        if (type === 'move') moves += 1;
        else arrived = true;
    });
}"""

STILL = """() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one))
    .every((style) => !style.transitionDuration.match(/[1-9]/))"""

CHOSEN_LANGUAGE_IS_FILLED = """() => new Set([...document.querySelectorAll(".st-key-lang button")]
    .map((one) => getComputedStyle(one).backgroundColor)).size === 2"""

# In how many ways elements look different.
LOOKS = """all => new Set(all.map((one) => {
    const { backgroundColor, backgroundImage, borderStyle } = getComputedStyle(one);
    return [backgroundColor, backgroundImage, borderStyle, getComputedStyle(one, '::after').content].join();
})).size"""


def go(reader: Reader, query: str, lang: Lang) -> None:
    """Lead the open page to another state by its address, as the back button does."""
    reader.go(f"?{query}&lang={lang}")
    if "view=" in query and "view=map" not in query:
        name = i18n.words_of(DATASET, lang)[f"view.{query.removeprefix('view=')}"]
        expect(reader.page).to_have_title(f"{name} · ocmap")


def violations(reader: Reader) -> Iterator[str]:
    """Yield what breaks axe's rules on the page and inside its frame."""
    for frame in reader.page.frames:
        if not frame.evaluate("() => 'axe' in window"):
            frame.evaluate(AXE_SCRIPT)
    for broken in reader.page.evaluate(RUN, TAGS)["violations"]:
        for node in broken["nodes"]:
            yield f"{broken['id']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}"


@pytest.mark.parametrize(
    ("lang", "scheme", "size"),
    [
        ("es", "light", DESKTOP),
        *(
            pytest.param(*one, marks=pytest.mark.long)
            for one in (
                ("en", "dark", PHONE),
                ("es", "light", PHONE),
                ("en", "dark", DESKTOP),
                ("es", "dark", DESKTOP),
                ("en", "light", DESKTOP),
            )
        ),
    ],
)
def test_axe_finds_no_violation_in_any_view(
    reader_of: Callable[..., Reader], lang: Lang, scheme: str, size: ViewportSize
) -> None:
    reader = reader_of(color_scheme=scheme).open(f"?lang={lang}")
    reader.page.set_viewport_size(size)
    found = []
    for state in STATES:
        go(reader, state, lang)
        found += [f"{state}: {one}" for one in violations(reader)]
    assert not found, "\n".join(found)


def walk(reader: Reader) -> list[dict[str, Any]]:
    """Return every stop of the Tab key, from the top of the page to its end."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 300:
        reader.page.keyboard.press("Tab")
        stop = reader.page.evaluate(STOP)
        if stop["kind"] == "body":
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_the_tab_key_follows_the_page_order_with_a_visible_focus(reader_of: Callable[..., Reader], scheme: str) -> None:
    stops = walk(reader_of(color_scheme=scheme).open("?place=PE-PUN"))
    assert not [stop for stop in stops if not stop["seen"]]
    assert not [stop for stop in stops if not (stop["name"] or "").strip()]
    parts = list(dict.fromkeys(stop["part"] for stop in stops))
    expected = ["a", "lang", "search", "filters", "main", "access", "view", "places", "map", "panel"]
    assert [part for part in parts if part in expected] == expected
    assert [part for part, _ in groupby(stops, key=lambda stop: stop["part"])][-1] == "panel"
    kinds = [kind for kind, _ in groupby(stop["kind"] for stop in stops if stop["part"] == "map")]
    assert kinds[1:5] == ["region", "corridor", "route", "site"]
    assert kinds[-1] == "button"
    assert len({stop["id"] for stop in stops if stop["kind"] == "region"}) == 26


def test_hidden_filters_cannot_be_reached_by_keyboard(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport=PHONE).open()
    expect(phone.page.locator('[data-testid="stSidebar"]')).to_have_attribute("data-collapsed", "true")
    stops = walk(phone)
    assert stops
    assert not [stop for stop in stops if not stop["seen"]]
    assert {"filters", "lang", "search"}.isdisjoint(stop["part"] for stop in stops)


def test_links_skip_to_the_content_the_map_and_the_panel(reader: Reader) -> None:
    reader.open()
    page = reader.page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ir al contenido principal")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    to_map = page.locator(".st-key-access .skips a").first
    expect(to_map).to_be_focused()
    expect(to_map).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert reader.frame.evaluate("() => document.activeElement.matches('.oc-map:focus-visible')")
    page.keyboard.press("Tab")
    assert reader.frame.evaluate("() => document.activeElement.dataset.id") == "PE-AMA"
    page.locator(".st-key-access .skips a", has_text="Ir al panel").focus()
    page.keyboard.press("Enter")
    expect(reader.heading).to_be_focused()
    assert "#" not in page.url.removeprefix(reader.base).removesuffix("#stMain")


def test_filters_and_selection_are_announced_in_permanent_live_regions(reader: Reader) -> None:
    reader.open()
    head = reader.page.locator(".st-key-caption .tally[role=status]")
    panel = reader.page.locator(".st-key-panel .oc-say[role=status]")
    expect(head).to_be_visible()
    expect(head).to_contain_text("Los 15 mercados: 14 regiones nombradas (o un lugar en ellas), 4 solo por su frontera")
    expect(panel).to_have_text("")
    reader.page.evaluate("() => { window.kept = [...document.querySelectorAll('.oc-say, .tally')]; }")
    reader.page.locator(".st-key-filters label", has_text="Armas").click()
    expect(head).to_contain_text("Armas: 3 regiones nombradas (o un lugar en ellas), 3 solo por su frontera")
    reader.mark("PE-TUM").focus()
    reader.page.keyboard.press("Enter")
    expect(panel).to_have_text("Tumbes: 3 afirmaciones en el panel")
    expect(reader.mark("PE-TUM")).to_have_attribute("aria-pressed", "true")
    same = "() => [...document.querySelectorAll('.oc-say, .tally')].every((one, i) => one === window.kept[i])"
    assert reader.page.evaluate(same)


def test_the_page_the_frame_and_the_title_are_in_the_readers_language(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    page, frame = reader.page, reader.page.frame_locator(".st-key-map iframe")
    expect(page).to_have_title("Puno · ocmap")
    for lang, button, sidebar in (("es", "English", "Buscar y filtrar"), ("en", "Español", "Search and filter")):
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(frame.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator('[data-testid="stSidebar"]')).to_have_attribute("aria-label", sidebar)
        other = page.locator(".st-key-lang button", has_text=button)
        expect(other).to_have_attribute("lang", "es" if lang == "en" else "en")
        if lang == "es":
            other.click()
    reader.click("PE-CUS")
    expect(page).to_have_title("Cusco · ocmap")
    reader.expect_query(place="PE-CUS")  # Streamlit's own buttons are lost where the server is too slow for two clicks
    page.locator(".st-key-view button", has_text="Method").click()
    expect(page).to_have_title("Method · ocmap")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_with_less_motion_the_map_moves_at_once(reader_of: Callable[..., Reader], motion: str) -> None:
    reader, at_once = reader_of(reduced_motion=motion).open(), motion == "reduce"
    for key in ("ArrowUp", "Shift+ArrowLeft"):
        reader.frame.evaluate(COUNT_MOVES)
        reader.frame.locator(".oc-map").focus()
        before = reader.camera()
        reader.page.keyboard.press(key)
        reader.frame.wait_for_function("() => arrived")
        assert reader.camera() != before, key
        assert (reader.frame.evaluate("() => moves") == 1) == at_once, key
    reader.frame.evaluate(COUNT_MOVES)
    reader.panel.get_by_role("link", name=re.compile("^Puno")).click()
    expect(reader.mark("PE-PUN")).to_have_attribute("aria-pressed", "true")
    reader.frame.wait_for_function("() => arrived")
    moves = reader.frame.evaluate("() => moves")
    assert moves <= 1 if at_once else moves > 1  # a slow machine draws few steps of a flight
    zoom = "() => { const before = map.getZoom(); map.zoomIn(); return map.getZoom() > before; }"
    assert reader.frame.evaluate(zoom) == at_once  # as the wheel and the keys zoom
    assert reader.page.evaluate(STILL) == reader.frame.evaluate(STILL) == at_once


def test_swatches_and_map_keep_their_colours_under_forced_colours(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(forced_colors="active").open()
    assert reader.page.locator(".how .sw").evaluate_all(LOOKS) == 5
    reader.page.wait_for_function(CHOSEN_LANGUAGE_IS_FILLED)  # Streamlit fades to the colour
    blank = reader.mark("PE-JUN").evaluate("one => getComputedStyle(one).fill")
    expect(reader.mark("PE-PUN")).not_to_have_css("fill", blank)
    ramp = reader.frame.locator(".oc-legend-body .oc-ramp-colour")
    assert ramp.evaluate_all(LOOKS) == 5


def test_the_button_that_folds_the_filters_is_named_in_the_page_s_language(reader: Reader) -> None:
    for lang, name in (("es", "Ocultar los filtros"), ("en", "Hide the filters")):
        reader.open(f"?lang={lang}")
        expect(reader.page.get_by_role("button", name=name)).to_be_visible()
