"""Is ocmap quicker than what a tutorial gives, and how near to the least that Streamlit needs? ``make bench``."""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

import vendor
from drive import (
    HERE,
    ROOT,
    App,
    Market,
    Meter,
    Server,
    Session,
    browse,
    naive_control,
    new_context,
    ocmap_control,
    serve,
)
from playwright.sync_api import Browser, Playwright, sync_playwright
from report import Measures, Run, facts, update_results, write_report

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.geo.join import build_evidence
from ocmap.geo.shapes import read_shapes

WARM_CLICKS = 2
MOST_METERED = 5
CLICKED = ("naive", "ocmap", "floor", "floor, browser answers")
SWITCHED = ("naive", "ocmap")
CROWDED = ("ocmap", "floor")
CROWD = 100
WEIGHED = ("naive", "ocmap", "floor", "light")
LOADED = ("naive", "ocmap", "floor", "empty", "light")

Pairs = Mapping[str, tuple[App, Server]]


def main() -> None:
    """Run everything as often as asked and print the report."""
    options = parse()
    with ExitStack() as stack:
        cdn = stack.enter_context(vendor.serve())
        playwright = stack.enter_context(sync_playwright())
        apps = make_apps(cdn, cached=options.cached_naive)
        plan = read_plan()
        runs: list[Run] = []
        for number in range(options.runs):
            say(f"run {number + 1} of {options.runs}")
            machine, found = run_once(playwright, apps, plan, options)
            runs.append(found)
    if options.json:
        options.json.write_text(json.dumps({"machine": machine, "runs": runs}, indent=1) + "\n", "utf-8")
    report = write_report(machine, runs, what_was_run(options))
    print(report)
    if options.write:
        update_results(HERE / "RESULTS.md", report)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure ocmap beside a naive app and a bare one on the same data.")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often all of it is done (3)")
    parser.add_argument("--clicks", type=int, default=15, metavar="N", help="timed clicks for each app (15)")
    parser.add_argument("--switches", type=int, default=8, metavar="N", help="switches of a market for each app (8)")
    parser.add_argument("--loads", type=int, default=4, metavar="N", help="loads, each followed by a reload (4)")
    parser.add_argument("--sessions", type=int, default=20, metavar="N", help="pages open for the server's memory (20)")
    parser.add_argument("--cached-naive", action="store_true", help="let the naive app keep what it has read")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement there as well")
    parser.add_argument("--write", action="store_true", help="put the report into RESULTS.md, between its markers")
    return parser.parse_args()


def what_was_run(options: argparse.Namespace) -> str:
    """Return the counts and the day of a report."""
    counts = ", ".join(f"{getattr(options, name)} {name}" for name in ("clicks", "switches", "loads", "sessions"))
    cached = ", naive app cached" if options.cached_naive else ""
    return f"{options.runs} runs of {counts}{cached}, on {datetime.now(UTC):%Y-%m-%d}"


def say(what: str) -> None:
    """Tell what is going on."""
    print(f"… {what}", flush=True)


def make_apps(cdn: str, *, cached: bool) -> dict[str, App]:
    """Return what is measured, by name."""
    environment = {"OCMAP_BENCH_CDN": cdn, "OCMAP_BENCH_CACHED": "1" if cached else ""}
    floor, static_folder = HERE / "floor_app.py", {"STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true"}
    heading = '[data-testid="stHeading"] h3'
    apps = (
        App("naive", HERE / "naive_app.py", heading, environment=environment, control=naive_control),
        App("ocmap", ROOT / "app.py", ".st-key-panel h2", control=ocmap_control),
        App("floor", floor, ".pn h2", environment=static_folder),
        App("floor, browser answers", floor, ".pn h2", query="?answers=browser", environment=static_folder),
        App("empty", HERE / "empty_app.py"),
        App("light", ROOT / "app.py", "main h2", query="light/"),
    )
    return {app.name: app for app in apps}


