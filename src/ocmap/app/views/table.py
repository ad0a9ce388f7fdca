"""The view of places by criminal market, and of the markets that are named together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from ocmap.analysis.filters import LEVELS, level
from ocmap.analysis.matrix import Cell, Row, build_row, pairs_csv, table_csv
from ocmap.analysis.summaries import kicker, summary
from ocmap.analysis.view_state import BY_NAME, Matrix, View, ViewState
from ocmap.app import components, session
from ocmap.app.views.table_page import Box, Head, Line, Opened, TablePage
from ocmap.app.views.table_pairs import build_grid, open_pair
from ocmap.dataset.schema import COUNTRY, Basis, PlaceKind
from ocmap.web.page_context import PageContext
from ocmap.web.panels import Link
from ocmap.web.statement_cards import build_sections

SORTS = "#sort"
"""Ends a heading's link, so that the one which sorts now is not taken for the link to the cell that is open."""


def show_table(context: PageContext) -> None:
    """Draw the view: what is counted, the table, and in it what the open cell counts."""
    page = TablePage(context.profile, context.lang, context.view)
    by_place = page.view.matrix is Matrix.MARKETS
    filled = any(row.total.found for row in page.table.rows) if by_place else bool(page.pairs)
    with st.container(key="table"):
        with st.container(key="table_head", horizontal=True):
            _show_head(page)
            if filled:
                st.download_button(
                    page.words["panel.download"],
                    data=lambda: _to_csv(page),
                    file_name=f"ocmap-{page.view.matrix}.csv",
                    mime="text/csv",
                    icon=":material/download:",
                    on_click="ignore",
                    key="table_csv",
                )
        with st.container(key="table_box"):
            _show_grid(page, by_place=by_place, filled=filled)


def _to_csv(page: TablePage) -> str:
    if page.view.matrix is Matrix.MARKETS:
        return table_csv(page.dataset, page.table, page.lang)
    return pairs_csv(page.dataset, page.bags, page.columns, page.view.matrix, page.lang)


def _show_head(page: TablePage) -> None:
    view, words = page.view, page.words
    texts = {
        Matrix.MARKETS: words["table.text"],
        Matrix.SENTENCES: words["table.sentences_text"],
        Matrix.PLACES: words["table.places_text"],
    }
    by_place = view.matrix is Matrix.MARKETS
    levels = (f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}" for low, high in LEVELS)
    components.show_linked(
        "table_head.html",
        "table_links",
        lambda href: session.follow(page.profile, href),
        words=words,
        lang=page.lang,
        title=words["table.title"] if by_place else words["table.pairs_title"],
        text=texts[view.matrix],
        matrices=[
            (name, page.href(replace(view, matrix=one, cell=())), one is view.matrix)
            for one, name in page.matrix_names.items()
        ],
        levels=tuple(levels) if by_place else (),
        blank=words["legend.filtered"] if page.is_filtered else words["legend.blank"],
    )


def _sorted_by(page: TablePage) -> str:
    sort = page.view.sort
    if sort == BY_NAME:
        return page.words["table.place"]
    return page.market(sort) if sort in page.columns and sort else page.words["table.total"]


def _show_grid(page: TablePage, *, by_place: bool, filled: bool) -> None:
    values = _grid(page) if by_place else build_grid(page)
    components.show_linked(
        "table.html" if by_place else "table_pairs.html",
        "table_grid",
        lambda href: session.follow(page.profile, href.removesuffix(SORTS)),
        words=page.words,
        lang=page.lang,
        filled=filled,
        clear_href=page.clear_href,
        opened=(_opened_place if by_place else open_pair)(page),
        **values,
    )


def _grid(page: TablePage) -> dict[str, object]:
    """Return what the table of places by market writes down."""
    table, words = page.table, page.words
    kinds = {one: page.dataset.place[one].kind for one in (*table.unmentioned, *table.left_out)}
    blank = [
        (kind, _blank(page, text, [one for one in places if kinds[one] is kind], counted))
        for kind, counted in ((PlaceKind.REGION, "count.regions"), (PlaceKind.CORRIDOR, "count.corridors"))
        for text, places in ((words["table.unmentioned"], table.unmentioned), (words["table.left_out"], table.left_out))
    ]
    return {
        "caption": f"{words['table.title']}. {words['table.sorted'].format(by=_sorted_by(page))}",
        **page.frame,
        "columns": [_head(page, page.market(one), one) for one in page.columns],
        "place_head": _head(page, words["table.place"], BY_NAME),
        "total_head": _head(page, words["table.total"], None),
        "regions": [_line(page, row) for row in table.regions],
        "blank_regions": [one for kind, one in blank if kind is PlaceKind.REGION and one[2]],
        "corridors": [_line(page, row) for row in table.corridors],
        "blank_corridors": [one for kind, one in blank if kind is PlaceKind.CORRIDOR and one[2]],
        "country": _line(page, table.country),
        "beyond": words.counted("table.without_market", table.beyond) if table.beyond else "",
    }


