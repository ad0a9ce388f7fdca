"""What the parts of the view on actors draw from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.actor_network import ActorProfile, Edge
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import Lang
from ocmap.i18n import Words
from ocmap.web.app_data import App


class Chip(NamedTuple):
    """A market or a group of markets: its group's id for the colour, and its name."""

    group: str
    name: str


@dataclass(frozen=True)
class Sight:
    """What one run draws from: the app, the session's state and words, and the actors that pass the filters."""

    app: App
    view: ViewState
    lang: Lang
    profiles: Mapping[str, ActorProfile]
    edges: tuple[Edge, ...]

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return i18n.of(self.lang)

    def name(self, actor_id: str) -> str:
        """Return an actor's name."""
        return i18n.name_of(self.app.profile.dataset.actor[actor_id], self.lang)

    def names(self, actor_ids: Sequence[str]) -> list[str]:
        """Return actors' names."""
        return [self.name(one) for one in actor_ids]

    def chips(self, market_ids: Sequence[str]) -> list[Chip]:
        """Return markets and groups by their short names, with their group's colour."""
        topics = self.app.profile.dataset.topic
        return [
            Chip(topics[one].group, i18n.short_of(topics[one], self.lang))
            if one in topics
            else Chip(one, self.words["actors.group"].format(group=self.words[f"topic_group.{one}"]))
            for one in market_ids
        ]
