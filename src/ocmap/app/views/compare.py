"""The view that puts two or three places side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.comparison import READY, Comparison, Found, Overlap, Row, closest, compare, of_group, shared
from ocmap.analysis.filters import COUNTRY, REACHED, Filters
from ocmap.analysis.summaries import Reader, badge, found_at, kicker, phrase, route_name, summary
from ocmap.analysis.view_state import MOST_COMPARED, View, ViewState
from ocmap.app import session
from ocmap.dataset.schema import Basis, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.page_context import Scene
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
class Desk:
    """What the view is drawn from: the scene, the statements found for each place, and what comes of comparing them."""

    scene: Scene
    found: Found
    result: Comparison

    @property
    def reader(self) -> Reader:
        """Return whom the texts are written for."""
        return _reader(self.scene)

    @property
    def filtered(self) -> bool:
        """Return whether a filter is set, so that a blank may be its doing."""
        return Filters.of(self.scene.view) != Filters()


def show_compare(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the places of the state side by side, or say how to choose them."""
    scene = Scene(app, view, lang, app.apply_filters(Filters.of(view)))
    template, values = "compare_start.html", _start(scene)
    if len(view.compare) >= LEAST_COMPARED:
        template, values = "compare.html", _compared(scene)
    with st.container(key="compare_view"):
        html.show("compare_head.html", words=scene.words, lang=lang)
        _show_picker(scene)
        html.show_linked(
            template,
            "compare_body",
            lambda href: session.follow(app, href),
            words=scene.words,
            lang=lang,
            heads=[_head(scene, one) for one in view.compare],
            **values,
        )


def _show_picker(scene: Scene) -> None:
    places = scene.app.profile.dataset.place
    full = len(scene.view.compare) >= MOST_COMPARED
    order = (one for one in places if places[one].kind not in ABROAD and one not in scene.view.compare)
    st.session_state["compare"] = None
    st.selectbox(
        scene.words["compare.add"],
        sorted(order, key=lambda one: (places[one].kind not in REACHED, _name(scene, one).casefold())),
        index=None,
        key="compare",
        placeholder=scene.words["compare.full"] if full else scene.words["place_list.choose"],
        format_func=lambda one: _name(scene, one),
        on_change=_on_pick,
        args=(scene.app,),
        disabled=full,
    )


def _on_pick(app: App) -> None:
    if chosen := st.session_state["compare"]:
        session.go(app, session.current().compare_with(chosen))


def _reader(scene: Scene) -> Reader:
    return Reader(scene.app.profile.dataset, scene.app.profile.corridors_of, scene.lang)


def _name(scene: Scene, place_id: str) -> str:
    return i18n.name_of(scene.app.profile.dataset.place[place_id], scene.lang)


def _phrases(scene: Scene, place_ids: Iterable[str]) -> str:
    dataset = scene.app.profile.dataset
    return i18n.and_list([phrase(dataset, dataset.place[one], scene.lang) for one in place_ids], scene.lang)


def _found(scene: Scene, place_ids: Iterable[str]) -> Found:
    dataset = scene.app.profile.dataset
    return {one: found_at(scene.app.profile.dataset, scene.filtered, dataset.place[one]) for one in place_ids}


def _unfiltered(scene: Scene) -> Scene:
    return replace(scene, filtered=scene.app.profile.unfiltered)


def _on_map(scene: Scene, place_id: str) -> ViewState:
    return replace(scene.view.select_place(place_id), view=View.MAP)


def _head(scene: Scene, place_id: str) -> Head:
    profile = scene.app.profile
    place = profile.dataset.place[place_id]
    hidden = found_at(profile.dataset, profile.unfiltered, place) and not found_at(
        scene.app.profile.dataset, scene.filtered, place
    )
    parts = [] if hidden else summary(_reader(scene), profile.unfiltered, place)
    rest = tuple(one for one in scene.view.compare if one != place_id)
    return Head(
        name=_name(scene, place_id),
        kicker=kicker(profile.dataset, place, profile.corridors_of, scene.lang),
        summary="".join(part.text for part in parts),
        href=session.href(scene.app, _on_map(scene, place_id)),
        remove=session.href(scene.app, replace(scene.view, compare=rest)),
    )


