"""The panel of what is selected: a region, a corridor, another place, a route, or how to start."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from ocmap import labels
from ocmap.cards import Section, Spot, build_card, build_sections
from ocmap.model import Basis, Coding, Place, PlaceKind
from ocmap.narrative import (
    Part,
    Reader,
    kicker,
    route_course,
    route_name,
    routes_near,
    statements_at,
    summary,
)
from ocmap.query import COUNTRY, RANK
from ocmap.ui import html, state
from ocmap.ui.cite import show_share
from ocmap.ui.sidebar import clear_filters

if TYPE_CHECKING:
    from ocmap.ui.stage import Scene

EVIDENCE_KINDS = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR})
MOST_READ = 6


def show_panel(scene: "Scene") -> None:
    """Draw the panel of the selection, or the invitation where there is none."""
    dataset = scene.app.world.dataset
    if scene.view.route:
        _show_route(scene, scene.view.route)
    elif scene.view.place:
        _show_place(scene, dataset.place[scene.view.place])
    else:
        _show_start(scene)


def _found(scene: "Scene", place: Place) -> Mapping[str, Basis]:
    """Return the statements of a place that pass the filters, with their basis."""
    if place.kind in EVIDENCE_KINDS or place.place_id == COUNTRY:
        return scene.reading.of(place.place_id)
    shown = {one for found in scene.reading.reach.values() for one in found}
    return {one: Basis.NAMED for one in statements_at(scene.app.world.dataset, place) if one in shown}


def _hidden(scene: "Scene", place: Place, shown: int) -> str:
    """Return how many of a place's statements the filters hide, or nothing."""
    world = scene.app.world
    if place.kind in EVIDENCE_KINDS or place.place_id == COUNTRY:
        total = len(world.everything.of(place.place_id))
    else:
        total = len(statements_at(world.dataset, place))
    if total == shown:
        return ""
    if not shown and total > 1:
        return scene.words.hidden_all.format(n=total)
    return labels.counted(scene.words, "hidden", total - shown)


def _show_place(scene: "Scene", place: Place) -> None:
    world, lang = scene.app.world, scene.lang
    reader = Reader(world.dataset, world.touching, lang)
    found = _found(scene, place)
    near = {one: basis for one, basis in found.items() if basis not in {Basis.AREA, Basis.NATIONAL}}
    wide = {one: basis for one, basis in found.items() if basis is Basis.AREA}
    sections = build_sections(reader, place.place_id, near, scene.view.markets)
    first = 1 + sum(len(section.cards) for section in sections)
    wider = build_sections(reader, place.place_id, wide, scene.view.markets, first)
    hidden = _hidden(scene, place, len(found))
    html.show(
        "place.html",
        words=scene.words,
        lang=lang,
        kicker=kicker(world.dataset, place, world.touching, lang),
        name=_title(scene, place),
        code=_code(scene, place),
        summary=_notes(summary(reader, world.everything, place), (*sections, *wider)) if found or not hidden else [],
        ladder=_ladder(scene, place) if place.kind in EVIDENCE_KINDS else [],
        hidden=hidden,
        sections=sections,
        wider=wider,
        beyond=_beyond(scene, found),
        national=_national(scene, place),
        note=place.note if place.kind is PlaceKind.MACRO_REGION and lang == "en" else "",
    )
    _show_close(scene)
    with st.container(key="panel_actions"):
        if hidden:
            st.button(scene.words.clear, key="clear_panel", on_click=clear_filters, args=(scene.app,))
        _show_routes(scene, routes_near(world.dataset, place, world.touching))
        _show_related(scene, place)
        show_share(scene, _title(scene, place), lambda: _to_csv(scene, found), place.place_id)


def _show_close(scene: "Scene") -> None:
    """Draw the button that closes the panel; the page's CSS puts it at the top."""
    st.button(scene.words.close, key="close_panel", type="tertiary", on_click=_close, args=(scene,))


def _close(scene: "Scene") -> None:
    state.go(scene.app, state.current().select_place(None))


def _title(scene: "Scene", place: Place) -> str:
    return labels.name_of(place, scene.lang)


def _code(scene: "Scene", place: Place) -> str:
    if place.kind is not PlaceKind.REGION:
        return ""
    code = scene.words.region_code.format(iso=place.place_id, ubigeo=place.ubigeo)
    area = scene.words.area_is.format(area=labels.number(place.area_km2 or 0, scene.lang))
    return f"{code} · {area}"


def _notes(parts: Sequence[Part], sections: Sequence[Section]) -> list[tuple[str, str]]:
    """Return the summary's parts, each with the numbers of the cards it rests on: ``1–3``."""
    numbers = {card.statement_id: card.number for section in sections for card in section.cards}
    return [(part.text, _ranges(sorted(numbers[one] for one in part.statements if one in numbers))) for part in parts]


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _ladder(scene: "Scene", place: Place) -> list[tuple[str, int, str]]:
    """Return each basis with its count and its words; zeroes are shown."""
    national = len(scene.reading.of(COUNTRY))
    return [
        (
            basis.value,
            national if basis is Basis.NATIONAL else scene.reading.count(place.place_id, basis),
            labels.word(scene.words, f"ladder_{basis}"),
        )
        for basis in Basis
    ]


def _beyond(scene: "Scene", found: Mapping[str, Basis]) -> str:
    """Return how many of the statements shown speak of no market, or nothing."""
    n = len(scene.reading.beyond.intersection(found))
    return labels.counted(scene.words, "beyond", n) if n else ""


def _national(scene: "Scene", place: Place) -> str:
    n = len(scene.reading.of(COUNTRY))
    return scene.words.national_said.format(n=n) if n and place.kind in EVIDENCE_KINDS else ""


