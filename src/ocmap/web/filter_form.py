"""Describe the form of the filters: markets, actors, bases and layers, with counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.view_state import Layer
from ocmap.dataset.schema import Basis, Group
from ocmap.web.layer_info import build_layer_cards
from ocmap.web.page_context import PageContext

MARKET_GROUPS = tuple(Group)[:6]


class Choice(NamedTuple):
    """A checkbox: its value in the link, its name, whether it is ticked, and its number of statements if counted."""

    value: str
    name: str
    ticked: bool
    n: int | None = None


class ChoiceGroup(NamedTuple):
    """The markets of one group."""

    group: str
    name: str
    choices: tuple[Choice, ...]


def describe_filters(page: PageContext) -> dict[str, object]:
    """Return the values of ``filters.html``; the names of the checkboxes are the link's parameters."""
    view, words, lang = page.view, page.words, page.lang
    actors = sorted(page.dataset.actors, key=lambda actor: i18n.name_of(actor, lang).casefold())
    markets, chosen = len(view.markets), len(view.actors)
    return {
        "markets_note": words["filters.markets_some"].format(n=markets) if markets else words["filters.markets_all"],
        "markets": tuple(_market_groups(page)),
        "actors_note": words["filters.actors_some"].format(n=chosen) if chosen else words["filters.actors_all"],
        "actors": [
            Choice(actor.actor_id, i18n.name_of(actor, lang), ticked=actor.actor_id in view.actors) for actor in actors
        ],
        "basis": tuple(_bases(page)),
        "layers": [Choice(layer, words[f"layer.{layer}"], ticked=layer in view.layers) for layer in Layer],
        "filtered": page.is_filtered,
        "clear": page.clear_href,
        "cards": build_layer_cards(words),
    }


def _market_groups(page: PageContext) -> Iterable[ChoiceGroup]:
    dataset, lang = page.dataset, page.lang
    counts = _counts(page)
    for group in MARKET_GROUPS:
        choices = (
            Choice(market, i18n.short_of(dataset.topic[market], lang), market in page.view.markets, counts[market])
            for market in dataset.markets_of_group[group]
        )
        yield ChoiceGroup(group.value, page.words[f"topic_group.{group}"], tuple(choices))


def _counts(page: PageContext) -> Counter[str]:
    """Return the number of statements on each market, ignoring the filter by market."""
    dataset = page.dataset
    statement_ids = page.profile.apply_filters(Filters.of(replace(page.view, markets=()))).statement_ids
    return Counter(market for key in statement_ids for market in dataset.markets_of(dataset.statement[key]))


def _bases(page: PageContext) -> Iterable[Choice]:
    """Yield each basis with the number of statements that reach some place on it, ignoring the filter by basis."""
    counts = page.profile.apply_filters(Filters(page.view.markets, page.view.actors)).basis_counts
    for basis in Basis:
        name = page.words[f"basis.{basis}"]
        yield Choice(basis.value, name, basis in page.view.basis, counts.count(basis))
