"""Two or three places side by side: what the template ``compare.html`` shows of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.comparison import (
    Comparison,
    ComparisonRow,
    Overlap,
    PlaceStatements,
    compare,
    is_of_group,
    shared_statements,
)
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import badge, phrase, route_name, statements_of_place
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.schema import Basis
from ocmap.web.statement_cards import Section, build_sections


class BasisCount(NamedTuple):
    """How many statements of a cell have one basis."""

    basis: str
    name: str
    n: int


class LinkedCell(NamedTuple):
    """A cell of the table: ``of_group`` if all its statements are on the market's whole group."""

    counts: tuple[BasisCount, ...]
    href: str
    of_group: bool


class ComparisonLine(NamedTuple):
    """A row of the table: ``group`` is the market's, ``href`` leads to a route."""

    name: str
    group: str
    href: str
    cells: tuple[LinkedCell, ...]


class ComparisonBlock(NamedTuple):
    """The rows that exactly these places share; ``area_only`` are those that rest on a wider area only."""

    title: str
    lines: tuple[ComparisonLine, ...]
    area_only: tuple[ComparisonLine, ...]


class ComparisonTable(NamedTuple):
    """A table of markets, actors or routes by places; ``empty`` says what is missing from it."""

    title: str
    head: str
    blocks: tuple[ComparisonBlock, ...]
    empty: str
    notes: tuple[str, ...] = ()


class PlaceBasis(NamedTuple):
    """The basis on which a statement counts for one of several places."""

    name: str
    basis: str
    badge: str


class StatementGroup(NamedTuple):
    """The statements that exactly these places share.

    Attributes:
        place_bases: For each statement its basis in each place; empty if the group has one place.
    """

    title: str
    size: str
    sections: tuple[Section, ...]
    place_bases: Mapping[str, tuple[PlaceBasis, ...]]


@dataclass(frozen=True)
class ComparisonPage(PageContext):
    """The page with the statements of the compared places, and the comparison."""

    @cached_property
    def statements(self) -> PlaceStatements:
        """Return the statements of each place that pass the filters."""
        return find_statements(self, self.view.compare)

    @cached_property
    def comparison(self) -> Comparison:
        """Return what the places share and what they do not."""
        return compare(self.profile, self.statements, self.filtered.route_ids, self.view.markets)


def join_phrases(page: PageContext, place_ids: Iterable[str], *, of: bool = False) -> str:
    """Return the places as a list within a sentence; ``of`` puts the preposition before each."""
    places = page.dataset.place
    phrases = [phrase(page.dataset, places[place_id], page.lang) for place_id in place_ids]
    return i18n.and_list([i18n.of_phrase(text, page.lang) if of else text for text in phrases], page.lang)


def find_statements(page: PageContext, place_ids: Iterable[str]) -> PlaceStatements:
    """Return the statements of each place that pass the filters."""
    places = page.dataset.place
    return {place_id: statements_of_place(page.dataset, page.filtered, places[place_id]) for place_id in place_ids}


def build_comparison(page: ComparisonPage) -> dict[str, object]:
    """Return the values of the template ``compare.html``."""
    words, view, places = page.words, page.view, page.statements
    shown = _ids(places)
    hidden = _ids(find_statements(replace(page, view=view.without_filters()), view.compare)) - shown
    without_market = len(page.filtered.without_market & shown)
    national = len(page.filtered.of(page.dataset.country_id))
    return {
        "blank": words["compare.filtered"] if page.view.is_filtered else words["compare.blank"],
        "hidden": words.counted("compare.hidden", len(hidden)) if hidden else "",
        "clear": page.clear_href,
        "counts": [
            (basis.value, words[f"basis.{basis}"], numbers)
            for basis, numbers in page.comparison.counts
            if basis is not Basis.NATIONAL or any(numbers)
        ],
        "without_market": words.counted("panel.without_market", without_market) if without_market else "",
        "tables": [_tabulate_markets(page), _tabulate_actors(page), _tabulate_routes(page)],
        "statement_groups": list(_group_statements(page)),
        "has_common": bool(shared_statements(places)),
        "national": words.counted("panel.national", national)
        if national and page.dataset.country_id not in places
        else "",
        "national_href": page.href(replace(view, view=View.NATIONAL)),
    }


def _ids(statements: PlaceStatements) -> set[str]:
    return {statement_id for ids in statements.values() for statement_id in ids}


def _title(page: ComparisonPage, places: Sequence[str]) -> str:
    words = page.words
    if len(places) == len(page.statements):
        return words["compare.common"]
    return words["compare.only"].format(places=join_phrases(page, places, of=True))


def _describe_missing(page: ComparisonPage, overlaps: Sequence[Overlap]) -> str:
    """Say that a table has no rows, or none that all places share; empty if neither."""
    if not overlaps:
        return page.words["compare.nothing"]
    return "" if len(overlaps[0].places) == len(page.statements) else page.words["compare.no_common"]


