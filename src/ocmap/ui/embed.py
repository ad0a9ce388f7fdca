"""The page inside another page: map and panel side by side, and a line that says where they come from."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import streamlit as st

from ocmap import labels
from ocmap.labels import Lang
from ocmap.ui import html, state
from ocmap.ui.load import App
from ocmap.ui.masthead import SOURCE_URL
from ocmap.view import ViewState


def show_embed(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the source line below an embedded view, with a link to the whole page."""
    st.html(Path(str(files("ocmap.ui") / "styles" / "embed.css")))
    words = labels.of(lang)
    with st.container(key="embed"):
        html.show(
            "embed.html",
            words=words,
            lang=lang,
            edition=words.edition.format(version=app.version),
            source_url=SOURCE_URL,
            # Streamlit cleans a link that only consists of a query out of the HTML; a whole address stays.
            whole=(st.context.url or "") + state.href(app, replace(view, lang=lang)),
        )
