"""Describe the form of the filters: markets, actors, bases and layers, with counts."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import DEFAULT_LAYERS, Layer, ViewState
from ocmap.dataset.schema import Basis, Group
from ocmap.web.layer_info import build_layer_cards

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
    """Return the values of ``filters.html``, where nothing is chosen: the client adds the state.

    The names of the checkboxes are the link's parameters.
    """
    words, lang = page.words, page.lang
    actors = sorted(page.dataset.actors, key=lambda actor: i18n.name_of(actor, lang).casefold())
    counts = page.profile.unfiltered.basis_counts
    return {
        "markets": tuple(_market_groups(page)),
        "actors": [Choice(actor.actor_id, i18n.name_of(actor, lang), ticked=False) for actor in actors],
        "basis": [Choice(basis, words[f"basis.{basis}"], ticked=True, n=counts.count(basis)) for basis in Basis],
        "layers": [Choice(layer, words[f"layer.{layer}"], ticked=layer in DEFAULT_LAYERS) for layer in Layer],
        "clear": page.href(ViewState()),
        "cards": build_layer_cards(words),
    }


def _market_groups(page: PageContext) -> Iterable[ChoiceGroup]:
    dataset, lang = page.dataset, page.lang
    ids = page.profile.unfiltered.statement_ids
    counts = Counter(market for one in ids for market in dataset.markets_of(dataset.statement[one]))
    for group in MARKET_GROUPS:
        choices = (
            Choice(market, i18n.short_of(dataset.topic[market], lang), ticked=False, n=counts[market])
            for market in dataset.markets_of_group[group]
        )
        yield ChoiceGroup(group.value, page.words[f"topic_group.{group}"], tuple(choices))
