"""The view on method: what the map is, how to read it, how far it can be trusted, licences, changes, citation."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version

import streamlit as st

from ocmap.app import components, session
from ocmap.dataset.changes import RELEASES
from ocmap.dataset.codebook import DATA_VERSION, TITLE
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import COUNTRY, Coding, Lang
from ocmap.reliability.agreement import GOAL, Agreement, Caveats, build_agreement, build_caveats, share
from ocmap.web.citation import cite
from ocmap.web.layer_info import build_layer_cards
from ocmap.web.page_context import PageContext

DIGITS = 3  # with two, what is short of 1 would read as 1


def show_method(page: PageContext) -> None:
    """Write how the map was made and what it is not."""
    sentences, lang, words = page.dataset.sentences, page.lang, page.words
    figures, caveats = _reliability(page.dataset)
    counts = {coding: sum(sentence.coding is coding for sentence in sentences) for coding in Coding}
    with st.container(key="method"):
        components.show(
            f"method_{lang}.html",
            words=words,
            lang=lang,
            total=len(sentences),
            coded=counts[Coding.CODED],
            context=counts[Coding.CONTEXT],
            pending=counts[Coding.PENDING],
            statements=len(page.dataset.statements),
            figures=[(one, *_shares(one, lang)) for one in figures],
            nature=_of_nature(figures, lang),
            goal=_decimal(f"{GOAL}", lang),
            caveats=caveats,
            cards=build_layer_cards(words),
            national=len(page.profile.unfiltered.of(COUNTRY)),
            version=DATA_VERSION,
            app_version=version("ocmap"),
            releases=RELEASES,
            citation=cite(TITLE, lang, session.today()),
        )


@lru_cache(maxsize=1)
def _reliability(dataset: Dataset) -> tuple[tuple[Agreement, ...], Caveats]:
    """Return how far the coders agree; worked out once, since all sessions share the data."""
    return build_agreement(dataset), build_caveats(dataset)


def _shares(one: Agreement, lang: Lang) -> tuple[str, str, str]:
    """Return precision, recall and alpha as the language writes them."""
    precision, recall, alpha = (share(value, DIGITS) for value in (one.precision, one.recall, one.alpha))
    return _decimal(precision, lang), _decimal(recall, lang), _decimal(alpha, lang)


def _of_nature(figures: Sequence[Agreement], lang: Lang) -> tuple[str, ...]:
    """Return the alpha of nature in each round, rounded for a sentence."""
    return tuple(_decimal(share(one.alpha, 2), lang) for one in figures if one.field == "nature")


def _decimal(figure: str, lang: Lang) -> str:
    """Return a figure with the language's decimal sign."""
    return figure.replace(".", ",") if lang == "es" else figure
