"""The page of the view on actors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.actor_network import ActorProfile, ActorTie, build_profiles, build_ties
from ocmap.analysis.filters import Filters
from ocmap.web.page_context import PageContext


class MarketChip(NamedTuple):
    """A market or a group of markets: its group's id for the colour, and its name."""

    group: str
    name: str


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

    def chips(self, market_ids: Sequence[str]) -> list[MarketChip]:
        """Return markets, or groups of them, as chips with short names."""
        topics = self.dataset.topic
        return [
            MarketChip(topics[market].group, i18n.short_of(topics[market], self.lang))
            if market in topics
            else MarketChip(market, self.words["actors.group"].format(group=self.words[f"topic_group.{market}"]))
            for market in market_ids
        ]
