"""Load the data package once for all sessions, and what is worked out from it."""

import gc
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import streamlit as st

from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters
from ocmap.analysis.view_state import Vocabulary
from ocmap.dataset.codebook import DATA_VERSION
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.validation import check_dataset
from ocmap.export.data_package import names_of_files, read_files
from ocmap.geo.shapes import read_shapes
from ocmap.web import html
from ocmap.web.client_data import build_reading_data
from ocmap.web.map_data import CountryProfile, build_map_data, build_profile
from ocmap.web.publish import Published, publish

READINGS_KEPT = 64
STREAMLIT = files("streamlit")
FONTS = (
    ("SourceSansVF-Upright", "Source Sans", "normal"),
    ("SourceSansVF-Italic", "Source Sans", "italic"),
    ("SourceSerifVariable-Roman", "Source Serif", "normal"),
)


@dataclass(frozen=True)
class App:
    """What every session shares. It never changes, whatever becomes of the files that it was read from.

    Attributes:
        world: The data and what is worked out from them.
        known: What a URL may name.
        published: The files that the browser fetches.
        data: The folder of the data package.
        files: The package's files as they were read.
        times: When each of them was changed last, as of then.
        version: The data's version.
    """

    profile: CountryProfile
    known: Vocabulary
    published: Published
    data: Path
    files: Mapping[str, bytes]
    times: Mapping[str, int]
    version: str = DATA_VERSION

    def apply_filters(self, filters: Filters) -> FilteredEvidence:
        """Return what the filters leave of the profile; readings are kept, since sessions share them."""
        return _apply_filters(self, filters)

    def __hash__(self) -> int:
        """Return the identity: there is one for the whole process."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Return whether it is this very one."""
        return self is other


@lru_cache(maxsize=READINGS_KEPT)
def _apply_filters(app: App, filters: Filters) -> FilteredEvidence:
    return apply_filters(app.profile.dataset, app.profile.evidence, filters)


def font_face() -> str:
    """Return CSS that gives the map's frame the fonts which Streamlit serves to the page around it.

    The frame is a document of its own; as seen from its style sheet the fonts lie at ``../../static/media``.
    Their file names carry a hash, so they are looked up; where they are not found the map falls back to the
    system's fonts.
    """
    media = STREAMLIT / "static" / "static" / "media"
    names = sorted(one.name for one in media.iterdir()) if media.is_dir() else []
    rules = []
    for start, family, style in FONTS:
        name = next((one for one in names if one.startswith(start) and one.endswith("woff2")), None)
        if name:
            rules.append(
                f'@font-face{{font-family:"{family}";font-style:{style};font-weight:200 900;font-display:swap;'
                f'src:url("../../static/media/{name}") format("woff2")}}\n'
            )
    return "".join(rules)


@st.cache_resource(show_spinner=False)
def load(data: Path, static: Path) -> App:
    """Build the app once for all sessions; where it cannot be built nothing is kept, and the next run tries again.

    Raises:
        DataError: As `build_app`.
        OSError: As `build_app`.
    """
    gc.disable()  # what is read stays for good; going through it again and again would take as long as reading
    try:
        app = build_app(data, static)
    finally:
        gc.enable()
    # Streamlit collects garbage after every run; what is loaded by now never becomes any.
    gc.collect()
    gc.freeze()
    return app


def build_app(data: Path, static: Path) -> App:
    """Read, check and join the data package in ``data`` and publish the map's files into ``static``.

    Raises:
        DataError: The package has faults, or was changed meanwhile.
        OSError: The map's files are not there and cannot be written.
    """
    times = times_of(data)
    dataset = read_dataset(data)
    if problems := check_dataset(dataset):
        raise DataError(problems)
    shapes = read_shapes(data, dataset.place)
    files = read_files(data)
    if changed := differing(times, times_of(data)):
        problems = [
            Problem(name, 0, "-", "it changed while it was read", "data that stay as they are") for name in changed
        ]
        raise DataError(problems)
    profile = build_profile(dataset, shapes)
    published = publish(static, build_map_data(dataset, shapes), build_reading_data(profile), font_face())
    published.shelf.put("linked", ".js", html.LINKED_JS)
    return App(profile, Vocabulary.of(dataset), published, data, files, times)


def times_of(data: Path) -> dict[str, int]:
    """Return when each file of a data package was changed last, in nanoseconds; files that are gone are left out."""
    times = {}
    for name in names_of_files(data):
        with suppress(OSError):
            times[name] = (data / name).stat().st_mtime_ns
    return times


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names under which the two do not hold the same."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
