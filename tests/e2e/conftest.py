"""The app as a real server, and Chromium as a reader who gets the headers of our nginx."""

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Frame,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from ocmap.web.fonts import streamlit_fonts

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 40_000  # for a machine that does much else
HERE = frozenset({"localhost", "127.0.0.1", None})
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # as with windows; without them letters would be wider
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    # A page whose headers a test has set has no address, and Chromium would keep it from servers on this machine.
    "--disable-features=LocalNetworkAccessChecks",
)
# Streamlit's own frame asks for browser features that Chromium does not know; nothing of ours.
NOT_OURS = re.compile(r"Unrecognized feature|allow-scripts and allow-same-origin")
NO_ICON = '<link rel="icon" href="data:,">'  # in a page of a test's own, for which the browser would ask otherwise
expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:  # noqa: ARG001
    """Leave a test's outcome on it, so that a fixture can keep a screenshot of a failure."""
    report = yield
    setattr(item, f"report_{report.when}", report)  # type: ignore[attr-defined]
    return report


@contextmanager
def serve(app: Path, folder: Path | None = None, path: str = "") -> Iterator[str]:
    """Serve an app on a free port, from a folder or its own, until the block ends; yield its address.

    ``path`` is what the address has after the host, such as ``/ocmap``.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    with serving([*command, f"--server.baseUrlPath={path}"], port, folder or app.parent, path) as url:
        yield url


@contextmanager
def serving(command: list[str], port: int, folder: Path, path: str = "") -> Iterator[str]:
    """Serve with a command from a folder until the block ends; yield the server's address."""
    url = f"http://localhost:{port}{path}"
    log = RESULTS / f"server-{port}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as out:
        server = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=folder,
            env=os.environ | {"STREAMLIT_SERVER_HEADLESS": "true"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(url, server)
            wait_for_fonts(url)
            yield url
        finally:
            server.terminate()
            server.wait(10)


def free_port() -> int:
    """Return a free port below those that the system gives to clients, which could take it before the server does."""
    while True:
        port = random.randrange(10_000, 32_768)  # noqa: S311 - no secret; servers of other tests start meanwhile
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until_healthy(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; fail where it ends or stays silent."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=5).close()  # noqa: S310 - our own server
        except OSError:  # not there yet, or too busy to answer
            threading.Event().wait(0.05)
        else:
            return
    pytest.fail(f"the server did not become healthy (exit code {server.poll()})")


def wait_for_fonts(url: str) -> None:
    """Return once the server has cut its fonts, for which the first page would wait."""
    for font in streamlit_fonts().values():
        urllib.request.urlopen(f"{url}/static/media/{font.name}", timeout=120).close()  # noqa: S310 - as above


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    with serve(ROOT / "tests" / "support" / "behind_nginx.py", ROOT) as url:
        yield url


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the static edition; return its folder."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "ocmap.cli", "export", "--site", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("no Chromium: run make test, or set BROWSER_PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


@dataclass
class Reader:
    """A reader with one page open: what it does, and what went wrong meanwhile."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    lasts: bool = True
    """Whether the page is as new after it was left, so that another test can use it."""

    def open(self, query: str = "") -> "Reader":
        """Open a link and wait until the map is drawn, and all around it."""
        self.page.goto(f"{self.base}/{query}")
        self.wait_for_map()
        self.settle()
        return self

    def go(self, query: str) -> None:
        """Lead the open page to another view as the back button does, without a load, and wait until it is drawn.

        Where the view stays the same, nothing tells the answer from the state before: wait for what is to be read.
        """
        view = parse_qs(query.removeprefix("?")).get("view", ["map"])[0]
        self.page.evaluate(GO, query)
        expect(self.page.locator(f".bottom-bar[data-view={view}]")).to_be_attached()  # the server has answered
        expect(self.page.locator(f".st-key-{view}_view, .st-key-{view}").first).to_be_visible()
        self.settle()

    def settle(self) -> None:
        """Wait until the server's run is over, and all that it sent is drawn, in its own letters."""
        self.page.wait_for_function(SETTLED)

    def wait_for_map(self) -> None:
        expect(self.page.frame_locator(".st-key-map iframe").locator("html")).to_have_attribute("data-ocmap", "ready")

    def dismiss(self, dialog: Dialog) -> None:
        self.faults.append("a dialog")
        dialog.dismiss()

    def listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not NOT_OURS.search(message.text):
            self.faults.append(f"console: {message.text}")

    def lose(self, request: Request) -> None:
        """Note a request to another host, which the browser does not find; one that a policy stops is not made."""
        if urlsplit(request.url).hostname not in HERE and request.failure != "csp":
            self.outside.append(request.url)

    @property
    def frame(self) -> Frame:
        frame = self.page.locator(".st-key-map iframe").element_handle().content_frame()
        assert frame is not None
        return frame

    @property
    def panel(self) -> Locator:
        return self.page.locator(".st-key-panel")

    @property
    def filters(self) -> Locator:
        return self.page.locator(".st-key-filters")

    @property
    def heading(self) -> Locator:
        return self.panel.locator("h2")

    def mark(self, identifier: str) -> Locator:
        """Return the one focusable element of a region, corridor, route or site."""
        return self.frame.locator(f'[data-id="{identifier}"][tabindex="0"]')

    def point_on(self, identifier: str) -> tuple[float, float]:
        """Return a point of the page where a mark is really on top, once the map stands still."""
        self.page.evaluate(STANDS_STILL)
        point = self.frame.evaluate(POINT_ON, identifier)
        assert point is not None, f"no point of {identifier} is on top"
        box = self.page.locator(".st-key-map iframe").bounding_box()
        assert box is not None
        return box["x"] + point[0], box["y"] + point[1]

    def click(self, identifier: str) -> None:
        """Click a mark with the mouse."""
        self.page.mouse.click(*self.point_on(identifier))

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def expect_query(self, **wanted: str | None) -> None:
        """Wait until the address has these parameters; None: it lacks them."""

        def matches(url: str) -> bool:
            query = parse_qs(urlsplit(url).query)
            return all(query.get(name) == (None if value is None else [value]) for name, value in wanted.items())

        self.page.wait_for_url(matches, timeout=PATIENCE_MS)

    def state(self, name: str) -> str:
        """Return what the map says of itself: ``ocmapStarts`` or ``ocmapScenes``."""
        return str(self.frame.evaluate("name => document.documentElement.dataset[name]", name))

    def camera(self) -> Any:
        return self.frame.evaluate("() => [map.getZoom(), map.getCenter().lat, map.getCenter().lng]")


class LightReader(Reader):
    """A reader of the light edition, which has the same map and panel and loads in a third of the time."""

    def open(self, query: str = "") -> "LightReader":
        """Open the view of a link and wait until the map is drawn."""
        self.page.goto("about:blank")  # a browser loads nothing where only the fragment differs
        self.page.goto(f"{self.base}/light/#{query.removeprefix('?')}")
        expect(self.page.locator("html")).to_have_attribute("data-ocmap", "ready")
        return self

    @property
    def frame(self) -> Frame:
        return self.page.main_frame

    @property
    def panel(self) -> Locator:
        return self.page.locator("#panel")

    @property
    def filters(self) -> Locator:
        return self.page.locator("#filters")


GO = "query => { history.pushState({}, '', query); dispatchEvent(new PopStateEvent('popstate')); }"

# Chromium tells most of what a policy stops on the console by itself, but not all of it.
REPORT_POLICY = """addEventListener("securitypolicyviolation", (stopped) => console.error(
    `policy: ${stopped.effectiveDirective} stopped ${stopped.blockedURI.slice(0, 80)} in ${location.pathname}`));"""

SETTLED = (ROOT / "tests" / "support" / "settled.js").read_text("utf-8")
STANDS_STILL = (ROOT / "tests" / "support" / "stands_still.js").read_text("utf-8")
POINT_ON = (ROOT / "tests" / "support" / "point_on.js").read_text("utf-8")

# What a page can be set to as it is; for other options it needs a browser's memory of its own, which starts empty.
MEDIA: dict[str, Any] = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
}


class Pages:
    """Pages of one browser. A page that a test has left is used again, since a first load takes three times as long."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._left: dict[str, list[Reader]] = {}

    def take(self, base: str, viewport: ViewportSize, media: dict[str, Any], options: dict[str, Any]) -> Reader:
        """Return a reader with a blank page in a browser with these options."""
        left = self._left.setdefault(repr(sorted(options.items())), [])
        reader = left.pop() if left else self._new(options)
        reader.page.set_viewport_size(viewport)
        reader.page.emulate_media(**media)
        reader.base = base
        reader.faults.clear()
        reader.outside.clear()
        return reader

    def leave(self, reader: Reader, options: dict[str, Any]) -> None:
        """Take a reader's page back."""
        if reader.lasts:
            reader.page.unroute_all()
            # Streamlit stores whether the drawer with the filters is open.
            reader.page.evaluate("() => { if (location.protocol.startsWith('http')) localStorage.clear(); }")
            reader.page.goto("about:blank")
            self._left[repr(sorted(options.items()))].append(reader)
        else:
            reader.page.close()

    def _new(self, options: dict[str, Any]) -> Reader:
        key = repr(sorted(options.items()))
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**options)
            self._contexts[key].set_default_timeout(PATIENCE_MS)
            self._contexts[key].add_init_script(REPORT_POLICY)
        reader = Reader(self._contexts[key].new_page(), "")
        reader.page.on("pageerror", lambda error: reader.faults.append(f"page error: {error}"))
        reader.page.on("dialog", reader.dismiss)
        reader.page.on("console", reader.listen)
        reader.page.on("requestfailed", reader.lose)
        return reader


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def reader_of(pages: Pages, app_url: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Reader]]:
    """Make readers, whose faults fail the test: what a policy stops, a request to another host, an error.

    Readers with the same options share a browser's memory, as one person's pages do.
    """
    readers: list[tuple[Reader, dict[str, Any]]] = []

    def make(base: str = app_url, **options: Any) -> Reader:
        viewport = options.pop("viewport", {"width": 1360, "height": 900})
        media = MEDIA | {name: options.pop(name) for name in MEDIA.keys() & options}
        options = {"locale": "es-PE", **options}
        readers.append((pages.take(base, viewport, media, options), options))
        return readers[-1][0]

    yield make
    failed = getattr(getattr(request.node, "report_call", None), "failed", False)
    faults = []
    for number, (reader, options) in enumerate(readers):
        if failed:
            RESULTS.mkdir(exist_ok=True)
            name = re.sub(r"[^\w-]+", "_", request.node.name)
            reader.page.screenshot(path=RESULTS / f"{name}-{number}.png")
            reader.lasts = False
        faults += reader.faults + reader.outside
        pages.leave(reader, options)
    assert failed or not faults, "\n".join(faults)


@pytest.fixture
def reader(reader_of: Callable[..., Reader]) -> Reader:
    """A reader in Peru, at a desktop."""
    return reader_of()


@pytest.fixture
def light_of(reader_of: Callable[..., Reader]) -> Callable[..., LightReader]:
    """Make readers of the light edition, for tests that only look at the map."""

    def make(**options: Any) -> LightReader:
        reader = reader_of(**options)
        return LightReader(reader.page, reader.base, reader.faults, reader.outside)

    return make


@pytest.fixture
def light(light_of: Callable[..., LightReader]) -> LightReader:
    return light_of()
