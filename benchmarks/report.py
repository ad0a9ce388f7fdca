"""Turn measurements into a table."""

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version

Measures = dict[str, list[float]]

CLICK_RATIO = 20.0
CLICK_BYTES = 20_000
TIMES = {
    "click_ms": "click → panel, ms",
    "run_ms": "click → run over, ms",
    "filtered_ms": "click under a filter → panel, ms",
    "switch_ms": "switch of market → map repainted, ms",
    "load_ms": "load → regions drawn, ms",
    "reload_ms": "reload → regions drawn, ms",
    "click_cpu_ms": "server CPU per click, ms",
}
BYTES = {
    "click_websocket_bytes": "click: websocket, KB",
    "click_http_bytes": "click: HTTP, KB",
    "load_websocket_bytes": "first load: websocket, KB",
    "load_http_bytes": "first load: HTTP from the app, KB",
    "load_cdn_bytes": "first load: HTTP from CDNs, KB",
}


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


def write_report(machine: Mapping[str, str], measures: Mapping[str, Measures], sessions: int) -> str:
    """Return the report as Markdown."""
    ours, naive = measures["ocmap"], measures["naive"]
    lines = [
        "",
        "; ".join(f"{name} {value}" for name, value in machine.items()),
        "",
        "| | ocmap median | p95 | naive median | p95 | naive ÷ ocmap |",
        "|---|--:|--:|--:|--:|--:|",
        *(_row(title, ours[name], naive[name], 1.0) for name, title in TIMES.items()),
        *(_row(title, ours[name], naive[name], 1e-3) for name, title in BYTES.items()),
        *_memory(ours["memory_mb"], naive["memory_mb"], sessions),
        "",
        *(_rebuilt(name, found) for name, found in measures.items()),
        "",
        *_targets(ours, naive),
    ]
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"  # noqa: PLR2004 - three figures are enough


def _row(title: str, ours: Sequence[float], naive: Sequence[float], scale: float) -> str:
    """Return a line with both apps' median and p95, and the ratio of the medians."""
    if not ours or not naive:
        return f"| {title} | – | – | – | – | – |"
    cells = [_number(one(values) * scale) for values in (ours, naive) for one in (statistics.median, p95)]
    low = statistics.median(ours)
    ratio = f"{statistics.median(naive) / low:.1f}" if low else "–"
    return f"| {title} | {' | '.join(cells)} | {ratio} |"


def _memory(ours: Sequence[float], naive: Sequence[float], sessions: int) -> list[str]:
    """Return the lines on memory: one reading each."""
    return [
        f"| server memory, {title}, MB | {ours[i]:.0f} | | {naive[i]:.0f} | | {naive[i] / ours[i]:.1f} |"
        for i, title in ((0, "1 session"), (-1, f"{sessions} sessions"))
    ]


def _rebuilt(name: str, found: Measures) -> str:
    """Say how often an app's map was replaced by another."""
    clicks, switches = found["click_kept"], found["switch_kept"]
    text = f"{name}: map rebuilt by {clicks.count(False)} of {len(clicks)} clicks and"
    text += f" {switches.count(False)} of {len(switches)} switches"
    return text + (f"; data-ocmap-starts = {max(found['starts']):.0f}" if found["starts"] else "")


def _targets(ours: Measures, naive: Measures) -> list[str]:
    """Say which targets were met."""
    ratio = statistics.median(naive["click_ms"]) / statistics.median(ours["click_ms"])
    kept = all([*ours["click_kept"], *ours["switch_kept"]]) and max(ours["starts"], default=0) == 1
    sums = zip(ours["click_websocket_bytes"], ours["click_http_bytes"], strict=True)
    most = max(sum(pair) for pair in sums)
    targets = [
        (f"click at most 1/{CLICK_RATIO:.0f} of the naive app's (is 1/{ratio:.1f})", ratio >= CLICK_RATIO),
        ("map never rebuilt", kept),
        (f"at most {CLICK_BYTES // 1000} KB to the browser per click (most: {most / 1000:.1f})", most <= CLICK_BYTES),
    ]
    return [f"- {'met' if met else 'MISSED'}: {text}" for text, met in targets]
