"""Load what all sessions share: the profile, the files that it was read from, and the published files."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ocmap.analysis.profile import CountryProfile, read_profile
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.files import names_of_files, read_files
from ocmap.dataset.schema import LANGUAGES
from ocmap.web.client_data import build_client_data
from ocmap.web.fonts import font_face
from ocmap.web.map_data import build_map_data
from ocmap.web.panel_file import build_panels
from ocmap.web.publish import Published, publish
from ocmap.web.search_file import build_search_data


@dataclass(frozen=True, eq=False)
class App:
    """What all sessions share. Immutable: later changes of the files on disk do not affect it.

    Attributes:
        profile: The data and what is derived from them.
        published: The files that the browser fetches.
        data: The folder of the data package.
        files: The package's files as they were read, by name.
        times: Their modification times then, in nanoseconds.
    """

    profile: CountryProfile
    published: Published
    data: Path
    files: Mapping[str, bytes]
    times: Mapping[str, int]


def build_app(data: Path) -> App:
    """Read, check and join the data package in ``data``, and make the files that the browser fetches.

    Raises:
        DataError: The package has faults, or changed while it was read.
        FileNotFoundError: The package was installed without its build step.
    """
    times = modification_times(data)
    profile = read_profile(data)
    files = read_files(data)
    if changed := changed_names(times, modification_times(data)):
        problems = [
            Problem(name, 0, "-", "it changed while it was read", "data that stay as they are") for name in changed
        ]
        raise DataError(problems)
    panels = {lang: build_panels(profile, lang) for lang in LANGUAGES}
    searches = {lang: build_search_data(profile, lang) for lang in LANGUAGES}
    published = publish(build_map_data(profile), build_client_data(profile), panels, searches, font_face())
    return App(profile, published, data, files, times)


def modification_times(data: Path) -> dict[str, int]:
    """Return the modification time of each file of a data package, in nanoseconds; missing files are left out."""
    times = {}
    for name in names_of_files(data):
        with suppress(OSError):
            times[name] = (data / name).stat().st_mtime_ns
    return times


def changed_names(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names whose values differ between the two, or that only one of them has."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