def _start(scene: Scene) -> dict[str, object]:
    """Return what is offered where there is nothing to compare yet."""
    words = scene.words
    title = words.counted("compare.choose", LEAST_COMPARED - len(scene.view.compare))
    if not scene.view.compare:
        return {"title": title, "text": words["compare.start_text"], "offers": list(_ready(scene))}
    chosen = scene.view.compare[0]
    offers = list(_closest(scene, chosen))
    text = (words["compare.one_text"] if offers else words["compare.one_none"]).format(place=_phrases(scene, [chosen]))
    return {"title": title, "text": text, "offers": offers}


def _ready(scene: Scene) -> Iterator[Offer]:
    whole = _unfiltered(scene)
    for number, ids in enumerate(READY, 1):
        if scene.app.known.places.issuperset(ids):
            n = len(shared(_found(whole, ids)))
            name = _phrases(scene, ids)
            yield Offer(
                name=name[0].upper() + name[1:],
                note=scene.words.counted("compare.in_common", n),
                text=scene.words[f"compare.offer_{number}"],
                href=session.href(scene.app, replace(scene.view, compare=ids)),
            )


def _closest(scene: Scene, place_id: str) -> Iterator[Offer]:
    own = found_at(scene.app.profile.dataset, scene.filtered, scene.app.profile.dataset.place[place_id])
    others = {one: ids for one, ids in scene.filtered.by_place.items() if one not in {COUNTRY, place_id}}
    for other, n in closest(own, others, MOST_OFFERED):
        yield Offer(
            name=_name(scene, other),
            note=scene.words.counted("compare.in_common", n),
            text="",
            href=session.href(scene.app, scene.view.compare_with(other)),
        )


def _compared(scene: Scene) -> dict[str, object]:
    """Return two or three places side by side, as plain values for the template."""
    profile, words, view = scene.app.profile, scene.words, scene.view
    found = _found(scene, view.compare)
    result = compare(profile.dataset, profile.corridors_of, found, scene.filtered.shown_routes, view.markets)
    desk = Desk(scene, found, result)
    said = {one for ids in found.values() for one in ids}
    every = {one for ids in _found(_unfiltered(scene), view.compare).values() for one in ids}
    beyond = len(scene.filtered.without_market & said)
    national = len(scene.filtered.of(COUNTRY))
    return {
        "blank": words["compare.filtered"] if desk.filtered else words["compare.blank"],
        "hidden": words.counted("compare.hidden", len(every - said)) if every - said else "",
        "clear": session.href(scene.app, replace(view, markets=(), actors=(), basis=tuple(Basis))),
        "counts": [
            (basis.value, words[f"basis_count.{basis}"], numbers)
            for basis, numbers in result.counts
            if basis is not Basis.NATIONAL or any(numbers)
        ],
        "beyond": words.counted("panel.without_market", beyond) if beyond else "",
        "tables": [_markets(desk), _actors(desk), _routes(desk)],
        "passages": list(_passages(desk)),
        "common": bool(shared(found)),
        "national": words["panel.national"].format(n=national) if national and COUNTRY not in found else "",
        "national_href": session.href(scene.app, replace(view, view=View.NATIONAL)),
    }


def _title(desk: Desk, places: Sequence[str]) -> str:
    words = desk.scene.words
    if len(places) == len(desk.found):
        return words["compare.common"]
    return words["compare.only"].format(places=_phrases(desk.scene, places))


def _empty(desk: Desk, overlaps: Sequence[Overlap]) -> str:
    """Return what a table lacks: everything, or what all of the places share."""
    if not overlaps:
        return desk.scene.words["compare.nothing"]
    return "" if len(overlaps[0].places) == len(desk.found) else desk.scene.words["compare.no_common"]


