"""The page as a whole."""

from pathlib import Path

import streamlit as st

from ocmap import labels
from ocmap.errors import DataError
from ocmap.ui import html, masthead, sidebar, state
from ocmap.ui.faults import show_faults
from ocmap.ui.load import App, load
from ocmap.ui.national import show_national
from ocmap.ui.method import show_method
from ocmap.ui.stage import show_stage
from ocmap.view import View


def show_page(root: Path) -> None:
    """Draw the page on the data in ``root/geodata``, with the map's files published in ``root/static``."""
    st.set_page_config(page_title="ocmap", page_icon=":material/map:", layout="wide", initial_sidebar_state="auto")
    theme = state.theme()
    st.html(html.stylesheet(theme))
    try:
        app = load(root / "geodata", root / "static")
    except (DataError, OSError) as error:
        show_faults(error, labels.language_of(st.context.locale))
        return
    _show(app)


def _show(app: App) -> None:
    view = state.follow_url(app)
    lang = state.language(view)
    if not view.embed:
        sidebar.show_sidebar(app, view, lang)
        masthead.show_masthead(app, view, lang)
    with st.container(key="notices"):
        masthead.show_notices(app, lang)
    with st.container(key="body"):
        show_stage(app)
    # The map stays where it is while another view is read, so that it keeps its pan and zoom.
    st.html("<style>.st-key-body{display:none}</style>" if view.view is not View.MAP else "<style></style>")
    if view.view is View.NATIONAL:
        show_national(app, view, lang)
    elif view.view is View.METHOD:
        show_method(app, lang)