def _head(page: TablePage, name: str, sort: str | None) -> Head:
    now = page.view.sort if page.view.sort in (BY_NAME, *page.columns) else None
    order = ("ascending" if sort == BY_NAME else "descending") if sort == now else ""
    return Head(name, page.href(replace(page.view, sort=sort)) + SORTS, order)


def _blank(page: TablePage, text: str, places: Sequence[str], counted: str) -> tuple[str, str, list[Link]]:
    """Return the row that places without a cell share: how many, why, and their names as links."""
    links = [Link(page.row_name(one), page.href(_row_state(page, one))) for one in places]
    return page.words.counted(counted, len(places)), text, links


def _row_state(page: TablePage, place_id: str) -> ViewState:
    """Return the state in which a row is open, or closed where it is."""
    if page.view.place == place_id and not page.view.cell:
        return page.closed
    return replace(page.view.select_place(place_id), cell=())


def _line(page: TablePage, row: Row) -> Line:
    country = row.place_id == COUNTRY
    count = row.total.count(Basis.NATIONAL) if country else row.total.tint
    target = replace(page.closed, view=View.NATIONAL) if country else _row_state(page, row.place_id)
    return Line(
        name=page.row_name(row.place_id),
        href=page.href(target),
        opened=page.view.place == row.place_id,
        boxes=tuple(
            _box(page, row.place_id, market, cell) for market, cell in zip(page.columns, row.cells, strict=True)
        ),
        total=str(count) if count else "–",
    )


def _box(page: TablePage, place_id: str, market: str, cell: Cell) -> Box:
    if not cell.found:
        return Box()
    here = page.view.place == place_id and page.view.cell == (market,)
    target = page.closed if here else replace(page.view.select_place(place_id), cell=(market,))
    national = cell.count(Basis.NATIONAL)
    return Box(
        text=str(cell.tint or national or ""),
        name=f"{page.full_name(place_id)}, {page.market(market)}: {_say(page, cell)}",
        css="nat" if national else f"n{level(cell.tint)} {cell.hatch or ''}",
        href=page.href(target),
        opened=here,
    )


def _say(page: TablePage, cell: Cell) -> str:
    """Return a cell's counts in words."""
    words = page.words
    parts = [words.counted("table.direct", cell.tint)] if cell.tint else []
    counts = [(basis, cell.count(basis)) for basis in (Basis.BORDER, Basis.AREA, Basis.NATIONAL)]
    parts += [words[f"table_basis.{basis}"].format(n=n) for basis, n in counts if n]
    return " · ".join(parts)


def _opened_place(page: TablePage) -> Opened | None:
    """Return the statements of the open cell, or of the whole row where no market is open; None: nothing is."""
    view, dataset, words = page.view, page.dataset, page.words
    rows = {row.place_id for row in page.table.rows} | {*page.table.unmentioned, *page.table.left_out}
    market = view.cell[0] if len(view.cell) == 1 else ""
    if view.place not in rows or (view.place == COUNTRY and not market):
        return None
    place_id = view.place
    place, name = dataset.place[place_id], page.full_name(place_id)
    found = (
        build_row(dataset, page.filtered, place_id, (market,)).cells[0].found if market else page.filtered.of(place_id)
    )
    text = _say(page, Cell(found)) if market else ""
    if place_id in page.table.unmentioned:
        text = "".join(part.text for part in summary(page, page.profile.unfiltered, place))
    links = [] if place_id == COUNTRY else list(_ways(page, view.select_place(place_id), market))
    return Opened(
        kicker=words["view.national"] if place_id == COUNTRY else kicker(page, place),
        title=f"{name}: {page.market(market)}" if market else name,
        text=text if found or text else words["table.none_here"],
        sections=build_sections(page, place_id, found, (market,) if market else view.markets),
        links=links,
        chips=(),
        close_href=page.href(page.closed),
        clear_href="" if found or place_id in page.table.unmentioned else page.clear_href,
    )


def _ways(page: TablePage, view: ViewState, market: str) -> Iterator[Link]:
    """Yield the links from a cell or row to the map and to the whole row."""
    words, to_map = page.words, replace(view, view=View.MAP, cell=())
    if market:
        yield Link(words["table.to_map_only"], page.href(replace(to_map, markets=(market,))))
        yield Link(words["table.whole_row"], page.href(replace(view, cell=())))
    else:
        yield Link(words["table.to_map"], page.href(to_map))
