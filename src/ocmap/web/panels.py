"""Describe the panel: of a region, a corridor, another place, a route, or of nothing selected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.answers import answer, national_answer
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import (
    TextPart,
    kicker,
    page_title,
    region_codes,
    route_market,
    route_name,
    route_points,
    routes_near,
    statements_of_place,
    summary,
)
from ocmap.analysis.view_state import TOUR_STEPS, View, ViewState
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import MAPPED_KINDS, Basis, Place, PlaceKind, Route
from ocmap.web.onboarding import build_questions, build_tour_step
from ocmap.web.statement_cards import (
    CardContext,
    Section,
    build_card,
    build_sections_with_hidden,
    consecutive_ranges,
    split_by_directness,
)

TOP_PLACES = 6
"""How many places the list of those with the most statements shows; the client has the same number."""
SHARE_FRAGMENT = "#share"  # ends the link that opens the share panel


class Link(NamedTuple):
    """A link to another state of the page.

    The client hides it with its ``route``, and where places are chosen for comparison it fills ``compare`` with them.
    """

    name: str
    href: str
    route: str = ""
    compare: str = ""


class RankedPlace(NamedTuple):
    """A place with its number of statements and a link to its panel."""

    place_id: str
    name: str
    href: str
    statements: int


class StatementGroup(NamedTuple):
    """A place's statements that are equally direct, by market; without a title where they name the place."""

    group: str
    title: str
    sections: tuple[Section, ...]


class LinkGroup(NamedTuple):
    """Links under one heading."""

    title: str
    links: tuple[Link, ...]


def describe_panel(page: PageContext) -> dict[str, object]:
    """Return the values of ``panel.html`` for what is selected, without filters.

    What some filters would show is in it, hidden: the client shows and hides it as filters change.
    """
    view, dataset = page.view, page.dataset
    if view.route:
        template, values = "route.html", describe_route(page, view.route)
    elif view.place:
        template, values = "place.html", _describe_place(page, dataset.place[view.place])
    else:
        template, values = "start.html", _start(page)
    return {
        "body": template,
        "title": page_title(page),
        "share_href": page.href(view) + SHARE_FRAGMENT,
        "close_href": page.href(view.select_place(None)),
        **values,
    }


def describe_tour(page: PageContext, n: int) -> dict[str, object]:
    """Return the values of ``tour.html``: a step of the tour, and its links."""
    step = build_tour_step(page, n)
    return {
        "step": step,
        "share_href": page.href(ViewState(tour=n)) + SHARE_FRAGMENT,
        "back_href": page.href(step.back) if step.back else "",
        "forward_href": page.href(step.forward) if step.forward else "",
        "leave_href": page.href(ViewState()),
    }


def _describe_place(page: PageContext, place: Place) -> dict[str, object]:
    profile, lang = page.profile, page.lang
    bases = statements_of_place(profile.dataset, profile.unfiltered, place)
    by_directness = _by_directness(page, place, bases)
    sections = [section for group in by_directness for section in group.sections]
    groups = (_route_links(page, place), _related_places(page, place), _compare_link(page, place))
    return {
        "id": place.place_id,
        "kicker": kicker(page, place),
        "name": i18n.name_of(place, page.lang),
        "opened": page.words.counted("panel.opened", len(bases)),
        "code": region_codes(page.dataset, place, lang),
        "summary": _notes(summary(page, profile.unfiltered, place), sections),
        "basis_counts": _basis_counts(page, place) if place.kind in MAPPED_KINDS else [],
        "clear": page.href(page.view),
        "groups": by_directness,
        "without_market": _without_market(page, bases),
        "national": _national_line(page, place),
        "national_href": page.href(ViewState(view=View.NATIONAL)),
        "note": note.of(lang) if (note := page.dataset.settings.place_notes.get(place.place_id)) else "",
        "links": [group for group in groups if group.links],
    }


def _by_directness(page: PageContext, place: Place, bases: Mapping[str, Basis]) -> tuple[StatementGroup, ...]:
    titles = {"direct": "", "border": page.words["panel.border"], "area": page.words["panel.wider"]}
    groups, first = [], 1
    for name, found in split_by_directness(bases):
        if sections := build_sections_with_hidden(page, place.place_id, found, first):
            groups.append(StatementGroup(name, titles[name], sections))
        first += len(found)
    return tuple(groups)


def _notes(parts: Sequence[TextPart], sections: Sequence[Section]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the summary's parts, each with the numbers of the cards it is based on (``1–3``) and their ids."""
    cards = (card for section in sections for card in section.cards if not card.hidden)
    numbers = {card.statement_id: card.number for card in cards}
    return [
        (
            part.text,
            _ranges(numbers[statement_id] for statement_id in part.statements if statement_id in numbers),
            part.statements,
        )
        for part in parts
    ]


def _ranges(numbers: Iterable[int]) -> str:
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in consecutive_ranges(numbers))


