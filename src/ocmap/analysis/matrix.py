"""The table: places by criminal market, and which markets the profile names together, as plain records and as CSV."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, DIRECT, INDIRECT, FilteredEvidence, by_market
from ocmap.analysis.search import fold
from ocmap.analysis.view_state import BY_NAME, Matrix, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, PlaceKind
from ocmap.i18n import Lang

FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet takes a cell that begins so for a formula, and runs it."""

Bags = Mapping[str, tuple[str, ...]]
Pairs = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class Cell:
    """The statements on one market, or on any, that reach a place: by basis, then in the profile's order."""

    found: Mapping[str, Basis]

    def count(self, *bases: Basis) -> int:
        """Return how many of them reach the place on one of these bases."""
        return sum(basis in bases for basis in self.found.values())

    @property
    def tint(self) -> int:
        """Return how many name or locate the place, which is what the map colours."""
        return self.count(*DIRECT)

    @property
    def hatch(self) -> Basis | None:
        """Return the stronger of border and area on which one reaches the place, or None."""
        return next((basis for basis in INDIRECT if self.count(basis)), None)


@dataclass(frozen=True)
class Row:
    """One place: a cell for each column, and a total in which a statement on several markets counts once."""

    place_id: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Table:
    """What the filters leave, by place and market.

    Attributes:
        columns: The chosen markets, in the Index's order.
        regions: The regions that a statement on these markets reaches, sorted; ``corridors`` likewise.
        country: What is said of the whole country.
        unmentioned: The regions and corridors that nothing in the profile reaches, whatever the filters.
        left_out: Those that only the filters, or the lack of a market, leave without a cell.
        beyond: How many of the statements shown are about no market and so in no cell.
    """

    columns: tuple[str, ...]
    regions: tuple[Row, ...]
    corridors: tuple[Row, ...]
    country: Row
    unmentioned: tuple[str, ...]
    left_out: tuple[str, ...]
    beyond: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return all rows in the order shown."""
        return (*self.regions, *self.corridors, self.country)


def columns_of(dataset: Dataset, view: ViewState) -> tuple[str, ...]:
    """Return the markets that a state shows, in the Index's order."""
    every = (topic.topic_id for topic in dataset.markets)
    return tuple(market for market in every if not view.markets or market in view.markets)


def build_table(
    dataset: Dataset, unfiltered: FilteredEvidence, filtered: FilteredEvidence, view: ViewState, lang: Lang
) -> Table:
    """Return the table of a reading; ``unfiltered`` is the reading without filters."""
    columns = columns_of(dataset, view)
    kinds = {one.place_id: one.kind for one in dataset.places if one.kind in {PlaceKind.REGION, PlaceKind.CORRIDOR}}
    rows = {one: build_row(dataset, filtered, one, columns) for one in kinds}
    order = _order(dataset, columns, view.sort, lang)
    shown = sorted((row for row in rows.values() if row.total.found), key=order)
    rest = sorted((row for row in rows.values() if not row.total.found), key=_order(dataset, columns, BY_NAME, lang))
    return Table(
        columns=columns,
        regions=tuple(row for row in shown if kinds[row.place_id] is PlaceKind.REGION),
        corridors=tuple(row for row in shown if kinds[row.place_id] is PlaceKind.CORRIDOR),
        country=build_row(dataset, filtered, COUNTRY, columns),
        unmentioned=tuple(row.place_id for row in rest if not unfiltered.of(row.place_id)),
        left_out=tuple(row.place_id for row in rest if unfiltered.of(row.place_id)),
        beyond=len(filtered.without_market & filtered.shown),
    )


def build_row(dataset: Dataset, filtered: FilteredEvidence, place_id: str, columns: Sequence[str]) -> Row:
    """Return a place's row."""
    found = filtered.of(place_id)
    own = by_market(dataset, found, columns)
    total = {one: basis for one, basis in found.items() if one not in filtered.without_market}
    cells = (Cell(MappingProxyType({one: found[one] for one in own.get(market, ())})) for market in columns)
    return Row(place_id, tuple(cells), Cell(MappingProxyType(total)))


def _order(
    dataset: Dataset, columns: Sequence[str], sort: str | None, lang: Lang
) -> Callable[[Row], tuple[object, ...]]:
    """Return what sorts the rows: by name, by one market's column, or else by total, the most said first."""

    def key(row: Row) -> tuple[object, ...]:
        name = fold(i18n.name_of(dataset.place[row.place_id], lang))
        if sort == BY_NAME:
            return (name,)
        own = (_rank(row.cells[columns.index(sort)]),) if sort in columns else ()
        return (*own, _rank(row.total), name)

    return key


