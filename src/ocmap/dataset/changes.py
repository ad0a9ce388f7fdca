"""The changes of the data from version to version, in both languages, from ``changes.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType

from ocmap.dataset.schema import Lang


@dataclass(frozen=True)
class Release:
    """A version of the data, with its date, what it changed and what it added, in both languages."""

    version: str
    day: date
    changed: tuple[Mapping[Lang, str], ...]
    added: tuple[Mapping[Lang, str], ...]


def _read_releases() -> tuple[Release, ...]:
    content = tomllib.loads(files("ocmap.dataset").joinpath("changes.toml").read_text("utf-8"))
    return tuple(
        Release(
            release["version"],
            release["day"],
            *(tuple(map(MappingProxyType, release.get(kind, ()))) for kind in ("changed", "added")),
        )
        for release in content["release"]
    )


RELEASES = _read_releases()
"""All versions of the data, the newest first."""


def since(version: str) -> tuple[Release, ...]:
    """Return the releases after a version ``x.y.z`` of the data, the newest first."""

    def rank(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in text.split("."))

    return tuple(release for release in RELEASES if rank(release.version) > rank(version))
