"""The filters: language, markets by group, actors, basis, layers."""

from dataclasses import replace
from typing import Literal, cast

import streamlit as st

from ocmap import labels
from ocmap.labels import Lang, Words
from ocmap.layer_cards import build_layer_cards
from ocmap.model import Basis, Group
from ocmap.query import Filters
from ocmap.ui import html, state
from ocmap.ui.load import App
from ocmap.ui.search import show_search
from ocmap.view import Layer, ViewState

MARKET_GROUPS = tuple(Group)[:6]


def show_sidebar(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the filters as the state has them; a change of one becomes a change of the state."""
    words = labels.of(lang)
    with st.sidebar:
        _show_language(app, lang, words)
        show_search(app, lang)
        _show_markets(app, view, lang, words)
        _show_actors(app, view, lang, words)
        _show_basis(app, view, words)
        _show_layers(app, view, lang, words)


def _show_language(app: App, lang: Lang, words: Words) -> None:
    st.session_state["lang"] = lang
    st.segmented_control(
        words.language,
        ["es", "en"],
        key="lang",
        required=True,
        format_func={"es": "Español", "en": "English"}.__getitem__,
        label_visibility="collapsed",
        on_change=_change_language,
        args=(app,),
    )


def _change_language(app: App) -> None:
    lang = cast("Literal['es', 'en']", st.session_state["lang"])
    state.go(app, replace(state.current(), lang=lang))


def _show_markets(app: App, view: ViewState, lang: Lang, words: Words) -> None:
    counts = _counts(app, view)
    n = len(view.markets)
    with st.container(key="markets"):
        note = words.markets_some.format(n=n) if n else words.markets_all
        html.show("filter_head.html", title=words.markets, note=note, lang=lang)
        for group in MARKET_GROUPS:
            markets = app.world.dataset.markets_of_group[group]
            key = f"markets_{group}"
            st.session_state[key] = [market for market in markets if market in view.markets]
            st.pills(
                labels.word(words, f"group_{group}"),
                markets,
                selection_mode="multi",
                key=key,
                format_func=lambda market: f"{_short(app, market, lang)} {counts.get(market, 0)}",
                on_change=_change_markets,
                args=(app,),
            )
        if n or view.actors or view.basis != tuple(Basis):
            st.button(words.clear, key="clear", type="tertiary", on_click=clear_filters, args=(app,))


def _short(app: App, market: str, lang: Lang) -> str:
    return labels.short_of(app.world.dataset.topic[market], lang)


def _counts(app: App, view: ViewState) -> dict[str, int]:
    """Return how many statements each market has, whatever markets are chosen now."""
    reading = app.read(Filters.of(replace(view, markets=())))
    shown = {statement for found in reading.reach.values() for statement in found}
    counts: dict[str, int] = {}
    for statement in shown:
        for market in app.world.dataset.markets_of(app.world.dataset.statement[statement]):
            counts[market] = counts.get(market, 0) + 1
    return counts


def _change_markets(app: App) -> None:
    chosen = [market for group in MARKET_GROUPS for market in st.session_state.get(f"markets_{group}", ())]
    state.go(app, replace(state.current(), markets=tuple(sorted(chosen))))


def clear_filters(app: App) -> None:
    """Show everything again; the selection, the layers and the view stay."""
    state.go(app, replace(state.current(), markets=(), actors=(), basis=tuple(Basis)))


def _show_actors(app: App, view: ViewState, lang: Lang, words: Words) -> None:
    actors = sorted(app.world.dataset.actors, key=lambda actor: labels.name_of(actor, lang).casefold())
    st.session_state["actors"] = list(view.actors)
    st.multiselect(
        words.actors,
        [actor.actor_id for actor in actors],
        key="actors",
        format_func=lambda one: labels.name_of(app.world.dataset.actor[one], lang),
        placeholder=words.actors_all,
        on_change=_change_actors,
        args=(app,),
    )


def _change_actors(app: App) -> None:
    state.go(app, replace(state.current(), actors=tuple(sorted(st.session_state["actors"]))))


def _show_basis(app: App, view: ViewState, words: Words) -> None:
    reading = app.read(Filters(view.markets, view.actors))
    with st.container(key="basis"):
        html.show("filter_head.html", title=words.basis, note="", lang="")
        for basis in Basis:
            key = f"basis_{basis}"
            st.session_state[key] = basis in view.basis
            statements = {one for found in reading.reach.values() for one, own in found.items() if own is basis}
            st.checkbox(
                f"{labels.word(words, f'basis_{basis}')} {len(statements)}",
                key=key,
                on_change=_change_basis,
                args=(app,),
            )


def _change_basis(app: App) -> None:
    chosen = tuple(basis for basis in Basis if st.session_state.get(f"basis_{basis}"))
    state.go(app, replace(state.current(), basis=chosen))


def _show_layers(app: App, view: ViewState, lang: Lang, words: Words) -> None:
    st.session_state["layers"] = list(view.layers)
    st.pills(
        words.layers,
        list(Layer),
        selection_mode="multi",
        key="layers",
        format_func=lambda layer: labels.word(words, f"layer_{layer}"),
        on_change=_change_layers,
        args=(app,),
    )
    about = st.expander(words.ly_about, key="about_layers", type="compact", on_change="rerun")
    if about.open:  # written only when it is read: what stands in the sidebar costs time on each load
        with about:
            html.show("layer_cards.html", cards=build_layer_cards(words), lang=lang)


def _change_layers(app: App) -> None:
    wanted = set(st.session_state["layers"])
    state.go(app, replace(state.current(), layers=tuple(layer for layer in Layer if layer in wanted)))
