"""The view on resilience: the statements on the Index's indicators, its scores, and responses with a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.scores import INDICATORS, Scores, build_all, build_scores
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import components, session
from ocmap.app.sidebar import clear_filters
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import (
    ACTOR_TYPES,
    AGGREGATES,
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
from ocmap.web.statement_cards import Card, CardContext, build_card

TOPIC_ORDER = {topic: rank for rank, topic in enumerate((*MARKETS, *ACTOR_TYPES, *INDICATORS))}
BASIS_OF_KIND = {
    PlaceKind.REGION: Basis.NAMED,
    PlaceKind.SITE: Basis.LOCATED,
    PlaceKind.TRIPOINT: Basis.LOCATED,
    PlaceKind.CORRIDOR: Basis.BORDER,
}
"""The kinds of place that a response can link to, with the basis on which each counts for a region."""


@dataclass(frozen=True)
class Indicator:
    """An indicator with its scores and statements.

    Attributes:
        cards: The statements of its own sentences, in the source's order.
        other_cards: The statements on it in sentences on other topics, under a title for each topic.
        count: The number of cards, in words; ``more`` and ``also`` are that of the other cards.
        note: How many statements the filters hide, or that there are none.
    """

    topic_id: str
    name: str
    definition: str
    scores: Scores
    cards: tuple[Card, ...]
    other_cards: tuple[tuple[str, tuple[Card, ...]], ...]
    count: str
    more: str
    also: str
    note: str


def show_resilience(page: PageContext) -> None:
    """Draw the view."""
    dataset, lang, words, view = page.dataset, page.lang, page.words, page.view
    passing = find_passing(page)
    indicators = [build_indicator(page, topic_id, passing) for topic_id in INDICATORS if topic_id in dataset.topic]
    groups = _group_indicators(dataset, indicators, words)
    hidden = _describe_hidden(dataset, passing, view, words)
    with st.container(key="resilience"):
        components.show(
            page,
            "resilience.html",
            total=len(indicators),
            sums=build_all(dataset, AGGREGATES, lang),
            markets=build_all(dataset, [topic.topic_id for topic in dataset.markets], lang),
            actor_types=build_all(dataset, [type_id for type_id in ACTOR_TYPES if type_id in dataset.topic], lang),
            groups=groups,
            hidden=hidden,
        )
        if hidden:
            st.button(words["filters.clear"], key="clear_resilience", on_click=clear_filters, args=(page.profile,))
        first = indicators[0].topic_id if indicators else ""
        components.show(page, "indicators.html", groups=groups, first=first)
        _show_responses(page, passing)


def find_passing(page: PageContext) -> frozenset[str]:
    """Return the ids of the statements that pass the filters; one without a market passes any filter of markets."""
    dataset, chosen = page.dataset, frozenset(page.view.markets)
    on_all_markets = page.on_all_markets.statement_ids
    markets = {statement_id: dataset.markets_of(dataset.statement[statement_id]) for statement_id in on_all_markets}
    return frozenset(
        statement_id for statement_id, ids in markets.items() if not chosen or not ids or not chosen.isdisjoint(ids)
    )


def build_indicator(localized: LocalizedProfile, topic_id: str, passing: frozenset[str]) -> Indicator:
    """Return an indicator with those of its statements that are in ``passing``."""
    dataset, lang, words = localized.dataset, localized.lang, localized.words
    topic = dataset.topic[topic_id]
    own_ids, other_ids = _find_statements(dataset, topic_id)
    cards = _build_cards(localized, (statement_id for statement_id in own_ids if statement_id in passing), 1)
    shown = [statement_id for statement_id in other_ids if statement_id in passing]
    hidden = len(own_ids) + len(other_ids) - len(cards) - len(shown)
    return Indicator(
        topic_id=topic_id,
        name=i18n.name_of(topic, lang),
        definition=i18n.definition_of(topic, lang),
        scores=build_scores(dataset, topic_id, lang),
        cards=cards,
        other_cards=tuple(_group_by_topic(localized, shown, 1 + len(cards))),
        count=words.counted("count.statements", len(cards)),
        more=words["resilience.more"].format(n=len(shown)) if shown else "",
        also=words.counted("resilience.also", len(shown)),
        note=_describe_gaps(len(cards), len(own_ids), hidden, words),
    )


def find_responses(dataset: Dataset, passing: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the responses in ``passing`` that name places the map can open, each with these, in source order."""
    responses = {}
    for statement in sorted(dataset.statements, key=lambda statement: _source_order(dataset, statement)):
        if statement.nature is Nature.RESPONSE and statement.statement_id in passing:
            places = _find_places(dataset, statement.statement_id)
            responses[statement.statement_id] = tuple(place.place_id for place in places)
    return {statement_id: places for statement_id, places in responses.items() if places}


