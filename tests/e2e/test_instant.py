"""A click is answered by the browser from panels it has fetched, before the server is; the server has the last word."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from tests.e2e.conftest import Reader

FETCHED = "() => performance.getEntriesByType('resource').some((one) => /panels-..\\.[0-9a-f]+\\.gz$/.test(one.name))"
HEADINGS = """() => {
  window.headings = [];
  const panel = document.querySelector(".st-key-panel");
  const look = () => window.headings.push(panel.querySelector("h2")?.textContent);
  new MutationObserver(look).observe(panel, { childList: true, subtree: true });
}"""

TEXTS = """() => {
  window.texts = [];
  const panel = document.querySelector(".st-key-panel");
  new MutationObserver(() => window.texts.push(panel.innerText)).observe(panel, { childList: true, subtree: true });
}"""


class Line:
    """The line from the server to the page, which can be held up."""

    def __init__(self, page: Page) -> None:
        self.held: list[str | bytes] | None = None
        self.to_page: WebSocketRoute | None = None
        page.route_web_socket(lambda _: True, self.connect)

    def connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self.to_page = page
        server.on_message(self.pass_on)

    def pass_on(self, message: str | bytes) -> None:
        assert self.to_page is not None
        if self.held is None:
            self.to_page.send(message)
        else:
            self.held.append(message)

    def hold(self) -> None:
        self.held = []

    def release(self) -> None:
        held, self.held = self.held or [], None
        for message in held:
            self.pass_on(message)


@pytest.fixture
def far(reader: Reader) -> Callable[[str], tuple[Reader, Line]]:
    """Open a page that has fetched the panels, on a line that can be held up."""

    def open_page(query: str = "") -> tuple[Reader, Line]:
        line = Line(reader.page)
        reader.open(query)
        reader.page.wait_for_function(FETCHED)
        return reader, line

    return open_page


def test_a_click_is_answered_while_the_server_is_silent(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far()
    line.hold()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    expect(reader.panel).to_contain_text("Hay turistas extranjeros implicados")
    assert "place" not in reader.query()
    reader.heading.evaluate("(el) => { el.dataset.same = 'yes'; }")
    line.release()
    reader.expect_query(place="PE-CUS")
    expect(reader.heading).to_have_attribute("data-same", "yes")


def test_two_quick_clicks_never_show_the_first_again(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far()
    line.hold()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.click("PE-HUC")
    expect(reader.heading).to_have_text("Huánuco")
    reader.page.evaluate(HEADINGS)
    line.release()
    reader.expect_query(place="PE-HUC")
    expect(reader.heading).to_have_text("Huánuco")
    assert set(reader.page.evaluate("window.headings")) <= {"Huánuco"}


def test_a_link_between_panels_is_answered_too(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far("?place=PE-TUM")
    line.hold()
    reader.panel.get_by_role("link", name="Piura", exact=True).click()
    expect(reader.heading).to_have_text("Piura")
    line.release()
    reader.expect_query(place="PE-PIU")


def test_the_links_of_a_fetched_panel_keep_the_language_and_the_layers(
    far: Callable[..., tuple[Reader, Line]],
) -> None:
    reader, line = far("?lang=en&layers=regions,routes")
    line.hold()
    reader.click("PE-TUM")
    expect(reader.panel).to_contain_text("Neighbouring regions")
    href = reader.panel.get_by_role("link", name="Piura", exact=True).get_attribute("href")
    line.release()
    reader.expect_query(place="PE-TUM")
    expect(reader.panel.get_by_role("link", name="Piura", exact=True)).to_have_attribute("href", href or "")
    assert "lang=en" in (href or "")


def test_under_a_filter_the_server_answers(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far()
    reader.page.locator(".st-key-markets_trade button", has_text="Armas").click()
    reader.expect_query(markets="arms")
    reader.page.evaluate(TEXTS)
    line.hold()
    reader.click("PE-LMA")
    line.release()
    expect(reader.heading).to_have_text("Lima Metropolitana")
    shown = [text for text in reader.page.evaluate("window.texts") if "Lima Metropolitana" in text.split("\n")]
    assert shown
    assert all("Los filtros ocultan" in text for text in shown)


def test_without_the_file_the_server_answers(reader: Reader) -> None:
    reader.page.route("**/panels-*.gz", lambda route: route.fulfill(status=404))
    reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.faults.clear()  # the browser's own word on the missing file
