"""The part of the table's view on markets that are named together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ocmap import i18n
from ocmap.analysis.cooccurrence import statements_on_either
from ocmap.analysis.filters import level
from ocmap.analysis.summaries import locator
from ocmap.analysis.view_state import PAIR, MatrixUnit, View
from ocmap.app.views.table_page import Box, Head, Line, Opened, TablePage
from ocmap.dataset.schema import COUNTRY
from ocmap.web.panels import Link, LinkGroup
from ocmap.web.statement_cards import Card, CardContext, Section, build_card, primary_market


def build_grid(page: TablePage) -> dict[str, object]:
    """Return what the table of markets named together writes down."""
    lines = [
        Line(page.market(one), "", opened=False, boxes=tuple(_box(page, one, other) for other in page.columns))
        for one in page.columns
    ]
    return {
        "title": page.matrix_names[page.view.matrix],
        **page.frame,
        "columns": [Head(page.market(one)) for one in page.columns],
        "lines": lines,
    }


def _by_sentence(page: TablePage) -> bool:
    return page.view.matrix is MatrixUnit.SENTENCES


def _find_mentions(page: TablePage, first: str, second: str) -> tuple[str, ...]:
    """Return the sentences or places that mention both markets."""
    return page.cooccurrences.get((first, second)) or page.cooccurrences.get((second, first), ())


def _box(page: TablePage, first: str, second: str) -> Box:
    count = len(_find_mentions(page, first, second))
    if not count:
        return Box(css="self" if first == second else "")
    pair = tuple(sorted((first, second)))
    here = page.view.cell == pair
    target = page.closed if here else replace(page.view.select_place(None), cell=pair)
    counted = page.words.counted("count.sentences" if _by_sentence(page) else "count.places", count)
    name = f"{_both(page, (first, second))}: {counted}"
    return Box(str(count), name, f"m{level(count)}", page.href(target), here)


def _both(page: TablePage, pair: Iterable[str]) -> str:
    return i18n.and_list([page.market(one) for one in pair], page.lang)


def open_pair(page: TablePage) -> Opened | None:
    """Return the statements by which the two markets of the open cell are named together; None: no cell is open."""
    if len(page.view.cell) != PAIR:
        return None
    words, by_sentence = page.words, _by_sentence(page)
    ranks = [topic.topic_id for topic in page.dataset.markets]
    pair = tuple(sorted(page.view.cell, key=ranks.index))
    keys = _find_mentions(page, *pair)
    keys = keys if by_sentence else tuple(sorted(keys, key=page.full_name))
    said = "table.both_in_sentences" if by_sentence else "table.both_in_places"
    to_map = replace(page.view, view=View.MAP, cell=(), markets=tuple(sorted(pair)))
    chips = tuple(Link(page.full_name(one), page.href(to_map.select_place(one))) for one in keys if not by_sentence)
    return Opened(
        kicker=page.matrix_names[page.view.matrix],
        title=_both(page, pair),
        text=words.counted(said, len(keys)) if keys else words["table.none_pair"],
        sections=tuple(_build_sections(page, keys, pair)),
        links=(),
        chips=(LinkGroup(words["table.to_map_both"], chips),) if chips else (),
        close_href=page.href(page.closed),
        clear_href="" if keys else page.clear_href,
    )


def _build_sections(page: TablePage, keys: Sequence[str], pair: Sequence[str]) -> Iterator[Section]:
    """Yield a section for each sentence or place, with its statements on either market, numbered throughout."""
    number = 1
    for key in keys:
        ids = statements_on_either(page.dataset, page.mentions[key], pair)
        cards = tuple(_build_card(page, key, one, pair, i) for i, one in enumerate(ids, number))
        title = (
            locator(page.dataset, page.dataset.statement[ids[0]], page.lang)
            if _by_sentence(page)
            else page.full_name(key)
        )
        yield Section("", "", title, page.words.counted("count.statements", len(cards)), cards)
        number += len(cards)


def _build_card(page: TablePage, key: str, statement_id: str, pair: Sequence[str], number: int) -> Card:
    """Return a statement's card; the heading above it says the sentence, or the place that its badge speaks of."""
    if _by_sentence(page):
        own = page.dataset.sentence[page.dataset.statement[statement_id].sentence_id].topic_id
        return build_card(page, statement_id, CardContext(COUNTRY, None, own, number))
    home = primary_market(page.dataset, page.dataset.statement[statement_id], pair)
    return build_card(page, statement_id, CardContext(key, page.filtered.of(key)[statement_id], home, number))
