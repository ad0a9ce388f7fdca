"""The panel of what is selected: a region, a corridor, another place, a route, or how to start."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.summaries import (
    TextPart,
    kicker,
    page_title,
    phrase,
    region_codes,
    route_name,
    routes_near,
    statements_naming,
    statements_of_place,
    summary,
)
from ocmap.analysis.view_state import TOUR_STEPS
from ocmap.dataset.schema import COUNTRY, MAPPED_KINDS, Basis, Place, PlaceKind
from ocmap.web.onboarding import begin_tour, build_questions, build_step
from ocmap.web.page_context import PageContext
from ocmap.web.statement_cards import CardContext, Section, build_card, build_sections, build_whole_sections, runs

MOST_READ = 6
"""Places in the list of those of which most is said; evidence.js has the same number."""
SHARE = "#share"  # ends the link that opens the share panel


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


def describe(page: PageContext, *, whole: bool = False) -> dict[str, object]:
    """Return what ``panel.html`` writes.

    ``whole`` adds, hidden, what filters could bring up besides, so that the browser can apply them (``evidence.js``).
    """
    dataset = page.dataset
    if page.view.route:
        template, values = "route.html", describe_route(page, page.view.route)
    elif page.view.place:
        template, values = "place.html", _describe_place(page, dataset.place[page.view.place], whole=whole)
    else:
        template, values = "start.html", _start(page, whole=whole)
    return {
        "body": template,
        "title": page_title(dataset, page.view, page.lang),
        "whole": whole,
        "share_href": page.href(page.view) + SHARE,
        "close_href": page.href(page.view.select_place(None)),
        **_tour(page),
        **values,
    }


def _tour(page: PageContext) -> dict[str, object]:
    """Return the step of the tour that stands above the panel, if there is one, and where it leads."""
    step = build_step(page.words, page.view)
    if step is None:
        return {"step": None}
    return {
        "step": step,
        "back_href": page.href(step.back) if step.back else "",
        "forward_href": page.href(step.forward) if step.forward else "",
        "leave_href": page.href(step.leave),
    }


def _hidden(page: PageContext, place: Place, shown: int) -> str:
    """Return how many of a place's statements the filters hide, or nothing."""
    profile = page.profile
    if place.kind in MAPPED_KINDS or place.place_id == COUNTRY:
        total = len(profile.unfiltered.of(place.place_id))
    else:
        total = len(statements_naming(profile.dataset, place))
    if total == shown:
        return ""
    if not shown and total > 1:
        return page.words["panel.hidden_all"].format(n=total)
    return page.words.counted("panel.hidden", total - shown)


def _describe_place(page: PageContext, place: Place, *, whole: bool) -> dict[str, object]:
    profile, lang = page.profile, page.lang
    found = statements_of_place(profile.dataset, page.filtered, place)
    near = {one: basis for one, basis in found.items() if basis not in {Basis.AREA, Basis.NATIONAL}}
    wide = {one: basis for one, basis in found.items() if basis is Basis.AREA}
    build = build_whole_sections if whole else partial(build_sections, chosen=page.view.markets)
    sections = build(page, place.place_id, near)
    first = 1 + sum(section.seen for section in sections)
    wider = build(page, place.place_id, wide, first=first)
    hidden = _hidden(page, place, len(found))
    return {
        "id": place.place_id,
        "kicker": kicker(page, place),
        "name": i18n.name_of(place, page.lang),
        "opened": page.words.counted("panel.opened", len(found)),
        "code": region_codes(place, lang),
        "summary": _notes(summary(page, profile.unfiltered, place), (*sections, *wider)) if found or not hidden else [],
        "ladder": _ladder(page, place) if place.kind in MAPPED_KINDS else [],
        "hidden": hidden,
        "clear": page.clear_href,
        "sections": sections,
        "wider": wider,
        "beyond": _beyond(page, found),
        "national": _national(page, place),
        "note": place.note if place.kind is PlaceKind.MACRO_REGION and lang == "en" else "",
        "links": [one for one in (_routes(page, place), _related(page, place), _compare(page, place)) if one.links],
    }


def _notes(parts: Sequence[TextPart], sections: Sequence[Section]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the summary's parts, each with the numbers of the cards it rests on, ``1–3``, and their ids."""
    cards = (card for section in sections for card in section.cards if not card.hidden)
    numbers = {card.statement_id: card.number for card in cards}
    return [
        (part.text, _ranges(numbers[one] for one in part.statements if one in numbers), part.statements)
        for part in parts
    ]


def _ranges(numbers: Iterable[int]) -> str:
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs(numbers))


def _ladder(page: PageContext, place: Place) -> list[tuple[str, int, str]]:
    """Return each basis with its count and its words; zeroes are shown."""
    national, counts = len(page.filtered.of(COUNTRY)), page.filtered.count_all(place.place_id)
    return [
        (
            basis.value,
            national if basis is Basis.NATIONAL else counts.count(basis),
            page.words[f"basis_count.{basis}"],
        )
        for basis in Basis
    ]


