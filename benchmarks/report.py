"""The report of ``run.py``: measurements as a table."""

import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

Measures = dict[str, list[float]]
Run = dict[str, Measures]  # what one run measured, by what was measured
Pick = Callable[[Run], float]  # one figure out of a run

BROWSER_FLOOR = "floor, browser answers"
DIGITS = ((100, 0), (10, 1))  # from which size on a number has so many decimals
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


class Row(NamedTuple):
    """A line of the table: a figure, in which unit, and of which floor the same figure is (none: there is none)."""

    figure: str
    title: str
    floors: tuple[str, ...] = ()
    scale: float = 1.0
    of: Callable[[Sequence[float]], float] = statistics.median


class Target(NamedTuple):
    """A goal: its words, the figure, and the limit that it has to stay below, or reach where it is ``least``."""

    title: str
    pick: Pick
    limit: float
    least: bool = False


ROWS = (
    Row("click_ms", "click → panel, ms", (BROWSER_FLOOR,)),
    Row("run_ms", "click → run over, ms", ("floor",)),
    Row("filtered_ms", "click under a filter → panel, ms"),
    Row("switch_ms", "switch of market → map repainted, ms"),
    Row("load_ms", "load → page can be clicked, ms", ("floor",)),
    Row("reload_ms", "reload → page can be clicked, ms", ("floor",)),
    Row("slow_ms", "slow line: load → page can be clicked, ms", ("floor",)),
    Row("slow_picture_ms", "slow line: load → picture of the map, not yet to be clicked, ms"),
    Row("click_cpu_ms", "server CPU per click (mean), ms", ("floor",), of=statistics.fmean),
    Row("load_cpu_ms", "server CPU per first load (mean), ms", ("floor",), of=statistics.fmean),
    Row("crowd_ms", "100 first loads at once, files alone: until all have them, ms", ("floor",)),
    Row("crowd_cpu_ms", "server CPU for these, ms", ("floor",)),
    Row("click_websocket_bytes", "click: websocket, KB", ("floor",), 1e-3),
    Row("click_http_bytes", "click: HTTP, KB", ("floor",), 1e-3),
    Row("load_websocket_bytes", "first load: websocket, KB", ("floor",), 1e-3),
    Row("load_http_bytes", "first load: HTTP from the app, KB", ("floor",), 1e-3),
    Row("load_cdn_bytes", "first load: HTTP from CDNs, KB", (), 1e-3),
    Row("memory_mb", "server memory, 1 session, MB", of=lambda values: values[0]),
    Row("session_mb", "server memory, growth for each further session, MB"),
)


def facts(chromium: str) -> dict[str, str]:
    """Return what has to be known of the machine to read the figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    packages = {name: version(name) for name in ("streamlit", "streamlit-folium", "folium")}
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **packages,
        "chromium": chromium,
    }


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile, interpolated."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def write_report(machine: Mapping[str, str], runs: Sequence[Run], what: str) -> str:
    """Return the report as Markdown."""
    lines = [
        f"{what}: {'; '.join(f'{name} {value}' for name, value in machine.items())}.",
        "",
        "| | ocmap | p95 | naive | floor | naive ÷ ocmap | ocmap ÷ floor |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(_line(row, runs) for row in ROWS),
        "",
        _others(runs),
        *(_rebuilt(name, runs) for name in ("ocmap", "naive")),
        "",
        *(_verdict(target, runs) for target in targets()),
    ]
    return "\n".join(lines)


def update_results(path: Path, report: str) -> None:
    """Put a report between the markers of a file, in the place of the one before."""
    text = path.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    path.write_text(f"{head}{BEGIN}\n{report}\n{END}{tail}", "utf-8")


def targets() -> tuple[Target, ...]:
    """Return the goals."""
    rows = {row.figure: row for row in ROWS}
    ours, naive, floor = ("ocmap",), ("naive",), ("floor",)

    def ratio(figure: str, above: Sequence[str], below: Sequence[str], of: str = "") -> Pick:
        """Return what divides two figures of a run, or the same one of two apps."""
        return lambda run: _figure(rows[figure], run, above) / _figure(rows[of or figure], run, below)

    return (
        Target("click → panel, ocmap ÷ floor at most 1.1", ratio("click_ms", ours, (BROWSER_FLOOR,)), 1.1),
        Target("click → panel, naive ÷ ocmap at least 200", ratio("click_ms", naive, ours), 200, least=True),
        Target("click → run over, ocmap ÷ floor at most 1.25", ratio("run_ms", ours, floor), 1.25),
        Target("switch of market, naive ÷ ocmap at least 25", ratio("switch_ms", naive, ours), 25, least=True),
        Target("load, ocmap ÷ floor at most 1.1", ratio("load_ms", ours, floor), 1.1),
        Target("load, ocmap ÷ naive at most 0.8", ratio("load_ms", ours, naive), 0.8),
        Target("MB over the wire at the first load, at most 1.3", lambda run: run["ocmap"]["load_bytes"][0] / 1e6, 1.3),
        Target("slow line: load, ocmap ÷ naive at most 0.35", ratio("slow_ms", ours, naive), 0.35),
        Target(
            "slow line: picture of the map ÷ naive’s load at most 0.05",
            ratio("slow_picture_ms", ours, naive, of="slow_ms"),
            0.05,
        ),
        Target("slow line: light edition’s load ÷ naive’s at most 0.1", ratio("slow_ms", ("light",), naive), 0.1),
        Target("MB of the light edition, at most 0.25", lambda run: run["light"]["load_bytes"][0] / 1e6, 0.25),
        Target("ms of server CPU by a click, at most 12", lambda run: _figure(rows["click_cpu_ms"], run, ours), 12),
        Target("server CPU by a first load, ocmap ÷ floor at most 1.2", ratio("load_cpu_ms", ours, floor), 1.2),
        Target("100 first loads at once, ocmap ÷ floor at most 1", ratio("crowd_ms", ours, floor), 1),
        Target("server CPU for these, ocmap ÷ floor at most 1", ratio("crowd_cpu_ms", ours, floor), 1),
        Target("maps rebuilt by clicks and switches: none", lambda run: _rebuilds(run["ocmap"]), 0),
    )


def _figure(row: Row, run: Run, names: Sequence[str]) -> float:
    """Return a run's figure, summed over what is named."""
    return sum(row.of(run[name][row.figure]) * row.scale for name in names)


