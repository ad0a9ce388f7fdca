"""How many readers does one server hold, and does its memory grow with time? ``python benchmarks/load.py``.

Readers without a browser open the page over real websockets, choose another place every few seconds, or now and then
a filter, and leave. It needs the extra ``bench`` and ends with 1 where a session failed.
"""

import argparse
import asyncio
import csv
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from replicas import ROOT, Replica, build_app
from report import facts, p95
from visitor import Tab
from websockets.asyncio.client import ClientConnection, connect

MARKETS = ("arms", "cocaine", "extortion", "human_trafficking", "non_renewable")
PATIENCE_S = 60.0
PAUSE_S = (3.0, 6.0)  # between the answer to a click and the next click
FILTERED = 1 / 8  # of the clicks
COME_S = 0.2  # between two sessions that come
SETTLE_S = 3.0  # until memory is read
STORED_S = 125.0  # Streamlit stores a session that left for two minutes, in case it comes back
SEED = 5
SOAKED = 20  # sessions at a time
STAY = (2, 5)  # clicks of a session in the soak
SAMPLE_S = 10.0
FLAT_MB_PER_MINUTE = 0.1
LEAST_MINUTES = 10  # of a soak, for its memory to show anything: sessions that left are stored for two
MOST_SESSION_MB = 0.3
MOST_CLICK_CPU_MS = 70.0
RESULTS = Path(__file__).parent / "LOAD.md"
with (ROOT / "geodata" / "places.csv").open(encoding="utf-8", newline="") as file:
    REGIONS = tuple(row["place_id"] for row in csv.DictReader(file) if row["kind"] == "region")


class Run(NamedTuple):
    """One run of the script as its reader sees it."""

    seconds: float
    size: int


@dataclass
class Seen:
    """What the readers saw."""

    opened: list[Run] = field(default_factory=list)
    clicks: list[Run] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Reader:
    """One session: it opens the page, follows links and leaves. Its choices depend on nothing but its number."""

    def __init__(self, base: str, number: int, seen: Seen) -> None:
        """Take where the server is, and where to note what happens."""
        self._base = base
        self._seen = seen
        self._random = random.Random(f"{SEED}-{number}")  # noqa: S311 - no secret
        self._tab = Tab()
        self._socket: ClientConnection | None = None

    async def open(self) -> None:
        """Connect and run the script for the first time."""
        began = time.monotonic()
        try:
            self._socket = await connect(
                f"ws{self._base.removeprefix('http')}/_stcore/stream",
                origin=self._base,  # type: ignore[arg-type]
                subprotocols=["streamlit"],  # type: ignore[list-item]
                compression=None,
                max_size=None,
                open_timeout=PATIENCE_S,
                proxy=None,
            )
            self._seen.opened.append(await self._run(self._tab.ask(), began))
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
            await self._fail("to open", error)

    async def click(self) -> None:
        """Choose another place or, now and then, a filter; it is answered if the address has it."""
        if self._socket is None:
            return
        asked = dict(parse_qsl(self._tab.query))
        filtered = self._random.random() < FILTERED
        if filtered and "markets" in asked:
            del asked["markets"]
        elif filtered:
            asked["markets"] = self._random.choice(MARKETS)
        else:
            asked["place"] = self._random.choice([one for one in REGIONS if one != asked.get("place")])
        try:
            run = await self._run(self._tab.choose(f"?{urlencode(asked)}"), time.monotonic())
            self._check(asked)
            self._seen.clicks.append(run)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what we want to know
            await self._fail("to answer a click", error)

    def _check(self, asked: Mapping[str, str]) -> None:
        now = dict(parse_qsl(self._tab.query))
        if any(now.get(name) != asked.get(name) for name in ("place", "markets")):
            raise RuntimeError("the address does not have what was chosen")

    async def _run(self, message: bytes, began: float) -> Run:
        if self._socket is None:
            raise RuntimeError("the session is not open")
        size = 0
        async with asyncio.timeout(PATIENCE_S):
            await self._socket.send(message)
            over = False
            while not over:
                sent = await self._socket.recv(decode=False)
                size += len(sent)
                over = self._tab.take(sent)
        return Run(time.monotonic() - began, size)

    async def _fail(self, what: str, error: Exception) -> None:
        """Note what went wrong; a session that failed leaves."""
        self._seen.faults.append(f"{what}: {error!r}")
        await self.leave()

    async def read(self) -> None:
        """Wait as a reader does before the next click."""
        await asyncio.sleep(self._random.uniform(*PAUSE_S))

    async def stay(self, until: float) -> None:
        """Click until that time."""
        await self.read()
        while time.monotonic() < until and self._socket:
            await self.click()
            await self.read()

    async def visit(self) -> None:
        """Come, click a few times and leave."""
        await self.open()
        for _ in range(self._random.randint(*STAY)):
            await self.read()
            await self.click()
        await self.read()
        await self.leave()

    async def leave(self) -> None:
        """Close the session as a browser's tab does."""
        if self._socket:
            await self._socket.close()
        self._socket = None


