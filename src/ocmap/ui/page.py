"""The page as a whole."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from PIL import Image, ImageDraw

from ocmap import labels
from ocmap.errors import DataError
from ocmap.labels import Lang
from ocmap.model import LANGUAGES
from ocmap.narrative import page_title
from ocmap.ui import html, masthead, sidebar, state
from ocmap.ui.access import show_access
from ocmap.ui.actors import show_actors
from ocmap.ui.compare import show_compare
from ocmap.ui.embed import show_embed
from ocmap.ui.faults import show_faults
from ocmap.ui.load import App, load
from ocmap.ui.method import show_method
from ocmap.ui.national import show_national
from ocmap.ui.prefetch import publish_panels
from ocmap.ui.resilience import show_resilience
from ocmap.ui.routes import show_routes
from ocmap.ui.stage import show_head, show_stage
from ocmap.ui.table import show_table
from ocmap.ui.thumbs import show_thumbs
from ocmap.ui.upkeep import look_after
from ocmap.view import View, ViewState

# What is drawn in each view but the map's.
VIEWS: Mapping[View, Callable[[App, ViewState, Lang], None]] = {
    View.COMPARE: show_compare,
    View.TABLE: show_table,
    View.ROUTES: show_routes,
    View.ACTORS: show_actors,
    View.RESILIENCE: show_resilience,
    View.NATIONAL: show_national,
    View.METHOD: show_method,
}


def show_page(root: Path) -> None:
    """Draw the page on the data in ``root/geodata``, with the map's files published in ``root/static``."""
    st.set_page_config(page_title="ocmap", page_icon=_icon(), layout="wide", initial_sidebar_state="auto")
    try:
        app = load(root / "geodata", root / "static")
        for lang in LANGUAGES:
            publish_panels(app, lang)
        if state.VIEW not in st.session_state:
            look_after(app)
    except (DataError, OSError) as error:
        lang = labels.language_of(st.context.locale)
        st.html(html.stylesheet(state.theme(), View.MAP, labels.of(lang).filters))
        show_faults(error, lang)
        return
    _show(app)


@cache
def _icon() -> Image.Image:
    """Return the page's icon, a speech mark with lines; drawn here so that nothing is fetched for it."""
    icon = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    draw = ImageDraw.Draw(icon)
    draw.polygon([(2, 2), (30, 2), (30, 24), (20, 24), (16, 31), (12, 24), (2, 24)], fill="#0F5C73")
    draw.rectangle((7, 8, 25, 10), fill="white")
    draw.rectangle((7, 15, 20, 17), fill="white")
    return icon


@st.fragment(run_every=86_400.0)
def _keep_answering() -> None:
    """Draw nothing; that it is there makes Streamlit run the script when a cut connection is back.

    Otherwise it does so only if the last run was a fragment's: a page that was just opened, and whose session is gone
    since its server was replaced or the laptop slept, would answer no click on the map or in the panel any more.
    """


def _show(app: App) -> None:
    view = state.follow_url(app)
    lang = state.language(view)
    st.set_page_config(page_title=page_title(app.world.dataset, view, lang))
    st.html(html.stylesheet(state.theme(), view.view, labels.of(lang).filters))
    show_access(view, lang)
    if not view.embed:
        sidebar.show_sidebar(app, view, lang)
        masthead.show_masthead(app, view, lang)
        show_thumbs(app, view, labels.of(lang))
    with st.container(key="notices"):
        masthead.show_notices(app, lang)
        _keep_answering()
    with st.container(key="body"):
        show_head(app, view, lang)
        show_stage(app, view)
    # The map stays where it is while another view is read, so that it keeps its pan and zoom.
    st.html("<style>.st-key-body{display:none}</style>" if view.view is not View.MAP else "<style></style>")
    if view.view in VIEWS:
        VIEWS[view.view](app, view, lang)
    if view.embed:
        show_embed(app, view, lang)
