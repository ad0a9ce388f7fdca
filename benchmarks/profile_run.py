"""Where a click spends the server's time: ``python benchmarks/profile_run.py``; what it said is in ``RESULTS.md``.

It serves the app with a profile around every second run of the script, clicks regions in a browser and prints whose
code took how long. A profile makes Python's own code slower against C's: the shares are the profile's, the sums those
of the runs between, in which nothing was profiled.
"""

import argparse
import cProfile
import gc
import itertools
import json
import pstats
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from drive import ROOT, App, Session, browse, new_context, serve
from playwright.sync_api import sync_playwright
from run import WARM_CLICKS, read_plan
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli

OUT = "OCMAP_PROFILE_OUT"
OWNERS = ("streamlit_folium", "folium", "branca", "jinja2", "google", "streamlit", "ocmap")
NAMES = {"google": "protobuf", "branca": "folium"}
PYTHON = "Python and its library"
# With all that they call; what is further in is part of what it stands under.
WATCHED = (
    ("_show_panel_of_session", "app/map_view.py", "the fragment"),
    ("mount", "app/components.py", "— component"),
    ("go", "app/session.py", "state and address"),
    ("enqueue", "script_run_context.py", "messages queued, wherever"),
)

Function = tuple[str, int, str]


class Click(NamedTuple):
    """What a click cost, in ms.

    Attributes:
        process: The server's CPU.
        wall: The script's thread by the clock.
        thread: Its CPU.
        collecting: Of that, garbage collection.
        profiled: Whether there was a profile, so that these are higher than they would be.
    """

    process: float
    wall: float
    thread: float
    collecting: float
    profiled: bool


def main() -> None:
    """Serve under a profile, or drive a browser and print what it cost the server."""
    parser = argparse.ArgumentParser(description="Say where a click spends the server's time.")
    parser.add_argument("--clicks", type=int, default=40, metavar="N", help="clicks; every second is profiled (40)")
    parser.add_argument("--query", default="", help="the query with which the page is opened, such as ?markets=arms")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options, command = parser.parse_known_args()
    if options.serve:
        serve_profiled(options.serve, command)
    else:
        print(report(*drive(options.clicks, options.query)))


def serve_profiled(out: Path, command: list[str]) -> None:
    """Run Streamlit; write the times of each run, and the profile of every second one, into a folder."""
    original = ScriptRunner._run_script  # noqa: SLF001 - Streamlit has no other place around a run
    profile, count, collected = cProfile.Profile(), itertools.count(), [0.0]

    def on_collection(phase: str, _: Mapping[str, int]) -> None:
        collected[0] += time.thread_time() * (1 if phase == "stop" else -1)

    def run_script(self: ScriptRunner, rerun_data: Any) -> None:
        profiled = (out / "on").exists() and next(count) % 2 == 0
        wall, cpu, collected[0] = time.perf_counter(), time.thread_time(), 0.0
        if profiled:
            profile.enable()
        original(self, rerun_data)
        profile.disable()
        times = [time.perf_counter() - wall, time.thread_time() - cpu, collected[0], profiled]
        if profiled:
            profile.dump_stats(out / "profile")
        with (out / "runs").open("a") as file:
            file.write(json.dumps(times) + "\n")

    ScriptRunner._run_script = run_script  # type: ignore[method-assign]  # noqa: SLF001
    gc.callbacks.append(on_collection)
    sys.argv = ["streamlit", *command]
    cli.main()


class Profiled(App):
    """An app whose server profiles itself into the folder that its environment names."""

    def command(self, port: int) -> tuple[list[str], str]:
        """Return what serves it."""
        command, healthy = super().command(port)
        return [sys.executable, __file__, "--serve", self.environment[OUT], *command[3:]], healthy


def drive(clicks: int, query: str) -> tuple[pstats.Stats, list[Click]]:
    """Click regions; return the profile, and what each click cost."""
    found = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        app = Profiled("profile", ROOT / "app.py", ".st-key-panel h2", query=query, environment={OUT: str(folder)})
        server = stack.enter_context(serve(app))
        browser = stack.enter_context(browse(stack.enter_context(sync_playwright())))
        session = Session(app, server, new_context(browser).new_page())
        session.load()
        session.settle()
        for number, (region, name) in enumerate(islice(cycle(read_plan().regions), clicks + WARM_CLICKS)):
            if number == WARM_CLICKS:
                (folder / "on").touch()
            seen, used = len(read_runs(folder)), server.cpu_s()
            session.click(region, name)
            session.settle()
            runs = read_runs(folder)[seen:]
            wall, thread, collecting = (sum(run[i] for run in runs) * 1000 for i in range(3))
            if number >= WARM_CLICKS:
                process = (server.cpu_s() - used) * 1000
                found.append(Click(process, wall, thread, collecting, any(run[-1] for run in runs)))
        return pstats.Stats(str(folder / "profile")), found


def read_runs(folder: Path) -> list[list[float]]:
    """Return the times of the runs so far."""
    return [json.loads(line) for line in (folder / "runs").read_text("utf-8").splitlines()]


def report(stats: pstats.Stats, clicks: Sequence[Click]) -> str:
    """Return the tables as Markdown."""
    plain = [click for click in clicks if not click.profiled]
    process, wall, thread, collecting = (statistics.fmean(column) for column in list(zip(*plain, strict=True))[:-1])
    timings: Mapping[Function, Any] = stats.stats  # type: ignore[attr-defined]
    owned = Counter[str]()
    for owner, seconds in by_owner(timings):
        owned[owner] += seconds
    scale = (thread - collecting) / sum(owned.values())
    lines = [
        f"{len(clicks)} clicks, {len(clicks) - len(plain)} of them profiled.",
        "",
        "| server's CPU for a click, mean | ms |",
        "|---|--:|",
        f"| all of the process | {process:.1f} |",
        f"| of it the script's thread ({wall:.1f} ms by the clock) | {thread:.1f} |",
        f"| — garbage collection | {collecting:.1f} |",
        *(f"| — {owner} | {seconds * scale:.1f} |" for owner, seconds in owned.most_common()),
        "",
        "| of the script's thread, with all that it calls | ms |",
        "|---|--:|",
        *(f"| {title} | {inside(timings, name, file) * scale:.1f} |" for name, file, title in WATCHED),
    ]
    return "\n".join(lines)


def by_owner(timings: Mapping[Function, Any]) -> Iterator[tuple[str, float]]:
    """Yield whose code took how many seconds; what is built in counts for whoever called it."""
    for function, (_, _, own, _, callers) in timings.items():
        if "gc.collect" in function[2]:
            continue  # measured by itself
        if function[0] == "~" and callers:
            yield from ((owner_of(caller), one[2]) for caller, one in callers.items())
        else:
            yield owner_of(function), own


def owner_of(function: Function) -> str:
    """Return whose code a function is."""
    parts = Path(function[0]).parts
    owner = next((one for one in OWNERS if one in parts), None)
    return NAMES.get(owner, owner) if owner else PYTHON


def inside(timings: Mapping[Function, Any], name: str, file: str) -> float:
    """Return the seconds in a function and in all that it calls."""
    return float(sum(row[3] for function, row in timings.items() if function[2] == name and function[0].endswith(file)))


if __name__ == "__main__":
    main()
