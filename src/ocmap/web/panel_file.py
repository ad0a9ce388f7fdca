"""The panels of all places and routes as one file, so that a click need not wait for the server to be answered."""

import gzip
import json
from functools import lru_cache

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.page_context import Scene
from ocmap.web.panels import describe


def is_in_file(view: ViewState) -> bool:
    """Return whether a state's panel can be made of the file: not in the tour, nor while places are compared."""
    return not (view.tour or view.compare)


MOST_PANELS = 1000
"""In a file that a browser fetches whole and keeps; of more places and routes the server sends each panel itself."""


@lru_cache(maxsize=len(LANGUAGES))
def publish_panels(app: App, lang: Lang) -> str:
    """Publish the panels in a language; return the file's name, or nothing where they are too many for a file.

    The file is JSON, packed by gzip, which the browser unpacks: the panel's HTML by the id of its place or route, and
    under ``""`` that of the first view.

    Raises:
        OSError: The file is missing and the static folder cannot be written.
    """
    if len(app.profile.dataset.places) + len(app.profile.dataset.routes) >= MOST_PANELS:
        return ""
    text = json.dumps(build_panels(app, lang), ensure_ascii=False, separators=(",", ":"))
    return app.published.shelf.put(f"panels-{lang}", ".gz", gzip.compress(text.encode(), mtime=0))


def build_panels(app: App, lang: Lang) -> dict[str, str]:
    """Return the HTML of each panel without filters, with what they could bring up in it, hidden."""
    plain = ViewState()
    views = {
        "": plain,
        **{one: plain.select_place(one) for one in app.profile.dataset.place},
        **{one: plain.select_route(one) for one in app.profile.dataset.route},
    }
    scenes = {one: Scene(app, view, lang, app.profile.unfiltered) for one, view in views.items()}
    return {one: html.render("panel.html", **describe(scene, whole=True)) for one, scene in scenes.items()}