def _find_statements(dataset: Dataset, topic_id: str) -> tuple[list[str], list[str]]:
    """Return the statements of an indicator's own sentences, and those of other sentences that are coded with it."""
    own_ids, other_ids = [], []
    for statement in sorted(dataset.statements, key=lambda statement: _source_order(dataset, statement)):
        if dataset.sentence[statement.sentence_id].topic_id == topic_id:
            own_ids.append(statement.statement_id)
        elif topic_id in statement.indicators:
            other_ids.append(statement.statement_id)
    return own_ids, other_ids


def _source_order(dataset: Dataset, statement: Statement) -> tuple[int, int, str]:
    sentence = dataset.sentence[statement.sentence_id]
    return TOPIC_ORDER.get(sentence.topic_id, len(TOPIC_ORDER)), sentence.ordinal, statement.statement_id


def _group_by_topic(
    localized: LocalizedProfile, statement_ids: Sequence[str], first: int
) -> Iterable[tuple[str, tuple[Card, ...]]]:
    """Yield statements under the topics of their sentences, numbered on from ``first``."""
    dataset = localized.dataset
    topics: dict[str, list[str]] = {}
    for statement_id in statement_ids:
        topic_id = dataset.sentence[dataset.statement[statement_id].sentence_id].topic_id
        topics.setdefault(topic_id, []).append(statement_id)
    for topic_id, ids in topics.items():
        name = i18n.name_of(dataset.topic[topic_id], localized.lang)
        yield localized.words["resilience.under"].format(topic=name), _build_cards(localized, ids, first)
        first += len(ids)


def _build_cards(localized: LocalizedProfile, statement_ids: Iterable[str], first: int) -> tuple[Card, ...]:
    return tuple(
        _build_card(localized, statement_id, number) for number, statement_id in enumerate(statement_ids, first)
    )


def _build_card(localized: LocalizedProfile, statement_id: str, number: int) -> Card:
    """Return a statement's card; its badge names the places that the map can open, if any."""
    topic_id = localized.dataset.sentence[localized.dataset.statement[statement_id].sentence_id].topic_id
    card = build_card(
        localized, statement_id, CardContext(localized.dataset.country_id, Basis.NATIONAL, topic_id, number)
    )
    places = _find_places(localized.dataset, statement_id)
    names = ", ".join(i18n.name_of(place, localized.lang) for place in places)
    return replace(card, badge=names, basis=BASIS_OF_KIND[places[0].kind] if places else "")


def _find_places(dataset: Dataset, statement_id: str) -> tuple[Place, ...]:
    places = dict.fromkeys(row.place_id for row in dataset.places_of.get(statement_id, ()))
    return tuple(dataset.place[place_id] for place_id in places if dataset.place[place_id].kind in BASIS_OF_KIND)


def _group_indicators(
    dataset: Dataset, indicators: Iterable[Indicator], words: Words
) -> list[tuple[str, list[Indicator]]]:
    """Return the indicators under the names of their groups."""
    groups: dict[Group, list[Indicator]] = {}
    for indicator in indicators:
        groups.setdefault(dataset.topic[indicator.topic_id].group, []).append(indicator)
    return [(words[f"topic_group.{group}"], members) for group, members in groups.items()]


def _describe_gaps(shown: int, own: int, hidden: int, words: Words) -> str:
    """Say that an indicator has no statements of its own, or that filters hide some; empty if neither."""
    if not own:
        return words["resilience.none"]
    if not shown:
        return words["resilience.none_left"]
    return words.counted("resilience.indicator_hidden", hidden) if hidden else ""


def _describe_hidden(dataset: Dataset, passing: frozenset[str], view: ViewState, words: Words) -> str:
    """Return how many of the view's statements the filters hide, in words; empty if none."""
    statement_ids = {
        statement.statement_id
        for statement in dataset.statements
        if statement.indicators
        or dataset.topic[dataset.sentence[statement.sentence_id].topic_id].kind is TopicKind.INDICATOR
    }
    hidden = len(statement_ids - passing)
    text = words.counted("resilience.hidden", hidden) if hidden else ""
    return f"{text} {words['resilience.always']}" if text and view.markets else text


def _show_responses(page: PageContext, passing: frozenset[str]) -> None:
    """List the responses that have places, each with pills that open these on the map."""
    responses = find_responses(page.dataset, passing)
    components.show(page, "responses.html", card=None, empty=not responses)
    if not responses:
        return
    with st.container(key="responses"):
        for number, (statement_id, places) in enumerate(responses.items(), 1):
            with st.container(key=f"response_{number}"):
                card = replace(_build_card(page, statement_id, number), badge="")  # the pills name the places
                components.show(page, "responses.html", card=card)
                _show_place_pills(page, f"response_places_{number}", places)


def _show_place_pills(page: PageContext, key: str, places: Sequence[str]) -> None:
    st.session_state[key] = None
    st.pills(
        page.words["resilience.see"],
        list(places),
        key=key,
        format_func=lambda place_id: components.as_label(page.name(place_id)),
        label_visibility="collapsed",
        on_change=_open_place,
        args=(page.profile, key),
    )


def _open_place(profile: CountryProfile, key: str) -> None:
    """Open a place on the map."""
    if place := st.session_state[key]:
        session.go(profile, replace(session.current().select_place(place), view=View.MAP))
