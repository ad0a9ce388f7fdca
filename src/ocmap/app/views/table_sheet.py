"""What the parts of the table's view draw from, and the records that their templates write down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, FilteredEvidence
from ocmap.analysis.matrix import Bags, Pairs, Table, build_bags, build_pairs, build_table
from ocmap.analysis.summaries import Reader, country_of
from ocmap.analysis.view_state import Matrix, ViewState
from ocmap.app import session
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, PlaceKind
from ocmap.i18n import Lang, Words
from ocmap.web.app_data import App
from ocmap.web.panels import Link, Links
from ocmap.web.statement_cards import Section


class Box(NamedTuple):
    """A cell as the table writes it: blank without a ``name``, which says in words what a click opens."""

    text: str = ""
    name: str = ""
    css: str = ""
    href: str = ""
    opened: bool = False


class Line(NamedTuple):
    """A row as the table writes it."""

    name: str
    href: str
    opened: bool
    boxes: tuple[Box, ...]
    total: str = ""


class Head(NamedTuple):
    """A column's heading; ``order`` is how it sorts the rows now, if it does."""

    name: str
    href: str = ""
    order: str = ""


class Opened(NamedTuple):
    """What the open cell or row counts."""

    kicker: str
    title: str
    text: str
    sections: Sequence[Section]
    links: Sequence[Link]
    chips: Sequence[Links]
    close_href: str
    clear_href: str


@dataclass(frozen=True)
class Sheet:
    """What one run draws from: the shared app, this session's state, its language, reading and columns."""

    app: App
    view: ViewState
    lang: Lang
    filtered: FilteredEvidence
    columns: tuple[str, ...]

    @property
    def dataset(self) -> Dataset:
        """Return the data."""
        return self.app.profile.dataset

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return i18n.of(self.lang)

    @property
    def reader(self) -> Reader:
        """Return whom the texts are written for."""
        return Reader(self.dataset, self.app.profile.corridors_of, self.lang)

    @cached_property
    def table(self) -> Table:
        """Return the places by market."""
        return build_table(self.dataset, self.app.profile.unfiltered, self.filtered, self.view, self.lang)

    @cached_property
    def bags(self) -> Bags:
        """Return what may name two markets together."""
        return build_bags(self.dataset, self.filtered, self.view.matrix)

    @cached_property
    def pairs(self) -> Pairs:
        """Return the markets that are named together."""
        return build_pairs(self.dataset, self.bags, self.columns)

    def href(self, view: ViewState) -> str:
        """Return the link to a state."""
        return session.href(self.app, view)

    def name(self, place_id: str) -> str:
        """Return a place's name as it heads its row: a corridor stands by its neighbour's name."""
        place = self.dataset.place[place_id]
        if place_id == COUNTRY:
            return self.words.view_national
        if place.kind is PlaceKind.CORRIDOR:
            return country_of(self.dataset, place, self.lang)
        return i18n.name_of(place, self.lang)

    def full_name(self, place_id: str) -> str:
        """Return a place's name as it stands by itself."""
        return self.name(COUNTRY) if place_id == COUNTRY else i18n.name_of(self.dataset.place[place_id], self.lang)

    def market(self, market_id: str) -> str:
        """Return a market's short name."""
        return i18n.short_of(self.dataset.topic[market_id], self.lang)

    @property
    def matrix_names(self) -> Mapping[Matrix, str]:
        """Return what can be counted, each with its name."""
        words = self.words
        return {
            Matrix.MARKETS: words.tb_matrix_markets,
            Matrix.SENTENCES: words.tb_matrix_sentences,
            Matrix.PLACES: words.tb_matrix_places,
        }

    @property
    def closed(self) -> ViewState:
        """Return the state in which no cell is open."""
        return replace(self.view.select_place(None), cell=())

    @property
    def cleared(self) -> str:
        """Return the link that removes all filters."""
        return self.href(replace(self.view, markets=(), actors=(), basis=tuple(Basis)))

    @property
    def frame(self) -> dict[str, object]:
        """Return the groups of the columns, with name and span, and the numbers of the columns that begin one."""
        runs = groupby(self.columns, key=lambda market: self.dataset.topic[market].group)
        groups = [(group.value, i18n.word(self.words, f"group_{group}"), len(list(own))) for group, own in runs]
        starts = [sum(n for _, _, n in groups[:i]) for i in range(len(groups))]
        return {"groups": groups, "starts": starts}
