"""The view on method: how the map was made, how to read it, reliability, licences, changes, citation."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version

import streamlit as st

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.app import components, session
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Coding, Lang
from ocmap.reliability.agreement import GOAL, Agreement, Caveats, build_agreement, build_caveats, share
from ocmap.web.citation import cite
from ocmap.web.layer_info import build_layer_cards

DIGITS = 3  # with two, 0.998 would be shown as 1.00


def show_method(page: PageContext) -> None:
    """Show how the map was made and what it is not."""
    sentences, lang, words = page.dataset.sentences, page.lang, page.words
    figures, caveats = _measure_reliability(page.dataset) if page.dataset.round1_first else ((), None)
    counts = {coding: sum(sentence.coding is coding for sentence in sentences) for coding in Coding}
    with st.container(key="method"):
        components.show_linked(
            page,
            f"method_{lang}.html",
            "method_page",
            report_href=page.report_href,
            data_href=f"{page.href(page.view)}#{session.DATA}",
            total=len(sentences),
            coded=counts[Coding.CODED],
            context=counts[Coding.CONTEXT],
            pending=counts[Coding.PENDING],
            statements=len(page.dataset.statements),
            figures=[(agreement, *_format_figures(agreement, lang)) for agreement in figures],
            recoded=len(page.dataset.round2_first),
            criminality=len(page.dataset.round3_first),
            nature=_format_nature_alphas(figures, lang),
            goal=_format_decimal(f"{GOAL}", lang),
            caveats=caveats,
            cards=build_layer_cards(words),
            national=len(page.profile.unfiltered.of(page.dataset.country_id)),
            settings=page.dataset.settings,
            of_country=i18n.of_phrase(i18n.phrase_of(page.dataset.place[page.dataset.country_id], lang), lang),
            version=page.dataset.version,
            app_version=version("ocmap"),
            releases=[(release, i18n.date_of(release.day, lang)) for release in page.dataset.releases],
            citation=cite(page.dataset, words["map.title"], lang, session.today()),
        )


@lru_cache(maxsize=1)
def _measure_reliability(dataset: Dataset) -> tuple[tuple[Agreement, ...], Caveats]:
    """Return how far the coders agree; computed once, since all sessions share the data."""
    return build_agreement(dataset), build_caveats(dataset)


def _format_figures(agreement: Agreement, lang: Lang) -> tuple[str, str, str]:
    """Return precision, recall and alpha in the language's number format."""
    precision, recall, alpha = (
        share(value, DIGITS) for value in (agreement.precision, agreement.recall, agreement.alpha)
    )
    return _format_decimal(precision, lang), _format_decimal(recall, lang), _format_decimal(alpha, lang)


def _format_nature_alphas(figures: Sequence[Agreement], lang: Lang) -> tuple[str, ...]:
    """Return the alpha of nature in each round, rounded for a sentence."""
    return tuple(
        _format_decimal(share(agreement.alpha, 2), lang) for agreement in figures if agreement.field == "nature"
    )


def _format_decimal(figure: str, lang: Lang) -> str:
    """Return a number with the language's decimal sign."""
    return figure.replace(".", ",") if lang == "es" else figure
