"""The panel of what is selected: a region, a corridor, another place, a route, or how to start."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, REACHED
from ocmap.analysis.summaries import (
    Part,
    Reader,
    codes,
    found_at,
    kicker,
    page_title,
    phrase,
    route_name,
    routes_near,
    statements_at,
    summary,
)
from ocmap.analysis.view_state import TOUR_STEPS
from ocmap.app import session
from ocmap.app.parts import part
from ocmap.app.share import show_share
from ocmap.app.sidebar import cleared
from ocmap.dataset.schema import Basis, Place, PlaceKind
from ocmap.web import html
from ocmap.web.onboarding import begin_tour, build_questions, build_step
from ocmap.web.page_context import Scene
from ocmap.web.statement_cards import Section, Spot, build_card, build_sections, build_whole_sections, runs

MOST_READ = 6
"""Places in the list of those of which most is said; reading.js has the same number."""
SHARE = "#share"  # ends the link that opens the share panel
SHARED = "ocmap_share"


class Link(NamedTuple):
    """A link to another state of the page."""

    name: str
    href: str
    route: str = ""


class Mention(NamedTuple):
    """A place of which something is said, how much, and the way there."""

    place: str
    name: str
    href: str
    n: int


class Links(NamedTuple):
    """Links under one heading."""

    title: str
    links: tuple[Link, ...]


def show_panel(scene: Scene, panels: str) -> None:
    """Draw the panel of the selection, or the invitation where there is none.

    All of it is one element, so that a click costs one message to the browser. ``panels`` is the name of the file
    from which the browser may answer a click itself, or empty where it cannot; once it has said that the file is
    there, no more HTML is sent.
    """
    fetched = bool(panels) and st.session_state.get(html.HAVE) == panels
    text = None if fetched else html.render("panel.html", **describe(scene))
    data = {**part(scene, "panel", text), "panels": panels}
    html.mount("panel", lambda href: _go(scene, href), data)
    if st.session_state.pop(SHARED, False):
        show_share(scene)


def describe(scene: Scene, *, whole: bool = False) -> dict[str, object]:
    """Return what ``panel.html`` writes.

    ``whole`` adds, hidden, what filters could bring up besides, so that the browser can apply them (``reading.js``).
    """
    dataset = scene.app.profile.dataset
    if scene.view.route:
        template, values = "route.html", describe_route(scene, scene.view.route)
    elif scene.view.place:
        template, values = "place.html", _place(scene, dataset.place[scene.view.place], whole=whole)
    else:
        template, values = "start.html", _start(scene, whole=whole)
    return {
        "body": template,
        "title": page_title(dataset, scene.view, scene.lang),
        "words": scene.words,
        "lang": scene.lang,
        "whole": whole,
        "share_href": session.href(scene.app, scene.view) + SHARE,
        "close_href": session.href(scene.app, scene.view.select_place(None)),
        **_tour(scene),
        **values,
    }


def _tour(scene: Scene) -> dict[str, object]:
    """Return the step of the tour that stands above the panel, if there is one, and where it leads."""
    step = build_step(scene.words, scene.view)
    if step is None:
        return {"step": None}
    return {
        "step": step,
        "back_href": session.href(scene.app, step.back) if step.back else "",
        "forward_href": session.href(scene.app, step.forward) if step.forward else "",
        "leave_href": session.href(scene.app, step.leave),
    }


def _go(scene: Scene, href: str) -> None:
    if href.endswith(SHARE):
        st.session_state[SHARED] = True
    else:
        session.follow(scene.app, href)


def _hidden(scene: Scene, place: Place, shown: int) -> str:
    """Return how many of a place's statements the filters hide, or nothing."""
    profile = scene.app.profile
    if place.kind in REACHED or place.place_id == COUNTRY:
        total = len(profile.unfiltered.of(place.place_id))
    else:
        total = len(statements_at(profile.dataset, place))
    if total == shown:
        return ""
    if not shown and total > 1:
        return scene.words["panel.hidden_all"].format(n=total)
    return scene.words.counted("panel.hidden", total - shown)


