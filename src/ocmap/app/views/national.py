"""The view of the statements on the whole country, which the map cannot show."""

import streamlit as st

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.scores import build_scores
from ocmap.app import components
from ocmap.web.statement_cards import build_sections


def show_national(page: PageContext) -> None:
    """List the filtered statements that count for no region and no corridor."""
    sections = build_sections(
        page, page.dataset.country_id, page.filtered.of(page.dataset.country_id), page.view.markets
    )
    figures = {section.market_id: build_scores(page.dataset, section.market_id, page.lang) for section in sections}
    with st.container(key="national"):
        components.show(page, "national.html", sections=sections, figures=figures)
