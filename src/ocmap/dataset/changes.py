"""The versions of a data package and what each changed, in both languages, from ``changes.toml``."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from ocmap.dataset.errors import Problem
from ocmap.dataset.settings import InBoth, Section
from ocmap.dataset.toml_files import read_toml

FILE = "changes.toml"


class Release(Section):
    """A version of the data, with its date, what it changed and what it added."""

    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    day: date
    changed: tuple[InBoth, ...] = ()
    added: tuple[InBoth, ...] = ()


class Changes(Section):
    """``changes.toml``: all versions, the newest first."""

    release: Annotated[tuple[Release, ...], Field(min_length=1)]


def read_releases(directory: Path, problems: list[Problem]) -> tuple[Release, ...]:
    """Return all versions of a package, the newest first; none after appending faults to ``problems``."""
    found = read_toml(directory, FILE, Changes, problems)
    return found[0].release if found else ()


def since(releases: tuple[Release, ...], version: str) -> tuple[Release, ...]:
    """Return the releases after a version ``x.y.z`` of the data, the newest first."""

    def rank(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in text.split("."))

    return tuple(release for release in releases if rank(release.version) > rank(version))
