"""What stands above the map: the name, the views as tabs, and notices."""

from dataclasses import replace

import streamlit as st

from ocmap import i18n
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import session
from ocmap.dataset.changes import Release, since
from ocmap.dataset.schema import Lang
from ocmap.web import html
from ocmap.web.app_data import App

SOURCE_URL = "https://ocindex.net/2025/country/peru"


def show_masthead(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the name and the views."""
    words = i18n.of(lang)
    with st.container(key="mast"):
        edition = words["page.edition"].format(version=app.version)
        html.show("mast.html", words=words, lang=lang, edition=edition, source_url=SOURCE_URL)
    with st.container(key="viewbar"):
        st.session_state["view"] = view.view
        st.segmented_control(
            words["page.view"],
            list(View),
            key="view",
            required=True,
            format_func=lambda one: words[f"view.{one}"],
            label_visibility="collapsed",
            on_change=_change_view,
            args=(app,),
        )


def _change_view(app: App) -> None:
    if chosen := st.session_state["view"]:
        session.go(app, replace(session.current(), view=View(chosen)))


def show_notices(app: App, lang: Lang) -> None:
    """Say what a link asked for that is not there or is too much, or that it was made with other data."""
    words = i18n.of(lang)
    notices = []
    changes: tuple[Release, ...] = ()
    if old := st.session_state.get(session.OLD_DATA):
        notices.append(words["notice.version"].format(old=old, new=app.version))
        changes = since(old)
    if dropped := st.session_state.get(session.DROPPED):
        notices.append(words["notice.dropped"].format(names=", ".join(dropped)))
    if taken := st.session_state.get(session.CUT):
        most = ", ".join(words["notice.most"].format(name=name, n=n) for name, n in taken.items())
        notices.append(words["notice.cut"].format(most=most))
    if notices:
        with st.container(key="notice", horizontal=True, vertical_alignment="center"):
            html.show("notices.html", words=words, notices=notices, changes=changes, lang=lang)
            st.button(words["notice.dismiss"], key="dismiss", type="tertiary", on_click=session.forget_notices)