class Plan:
    """What is clicked and switched: the regions with statements, and the markets, those with most statements first."""

    def __init__(self, dataset: Dataset, regions: Sequence[tuple[str, str]]) -> None:
        """Take the regions, and order the markets."""
        self.regions = regions
        statements = [dataset.markets_of(statement) for statement in dataset.statements]
        ranked = sorted(dataset.markets, key=lambda one: -sum(one.topic_id in some for some in statements))
        self.markets = [Market(one.topic_id, one.name_es) for one in ranked]


def read_plan() -> Plan:
    """Return the plan; regions are in the order of their ids."""
    directory = ROOT / "geodata"
    dataset = read_dataset(directory)
    shapes = read_shapes(directory, dataset)
    named = {row.place_id for row in build_evidence(dataset, shapes)}
    names = [(str(one), dataset.place[str(one)].name_es) for one in shapes.regions.index if one in named]
    return Plan(dataset, names)


def run_once(
    playwright: Playwright, apps: Mapping[str, App], plan: Plan, options: argparse.Namespace
) -> tuple[dict[str, str], Run]:
    """Measure everything once, on fresh servers and in a fresh browser; return the machine's facts and the figures."""
    found: Run = {name: defaultdict(list) for name in apps}
    with ExitStack() as servers, browse(playwright) as browser:
        pairs = {name: (app, servers.enter_context(serve(app))) for name, app in apps.items()}
        machine = facts(browser.version)
        say("loading")
        measure_loads(browser, pairs, found, options.loads)
        say("loading over a slow line")
        measure_slow(browser, pairs, found)
        say(f"{CROWD} first loads at once")
        measure_crowd(browser, pairs, found)
        sessions = {name: open_session(browser, *pairs[name]) for name in CLICKED}
        say("clicking")
        measure_clicks(sessions, found, plan.regions, options.clicks)
        switched = {name: sessions[name] for name in SWITCHED}
        say("switching markets")
        measure_switches(switched, found, plan.markets[: (options.switches + 1) // 2])
        say("clicking under a filter")
        measure_filtered(switched, found, plan.markets[0], plan.regions[: max(2, options.clicks // 2)])
        say("counting bytes")
        measure_bytes(browser, pairs, found, plan.regions[: min(options.clicks, MOST_METERED)])
    say(f"opening {options.sessions} sessions of ocmap")
    measure_memory(playwright, apps["ocmap"], found["ocmap"], options.sessions)
    return machine, found


def measure_loads(browser: Browser, pairs: Pairs, found: Run, loads: int) -> None:
    """Time loads with a fresh profile, and reloads; the first of each warms its server and is not recorded."""
    for number in range(loads + 1):
        for name in LOADED:
            app, server = pairs[name]
            context = new_context(browser)
            session = Session(app, server, context.new_page())
            before = server.cpu_s()
            first = session.load()
            session.settle()
            if number:
                found[name]["load_ms"].append(first)
                found[name]["load_cpu_ms"].append((server.cpu_s() - before) * 1000)
                found[name]["reload_ms"].append(session.reload())
                session.settle()
            context.close()


def measure_slow(browser: Browser, pairs: Pairs, found: Run) -> None:
    """Time one load with a fresh profile over a slow line."""
    for name in LOADED:
        context = new_context(browser)
        session = Session(*pairs[name], context.new_page())
        session.slow_down()
        found[name]["slow_ms"].append(session.load())
        if name == "ocmap":
            found[name]["slow_picture_ms"].append(session.picture())
        context.close()


def measure_crowd(browser: Browser, pairs: Pairs, found: Run) -> None:
    """Time many first loads at once, without browsers: each fetches all that a page's first load fetches."""
    for name in CROWDED:
        app, server = pairs[name]
        context = new_context(browser)
        session = Session(app, server, context.new_page())
        session.load()
        session.settle()
        paths = session.fetched()
        context.close()
        before, start = server.cpu_s(), time.perf_counter()
        with ThreadPoolExecutor(CROWD) as crowd:
            list(crowd.map(lambda _, paths=paths, url=server.url: fetch_all(url, paths), range(CROWD)))
        found[name]["crowd_ms"].append((time.perf_counter() - start) * 1000)
        found[name]["crowd_cpu_ms"].append((server.cpu_s() - before) * 1000)


def fetch_all(url: str, paths: Sequence[str]) -> None:
    """Fetch files one after another over one connection, as packed as the server has them."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=120)) as connection:
        for path in paths:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            if connection.getresponse().read() == b"":
                raise ValueError(f"{path} is empty")


def open_session(browser: Browser, app: App, server: Server) -> Session:
    """Open a page and wait until it is drawn and quiet."""
    session = Session(app, server, new_context(browser).new_page())
    session.load()
    session.settle()
    session.wait_ahead()
    return session


def measure_clicks(
    sessions: Mapping[str, Session], found: Run, regions: Sequence[tuple[str, str]], clicks: int
) -> None:
    """Click one region after the other, in each app in turn."""
    for number, (region, region_name) in enumerate(islice(cycle(regions), clicks + WARM_CLICKS)):
        for name, session in sessions.items():
            session.mark()
            before = session.server.cpu_s()
            times = session.click(region, region_name)
            session.settle()
            if number >= WARM_CLICKS:
                found[name]["click_ms"].append(times["panel"])
                found[name]["run_ms"].append(times["run"])
                found[name]["click_cpu_ms"].append((session.server.cpu_s() - before) * 1000)
                found[name]["click_same_map"].append(session.is_same_map())
    note_starts(sessions, found)


def note_starts(sessions: Mapping[str, Session], found: Run) -> None:
    """Record how often a map was started, where it counts that."""
    for name, session in sessions.items():
        starts = session.starts()
        if starts is not None:
            found[name]["starts"].append(starts)


def measure_switches(sessions: Mapping[str, Session], found: Run, markets: Sequence[Market]) -> None:
    """Switch markets on and off again, in each app in turn."""
    for market in markets:
        for _ in ("on", "off"):
            for name, session in sessions.items():
                session.mark()
                found[name]["switch_ms"].append(session.press(market))
                session.settle()
                found[name]["switch_same_map"].append(session.is_same_map())
    note_starts(sessions, found)


def measure_filtered(
    sessions: Mapping[str, Session], found: Run, market: Market, regions: Sequence[tuple[str, str]]
) -> None:
    """Choose a market, then click regions."""
    for session in sessions.values():
        session.press(market)
        session.settle()
    for region, region_name in regions:
        for name, session in sessions.items():
            found[name]["filtered_ms"].append(session.click(region, region_name)["panel"])
            session.settle()


def measure_bytes(browser: Browser, pairs: Pairs, found: Run, regions: Sequence[tuple[str, str]]) -> None:
    """Count what the browser gets at a first load and by a click; not timed, since counting costs time."""
    for name in WEIGHED:
        app, server = pairs[name]
        session = Session(app, server, new_context(browser).new_page())
        meter = Meter(session)
        session.load()
        session.settle()
        session.wait_ahead()
        keep(found[name], "load", meter.take)
        for region, region_name in regions:
            if name in CLICKED:
                session.click(region, region_name)
                session.settle()
                keep(found[name], "click", meter.take)


def keep(found: Measures, when: str, take: Callable[[], dict[str, int]]) -> None:
    """Keep a meter's counts, and for the page's own server their sum."""
    counts = take()
    for name, count in counts.items():
        found[f"{when}_{name}_bytes"].append(count)
    found[f"{when}_bytes"].append(counts["websocket"] + counts["http"])


def measure_memory(playwright: Playwright, app: App, found: Measures, sessions: int) -> None:
    """Read a server's memory with one page open and with all of them, after a visit that warms it."""
    with serve(app) as server, browse(playwright) as browser:
        visit = new_context(browser)
        Session(app, server, visit.new_page()).load()
        visit.close()
        context = new_context(browser)
        for number in range(1, sessions + 1):
            session = Session(app, server, context.new_page())
            session.load()
            if number in (1, sessions):
                session.settle()
                found["memory_mb"].append(server.rss_mb())
        first, last = found["memory_mb"][0], found["memory_mb"][-1]
        found["session_mb"].append((last - first) / max(1, sessions - 1))


if __name__ == "__main__":
    main()
