"""The bottom navigation bar on phones: map, panel, filters, the other language."""

from dataclasses import replace
from typing import cast

import streamlit as st

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import View
from ocmap.app import components, session
from ocmap.app.sidebar import LANGUAGE_NAMES
from ocmap.dataset.schema import LANGUAGES, Lang

KEY = "thumbs"
BOTTOM_BAR = components.component("bottomBar")


def show_bottom_bar(page: PageContext) -> None:
    """Draw the bar. CSS shows it on narrow screens only, and hides the button that it replaces there."""
    view, words = page.view, page.words
    if view.view is View.MAP:
        parts = [{"part": "map", "name": words["view.map"]}, {"part": "panel", "name": words["bottom_bar.panel"]}]
    else:
        to_map = page.href(replace(view, view=View.MAP))
        parts = [{"part": "map", "name": words["view.map"], "go": to_map}]
    parts.append({"part": "filters", "name": words["filters.title"]})
    other = next(lang for lang in LANGUAGES if lang != page.lang)
    parts.append({"part": "lang", "name": LANGUAGE_NAMES[other], "lang": other, "go": other})
    data = {"label": words["bottom_bar.label"], "view": view.view, "parts": parts}
    BOTTOM_BAR(key=KEY, data=data, on_go_change=components.limit_calls(lambda: _go(page.profile)))


def _go(profile: CountryProfile) -> None:
    href = st.session_state[KEY].get("go")
    if href in LANGUAGES:  # not a link: on the map's view the bar is not drawn anew at each choice
        session.go(profile, replace(session.current(), lang=cast("Lang", href)))
    elif isinstance(href, str):
        session.follow(profile, href)
