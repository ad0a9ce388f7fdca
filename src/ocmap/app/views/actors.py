"""The view on actors: those that the profile names by type, their markets, and who works with or against whom."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.actor_network import build_edges, build_profiles, build_row, by_type, statements_of
from ocmap.analysis.filters import Filters, level
from ocmap.analysis.scores import build_scores
from ocmap.analysis.summaries import phrase
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import session
from ocmap.app.sidebar import clear_filters
from ocmap.app.views.actors_network import show_network
from ocmap.app.views.actors_sight import Chip, Sight
from ocmap.dataset.schema import Lang
from ocmap.web import html
from ocmap.web.app_data import App


def show_actors(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the view. The filters of markets and basis apply; the chosen actors are marked, not alone."""
    dataset = app.profile.dataset
    filtered = app.apply_filters(Filters(view.markets, (), view.basis))
    shown = filtered.shown
    edges = build_edges(dataset, shown, view.markets)
    sight = Sight(app, view, lang, build_profiles(dataset, shown, edges), edges)
    with st.container(key="actors_view"):
        html.show("actors_head.html", words=sight.words, lang=lang)
        _show_bar(sight)
        if not sight.profiles:
            return
        types, matrix, network = st.tabs(
            [sight.words["actors.tab_types"], sight.words["actors.tab_matrix"], sight.words["actors.tab_network"]]
        )
        with types:
            _show_types(sight)
        with matrix:
            _show_matrix(sight)
        with network:
            show_network(sight)


def _show_bar(sight: Sight) -> None:
    """Say which actors are chosen; offer the map and the filter's removal."""
    words, chosen = sight.words, sight.view.actors
    text = words["actors.pick"] if sight.profiles else words["actors.empty"]
    if chosen:
        text = words["actors.chosen"].format(actors=i18n.and_list(sight.names(chosen), sight.lang))
    with st.container(key="actors_bar", horizontal=True, vertical_alignment="center"):
        empty = words["actors.empty"] if chosen and not sight.profiles else ""
        html.show("actors_bar.html", lang=sight.lang, text=text, empty=empty, chosen=bool(chosen))
        if chosen:
            st.button(words["actors.to_map"], key="actors_map", type="primary", on_click=_go_to_map, args=(sight.app,))
            st.button(words["actors.remove"], key="actors_none", on_click=_choose, args=(sight.app, ()))
        if not sight.profiles:
            st.button(words["filters.clear"], key="actors_clear", on_click=clear_filters, args=(sight.app,))


def _go_to_map(app: App) -> None:
    session.go(app, replace(session.current(), view=View.MAP))


def _choose(app: App, actors: Sequence[str]) -> None:
    session.go(app, replace(session.current(), actors=tuple(sorted(actors))))


def _show_types(sight: Sight) -> None:
    """Draw the five types, each with its actors as chips that filter and as rows that tell of them."""
    groups = by_type(sight.app.profile.dataset, sight.profiles)
    chosen = sight.view.actors
    options = {
        one: [*ids, *(actor for actor in chosen if actor not in ids and _type_of(sight, actor) == one)]
        for one, ids in groups.items()
    }
    drawn = tuple(one for one, ids in options.items() if ids)
    for type_id, ids in groups.items():
        topic = sight.app.profile.dataset.topic[type_id]
        with st.container(key=f"actors_type_{type_id}"):
            n = len(statements_of(sight.profiles, ids))
            html.show(
                "actors_type.html",
                lang=sight.lang,
                name=i18n.name_of(topic, sight.lang),
                definition=topic.definition_es if sight.lang == "es" else topic.definition_en,
                note=sight.words.counted("count.statements", n),
                figures=build_scores(sight.app.profile.dataset, type_id, sight.lang),
                worse=sight.words["score.key_worse"],
                empty="" if ids else sight.words["actors.none"],
            )
            if options[type_id]:
                _show_pills(sight, type_id, options[type_id], drawn)
            if ids:
                html.show(
                    "actors_rows.html", words=sight.words, lang=sight.lang, rows=[_row(sight, one) for one in ids]
                )


def _type_of(sight: Sight, actor_id: str) -> str:
    return sight.app.profile.dataset.actor[actor_id].topic_id


def _show_pills(sight: Sight, type_id: str, options: Sequence[str], drawn: Sequence[str]) -> None:
    key = f"actors_{type_id}"
    st.session_state[key] = [one for one in options if one in sight.view.actors]
    st.pills(
        sight.words["actors.choose"].format(type=i18n.name_of(sight.app.profile.dataset.topic[type_id], sight.lang)),
        options,
        selection_mode="multi",
        key=key,
        format_func=lambda one: html.as_label(sight.name(one)),
        on_change=_on_pills,
        args=(sight.app, drawn),
        label_visibility="collapsed",
    )


def _on_pills(app: App, drawn: Sequence[str]) -> None:
    _choose(app, [actor for one in drawn for actor in st.session_state.get(f"actors_{one}") or ()])


class Row(NamedTuple):
    """What the list shows of an actor."""

    name: str
    chosen: bool
    note: str
    markets: list[Chip]
    places: str
    partners: str
    opponents: str


def _row(sight: Sight, actor_id: str) -> Row:
    dataset, actor_profile = sight.app.profile.dataset, sight.profiles[actor_id]
    return Row(
        name=sight.name(actor_id),
        chosen=actor_id in sight.view.actors,
        note=sight.words.counted("count.statements", len(actor_profile.statements)),
        markets=sight.chips(actor_profile.markets),
        places=", ".join(phrase(dataset, dataset.place[one], sight.lang) for one in actor_profile.places),
        partners=", ".join(sight.names(actor_profile.partners)),
        opponents=", ".join(sight.names(actor_profile.opponents)),
    )


def _show_matrix(sight: Sight) -> None:
    """Draw the actors by the markets; only the chosen markets where there is such a filter."""
    dataset = sight.app.profile.dataset
    columns = [topic for topic in dataset.markets if not sight.view.markets or topic.topic_id in sight.view.markets]
    ids = [topic.topic_id for topic in columns]
    parts = []
    for type_id, actors in by_type(dataset, sight.profiles).items():
        cells = {one: build_row(dataset, sight.profiles[one], ids) for one in actors}
        rows = [
            (sight.name(one), one in sight.view.actors, [(cell, level(cell.n)) for cell in row])
            for one, row in cells.items()
            if any(cell.n for cell in row)
        ]
        if rows:
            parts.append((i18n.name_of(dataset.topic[type_id], sight.lang), rows))
    groups: dict[str, int] = {}
    for topic in columns:
        groups[topic.group] = groups.get(topic.group, 0) + 1
    html.show(
        "actors_matrix.html",
        words=sight.words,
        lang=sight.lang,
        groups=[(one, sight.words[f"topic_group.{one}"], n) for one, n in groups.items()],
        columns=[Chip(topic.group, i18n.short_of(topic, sight.lang)) for topic in columns],
        parts=parts,
    )
