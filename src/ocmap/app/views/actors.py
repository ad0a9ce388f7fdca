"""The view on actors: by type, by market, and the ties between them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.actor_network import UNTYPED, build_market_counts, group_by_type, statements_of
from ocmap.analysis.filters import level
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.scores import build_scores
from ocmap.analysis.summaries import phrase
from ocmap.analysis.view_state import View
from ocmap.app import components, session
from ocmap.app.sidebar import clear_filters
from ocmap.app.views.actors_network import show_network
from ocmap.app.views.actors_page import ActorsPage, MarketChip
from ocmap.web.page_context import PageContext


def show_actors(context: PageContext) -> None:
    """Draw the view. The filters of markets and basis apply; the chosen actors are marked among the others."""
    page = ActorsPage(context.profile, context.lang, context.view)
    with st.container(key="actors_view"):
        components.show(page, "actors_head.html")
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
    """Show which actors are chosen, with buttons for the map and to remove the choice."""
    words, chosen = page.words, page.view.actors
    text = words["actors.pick"] if page.actor_profiles else words["actors.empty"]
    if chosen:
        text = words["actors.chosen"].format(actors=i18n.and_list(page.actor_names(chosen), page.lang))
    with st.container(key="actors_bar", horizontal=True, vertical_alignment="center"):
        empty = words["actors.empty"] if chosen and not page.actor_profiles else ""
        components.show(page, "actors_bar.html", text=text, empty=empty, chosen=bool(chosen))
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
    """Draw the types, each with its actors as pills to choose from and as rows that describe them.

    Actors whose type the source does not give come last and count under no type.
    """
    groups = group_by_type(page.dataset, page.actor_profiles)
    chosen = page.view.actors
    options = {
        type_id: [*ids, *(actor for actor in chosen if actor not in ids and _type_of(page, actor) == type_id)]
        for type_id, ids in groups.items()
    }
    shown_types = tuple(type_id for type_id, ids in options.items() if ids)
    for type_id, ids in groups.items():
        with st.container(key=f"actors_type_{type_id or 'untyped'}"):
            components.show(page, "actors_type.html", **_describe_type(page, type_id, ids))
            if options[type_id]:
                _show_pills(page, type_id, options[type_id], shown_types)
            if ids:
                components.show(page, "actors_rows.html", rows=[_build_row(page, actor_id) for actor_id in ids])


def _describe_type(page: ActorsPage, type_id: str, ids: Sequence[str]) -> dict[str, object]:
    """Return the values of ``actors_type.html``; without a type, how many statements name actors that have none."""
    topic, n = page.dataset.topic.get(type_id), len(statements_of(page.actor_profiles, ids))
    definition = page.words.counted("actors.untyped_text", n)
    if topic:
        definition = topic.definition_es if page.lang == "es" else topic.definition_en
    return {
        "name": _name_of_type(page, type_id),
        "definition": definition,
        "note": page.words.counted("count.statements", n),
        "figures": build_scores(page.dataset, type_id, page.lang) if topic else None,
        "worse": page.words["score.key_worse"],
        "empty": "" if ids else page.words["actors.none"],
    }


def _name_of_type(page: ActorsPage, type_id: str) -> str:
    topic = page.dataset.topic.get(type_id)
    return i18n.name_of(topic, page.lang) if topic else page.words["actors.untyped"]


def _type_of(page: ActorsPage, actor_id: str) -> str:
    return page.dataset.actor[actor_id].topic_id or UNTYPED


def _show_pills(page: ActorsPage, type_id: str, options: Sequence[str], shown_types: Sequence[str]) -> None:
    key = f"actors_{type_id}"
    st.session_state[key] = [actor for actor in options if actor in page.view.actors]
    st.pills(
        page.words["actors.choose"].format(type=_name_of_type(page, type_id)),
        options,
        selection_mode="multi",
        key=key,
        format_func=lambda actor_id: components.as_label(page.actor_name(actor_id)),
        on_change=_on_pills,
        args=(page.profile, shown_types),
        label_visibility="collapsed",
    )


def _on_pills(profile: CountryProfile, shown_types: Sequence[str]) -> None:
    _choose(profile, [actor for type_id in shown_types for actor in st.session_state.get(f"actors_{type_id}") or ()])


class ActorRow(NamedTuple):
    """An actor in the list of its type."""

    name: str
    chosen: bool
    note: str
    markets: list[MarketChip]
    places: str
    partners: str
    opponents: str


def _build_row(page: ActorsPage, actor_id: str) -> ActorRow:
    dataset, actor_profile = page.dataset, page.actor_profiles[actor_id]
    return ActorRow(
        name=page.actor_name(actor_id),
        chosen=actor_id in page.view.actors,
        note=page.words.counted("count.statements", len(actor_profile.statements)),
        markets=page.chips(actor_profile.markets),
        places=", ".join(phrase(dataset, dataset.place[place_id], page.lang) for place_id in actor_profile.places),
        partners=", ".join(page.actor_names(actor_profile.partners)),
        opponents=", ".join(page.actor_names(actor_profile.opponents)),
    )


def _show_matrix(page: ActorsPage) -> None:
    """Draw the table of actors by markets, limited to the chosen markets if any."""
    dataset = page.dataset
    columns = [topic for topic in dataset.markets if not page.view.markets or topic.topic_id in page.view.markets]
    ids = [topic.topic_id for topic in columns]
    parts = []
    for type_id, actors in group_by_type(dataset, page.actor_profiles).items():
        cells = {actor: build_market_counts(dataset, page.actor_profiles[actor], ids) for actor in actors}
        rows = [
            (page.actor_name(actor), actor in page.view.actors, [(cell, level(cell.n)) for cell in row])
            for actor, row in cells.items()
            if any(cell.n for cell in row)
        ]
        if rows:
            parts.append((_name_of_type(page, type_id), rows))
    groups: dict[str, int] = {}
    for topic in columns:
        groups[topic.group] = groups.get(topic.group, 0) + 1
    components.show(
        page,
        "actors_matrix.html",
        groups=[(group, page.words[f"topic_group.{group}"], n) for group, n in groups.items()],
        columns=[MarketChip(topic.group, i18n.short_of(topic, page.lang)) for topic in columns],
        parts=parts,
    )
