"""The view on resilience: what is said of the Index's indicators, the Index's scores, and responses with a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.scores import INDICATORS, Scores, build_all, build_scores
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import components, session
from ocmap.app.sidebar import clear_filters
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import (
    ACTOR_TYPES,
    AGGREGATES,
    COUNTRY,
    MARKETS,
    Basis,
    Group,
    Nature,
    Place,
    PlaceKind,
    Statement,
    TopicKind,
)
from ocmap.i18n import Words
from ocmap.web.page_context import PageContext
from ocmap.web.statement_cards import Card, CardContext, build_card

TOPIC_ORDER = {topic: rank for rank, topic in enumerate((*MARKETS, *ACTOR_TYPES, *INDICATORS))}
SWATCHES = {
    PlaceKind.REGION: Basis.NAMED,
    PlaceKind.SITE: Basis.LOCATED,
    PlaceKind.TRIPOINT: Basis.LOCATED,
    PlaceKind.CORRIDOR: Basis.BORDER,
}
"""The kinds of place that a response can lead to, with the basis by which each reaches a region."""


@dataclass(frozen=True)
class Indicator:
    """One indicator as the view shows it.

    Attributes:
        cards: What its own sentences say, in the source's order.
        others: What sentences on other topics say of it, under a title for each topic.
        count: How many cards there are, in words; ``more`` and ``also`` say so of the others.
        note: What the filters hide of it, or that there is nothing.
    """

    topic_id: str
    name: str
    definition: str
    scores: Scores
    cards: tuple[Card, ...]
    others: tuple[tuple[str, tuple[Card, ...]], ...]
    count: str
    more: str
    also: str
    note: str


def show_resilience(page: PageContext) -> None:
    """Draw the view."""
    dataset, lang, words, view = page.dataset, page.lang, page.words, page.view
    passing = find_passing(page)
    indicators = [build_indicator(page, topic_id, passing) for topic_id in INDICATORS if topic_id in dataset.topic]
    groups = _group(dataset, indicators, words)
    hidden = _say_hidden(dataset, passing, view, words)
    with st.container(key="resilience"):
        components.show(
            "resilience.html",
            words=words,
            lang=lang,
            total=len(indicators),
            sums=build_all(dataset, AGGREGATES, lang),
            markets=build_all(dataset, [topic.topic_id for topic in dataset.markets], lang),
            actor_types=build_all(dataset, [one for one in ACTOR_TYPES if one in dataset.topic], lang),
            groups=groups,
            hidden=hidden,
        )
        if hidden:
            st.button(words["filters.clear"], key="clear_resilience", on_click=clear_filters, args=(page.profile,))
        first = indicators[0].topic_id if indicators else ""
        components.show("indicators.html", words=words, lang=lang, groups=groups, first=first)
        _show_responses(page, passing)


def find_passing(page: PageContext) -> frozenset[str]:
    """Return the ids of the statements that the filters leave; one that has no market passes any choice of markets."""
    dataset, chosen = page.dataset, frozenset(page.view.markets)
    filtered = page.profile.apply_filters(Filters.of(replace(page.view, markets=())))
    found = filtered.statement_ids
    markets = {one: dataset.markets_of(dataset.statement[one]) for one in found}
    return frozenset(one for one in found if not chosen or not markets[one] or not chosen.isdisjoint(markets[one]))


def build_indicator(localized: LocalizedProfile, topic_id: str, passing: frozenset[str]) -> Indicator:
    """Return an indicator with the statements on it that pass."""
    dataset, lang = localized.dataset, localized.lang
    words, topic = i18n.of(lang), dataset.topic[topic_id]
    own, others = _find_statements(dataset, topic_id)
    cards = _build_cards(localized, (one for one in own if one in passing), 1)
    shown = [one for one in others if one in passing]
    hidden = len(own) + len(others) - len(cards) - len(shown)
    return Indicator(
        topic_id=topic_id,
        name=i18n.name_of(topic, lang),
        definition=topic.definition_es if lang == "es" else topic.definition_en,
        scores=build_scores(dataset, topic_id, lang),
        cards=cards,
        others=tuple(_by_topic(localized, shown, 1 + len(cards))),
        count=words.counted("count.statements", len(cards)),
        more=words["resilience.more"].format(n=len(shown)) if shown else "",
        also=words.counted("resilience.also", len(shown)),
        note=_note(len(cards), len(own), hidden, words),
    )


def find_responses(dataset: Dataset, passing: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the responses that pass and name a place one can open, each with those places, in the source's order."""
    found = {}
    for statement in sorted(dataset.statements, key=lambda one: _source_order(dataset, one)):
        if statement.nature is Nature.RESPONSE and statement.statement_id in passing:
            found[statement.statement_id] = tuple(place.place_id for place in _places(dataset, statement.statement_id))
    return {one: places for one, places in found.items() if places}


