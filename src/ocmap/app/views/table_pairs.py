"""The part of the table's view on markets that are named together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, level
from ocmap.analysis.matrix import on_either
from ocmap.analysis.summaries import locator
from ocmap.analysis.view_state import A_PAIR, Matrix, View
from ocmap.app.views.table_sheet import Box, Head, Line, Opened, Sheet
from ocmap.dataset.schema import Basis
from ocmap.web.panels import Link, Links
from ocmap.web.statement_cards import Card, Section, Spot, build_card, home_market


def build_grid(sheet: Sheet) -> dict[str, object]:
    """Return what the table of markets named together writes down."""
    lines = [
        Line(sheet.market(one), "", opened=False, boxes=tuple(_box(sheet, one, other) for other in sheet.columns))
        for one in sheet.columns
    ]
    return {
        "title": sheet.matrix_names[sheet.view.matrix],
        **sheet.frame,
        "columns": [Head(sheet.market(one)) for one in sheet.columns],
        "lines": lines,
    }


def _by_sentence(sheet: Sheet) -> bool:
    return sheet.view.matrix is Matrix.SENTENCES


def _find_bags(sheet: Sheet, first: str, second: str) -> tuple[str, ...]:
    return sheet.pairs.get((first, second)) or sheet.pairs.get((second, first), ())


def _box(sheet: Sheet, first: str, second: str) -> Box:
    count = len(_find_bags(sheet, first, second))
    if not count:
        return Box(css="self" if first == second else "")
    pair = tuple(sorted((first, second)))
    here = sheet.view.cell == pair
    target = sheet.closed if here else replace(sheet.view.select_place(None), cell=pair)
    counted = sheet.words.counted("count.sentences" if _by_sentence(sheet) else "count.places", count)
    name = f"{_both(sheet, (first, second))}: {counted}"
    return Box(str(count), name, f"m{level(count)}", sheet.href(target), here)


def _both(sheet: Sheet, pair: Iterable[str]) -> str:
    return i18n.and_list([sheet.market(one) for one in pair], sheet.lang)


def open_pair(sheet: Sheet) -> Opened | None:
    """Return the statements by which the two markets of the open cell are named together; None: no cell is open."""
    if len(sheet.view.cell) != A_PAIR:
        return None
    words, by_sentence = sheet.words, _by_sentence(sheet)
    ranks = [topic.topic_id for topic in sheet.dataset.markets]
    pair = tuple(sorted(sheet.view.cell, key=ranks.index))
    bags = _find_bags(sheet, *pair)
    bags = bags if by_sentence else tuple(sorted(bags, key=sheet.full_name))
    said = "table.both_in_sentences" if by_sentence else "table.both_in_places"
    to_map = replace(sheet.view, view=View.MAP, cell=(), markets=tuple(sorted(pair)))
    chips = tuple(Link(sheet.full_name(one), sheet.href(to_map.select_place(one))) for one in bags if not by_sentence)
    return Opened(
        kicker=sheet.matrix_names[sheet.view.matrix],
        title=_both(sheet, pair),
        text=words.counted(said, len(bags)) if bags else words["table.none_pair"],
        sections=tuple(_bag_sections(sheet, bags, pair)),
        links=(),
        chips=(Links(words["table.to_map_both"], chips),) if chips else (),
        close_href=sheet.href(sheet.closed),
        clear_href="" if bags else sheet.cleared,
    )


def _bag_sections(sheet: Sheet, bags: Sequence[str], pair: Sequence[str]) -> Iterator[Section]:
    """Yield a section for each sentence or place, with its statements on either market, numbered throughout."""
    number = 1
    for bag in bags:
        ids = on_either(sheet.dataset, sheet.bags[bag], pair)
        cards = tuple(_bag_card(sheet, bag, one, pair, i) for i, one in enumerate(ids, number))
        title = (
            locator(sheet.dataset, sheet.dataset.statement[ids[0]], sheet.lang)
            if _by_sentence(sheet)
            else sheet.full_name(bag)
        )
        yield Section("", "", title, sheet.words.counted("count.statements", len(cards)), cards)
        number += len(cards)


def _bag_card(sheet: Sheet, bag: str, statement_id: str, pair: Sequence[str], number: int) -> Card:
    """Return a statement's card; the heading above it says the sentence, or the place that its badge speaks of."""
    if _by_sentence(sheet):
        own = sheet.dataset.sentence[sheet.dataset.statement[statement_id].sentence_id].topic_id
        card = build_card(sheet.reader, statement_id, Spot(COUNTRY, Basis.NATIONAL, own, number))
        return replace(card, badge="", basis="")
    home = home_market(sheet.dataset, sheet.dataset.statement[statement_id], pair)
    return build_card(sheet.reader, statement_id, Spot(bag, sheet.filtered.of(bag)[statement_id], home, number))
