"""Rehearse the hosting of ``docs/hosting.md`` on this machine: ``python benchmarks/hosting.py``.

Debian's nginx with our configuration stands in front of several replicas. Real pages are opened under load, a
replica is killed under them, and all are restarted one by one while new readers keep coming. It needs nginx, a
Chromium and the extra ``bench``; it ends with 1 where a map was not drawn, a view was lost or a reader failed.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

from drive import browse
from playwright.sync_api import Browser, Page, WebSocket, sync_playwright
from replicas import Deployment, Replica, as_nobody, build_app, serve
from report import facts, p95
from visitor import Visitor, open_page

PLACES = (("PE-PUN", "Puno"), ("PE-CUS", "Cusco"), ("PE-MDD", "Madre de Dios"), ("PE-UCA", "Ucayali"))
ELSEWHERE = ("PE-LOR", "Loreto")
PATIENCE_MS = 60_000
SESSIONS = (1, 20, 100)
AT_WORK = 50
THINK_S = 10.0
HELD_S = 30.0
BACK_S = 30.0
PAUSE_S = 0.25
AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app.getAttribute("data-test-connection-state") === "CONNECTED"
    && app.getAttribute("data-test-script-state") === "notRunning";
}"""


def main() -> int:
    """Run everything and print what was measured; return 1 where something failed."""
    options = parse()
    lines: list[str] = []
    faults: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        print(f"… {line}", flush=True)

    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        hold(say)
        deployment = stack.enter_context(serve(options.replicas))
        say(f"{options.replicas} replicas, as root: {'no' if as_nobody() or os.geteuid() else 'yes'}")
        browser = stack.enter_context(browse(playwright))
        pages = draw_under_load(deployment, browser, options, say, faults)
        kill_one(deployment, pages, say, faults)
        restart_all(deployment, browser, pages, say, faults)
        say(f"resident memory in the end, MB: {', '.join(f'{one.rss_mb():.0f}' for one in deployment.replicas)}")
        machine = facts(browser.version)
    print("\n" + "; ".join(f"{name} {value}" for name, value in machine.items()) + "\n")
    print("\n".join(f"- {line}" for line in lines))
    print("\n" + ("\n".join(f"- FAILED: {fault}" for fault in faults) or "- nothing failed"))
    return 1 if faults else 0


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Rehearse the hosting of docs/hosting.md on this machine.")
    parser.add_argument("--replicas", type=int, default=3, metavar="N", help="servers of the app (3)")
    parser.add_argument("--pages", type=int, default=8, metavar="N", help="real pages open at once (8)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often all of them are opened (3)")
    return parser.parse_args()


Say = Callable[[str], None]


# What one replica holds ------------------------------------------------------------------------------------------