def _find_statements(dataset: Dataset, topic_id: str) -> tuple[list[str], list[str]]:
    """Return the statements of an indicator's own sentences, and those of others that carry it."""
    own, others = [], []
    for statement in sorted(dataset.statements, key=lambda one: _source_order(dataset, one)):
        if dataset.sentence[statement.sentence_id].topic_id == topic_id:
            own.append(statement.statement_id)
        elif topic_id in statement.indicators:
            others.append(statement.statement_id)
    return own, others


def _source_order(dataset: Dataset, statement: Statement) -> tuple[int, int, str]:
    sentence = dataset.sentence[statement.sentence_id]
    return TOPIC_ORDER.get(sentence.topic_id, len(TOPIC_ORDER)), sentence.ordinal, statement.statement_id


def _by_topic(
    localized: LocalizedProfile, statement_ids: Sequence[str], first: int
) -> Iterable[tuple[str, tuple[Card, ...]]]:
    """Yield statements under the topics of their sentences, numbered on from ``first``."""
    dataset = localized.dataset
    topics: dict[str, list[str]] = {}
    for one in statement_ids:
        topics.setdefault(dataset.sentence[dataset.statement[one].sentence_id].topic_id, []).append(one)
    for topic_id, ids in topics.items():
        name = i18n.name_of(dataset.topic[topic_id], localized.lang)
        yield i18n.of(localized.lang)["resilience.under"].format(topic=name), _build_cards(localized, ids, first)
        first += len(ids)


def _build_cards(localized: LocalizedProfile, statement_ids: Iterable[str], first: int) -> tuple[Card, ...]:
    return tuple(_build_card(localized, one, number) for number, one in enumerate(statement_ids, first))


def _build_card(localized: LocalizedProfile, statement_id: str, number: int) -> Card:
    """Return a statement's card; where it names places that one can open, its badge says which."""
    own = localized.dataset.sentence[localized.dataset.statement[statement_id].sentence_id].topic_id
    card = build_card(localized, statement_id, CardContext(COUNTRY, Basis.NATIONAL, own, number))
    places = _places(localized.dataset, statement_id)
    names = ", ".join(i18n.name_of(place, localized.lang) for place in places)
    return replace(card, badge=names, basis=SWATCHES[places[0].kind] if places else "")


def _places(dataset: Dataset, statement_id: str) -> tuple[Place, ...]:
    places = dict.fromkeys(row.place_id for row in dataset.places_of.get(statement_id, ()))
    return tuple(dataset.place[one] for one in places if dataset.place[one].kind in SWATCHES)


def _group(dataset: Dataset, indicators: Iterable[Indicator], words: Words) -> list[tuple[str, list[Indicator]]]:
    """Return the indicators under the names of their groups."""
    groups: dict[Group, list[Indicator]] = {}
    for one in indicators:
        groups.setdefault(dataset.topic[one.topic_id].group, []).append(one)
    return [(words[f"topic_group.{group}"], members) for group, members in groups.items()]


def _note(shown: int, own: int, hidden: int, words: Words) -> str:
    """Return what to say where an indicator has nothing of its own, or the filters hide some of it."""
    if not own:
        return words["resilience.none"]
    if not shown:
        return words["resilience.none_left"]
    return words.counted("resilience.indicator_hidden", hidden) if hidden else ""


def _say_hidden(dataset: Dataset, passing: frozenset[str], view: ViewState, words: Words) -> str:
    """Return how many of the view's statements the filters hide, or nothing."""
    every = {
        one.statement_id
        for one in dataset.statements
        if one.indicators or dataset.topic[dataset.sentence[one.sentence_id].topic_id].kind is TopicKind.INDICATOR
    }
    hidden = len(every - passing)
    text = words.counted("resilience.hidden", hidden) if hidden else ""
    return f"{text} {words['resilience.always']}" if text and view.markets else text


def _show_responses(page: PageContext, passing: frozenset[str]) -> None:
    """List the responses that have a place, each with chips that open it on the map."""
    words, lang = page.words, page.lang
    responses = find_responses(page.dataset, passing)
    components.show("responses.html", words=words, lang=lang, card=None, empty=not responses)
    if not responses:
        return
    with st.container(key="responses"):
        for number, (statement_id, places) in enumerate(responses.items(), 1):
            with st.container(key=f"response_{number}"):
                card = replace(_build_card(page, statement_id, number), badge="")  # the chips name the places
                components.show("responses.html", words=words, lang=lang, card=card)
                _show_places(page, f"response_places_{number}", places)


def _show_places(page: PageContext, key: str, places: Sequence[str]) -> None:
    st.session_state[key] = None
    st.pills(
        page.words["resilience.see"],
        list(places),
        key=key,
        format_func=lambda one: components.as_label(page.name(one)),
        label_visibility="collapsed",
        on_change=_open,
        args=(page.profile, key),
    )


def _open(profile: CountryProfile, key: str) -> None:
    """Open a place on the map."""
    if place := st.session_state[key]:
        session.go(profile, replace(session.current().select_place(place), view=View.MAP))