def _fields(desk: Desk, row: Row, target: ViewState, market: str = "") -> tuple[Field, ...]:
    """Return a row's cells; each leads to its place in the state ``target``."""
    app, words = desk.scene.app, desk.scene.words
    return tuple(
        Field(
            tuple(Mark(basis.value, words[f"basis_count.{basis}"], n) for basis, n in cell.counts),
            session.href(app, replace(target.select_place(place), view=View.MAP)),
            bool(market) and of_group(app.profile.dataset, market, cell),
        )
        for place, cell in zip(desk.found, row.cells, strict=True)
    )


def _blocks(desk: Desk, overlaps: Iterable[Overlap], line: Callable[[Row], Line]) -> tuple[Block, ...]:
    return tuple(
        Block(_title(desk, one.places), tuple(map(line, one.rows)), tuple(map(line, one.wider))) for one in overlaps
    )


def _markets(desk: Desk) -> Table:
    scene, dataset = desk.scene, desk.scene.app.profile.dataset

    def line(row: Row) -> Line:
        topic = dataset.topic[row.key]
        fields = _fields(desk, row, replace(scene.view, markets=(row.key,)), row.key)
        return Line(i18n.short_of(topic, scene.lang), topic.group, "", fields)

    blocks = _blocks(desk, desk.result.markets, line)
    wide = any(field.wide for block in blocks for line in (*block.lines, *block.wider) for field in line.fields)
    notes = (scene.words["actors.of_group"] if wide else "", _unmentioned(desk))
    empty = _empty(desk, desk.result.markets)
    return Table(
        scene.words["filters.markets"], scene.words["compare.market"], blocks, empty, tuple(filter(None, notes))
    )


def _unmentioned(desk: Desk) -> str:
    words, dataset = desk.scene.words, desk.scene.app.profile.dataset
    names = [i18n.short_of(dataset.topic[one], desk.scene.lang) for one in desk.result.unmentioned]
    text = words["compare.unmentioned_filtered"] if desk.filtered else words["compare.unmentioned"]
    return text.format(markets=", ".join(names)) if names else ""


def _actors(desk: Desk) -> Table:
    scene, dataset = desk.scene, desk.scene.app.profile.dataset

    def line(row: Row) -> Line:
        fields = _fields(desk, row, replace(scene.view, actors=(row.key,)))
        return Line(i18n.name_of(dataset.actor[row.key], scene.lang), "", "", fields)

    blocks = _blocks(desk, desk.result.actors, line)
    return Table(scene.words["filters.actors"], scene.words["actors.actor"], blocks, _empty(desk, desk.result.actors))


def _routes(desk: Desk) -> Table:
    scene, dataset = desk.scene, desk.scene.app.profile.dataset

    def line(row: Row) -> Line:
        href = session.href(scene.app, replace(scene.view.select_route(row.key), view=View.MAP))
        name = route_name(dataset, dataset.route[row.key], scene.lang)
        return Line(name, "", href, _fields(desk, row, scene.view))

    blocks = _blocks(desk, desk.result.routes, line)
    return Table(scene.words["view.routes"], scene.words["compare.route"], blocks, _empty(desk, desk.result.routes))


def _passages(desk: Desk) -> Iterator[Passage]:
    """Yield the statements, those in common first, as cards numbered through the view."""
    first = 1
    for overlap in desk.result.statements:
        place, ids = overlap.places[0], [row.key for row in (*overlap.rows, *overlap.wider)]
        own = {one: desk.found[place][one] for one in ids}
        sections = build_sections(desk.reader, place, own, desk.scene.view.markets, first)
        grounds = {one: tuple(_grounds(desk, one, overlap.places)) for one in ids} if len(overlap.places) > 1 else {}
        if grounds:
            sections = tuple(
                replace(section, cards=tuple(replace(card, badge="", basis="") for card in section.cards))
                for section in sections
            )
        count = desk.scene.words.counted("count.statements", len(ids))
        yield Passage(_title(desk, overlap.places), count, sections, grounds)
        first += len(ids)


def _grounds(desk: Desk, statement_id: str, places: Iterable[str]) -> Iterator[Ground]:
    for place in places:
        basis = desk.found[place][statement_id]
        yield Ground(_name(desk.scene, place), basis.value, badge(desk.reader, statement_id, place, basis))
