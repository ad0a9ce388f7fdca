"""The panels of all places and routes as one file, so that a click need not wait for the server to be answered."""

import gzip
import json
from functools import lru_cache

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.page_context import PageContext
from ocmap.web.panels import describe


def is_in_file(view: ViewState) -> bool:
    """Return whether a state's panel can be made of the file: not in the tour, nor while places are compared."""
    return not (view.tour or view.compare)


@lru_cache(maxsize=len(LANGUAGES))
def publish_panels(app: App, lang: Lang) -> str:
    """Publish the panels in a language; return the file's name.

    The file is JSON, packed by gzip, which the browser unpacks: the panel's HTML by the id of its place or route, and
    under ``""`` that of the first view.

    Raises:
        OSError: The file is missing and the static folder cannot be written.
    """
    text = json.dumps(build_panels(app.profile, lang), ensure_ascii=False, separators=(",", ":"))
    return app.published.static_folder.put(f"panels-{lang}", ".gz", gzip.compress(text.encode(), mtime=0))


def build_panels(profile: CountryProfile, lang: Lang) -> dict[str, str]:
    """Return the HTML of each panel without filters, with what they could bring up in it, hidden."""
    plain = ViewState()
    views = {
        "": plain,
        **{one: plain.select_place(one) for one in profile.dataset.place},
        **{one: plain.select_route(one) for one in profile.dataset.route},
    }
    pages = {one: PageContext(profile, lang, view) for one, view in views.items()}
    return {one: html.render_localized(page, "panel.html", **describe(page, whole=True)) for one, page in pages.items()}
