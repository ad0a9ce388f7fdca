"""The view that puts two or three places side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.comparison import (
    SUGGESTED_COMPARISONS,
    Comparison,
    ComparisonRow,
    Overlap,
    PlaceStatements,
    compare,
    is_of_group,
    most_similar,
    shared_statements,
)
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import badge, kicker, phrase, route_name, statements_of_place, summary
from ocmap.analysis.view_state import MOST_COMPARED, View, ViewState
from ocmap.app import components, session
from ocmap.dataset.schema import COUNTRY, MAPPED_KINDS, Basis
from ocmap.web.page_context import PageContext
from ocmap.web.place_list import ABROAD
from ocmap.web.statement_cards import Section, build_sections

LEAST_COMPARED = 2
MOST_OFFERED = 6


class Head(NamedTuple):
    """One of the places compared, as it stands at the top."""

    name: str
    kicker: str
    summary: str
    href: str
    remove: str


class Offer(NamedTuple):
    """A comparison to begin with."""

    name: str
    note: str
    text: str
    href: str


class Mark(NamedTuple):
    """How many statements of a cell rest on one basis."""

    basis: str
    word: str
    n: int


class Field(NamedTuple):
    """A cell as the table shows it."""

    marks: tuple[Mark, ...]
    href: str
    wide: bool


class Line(NamedTuple):
    """A row as the table shows it: ``group`` is the market's, ``href`` leads to a route."""

    name: str
    group: str
    href: str
    fields: tuple[Field, ...]


class Block(NamedTuple):
    """The rows that just these places share."""

    title: str
    lines: tuple[Line, ...]
    wider: tuple[Line, ...]


class Table(NamedTuple):
    """A table of markets, actors or routes by places; ``empty`` says what is missing from it."""

    title: str
    head: str
    blocks: tuple[Block, ...]
    empty: str
    notes: tuple[str, ...] = ()


class Ground(NamedTuple):
    """Why one of several places shows a statement."""

    name: str
    basis: str
    badge: str


class Passage(NamedTuple):
    """Statements that reach just these places; ``grounds`` has, where there are several, those of each statement."""

    title: str
    size: str
    sections: tuple[Section, ...]
    grounds: Mapping[str, tuple[Ground, ...]]


@dataclass(frozen=True)
class ComparisonPage(PageContext):
    """The page with the statements of each compared place and their comparison."""

    @cached_property
    def statements(self) -> PlaceStatements:
        """Return the statements of each place that pass the filters."""
        return _statements(self, self.view.compare)

    @cached_property
    def result(self) -> Comparison:
        """Return what the places have in common and what not."""
        return compare(self.profile, self.statements, self.filtered.route_ids, self.view.markets)


def show_compare(page: PageContext) -> None:
    """Draw the places of the state side by side, or say how to choose them."""
    template, values = "compare_start.html", _start(page)
    if len(page.view.compare) >= LEAST_COMPARED:
        template, values = "compare.html", _compared(ComparisonPage(page.profile, page.lang, page.view))
    with st.container(key="compare_view"):
        components.show("compare_head.html", words=page.words, lang=page.lang)
        _show_picker(page)
        components.show_linked(
            template,
            "compare_body",
            lambda href: session.follow(page.profile, href),
            words=page.words,
            lang=page.lang,
            heads=[_head(page, one) for one in page.view.compare],
            **values,
        )


def _show_picker(page: PageContext) -> None:
    places = page.dataset.place
    full = len(page.view.compare) >= MOST_COMPARED
    order = (one for one in places if places[one].kind not in ABROAD and one not in page.view.compare)
    st.session_state["compare"] = None
    st.selectbox(
        page.words["compare.add"],
        sorted(order, key=lambda one: (places[one].kind not in MAPPED_KINDS, page.name(one).casefold())),
        index=None,
        key="compare",
        placeholder=page.words["compare.full"] if full else page.words["place_list.choose"],
        format_func=page.name,
        on_change=_on_pick,
        args=(page.profile,),
        disabled=full,
    )


def _on_pick(profile: CountryProfile) -> None:
    if chosen := st.session_state["compare"]:
        session.go(profile, session.current().compare_with(chosen))