def _rank(cell: Cell) -> tuple[int, ...]:
    return (-cell.tint, *(-cell.count(basis) for basis in INDIRECT))


def build_bags(dataset: Dataset, filtered: FilteredEvidence, matrix: Matrix) -> Bags:
    """Return the statements shown by what may name two markets together: their sentence, or a place.

    A place is a region or a corridor, with the statements on a market that name or locate it.
    """
    if matrix is Matrix.PLACES:
        placed = {
            place: build_row(dataset, filtered, place, ()).total.found
            for place in filtered.by_place
            if place != COUNTRY
        }
        tinted = {place: tuple(one for one, basis in own.items() if basis in DIRECT) for place, own in placed.items()}
        return {place: ids for place, ids in sorted(tinted.items()) if ids}
    order = dataset.profile_order
    said = filtered.shown - filtered.without_market
    bags: dict[str, list[str]] = defaultdict(list)
    for statement_id in sorted(said, key=order.__getitem__):
        bags[dataset.statement[statement_id].sentence_id].append(statement_id)
    return {sentence: tuple(ids) for sentence, ids in bags.items()}


def build_pairs(dataset: Dataset, bags: Bags, columns: Sequence[str]) -> Pairs:
    """Return the bags that speak of both markets, for each pair of which there is any, in the columns' order.

    What is said of a group as such counts for each of its markets, but never as two of them: a pair within one
    group needs both markets named themselves.
    """
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for bag, ids in bags.items():
        statements = [dataset.statement[one] for one in ids]
        named = {market for one in statements for market in one.markets}
        meant = {market for one in statements for market in dataset.markets_of(one)}
        for i, first in enumerate(columns):
            for second in columns[i + 1 :]:
                same_group = dataset.topic[first].group is dataset.topic[second].group
                if {first, second} <= (named if same_group else meant):
                    pairs[first, second].append(bag)
    return MappingProxyType({pair: tuple(found) for pair, found in pairs.items()})


def on_either(dataset: Dataset, statement_ids: Iterable[str], pair: Iterable[str]) -> tuple[str, ...]:
    """Return the statements that speak of one of these markets."""
    wanted = frozenset(pair)
    return tuple(one for one in statement_ids if not wanted.isdisjoint(dataset.markets_of(dataset.statement[one])))


def table_csv(dataset: Dataset, table: Table, lang: Lang) -> str:
    """Return the table as CSV, a line for each cell, empty ones included, in the order shown.

    The ids of a cell's statements come by basis, as the counts before them do, so that the first ``named`` of them
    are those that name the place, and so on.
    """
    empty = Cell({})
    rest = (Row(place, (empty,) * len(table.columns), empty) for place in (*table.unmentioned, *table.left_out))
    lines = [
        (
            row.place_id,
            i18n.name_of(dataset.place[row.place_id], lang),
            market,
            i18n.short_of(dataset.topic[market], lang),
            *(cell.count(basis) for basis in Basis),
            ";".join(cell.found),
        )
        for row in (*table.rows, *rest)
        for market, cell in zip(table.columns, row.cells, strict=True)
    ]
    return write_csv(("place_id", "place", "market_id", "market", *Basis, "statement_ids"), lines)


def pairs_csv(dataset: Dataset, bags: Bags, columns: Sequence[str], matrix: Matrix, lang: Lang) -> str:
    """Return the markets named together as CSV, a line for each pair, those without any included."""
    pairs = build_pairs(dataset, bags, columns)
    lines = []
    for i, first in enumerate(columns):
        for second in columns[i + 1 :]:
            found = pairs.get((first, second), ())
            said = dict.fromkeys(one for bag in found for one in on_either(dataset, bags[bag], (first, second)))
            names = (i18n.short_of(dataset.topic[market], lang) for market in (first, second))
            lines.append((first, second, *names, len(found), ";".join(found), ";".join(said)))
    header = ("market_a_id", "market_b_id", "market_a", "market_b", matrix, f"{matrix.removesuffix('s')}_ids")
    return write_csv((*header, "statement_ids"), lines)


def write_csv(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """Return CSV in which no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(str(name) for name in header)
    writer.writerows([_harmless(str(cell)) for cell in line] for line in lines)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