def _show_routes(scene: "Scene", route_ids: Sequence[str]) -> None:
    """Offer the routes that touch the place and pass the filters."""
    shown = [one for one in route_ids if one in scene.reading.routes]
    if shown:
        dataset = scene.app.world.dataset
        _show_links(
            scene,
            "routes",
            scene.words.routes_touch,
            shown,
            lambda one: route_name(dataset, dataset.route[one], scene.lang),
        )


def _show_related(scene: "Scene", place: Place) -> None:
    """Offer the places beside or inside this one."""
    world = scene.app.world
    if place.kind is PlaceKind.REGION:
        title, ids = scene.words.neighbours, world.neighbours.get(place.place_id, ())
    elif place.kind is PlaceKind.CORRIDOR:
        title, ids = scene.words.regions_of, tuple(r for r, own in world.touching.items() if place.place_id in own)
    else:
        title = scene.words.members_of
        ids = (place.parent,) if place.kind is PlaceKind.SITE and place.parent else place.members
    if ids:
        _show_links(scene, "related", title, ids, lambda one: labels.name_of(world.dataset.place[one], scene.lang))


def _show_links(scene: "Scene", key: str, title: str, ids: Sequence[str], name: Callable[[str], str]) -> None:
    """Draw ids as chips that lead to their panels."""
    key = f"links_{key}"
    st.session_state[key] = None
    st.pills(title, list(ids), key=key, format_func=name, on_change=_follow, args=(scene, key))


def _follow(scene: "Scene", key: str) -> None:
    chosen = st.session_state[key]
    view = state.current()
    if chosen:
        to_route = chosen in scene.app.known.routes
        state.go(scene.app, view.select_route(chosen) if to_route else view.select_place(chosen))


def _show_route(scene: "Scene", route_id: str) -> None:
    world, lang, words = scene.app.world, scene.lang, scene.words
    dataset = world.dataset
    route = dataset.route[route_id]
    points = [
        (labels.word(words, f"role_{point.role}"), labels.name_of(dataset.place[point.place_id], lang))
        for point in dataset.points_of[route_id]
    ]
    card = build_card(
        Reader(dataset, world.touching, lang), route.statement_id, Spot(COUNTRY, Basis.NATIONAL, route.market, 1)
    )
    market = labels.short_of(dataset.topic[route.market], lang)
    html.show(
        "route.html",
        words=words,
        lang=lang,
        kicker=words.kicker_route.format(market=market),
        name=route_name(dataset, route, lang),
        mode=labels.word(words, f"mode_{route.mode}"),
        hedge=(route.hedge.value, labels.word(words, f"hedge_{route.hedge}")),
        points=points,
        drawn=words.route_ends if route_id in world.drawn else words.route_no_line,
        card=replace(card, badge="", basis=""),
    )
    _show_close(scene)
    with st.container(key="panel_actions"):
        ids = [point.place_id for point in dataset.points_of[route_id]]
        _show_links(scene, "related", words.route_steps, ids, lambda one: labels.name_of(dataset.place[one], lang))
        found = {route.statement_id: Basis.NAMED}
        title = f"{market}: {route_course(dataset, route, lang)}"
        show_share(scene, title, lambda: _to_csv(scene, found), route_id)


def _show_start(scene: "Scene") -> None:
    world, lang = scene.app.world, scene.lang
    dataset = world.dataset
    read = sum(sentence.coding is not Coding.PENDING for sentence in dataset.sentences)
    html.show(
        "start.html",
        words=scene.words,
        lang=lang,
        read=read,
        total=len(dataset.sentences),
        statements=len(dataset.statements),
        national=len(world.everything.of(COUNTRY)),
    )
    with st.container(key="most"):
        for place_id, n in _most_read(scene):
            place = dataset.place[place_id]
            name = labels.name_of(place, lang)
            st.button(
                f"{name} :gray[{n}]", key=f"most_{place_id}", type="tertiary", on_click=_open, args=(scene, place_id)
            )
    html.show("reading.html", words=scene.words, lang=lang)
    with st.container(key="panel_actions"):
        show_share(scene, scene.words.map_title, lambda: _to_csv(scene, _everything(scene)), "peru")


def _everything(scene: "Scene") -> Mapping[str, Basis]:
    """Return every statement that passes the filters, with the strongest basis on which any place shows it."""
    found: dict[str, Basis] = {}
    for statements in scene.reading.reach.values():
        for one, basis in statements.items():
            found[one] = min(found.get(one, basis), basis, key=RANK.__getitem__)
    return dict(sorted(found.items()))


def _open(scene: "Scene", place_id: str) -> None:
    state.go(scene.app, state.current().select_place(place_id))


def _most_read(scene: "Scene") -> list[tuple[str, int]]:
    """Return the regions and corridors of which the profile says most under the filters."""
    kinds = scene.app.world.dataset.place
    counts = [
        (one, n)
        for one in scene.reading.reach
        if one != COUNTRY and kinds[one].kind in EVIDENCE_KINDS and (n := scene.reading.tint(one))
    ]
    return sorted(counts, key=lambda item: (-item[1], labels.name_of(kinds[item[0]], scene.lang)))[:MOST_READ]


def _to_csv(scene: "Scene", found: Mapping[str, Basis]) -> str:
    """Return statements as CSV, with what a reader needs to cite them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["statement_id", "sentence_id", "basis", "hedge", "markets", "actors", "text_en", "text_es"])
    for statement_id, basis in found.items():
        one = scene.app.world.dataset.statement[statement_id]
        writer.writerow(
            [
                statement_id,
                one.sentence_id,
                basis.value,
                one.hedge.value,
                ";".join(one.markets),
                ";".join(one.actors),
                one.text_en,
                one.text_es,
            ]
        )
    return out.getvalue()