def _beyond(page: PageContext, found: Mapping[str, Basis]) -> str:
    """Return how many of the statements shown speak of no market, or nothing."""
    n = len(page.filtered.without_market.intersection(found))
    return page.words.counted("panel.without_market", n) if n else ""


def _national(page: PageContext, place: Place) -> str:
    n = len(page.filtered.of(COUNTRY))
    return page.words["panel.national"].format(n=n) if n and place.kind in MAPPED_KINDS else ""


def _routes(page: PageContext, place: Place) -> Links:
    """Return the routes that touch the place and pass the filters."""
    dataset = page.dataset
    shown = [one for one in routes_near(page.profile, place) if one in page.filtered.route_ids]
    links = (
        Link(
            route_name(dataset, dataset.route[one], page.lang),
            page.href(page.view.select_route(one)),
            one,
        )
        for one in shown
    )
    return Links(page.words["panel.routes"], tuple(links))


def _related(page: PageContext, place: Place) -> Links:
    """Return the places beside or inside this one."""
    profile = page.profile
    if place.kind is PlaceKind.REGION:
        return Links(page.words["panel.neighbours"], _places(page, profile.neighbours.get(place.place_id, ())))
    if place.kind is PlaceKind.CORRIDOR:
        regions = (region for region, own in profile.corridors_of.items() if place.place_id in own)
        return Links(page.words["panel.regions"], _places(page, regions))
    ids = (place.parent,) if place.kind is PlaceKind.SITE and place.parent else place.members
    return Links(page.words["panel.members"], _places(page, ids))


def _compare(page: PageContext, place: Place) -> Links:
    """Return the way to the view that puts a region or corridor beside others: those chosen there, if any."""
    if place.kind not in MAPPED_KINDS:
        return Links(page.words["compare.side_by_side"], ())
    dataset, view = page.dataset, page.view.compare_with(place.place_id)
    others = [phrase(dataset, dataset.place[one], page.lang) for one in view.compare if one != place.place_id]
    name = page.words["compare.with"].format(places=i18n.and_list(others, page.lang))
    link = Link(name if others else page.words["compare.with_other"], page.href(view))
    return Links(page.words["compare.side_by_side"], (link,))


def _places(page: PageContext, ids: Iterable[str]) -> tuple[Link, ...]:
    dataset = page.dataset
    return tuple(
        Link(i18n.name_of(dataset.place[one], page.lang), page.href(page.view.select_place(one))) for one in ids
    )


def describe_route(page: PageContext, route_id: str) -> dict[str, object]:
    """Return what is told of a route, by the names that a template has for it."""
    profile, lang, words = page.profile, page.lang, page.words
    dataset = profile.dataset
    route = dataset.route[route_id]
    points = [
        (words[f"route_role.{point.role}"], i18n.name_of(dataset.place[point.place_id], lang))
        for point in dataset.points_of[route_id]
    ]
    card = build_card(page, route.statement_id, CardContext(COUNTRY, None, route.market, 1))
    market = i18n.short_of(dataset.topic[route.market], lang)
    return {
        "kicker": words["kicker.route"].format(market=market),
        "name": route_name(dataset, route, lang),
        "mode": words[f"route_mode.{route.mode}"],
        "hedge": (route.hedge.value, words[f"hedge.{route.hedge}"]),
        "points": points,
        "drawn": words["panel.route_ends"] if route_id in profile.routes_with_line else words["panel.route_no_line"],
        "card": card,
        "links": [
            Links(words["panel.route_steps"], _places(page, (point.place_id for point in dataset.points_of[route_id])))
        ],
    }


def _start(page: PageContext, *, whole: bool) -> dict[str, object]:
    profile = page.profile
    places = profile.dataset.place
    return {
        "read": profile.dataset.sentences_read,
        "total": len(profile.dataset.sentences),
        "statements": len(profile.dataset.statements),
        "national": len(profile.unfiltered.of(COUNTRY)),
        "tour": None
        if page.view.tour or page.view.embed
        else Link(page.words["tour.start"].format(n=TOUR_STEPS), page.href(begin_tour(page.view))),
        "questions": [Link(one.text, page.href(one.answer)) for one in build_questions(page.words, page.view)],
        "shown": MOST_READ,
        "most": [
            Mention(one, i18n.name_of(places[one], page.lang), page.href(page.view.select_place(one)), n)
            for one, n in _most_read(page, whole=whole)
        ],
    }


def _most_read(page: PageContext, *, whole: bool) -> list[tuple[str, int]]:
    """Return the regions and corridors that the profile names or locates something in, the most first.

    Where not the ``whole`` list is wanted, it is of no use beyond the first `MOST_READ`.
    """
    places, counts = page.dataset.place, page.filtered.ranked_places
    if not whole:
        least = min((n for _, n in counts[:MOST_READ]), default=0)
        counts = tuple(takewhile(lambda item: item[1] >= least, counts))
    ranked = sorted(counts, key=lambda item: (-item[1], i18n.name_of(places[item[0]], page.lang)))
    return ranked if whole else ranked[:MOST_READ]
