"""The view on method: what the map is, how to read it, how far it can be trusted, licences, changes, citation."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version

import streamlit as st

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY
from ocmap.analysis.view_state import ViewState
from ocmap.app import session
from ocmap.dataset.changes import RELEASES
from ocmap.dataset.codebook import TITLE
from ocmap.dataset.schema import Coding
from ocmap.i18n import Lang
from ocmap.reliability.agreement import GOAL, Agreement, Caveats, build_agreement, build_caveats, share
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.citation import cite
from ocmap.web.layer_info import build_layer_cards

DIGITS = 3  # with two, what is short of 1 would read as 1


def show_method(app: App, _view: ViewState, lang: Lang) -> None:
    """Write how the map was made and what it is not."""
    sentences = app.profile.dataset.sentences
    figures, caveats = _reliability(app)
    counts = {coding: sum(sentence.coding is coding for sentence in sentences) for coding in Coding}
    words = i18n.of(lang)
    with st.container(key="method"):
        html.show(
            f"method_{lang}.html",
            words=words,
            lang=lang,
            total=len(sentences),
            coded=counts[Coding.CODED],
            context=counts[Coding.CONTEXT],
            pending=counts[Coding.PENDING],
            statements=len(app.profile.dataset.statements),
            figures=[(one, *_shares(one, lang)) for one in figures],
            nature=_of_nature(figures, lang),
            goal=_decimal(f"{GOAL}", lang),
            caveats=caveats,
            cards=build_layer_cards(words),
            national=len(app.profile.unfiltered.of(COUNTRY)),
            version=app.version,
            app_version=version("ocmap"),
            releases=RELEASES,
            citation=cite(TITLE, lang, session.today()),
        )


@lru_cache(maxsize=1)
def _reliability(app: App) -> tuple[tuple[Agreement, ...], Caveats]:
    """Return how far the coders agree; worked out once, since all sessions share the data."""
    return build_agreement(app.profile.dataset), build_caveats(app.profile.dataset)


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
