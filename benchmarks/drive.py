"""For ``run.py``: start an app, open it in a browser, and measure one thing at a time in the page and its server."""

import base64
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

HERE = Path(__file__).parent
ROOT = HERE.parent
LOGS = HERE / "out"
HOST = "127.0.0.1"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SLOW = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}  # ms, bytes a second
CLOSE_S = 20.0
START_S = 60.0
AHEAD = ("ocmap", "floor, browser answers")
QUIET_S = 0.1
QUIET_ROUNDS = 3
SETTLE_S = 20.0


class Market(NamedTuple):
    """A market: its id, and how the two apps that can be switched write it."""

    market_id: str
    name: str


def ocmap_control(page: Page, market: Market) -> Locator:
    """Return what switches a market on or off in ocmap."""
    return page.locator(f'.st-key-filters input[value="{market.market_id}"]')


def naive_control(page: Page, market: Market) -> Locator:
    """Return what switches a market on or off in the naive app; opens its list of markets for that."""
    remove = page.locator(f'[data-testid="stMultiSelect"] button[aria-label="Remove {market.name}"]').last
    if remove.count():
        return remove
    page.locator('[data-testid="stMultiSelect"] input').last.fill(market.name)  # opens the list, narrowed to it
    return page.locator('[role="option"]').filter(has_text=market.name).first


@dataclass(frozen=True)
class App:
    """What is measured.

    Attributes:
        name: What the report calls it.
        source: The Streamlit script.
        heading: CSS selector of the panel's heading, if it has one.
        query: The path and query with which its page is opened.
        environment: Variables that its server gets.
        control: What switches a market, if it has that.
    """

    name: str
    source: Path
    heading: str = ""
    query: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    control: Callable[[Page, Market], Locator] | None = None

    def command(self, port: int) -> tuple[list[str], str]:
        """Return what serves it on a port of this machine, and the path that answers once it does."""
        options = {
            "server.headless": "true",
            "server.port": str(port),
            "server.address": HOST,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        command = [sys.executable, "-m", "streamlit", "run", str(self.source)]
        return command + [part for name, value in options.items() for part in (f"--{name}", value)], "_stcore/health"


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    process: psutil.Process

    def cpu_s(self) -> float:
        """Return the seconds of CPU that the server has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def rss_mb(self) -> float:
        """Return the server's resident memory in MB (1e6 bytes)."""
        return float(self.process.memory_info().rss) / 1e6


@contextmanager
def serve(app: App) -> Iterator[Server]:
    """Run an app's server until the block is left."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command, healthy = app.command(port)
    environment = {**os.environ, **app.environment}
    LOGS.mkdir(parents=True, exist_ok=True)
    with (
        (LOGS / f"{app.name}.log").open("ab") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as child,
    ):
        try:
            url = f"http://{HOST}:{port}/"
            _wait(url + healthy, child)
            yield Server(url, psutil.Process(child.pid))
        finally:
            child.kill()


def _wait(url: str, child: subprocess.Popen[bytes]) -> None:
    """Wait until the server is healthy."""
    limit = time.monotonic() + START_S
    while child.poll() is None and time.monotonic() < limit:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:  # noqa: PLR2004 - HTTP's OK
                    return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"the server did not start; see {LOGS.relative_to(ROOT)}/*.log")


@contextmanager
def browse(playwright: Playwright) -> Iterator[Browser]:
    """Run a headless Chromium; leaving the block takes at most `CLOSE_S`, with however many pages open."""
    me = psutil.Process()
    before = {child.pid for child in me.children(recursive=True)}
    executable = os.environ.get("BROWSER_PATH") or os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
    started = [child for child in me.children(recursive=True) if child.pid not in before]
    try:
        yield browser
    finally:
        timer = threading.Timer(CLOSE_S, _kill, [started])
        timer.start()
        browser.close()
        timer.cancel()


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def new_context(browser: Browser) -> BrowserContext:
    """Return a fresh browser profile, Peruvian, with the probe in every page."""
    context = browser.new_context(locale="es-PE", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(60_000)
    context.add_init_script(path=HERE / "probe.js")
    return context


@dataclass
class Session:
    """A page of an app."""

    app: App
    server: Server
    page: Page

    def load(self) -> float:
        """Open the page; return the ms from the navigation's start until it can be clicked."""
        self.page.goto(self.server.url + self.app.query, wait_until="commit")
        return float(self.page.evaluate("bench.whole"))

    def reload(self) -> float:
        """Load the page again; return as `load`."""
        self.page.reload(wait_until="commit")
        return float(self.page.evaluate("bench.whole"))

    def picture(self) -> float:
        """Return the ms from the navigation's start until ocmap's page has shown its picture of the map."""
        return float(self.page.evaluate("bench.picture"))

    def fetched(self) -> list[str]:
        """Return the paths of the files that the page has fetched from its server."""
        found = "performance.getEntriesByType('resource').map((one) => one.name)"
        names = [str(name) for name in self.page.evaluate(found)]
        quiet = ("_stcore/stream", "_stcore/health", "_stcore/host-config")
        return [urlsplit(name).path for name in names if name.startswith(self.server.url) and not name.endswith(quiet)]

    def slow_down(self) -> None:
        """Give the page a slow line from now on."""
        cdp = self.page.context.new_cdp_session(self.page)
        cdp.send("Network.enable", {"maxTotalBufferSize": 0})
        cdp.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})

    def settle(self) -> None:
        """Wait until no script runs and the server has been quiet for a while."""
        limit, quiet, cpu = time.monotonic() + SETTLE_S, 0, self.server.cpu_s()
        while quiet < QUIET_ROUNDS and time.monotonic() < limit:
            self.page.wait_for_timeout(QUIET_S * 1000)
            now = self.server.cpu_s()
            quiet = quiet + 1 if now - cpu <= QUIET_S / 10 and not self.page.evaluate("bench.running()") else 0
            cpu = now

    def wait_ahead(self) -> None:
        """Wait until the page has fetched what it fetches ahead, if it does."""
        if self.app.name in AHEAD:
            self.page.wait_for_function("bench.ahead()")

    def click(self, region: str, name: str) -> dict[str, float]:
        """Click a region; return ms until its ``panel`` shows and until the ``run`` is over."""
        wanted = [region, name, self.app.heading]
        return dict(self.page.evaluate("(wanted) => bench.click(...wanted)", wanted))

    def press(self, market: Market) -> float:
        """Switch a market; return the ms until the map has its new colours."""
        if self.app.control is None:
            raise ValueError(f"{self.app.name} has no control that switches a market")
        control = self.app.control(self.page, market)
        control.wait_for()
        taken = float(self.page.evaluate("(el) => bench.press(el)", control.element_handle()))
        if self.app.name == "naive":
            self.page.keyboard.press("Escape")  # closes the list of markets
        return taken

    def mark(self) -> None:
        """Mark the map that is drawn now."""
        self.page.evaluate("bench.mark()")

    def is_same_map(self) -> bool:
        """Return whether the marked map is still the one that is shown."""
        return bool(self.page.evaluate("bench.isSameMap()"))

    def starts(self) -> int | None:
        """Return how often ocmap's map has been started in its frame, or None for another app."""
        count = self.page.evaluate("bench.starts()")
        return None if count is None else int(count)


