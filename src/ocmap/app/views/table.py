"""The view of places by criminal market, and of the markets that are named together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from ocmap.analysis.filters import COUNTRY, LEVELS, Filters, level
from ocmap.analysis.matrix import Cell, Row, build_row, columns_of, pairs_csv, table_csv
from ocmap.analysis.summaries import kicker, summary
from ocmap.analysis.view_state import BY_NAME, Matrix, View, ViewState
from ocmap.app import session
from ocmap.app.views.table_pairs import build_grid, open_pair
from ocmap.app.views.table_sheet import Box, Head, Line, Opened, Sheet
from ocmap.dataset.schema import Basis, Lang, PlaceKind
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.panels import Link
from ocmap.web.statement_cards import build_sections

SORTS = "#sort"
"""Ends a heading's link, so that the one which sorts now is not taken for the link to the cell that is open."""


def show_table(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the view: what is counted, the table, and in it what the open cell counts."""
    sheet = Sheet(app, view, lang, app.apply_filters(Filters.of(view)), columns_of(app.profile.dataset, view))
    by_place = view.matrix is Matrix.MARKETS
    filled = any(row.total.found for row in sheet.table.rows) if by_place else bool(sheet.pairs)
    with st.container(key="table"):
        with st.container(key="table_head", horizontal=True):
            _show_head(sheet)
            if filled:
                st.download_button(
                    sheet.words["panel.download"],
                    data=lambda: _to_csv(sheet),
                    file_name=f"ocmap-{view.matrix}.csv",
                    mime="text/csv",
                    icon=":material/download:",
                    on_click="ignore",
                    key="table_csv",
                )
        with st.container(key="table_box"):
            _show_grid(sheet, by_place=by_place, filled=filled)


def _to_csv(sheet: Sheet) -> str:
    if sheet.view.matrix is Matrix.MARKETS:
        return table_csv(sheet.dataset, sheet.table, sheet.lang)
    return pairs_csv(sheet.dataset, sheet.bags, sheet.columns, sheet.view.matrix, sheet.lang)


def _show_head(sheet: Sheet) -> None:
    view, words = sheet.view, sheet.words
    texts = {
        Matrix.MARKETS: words["table.text"],
        Matrix.SENTENCES: words["table.sentences_text"],
        Matrix.PLACES: words["table.places_text"],
    }
    by_place = view.matrix is Matrix.MARKETS
    levels = (f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}" for low, high in LEVELS)
    html.show_linked(
        "table_head.html",
        "table_links",
        lambda href: session.follow(sheet.app, href),
        words=words,
        lang=sheet.lang,
        title=words["table.title"] if by_place else words["table.pairs_title"],
        text=texts[view.matrix],
        matrices=[
            (name, sheet.href(replace(view, matrix=one, cell=())), one is view.matrix)
            for one, name in sheet.matrix_names.items()
        ],
        levels=tuple(levels) if by_place else (),
        blank=words["legend.blank"] if Filters.of(view) == Filters() else words["legend.filtered"],
    )


def _sorted_by(sheet: Sheet) -> str:
    sort = sheet.view.sort
    if sort == BY_NAME:
        return sheet.words["table.place"]
    return sheet.market(sort) if sort in sheet.columns and sort else sheet.words["table.total"]


def _show_grid(sheet: Sheet, *, by_place: bool, filled: bool) -> None:
    values = _grid(sheet) if by_place else build_grid(sheet)
    html.show_linked(
        "table.html" if by_place else "table_pairs.html",
        "table_grid",
        lambda href: session.follow(sheet.app, href.removesuffix(SORTS)),
        words=sheet.words,
        lang=sheet.lang,
        filled=filled,
        clear_href=sheet.cleared,
        opened=(_opened_place if by_place else open_pair)(sheet),
        **values,
    )


def _grid(sheet: Sheet) -> dict[str, object]:
    """Return what the table of places by market writes down."""
    table, words = sheet.table, sheet.words
    kinds = {one: sheet.dataset.place[one].kind for one in (*table.unmentioned, *table.left_out)}
    blank = [
        (kind, _blank(sheet, text, [one for one in places if kinds[one] is kind], counted))
        for kind, counted in ((PlaceKind.REGION, "count.regions"), (PlaceKind.CORRIDOR, "count.corridors"))
        for text, places in ((words["table.unmentioned"], table.unmentioned), (words["table.left_out"], table.left_out))
    ]
    return {
        "caption": f"{words['table.title']}. {words['table.sorted'].format(by=_sorted_by(sheet))}",
        **sheet.frame,
        "columns": [_head(sheet, sheet.market(one), one) for one in sheet.columns],
        "place_head": _head(sheet, words["table.place"], BY_NAME),
        "total_head": _head(sheet, words["table.total"], None),
        "regions": [_line(sheet, row) for row in table.regions],
        "blank_regions": [one for kind, one in blank if kind is PlaceKind.REGION and one[2]],
        "corridors": [_line(sheet, row) for row in table.corridors],
        "blank_corridors": [one for kind, one in blank if kind is PlaceKind.CORRIDOR and one[2]],
        "country": _line(sheet, table.country),
        "beyond": words.counted("table.without_market", table.beyond) if table.beyond else "",
    }


def _head(sheet: Sheet, name: str, sort: str | None) -> Head:
    now = sheet.view.sort if sheet.view.sort in (BY_NAME, *sheet.columns) else None
    order = ("ascending" if sort == BY_NAME else "descending") if sort == now else ""
    return Head(name, sheet.href(replace(sheet.view, sort=sort)) + SORTS, order)


def _blank(sheet: Sheet, text: str, places: Sequence[str], counted: str) -> tuple[str, str, list[Link]]:
    """Return the row that places without a cell share: how many, why, and their names as links."""
    links = [Link(sheet.name(one), sheet.href(_row_state(sheet, one))) for one in places]
    return sheet.words.counted(counted, len(places)), text, links


def _row_state(sheet: Sheet, place_id: str) -> ViewState:
    """Return the state in which a row is open, or closed where it is."""
    if sheet.view.place == place_id and not sheet.view.cell:
        return sheet.closed
    return replace(sheet.view.select_place(place_id), cell=())


def _line(sheet: Sheet, row: Row) -> Line:
    country = row.place_id == COUNTRY
    count = row.total.count(Basis.NATIONAL) if country else row.total.tint
    target = replace(sheet.closed, view=View.NATIONAL) if country else _row_state(sheet, row.place_id)
    return Line(
        name=sheet.name(row.place_id),
        href=sheet.href(target),
        opened=sheet.view.place == row.place_id,
        boxes=tuple(
            _box(sheet, row.place_id, market, cell) for market, cell in zip(sheet.columns, row.cells, strict=True)
        ),
        total=str(count) if count else "–",
    )


def _box(sheet: Sheet, place_id: str, market: str, cell: Cell) -> Box:
    if not cell.found:
        return Box()
    here = sheet.view.place == place_id and sheet.view.cell == (market,)
    target = sheet.closed if here else replace(sheet.view.select_place(place_id), cell=(market,))
    national = cell.count(Basis.NATIONAL)
    return Box(
        text=str(cell.tint or national or ""),
        name=f"{sheet.full_name(place_id)}, {sheet.market(market)}: {_say(sheet, cell)}",
        css="nat" if national else f"n{level(cell.tint)} {cell.hatch or ''}",
        href=sheet.href(target),
        opened=here,
    )


def _say(sheet: Sheet, cell: Cell) -> str:
    """Return a cell's counts in words."""
    words = sheet.words
    parts = [words.counted("table.direct", cell.tint)] if cell.tint else []
    counts = [(basis, cell.count(basis)) for basis in (Basis.BORDER, Basis.AREA, Basis.NATIONAL)]
    parts += [words[f"table_basis.{basis}"].format(n=n) for basis, n in counts if n]
    return " · ".join(parts)


def _opened_place(sheet: Sheet) -> Opened | None:
    """Return the statements of the open cell, or of the whole row where no market is open; None: nothing is."""
    view, dataset, words = sheet.view, sheet.dataset, sheet.words
    rows = {row.place_id for row in sheet.table.rows} | {*sheet.table.unmentioned, *sheet.table.left_out}
    market = view.cell[0] if len(view.cell) == 1 else ""
    if view.place not in rows or (view.place == COUNTRY and not market):
        return None
    place_id = view.place
    place, name = dataset.place[place_id], sheet.full_name(place_id)
    found = (
        build_row(dataset, sheet.filtered, place_id, (market,)).cells[0].found
        if market
        else sheet.filtered.of(place_id)
    )
    text = _say(sheet, Cell(found)) if market else ""
    if place_id in sheet.table.unmentioned:
        text = "".join(part.text for part in summary(sheet.reader, sheet.app.profile.unfiltered, place))
    links = [] if place_id == COUNTRY else list(_ways(sheet, view.select_place(place_id), market))
    return Opened(
        kicker=words["view.national"]
        if place_id == COUNTRY
        else kicker(dataset, place, sheet.app.profile.corridors_of, sheet.lang),
        title=f"{name}: {sheet.market(market)}" if market else name,
        text=text if found or text else words["table.none_here"],
        sections=build_sections(sheet.reader, place_id, found, (market,) if market else view.markets),
        links=links,
        chips=(),
        close_href=sheet.href(sheet.closed),
        clear_href="" if found or place_id in sheet.table.unmentioned else sheet.cleared,
    )


def _ways(sheet: Sheet, view: ViewState, market: str) -> Iterator[Link]:
    """Yield the links from a cell or row to the map and to the whole row."""
    words, to_map = sheet.words, replace(view, view=View.MAP, cell=())
    if market:
        yield Link(words["table.to_map_only"], sheet.href(replace(to_map, markets=(market,))))
        yield Link(words["table.whole_row"], sheet.href(replace(view, cell=())))
    else:
        yield Link(words["table.to_map"], sheet.href(to_map))