# As many sessions as asked at once ------------------------------------------------------------------------------


@dataclass
class Level:
    """What was measured with one number of sessions; memory is resident, in MB."""

    sessions: int
    before_mb: float
    idle_mb: float = 0
    worked_mb: float = 0
    left_mb: float = 0
    released_mb: float = 0
    server_share: float = 0
    client_share: float = 0
    clicks_per_s: float = 0
    click_cpu_ms: float = 0
    seen: Seen = field(default_factory=Seen)


async def load(server: Replica, sessions: int, work_s: float) -> Level:
    """Open the sessions one after the other, let all of them work, let all of them go; then wait for the release."""
    found = Level(sessions, await rest(server))
    readers = [Reader(server.url, number, found.seen) for number in range(sessions)]
    async with asyncio.TaskGroup() as group:
        for reader in readers:
            group.create_task(reader.open())
            await asyncio.sleep(COME_S)
    found.idle_mb = await rest(server)
    began, cpu, own = time.monotonic(), server.cpu_s(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for reader in readers:
            group.create_task(reader.stay(began + work_s))
    taken, used = time.monotonic() - began, server.cpu_s() - cpu
    clicks = len(found.seen.clicks)
    found.server_share, found.client_share = used / taken, (time.process_time() - own) / taken
    found.clicks_per_s, found.click_cpu_ms = clicks / taken, used / max(clicks, 1) * 1000
    found.worked_mb = await rest(server)
    await asyncio.gather(*(reader.leave() for reader in readers))
    found.left_mb = await rest(server)
    await release(server)
    found.released_mb = await rest(server)
    return found


async def rest(server: Replica) -> float:
    """Return the server's memory once it has come to rest."""
    await asyncio.sleep(SETTLE_S)
    return server.rss_mb()


async def release(server: Replica) -> None:
    """Wait until Streamlit may forget the sessions that left; it does so when another one leaves."""
    await asyncio.sleep(STORED_S)
    last = Reader(server.url, 0, Seen())
    await last.open()
    await last.leave()


# Sessions that come and go for a long time ----------------------------------------------------------------------


@dataclass
class Soak:
    """What was measured while sessions came and went; ``samples`` are minutes and MB."""

    minutes: float
    samples: list[tuple[float, float]] = field(default_factory=list)
    late_sessions: int = 0  # that came in the second half
    click_cpu_ms: float = 0
    seen: Seen = field(default_factory=Seen)

    @property
    def half(self) -> list[tuple[float, float]]:
        """Return the samples of the second half."""
        return [one for one in self.samples if one[0] >= self.minutes / 2]

    @property
    def slope(self) -> float:
        """Return by how many MB a minute the memory grew in the second half."""
        return statistics.linear_regression(*zip(*self.half, strict=True)).slope


async def soak(server: Replica, minutes: float) -> Soak:
    """Let sessions come and go, always as many at a time, and sample the memory."""
    found, began, cpu = Soak(minutes), time.monotonic(), server.cpu_s()
    until = began + minutes * 60

    async def come_and_go(place: int) -> None:
        await asyncio.sleep(place * COME_S)
        number = place
        while time.monotonic() < until:
            await Reader(server.url, number, found.seen).visit()
            number += SOAKED
            found.late_sessions += time.monotonic() - began > minutes * 30

    async def sample() -> None:
        while time.monotonic() < until:
            found.samples.append(((time.monotonic() - began) / 60, server.rss_mb()))
            await asyncio.sleep(SAMPLE_S)

    async with asyncio.TaskGroup() as group:
        group.create_task(sample())
        for place in range(SOAKED):
            group.create_task(come_and_go(place))
    clicks = len(found.seen.clicks)
    found.click_cpu_ms = (server.cpu_s() - cpu) / max(clicks, 1) * 1000
    return found


# The report -----------------------------------------------------------------------------------------------------


def spread(runs: Sequence[Run]) -> str:
    """Return median and 95th percentile in milliseconds."""
    times = [run.seconds * 1000 for run in runs]
    return f"{statistics.median(times):.0f} / {p95(times):.0f}" if times else "–"


def size(runs: Sequence[Run]) -> str:
    """Return the median and the most in KB."""
    sizes = [run.size / 1000 for run in runs]
    return f"{statistics.median(sizes):.1f} / {max(sizes):.1f}" if sizes else "–"


def write_levels(fresh_mb: float, levels: Sequence[Level]) -> list[str]:
    """Return the table of the numbers of sessions."""
    rows = {
        "open → first run over, ms, median / p95": [spread(one.seen.opened) for one in levels],
        "click → run over, ms, median / p95": [spread(one.seen.clicks) for one in levels],
        "clicks answered, one in eight on a filter": [str(len(one.seen.clicks)) for one in levels],
        "errors": [str(len(one.seen.faults)) for one in levels],
        "KB to the browser at the opening, median / most": [size(one.seen.opened) for one in levels],
        "KB to the browser per click, median / most": [size(one.seen.clicks) for one in levels],
        "server CPU per click, ms": [f"{one.click_cpu_ms:.0f}" for one in levels],
        "clicks per second": [f"{one.clicks_per_s:.1f}" for one in levels],
        "cores used by the server, by the clients": [
            f"{one.server_share:.2f}, {one.client_share:.2f}" for one in levels
        ],
        "server memory before, MB": [f"{one.before_mb:.1f}" for one in levels],
        "… all open, none clicked yet": [f"{one.idle_mb:.1f}" for one in levels],
        "… all have clicked": [f"{one.worked_mb:.1f}" for one in levels],
        "… all have just left": [f"{one.left_mb:.1f}" for one in levels],
        "… Streamlit has forgotten them": [f"{one.released_mb:.1f}" for one in levels],
        "MB per session: most, above the fresh server": [
            f"{(max(one.idle_mb, one.worked_mb) - fresh_mb) / one.sessions:.3f}" for one in levels
        ],
    }
    return [
        f"| sessions | {' | '.join(str(one.sessions) for one in levels)} |",
        f"|---|{'--:|' * len(levels)}",
        *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()),
        "",
        f"The fresh server, with its script run once and no session, holds {fresh_mb:.1f} MB.",
    ]


