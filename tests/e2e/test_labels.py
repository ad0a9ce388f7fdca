"""The map's labels after clicks, and what drawing costs with ten times the data."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from ocmap.analysis.profile import CountryProfile
from ocmap.export.static_site import build_site

REGIONS = ("PE-CUS", "PE-LOR", "PE-PUN", "PE-ICA", "PE-TAC")
CLICK = """(id) => document.querySelector(`path[data-id="${id}"]`)
  .dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }))"""
SIZED = "() => new Promise((resolve) => new ResizeObserver(resolve).observe(document.body))"
LABELS = """() => [...document.querySelectorAll(".oc-labels text")].filter((el) => el.style.display !== "none")
  .map((el) => el.getAttribute("class") + el.innerHTML).sort()"""
FONT = ".oc-map, .oc-label { font-family: monospace !important }"
ADD_STYLE = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}"""
SIZES = ((1440, 900), (1000, 640), (390, 844))
# Names that lie over one another or under a panel. The box of a text is a little larger than its letters.
OVERLAPS = """() => {
  const SLACK = 3;
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .map((el) => ({ name: el.textContent, box: el.getBoundingClientRect() }))
    .filter(({ box }) => box.width && box.height);
  const names = shown(".oc-labels text");
  const panels = shown(".oc-panel, .oc-card, .oc-inset, .oc-attribution, .leaflet-control-scale");
  const over = ({ box: a }, { box: b }) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
  return names.flatMap((one, i) => [...names.slice(i + 1), ...panels].filter((other) => over(one, other))
    .map((other) => `${one.name} and ${other.name}`));
}"""
NAMES = """() => [...document.querySelectorAll(".oc-labels text")].filter((el) => el.style.display !== "none")
  .map((el) => [...el.children].map((line) => line.textContent).join(" "))
  .map((name) => name.replace(/[\\s·]+[0-9]+$/, "").toLowerCase())"""
LATER_MS = 1000  # by the page's clock, which the test moves: by then every delayed change is done


def write_edition(folder: Path, profile: CountryProfile) -> str:
    """Write the static edition; return the address of its page."""
    folder.mkdir(exist_ok=True)
    for name, content in build_site(profile).items():
        (folder / name).write_bytes(content)
    return (folder / "index.html").as_uri()


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="es-PE", viewport={"width": 1440, "height": 900})
    page.clock.install()
    yield page
    page.close()


def draw(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ocmap=ready]")
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.evaluate(SIZED)
    page.clock.run_for(LATER_MS)


def click(page: Page, region: str) -> None:
    page.evaluate(CLICK, region)
    expect(page.locator(f'path[data-id="{region}"]')).to_have_attribute("aria-pressed", "true")  # its labels come later
    page.clock.run_for(LATER_MS)


def count_calls(cdp: CDPSession) -> int:
    """Return how often functions of the page's script have been called since the last count."""
    scripts = cdp.send("Profiler.takePreciseCoverage")["result"]
    ours = (one for one in scripts if "/ocmap." in one["url"])
    return sum(function["ranges"][0]["count"] for one in ours for function in one["functions"])


def drawing_cost(browser: Browser, address: str) -> int:
    """Return how many functions of our script are called when the map is drawn and a region is clicked."""
    with new_page(browser) as page:
        cdp = page.context.new_cdp_session(page)
        cdp.send("Profiler.enable")
        cdp.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
        draw(page, address)
        click(page, REGIONS[0])
        return count_calls(cdp)


@pytest.mark.long
def test_the_cost_of_drawing_grows_with_the_data_and_not_with_its_square(
    browser: Browser, profile: CountryProfile, grown: CountryProfile, tmp_path: Path
) -> None:
    few, many = (
        drawing_cost(browser, write_edition(tmp_path / name, one)) for name, one in (("few", profile), ("many", grown))
    )
    # The browser arranges labels once or twice at the start, so ten times the data costs 7 to 12 times as much.
    assert many < 15 * few


def test_labels_after_clicks_equal_those_of_a_map_opened_with_the_same_selection(
    browser: Browser, profile: CountryProfile, tmp_path: Path
) -> None:
    address = write_edition(tmp_path, profile)
    with new_page(browser) as used:
        draw(used, address)
        for one in REGIONS:
            click(used, one)
            with new_page(browser) as fresh:
                draw(fresh, f"{address}#place={one}")
                assert used.evaluate(LABELS) == fresh.evaluate(LABELS) != []


@pytest.mark.long
def test_labels_are_measured_in_the_font_of_a_late_style_sheet(
    browser: Browser, profile: CountryProfile, tmp_path: Path
) -> None:
    late, early = (write_edition(tmp_path / name, profile) for name in ("late", "early"))
    with next((tmp_path / "early").glob("ocmap.*.css")).open("a") as style:
        style.write(FONT)
    found = []
    for address in (late, early):
        with new_page(browser) as page:
            draw(page, address)
            if address == late:
                page.evaluate(ADD_STYLE, FONT)
            page.set_viewport_size({"width": 1400, "height": 900})  # panels have another size in this font
            page.evaluate(SIZED)
            click(page, REGIONS[0])
            found.append(page.evaluate(LABELS))
    assert found[0] == found[1] != []


def test_no_name_lies_over_another_or_under_a_panel(browser: Browser, site: Path) -> None:
    wrong = []
    for width, height in SIZES:
        with new_page(browser) as page:
            page.set_viewport_size({"width": width, "height": height})
            draw(page, (site / "index.html").as_uri())
            for place in ("", *REGIONS):
                if place:
                    click(page, place)
                assert page.evaluate(NAMES)
                wrong += [f"{width} px, {place or 'nothing'} selected: {one}" for one in page.evaluate(OVERLAPS)]
    assert wrong == []


def test_names_on_the_map_are_in_the_language_of_the_page(
    browser: Browser, site: Path, profile: CountryProfile
) -> None:
    dataset = profile.dataset
    names = {
        "es": {one.name_es.lower() for one in dataset.places} | {one.goods_es.lower() for one in dataset.routes},
        "en": {one.name_en.lower() for one in dataset.places} | {one.goods_en.lower() for one in dataset.routes},
    }
    for own, other in (("es", "en"), ("en", "es")):
        with new_page(browser) as page:
            draw(page, f"{(site / 'index.html').as_uri()}#lang={own}&layers=regions,corridors,routes,sites,tripoints")
            found = set(page.evaluate(NAMES))
        assert found & (names[own] - names[other]), "some names differ between the languages"
        assert found & (names[other] - names[own]) == set()
