"""Measure how cost grows with the work: ``python benchmarks/growth.py``. What is measured: ``benchmarks/README.md``."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import log
from pathlib import Path

from grow import Size, grow

ROOT = Path(__file__).parents[1]
STEPS = Path(__file__).with_name("steps.py")
TABLE = Path(__file__).with_name("GROWTH.md")
ONE = Size(26, 40, 252)
AXES: Mapping[str, tuple[bool, bool, bool]] = {
    "polygons": (True, False, False),
    "routes": (False, True, False),
    "statements": (False, False, True),
    "all": (True, True, True),
}
"""What grows in each table: polygons, routes, statements."""
STEEP, LONG_MS = 1.15, 50.0
"""A step is marked that grows by a higher power than this and is longer than this."""

Figures = dict[str, float]


def main() -> None:
    """Measure what was asked for, and print the tables."""
    options = parse()
    report = heading(options)
    with tempfile.TemporaryDirectory() as folder:
        for axis in options.axis or AXES:
            sizes = [size_of(axis, factor) for factor in options.factors]
            report += table(axis, sizes, [measure(Path(folder), size, options) for size in sizes])
    text = "\n".join(report) + "\n"
    print(text)
    if options.write:
        TABLE.write_text(text, encoding="utf-8", newline="\n")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure how ocmap's cost grows with its data.")
    parser.add_argument(
        "--axis", action="append", choices=list(AXES), help="what grows; may be repeated (each of them)"
    )
    parser.add_argument(
        "--factors", type=int, nargs="+", default=(1, 10, 100), metavar="N", help="by how much (1 10 100)"
    )
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="fresh processes; the least counts (3)")
    parser.add_argument("--browser", action="store_true", help="draw the map and click it in Chromium as well")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {TABLE.relative_to(ROOT)} as well")
    return parser.parse_args()


def size_of(axis: str, factor: int) -> Size:
    """Return the size of a package that is grown along an axis."""
    return Size(*(n * (factor if grows else 1) for n, grows in zip(ONE, AXES[axis], strict=True)))


def measure(folder: Path, size: Size, options: argparse.Namespace) -> Figures:
    """Make a package where it is not there yet, and return the least of each figure of fresh processes."""
    print(f"… {size}", file=sys.stderr, flush=True)
    root = folder / "-".join(map(str, size))
    if not root.exists():
        grow(ROOT / "geodata", root / "geodata", size)
    runs = [run_steps("app", root) | run_steps("check", root) for _ in range(options.repeats)]
    figures = {name: min(run[name] for run in runs) for name in runs[0]}
    if options.browser:
        from growth_page import measure_page  # noqa: PLC0415 - needs Playwright, which the other steps do not

        figures |= measure_page(root, size)
    return figures


def run_steps(what: str, root: Path) -> Figures:
    """Run steps.py in a fresh process."""
    done = subprocess.run([sys.executable, STEPS, what, root], check=True, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout))


def heading(options: argparse.Namespace) -> list[str]:
    """Return what has to be known to read the tables."""
    day = datetime.now(tz=UTC).date()
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return [
        "# Growth",
        "",
        f"One run of `{' '.join(['python benchmarks/growth.py', *sys.argv[1:]])}` on {day} ({machine}).",
        "ms are of CPU, but of a panel and in the browser of the clock. Each figure is the least of",
        f"{options.repeats} fresh processes, in the browser of one. After it stands the power by which it grew",
        "since the column before: 1 is linear, 0 constant.",
        f"**Bold** is a step that grew by more than {STEEP} and takes longer than {LONG_MS:.0f} ms.",
    ]


def table(axis: str, sizes: Sequence[Size], figures: Sequence[Figures]) -> list[str]:
    """Return the table of one axis as Markdown."""
    heads = [f"{one.polygons} / {one.routes} / {one.statements}" for one in sizes]
    grown = [next(n / m for n, m in zip(one, sizes[0], strict=True) if n != m or one == sizes[0]) for one in sizes]
    rows = [f"| {name} | {' | '.join(cells(name, grown, [one[name] for one in figures]))} |" for name in figures[0]]
    return [
        "",
        f"## {axis}",
        "",
        f"| polygons / routes / statements | {' | '.join(heads)} |",
        "|---" + "|--:" * len(sizes) + "|",
        *rows,
    ]


def cells(name: str, grown: Sequence[float], values: Sequence[float]) -> Iterator[str]:
    """Yield figures, each but the first with the power by which it grew."""
    yield number(values[0])
    for i in range(1, len(values)):
        before, now = values[i - 1], values[i]
        if before <= 0 or now <= 0:
            yield number(now)
            continue
        power = log(now / before) / log(grown[i] / grown[i - 1])
        text = f"{number(now)} ({power:.2f})"
        yield f"**{text}**" if power > STEEP and name.endswith("ms") and now > LONG_MS else text


def number(value: float) -> str:
    """Return a figure with as many digits as matter."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"  # noqa: PLR2004 - three figures are enough


if __name__ == "__main__":
    main()
