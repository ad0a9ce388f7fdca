"""The map with its heading, and the panel."""

import streamlit as st

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import components, session
from ocmap.app.folium_map import show_map
from ocmap.app.panel import show_panel
from ocmap.web.app_data import App
from ocmap.web.place_list import list_places


def show_map_view(app: App, page: PageContext) -> None:
    """Draw the map with its heading, and the panel."""
    _show_map_head(page)
    with st.container(key="map"):
        show_map(app.published, page.dataset.settings.map.centre)
    _show_panel_of_session(app, page.view, had_notices=session.has_notices())


def _show_map_head(page: PageContext) -> None:
    """Draw the heading and caption of the map, and the list of places to go to."""
    with st.container(key="maphead", horizontal=True, vertical_alignment="center"):
        components.show_part(page, "caption", "title.html")
        # A native select element, which phones show in their own way.
        components.show_part(page, "places", "goto.html", places=list_places(page))


@st.fragment
def _show_panel_of_session(app: App, drawn: ViewState, *, had_notices: bool) -> None:
    """Draw the panel; ``drawn`` is the state of the last full run, which may have shown notices.

    It is a fragment, so that a choice reruns nothing else: the browser shows it in the map's view by itself. The rest
    of the page is drawn anew where it shows the state too: in the other views, and while there is a notice about the
    link that was opened.
    """
    view = session.current()
    others = view.view is not View.MAP or (view.view, view.lang) != (drawn.view, drawn.lang) or had_notices
    if view != drawn and others:
        st.rerun()
    show_panel(app, PageContext(app.profile, session.language(view), view))
