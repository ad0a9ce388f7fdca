"""A bar at the lower edge of a phone's screen, where the thumb is: map, panel, filters."""

from dataclasses import replace

import streamlit as st

from ocmap.analysis.view_state import View, ViewState
from ocmap.app import session
from ocmap.i18n import Words
from ocmap.web import html
from ocmap.web.app_data import App

KEY = "thumbs"
THUMBS = html.component("bottom_bar")


def show_thumbs(app: App, view: ViewState, words: Words) -> None:
    """Draw the bar; CSS shows it on narrow screens only, and hides the button that it stands in for."""
    if view.view is View.MAP:
        parts = [{"part": "map", "name": words["view.map"]}, {"part": "panel", "name": words["bottom_bar.panel"]}]
    else:
        to_map = session.href(app, replace(view, view=View.MAP))
        parts = [{"part": "map", "name": words["view.map"], "go": to_map}]
    parts.append({"part": "filters", "name": words["filters.title"]})
    data = {"label": words["bottom_bar.label"], "view": view.view, "parts": parts}
    THUMBS(key=KEY, data=data, on_go_change=html.few(lambda: _go(app)))


def _go(app: App) -> None:
    href = st.session_state[KEY].get("go")
    if isinstance(href, str):
        session.follow(app, href)