def _basis_counts(page: PageContext, place: Place) -> list[tuple[str, int, str]]:
    """Return each basis with its number of statements, zero included, and its text."""
    whole = page.profile.unfiltered
    national, counts = len(whole.of(page.dataset.country_id)), whole.count_all(place.place_id)
    return [
        (
            basis.value,
            national if basis is Basis.NATIONAL else counts.count(basis),
            i18n.lower_first(page.words[f"basis.{basis}"]),
        )
        for basis in Basis
    ]


def _without_market(page: PageContext, bases: Mapping[str, Basis]) -> str:
    """Return the line that counts the statements that are on no market; empty if none is."""
    n = len(page.profile.unfiltered.without_market.intersection(bases))
    return page.words.counted("panel.without_market", n) if n else ""


def _national_line(page: PageContext, place: Place) -> str:
    n = len(page.profile.unfiltered.of(page.dataset.country_id))
    return page.words.counted("panel.national", n) if n and place.kind in MAPPED_KINDS else ""


def _route_links(page: PageContext, place: Place) -> LinkGroup:
    """Return links to the routes that touch the place."""
    dataset = page.dataset
    links = (
        Link(
            route_name(dataset, dataset.route[route_id], page.lang),
            page.href(page.view.select_route(route_id)),
            route_id,
        )
        for route_id in routes_near(page.profile, place)
    )
    return LinkGroup(page.words["panel.routes"], tuple(links))


def _related_places(page: PageContext, place: Place) -> LinkGroup:
    """Return links to the places beside or inside a place."""
    profile = page.profile
    if place.kind is PlaceKind.REGION:
        return LinkGroup(page.words["panel.neighbours"], _place_links(page, profile.neighbours.get(place.place_id, ())))
    if place.kind is PlaceKind.CORRIDOR:
        return LinkGroup(page.words["panel.regions"], _place_links(page, profile.regions_at(place.place_id)))
    ids = (place.parent,) if place.kind is PlaceKind.SITE and place.parent else place.members
    return LinkGroup(page.words[f"panel_places.{place.kind}"] if ids else "", _place_links(page, ids))


def _compare_link(page: PageContext, place: Place) -> LinkGroup:
    """Return the link that compares a region or corridor with others; the client adds those that are chosen."""
    words = page.words
    if place.kind not in MAPPED_KINDS:
        return LinkGroup(words["compare.side_by_side"], ())
    href = page.href(page.view.compare_with(place.place_id))
    link = Link(words["compare.with_other"], href, compare=words["compare.with"])
    return LinkGroup(words["compare.side_by_side"], (link,))


def _place_links(page: PageContext, ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple(Link(page.name(place_id), page.href(page.view.select_place(place_id))) for place_id in ids)


def describe_route(page: PageContext, route_id: str) -> dict[str, object]:
    """Return the values of ``route.html``."""
    profile, lang, words = page.profile, page.lang, page.words
    dataset = profile.dataset
    route = dataset.route[route_id]
    points = [
        (words[f"route_role.{role}"], name or words["routes.not_stated"])
        for role, name in route_points(dataset, route, lang)
    ]
    card = build_card(page, route.statement_id, CardContext(page.dataset.country_id, None, route.market or "", 1))
    market = route_market(dataset, route, lang)
    return {
        "kicker": words["kicker.route"].format(market=market),
        "name": route_name(dataset, route, lang),
        "mode": words[f"route_mode.{route.mode}"],
        "hedge": (route.hedge.value, words[f"hedge.{route.hedge}"]),
        "points": points,
        "drawn": _describe_drawing(page, route),
        "card": card,
        "links": [
            LinkGroup(
                words["panel.route_steps"],
                _place_links(page, (point.place_id for point in dataset.points_of[route_id])),
            )
        ],
    }


def _describe_drawing(page: PageContext, route: Route) -> str:
    """Return what of a route the map shows, and what the source does not say of it."""
    words, dataset = page.words, page.dataset
    ends = page.profile.ends_of(route.route_id)
    drawn = route.route_id in page.profile.routes_with_line
    kinds = {dataset.place[row.place_id].kind for row in dataset.places_of.get(route.statement_id, ())}
    parts = [
        words["panel.route_ends"] if drawn else words["panel.route_no_line"],
        words["panel.route_rivers"] if drawn and PlaceKind.RIVER_SYSTEM in kinds else "",
        words["panel.route_inferred"] if RouteEnd.INFERRED in ends else "",
    ]
    return " ".join(filter(None, parts))


def _start(page: PageContext) -> dict[str, object]:
    whole = page.profile.unfiltered
    ranked = sorted(whole.ranked_places, key=lambda count: (-count[1], page.name(count[0])))
    return {
        "answer": answer(page),
        "national": national_answer(page),
        "national_href": page.href(ViewState(view=View.NATIONAL)),
        "tour": Link(page.words["tour.start"].format(n=TOUR_STEPS), page.href(ViewState(tour=1))),
        "questions": [Link(question.text, page.href(question.answer)) for question in build_questions(page)],
        "top_n": TOP_PLACES,
        "top_places": [
            RankedPlace(place_id, page.name(place_id), page.href(page.view.select_place(place_id)), n)
            for place_id, n in ranked
        ],
    }
