"""The app as a real server, and Chromium as a reader who gets the headers of our nginx."""

import os
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
    Route,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as BrowserError
from tests.support.nginx import headers

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 20_000
REDIRECTS = frozenset({301, 302, 307, 308})
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page whose headers a test has set has no address, and Chromium would keep it from servers on this machine.
    "--disable-features=LocalNetworkAccessChecks",
)
# Streamlit's own frame asks for browser features that Chromium does not know; nothing of ours.
NOT_OURS = re.compile(r"Unrecognized feature|allow-scripts and allow-same-origin")
expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:  # noqa: ARG001
    """Leave a test's outcome on it, so that a fixture can keep a screenshot of a failure."""
    report = yield
    setattr(item, f"report_{report.when}", report)  # type: ignore[attr-defined]
    return report


@contextmanager
def serve(app: Path) -> Iterator[str]:
    """Serve an app on a free port until the block ends; yield its address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}", "--server.headless=true"]
    log = RESULTS / f"server-{port}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=app.parent, stdout=out, stderr=subprocess.STDOUT)  # noqa: S603
        try:
            wait_until_healthy(f"http://localhost:{port}/_stcore/health", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(10)


def wait_until_healthy(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; fail where it ends or stays silent."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:  # not there yet, or too busy to answer
            threading.Event().wait(0.05)
    pytest.fail(f"the server did not become healthy (exit code {server.poll()})")


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    with serve(ROOT / "app.py") as url:
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

    def open(self, query: str = "") -> "Reader":
        """Open a link and wait until the map is drawn."""
        self.page.goto(f"{self.base}/{query}")
        self.wait_for_map()
        return self

    def wait_for_map(self) -> None:
        root = self.page.frame_locator(".st-key-map iframe").locator("html")
        expect(root).to_have_attribute("data-ocmap", "ready")

    def stop(self, route: Route) -> None:
        """Keep and stop a request to another host."""
        self.outside.append(route.request.url)
        route.abort()

    @staticmethod
    def answer_as_nginx(route: Route) -> None:
        """Give a page or a frame the headers of ``deploy/nginx.conf``; what it loads is then under its policy."""
        if route.request.resource_type != "document":
            route.fallback()
            return
        try:
            answer = route.fetch(max_redirects=0)
            if answer.status in REDIRECTS:
                route.continue_()
            else:
                route.fulfill(response=answer, headers={**answer.headers, **headers(route.request.url)})
        except BrowserError:  # the server is away, as in a test of reconnecting, or the page was closed meanwhile
            with suppress(BrowserError):
                route.abort()

    def dismiss(self, dialog: Dialog) -> None:
        self.faults.append("a dialog")
        dialog.dismiss()

    def listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not NOT_OURS.search(message.text):
            self.faults.append(f"console: {message.text}")

    @property
    def frame(self) -> Frame:
        element = self.page.locator(".st-key-map iframe").element_handle()
        frame = element.content_frame() if element else None
        assert frame is not None
        return frame

    @property
    def panel(self) -> Locator:
        return self.page.locator(".st-key-panel")

    @property
    def heading(self) -> Locator:
        return self.panel.locator("h2")

    def mark(self, identifier: str) -> Locator:
        """Return the one focusable element of a region, corridor, route or site."""
        return self.frame.locator(f'[data-id="{identifier}"][tabindex="0"]')

    def click(self, identifier: str) -> None:
        """Click a mark with the mouse at a point where it is really on top."""
        point = self.frame.evaluate(POINT_ON, identifier)
        assert point is not None, f"no point of {identifier} is on top"
        box = self.page.locator(".st-key-map iframe").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + point[0], box["y"] + point[1])

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


# Chromium tells most of what a policy stops on the console by itself, but not all of it.
REPORT_POLICY = """addEventListener("securitypolicyviolation", (stopped) => console.error(
    `policy: ${stopped.effectiveDirective} stopped ${stopped.blockedURI.slice(0, 80)} in ${location.pathname}`));"""


POINT_ON = """id => {
    const marks = [...document.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)];
    for (const mark of marks) {
        const box = mark.getBoundingClientRect();
        const n = 24;
        for (let i = 1; i < n; i++) for (let j = 1; j < n; j++) {
            const x = box.left + box.width * i / n, y = box.top + box.height * j / n;
            if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
            const top = document.elementFromPoint(x, y);
            if (top && top.closest('[data-id]')?.dataset.id === id) return [x, y];
        }
        if (mark.getTotalLength) for (let i = 0; i <= 60; i++) {
            const p = mark.getPointAtLength(mark.getTotalLength() * i / 60).matrixTransform(mark.getScreenCTM());
            const top = document.elementFromPoint(p.x, p.y);
            if (top && top.closest('[data-id]')?.dataset.id === id) return [p.x, p.y];
        }
    }
    return null;
}"""


@pytest.fixture
def reader_of(browser: Browser, app_url: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Reader]]:
    """Make readers: a context each, blocked from every outside address; their faults fail the test.

    What the policy of ``deploy/nginx.conf`` stops is such a fault.
    """
    readers: list[tuple[BrowserContext, Reader]] = []

    def make(base: str = app_url, **options: Any) -> Reader:
        settings: dict[str, Any] = {"locale": "es-PE", "viewport": {"width": 1360, "height": 900}, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        reader = Reader(context.new_page(), base)
        context.route(lambda url: urlsplit(url).hostname not in {"localhost", "127.0.0.1", None}, reader.stop)
        context.route(re.compile(rf"^{re.escape(app_url)}/"), reader.answer_as_nginx)
        context.add_init_script(REPORT_POLICY)
        reader.page.on("pageerror", lambda error: reader.faults.append(f"page error: {error}"))
        reader.page.on("dialog", reader.dismiss)
        reader.page.on("console", reader.listen)
        readers.append((context, reader))
        return reader

    yield make
    failed = getattr(getattr(request.node, "report_call", None), "failed", False)
    for number, (context, reader) in enumerate(readers):
        if failed:
            RESULTS.mkdir(exist_ok=True)
            name = re.sub(r"[^\w-]+", "_", request.node.name)
            reader.page.screenshot(path=RESULTS / f"{name}-{number}.png")
        context.close()
    faults = [fault for _, reader in readers for fault in reader.faults + reader.outside]
    if not failed:
        assert not faults, "\n".join(faults)


@pytest.fixture
def reader(reader_of: Callable[..., Reader]) -> Reader:
    """A reader in Peru, at a desktop."""
    return reader_of()
