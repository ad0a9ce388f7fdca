"""The view of places by criminal market, and of the markets that are named together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from ocmap.analysis.filters import INDIRECT, level, level_labels
from ocmap.analysis.matrix import MatrixCell, MatrixRow, build_row
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import kicker, summary
from ocmap.analysis.view_state import BY_NAME, MatrixUnit, View, ViewState
from ocmap.app import components
from ocmap.app.views.table_page import ColumnHead, OpenCell, TableCell, TableLine, TablePage
from ocmap.app.views.table_pairs import build_pair_grid, open_pair
from ocmap.dataset.schema import Basis, PlaceKind
from ocmap.export.files import Download, file_name
from ocmap.export.tables import build_csv
from ocmap.export.workbook import build_workbook
from ocmap.web.panels import Link
from ocmap.web.statement_cards import build_sections

SORT_FRAGMENT = "#sort"  # makes a heading's link differ from the link to the open cell, which may have the same query


def show_table(context: PageContext) -> None:
    """Draw the view: the heading, the table, and the statements of the open cell."""
    page = TablePage(context.profile, context.lang, context.view)
    by_place = page.view.matrix is MatrixUnit.MARKETS
    filled = any(row.total.statements for row in page.place_matrix.rows) if by_place else bool(page.cooccurrences)
    with st.container(key="table"):
        with st.container(key="table_head", horizontal=True):
            _show_head(page)
            if filled:
                _show_downloads(page)
        with st.container(key="table_box"):
            _show_grid(page, by_place=by_place, filled=filled)


def _show_downloads(page: TablePage) -> None:
    """Offer the table, with the statements that it counts, as a workbook and as CSV."""
    unselected = replace(page, view=page.view.select_place(None))
    for download, build in ((Download.XLSX, build_workbook), (Download.CSV, build_csv)):
        st.download_button(
            page.words["table.download"].format(form=download.upper()),
            data=partial(build, unselected),
            file_name=file_name(page.dataset, download, unselected.view),
            icon=":material/download:",
            on_click="ignore",
            key=f"table_{download}",
        )


def _show_head(page: TablePage) -> None:
    view, words = page.view, page.words
    texts = {
        MatrixUnit.MARKETS: words["table.text"],
        MatrixUnit.SENTENCES: words["table.sentences_text"],
        MatrixUnit.PLACES: words["table.places_text"],
    }
    by_place = view.matrix is MatrixUnit.MARKETS
    components.show_linked(
        page,
        "table_head.html",
        "table_links",
        title=words["table.title"] if by_place else words["table.pairs_title"],
        text=texts[view.matrix],
        matrices=[
            (name, page.href(replace(view, matrix=unit, cell=())), unit is view.matrix)
            for unit, name in page.matrix_names.items()
        ],
        levels=level_labels() if by_place else (),
        blank=words["legend.filtered"] if page.view.is_filtered else words["legend.blank"],
    )


def _name_order(page: TablePage) -> str:
    sort = page.view.sort
    if sort == BY_NAME:
        return page.words["table.place"]
    return page.market(sort) if sort in page.columns and sort else page.words["table.total"]


def _show_grid(page: TablePage, *, by_place: bool, filled: bool) -> None:
    values = _build_place_grid(page) if by_place else build_pair_grid(page)
    components.show_linked(
        page,
        "table.html" if by_place else "table_pairs.html",
        "table_grid",
        filled=filled,
        clear_href=page.clear_href,
        open_cell=(_open_place if by_place else open_pair)(page),
        **values,
    )


def _build_place_grid(page: TablePage) -> dict[str, object]:
    """Return the values of the template ``table.html``."""
    matrix, words = page.place_matrix, page.words
    kinds = {place_id: page.dataset.place[place_id].kind for place_id in (*matrix.unmentioned, *matrix.left_out)}
    blank_rows = [
        (kind, _build_blank_row(page, text, [place_id for place_id in places if kinds[place_id] is kind], counted))
        for kind, counted in ((PlaceKind.REGION, "count.regions"), (PlaceKind.CORRIDOR, "count.corridors"))
        for text, places in (
            (words["table.unmentioned"], matrix.unmentioned),
            (words["table.left_out"], matrix.left_out),
        )
    ]
    return {
        "caption": f"{words['table.title']}. {words['table.sorted'].format(by=_name_order(page))}",
        **page.column_groups(page.columns),
        "columns": [_build_head(page, page.market(market), market) for market in page.columns],
        "place_head": _build_head(page, words["table.place"], BY_NAME),
        "total_head": _build_head(page, words["table.total"], None),
        "regions": [_build_line(page, row) for row in matrix.regions],
        "blank_regions": [row for kind, row in blank_rows if kind is PlaceKind.REGION and row[2]],
        "corridors": [_build_line(page, row) for row in matrix.corridors],
        "blank_corridors": [row for kind, row in blank_rows if kind is PlaceKind.CORRIDOR and row[2]],
        "country": _build_line(page, matrix.country),
        "without_market": words.counted("table.without_market", matrix.without_market) if matrix.without_market else "",
    }


def _build_head(page: TablePage, name: str, sort: str | None) -> ColumnHead:
    current = page.view.sort if page.view.sort in (BY_NAME, *page.columns) else None
    order = ("ascending" if sort == BY_NAME else "descending") if sort == current else ""
    return ColumnHead(name, page.href(replace(page.view, sort=sort)) + SORT_FRAGMENT, order)


def _build_blank_row(page: TablePage, text: str, places: Sequence[str], counted: str) -> tuple[str, str, list[Link]]:
    """Return the row that stands for places without statements: their number, the reason, and their links."""
    links = [Link(page.row_name(place_id), page.href(_toggle_row(page, place_id))) for place_id in places]
    return page.words.counted(counted, len(places)), text, links


def _toggle_row(page: TablePage, place_id: str) -> ViewState:
    """Return the state after a click on a row's name: the row is open, or closed if it was open."""
    if page.view.place == place_id and not page.view.cell:
        return page.closed
    return replace(page.view.select_place(place_id), cell=())


