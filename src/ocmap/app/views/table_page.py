"""The page of the table, and the records that its templates show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.cooccurrence import Cooccurrences, Mentions, build_cooccurrences, build_mentions
from ocmap.analysis.filters import markets_shown
from ocmap.analysis.matrix import PlaceMatrix, build_matrix
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import country_of
from ocmap.analysis.view_state import MatrixUnit, ViewState
from ocmap.dataset.schema import PlaceKind
from ocmap.web.panels import Link, LinkGroup
from ocmap.web.statement_cards import Section


class TableCell(NamedTuple):
    """A cell of the table; ``name`` describes what a click opens, and is empty for a blank cell."""

    text: str = ""
    name: str = ""
    css: str = ""
    href: str = ""
    is_open: bool = False


class TableLine(NamedTuple):
    """A row of the table."""

    name: str
    href: str
    is_open: bool
    cells: tuple[TableCell, ...]
    total: str = ""


class ColumnHead(NamedTuple):
    """A column's heading; ``order`` is the value of ``aria-sort`` where the rows are sorted by it."""

    name: str
    href: str = ""
    order: str = ""


class OpenCell(NamedTuple):
    """The statements that the open cell or row counts, its own address, and links from there."""

    kicker: str
    title: str
    text: str
    sections: Sequence[Section]
    links: Sequence[Link]
    chips: Sequence[LinkGroup]
    self_href: str
    close_href: str
    clear_href: str


@dataclass(frozen=True)
class TablePage(PageContext):
    """The page with the statements that the table counts."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return the markets that head the columns."""
        return markets_shown(self.dataset, self.view.markets)

    @cached_property
    def place_matrix(self) -> PlaceMatrix:
        """Return the statements by place and market."""
        return build_matrix(self)

    @cached_property
    def mentions(self) -> Mentions:
        """Return the statements of each sentence or place that can mention two markets together.

        The market filter chooses rows, so it leaves out no statement here.
        """
        return build_mentions(self.dataset, self.on_all_markets, self.view.matrix)

    @cached_property
    def all_markets(self) -> tuple[str, ...]:
        """Return all markets, which head the columns of the table of pairs."""
        return markets_shown(self.dataset, ())

    @cached_property
    def cooccurrences(self) -> Cooccurrences:
        """Return the pairs of markets that are mentioned together."""
        return build_cooccurrences(self.dataset, self.mentions, self.columns)

    def row_name(self, place_id: str) -> str:
        """Return a place's name for the head of its row: a corridor has the name of the neighbouring country."""
        place = self.dataset.place[place_id]
        if place_id == self.dataset.country_id:
            return self.words["view.national"]
        if place.kind is PlaceKind.CORRIDOR:
            return country_of(self.dataset, place, self.lang)
        return self.name(place_id)

    def full_name(self, place_id: str) -> str:
        """Return a place's name for use outside its row."""
        return self.row_name(self.dataset.country_id) if place_id == self.dataset.country_id else self.name(place_id)

    def market(self, market_id: str) -> str:
        """Return a market's short name."""
        return i18n.short_of(self.dataset.topic[market_id], self.lang)

    @property
    def matrix_names(self) -> Mapping[MatrixUnit, str]:
        """Return the units that can be counted, with their names."""
        words = self.words
        return {
            MatrixUnit.MARKETS: words["table.matrix_markets"],
            MatrixUnit.SENTENCES: words["table.matrix_sentences"],
            MatrixUnit.PLACES: words["table.matrix_places"],
        }

    @property
    def closed(self) -> ViewState:
        """Return the state in which no cell is open."""
        return replace(self.view.select_place(None), cell=())

    def column_groups(self, columns: Sequence[str]) -> dict[str, object]:
        """Return the groups of the columns with name and span, and the indexes of the columns that begin one."""
        runs = groupby(columns, key=lambda market: self.dataset.topic[market].group)
        groups = [(group.value, self.words[f"topic_group.{group}"], len(list(markets))) for group, markets in runs]
        starts = [sum(n for _, _, n in groups[:i]) for i in range(len(groups))]
        return {"groups": groups, "starts": starts}
