"""The view on method: what the map is, how to read it, its limits, licences and citation."""

from datetime import UTC, datetime

import streamlit as st

from ocmap import labels
from ocmap.codebook import TITLE, cite
from ocmap.labels import Lang
from ocmap.model import Coding
from ocmap.ui import html
from ocmap.ui.load import App


def show_method(app: App, lang: Lang) -> None:
    """Write how the map was made and what it is not."""
    sentences = app.world.dataset.sentences
    pending = sum(sentence.coding is Coding.PENDING for sentence in sentences)
    with st.container(key="method"):
        html.show(
            f"method_{lang}.html",
            words=labels.of(lang),
            lang=lang,
            read=len(sentences) - pending,
            total=len(sentences),
            pending=pending,
            statements=len(app.world.dataset.statements),
            version=app.version,
            citation=cite(TITLE, lang, datetime.now(tz=UTC).date()),
        )