class Meter:
    """Counts what a page receives: bytes of websocket messages, and of HTTP as they came over the wire."""

    def __init__(self, session: Session) -> None:
        """Listen to a page from now on."""
        self._own = session.server.url
        self._urls: dict[str, str] = {}
        self._count: Counter[str] = Counter()
        cdp = session.page.context.new_cdp_session(session.page)
        cdp.on("Network.requestWillBeSent", self._on_request)
        cdp.on("Network.loadingFinished", self._on_finished)
        cdp.on("Network.webSocketFrameReceived", self._on_message)
        cdp.send("Network.enable", {"maxTotalBufferSize": 0})

    def take(self) -> dict[str, int]:
        """Return the bytes by ``websocket``, ``http`` (the app's server) and ``cdn`` since the last call."""
        count, self._count = self._count, Counter()
        return {name: count[name] for name in ("websocket", "http", "cdn")}

    def _on_request(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _on_finished(self, event: dict[str, Any]) -> None:
        own = self._urls.get(event["requestId"], self._own).startswith(self._own)
        self._count["http" if own else "cdn"] += int(event["encodedDataLength"])

    def _on_message(self, event: dict[str, Any]) -> None:
        response = event["response"]
        text = response["payloadData"]
        binary = response["opcode"] == 2  # noqa: PLR2004 - RFC 6455, 5.2
        self._count["websocket"] += len(base64.b64decode(text)) if binary else len(text.encode())
