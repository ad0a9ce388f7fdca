"""The embedded view: map and panel side by side, with a source line."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from ocmap.app import components
from ocmap.dataset.codebook import DATA_VERSION
from ocmap.web import html
from ocmap.web.page_context import PageContext


def show_embed(page: PageContext) -> None:
    """Draw the source line below an embedded view, with a link to the whole page."""
    st.html(Path(str(html.STYLES / "embed.css")))
    with st.container(key="embed"):
        components.show(
            page,
            "embed.html",
            edition=page.words["page.edition"].format(version=DATA_VERSION),
            # Streamlit cleans a link that only consists of a query out of the HTML; a whole address stays.
            whole=(st.context.url or "") + page.href(replace(page.view, lang=page.lang)),
        )
