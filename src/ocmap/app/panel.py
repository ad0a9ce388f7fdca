"""The panel of what is selected, and the share panel that it opens."""

import streamlit as st

from ocmap.app import components, session
from ocmap.app.parts import part
from ocmap.app.share import show_share
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.page_context import PageContext
from ocmap.web.panels import SHARE_FRAGMENT, describe_panel

SHARE_ASKED = "ocmap_share"  # session key: whether the share panel is to open in this run


def show_panel(app: App, page: PageContext, panels: str) -> None:
    """Draw the panel of the selection, or the invitation where there is none.

    All of it is one element, so that a click costs one message to the browser. ``panels`` is the name of the file
    from which the browser may answer a click itself, or empty where it cannot; once it has said that the file is
    there, no more HTML is sent.
    """
    fetched = bool(panels) and st.session_state.get(components.HAVE) == panels
    text = None if fetched else html.render_localized(page, "panel.html", **describe_panel(page))
    data = {**part(app, page, "panel", text), "panels": panels}
    components.mount("panel", lambda href: _go(page, href), data)
    if st.session_state.pop(SHARE_ASKED, False):
        show_share(app, page)


def _go(page: PageContext, href: str) -> None:
    if href.endswith(SHARE_FRAGMENT):
        st.session_state[SHARE_ASKED] = True
    else:
        session.follow(page.profile, href)
