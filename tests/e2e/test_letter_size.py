"""A browser that is set to letters of twice the size: they grow, on the page and on the map, and none is cut."""

import os
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Frame, Page, expect
from playwright.sync_api import TimeoutError as TooLate
from tests.e2e.conftest import CHROMIUM, PATIENCE_MS, ROOT, LightReader, Reader

pytestmark = pytest.mark.e2e
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"
SETTLES_MS = 5000
FAULTS = (ROOT / "tests" / "support" / "faults_of_text.js").read_text()
TOPS = """all => all.filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect().top)"""
CUT = """one => {
    const box = one.closest('.st-key-mast').getBoundingClientRect();
    const text = document.createRange();
    text.selectNodeContents(one);
    const own = text.getBoundingClientRect();
    return own.bottom > box.bottom + 1 || own.top < box.top - 1 || own.right > innerWidth;
}"""


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[Browser]:
    args = [*CHROMIUM, "--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=os.environ.get("BROWSER_PATH"), args=args)
    yield large
    large.close()


def open_at(large: Browser, url: str, width: int, height: int, lang: str) -> Page:
    page = large.new_page(viewport={"width": width, "height": height}, locale=lang)
    page.set_default_timeout(PATIENCE_MS)
    Reader(page, url).open(f"?lang={lang}&place=PE-MDD")
    return page


def faults_in(where: Page | Frame) -> list[str]:
    """Return what is wrong with the texts once the page has settled: it may still be changing its layout."""
    with suppress(TooLate):
        where.wait_for_function(f"() => ({FAULTS})().length === 0", timeout=SETTLES_MS)
    faults: list[str] = where.evaluate(FAULTS)
    return faults


def test_letters_grow_on_the_page_and_on_the_map(reader: Reader, large: Browser, app_url: str) -> None:
    reader.open("?lang=es&place=PE-MDD")
    page = open_at(large, app_url, 1360, 900, "es")
    grown = Reader(page, app_url)
    for text in (".st-key-panel h2", ".mast .tag", ".st-key-filters label"):
        usual = reader.page.locator(text).first.evaluate(SIZE)
        assert page.locator(text).first.evaluate(SIZE) == pytest.approx(2 * usual, rel=0.2), text
    label = reader.frame.locator(".oc-label", has_text="Madre de Dios").first
    expect(grown.frame.locator(".oc-label", has_text="Madre de Dios").first).to_be_attached()
    assert grown.frame.locator(".oc-label", has_text="Madre de Dios").first.evaluate(SIZE) == pytest.approx(
        2 * label.evaluate(SIZE)
    )
    assert faults_in(page) + faults_in(grown.frame) == []
    page.close()


VIEWS = {
    "": ".st-key-map iframe",
    "place=PE-MDD": ".st-key-panel .lad",
    "view=national": ".st-key-national .toc",
    "view=table&place=PE&cell=cannabis": ".tbp",
    "view=routes": ".rt-pick",
    "view=routes&route=arms.1-r1": ".rt-side article",
    "view=compare&compare=PE-PUN,PE-MDD": ".st-key-compare_body",
    "view=actors": ".axrows",
    "view=actors&tab=markets": ".axm",
    "view=actors&tab=ties": ".axnet",
    "view=actors&tab=ties&actors=tren-de-aragua": ".axnet .bx.on",
    "view=resilience": ".st-key-resilience .rs",
    "view=method": ".st-key-method",
}
"""What to look at, with what shows that it is there."""
SCREENS = [(1366, 768), (1280, 720), (390, 844), (820, 1180)]


@pytest.mark.long
@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_no_text_is_cut_or_covered_or_small(large: Browser, app_url: str, lang: str, width: int, height: int) -> None:
    page = open_at(large, app_url, width, height, lang)
    reader = Reader(page, app_url)
    faults = ["the masthead is cut"] if page.locator(".mast .tag").evaluate(CUT) else []
    languages = page.locator(".st-key-lang button")
    expect(languages).to_have_count(2)
    tops = set(languages.evaluate_all(TOPS))
    faults += ["the languages stand one below the other"] if len(tops) > 1 else []
    for query, shown in VIEWS.items():
        reader.go(f"?lang={lang}&{query}")
        expect(page.locator(shown).first).to_be_visible()
        faults += [f"{query}: {fault}" for fault in faults_in(page)]
        if "view" not in query:
            faults += [f"{query}: {fault}" for fault in faults_in(reader.frame)]
    light = LightReader(page, app_url)
    for query in ("", "place=PE-MDD", "embed=true&place=PE-MDD"):
        light.open(f"?lang={lang}&{query}")
        faults += [f"light, {query}: {fault}" for fault in faults_in(page)]
    page.close()
    assert not faults, "\n".join(faults)
