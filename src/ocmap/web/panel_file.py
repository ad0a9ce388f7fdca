"""Build the panels of all places and routes as one file, so that a click need not wait for the server."""

import gzip
import json
from dataclasses import replace
from functools import lru_cache

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import TOUR_STEPS, ViewState
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.page_context import PageContext
from ocmap.web.panels import describe_panel, describe_tour


def is_in_file(view: ViewState) -> bool:
    """Return whether the file holds a state's panel: not during the tour, nor while places are compared."""
    return not (view.tour or view.compare)


@lru_cache(maxsize=len(LANGUAGES))
def publish_panels(app: App, lang: Lang) -> str:
    """Publish the panels in a language; return the file's name.

    The file is JSON compressed with gzip: each panel's HTML by the id of its place or route; ``""`` is the start panel.

    Raises:
        OSError: The file is missing and the static folder cannot be written.
    """
    text = json.dumps(build_panels(app.profile, lang), ensure_ascii=False, separators=(",", ":"))
    return app.published.static_folder.put(f"panels-{lang}", ".gz", gzip.compress(text.encode(), mtime=0))


def build_panels(profile: CountryProfile, lang: Lang) -> dict[str, str]:
    """Return the HTML of each unfiltered panel, with what filters could show in it hidden, by place or route id.

    The steps of the tour are in it as ``tour/1`` and so on.
    """
    plain = ViewState()
    views = {
        "": plain,
        **{place_id: plain.select_place(place_id) for place_id in profile.dataset.place},
        **{route_id: plain.select_route(route_id) for route_id in profile.dataset.route},
    }
    pages = {key: PageContext(profile, lang, view) for key, view in views.items()}
    panels = {
        key: html.render_localized(page, "panel.html", **describe_panel(page, with_hidden=True))
        for key, page in pages.items()
    }
    steps = {n: PageContext(profile, lang, replace(plain, tour=n)) for n in range(1, TOUR_STEPS + 1)}
    return panels | {
        f"tour/{n}": html.render_localized(page, "tour.html", **describe_tour(page)) for n, page in steps.items()
    }
