"""What stands above the map: the name, the views as tabs, and notices."""

from dataclasses import replace

import streamlit as st

from ocmap import labels
from ocmap.changes import Release, since
from ocmap.labels import Lang
from ocmap.ui import html, state
from ocmap.ui.load import App
from ocmap.view import View, ViewState

SOURCE_URL = "https://ocindex.net/2025/country/peru"


def show_masthead(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the name and the views."""
    words = labels.of(lang)
    with st.container(key="mast"):
        edition = words.edition.format(version=app.version)
        html.show("mast.html", words=words, lang=lang, edition=edition, source_url=SOURCE_URL)
    with st.container(key="viewbar"):
        st.session_state["view"] = view.view
        st.segmented_control(
            words.view,
            list(View),
            key="view",
            required=True,
            format_func=lambda one: labels.word(words, f"view_{one}"),
            label_visibility="collapsed",
            on_change=_change_view,
            args=(app,),
        )


def _change_view(app: App) -> None:
    if chosen := st.session_state["view"]:
        state.go(app, replace(state.current(), view=View(chosen)))


def show_notices(app: App, lang: Lang) -> None:
    """Say what a link asked for that is not there or is too much, or that it was made with other data."""
    words = labels.of(lang)
    notices = []
    changes: tuple[Release, ...] = ()
    if old := st.session_state.get(state.OLD_DATA):
        notices.append(words.notice_version.format(old=old, new=app.version))
        changes = since(old)
    if dropped := st.session_state.get(state.DROPPED):
        notices.append(words.notice_dropped.format(names=", ".join(dropped)))
    if taken := st.session_state.get(state.CUT):
        most = ", ".join(words.notice_most.format(name=name, n=n) for name, n in taken.items())
        notices.append(words.notice_cut.format(most=most))
    if notices:
        with st.container(key="notice", horizontal=True, vertical_alignment="center"):
            html.show("notices.html", words=words, notices=notices, changes=changes, lang=lang)
            st.button(words.dismiss, key="dismiss", type="tertiary", on_click=state.forget_notices)
