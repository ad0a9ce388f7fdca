"""Draw the dashboard: one run of the Streamlit script."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from PIL import Image, ImageDraw

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import page_title
from ocmap.analysis.view_state import View
from ocmap.app import masthead, session, sidebar
from ocmap.app.accessibility import show_accessibility
from ocmap.app.bottom_bar import show_bottom_bar
from ocmap.app.error_page import show_error
from ocmap.app.map_view import show_map_view
from ocmap.app.resources import load, log_changed_data
from ocmap.app.views.actors import show_actors
from ocmap.app.views.compare import show_compare
from ocmap.app.views.method import show_method
from ocmap.app.views.national import show_national
from ocmap.app.views.resilience import show_resilience
from ocmap.app.views.routes import show_routes
from ocmap.app.views.table import show_table
from ocmap.dataset.errors import DataError
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.tokens import TOKENS

# The views besides the map, which is always on the page.
VIEWS: Mapping[View, Callable[[PageContext], None]] = {
    View.COMPARE: show_compare,
    View.TABLE: show_table,
    View.ROUTES: show_routes,
    View.ACTORS: show_actors,
    View.RESILIENCE: show_resilience,
    View.NATIONAL: show_national,
    View.METHOD: show_method,
}
SIDEBAR_PX = 244  # how wide the filters begin; a reader can drag their edge


def show_page(data: Path) -> None:
    """Draw the page on the data package in a folder."""
    st.set_page_config(page_title="ocmap", page_icon=_icon(), layout="wide", initial_sidebar_state=SIDEBAR_PX)
    try:
        app = load(data)
        if session.VIEW not in st.session_state:
            log_changed_data(app)
    except (DataError, OSError) as error:
        lang = i18n.language_of(st.context.locale)
        st.html(html.stylesheet(session.theme(), View.MAP, i18n.of(lang)["filters.title"]))
        show_error(error, lang)
        return
    _show(app)


@cache
def _icon() -> Image.Image:
    """Return the page's icon, a speech bubble with lines, drawn here so that no file is needed."""
    icon = Image.new("RGBA", (32, 32))  # transparent
    draw, colours = ImageDraw.Draw(icon), TOKENS["light"]
    draw.polygon([(2, 2), (30, 2), (30, 24), (20, 24), (16, 31), (12, 24), (2, 24)], fill=colours["accent"])
    draw.rectangle((7, 8, 25, 10), fill=colours["on-accent"])
    draw.rectangle((7, 15, 20, 17), fill=colours["on-accent"])
    return icon


@st.fragment(run_every=86_400.0)
def _keep_answering() -> None:
    """Make Streamlit run the script when a lost connection is back; draw nothing.

    Without a fragment that repeats, Streamlit does so only if the last run was a fragment's. A page that was just
    opened, and whose session was lost with its server or while a laptop slept, would then answer no more clicks.
    """


def _show(app: App) -> None:
    view = session.follow_url(app.profile)
    page = PageContext(app.profile, session.language(view), view)
    st.set_page_config(page_title=page_title(page))
    st.html(html.stylesheet(session.theme(), view.view, page.words["filters.title"]))
    show_accessibility(page)
    sidebar.show_sidebar(app, page)
    masthead.show_masthead(page)
    show_bottom_bar(page)
    with st.container(key="notices"):
        masthead.show_notices(page)
        _keep_answering()
    with st.container(key="body"):
        show_map_view(app, page)
    # The map stays where it is while another view is read, so that it keeps its pan and zoom.
    st.html("<style>.st-key-body{display:none}</style>" if view.view is not View.MAP else "<style></style>")
    if view.view in VIEWS:
        VIEWS[view.view](page)
