"""Serve a grown package, and take from its page in Chromium what loading, clicking, switching and zooming cost."""

import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from drive import App, Meter, Server, Session, browse, new_context, serve
from grow import Size
from playwright.sync_api import Browser, CDPSession, Frame, Page, sync_playwright

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset

CLICKS = 12
PATIENCE_MS = 300_000
QUIET_MS, QUIET_SHARE, QUIET_ROUNDS = 100, 0.1, 4  # nothing happens: so many times in a row hardly any work
MARKET = "cocaine"
# What a package's folder is served by: the app, which expects the package's own numbers of regions and sentences.
SCRIPT = """import sys
from pathlib import Path
sys.path.insert(0, {benchmarks!r})
from grow import expect
from ocmap.app.page import show_page
root = Path(__file__).parent
expect(root / "geodata")
show_page(root)
"""
CLICK = """(id) => document.querySelector(`path[data-id="${id}"]`)
  .dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }))"""
PRESS = "(selector) => document.querySelector(selector).click()"

Figures = dict[str, float]


class Sight(NamedTuple):
    """What is looked at: a package's page, and the names of the regions that are clicked by their ids."""

    app: App
    server: Server
    browser: Browser
    size: Size
    names: Mapping[str, str]
    has_file: bool


def measure_page(root: Path, size: Size) -> Figures:
    """Serve the package in a folder, load its page and use it; return what that takes, of clicks the median."""
    script = root / "app.py"
    script.write_text(SCRIPT.format(benchmarks=os.fspath(Path(__file__).parent)), encoding="utf-8")
    dataset = read_dataset(root / "geodata")
    ids = [one["id"] for one in json.loads((root / "geodata" / "regions.geojson").read_text("utf-8"))["features"]]
    app = App("ocmap", script, ".st-key-panel h2")
    with serve(app) as server, sync_playwright() as playwright, browse(playwright) as browser:
        names = {one: dataset.place[one].name_es for one in ids[:: max(1, len(ids) // CLICKS)][:CLICKS]}
        sight = Sight(app, server, browser, size, names, has_file(dataset))
        figures = time_page(sight) | weigh_page(sight)
        figures["browser: server memory, MB"] = server.rss_mb()
    return {f"browser: {name.removeprefix('browser: ')}": value for name, value in figures.items()}


def has_file(dataset: Dataset) -> bool:
    """Return whether the page fetches all panels; of a larger package the server sends each."""


def time_page(sight: Sight) -> Figures:
    """Return how long a reader waits, by the clock inside the page."""
    figures: Figures = {}
    clicks = []
    for name in ("first load of a fresh server → map, ms", "load → map, ms"):
        with closing(new_context(sight.browser)) as context:
            context.set_default_timeout(PATIENCE_MS)
            context.add_init_script(f"window.benchRegions = {sight.size.polygons}; window.benchTimeout = {PATIENCE_MS}")
            session = Session(sight.app, sight.server, context.new_page())
            figures[name] = session.load().drawn
            session.settle()
            if name.startswith("first"):
                continue
            if sight.has_file:
                session.wait_ahead()
            for one, heading in sight.names.items():
                clicks.append(session.click(one, heading))
                session.settle()
    figures["click → panel, ms"] = median(click["panel"] for click in clicks)
    figures["click → run over, ms"] = median(click["run"] for click in clicks)
    return figures


def weigh_page(sight: Sight) -> Figures:
    """Return what the page's main thread works and what comes over the wire, on a page without the probe."""
    with closing(sight.browser.new_context(locale="es-PE", viewport={"width": 1440, "height": 900})) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        meter, scale = Meter(Session(sight.app, sight.server, page)), Scale(page, sight.server)

        def load() -> None:
            page.goto(sight.server.url)
            page.frame_locator(".st-key-map iframe").locator("html[data-ocmap=ready]").wait_for()

        figures = {"load, main thread, ms": scale.weigh(load)["TaskDuration"]}
        figures["load, KB"] = sum(meter.take().values()) / 1000
        frame = map_of(page)
        clicks, sizes = [], []
        for one, heading in sight.names.items():
            clicks.append(scale.weigh(lambda one=one: frame.evaluate(CLICK, one)))  # type: ignore[misc]
            sizes.append(sum(meter.take().values()) / 1000)
            page.locator(sight.app.heading, has_text=heading).wait_for()
        figures["click, script, ms"] = median(one["ScriptDuration"] for one in clicks)
        figures["click, main thread, ms"] = median(one["TaskDuration"] for one in clicks)
        figures["click, KB"] = median(sizes)
        market = f'.st-key-filters input[value="{MARKET}"]'
        figures["switch, main thread, ms"] = scale.weigh(lambda: page.evaluate(PRESS, market))["TaskDuration"]
        figures["zoom step, main thread, ms"] = scale.weigh(lambda: frame.evaluate(PRESS, ".oc-button"))["TaskDuration"]
    return figures


def map_of(page: Page) -> Frame:
    """Return the map's frame."""
    frame = page.locator(".st-key-map iframe").element_handle().content_frame()
    if frame is None:
        raise ValueError("the map has no frame")
    return frame


class Scale:
    """Weighs work: how long the main thread of a page was busy, as the browser itself counts it."""

    def __init__(self, page: Page, server: Server) -> None:
        """Begin to count."""
        self._page, self._server = page, server
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("Performance.enable")

    def weigh(self, act: Callable[[], Any]) -> Figures:
        """Do something and wait until nothing more comes of it; return the ms of each kind of work."""
        self.rest()
        before = self.read()
        act()
        self.rest()
        return {name: (value - before[name]) * 1000 for name, value in self.read().items() if name.endswith("Duration")}

    def read(self) -> Figures:
        """Return the seconds of each kind of work up to now."""
        return {one["name"]: one["value"] for one in self._cdp.send("Performance.getMetrics")["metrics"]}

    def rest(self) -> None:
        """Wait until page and server are quiet."""
        quiet, limit, last = 0, time.monotonic() + PATIENCE_MS / 1000, self.busy_s()
        while quiet < QUIET_ROUNDS and time.monotonic() < limit:
            self._page.wait_for_timeout(QUIET_MS)
            now = self.busy_s()
            quiet = quiet + 1 if now - last <= QUIET_SHARE * QUIET_MS / 1000 else 0
            last = now

    def busy_s(self) -> float:
        """Return the seconds that page and server have worked."""
        return self.read()["TaskDuration"] + self._server.cpu_s()
