"""A bar at the lower edge of a phone's screen, where the thumb is: map, panel, filters."""

from dataclasses import replace

import streamlit as st

from ocmap.labels import Words
from ocmap.ui import html, state
from ocmap.ui.load import App
from ocmap.view import View, ViewState

KEY = "thumbs"
THUMBS = html.component("thumbs")


def show_thumbs(app: App, view: ViewState, words: Words) -> None:
    """Draw the bar; CSS shows it on narrow screens only, and hides the button that it stands in for."""
    if view.view is View.MAP:
        parts = [{"part": "map", "name": words.view_map}, {"part": "panel", "name": words.me_panel}]
    else:
        to_map = state.href(app, replace(view, view=View.MAP))
        parts = [{"part": "map", "name": words.view_map, "go": to_map}]
    parts.append({"part": "filters", "name": words.filters})
    data = {"label": words.me_bar, "view": view.view, "parts": parts}
    THUMBS(key=KEY, data=data, on_go_change=html.few(lambda: _go(app)))


def _go(app: App) -> None:
    href = st.session_state[KEY].get("go")
    if isinstance(href, str):
        state.follow(app, href)
