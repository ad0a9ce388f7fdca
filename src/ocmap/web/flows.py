"""Build the list of flows without a line: those that leave the map's frame, or whose way the source leaves open."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import locator, route_course
from ocmap.dataset.dataset import Dataset, RouteEnd, ends_of
from ocmap.dataset.schema import DOUBTFUL, LANGUAGES, Lang, Place, PlaceKind, Route
from ocmap.web.client_types import Direction, FlowData, FlowEndData


def build_flows(profile: CountryProfile) -> list[FlowData]:
    """Return what flows without a line, each good once, with the places that it comes from or goes to."""
    dataset = profile.dataset
    by_goods: dict[tuple[str, ...], list[Route]] = defaultdict(list)
    for route in dataset.routes:
        if route.route_id not in profile.routes_with_line:
            by_goods[tuple(i18n.goods_of(route, lang) for lang in LANGUAGES)].append(route)
    return [
        {"goods": dict(zip(LANGUAGES, goods, strict=True)), "ends": _flow_ends(dataset, routes)}
        for goods, routes in by_goods.items()
    ]


def _flow_ends(dataset: Dataset, routes: Sequence[Route]) -> list[FlowEndData]:
    """Return the ends of one good's flows; where two sentences describe the same flow, each says which it is."""
    times = Counter(_course(dataset, route, LANGUAGES[0]) for route in routes)
    return [
        _flow_end(dataset, route, with_sentence=times[_course(dataset, route, LANGUAGES[0])] > 1) for route in routes
    ]


def _flow_end(dataset: Dataset, route: Route, *, with_sentence: bool) -> FlowEndData:
    place, direction = _far_end(dataset, route)
    course = partial(_located_course if with_sentence else _course, dataset, route)
    return {
        "route": route.route_id,
        "statement": route.statement_id,
        "direction": direction,
        "place": i18n.by_language(partial(i18n.name_of, place)),
        "course": i18n.by_language(course),
        "end": max(ends_of(dataset.points_of[route.route_id]), key=list(RouteEnd).index),
    }


def _far_end(dataset: Dataset, route: Route) -> tuple[Place, Direction]:
    """Return a route's last point abroad, and ``out`` if the route leads to it or ``in`` if it comes from there."""
    points = dataset.points_of[route.route_id]
    first, last = (dataset.place[point.place_id] for point in (points[0], points[-1]))
    if last.place_id == dataset.country_id or last.kind is PlaceKind.REGION:
        return first, "in"
    return last, "out"


def _course(dataset: Dataset, route: Route, lang: Lang) -> str:
    course = route_course(dataset, route, lang)
    hedge = i18n.words_of(dataset, lang)[f"hedge.{route.hedge}"]
    return f"{course} ({hedge})" if route.hedge in DOUBTFUL else course


def _located_course(dataset: Dataset, route: Route, lang: Lang) -> str:
    where = locator(dataset, dataset.statement[route.statement_id], lang)
    return f"{_course(dataset, route, lang)} · {where}"
