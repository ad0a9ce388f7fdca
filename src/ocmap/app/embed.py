"""The page inside another page: map and panel side by side, and a line that says where they come from."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from ocmap import i18n
from ocmap.analysis.view_state import ViewState
from ocmap.app import session
from ocmap.app.masthead import SOURCE_URL
from ocmap.dataset.schema import Lang
from ocmap.web import html
from ocmap.web.app_data import App


def show_embed(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the source line below an embedded view, with a link to the whole page."""
    st.html(Path(str(html.STYLES / "embed.css")))
    words = i18n.of(lang)
    with st.container(key="embed"):
        html.show(
            "embed.html",
            words=words,
            lang=lang,
            edition=words["page.edition"].format(version=app.version),
            source_url=SOURCE_URL,
            # Streamlit cleans a link that only consists of a query out of the HTML; a whole address stays.
            whole=(st.context.url or "") + session.href(app, replace(view, lang=lang)),
        )