def hold(say: Say) -> None:
    """Measure one replica: its memory with ever more sessions, then half of them at work at a reader's pace."""
    with tempfile.TemporaryDirectory(prefix="ocmap-hosting-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        replica = Replica(build_app(folder))
        stack.callback(replica.kill)
        say(f"one replica: warm after {replica.start():.1f} s, {replica.rss_mb():.0f} MB")
        visitors: list[Visitor] = []
        for number in range(SESSIONS[-1]):
            visitor = stack.enter_context(Visitor(replica.url, f"visitor-{number}"))
            visitor.run(f"place={PLACES[number % len(PLACES)][0]}")
            visitors.append(visitor)
            if len(visitors) in SESSIONS:
                say(f"{len(visitors)} sessions: {replica.rss_mb():.0f} MB")
        cpu = replica.cpu_s()
        times = work(visitors[:AT_WORK])
        used = replica.cpu_s() - cpu
        say(
            f"{AT_WORK} of them at work, each opening another place every {THINK_S:.0f} s for {HELD_S:.0f} s: "
            f"{len(times)} runs of the whole page, median {statistics.median(times) * 1000:.0f} ms, "
            f"p95 {p95(times) * 1000:.0f} ms, {used / len(times) * 1000:.0f} ms of CPU each, "
            f"{used / HELD_S:.0%} of one core; then {replica.rss_mb():.0f} MB"
        )


def work(visitors: Sequence[Visitor]) -> list[float]:
    """Let each visitor open one place after the other at its own pace; return the seconds of each run."""
    times: list[float] = []
    until = time.monotonic() + HELD_S

    def read(number: int, visitor: Visitor) -> None:
        time.sleep(THINK_S * number / len(visitors))
        for step in count(number):
            if time.monotonic() >= until:
                return
            began = time.monotonic()
            visitor.run(f"place={PLACES[step % len(PLACES)][0]}")
            taken = time.monotonic() - began
            times.append(taken)
            time.sleep(max(THINK_S - taken, 0))

    threads = [threading.Thread(target=read, args=one) for one in enumerate(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


# Readers without a browser, in the background --------------------------------------------------------------------


@dataclass
class Crowd:
    """Readers who come and go while something else happens."""

    taken: list[float] = field(default_factory=list)
    cuts: int = 0
    faults: list[str] = field(default_factory=list)


@contextmanager
def crowd(deployment: Deployment, size: int) -> Iterator[Crowd]:
    """Open links in as many threads, one after the other, until the block is left."""
    files = [
        f"/app/static/{path.name}" for path in (deployment.folder / "web" / "site" / "app" / "static").glob("*[!z]")
    ]
    seen, over, numbers = Crowd(), threading.Event(), count()

    def come_and_go() -> None:
        while not over.is_set():
            number = next(numbers)
            try:
                taken, cuts = open_page(deployment.url, f"crowd-{number}", PLACES[number % len(PLACES)], files)
                seen.taken.append(taken)
                seen.cuts += cuts
            except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
                seen.faults.append(f"a new reader: {error!r}")
            over.wait(PAUSE_S)

    threads = [threading.Thread(target=come_and_go) for _ in range(size)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


# Real pages ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Reader:
    """A real page, with a browser's name of its own, so that it has a replica of its own."""

    page: Page
    agent: str
    place: tuple[str, str]
    heard: list[float] = field(default_factory=list)  # when the server first said something on each connection

    def listen(self, connection: WebSocket) -> None:
        """Note when a connection is answered."""
        connection.once("framereceived", lambda _: self.heard.append(time.time()))

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


def draw_under_load(
    deployment: Deployment, browser: Browser, options: argparse.Namespace, say: Say, faults: list[str]
) -> list[Reader]:
    """Open all pages at once, several times, while others come and go; return those of the last round."""
    taken: list[float] = []
    tried = 0
    readers: list[Reader] = []
    with crowd(deployment, 2) as others:
        for turn in range(options.rounds):
            for reader in readers:
                reader.page.context.close()
            readers = [new_reader(browser, turn * options.pages + number) for number in range(options.pages)]
            began = [reader.follow(deployment.url) for reader in readers]
            for reader, start in zip(readers, began, strict=True):
                tried += 1
                try:
                    taken.append(reader.wait() - start)
                except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
                    faults.append(f"the map of {reader.agent}: {error!r}")
    faults += others.faults
    shares = Counter(port for agent, port in deployment.where().items() if agent.startswith("page-"))
    say(
        f"maps drawn: {len(taken)} of {tried}, {options.pages} at once, median {statistics.median(taken):.1f} s, "
        f"longest {max(taken):.1f} s; pages by replica: {' + '.join(map(str, shares.values()))}"
    )
    say(f"meanwhile {len(others.taken)} sessions without a browser, failed: {len(others.faults)}")
    return readers


def kill_one(deployment: Deployment, readers: Sequence[Reader], say: Say, faults: list[str]) -> None:
    """Kill the replica with most pages; check that each comes back to its view and works, and start it again.

    Every other page was clicked before; the rest were only opened, and Streamlit treats those in another way.
    """
    for number, reader in enumerate(readers):
        if number % 2:
            reader.click(ELSEWHERE)
        reader.page.wait_for_function(AT_REST)
        reader.heard.clear()
    before = {reader.agent: reader.view() for reader in readers}
    where = deployment.where()
    port = Counter(where[reader.agent] for reader in readers).most_common(1)[0][0]
    hit = [reader for reader in readers if where[reader.agent] == port]
    victim = next(one for one in deployment.replicas if one.port == port)
    killed = time.time()
    victim.kill()
    while any(not reader.heard for reader in hit) and time.time() - killed < BACK_S:
        readers[0].page.wait_for_timeout(50)
    faults += [f"{reader.agent} did not come back" for reader in hit if not reader.heard]
    away = sorted(reader.heard[0] - killed for reader in hit if reader.heard)
    for reader in readers:
        check_view(reader, before[reader.agent], faults)
    cut = sum(bool(reader.heard) for reader in readers if reader not in hit)
    if cut:
        faults.append(f"{cut} pages on other replicas lost their connection too")
    for number, reader in enumerate(readers):
        try:
            reader.click(reader.place if number % 2 else ELSEWHERE)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
            faults.append(f"a click in {reader.agent} is not answered: {error!r}")
    say(
        f"a replica killed under {len(hit)} of {len(readers)} pages: {len(away)} back on another after "
        f"{', '.join(f'{one:.1f}' for one in away)} s; pages on others that noticed: {cut}"
    )
    say(f"the killed replica, started again, was warm after {victim.start():.1f} s")


def check_view(reader: Reader, wanted: tuple[str, str], faults: list[str]) -> None:
    """Note where a page does not show what it did, or has no map."""
    reader.page.wait_for_function(AT_REST)
    reader.wait()
    if reader.view() != wanted:
        faults.append(f"{reader.agent} shows {reader.view()} instead of {wanted}")


def restart_all(
    deployment: Deployment, browser: Browser, readers: Sequence[Reader], say: Say, faults: list[str]
) -> None:
    """Restart one replica after the other while new readers come all the time, with a browser and without."""
    before = {reader.agent: reader.view() for reader in readers}
    stopped: list[float] = []
    warm: list[float] = []

    def restart() -> None:
        for replica in deployment.replicas:
            stopped.append(replica.stop())
            warm.append(replica.start())
            time.sleep(1)

    began = time.monotonic()
    taken = []
    thread = threading.Thread(target=restart)
    with crowd(deployment, 2) as others:
        thread.start()
        for number in cycle(range(1000, 2000)):
            reader = new_reader(browser, number)
            try:
                start = reader.follow(deployment.url)
                taken.append(reader.wait() - start)
                reader.page.locator(".st-key-panel h2", has_text=reader.place[1]).wait_for()
            except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
                faults.append(f"a new page during the restart: {error!r}")
            reader.page.context.close()
            if not thread.is_alive():
                break
    thread.join()
    if len(warm) != len(deployment.replicas):
        faults.append("not all replicas were restarted")
    faults += others.faults
    for reader in readers:
        check_view(reader, before[reader.agent], faults)
    say(
        f"rolling restart of {len(warm)} replicas in {time.monotonic() - began:.0f} s (to stop "
        f"{max(stopped):.1f} s, to be warm {max(warm):.1f} s at most): {len(taken)} new pages, longest "
        f"{max(taken):.1f} s, and {len(others.taken)} new sessions without a browser, longest "
        f"{max(others.taken):.1f} s; failed: {len(others.faults)}, "
        f"cut by a stop and connected again: {others.cuts}; the {len(readers)} open pages kept their view"
    )


if __name__ == "__main__":
    sys.exit(main())
