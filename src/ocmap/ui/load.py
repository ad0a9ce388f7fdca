"""Load the data package once for all sessions, and what is worked out from it."""

import gc
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import streamlit as st

from ocmap.browser import build_reading_data
from ocmap.checks import check_dataset
from ocmap.codebook import DATA_VERSION
from ocmap.dataset import read_dataset
from ocmap.errors import DataError
from ocmap.geometry import read_shapes
from ocmap.layers import World, build_map_data, build_world
from ocmap.query import Filters, Reading, read
from ocmap.render.publish import Published, publish, write
from ocmap.ui import html
from ocmap.view import Vocabulary

READINGS_KEPT = 256
FONTS = (
    ("SourceSansVF-Upright", "Source Sans", "normal"),
    ("SourceSansVF-Italic", "Source Sans", "italic"),
    ("SourceSerifVariable-Roman", "Source Serif", "normal"),
)


@dataclass(frozen=True)
class App:
    """What every session shares: the world, the published files, the data's folder. It never changes."""

    world: World
    known: Vocabulary
    published: Published
    data: Path
    version: str = DATA_VERSION

    def read(self, filters: Filters) -> Reading:
        """Return what the filters leave of the profile; readings are kept, since sessions share them."""
        return _read(self, filters)

    def __hash__(self) -> int:
        """Return the identity: there is one for the whole process."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Return whether it is this very one."""
        return self is other


@lru_cache(maxsize=READINGS_KEPT)
def _read(app: App, filters: Filters) -> Reading:
    return read(app.world.dataset, app.world.evidence, filters)


def font_face() -> str:
    """Return CSS that gives the map's frame the fonts which Streamlit serves to the page around it.

    The frame is a document of its own; as seen from its style sheet the fonts lie at ``../../static/media``.
    Their file names carry a hash, so they are looked up; where they are not found the map falls back to the
    system's fonts.
    """
    media = files("streamlit") / "static" / "static" / "media"
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
    """Read, check and join the data package in ``data`` and publish the map's files into ``static``.

    Raises:
        DataError: The package has faults; nothing is kept, so that the next run reads it again.
        OSError: The map's files are not there and cannot be written.
    """
    dataset = read_dataset(data)
    problems = check_dataset(dataset)
    if problems:
        raise DataError(problems)
    shapes = read_shapes(data)
    world = build_world(dataset, shapes)
    published = publish(static, build_map_data(dataset, shapes), build_reading_data(world), font_face())
    write(static, "linked", ".js", html.LINKED_JS)
    app = App(world, Vocabulary.of(dataset), published, data)
    # Streamlit collects garbage after every run; what is loaded by now never becomes any.
    gc.collect()
    gc.freeze()
    return app
