"""The view of what the profile says of the whole country, which no map can show."""

import streamlit as st

from ocmap.analysis.scores import build_scores
from ocmap.app import components
from ocmap.dataset.schema import COUNTRY
from ocmap.web.page_context import PageContext
from ocmap.web.statement_cards import build_sections


def show_national(page: PageContext) -> None:
    """List the statements that reach no region and no corridor, under the same filters."""
    sections = build_sections(page, COUNTRY, page.filtered.of(COUNTRY), page.view.markets)
    figures = {one.market_id: build_scores(page.dataset, one.market_id, page.lang) for one in sections}
    with st.container(key="national"):
        components.show(
            "national.html",
            words=page.words,
            lang=page.lang,
            sections=sections,
            figures=figures,
        )