def write_soak(found: Soak) -> list[str]:
    """Return what the soak showed."""
    clicks = len(found.seen.clicks)
    text = f"Soak of {found.minutes:g} minutes, {SOAKED} sessions at a time, each leaving after {STAY[0]} to {STAY[1]} "
    text += f"clicks: {len(found.seen.opened)} sessions, {clicks} clicks, {len(found.seen.faults)} errors, "
    text += f"click → run over {spread(found.seen.clicks)} ms (median / p95), {found.click_cpu_ms:.0f} ms of server "
    text += "CPU per click, the sessions' opening included."
    every = max(len(found.samples) // 10, 1)
    course = ", ".join(f"{mb:.1f}" for _, mb in found.samples[::every])
    lines = [text, "", f"Memory in even steps, MB: {course}; at the end {found.samples[-1][1]:.1f}.", ""]
    if found.minutes < LEAST_MINUTES:
        return [*lines, f"Too short to say flat or not: that takes {LEAST_MINUTES} minutes."]
    state = "flat" if abs(found.slope) <= FLAT_MB_PER_MINUTE else "NOT FLAT"
    lines.append(
        f"Second half: {found.slope:+.3f} MB per minute over {len(found.half)} samples, in which "
        f"{found.late_sessions} sessions left: **{state}** (the bound is {FLAT_MB_PER_MINUTE})."
    )
    return lines


def write_targets(fresh_mb: float, levels: Sequence[Level], found: Soak | None) -> list[str]:
    """Return which targets were met; one session alone shows nothing of memory."""
    cpu = max(one.click_cpu_ms for one in levels)
    targets = [
        (f"at most {MOST_CLICK_CPU_MS:.0f} ms of server CPU per click (most: {cpu:.0f})", cpu <= MOST_CLICK_CPU_MS)
    ]
    crowds = [(max(one.idle_mb, one.worked_mb) - fresh_mb) / one.sessions for one in levels if one.sessions > 1]
    if crowds:
        text = f"at most {MOST_SESSION_MB} MB per session, from 20 on (most: {max(crowds):.3f})"
        targets.append((text, max(crowds) <= MOST_SESSION_MB))
    if found and found.minutes >= LEAST_MINUTES:
        targets.append(("memory flat in the soak", abs(found.slope) <= FLAT_MB_PER_MINUTE))
    return [f"- {'met' if met else 'MISSED'}: {text}" for text, met in targets]


def write_report(
    command: str, machine: Mapping[str, str], fresh_mb: float, levels: Sequence[Level], found: Soak | None
) -> str:
    """Return the report as Markdown."""
    faults = Counter(fault for one in (*levels, *([found] if found else [])) for fault in one.seen.faults)
    lines = [
        "# Load",
        "",
        f"{command}: {'; '.join(f'{name} {value}' for name, value in machine.items())}.",
        "One server; clients and server share these cores with whatever else the machine does.",
        "",
        *write_levels(fresh_mb, levels),
        "",
        *([*write_soak(found), ""] if found else []),
        *write_targets(fresh_mb, levels, found),
        f"- errors of sessions: {faults.total()}",
        *(f"  - {n} × {text}" for text, n in faults.most_common(10)),
    ]
    return "\n".join(lines) + "\n"


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Load one server of the app with sessions.")
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 20, 100, 300], metavar="N", help="1 20 100 300")
    parser.add_argument("--work", type=float, default=60, metavar="SECONDS", help="that all of them click for (60)")
    parser.add_argument("--soak", type=float, default=30, metavar="MINUTES", help="of coming and going (30); 0: none")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single measurement there as well")
    parser.add_argument("--write", action="store_true", help="write the report to LOAD.md")
    return parser.parse_args()


