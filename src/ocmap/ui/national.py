"""The view of what the profile says of the whole country, which no map can show."""

import streamlit as st

from ocmap import labels
from ocmap.cards import build_sections
from ocmap.labels import Lang
from ocmap.narrative import Reader
from ocmap.query import COUNTRY, Filters
from ocmap.scores import build_scores
from ocmap.ui import html
from ocmap.ui.load import App
from ocmap.view import ViewState


def show_national(app: App, view: ViewState, lang: Lang) -> None:
    """List the statements that reach no region and no corridor, under the same filters."""
    reading = app.read(Filters.of(view))
    reader = Reader(app.world.dataset, app.world.touching, lang)
    sections = build_sections(reader, COUNTRY, reading.of(COUNTRY), view.markets)
    figures = {one.market_id: build_scores(app.world.dataset, one.market_id, lang) for one in sections}
    with st.container(key="national"):
        html.show(
            "national.html",
            words=labels.of(lang),
            lang=lang,
            sections=sections,
            figures=figures,
        )
