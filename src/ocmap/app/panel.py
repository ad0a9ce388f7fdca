"""The panel of what is selected, and the share panel that it opens."""

import streamlit as st

from ocmap.analysis.page_context import PageContext
from ocmap.app import components, session
from ocmap.app.share import show_share
from ocmap.web.app_data import App


def show_panel(app: App, page: PageContext) -> None:
    """Send the session's state to the map's view, which shows it in all its parts: panel, map, filters and caption.

    The choices in all of them come back through this one element.
    """
    words = page.words
    data = {
        "part": "panel",
        "q": page.view.script_query(),
        "lang": page.lang,
        "theme": session.theme(),
        "evidence": app.published.evidence,
        "panels": app.published.panels[page.lang],
        "frame": [app.published.script, app.published.data, app.published.style],
        "name": words["map.label"],
        "lost": {
            "map": f"{words['map.lost']} {words['map.beside']}",
            "panel": words["light_edition.missing"],
        },
    }
    components.mount(components.MAP_PART, "panel", data, lambda href: session.follow(page.profile, href))
    if part := st.session_state.pop(session.SHARE_ASKED, None):
        show_share(app, page, part)
