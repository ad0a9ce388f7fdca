"""The view of what the profile says of the whole country, which no map can show."""

import streamlit as st

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, Filters
from ocmap.analysis.scores import build_scores
from ocmap.analysis.summaries import Reader
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.statement_cards import build_sections


def show_national(app: App, view: ViewState, lang: Lang) -> None:
    """List the statements that reach no region and no corridor, under the same filters."""
    filtered = app.apply_filters(Filters.of(view))
    reader = Reader(app.profile.dataset, app.profile.corridors_of, lang)
    sections = build_sections(reader, COUNTRY, filtered.of(COUNTRY), view.markets)
    figures = {one.market_id: build_scores(app.profile.dataset, one.market_id, lang) for one in sections}
    with st.container(key="national"):
        html.show(
            "national.html",
            words=i18n.of(lang),
            lang=lang,
            sections=sections,
            figures=figures,
        )
