"""The map and the panel: one fragment, so that a click reruns nothing else and the map is never rebuilt."""

from dataclasses import replace

import streamlit as st

from ocmap.analysis.filters import COUNTRY, Filters
from ocmap.analysis.summaries import tally
from ocmap.analysis.view_state import ViewState
from ocmap.app import session
from ocmap.app.folium_map import show_map
from ocmap.app.parts import part
from ocmap.dataset.schema import Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.page_context import Scene
from ocmap.web.panel_file import is_in_file, publish_panels
from ocmap.web.panels import show_panel
from ocmap.web.place_list import list_places

MAP_VALUE = "map_value"
LAST_PICK = "ocmap_last_pick"  # the number of the selection taken over last


def show_head(app: App, view: ViewState, lang: Lang) -> None:
    """Draw what stands above the map: what it shows under the filters, and the box that leads to any place."""
    scene = Scene(app, view, lang, app.apply_filters(Filters.of(view)))
    with st.container(key="maphead", horizontal=True, vertical_alignment="center"):
        _show_title(scene)
        _show_places(scene)


@st.fragment
def show_stage(app: App, drawn: ViewState) -> None:
    """Draw the map and the panel of what is selected; ``drawn`` is the state that the page around them shows."""
    view = session.current()
    if replace(view, place=None, route=None) != replace(drawn, place=None, route=None, data=view.data):
        st.rerun()
    scene = Scene(app, view, session.language(view), app.apply_filters(Filters.of(view)))
    with st.container(key="map"):
        _show_map(scene)
    show_panel(scene, publish_panels(app, scene.lang) if is_in_file(view) else "")


def _show_title(scene: Scene) -> None:
    text = html.render("title.html", words=scene.words, lang=scene.lang, tally=describe_tally(scene))
    lost = scene.words["map.lost"] if scene.view.embed else f"{scene.words['map.lost']} {scene.words['map.beside']}"
    html.mount("title", lambda href: session.follow(scene.app, href), {**part(scene, "title", text), "lost": lost})


def describe_tally(scene: Scene) -> str:
    """Return what the map shows under the filters, and how much more is said of the whole country."""
    regions = scene.app.profile.shapes.regions.index
    national = len(scene.filtered.of(COUNTRY))
    parts = (
        tally(scene.app.profile.dataset, scene.filtered, Filters.of(scene.view), regions, scene.lang),
        scene.words.counted("caption.national_more", national) if national else "",
        "" if scene.filtered.by_place else scene.words["caption.nothing_shown"],
    )
    return " ".join(filter(None, parts))


def _show_places(scene: Scene) -> None:
    """Draw the list of places: the browser's own, which a phone shows as it shows all lists."""
    html.show_linked(
        "goto.html",
        "place",
        lambda href: session.follow(scene.app, href),
        words=scene.words,
        lang=scene.lang,
        places=list_places(scene),
    )


def _show_map(scene: Scene) -> None:
    message = {"q": session.query(scene.view), "lang": scene.lang, "theme": session.theme()}
    show_map(scene.app.published, message, MAP_VALUE, lambda: _on_map(scene.app))


def _on_map(app: App) -> None:
    """Take over a selection made in the map, once; whatever else comes from the browser is ignored."""
    value = st.session_state.get(MAP_VALUE)
    if not isinstance(value, dict):
        return
    number, chosen, view = value.get("n"), value.get("id"), session.current()
    if not isinstance(number, int) or not isinstance(chosen, str) or number == st.session_state.get(LAST_PICK):
        return
    st.session_state[LAST_PICK] = number
    html.remember_panels(value.get("have"))
    if value.get("kind") == "place" and chosen in app.known.places:
        session.go(app, view.select_place(chosen))
    elif value.get("kind") == "route" and chosen in app.known.routes:
        session.go(app, view.select_route(chosen))
