"""The filters: language, search, and the markets, actors, bases and layers to choose from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, NamedTuple, cast

import streamlit as st

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.app import session
from ocmap.app.parts import part
from ocmap.app.search_box import show_search
from ocmap.dataset.schema import Basis, Group, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.layer_info import build_layer_cards
from ocmap.web.page_context import Scene

MARKET_GROUPS = tuple(Group)[:6]


class Choice(NamedTuple):
    """A box to tick: its value in the link, its name, whether it is ticked, and how many statements it stands for."""

    value: str
    name: str
    ticked: bool
    n: int | None = None


class ChoiceGroup(NamedTuple):
    """The markets of one group."""

    group: str
    name: str
    choices: tuple[Choice, ...]


def show_sidebar(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the filters as the state has them; a change of one becomes a change of the state."""
    scene = Scene(app, view, lang, app.apply_filters(Filters.of(view)))
    with st.sidebar:
        _show_language(app, lang)
        show_search(app, lang)
        text = html.render("filters.html", **describe_filters(scene))
        html.mount("filters", lambda href: session.follow(app, href), part(scene, "filters", text))


def _show_language(app: App, lang: Lang) -> None:
    st.session_state["lang"] = lang
    st.segmented_control(
        i18n.of(lang)["page.language"],
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
    session.go(app, replace(session.current(), lang=lang))


def describe_filters(scene: Scene) -> dict[str, object]:
    """Return what ``filters.html`` writes; the names of the boxes are those of the link's parameters."""
    view, words, lang = scene.view, scene.words, scene.lang
    actors = sorted(scene.app.profile.dataset.actors, key=lambda actor: i18n.name_of(actor, lang).casefold())
    markets, chosen = len(view.markets), len(view.actors)
    return {
        "words": words,
        "lang": lang,
        "markets_note": words["filters.markets_some"].format(n=markets) if markets else words["filters.markets_all"],
        "markets": tuple(_market_groups(scene)),
        "actors_note": words["filters.actors_some"].format(n=chosen) if chosen else words["filters.actors_all"],
        "actors": [Choice(one.actor_id, i18n.name_of(one, lang), ticked=one.actor_id in view.actors) for one in actors],
        "basis": tuple(_bases(scene)),
        "layers": [Choice(layer, words[f"layer.{layer}"], ticked=layer in view.layers) for layer in Layer],
        "filtered": Filters.of(view) != Filters(),
        "clear": session.href(scene.app, cleared(view)),
        "cards": build_layer_cards(words),
    }


def cleared(view: ViewState) -> ViewState:
    """Return the state that shows everything again; the selection, the layers and the view stay."""
    return replace(view, markets=(), actors=(), basis=tuple(Basis))


def clear_filters(app: App) -> None:
    """Show everything again."""
    session.go(app, cleared(session.current()))


def _market_groups(scene: Scene) -> Iterable[ChoiceGroup]:
    dataset, lang = scene.app.profile.dataset, scene.lang
    counts = _counts(scene)
    for group in MARKET_GROUPS:
        choices = (
            Choice(one, i18n.short_of(dataset.topic[one], lang), one in scene.view.markets, counts[one])
            for one in dataset.markets_of_group[group]
        )
        yield ChoiceGroup(group.value, scene.words[f"topic_group.{group}"], tuple(choices))


def _counts(scene: Scene) -> Counter[str]:
    """Return how many statements each market has, whatever markets are chosen now."""
    dataset = scene.app.profile.dataset
    shown = scene.app.apply_filters(Filters.of(replace(scene.view, markets=()))).shown
    return Counter(market for one in shown for market in dataset.markets_of(dataset.statement[one]))


def _bases(scene: Scene) -> Iterable[Choice]:
    """Yield each basis with how many statements reach some place on it, whatever bases are chosen now."""
    counts = scene.app.apply_filters(Filters(scene.view.markets, scene.view.actors)).on_basis
    for basis in Basis:
        name = scene.words[f"basis.{basis}"]
        yield Choice(basis.value, name, basis in scene.view.basis, counts.get(basis, 0))
