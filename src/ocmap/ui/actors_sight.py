"""What the parts of the view on actors draw from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap import labels
from ocmap.labels import Lang, Words
from ocmap.ties import Edge, Profile
from ocmap.ui.load import App
from ocmap.view import ViewState


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
    profiles: Mapping[str, Profile]
    edges: tuple[Edge, ...]

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return labels.of(self.lang)

    def name(self, actor_id: str) -> str:
        """Return an actor's name."""
        return labels.name_of(self.app.world.dataset.actor[actor_id], self.lang)

    def names(self, actor_ids: Sequence[str]) -> list[str]:
        """Return actors' names."""
        return [self.name(one) for one in actor_ids]

    def chips(self, market_ids: Sequence[str]) -> list[Chip]:
        """Return markets and groups by their short names, with their group's colour."""
        topics = self.app.world.dataset.topic
        return [
            Chip(topics[one].group, labels.short_of(topics[one], self.lang))
            if one in topics
            else Chip(one, self.words.at_group.format(group=labels.word(self.words, f"group_{one}")))
            for one in market_ids
        ]
