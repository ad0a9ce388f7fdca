"""The map with its heading, and the panel. Both are one fragment, so that a click reruns nothing else."""

from dataclasses import replace

import streamlit as st

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.app import components, session
from ocmap.app.folium_map import show_map
from ocmap.app.panel import show_panel
from ocmap.app.parts import part
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.map_caption import describe_caption
from ocmap.web.page_context import PageContext
from ocmap.web.panel_file import is_in_file, publish_panels
from ocmap.web.place_list import list_places

MAP_VALUE = "map_value"
LAST_PICK = "ocmap_last_pick"  # the number of the last click that was handled


def show_map_head(app: App, page: PageContext) -> None:
    """Draw the heading and caption of the map, and the list of places to go to."""
    with st.container(key="maphead", horizontal=True, vertical_alignment="center"):
        _show_title(app, page)
        _show_places(page)


@st.fragment
def show_map_and_panel(app: App, drawn: ViewState) -> None:
    """Draw the map and the panel of what is selected; ``drawn`` is the state of the last full run."""
    view = session.current()
    if replace(view, place=None, route=None) != replace(drawn, place=None, route=None, data=view.data):
        st.rerun()
    page = PageContext(app.profile, session.language(view), view)
    with st.container(key="map"):
        _show_map(app, page)
    show_panel(app, page, publish_panels(app, page.lang) if is_in_file(view) else "")


def _show_title(app: App, page: PageContext) -> None:
    text = html.render_localized(page, "title.html", tally=describe_caption(page))
    lost = page.words["map.lost"] if page.view.embed else f"{page.words['map.lost']} {page.words['map.beside']}"
    components.mount(
        "title", lambda href: session.follow(page.profile, href), {**part(app, page, "title", text), "lost": lost}
    )


def _show_places(page: PageContext) -> None:
    """Draw the list of places as a native select element, which phones show in their own way."""
    components.show_linked(page, "goto.html", "place", places=list_places(page))


def _show_map(app: App, page: PageContext) -> None:
    message = {"q": page.view.script_query(), "lang": page.lang, "theme": session.theme()}
    show_map(app.published, message, MAP_VALUE, lambda: _on_map(page.profile))


def _on_map(profile: CountryProfile) -> None:
    """Select what was clicked in the map, once per click; ignore anything else that the browser sends."""
    value = st.session_state.get(MAP_VALUE)
    if not isinstance(value, dict):
        return
    number, chosen, view = value.get("n"), value.get("id"), session.current()
    if not isinstance(number, int) or not isinstance(chosen, str) or number == st.session_state.get(LAST_PICK):
        return
    st.session_state[LAST_PICK] = number
    components.remember_panels(value.get("have"))
    if value.get("kind") == "place" and chosen in profile.vocabulary.places:
        session.go(profile, view.select_place(chosen))
    elif value.get("kind") == "route" and chosen in profile.vocabulary.routes:
        session.go(profile, view.select_route(chosen))
