"""The panels of all places and routes as one file, so that a click need not wait for the server to be answered."""

import gzip
import json
from functools import lru_cache

from ocmap.labels import Lang
from ocmap.model import LANGUAGES
from ocmap.query import Filters
from ocmap.render.publish import write
from ocmap.ui import html
from ocmap.ui.load import App
from ocmap.ui.panel import describe
from ocmap.ui.scene import Scene
from ocmap.view import ViewState


def is_plain(view: ViewState) -> bool:
    """Return whether a state's panels are those of the file: without filters, and outside the tour."""
    return Filters.of(view) == Filters() and not view.tour


@lru_cache(maxsize=len(LANGUAGES))
def publish_panels(app: App, lang: Lang) -> str:
    """Publish the panels in a language; return the file's name.

    The file is JSON, packed by gzip, which the browser unpacks: the panel's HTML by the id of its place or route, and
    under ``""`` that of the first view.

    Raises:
        OSError: The file is missing and the static folder cannot be written.
    """
    text = json.dumps(build_panels(app, lang), ensure_ascii=False, separators=(",", ":"))
    return write(app.published.folder, f"panels-{lang}", ".gz", gzip.compress(text.encode(), mtime=0))


def build_panels(app: App, lang: Lang) -> dict[str, str]:
    """Return the HTML of each panel as the server would send it for the plain state."""
    plain = ViewState()
    views = {
        "": plain,
        **{one: plain.select_place(one) for one in app.world.dataset.place},
        **{one: plain.select_route(one) for one in app.world.dataset.route},
    }
    scenes = {one: Scene(app, view, lang, app.world.everything) for one, view in views.items()}
    return {one: html.render("panel.html", **describe(scene)) for one, scene in scenes.items()}
