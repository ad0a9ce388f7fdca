"""Count statements by place and criminal market, as plain records and as a table for files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import INDIRECT, BasisCounts, FilteredEvidence, by_market, markets_shown
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import BY_NAME
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Lang, PlaceKind
from ocmap.i18n.folding import fold


class Table(NamedTuple):
    """A table as a file has it: the names of its columns, and its lines."""

    header: tuple[str, ...]
    lines: Sequence[Sequence[object]]


@dataclass(frozen=True)
class MatrixCell:
    """The statements on one market, or on any, that reach a place: by basis, then in the profile's order."""

    statements: Mapping[str, Basis]

    @cached_property
    def counts(self) -> BasisCounts:
        """Return how many statements there are on each basis."""
        return BasisCounts.of(self.statements.values())


@dataclass(frozen=True)
class MatrixRow:
    """One place: a cell for each column, and a total in which a statement on several markets counts once."""

    place_id: str
    cells: tuple[MatrixCell, ...]
    total: MatrixCell


@dataclass(frozen=True)
class PlaceMatrix:
    """The filtered statements by place and market.

    Attributes:
        columns: The chosen markets, in the Index's order.
        regions: The regions that a statement on these markets reaches, sorted; ``corridors`` likewise.
        country: The statements on the whole country.
        unmentioned: The regions and corridors that no statement reaches, whatever the filters.
        left_out: The regions and corridors that other statements reach, but none of those counted here.
        without_market: How many of the filtered statements are on no market and so in no cell.
    """

    columns: tuple[str, ...]
    regions: tuple[MatrixRow, ...]
    corridors: tuple[MatrixRow, ...]
    country: MatrixRow
    unmentioned: tuple[str, ...]
    left_out: tuple[str, ...]
    without_market: int

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """Return all rows in the order shown."""
        return (*self.regions, *self.corridors, self.country)


def build_matrix(page: PageContext) -> PlaceMatrix:
    """Count the page's evidence by place and market."""
    dataset, filtered, unfiltered, lang = page.dataset, page.filtered, page.profile.unfiltered, page.lang
    columns, sort = markets_shown(dataset, page.view.markets), page.view.sort
    kinds = {
        place.place_id: place.kind for place in dataset.places if place.kind in {PlaceKind.REGION, PlaceKind.CORRIDOR}
    }
    rows = [build_row(dataset, filtered, place_id, columns) for place_id in kinds]
    filled = sorted((row for row in rows if row.total.statements), key=_sort_key(dataset, columns, sort, lang))
    empty = sorted((row for row in rows if not row.total.statements), key=_sort_key(dataset, columns, BY_NAME, lang))
    return PlaceMatrix(
        columns=columns,
        regions=tuple(row for row in filled if kinds[row.place_id] is PlaceKind.REGION),
        corridors=tuple(row for row in filled if kinds[row.place_id] is PlaceKind.CORRIDOR),
        country=build_row(dataset, filtered, dataset.country_id, columns),
        unmentioned=tuple(row.place_id for row in empty if not unfiltered.of(row.place_id)),
        left_out=tuple(row.place_id for row in empty if unfiltered.of(row.place_id)),
        without_market=len(filtered.without_market & filtered.statement_ids),
    )


def build_row(dataset: Dataset, filtered: FilteredEvidence, place_id: str, columns: Sequence[str]) -> MatrixRow:
    """Return a place's row."""
    statements = filtered.of(place_id)
    groups = by_market(dataset, statements, columns)
    cells = tuple(
        MatrixCell(
            MappingProxyType({statement_id: statements[statement_id] for statement_id in groups.get(market, ())})
        )
        for market in columns
    )
    total = {
        statement_id: basis for statement_id, basis in statements.items() if statement_id not in filtered.without_market
    }
    return MatrixRow(place_id, cells, MatrixCell(MappingProxyType(total)))


def _sort_key(
    dataset: Dataset, columns: Sequence[str], sort: str | None, lang: Lang
) -> Callable[[MatrixRow], tuple[object, ...]]:
    """Return the rows' sort key: the name, or one market's column, or else the total; the highest counts first."""

    def key(row: MatrixRow) -> tuple[object, ...]:
        name = fold(i18n.name_of(dataset.place[row.place_id], lang))
        if sort == BY_NAME:
            return (name,)
        column = _descending(row.cells[columns.index(sort)]) if sort in columns else ()
        return (*column, *_descending(row.total), name)

    return key


def _descending(cell: MatrixCell) -> tuple[int, ...]:
    return (-cell.counts.direct, *(-cell.counts.count(basis) for basis in INDIRECT))


def matrix_table(dataset: Dataset, matrix: PlaceMatrix, lang: Lang) -> Table:
    """Return the matrix as a table with a line for each cell, empty ones included, in the order shown.

    A cell's statement ids are in the order of the basis columns: the first ``named`` ids name the place, and so on.
    """
    empty = MatrixCell({})
    empty_rows = (
        MatrixRow(place_id, (empty,) * len(matrix.columns), empty)
        for place_id in (*matrix.unmentioned, *matrix.left_out)
    )
    lines = [
        (
            row.place_id,
            i18n.name_of(dataset.place[row.place_id], lang),
            market,
            i18n.short_of(dataset.topic[market], lang),
            *(cell.counts.count(basis) for basis in Basis),
            ";".join(cell.statements),
        )
        for row in (*matrix.rows, *empty_rows)
        for market, cell in zip(matrix.columns, row.cells, strict=True)
    ]
    return Table(("place_id", "place", "market_id", "market", *Basis, "statement_ids"), lines)
