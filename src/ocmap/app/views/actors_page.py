"""The page of the view on actors, and the records that its templates show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.actor_network import ActorProfile, ActorTie, build_profiles, build_ties
from ocmap.analysis.filters import Filters
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import ActorsTab, ViewState


class MarketChip(NamedTuple):
    """A market or a group of markets: its group's id for the colour, its name, and what a click opens."""

    group: str
    name: str
    href: str = ""


@dataclass(frozen=True)
class ActorsPage(PageContext):
    """The page with the actors that pass the filters of markets and basis."""

    @cached_property
    def ties(self) -> tuple[ActorTie, ...]:
        """Return the ties between the actors."""
        return build_ties(self.dataset, self._statements, self.view.markets)

    @cached_property
    def actor_profiles(self) -> Mapping[str, ActorProfile]:
        """Return the profile of each actor."""
        return build_profiles(self.dataset, self._statements, self.ties)

    @property
    def _statements(self) -> frozenset[str]:
        return self.profile.apply_filters(Filters(self.view.markets, (), self.view.basis)).statement_ids

    def actor_name(self, actor_id: str) -> str:
        """Return an actor's name."""
        return i18n.name_of(self.dataset.actor[actor_id], self.lang)

    def actor_names(self, actor_ids: Sequence[str]) -> list[str]:
        """Return actors' names."""
        return [self.actor_name(actor_id) for actor_id in actor_ids]

    @property
    def tab_names(self) -> Mapping[ActorsTab, str]:
        """Return the parts of the view, with their names."""
        return {
            ActorsTab.TYPES: self.words["actors.tab_types"],
            ActorsTab.MARKETS: self.words["actors.tab_matrix"],
            ActorsTab.TIES: self.words["actors.tab_network"],
        }

    @property
    def closed(self) -> ViewState:
        """Return the state in which no statements are open."""
        return replace(self.view, who=(), cell=())

    def open_href(self, *actor_ids: str, market: str = "") -> str:
        """Return the link that opens what is said of an actor, on one market if given, or of two actors' ties.

        Where it is open already, the link closes it.
        """
        if self.is_open(*actor_ids, market=market):
            return self.href(self.closed)
        cell = (market,) if market else ()
        return self.href(replace(self.view, who=tuple(sorted(actor_ids)), cell=cell))

    def is_open(self, *actor_ids: str, market: str = "") -> bool:
        """Return whether these statements are open."""
        return self.view.who == tuple(sorted(actor_ids)) and self.view.cell == ((market,) if market else ())

    def chips(self, market_ids: Sequence[str], actor_id: str = "") -> list[MarketChip]:
        """Return markets, or groups of them, as chips with short names, which open what is said of the actor there."""
        topics = self.dataset.topic
        return [
            MarketChip(
                topics[market].group,
                i18n.short_of(topics[market], self.lang),
                self.open_href(actor_id, market=market) if actor_id else "",
            )
            if market in topics
            else MarketChip(market, self.words["actors.group"].format(group=self.words[f"topic_group.{market}"]))
            for market in market_ids
        ]
