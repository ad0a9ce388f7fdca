"""The table of markets that are named together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ocmap import i18n
from ocmap.analysis.cooccurrence import statements_on_either
from ocmap.analysis.filters import level
from ocmap.analysis.summaries import locator
from ocmap.analysis.view_state import PAIR, MatrixUnit, View
from ocmap.app.views.table_page import ColumnHead, OpenCell, TableCell, TableLine, TablePage
from ocmap.web.panels import Link, LinkGroup
from ocmap.web.statement_cards import Card, CardContext, Section, build_card, primary_market


def build_pair_grid(page: TablePage) -> dict[str, object]:
    """Return the values of the template ``table_pairs.html``."""
    lines = [
        TableLine(
            page.market(market),
            "",
            is_open=False,
            cells=tuple(_build_cell(page, market, other) for other in page.all_markets),
        )
        for market in page.columns
    ]
    return {
        "title": page.matrix_names[page.view.matrix],
        **page.column_groups(page.all_markets),
        "columns": [ColumnHead(page.market(market)) for market in page.all_markets],
        "lines": lines,
    }


def _is_by_sentence(page: TablePage) -> bool:
    return page.view.matrix is MatrixUnit.SENTENCES


def _find_mentions(page: TablePage, first: str, second: str) -> tuple[str, ...]:
    """Return the sentences or places that mention both markets."""
    return page.cooccurrences.get((first, second)) or page.cooccurrences.get((second, first), ())


def _build_cell(page: TablePage, first: str, second: str) -> TableCell:
    count = len(_find_mentions(page, first, second))
    if not count:
        return TableCell(css="self" if first == second else "")
    pair = tuple(sorted((first, second)))
    is_open = page.view.cell == pair
    target = page.closed if is_open else replace(page.view.select_place(None), cell=pair)
    counted = page.words.counted("count.sentences" if _is_by_sentence(page) else "count.places", count)
    name = f"{_join_names(page, (first, second))}: {counted}"
    return TableCell(str(count), name, f"m{level(count)}", page.href(target), is_open)


def _join_names(page: TablePage, pair: Iterable[str]) -> str:
    return i18n.and_list([page.market(market) for market in pair], page.lang)


def open_pair(page: TablePage) -> OpenCell | None:
    """Return the statements that name the two markets of the open cell; None if no cell is open."""
    if len(page.view.cell) != PAIR:
        return None
    words, by_sentence = page.words, _is_by_sentence(page)
    ranks = [topic.topic_id for topic in page.dataset.markets]
    pair = tuple(sorted(page.view.cell, key=ranks.index))
    keys = _find_mentions(page, *pair)
    keys = keys if by_sentence else tuple(sorted(keys, key=page.full_name))
    text_key = "table.both_in_sentences" if by_sentence else "table.both_in_places"
    to_map = replace(page.view, view=View.MAP, cell=(), markets=tuple(sorted(pair)))
    places = () if by_sentence else keys
    chips = tuple(Link(page.full_name(place), page.href(to_map.select_place(place))) for place in places)
    return OpenCell(
        kicker=page.matrix_names[page.view.matrix],
        title=_join_names(page, pair),
        text=words.counted(text_key, len(keys)) if keys else words["table.none_pair"],
        sections=tuple(_build_sections(page, keys, pair)),
        links=(),
        chips=(LinkGroup(words["table.to_map_both"], chips),) if chips else (),
        self_href=page.href(page.view),
        close_href=page.href(page.closed),
        clear_href="" if keys else page.clear_href,
    )


def _build_sections(page: TablePage, keys: Sequence[str], pair: Sequence[str]) -> Iterator[Section]:
    """Yield a section for each sentence or place, with its statements on either market, numbered throughout."""
    number = 1
    for key in keys:
        ids = statements_on_either(page.dataset, page.mentions[key], pair)
        cards = tuple(_build_card(page, key, statement_id, pair, i) for i, statement_id in enumerate(ids, number))
        title = (
            locator(page.dataset, page.dataset.statement[ids[0]], page.lang)
            if _is_by_sentence(page)
            else page.full_name(key)
        )
        yield Section("", "", title, page.words.counted("count.statements", len(cards)), cards)
        number += len(cards)


def _build_card(page: TablePage, key: str, statement_id: str, pair: Sequence[str], number: int) -> Card:
    """Return a statement's card for a section that is headed by its sentence or by a place."""
    if _is_by_sentence(page):
        market = page.dataset.sentence[page.dataset.statement[statement_id].sentence_id].topic_id
        return build_card(page, statement_id, CardContext(page.dataset.country_id, None, market, number))
    market = primary_market(page.dataset, page.dataset.statement[statement_id], pair)
    return build_card(page, statement_id, CardContext(key, page.on_all_markets.of(key)[statement_id], market, number))
