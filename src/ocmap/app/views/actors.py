"""The view on actors: those that the profile names by type, their markets, and who works with or against whom."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.actor_network import build_market_counts, group_by_type, statements_of
from ocmap.analysis.filters import level
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.scores import build_scores
from ocmap.analysis.summaries import phrase
from ocmap.analysis.view_state import View
from ocmap.app import components, session
from ocmap.app.sidebar import clear_filters
from ocmap.app.views.actors_network import show_network
from ocmap.app.views.actors_page import ActorsPage, Chip
from ocmap.web.page_context import PageContext


def show_actors(context: PageContext) -> None:
    """Draw the view. The filters of markets and basis apply; the chosen actors are marked, not alone."""
    page = ActorsPage(context.profile, context.lang, context.view)
    with st.container(key="actors_view"):
        components.show("actors_head.html", words=page.words, lang=page.lang)
        _show_bar(page)
        if not page.actor_profiles:
            return
        types, matrix, network = st.tabs(
            [page.words["actors.tab_types"], page.words["actors.tab_matrix"], page.words["actors.tab_network"]]
        )
        with types:
            _show_types(page)
        with matrix:
            _show_matrix(page)
        with network:
            show_network(page)


def _show_bar(page: ActorsPage) -> None:
    """Say which actors are chosen; offer the map and the filter's removal."""
    words, chosen = page.words, page.view.actors
    text = words["actors.pick"] if page.actor_profiles else words["actors.empty"]
    if chosen:
        text = words["actors.chosen"].format(actors=i18n.and_list(page.actors(chosen), page.lang))
    with st.container(key="actors_bar", horizontal=True, vertical_alignment="center"):
        empty = words["actors.empty"] if chosen and not page.actor_profiles else ""
        components.show("actors_bar.html", lang=page.lang, text=text, empty=empty, chosen=bool(chosen))
        if chosen:
            st.button(
                words["actors.to_map"], key="actors_map", type="primary", on_click=_go_to_map, args=(page.profile,)
            )
            st.button(words["actors.remove"], key="actors_none", on_click=_choose, args=(page.profile, ()))
        if not page.actor_profiles:
            st.button(words["filters.clear"], key="actors_clear", on_click=clear_filters, args=(page.profile,))


def _go_to_map(profile: CountryProfile) -> None:
    session.go(profile, replace(session.current(), view=View.MAP))


def _choose(profile: CountryProfile, actors: Sequence[str]) -> None:
    session.go(profile, replace(session.current(), actors=tuple(sorted(actors))))


def _show_types(page: ActorsPage) -> None:
    """Draw the five types, each with its actors as chips that filter and as rows that tell of them."""
    groups = group_by_type(page.dataset, page.actor_profiles)
    chosen = page.view.actors
    options = {
        one: [*ids, *(actor for actor in chosen if actor not in ids and _type_of(page, actor) == one)]
        for one, ids in groups.items()
    }
    drawn = tuple(one for one, ids in options.items() if ids)
    for type_id, ids in groups.items():
        topic = page.dataset.topic[type_id]
        with st.container(key=f"actors_type_{type_id}"):
            n = len(statements_of(page.actor_profiles, ids))
            components.show(
                "actors_type.html",
                lang=page.lang,
                name=i18n.name_of(topic, page.lang),
                definition=topic.definition_es if page.lang == "es" else topic.definition_en,
                note=page.words.counted("count.statements", n),
                figures=build_scores(page.dataset, type_id, page.lang),
                worse=page.words["score.key_worse"],
                empty="" if ids else page.words["actors.none"],
            )
            if options[type_id]:
                _show_pills(page, type_id, options[type_id], drawn)
            if ids:
                components.show(
                    "actors_rows.html", words=page.words, lang=page.lang, rows=[_row(page, one) for one in ids]
                )


def _type_of(page: ActorsPage, actor_id: str) -> str:
    return page.dataset.actor[actor_id].topic_id


def _show_pills(page: ActorsPage, type_id: str, options: Sequence[str], drawn: Sequence[str]) -> None:
    key = f"actors_{type_id}"
    st.session_state[key] = [one for one in options if one in page.view.actors]
    st.pills(
        page.words["actors.choose"].format(type=i18n.name_of(page.dataset.topic[type_id], page.lang)),
        options,
        selection_mode="multi",
        key=key,
        format_func=lambda one: components.as_label(page.actor(one)),
        on_change=_on_pills,
        args=(page.profile, drawn),
        label_visibility="collapsed",
    )


def _on_pills(profile: CountryProfile, drawn: Sequence[str]) -> None:
    _choose(profile, [actor for one in drawn for actor in st.session_state.get(f"actors_{one}") or ()])


class Row(NamedTuple):
    """What the list shows of an actor."""

    name: str
    chosen: bool
    note: str
    markets: list[Chip]
    places: str
    partners: str
    opponents: str


def _row(page: ActorsPage, actor_id: str) -> Row:
    dataset, actor_profile = page.dataset, page.actor_profiles[actor_id]
    return Row(
        name=page.actor(actor_id),
        chosen=actor_id in page.view.actors,
        note=page.words.counted("count.statements", len(actor_profile.statements)),
        markets=page.chips(actor_profile.markets),
        places=", ".join(phrase(dataset, dataset.place[one], page.lang) for one in actor_profile.places),
        partners=", ".join(page.actors(actor_profile.partners)),
        opponents=", ".join(page.actors(actor_profile.opponents)),
    )


def _show_matrix(page: ActorsPage) -> None:
    """Draw the actors by the markets; only the chosen markets where there is such a filter."""
    dataset = page.dataset
    columns = [topic for topic in dataset.markets if not page.view.markets or topic.topic_id in page.view.markets]
    ids = [topic.topic_id for topic in columns]
    parts = []
    for type_id, actors in group_by_type(dataset, page.actor_profiles).items():
        cells = {one: build_market_counts(dataset, page.actor_profiles[one], ids) for one in actors}
        rows = [
            (page.actor(one), one in page.view.actors, [(cell, level(cell.n)) for cell in row])
            for one, row in cells.items()
            if any(cell.n for cell in row)
        ]
        if rows:
            parts.append((i18n.name_of(dataset.topic[type_id], page.lang), rows))
    groups: dict[str, int] = {}
    for topic in columns:
        groups[topic.group] = groups.get(topic.group, 0) + 1
    components.show(
        "actors_matrix.html",
        words=page.words,
        lang=page.lang,
        groups=[(one, page.words[f"topic_group.{one}"], n) for one, n in groups.items()],
        columns=[Chip(topic.group, i18n.short_of(topic, page.lang)) for topic in columns],
        parts=parts,
    )