def _phrases(page: PageContext, place_ids: Iterable[str]) -> str:
    dataset = page.dataset
    return i18n.and_list([phrase(dataset, dataset.place[one], page.lang) for one in place_ids], page.lang)


def _statements(page: PageContext, place_ids: Iterable[str]) -> PlaceStatements:
    places = page.dataset.place
    return {one: statements_of_place(page.dataset, page.filtered, places[one]) for one in place_ids}


def _on_map(page: PageContext, place_id: str) -> ViewState:
    return replace(page.view.select_place(place_id), view=View.MAP)


def _head(page: PageContext, place_id: str) -> Head:
    profile = page.profile
    place = profile.dataset.place[place_id]
    hidden = statements_of_place(profile.dataset, profile.unfiltered, place) and not statements_of_place(
        page.dataset, page.filtered, place
    )
    parts = [] if hidden else summary(page, profile.unfiltered, place)
    rest = tuple(one for one in page.view.compare if one != place_id)
    return Head(
        name=page.name(place_id),
        kicker=kicker(page, place),
        summary="".join(part.text for part in parts),
        href=page.href(_on_map(page, place_id)),
        remove=page.href(replace(page.view, compare=rest)),
    )


def _start(page: PageContext) -> dict[str, object]:
    """Return what is offered where there is nothing to compare yet."""
    words = page.words
    title = words.counted("compare.choose", LEAST_COMPARED - len(page.view.compare))
    if not page.view.compare:
        return {"title": title, "text": words["compare.start_text"], "offers": list(_ready(page))}
    chosen = page.view.compare[0]
    offers = list(_closest(page, chosen))
    text = (words["compare.one_text"] if offers else words["compare.one_none"]).format(place=_phrases(page, [chosen]))
    return {"title": title, "text": text, "offers": offers}


def _ready(page: PageContext) -> Iterator[Offer]:
    whole = replace(page, view=page.view.without_filters())
    for number, ids in enumerate(SUGGESTED_COMPARISONS, 1):
        if page.profile.vocabulary.places.issuperset(ids):
            n = len(shared_statements(_statements(whole, ids)))
            name = _phrases(page, ids)
            yield Offer(
                name=name[0].upper() + name[1:],
                note=page.words.counted("compare.in_common", n),
                text=page.words[f"compare.offer_{number}"],
                href=page.href(replace(page.view, compare=ids)),
            )


def _closest(page: PageContext, place_id: str) -> Iterator[Offer]:
    statements = statements_of_place(page.dataset, page.filtered, page.dataset.place[place_id])
    others = {one: ids for one, ids in page.filtered.by_place.items() if one not in {COUNTRY, place_id}}
    for other, n in most_similar(statements, others, MOST_OFFERED):
        yield Offer(
            name=page.name(other),
            note=page.words.counted("compare.in_common", n),
            text="",
            href=page.href(page.view.compare_with(other)),
        )


def _compared(page: ComparisonPage) -> dict[str, object]:
    """Return two or three places side by side, as plain values for the template."""
    words, view, places, result = page.words, page.view, page.statements, page.result
    shown = {one for ids in places.values() for one in ids}
    unfiltered = {
        one for ids in _statements(replace(page, view=view.without_filters()), view.compare).values() for one in ids
    }
    without_market = len(page.filtered.without_market & shown)
    national = len(page.filtered.of(COUNTRY))
    return {
        "blank": words["compare.filtered"] if page.is_filtered else words["compare.blank"],
        "hidden": words.counted("compare.hidden", len(unfiltered - shown)) if unfiltered - shown else "",
        "clear": page.clear_href,
        "counts": [
            (basis.value, words[f"basis_count.{basis}"], numbers)
            for basis, numbers in result.counts
            if basis is not Basis.NATIONAL or any(numbers)
        ],
        "beyond": words.counted("panel.without_market", without_market) if without_market else "",
        "tables": [_markets(page), _actors(page), _routes(page)],
        "passages": list(_passages(page)),
        "common": bool(shared_statements(places)),
        "national": words["panel.national"].format(n=national) if national and COUNTRY not in places else "",
        "national_href": page.href(replace(view, view=View.NATIONAL)),
    }


def _title(page: ComparisonPage, places: Sequence[str]) -> str:
    words = page.words
    if len(places) == len(page.statements):
        return words["compare.common"]
    return words["compare.only"].format(places=_phrases(page, places))