async def measure(server: Replica, options: argparse.Namespace) -> tuple[float, list[Level], Soak | None]:
    """Measure each number of sessions, then the soak, all on one server."""
    fresh_mb, levels = await rest(server), []
    for sessions in options.sessions:
        print(f"… {sessions} sessions", flush=True)
        levels.append(await load(server, sessions, options.work))
    if not options.soak:
        return fresh_mb, levels, None
    print(f"… soak of {options.soak:g} minutes", flush=True)
    return fresh_mb, levels, await soak(server, options.soak)


def main() -> int:
    """Measure, print, write; return 1 where a session failed."""
    options = parse()
    machine = {name: value for name, value in facts("").items() if value}
    machine["load average before"] = f"{os.getloadavg()[0]:.1f}"
    with tempfile.TemporaryDirectory(prefix="ocmap-load-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Replica(build_app(folder))
        try:
            server.start()
            fresh_mb, levels, found = asyncio.run(measure(server, options))
        finally:
            if server.process:
                server.kill()
        log = (folder / f"replica-{server.port}.log").read_text("utf-8")
    errors = sum(line.startswith("Traceback") for line in log.splitlines())
    command = f"python benchmarks/load.py --sessions {' '.join(map(str, options.sessions))}"
    command += f" --work {options.work:g} --soak {options.soak:g}"
    text = write_report(f"`{command}` on {datetime.now(UTC):%Y-%m-%d}", machine, fresh_mb, levels, found)
    text += f"- tracebacks in the server's log: {errors}\n"
    print("\n" + text)
    if options.write:
        RESULTS.write_text(text, "utf-8")
    if options.json:
        every = {"machine": machine, "fresh_mb": fresh_mb, "levels": [asdict(one) for one in levels]}
        options.json.write_text(json.dumps(every | {"soak": asdict(found) if found else None}, indent=1), "utf-8")
    failed = any(one.seen.faults for one in (*levels, *([found] if found else [])))
    return 1 if failed or errors else 0


if __name__ == "__main__":
    sys.exit(main())
