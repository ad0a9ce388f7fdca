"""Measure ocmap beside a naive app: ``python benchmarks/run.py``. What is measured: ``benchmarks/README.md``."""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

import vendor
from drive import ROOT, App, Meter, Server, Session, browse, new_context, serve
from playwright.sync_api import Browser, Playwright, sync_playwright
from report import Measures, facts, write_report

from ocmap.dataset import Dataset, read_dataset
from ocmap.geometry import read_shapes
from ocmap.join import build_evidence
from ocmap.labels import short_of

WARM_CLICKS = 2
MOST_METERED = 5


def main() -> None:
    """Run everything and print the report."""
    options = parse()
    dataset, regions = read_plan()
    markets = dataset.markets
    with ExitStack() as stack:
        cdn = stack.enter_context(vendor.serve())
        playwright = stack.enter_context(sync_playwright())
        apps = make_apps(cdn, cached=options.cached_naive)
        names = {
            "ocmap": [short_of(topic, "es") for topic in markets],
            "naive": [topic.name_es for topic in markets],
        }
        measures: dict[str, Measures] = {app.name: defaultdict(list) for app in apps}
        with ExitStack() as servers, browse(playwright) as browser:
            pairs = [(app, servers.enter_context(serve(app))) for app in apps]
            machine = facts(browser.version)
            say("loading")
            measure_loads(browser, pairs, measures, options.loads)
            sessions = [open_session(browser, app, server) for app, server in pairs]
            say("clicking")
            measure_clicks(sessions, measures, regions, options.clicks)
            say("switching markets")
            measure_switches(sessions, measures, names, most_told(dataset, options.switches))
            say("clicking under a filter")
            measure_filtered(
                sessions, measures, names, most_told(dataset, 1)[0], regions[: max(2, options.clicks // 2)]
            )
            say("counting bytes")
            measure_bytes(browser, pairs, measures, regions, min(options.clicks, MOST_METERED))
        for app in apps:
            say(f"opening {options.sessions} sessions of {app.name}")
            measure_memory(playwright, app, measures[app.name], options.sessions)
    print(write_report(machine, measures, options.sessions))
    if options.json:
        options.json.write_text(json.dumps({"machine": machine, "measures": measures}, indent=1) + "\n", "utf-8")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure ocmap beside a naive app on the same data.")
    parser.add_argument("--clicks", type=int, default=20, metavar="N", help="timed clicks for each app (20)")
    parser.add_argument("--switches", type=int, default=10, metavar="N", help="switches of a market for each app (10)")
    parser.add_argument("--loads", type=int, default=5, metavar="N", help="loads, each followed by a reload (5)")
    parser.add_argument("--sessions", type=int, default=20, metavar="N", help="pages open for the server's memory (20)")
    parser.add_argument("--cached-naive", action="store_true", help="let the naive app keep what it has read")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement there as well")
    return parser.parse_args()


def say(what: str) -> None:
    """Tell what is going on."""
    print(f"… {what}", flush=True)


def make_apps(cdn: str, *, cached: bool) -> tuple[App, App]:
    """Return the two apps."""
    environment = {"OCMAP_BENCH_CDN": cdn, "OCMAP_BENCH_CACHED": "1" if cached else ""}
    naive = Path(__file__).parent / "naive_app.py"
    return (
        App("ocmap", ROOT / "app.py", ".st-key-panel h2"),
        App("naive", naive, '[data-testid="stHeading"] h3', environment),
    )


def read_plan() -> tuple[Dataset, list[tuple[str, str]]]:
    """Return the data, and the regions of which something is said with their names, in the order of clicks."""
    directory = ROOT / "geodata"
    dataset, shapes = read_dataset(directory), read_shapes(directory)
    told = {row.place_id for row in build_evidence(dataset, shapes)}
    return dataset, [(str(one), dataset.place[str(one)].name_es) for one in shapes.regions.index if one in told]


def most_told(dataset: Dataset, switches: int) -> list[int]:
    """Return the places in ``dataset.markets`` of the markets to switch on and off, those most told first."""
    ids = [topic.topic_id for topic in dataset.markets]
    counts = [sum(one in dataset.markets_of(statement) for statement in dataset.statements) for one in ids]
    order = sorted(range(len(ids)), key=lambda i: -counts[i])
    return order[: (switches + 1) // 2]


Pairs = Sequence[tuple[App, Server]]


def measure_loads(browser: Browser, pairs: Pairs, measures: Mapping[str, Measures], loads: int) -> None:
    """Time loads with a fresh profile, and reloads; the first of each app warms its server and is not kept."""
    for number in range(loads + 1):
        for app, server in pairs:
            context = new_context(browser)
            session = Session(app, server, context.new_page())
            first = session.load()
            session.settle()
            again = session.reload()
            session.settle()
            if number:
                measures[app.name]["load_ms"].append(first)
                measures[app.name]["reload_ms"].append(again)
            context.close()


def open_session(browser: Browser, app: App, server: Server) -> Session:
    """Open a page and wait until it is drawn and quiet."""
    session = Session(app, server, new_context(browser).new_page())
    session.load()
    session.settle()
    session.wait_ahead()
    return session


def measure_clicks(
    sessions: Sequence[Session], measures: Mapping[str, Measures], regions: Sequence[tuple[str, str]], clicks: int
) -> None:
    """Click one region after the other, in one app and then in the other."""
    for number, (region, name) in enumerate(islice(cycle(regions), clicks + WARM_CLICKS)):
        for session in sessions:
            found = measures[session.app.name]
            session.mark()
            before = session.server.cpu_s()
            times = session.click(region, name)
            session.settle()
            if number >= WARM_CLICKS:
                found["click_ms"].append(times["panel"])
                found["run_ms"].append(times["run"])
                found["click_cpu_ms"].append((session.server.cpu_s() - before) * 1000)
                found["click_kept"].append(session.kept())
    for session in sessions:
        note_starts(session, measures)


def note_starts(session: Session, measures: Mapping[str, Measures]) -> None:
    """Keep how often the map says it was started, where it says so."""
    starts = session.starts()
    if starts is not None:
        measures[session.app.name]["starts"].append(starts)


def measure_switches(
    sessions: Sequence[Session],
    measures: Mapping[str, Measures],
    names: Mapping[str, Sequence[str]],
    markets: Sequence[int],
) -> None:
    """Switch markets on and off again, one after the other, in one app and then in the other."""
    for market in markets:
        for _ in ("on", "off"):
            for session in sessions:
                found = measures[session.app.name]
                session.mark()
                found["switch_ms"].append(session.press(names[session.app.name][market]))
                session.settle()
                found["switch_kept"].append(session.kept())
    for session in sessions:
        note_starts(session, measures)


def measure_filtered(
    sessions: Sequence[Session],
    measures: Mapping[str, Measures],
    names: Mapping[str, Sequence[str]],
    market: int,
    regions: Sequence[tuple[str, str]],
) -> None:
    """Choose a market, then click regions: under a filter it is the server that answers in both apps."""
    for session in sessions:
        session.press(names[session.app.name][market])
        session.settle()
    for region, name in regions:
        for session in sessions:
            measures[session.app.name]["filtered_ms"].append(session.click(region, name)["panel"])
            session.settle()


def measure_bytes(
    browser: Browser, pairs: Pairs, measures: Mapping[str, Measures], regions: Sequence[tuple[str, str]], clicks: int
) -> None:
    """Count what the browser gets at a first load and by a click; not timed, since counting costs time."""
    for app, server in pairs:
        session = Session(app, server, new_context(browser).new_page())
        meter = Meter(session)
        session.load()
        session.settle()
        session.wait_ahead()
        keep(measures[app.name], "load", meter.take)
        for region, name in regions[:clicks]:
            session.click(region, name)
            session.settle()
            keep(measures[app.name], "click", meter.take)


def keep(found: Measures, when: str, take: Callable[[], dict[str, int]]) -> None:
    """Keep a meter's counts."""
    for name, count in take().items():
        found[f"{when}_{name}_bytes"].append(count)


def measure_memory(playwright: Playwright, app: App, found: Measures, sessions: int) -> None:
    """Read the memory of a fresh server with one page open, and with all of them."""
    with serve(app) as server, browse(playwright) as browser:
        context = new_context(browser)
        for number in range(1, sessions + 1):
            session = Session(app, server, context.new_page())
            session.load()
            session.settle()
            if number in (1, sessions):
                found["memory_mb"].append(server.rss_mb())


if __name__ == "__main__":
    main()