def _empty(page: ComparisonPage, overlaps: Sequence[Overlap]) -> str:
    """Return what a table lacks: everything, or what all of the places share."""
    if not overlaps:
        return page.words["compare.nothing"]
    return "" if len(overlaps[0].places) == len(page.statements) else page.words["compare.no_common"]


def _fields(page: ComparisonPage, row: ComparisonRow, target: ViewState, market: str = "") -> tuple[Field, ...]:
    """Return a row's cells; each leads to its place in the state ``target``."""
    words = page.words
    return tuple(
        Field(
            tuple(Mark(basis.value, words[f"basis_count.{basis}"], n) for basis, n in cell.counts),
            page.href(replace(target.select_place(place), view=View.MAP)),
            bool(market) and is_of_group(page.dataset, market, cell),
        )
        for place, cell in zip(page.statements, row.cells, strict=True)
    )


def _blocks(
    page: ComparisonPage, overlaps: Iterable[Overlap], line: Callable[[ComparisonRow], Line]
) -> tuple[Block, ...]:
    return tuple(
        Block(_title(page, one.places), tuple(map(line, one.rows)), tuple(map(line, one.area_only))) for one in overlaps
    )


def _markets(page: ComparisonPage) -> Table:
    dataset = page.dataset

    def line(row: ComparisonRow) -> Line:
        topic = dataset.topic[row.key]
        fields = _fields(page, row, replace(page.view, markets=(row.key,)), row.key)
        return Line(i18n.short_of(topic, page.lang), topic.group, "", fields)

    blocks = _blocks(page, page.result.markets, line)
    wide = any(field.wide for block in blocks for line in (*block.lines, *block.wider) for field in line.fields)
    notes = (page.words["actors.of_group"] if wide else "", _unmentioned(page))
    empty = _empty(page, page.result.markets)
    return Table(page.words["filters.markets"], page.words["compare.market"], blocks, empty, tuple(filter(None, notes)))


def _unmentioned(page: ComparisonPage) -> str:
    words, dataset = page.words, page.dataset
    names = [i18n.short_of(dataset.topic[one], page.lang) for one in page.result.unmentioned]
    text = words["compare.unmentioned_filtered"] if page.is_filtered else words["compare.unmentioned"]
    return text.format(markets=", ".join(names)) if names else ""


def _actors(page: ComparisonPage) -> Table:
    dataset = page.dataset

    def line(row: ComparisonRow) -> Line:
        fields = _fields(page, row, replace(page.view, actors=(row.key,)))
        return Line(i18n.name_of(dataset.actor[row.key], page.lang), "", "", fields)

    blocks = _blocks(page, page.result.actors, line)
    return Table(page.words["filters.actors"], page.words["actors.actor"], blocks, _empty(page, page.result.actors))


def _routes(page: ComparisonPage) -> Table:
    dataset = page.dataset

    def line(row: ComparisonRow) -> Line:
        href = page.href(replace(page.view.select_route(row.key), view=View.MAP))
        name = route_name(dataset, dataset.route[row.key], page.lang)
        return Line(name, "", href, _fields(page, row, page.view))

    blocks = _blocks(page, page.result.routes, line)
    return Table(page.words["view.routes"], page.words["compare.route"], blocks, _empty(page, page.result.routes))


def _passages(page: ComparisonPage) -> Iterator[Passage]:
    """Yield the statements, those in common first, as cards numbered through the view."""
    first = 1
    for overlap in page.result.statements:
        place, ids = overlap.places[0], [row.key for row in (*overlap.rows, *overlap.area_only)]
        own = {one: page.statements[place][one] for one in ids}
        grounds = {one: tuple(_grounds(page, one, overlap.places)) for one in ids} if len(overlap.places) > 1 else {}
        sections = build_sections(page, place, dict.fromkeys(own) if grounds else own, page.view.markets, first)
        count = page.words.counted("count.statements", len(ids))
        yield Passage(_title(page, overlap.places), count, sections, grounds)
        first += len(ids)


def _grounds(page: ComparisonPage, statement_id: str, places: Iterable[str]) -> Iterator[Ground]:
    for place in places:
        basis = page.statements[place][statement_id]
        yield Ground(page.name(place), basis.value, badge(page, statement_id, place, basis))
