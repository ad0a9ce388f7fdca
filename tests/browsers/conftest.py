"""The app behind our own nginx, and Firefox and WebKit as readers with a window, a mouse and a keyboard."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browsers.drivers import PATIENCE_S, Driver, firefox, webkit
from tests.e2e.conftest import RESULTS, ROOT, free_port, serve, wait_until_healthy
from tests.e2e.conftest import pytest_runtest_makereport as pytest_runtest_makereport  # noqa: PLC0414 - a hook

HERE = Path(__file__).parent
WIDE, PHONE = (1360, 900), (390, 844)
LISTEN = '<head><script src="{}listen.js"></script>'
# What Firefox itself reports while it starts, and what of Streamlit's page no browser but Chromium knows.
NOT_OURS = re.compile(r"RSLoader|resource://|chrome://|Unrecognized feature")

# Every element of page and map, or those that contain a text.
ALL = """const all = (selector, text) =>
    [document, document.querySelector(".st-key-map iframe")?.contentDocument ?? []].flat()
        .flatMap((root) => [...root.querySelectorAll(selector)])
        .filter((one) => !text || one.textContent.includes(text));"""
FOCUSED = f"(selector) => {{ {ALL} return all(selector).some((one) => one === one.ownerDocument.activeElement); }}"
SHOWN = f"(selector, text) => {{ {ALL} return all(selector, text).some((one) => one.getClientRects().length); }}"
# Where in the window a mouse would hit it: at a point of its box or line where it is on top, by a pixel on each side.
POINT = f"""async (selector, text) => {{
    {ALL}
    const found = all(selector, text);
    const points = function* (one) {{
        const {{ left, top, width, height }} = one.getBoundingClientRect(), n = 24;
        yield [left + width / 2, top + height / 2];
        for (let i = 1; i < n; i++) for (let j = 1; j < n; j++) yield [left + width * i / n, top + height * j / n];
        if (one.getTotalLength) for (let i = 0; i <= 60; i++) {{
            const point = one.getPointAtLength(one.getTotalLength() * i / 60).matrixTransform(one.getScreenCTM());
            yield [point.x, point.y];
        }}
    }};
    const look = (one, frame) => {{
        const away = frame?.getBoundingClientRect() ?? {{ left: 0, top: 0 }};
        for (const [x, y] of points(one)) {{
            const over = [x + away.left, y + away.top].map(Math.round);
            if (frame && document.elementFromPoint(...over) !== frame) continue;
            const hits = ([right, down]) => found.includes(one.ownerDocument
                .elementFromPoint(over[0] - away.left + right, over[1] - away.top + down)?.closest(selector));
            if ([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]].every(hits)) return over;
        }}
        return null;
    }};
    for (const one of found) {{
        const frame = one.ownerDocument.defaultView.frameElement;
        const first = look(one, frame);
        if (!first) (frame ?? one).scrollIntoView({{ block: "center", behavior: "instant" }});
        for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
        const point = look(one, frame);
        const moves = document.getAnimations().some(({{ effect, playState }}) =>
            playState === "running" && effect.target.contains(one)); // as in a drawer that opens
        if (point && !moves && (!first || String(first) === String(point))) return point;
    }}
    return null;
}}"""


class Quiet(SimpleHTTPRequestHandler):
    """A plain web server that writes no log."""

    def log_message(self, *_: Any) -> None:
        """Write no log."""


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """Start a screen without a monitor."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:  # noqa: S603
        os.close(writing)
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
        server.terminate()