def _ratio(row: Row, above: Sequence[str], below: Sequence[str]) -> Pick:
    """Return what divides a run's figures."""
    return lambda run: _figure(row, run, above) / _figure(row, run, below)


def _has(row: Row, runs: Sequence[Run], names: Sequence[str]) -> bool:
    return bool(names) and all(run[name][row.figure] for run in runs for name in names)


def _line(row: Row, runs: Sequence[Run]) -> str:
    """Return a figure's line: medians over the runs, and of the ratios their range too."""
    ours, naive = ("ocmap",), ("naive",)
    cells = [
        _median(row, runs, ours),
        _number(statistics.median(p95(run["ocmap"][row.figure]) for run in runs)) if row.title.endswith("ms") else "",
        _median(row, runs, naive),
        _median(row, runs, row.floors),
        _spread(row, runs, naive, ours),
        _spread(row, runs, ours, row.floors),
    ]
    return f"| {row.title} | {' | '.join(cells)} |"


def _median(row: Row, runs: Sequence[Run], names: Sequence[str]) -> str:
    if not _has(row, runs, names):
        return ""
    return _number(statistics.median(_figure(row, run, names) for run in runs))


def _spread(row: Row, runs: Sequence[Run], above: Sequence[str], below: Sequence[str]) -> str:
    """Return the median of a ratio over the runs, and its range."""
    if not (_has(row, runs, above) and _has(row, runs, below)) or any(
        _figure(row, run, names) <= 0 for run in runs for names in (above, below)
    ):
        return ""
    ratios = [_ratio(row, above, below)(run) for run in runs]
    return _with_range(ratios)


def _with_range(values: Sequence[float]) -> str:
    low, high = (_number(one) for one in (min(values), max(values)))
    return _number(statistics.median(values)) + (f" ({low}–{high})" if low != high else "")


def _number(value: float) -> str:
    """Return three figures, of small values two decimals."""
    digits = next((digits for least, digits in DIGITS if abs(value) >= least), 2)
    return f"{value:.{digits}f}"


def _others(runs: Sequence[Run]) -> str:
    """Return the loads of an empty page and of the light edition, which have no column."""
    rows = {row.figure: row for row in ROWS}
    light = f"{_median(rows['load_http_bytes'], runs, ('light',))} KB"
    parts = [
        f"{title}: load {_median(rows['load_ms'], runs, (name,))} ms, over the slow line "
        f"{_median(rows['slow_ms'], runs, (name,))} ms"
        for name, title in {"empty": "an empty page of Streamlit", "light": f"light edition ({light})"}.items()
    ]
    return "; ".join(parts) + "  "


def _rebuilds(found: Measures) -> float:
    """Return how often an app's map was replaced by another; a start beyond the first counts as well."""
    return [*found["click_same_map"], *found["switch_same_map"]].count(False) + max(found["starts"], default=1) - 1


def _rebuilt(name: str, runs: Sequence[Run]) -> str:
    """Say how often an app's map was replaced by another."""
    counts = [
        f"{sum(run[name][kind].count(False) for run in runs)} of {sum(len(run[name][kind]) for run in runs)} {title}"
        for kind, title in (("click_same_map", "clicks"), ("switch_same_map", "switches"))
    ]
    starts = max((start for run in runs for start in run[name]["starts"]), default=None)
    text = f"{name}: map rebuilt by {' and '.join(counts)}"
    return f"{text}; data-ocmap-starts = {starts:.0f}  " if starts is not None else f"{text}  "


def _verdict(target: Target, runs: Sequence[Run]) -> str:
    """Say whether a goal was met by the median of the runs."""
    values = [target.pick(run) for run in runs]
    middle = statistics.median(values)
    met = middle >= target.limit if target.least else middle <= target.limit
    return f"- {'met' if met else 'MISSED'}: {target.title} (is {_with_range(values)})"
