"""A browser that is set to letters of twice the size: they grow, on the page and on the map, and none is cut."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import CHROMIUM, PATIENCE_MS, Reader

pytestmark = pytest.mark.e2e
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"
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
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 720)])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_masthead_holds_its_letters(large: Browser, app_url: str, width: int, height: int, lang: str) -> None:
    page = open_at(large, app_url, width, height, lang)
    assert not page.locator(".mast .tag").evaluate(CUT)
    page.close()
