"""The sidebar: language, search, and the filters of markets, actors, bases and layers."""

from dataclasses import replace
from typing import cast

import streamlit as st

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.app import components, session
from ocmap.app.search_box import show_search
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web.app_data import App
from ocmap.web.filter_form import describe_filters

LANGUAGE_NAMES: dict[Lang, str] = {"es": "Español", "en": "English"}


def show_sidebar(app: App, page: PageContext) -> None:
    """Draw the sidebar; a change of a filter changes the session's state."""
    with st.sidebar:
        _show_language(page)
        show_search(app, page)
        components.show_part(page, "filters", "filters.html", **describe_filters(page))


def _show_language(page: PageContext) -> None:
    st.session_state["lang"] = page.lang
    st.segmented_control(
        page.words["page.language"],
        LANGUAGES,
        key="lang",
        required=True,
        format_func=LANGUAGE_NAMES.__getitem__,
        label_visibility="collapsed",
        on_change=_change_language,
        args=(page.profile,),
    )


def _change_language(profile: CountryProfile) -> None:
    lang = cast("Lang", st.session_state["lang"])
    session.go(profile, replace(session.current(), lang=lang))


def clear_filters(profile: CountryProfile) -> None:
    """Remove all filters."""
    session.go(profile, session.current().without_filters())
