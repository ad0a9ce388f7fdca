"""A choice is shown by the browser at once; the server stores it, and has the last word."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from tests.e2e.conftest import Reader

# Long timers that are started from now on run when the test calls `pass`; a fake clock would be that of every page.
HOLD_TIMERS = """() => {
  const LONG_MS = 5000;
  const [start, stop, held] = [window.setTimeout, window.clearTimeout, new Map()];
  let last = 1e9;
  window.setTimeout = (act, ms, ...more) => {
    if (!(ms >= LONG_MS)) return start(act, ms, ...more);
    held.set(++last, act);
    return last;
  };
  window.clearTimeout = (id) => held.delete(id) || stop(id);
  window.pass = () => {
    const due = [...held.values()];
    held.clear();
    for (const act of due) act();
  };
}"""
RUN_HELD = "() => window.pass()"
FETCHED = "() => performance.getEntriesByType('resource').some((one) => /panels-..\\.[0-9a-f]+\\.json$/.test(one.name))"
HEADINGS = """() => {
  window.headings = [];
  const panel = document.querySelector(".st-key-panel");
  const look = () => window.headings.push(panel.querySelector("h2")?.textContent);
  new MutationObserver(look).observe(panel, { childList: true, subtree: true });
}"""

TITLES = """() => {
  window.titles = [];
  const live = document.querySelector(".st-key-caption .tally");
  const watch = new MutationObserver(() => window.titles.push(live.textContent));
  watch.observe(live, { childList: true, subtree: true, characterData: true });
}"""


def lose(reader: Reader, file: str) -> None:
    """Let a file be missing; what the browser itself writes about that into its console is no fault of ours."""
    reader.page.route(file, lambda route: route.fulfill(status=404))
    reader.page.remove_listener("console", reader.listen)
    reader.lasts = False


def tick(reader: Reader, name: str) -> None:
    reader.page.locator(".st-key-filters label", has_text=name).click()


class Line:
    """The line from the server to the page, which can be held up."""

    def __init__(self, page: Page) -> None:
        self.held: list[str | bytes] | None = None
        self.to_page: WebSocketRoute | None = None
        self.passed: list[bytes] = []
        self.deaf = False
        page.route_web_socket(lambda _: True, self.connect)

    def connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self.to_page = page
        server.on_message(self.pass_on)
        page.on_message(lambda message: None if self.deaf else server.send(message))

    def pass_on(self, message: str | bytes) -> None:
        assert self.to_page is not None
        self.passed.append(message if isinstance(message, bytes) else message.encode())
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
        reader.lasts = False
        reader.open(query)
        reader.page.wait_for_function(FETCHED)
        expect(reader.heading).to_be_visible()  # drawn by the script that answers
        return reader, line

    return open_page


def test_a_click_is_answered_before_the_server_responds(far: Callable[..., tuple[Reader, Line]]) -> None:
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


def test_a_link_between_panels_is_answered_before_the_server_responds(far: Callable[..., tuple[Reader, Line]]) -> None:
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


def test_a_filter_is_answered_before_the_server_responds(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far("?place=PE-LMA")
    lima = reader.mark("PE-LMA")
    line.hold()
    tick(reader, "Bienes con ISC")
    expect(lima).to_have_attribute("aria-label", "Lima Metropolitana: Nada con estos filtros")
    expect(reader.panel).to_contain_text("Los filtros ocultan las 10 afirmaciones de este lugar.")
    expect(reader.page.locator(".st-key-caption")).to_contain_text("Bienes con ISC: 1 región nombrada")
    expect(reader.page.locator(".st-key-filters")).to_contain_text("1 de 15")
    assert "markets" not in reader.query()
    reader.heading.evaluate("(el) => { el.dataset.same = 'yes'; }")
    line.release()
    reader.expect_query(markets="excisable", place="PE-LMA")
    expect(reader.heading).to_have_attribute("data-same", "yes")
    assert reader.state("ocmapStarts") == "1"


def test_quick_filters_are_combined_and_none_reappears(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far()
    line.hold()
    for name in ("Armas", "Delitos contra la flora", "Armas"):
        tick(reader, name)
    reader.click("PE-LOR")
    expect(reader.heading).to_have_text("Loreto")
    head = reader.page.locator(".st-key-caption")
    expect(head).to_contain_text("Delitos contra la flora: ")
    said = head.inner_text()
    reader.page.evaluate(TITLES)
    line.release()
    reader.expect_query(markets="flora", place="PE-LOR")
    expect(reader.page.locator(".st-key-filters input[name=markets]:checked")).to_have_count(1)
    assert head.inner_text() == said
    assert set(reader.page.evaluate("window.titles")) <= {said.split("\n")[-1]}


def test_a_click_under_a_filter_is_answered_before_the_server_responds(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far("?markets=arms")
    line.hold()
    reader.click("PE-LMA")
    expect(reader.heading).to_have_text("Lima Metropolitana")
    expect(reader.panel).to_contain_text("Los filtros ocultan 9 afirmaciones de este lugar.")
    line.release()
    reader.expect_query(place="PE-LMA", markets="arms")
    expect(reader.panel).to_contain_text("Los filtros ocultan 9 afirmaciones de este lugar.")


def test_a_choice_that_the_server_did_not_hear_of_is_sent_again(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far("?place=PE-CUS")
    reader.page.evaluate(HOLD_TIMERS)
    line.deaf = True
    tick(reader, "Armas")
    expect(reader.page.locator(".st-key-caption")).to_contain_text("Armas: ")
    line.deaf = False
    reader.page.evaluate(RUN_HELD)
    reader.expect_query(markets="arms")
    expect(reader.page.locator(".st-key-caption")).to_contain_text("Armas: ")


def test_a_choice_that_the_server_does_not_confirm_is_undone(far: Callable[..., tuple[Reader, Line]]) -> None:
    """It has the last word, after a while: here it never gets the choice."""
    reader, line = far("?place=PE-CUS")
    reader.page.evaluate(HOLD_TIMERS)
    line.deaf = True
    tick(reader, "Armas")
    expect(reader.page.locator(".st-key-caption")).to_contain_text("Armas: ")
    reader.page.evaluate(RUN_HELD)  # the choice is sent again
    expect(reader.page.locator(".st-key-caption")).to_contain_text("Armas: ")
    reader.page.evaluate(RUN_HELD)
    expect(reader.page.locator(".st-key-caption")).to_contain_text("Los 15 mercados: ")
    expect(reader.page.locator(".st-key-filters input[name=markets]:checked")).to_have_count(0)
    expect(reader.mark("PE-LMA")).to_have_attribute("aria-label", re.compile("^Lima Metropolitana: 7 "))


def test_without_panels_the_map_is_answered_and_the_panel_says_so(reader: Reader) -> None:
    lose(reader, "**/panels-*.json")
    reader.open()
    tick(reader, "Bienes con ISC")
    expect(reader.mark("PE-LMA")).to_have_attribute("aria-label", "Lima Metropolitana: Nada con estos filtros")
    expect(reader.panel).to_contain_text("No se pudieron cargar los paneles. Recargue la página.")
    reader.expect_query(markets="excisable")


@pytest.mark.parametrize("file", ["**/evidence.*.json", pytest.param("**/dashboard.*.js", marks=pytest.mark.long)])
def test_without_what_the_page_draws_from_the_panel_says_so(reader: Reader, file: str) -> None:
    lose(reader, file)
    reader.page.goto(reader.base)
    expect(reader.panel).to_contain_text("No se pudieron cargar los paneles. Recargue la página.")


def test_going_back_and_forward_is_answered_before_the_server_responds(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far("?place=PE-TUM")
    reader.panel.get_by_role("link", name="Piura", exact=True).click()
    reader.expect_query(place="PE-PIU")
    line.hold()
    reader.page.go_back()
    expect(reader.heading).to_have_text("Tumbes")
    reader.page.go_forward()
    expect(reader.heading).to_have_text("Piura")
    line.release()
    reader.expect_query(place="PE-PIU")
    expect(reader.heading).to_have_text("Piura")


def test_a_choice_sends_no_html(far: Callable[..., tuple[Reader, Line]]) -> None:
    reader, line = far()
    line.hold()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    line.release()
    reader.expect_query(place="PE-CUS")
    assert not [one for one in line.passed if b"<article" in one]