def _place(scene: Scene, place: Place, *, whole: bool) -> dict[str, object]:
    profile, lang = scene.app.profile, scene.lang
    reader = Reader(profile.dataset, profile.corridors_of, lang)
    found = found_at(profile.dataset, scene.filtered, place)
    near = {one: basis for one, basis in found.items() if basis not in {Basis.AREA, Basis.NATIONAL}}
    wide = {one: basis for one, basis in found.items() if basis is Basis.AREA}
    build = build_whole_sections if whole else partial(build_sections, chosen=scene.view.markets)
    sections = build(reader, place.place_id, near)
    first = 1 + sum(section.seen for section in sections)
    wider = build(reader, place.place_id, wide, first=first)
    hidden = _hidden(scene, place, len(found))
    return {
        "id": place.place_id,
        "kicker": kicker(profile.dataset, place, profile.corridors_of, lang),
        "name": i18n.name_of(place, scene.lang),
        "opened": scene.words.counted("panel.opened", len(found)),
        "code": codes(place, lang),
        "summary": _notes(summary(reader, profile.unfiltered, place), (*sections, *wider))
        if found or not hidden
        else [],
        "ladder": _ladder(scene, place) if place.kind in REACHED else [],
        "hidden": hidden,
        "clear": session.href(scene.app, cleared(scene.view)),
        "sections": sections,
        "wider": wider,
        "beyond": _beyond(scene, found),
        "national": _national(scene, place),
        "note": place.note if place.kind is PlaceKind.MACRO_REGION and lang == "en" else "",
        "links": [one for one in (_routes(scene, place), _related(scene, place), _compare(scene, place)) if one.links],
    }


def _notes(parts: Sequence[Part], sections: Sequence[Section]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the summary's parts, each with the numbers of the cards it rests on, ``1–3``, and their ids."""
    cards = (card for section in sections for card in section.cards if not card.hidden)
    numbers = {card.statement_id: card.number for card in cards}
    return [
        (part.text, _ranges(numbers[one] for one in part.statements if one in numbers), part.statements)
        for part in parts
    ]


def _ranges(numbers: Iterable[int]) -> str:
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs(numbers))


def _ladder(scene: Scene, place: Place) -> list[tuple[str, int, str]]:
    """Return each basis with its count and its words; zeroes are shown."""
    national = len(scene.filtered.of(COUNTRY))
    return [
        (
            basis.value,
            national if basis is Basis.NATIONAL else scene.filtered.count(place.place_id, basis),
            scene.words[f"basis_count.{basis}"],
        )
        for basis in Basis
    ]


def _beyond(scene: Scene, found: Mapping[str, Basis]) -> str:
    """Return how many of the statements shown speak of no market, or nothing."""
    n = len(scene.filtered.without_market.intersection(found))
    return scene.words.counted("panel.without_market", n) if n else ""


def _national(scene: Scene, place: Place) -> str:
    n = len(scene.filtered.of(COUNTRY))
    return scene.words["panel.national"].format(n=n) if n and place.kind in REACHED else ""


def _routes(scene: Scene, place: Place) -> Links:
    """Return the routes that touch the place and pass the filters."""
    dataset = scene.app.profile.dataset
    shown = [
        one for one in routes_near(dataset, place, scene.app.profile.corridors_of) if one in scene.filtered.shown_routes
    ]
    links = (
        Link(
            route_name(dataset, dataset.route[one], scene.lang),
            session.href(scene.app, scene.view.select_route(one)),
            one,
        )
        for one in shown
    )
    return Links(scene.words["panel.routes"], tuple(links))


def _related(scene: Scene, place: Place) -> Links:
    """Return the places beside or inside this one."""
    profile = scene.app.profile
    if place.kind is PlaceKind.REGION:
        return Links(scene.words["panel.neighbours"], _places(scene, profile.neighbours.get(place.place_id, ())))
    if place.kind is PlaceKind.CORRIDOR:
        regions = (region for region, own in profile.corridors_of.items() if place.place_id in own)
        return Links(scene.words["panel.regions"], _places(scene, regions))
    ids = (place.parent,) if place.kind is PlaceKind.SITE and place.parent else place.members
    return Links(scene.words["panel.members"], _places(scene, ids))


