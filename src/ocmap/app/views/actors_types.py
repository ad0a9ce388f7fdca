"""The actors by type, each with its markets, places and ties."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.actor_network import UNTYPED, group_by_type, statements_of
from ocmap.analysis.scores import build_scores
from ocmap.analysis.summaries import phrase
from ocmap.analysis.view_state import View
from ocmap.app.views.actors_page import ActorsPage, MarketChip
from ocmap.web.panels import Link


class ActorRow(NamedTuple):
    """An actor in the list of its type; ``href`` opens what is said of it, ``choose_href`` filters by it."""

    name: str
    note: str
    href: str
    is_open: bool
    chosen: bool
    choose_href: str
    markets: list[MarketChip]
    places: list[Link]
    partners: list[Link]
    opponents: list[Link]


def describe_types(page: ActorsPage) -> dict[str, object]:
    """Return the types with their actors; a type without any comes last, and under a market filter not at all.

    Actors whose type the source does not give count under no type.
    """
    groups = group_by_type(page.dataset, page.actor_profiles)
    shown = [type_id for type_id, ids in groups.items() if ids or not page.view.markets]
    return {
        "types": [
            _describe_type(page, type_id, groups[type_id]) for type_id in sorted(shown, key=lambda one: not groups[one])
        ]
    }


def name_of_type(page: ActorsPage, type_id: str) -> str:
    """Return the name of a type, or of having none."""
    topic = page.dataset.topic.get(type_id)
    return i18n.name_of(topic, page.lang) if topic else page.words["actors.untyped"]


def _describe_type(page: ActorsPage, type_id: str, ids: Sequence[str]) -> dict[str, object]:
    """Return a type; without one, how many statements name actors that have none."""
    topic, n = page.dataset.topic.get(type_id), len(statements_of(page.actor_profiles, ids))
    definition = page.words.counted("actors.untyped_text", n)
    if topic:
        definition = i18n.definition_of(topic, page.lang)
    return {
        "id": type_id or "untyped",
        "name": name_of_type(page, type_id),
        "definition": definition,
        "note": page.words.counted("count.statements", n),
        "figures": build_scores(page.dataset, type_id, page.lang) if type_id != UNTYPED else None,
        "rows": [_build_row(page, actor_id) for actor_id in ids],
    }


def _build_row(page: ActorsPage, actor_id: str) -> ActorRow:
    dataset, view, actor_profile = page.dataset, page.view, page.actor_profiles[actor_id]
    chosen = actor_id in view.actors
    actors = {*view.actors} ^ {actor_id}
    on_map = replace(page.closed, view=View.MAP, actors=(actor_id,))
    return ActorRow(
        name=page.actor_name(actor_id),
        note=page.words.counted("count.statements", len(actor_profile.statements)),
        href=page.open_href(actor_id),
        is_open=page.is_open(actor_id),
        chosen=chosen,
        choose_href=page.href(replace(view, actors=tuple(sorted(actors)))),
        markets=page.chips(actor_profile.markets, actor_id),
        places=[
            Link(phrase(dataset, dataset.place[place_id], page.lang), page.href(on_map.select_place(place_id)))
            for place_id in actor_profile.places
        ],
        partners=_tie_links(page, actor_id, actor_profile.partners),
        opponents=_tie_links(page, actor_id, actor_profile.opponents),
    )


def _tie_links(page: ActorsPage, actor_id: str, others: Iterable[str]) -> list[Link]:
    return [Link(page.actor_name(other), page.open_href(actor_id, other)) for other in others]