@pytest.fixture(scope="session", params=[firefox, webkit], ids=["firefox", "webkit"])
def driver(display: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Driver]:
    with request.param(tmp_path_factory.mktemp("browser"), display) as driver:
        print(f"\n{driver.name} {driver.version}")  # noqa: T201 - for the report of a run
        yield driver


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app through nginx with our configuration, and with ``listen.js`` in each page."""
    prefix = tmp_path_factory.mktemp("nginx")
    for folder in ("run", "site"):
        (prefix / folder).mkdir()
    for file in (ROOT / "deploy" / "web.sh", HERE / "listen.js"):
        shutil.copy(file, prefix)
    publish = [sys.executable, "-m", "ocmap.cli", "publish", str(prefix / "site")]
    subprocess.run(publish, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in {
        "listen 8080;": f"listen 127.0.0.1:{port}; location = /listen.js {{ root .; }} "
        f"sub_filter <head> '{LISTEN.format('/')}'; proxy_set_header Accept-Encoding '';",
        "gzip_static on;": "gzip_static off;",
    }.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    (prefix / "nginx.conf").write_text(text, "utf-8")
    with serve(ROOT / "app.py") as replica:
        environment = {
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
            "PREFIX": str(prefix),
            "REPLICAS": replica.removeprefix("http://").replace("localhost", "127.0.0.1"),
            "RESOLVE": "",
        }
        command = [str(prefix / "web.sh"), "-g", "daemon off; master_process off;"]
        with subprocess.Popen(command, env=environment) as nginx:  # noqa: S603 - our own script
            try:
                wait_until_healthy(f"http://127.0.0.1:{port}", nginx)
                yield f"http://127.0.0.1:{port}/"
            finally:
                nginx.terminate()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the light edition with ``listen.js`` in its page; return its folder."""
    folder = tmp_path_factory.mktemp("site")
    export = [sys.executable, "-m", "ocmap.cli", "export", "--site", str(folder)]
    subprocess.run(export, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
    page = folder / "index.html"
    text = page.read_text("utf-8")
    assert "<head>" in text
    page.write_text(text.replace("<head>", LISTEN.format("")), "utf-8")
    shutil.copy(HERE / "listen.js", folder)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@dataclass
class Reader:
    """What a reader does in either browser and either edition, and waits for."""

    driver: Driver
    base: str
    panel: str
    filters: str
    language: str

    def open(self, rest: str = "", size: tuple[int, int] = WIDE) -> None:
        """Open a link in a window of a size, and wait until the map is drawn."""
        self.driver.open("about:blank")  # so that a link that differs only in its fragment is loaded too
        self.driver.resize(*size)
        self.driver.open(self.base + rest)
        self.expect("html[data-ocmap=ready]")

    def wait(self, function: str, *given: Any) -> Any:
        """Wait until a JavaScript function returns something; return it."""
        deadline = time.monotonic() + PATIENCE_S
        while not (found := self.driver.run(function, *given)):
            assert time.monotonic() < deadline, f"waited in vain for {given}"
            threading.Event().wait(0.05)
        return found

    def expect(self, selector: str, text: str = "") -> None:
        """Wait until an element that contains a text is visible in the page or the map."""
        self.wait(SHOWN, selector, text)

    def expect_focus(self, selector: str) -> None:
        """Wait until an element of the page or the map has the focus there, whether or not the window has it."""
        self.wait(FOCUSED, selector)

    def expect_heading(self, text: str) -> None:
        """Wait until the panel has a heading."""
        self.expect(f"{self.panel} h2", text)

    def expect_query(self, **wanted: str | None) -> None:
        """Wait until the address has these parameters; None: it lacks them."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            parts = urlsplit(self.driver.run("() => location.href"))
            query = parse_qs(parts.query or parts.fragment)
            if all(query.get(name) == (None if value is None else [value]) for name, value in wanted.items()):
                return
            assert time.monotonic() < deadline, f"{wanted} in vain; the address has {query}"
            threading.Event().wait(0.05)

    def click(self, selector: str, text: str = "") -> None:
        """Click an element that contains a text, once the mouse can reach it."""
        self.driver.click(*self.wait(POINT, selector, text))

    def choose(self, identifier: str) -> None:
        """Click a region, corridor, route or site of the map."""
        self.click(mark(identifier))

    def width(self) -> list[int]:
        """Return the width of what the page holds, and of the window."""
        found: list[int] = self.driver.run("() => [document.scrollingElement.scrollWidth, innerWidth]")
        return found


def mark(identifier: str) -> str:
    return f'[data-id="{identifier}"]'


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def end(driver: Driver, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test at its end where the console has shown an error; keep a picture of a failure."""
    yield
    if getattr(getattr(request.node, "report_call", None), "failed", False):
        RESULTS.mkdir(exist_ok=True)
        name = re.sub(r"[^\w-]+", "_", request.node.name)
        (RESULTS / f"{name}.png").write_bytes(driver.screenshot())
    assert [one for one in driver.errors() if not NOT_OURS.search(one)] == []


@pytest.fixture
def dashboard(driver: Driver, app_url: str, end: None) -> Reader:  # noqa: ARG001 - what happens at the end
    return Reader(driver, app_url, ".st-key-panel", ".st-key-filters", ".st-key-lang button")


@pytest.fixture(params=["dashboard", "light", "disk"])
def reader(driver: Driver, end: None, request: pytest.FixtureRequest) -> Reader:  # noqa: ARG001 - as above
    """A reader of the dashboard, of the light edition on a web server, of the same on a disk."""
    if request.param == "dashboard":
        found: Reader = request.getfixturevalue("dashboard")
        return found
    if request.param == "light":
        base = request.getfixturevalue("site_url")
    else:
        base = (request.getfixturevalue("site") / "index.html").as_uri()
    return Reader(driver, base, "#panel", "#filters", "a")