def _compare(scene: Scene, place: Place) -> Links:
    """Return the way to the view that puts a region or corridor beside others: those chosen there, if any."""
    if place.kind not in REACHED:
        return Links(scene.words["compare.side_by_side"], ())
    dataset, view = scene.app.profile.dataset, scene.view.compare_with(place.place_id)
    others = [phrase(dataset, dataset.place[one], scene.lang) for one in view.compare if one != place.place_id]
    name = scene.words["compare.with"].format(places=i18n.and_list(others, scene.lang))
    link = Link(name if others else scene.words["compare.with_other"], session.href(scene.app, view))
    return Links(scene.words["compare.side_by_side"], (link,))


def _places(scene: Scene, ids: Iterable[str]) -> tuple[Link, ...]:
    dataset = scene.app.profile.dataset
    return tuple(
        Link(i18n.name_of(dataset.place[one], scene.lang), session.href(scene.app, scene.view.select_place(one)))
        for one in ids
    )


def describe_route(scene: Scene, route_id: str) -> dict[str, object]:
    """Return what is told of a route, by the names that a template has for it."""
    profile, lang, words = scene.app.profile, scene.lang, scene.words
    dataset = profile.dataset
    route = dataset.route[route_id]
    points = [
        (words[f"route_role.{point.role}"], i18n.name_of(dataset.place[point.place_id], lang))
        for point in dataset.points_of[route_id]
    ]
    card = build_card(
        Reader(dataset, profile.corridors_of, lang), route.statement_id, Spot(COUNTRY, Basis.NATIONAL, route.market, 1)
    )
    market = i18n.short_of(dataset.topic[route.market], lang)
    return {
        "kicker": words["kicker.route"].format(market=market),
        "name": route_name(dataset, route, lang),
        "mode": words[f"route_mode.{route.mode}"],
        "hedge": (route.hedge.value, words[f"hedge.{route.hedge}"]),
        "points": points,
        "drawn": words["panel.route_ends"] if route_id in profile.routes_with_line else words["panel.route_no_line"],
        "card": replace(card, badge="", basis=""),
        "links": [
            Links(words["panel.route_steps"], _places(scene, (point.place_id for point in dataset.points_of[route_id])))
        ],
    }


def _start(scene: Scene, *, whole: bool) -> dict[str, object]:
    profile = scene.app.profile
    places = profile.dataset.place
    return {
        "read": profile.dataset.sentences_read,
        "total": len(profile.dataset.sentences),
        "statements": len(profile.dataset.statements),
        "national": len(profile.unfiltered.of(COUNTRY)),
        "tour": None
        if scene.view.tour or scene.view.embed
        else Link(scene.words["tour.start"].format(n=TOUR_STEPS), session.href(scene.app, begin_tour(scene.view))),
        "questions": [
            Link(one.text, session.href(scene.app, one.answer)) for one in build_questions(scene.words, scene.view)
        ],
        "shown": MOST_READ,
        "most": [
            Mention(
                one, i18n.name_of(places[one], scene.lang), session.href(scene.app, scene.view.select_place(one)), n
            )
            for one, n in _most_read(scene, whole=whole)
        ],
    }


def _most_read(scene: Scene, *, whole: bool) -> list[tuple[str, int]]:
    """Return the regions and corridors that the profile names or locates something in, the most first.

    Where not the ``whole`` list is wanted, it is of no use beyond the first `MOST_READ`.
    """
    places, counts = scene.app.profile.dataset.place, scene.filtered.ranked_places
    if not whole:
        least = min((n for _, n in counts[:MOST_READ]), default=0)
        counts = tuple(takewhile(lambda item: item[1] >= least, counts))
    ranked = sorted(counts, key=lambda item: (-item[1], i18n.name_of(places[item[0]], scene.lang)))
    return ranked if whole else ranked[:MOST_READ]
