"""The top of the page: the name, the views as tabs, and notices about the opened link."""

from functools import partial

import streamlit as st

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import View
from ocmap.app import components, session
from ocmap.dataset.changes import Release, since


def show_masthead(page: PageContext) -> None:
    """Draw the name, the views, and the buttons to share and to download."""
    words = page.words
    with st.container(key="mast"):
        edition = words["page.edition"].format(version=page.dataset.version)
        components.show_linked(page, "mast.html", "mast_links", edition=edition, report_href=page.report_href)
    with st.container(key="printed"):
        components.show(page, "printed.html", edition=edition, filtered=page.view.view is not View.METHOD)
    with st.container(key="viewbar", horizontal=True, vertical_alignment="center"):
        st.session_state["view"] = page.view.view
        st.segmented_control(
            words["page.view"],
            list(View),
            key="view",
            required=True,
            format_func=lambda view: words[f"view.{view}"],
            label_visibility="collapsed",
            on_change=_change_view,
            args=(page.profile,),
        )
        _show_tools(page)


def _show_tools(page: PageContext) -> None:
    """Draw the buttons that are there in every view; CSS shows the first where its tab may have scrolled away."""
    words, profile = page.words, page.profile
    national = partial(session.go_to_view, profile, View.NATIONAL)
    with st.container(key="tools", horizontal=True, width="content"):
        for name, label, icon, act in (
            ("national", words["view.national"], "flag", national),
            ("share", words["share.open"], "share", partial(session.ask_for_share, session.SHARE)),
            ("data", words["share.files"], "download", partial(session.ask_for_share, session.DATA)),
        ):
            st.button(label, key=f"tool_{name}", icon=f":material/{icon}:", type="tertiary", on_click=act)


def _change_view(profile: CountryProfile) -> None:
    if chosen := st.session_state["view"]:
        session.go_to_view(profile, View(chosen))


def show_notices(page: PageContext) -> None:
    """Show which parts of the opened link are unknown or too many, and whether it was made with other data."""
    words = page.words
    notices = []
    changes: tuple[Release, ...] = ()
    if old := st.session_state.get(session.OLD_DATA):
        notices.append(words["notice.version"].format(old=old, new=page.dataset.version))
        changes = since(page.dataset.releases, old)
    if dropped := st.session_state.get(session.DROPPED):
        names = ", ".join(words[f"link_part.{name}"] for name in dropped)
        notices.append(words["notice.dropped"].format(names=names))
    if truncated := st.session_state.get(session.TRUNCATED):
        limits = ", ".join(
            words["notice.most"].format(name=words[f"link_part.{name}"], n=n) for name, n in truncated.items()
        )
        notices.append(words["notice.cut"].format(most=limits))
    if notices:
        with st.container(key="notice", horizontal=True, vertical_alignment="center"):
            components.show(page, "notices.html", notices=notices, changes=changes)
            st.button(words["notice.dismiss"], key="dismiss", type="tertiary", on_click=session.forget_notices)