def _build_cells(
    page: ComparisonPage, row: ComparisonRow, target: ViewState, market: str = ""
) -> tuple[LinkedCell, ...]:
    """Return a row's cells; each leads to its place in the state ``target``."""
    words = page.words
    return tuple(
        LinkedCell(
            tuple(BasisCount(basis.value, words[f"basis.{basis}"], n) for basis, n in cell.counts),
            page.href(replace(target.select_place(place), view=View.MAP)),
            bool(market) and is_of_group(page.dataset, market, cell),
        )
        for place, cell in zip(page.statements, row.cells, strict=True)
    )


def _build_blocks(
    page: ComparisonPage, overlaps: Iterable[Overlap], to_line: Callable[[ComparisonRow], ComparisonLine]
) -> tuple[ComparisonBlock, ...]:
    return tuple(
        ComparisonBlock(
            _title(page, overlap.places), tuple(map(to_line, overlap.rows)), tuple(map(to_line, overlap.area_only))
        )
        for overlap in overlaps
    )


def _tabulate_markets(page: ComparisonPage) -> ComparisonTable:
    words, overlaps = page.words, page.comparison.markets

    def to_line(row: ComparisonRow) -> ComparisonLine:
        topic = page.dataset.topic[row.key]
        cells = _build_cells(page, row, replace(page.view, markets=(row.key,)), row.key)
        return ComparisonLine(i18n.short_of(topic, page.lang), topic.group, "", cells)

    blocks = _build_blocks(page, overlaps, to_line)
    lines = [line for block in blocks for line in (*block.lines, *block.area_only)]
    of_group = any(cell.of_group for line in lines for cell in line.cells)
    notes = (words["actors.of_group"] if of_group else "", _describe_unmentioned(page))
    return ComparisonTable(
        words["filters.markets"],
        words["compare.market"],
        blocks,
        _describe_missing(page, overlaps),
        tuple(filter(None, notes)),
    )


def _describe_unmentioned(page: ComparisonPage) -> str:
    words, topics = page.words, page.dataset.topic
    names = [i18n.short_of(topics[market], page.lang) for market in page.comparison.unmentioned]
    text = words["compare.unmentioned_filtered"] if page.view.is_filtered else words["compare.unmentioned"]
    return text.format(markets=", ".join(names)) if names else ""


def _tabulate_actors(page: ComparisonPage) -> ComparisonTable:
    words, overlaps = page.words, page.comparison.actors

    def to_line(row: ComparisonRow) -> ComparisonLine:
        cells = _build_cells(page, row, replace(page.view, actors=(row.key,)))
        return ComparisonLine(i18n.name_of(page.dataset.actor[row.key], page.lang), "", "", cells)

    blocks = _build_blocks(page, overlaps, to_line)
    return ComparisonTable(words["filters.actors"], words["actors.actor"], blocks, _describe_missing(page, overlaps))


def _tabulate_routes(page: ComparisonPage) -> ComparisonTable:
    words, overlaps = page.words, page.comparison.routes

    def to_line(row: ComparisonRow) -> ComparisonLine:
        href = page.href(replace(page.view.select_route(row.key), view=View.MAP))
        name = route_name(page.dataset, page.dataset.route[row.key], page.lang)
        return ComparisonLine(name, "", href, _build_cells(page, row, page.view))

    blocks = _build_blocks(page, overlaps, to_line)
    return ComparisonTable(words["view.routes"], words["compare.route"], blocks, _describe_missing(page, overlaps))


def _group_statements(page: ComparisonPage) -> Iterator[StatementGroup]:
    """Yield the statements, those in common first, as cards numbered through the view."""
    first = 1
    for overlap in page.comparison.statements:
        place, ids = overlap.places[0], [row.key for row in (*overlap.rows, *overlap.area_only)]
        bases: dict[str, Basis | None] = {statement_id: page.statements[place][statement_id] for statement_id in ids}
        place_bases: dict[str, tuple[PlaceBasis, ...]] = {}
        if len(overlap.places) > 1:  # each statement then lists its basis for each place, and its card shows none
            bases = dict.fromkeys(ids)
            place_bases = {statement_id: tuple(_list_bases(page, statement_id, overlap.places)) for statement_id in ids}
        sections = build_sections(page, place, bases, page.view.markets, first)
        yield StatementGroup(
            _title(page, overlap.places), page.words.counted("count.statements", len(ids)), sections, place_bases
        )
        first += len(ids)


def _list_bases(page: ComparisonPage, statement_id: str, places: Iterable[str]) -> Iterator[PlaceBasis]:
    for place in places:
        basis = page.statements[place][statement_id]
        yield PlaceBasis(page.name(place), basis.value, badge(page, statement_id, place, basis))
