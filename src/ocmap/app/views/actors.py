"""The view on actors: by type, by market, and the ties between them; each leads to the statements."""

from dataclasses import replace

import streamlit as st

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import ActorsTab, View
from ocmap.app import components
from ocmap.app.views.actors_matrix import describe_matrix
from ocmap.app.views.actors_network import describe_network
from ocmap.app.views.actors_open import open_actors
from ocmap.app.views.actors_page import ActorsPage
from ocmap.app.views.actors_types import describe_types
from ocmap.dataset.schema import TieKind
from ocmap.web.panels import Link

DESCRIBE = {
    ActorsTab.TYPES: describe_types,
    ActorsTab.MARKETS: describe_matrix,
    ActorsTab.TIES: describe_network,
}


def show_actors(context: PageContext) -> None:
    """Draw the view. The filters of markets and basis apply; the chosen actors are marked among the others."""
    page = ActorsPage(context.profile, context.lang, context.view)
    with st.container(key="actors_view"):
        components.show_linked(page, "actors.html", "actors", **_describe(page))


def _describe(page: ActorsPage) -> dict[str, object]:
    """Return the values of ``actors.html``."""
    view, words, chosen = page.view, page.words, page.view.actors
    has_actors = bool(page.actor_profiles)
    return {
        "tab": view.tab,
        "tabs": [
            Link(name, page.href(replace(page.closed, tab=tab))) for tab, name in page.tab_names.items() if has_actors
        ],
        "here": page.tab_names[view.tab],
        "text": words["actors.pick"] if has_actors else words["actors.empty"],
        "chosen": [
            Link(name, page.href(replace(view, actors=tuple(other for other in chosen if other != actor))))
            for actor, name in zip(chosen, page.actor_names(chosen), strict=True)
        ],
        "map_href": page.href(replace(page.closed, view=View.MAP)),
        "remove_href": page.href(replace(view, actors=())),
        "clear_href": "" if has_actors else page.clear_href,
        "ties_line": _describe_ties(page) if has_actors and view.markets else "",
        "ties_href": page.href(replace(page.closed, tab=ActorsTab.TIES)),
        "opened": open_actors(page),
        **(DESCRIBE[view.tab](page) if has_actors else {}),
    }


def _describe_ties(page: ActorsPage) -> str:
    """Return a sentence on the ties under the market filter: also that there are none."""
    words = page.words
    counts = {kind: sum(tie.kind is kind for tie in page.ties) for kind in TieKind}
    markets = i18n.and_list([i18n.short_of(page.dataset.topic[one], page.lang) for one in page.view.markets], page.lang)
    parts = [
        words.counted(f"actors.ties_{kind}", n) if n else words[f"actors.ties_none_{kind}"]
        for kind, n in counts.items()
    ]
    return words["actors.ties_line"].format(markets=markets, ties="; ".join(parts))
