"""What do readers notice when one of several replicas dies, or when all are updated? ``python benchmarks/hosting.py``.

Debian's nginx with our configuration stands in front of several replicas on this machine. Real pages are opened at
once, a replica is killed under them, and all are restarted one by one while new pages are opened. It needs nginx, a
Chromium and the extra ``bench``; it ends with 1 where a map was not drawn, a view was lost or a click not answered.
"""

import argparse
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from drive import browse
from playwright.sync_api import Browser, Page, WebSocket, sync_playwright
from replicas import Deployment, as_nobody, serve
from report import facts

PLACES = (("PE-PUN", "Puno"), ("PE-CUS", "Cusco"), ("PE-MDD", "Madre de Dios"), ("PE-UCA", "Ucayali"))
ELSEWHERE = ("PE-LOR", "Loreto")
PATIENCE_MS = 60_000
BACK_S = 30.0
AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app.getAttribute("data-test-connection-state") === "CONNECTED"
    && app.getAttribute("data-test-script-state") === "notRunning";
}"""


@dataclass
class Report:
    """What was measured, and what went wrong."""

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Add a line, and print it at once."""
        self.lines.append(line)
        print(f"… {line}", flush=True)


def main() -> int:
    """Run everything and print what was measured; return 1 where something failed."""
    options = parse()
    report = Report()
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        deployment = stack.enter_context(serve(options.replicas))
        report.add(f"{options.replicas} replicas, as root: {'no' if as_nobody() or os.geteuid() else 'yes'}")
        browser = stack.enter_context(browse(playwright))
        pages = draw_together(deployment, browser, options, report)
        kill_one(deployment, pages, report)
        restart_all(deployment, browser, pages, report)
        machine = facts(browser.version)
    print("\n" + "; ".join(f"{name} {value}" for name, value in machine.items()) + "\n")
    print("\n".join(f"- {line}" for line in report.lines))
    print("\n".join(f"- FAILED: {fault}" for fault in report.faults) or "- nothing failed")
    return 1 if report.faults else 0


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Kill and restart replicas behind nginx under open pages.")
    parser.add_argument("--replicas", type=int, default=3, metavar="N", help="servers of the app (3)")
    parser.add_argument("--pages", type=int, default=8, metavar="N", help="pages open at once (8)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often all of them are opened (3)")
    return parser.parse_args()


@dataclass(eq=False)
class Reader:
    """A page with a browser's name of its own, by which nginx chooses its replica."""

    page: Page
    agent: str
    place: tuple[str, str]
    answered: list[float] = field(default_factory=list)  # when the server first sent something on each connection

    def listen(self, connection: WebSocket) -> None:
        """Note when a connection is answered."""
        connection.once("framereceived", lambda _: self.answered.append(time.time()))

    def follow(self, base: str) -> float:
        """Start to open the link to the place; return when."""
        began = time.monotonic()
        self.page.goto(f"{base}/?place={self.place[0]}&lang=es", wait_until="commit")
        return began

    def wait(self) -> float:
        """Wait until the map is drawn; return when it was."""
        root = self.page.frame_locator(".st-key-map iframe").locator("html[data-ocmap=ready]")
        root.wait_for(state="attached")
        return time.monotonic()

    def click(self, place: tuple[str, str]) -> None:
        """Click a region in the map and wait for its panel and its link."""
        mark = self.page.frame_locator(".st-key-map iframe").locator(f'[data-id="{place[0]}"][tabindex="0"]')
        mark.first.dispatch_event("click")
        self.page.locator(".st-key-panel h2", has_text=place[1]).wait_for()
        self.page.wait_for_url(lambda url: place[0] in url)

    def view(self) -> tuple[str, str]:
        """Return what the panel is about, and the link."""
        return self.page.locator(".st-key-panel h2").inner_text(), self.page.url


def new_reader(browser: Browser, number: int) -> Reader:
    """Return a page of a fresh browser profile."""
    agent = f"page-{number}"
    context = browser.new_context(locale="es-PE", viewport={"width": 1360, "height": 900}, user_agent=agent)
    context.set_default_timeout(PATIENCE_MS)
    reader = Reader(context.new_page(), agent, PLACES[number % len(PLACES)])
    reader.page.on("websocket", reader.listen)
    return reader