def _build_line(page: TablePage, row: MatrixRow) -> TableLine:
    is_country = row.place_id == page.dataset.country_id
    count = row.total.counts.count(Basis.NATIONAL) if is_country else row.total.counts.direct
    target = replace(page.closed, view=View.NATIONAL) if is_country else _toggle_row(page, row.place_id)
    return TableLine(
        name=page.row_name(row.place_id),
        href=page.href(target),
        is_open=page.view.place == row.place_id,
        cells=tuple(
            _build_cell(page, row.place_id, market, cell) for market, cell in zip(page.columns, row.cells, strict=True)
        ),
        total=str(count) if count else "–",
    )


def _build_cell(page: TablePage, place_id: str, market: str, cell: MatrixCell) -> TableCell:
    if not cell.statements:
        return TableCell()
    is_open = page.view.place == place_id and page.view.cell == (market,)
    target = page.closed if is_open else replace(page.view.select_place(place_id), cell=(market,))
    national = cell.counts.count(Basis.NATIONAL)
    indirect = [basis.value for basis in INDIRECT if cell.counts.count(basis)]
    return TableCell(
        text=str(cell.counts.direct or national or ""),
        name=f"{page.full_name(place_id)}, {page.market(market)}: {_describe(page, cell)}",
        css="nat" if national else " ".join((f"n{level(cell.counts.direct)}", *indirect)),
        href=page.href(target),
        is_open=is_open,
    )


def _describe(page: TablePage, cell: MatrixCell) -> str:
    """Describe a cell's counts in words."""
    words, direct = page.words, cell.counts.direct
    parts = [words.counted("table.direct", direct)] if direct else []
    counts = [(basis, cell.counts.count(basis)) for basis in (Basis.BORDER, Basis.AREA, Basis.NATIONAL)]
    parts += [words[f"table_basis.{basis}"].format(n=n) for basis, n in counts if n]
    return " · ".join(parts)


def _open_place(page: TablePage) -> OpenCell | None:
    """Return the statements of the open cell or row; None if neither is open."""
    view, dataset, words = page.view, page.dataset, page.words
    rows = {row.place_id for row in page.place_matrix.rows} | {
        *page.place_matrix.unmentioned,
        *page.place_matrix.left_out,
    }
    market = view.cell[0] if len(view.cell) == 1 else ""
    if view.place not in rows or (view.place == page.dataset.country_id and not market):
        return None
    place_id = view.place
    place, name = dataset.place[place_id], page.full_name(place_id)
    statements = (
        build_row(dataset, page.filtered, place_id, (market,)).cells[0].statements
        if market
        else page.filtered.of(place_id)
    )
    text = _describe(page, MatrixCell(statements)) if market else ""
    if place_id in page.place_matrix.unmentioned:
        text = "".join(part.text for part in summary(page, page.profile.unfiltered, place))
    links = [] if place_id == page.dataset.country_id else list(_build_links(page, view.select_place(place_id), market))
    return OpenCell(
        kicker=words["view.national"] if place_id == page.dataset.country_id else kicker(page, place),
        title=f"{name}: {page.market(market)}" if market else name,
        text=text if statements or text else words["table.none_here"],
        sections=build_sections(page, place_id, statements, (market,) if market else view.markets),
        links=links,
        chips=(),
        self_href=page.href(page.view),
        close_href=page.href(page.closed),
        clear_href="" if statements or place_id in page.place_matrix.unmentioned else page.clear_href,
    )


def _build_links(page: TablePage, view: ViewState, market: str) -> Iterator[Link]:
    """Yield the links from a cell or row to the map and to the whole row."""
    words, to_map = page.words, replace(view, view=View.MAP, cell=())
    if market:
        yield Link(words["table.to_map_only"], page.href(replace(to_map, markets=(market,))))
        yield Link(words["table.whole_row"], page.href(replace(view, cell=())))
    else:
        yield Link(words["table.to_map"], page.href(to_map))