def draw_together(
    deployment: Deployment, browser: Browser, options: argparse.Namespace, report: Report
) -> list[Reader]:
    """Open all pages at once, several times; return those of the last round."""
    taken: list[float] = []
    readers: list[Reader] = []
    for turn in range(options.rounds):
        for reader in readers:
            reader.page.context.close()
        readers = [new_reader(browser, turn * options.pages + number) for number in range(options.pages)]
        began = [reader.follow(deployment.url) for reader in readers]
        for reader, start in zip(readers, began, strict=True):
            try:
                taken.append(reader.wait() - start)
            except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
                report.faults.append(f"the map of {reader.agent}: {error!r}")
    shares = Counter(port for agent, port in deployment.where().items() if agent.startswith("page-"))
    report.add(
        f"maps drawn: {len(taken)} of {options.rounds * options.pages}, {options.pages} at once, "
        f"median {statistics.median(taken):.1f} s, longest {max(taken):.1f} s; "
        f"pages by replica: {' + '.join(map(str, shares.values()))}"
    )
    return readers


def kill_one(deployment: Deployment, readers: Sequence[Reader], report: Report) -> None:
    """Kill the replica with most pages; check that each comes back to its view and works, and start it again.

    Every other page was clicked before; the rest were only opened, and Streamlit treats those in another way.
    """
    for number, reader in enumerate(readers):
        if number % 2:
            reader.click(ELSEWHERE)
        reader.page.wait_for_function(AT_REST)
        reader.answered.clear()
    before = {reader.agent: reader.view() for reader in readers}
    where = deployment.where()
    port = Counter(where[reader.agent] for reader in readers).most_common(1)[0][0]
    hit = [reader for reader in readers if where[reader.agent] == port]
    victim = next(one for one in deployment.replicas if one.port == port)
    killed = time.time()
    victim.kill()
    while any(not reader.answered for reader in hit) and time.time() - killed < BACK_S:
        readers[0].page.wait_for_timeout(50)
    report.faults += [f"{reader.agent} did not come back" for reader in hit if not reader.answered]
    away = sorted(reader.answered[0] - killed for reader in hit if reader.answered)
    for reader in readers:
        check_view(reader, before[reader.agent], report)
    cut = sum(bool(reader.answered) for reader in readers if reader not in hit)
    if cut:
        report.faults.append(f"{cut} pages on other replicas lost their connection too")
    for number, reader in enumerate(readers):
        try:
            reader.click(reader.place if number % 2 else ELSEWHERE)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
            report.faults.append(f"a click in {reader.agent} is not answered: {error!r}")
    report.add(
        f"a replica killed under {len(hit)} of {len(readers)} pages: {len(away)} back on another after "
        f"{', '.join(f'{one:.1f}' for one in away)} s; pages on others that noticed: {cut}"
    )
    report.add(f"the killed replica, started again, was warm after {victim.start():.1f} s")


def check_view(reader: Reader, wanted: tuple[str, str], report: Report) -> None:
    """Note where a page does not show what it did, or has no map."""
    reader.page.wait_for_function(AT_REST)
    reader.wait()
    if reader.view() != wanted:
        report.faults.append(f"{reader.agent} shows {reader.view()} instead of {wanted}")


def restart_all(deployment: Deployment, browser: Browser, readers: Sequence[Reader], report: Report) -> None:
    """Restart one replica after the other while new pages are opened all the time."""
    before = {reader.agent: reader.view() for reader in readers}
    stopped: list[float] = []
    warm: list[float] = []

    def restart() -> None:
        for replica in deployment.replicas:
            stopped.append(replica.stop())
            warm.append(replica.start())

    began = time.monotonic()
    taken: list[float] = []
    thread = threading.Thread(target=restart)
    thread.start()
    number = 1000
    while thread.is_alive():
        reader = new_reader(browser, number)
        number += 1
        try:
            start = reader.follow(deployment.url)
            taken.append(reader.wait() - start)
            reader.page.locator(".st-key-panel h2", has_text=reader.place[1]).wait_for()
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
            report.faults.append(f"a new page during the restart: {error!r}")
        reader.page.context.close()
    if len(warm) != len(deployment.replicas):
        report.faults.append("not all replicas were restarted")
    for reader in readers:
        check_view(reader, before[reader.agent], report)
    report.add(
        f"rolling restart of {len(warm)} replicas in {time.monotonic() - began:.0f} s (to stop "
        f"{max(stopped):.1f} s, to be warm {max(warm):.1f} s at most): {len(taken)} new pages, longest "
        f"{max(taken):.1f} s; the {len(readers)} open pages have their view"
    )


if __name__ == "__main__":
    sys.exit(main())
