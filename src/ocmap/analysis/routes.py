"""Describe routes in words, and count them by market."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.summaries import locator, point_name, route_market
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Hedge, Mode, PointBasis, PointRole, Route

OPEN = ""
"""Stands for the place of an end that the source leaves open."""


class RouteSummary(NamedTuple):
    """One route in words.

    Attributes:
        market_id: Its market, empty if it has none; ``group`` is the market's group, ``market`` its short name.
        origin: The id of the place where it begins, ``destination`` of that where it ends; empty if that is open.
        via: The ids of the places on its way.
        inferred: The ids of the places that the sentence does not name.
        places: The names of all its places, by id; with an empty id, the words for an open end.
        marked: The same, in which a name also says if the place is inferred.
        mode: How the goods move, in words; ``mode_stated`` is whether the source says it.
        hedge: How certain the source is; ``hedge_word`` is the word for it.
        drawn: Whether the map has a line for it. The line is ours, everything else is from the source.
        locator: The sentence of the source, in words.
    """

    route_id: str
    market_id: str
    group: str
    market: str
    goods: str
    origin: str
    via: tuple[str, ...]
    destination: str
    inferred: frozenset[str]
    places: Mapping[str, str]
    marked: Mapping[str, str]
    mode: str
    mode_stated: bool
    hedge: Hedge
    hedge_word: str
    drawn: bool
    locator: str

    def name(self, place_ids: Iterable[str]) -> str:
        """Return the names of some of its places, with commas between them."""
        return ", ".join(self.marked[place_id] for place_id in place_ids)


class MarketTotal(NamedTuple):
    """How many routes a market has, and for how many of them the map has a line."""

    market_id: str
    group: str
    market: str
    n: int
    drawn: int


class HiddenRoutes(NamedTuple):
    """How many routes the market filter hides, and how many the actor filter; a route can be in both counts."""

    by_markets: int
    by_actors: int


def summarize_routes(localized: LocalizedProfile, route_ids: Iterable[str]) -> tuple[RouteSummary, ...]:
    """Return routes in words, by market in the Index's order, those without one last, and then by their ids."""
    order = {topic.topic_id: rank for rank, topic in enumerate(localized.dataset.markets)}
    routes = sorted(
        (localized.dataset.route[route_id] for route_id in set(route_ids)), key=lambda route: route.route_id
    )
    routes.sort(key=lambda route: order.get(route.market or "", len(order)))
    return tuple(_summarize(localized, route) for route in routes)


def _summarize(localized: LocalizedProfile, route: Route) -> RouteSummary:
    dataset, lang = localized.dataset, localized.lang
    words, topic = localized.words, dataset.topic.get(route.market or "")
    points = dataset.points_of[route.route_id]
    ends = {role: tuple(point.place_id for point in points if point.role is role) for role in PointRole}
    opened = {OPEN: words["routes.not_stated"]}
    return RouteSummary(
        route_id=route.route_id,
        market_id=topic.topic_id if topic else "",
        group=topic.group if topic else "",
        market=route_market(dataset, route, lang),
        goods=i18n.goods_of(route, lang),
        origin=next(iter(ends[PointRole.ORIGIN]), OPEN),
        via=ends[PointRole.VIA],
        destination=next(iter(ends[PointRole.DESTINATION]), OPEN),
        inferred=frozenset(point.place_id for point in points if point.basis is PointBasis.INFERRED),
        places=opened | {point.place_id: i18n.name_of(dataset.place[point.place_id], lang) for point in points},
        marked=opened | {point.place_id: point_name(dataset, point, lang) for point in points},
        mode=words[f"route_mode.{route.mode}"],
        mode_stated=route.mode is not Mode.UNSPECIFIED,
        hedge=route.hedge,
        hedge_word=words[f"hedge.{route.hedge}"],
        drawn=route.route_id in localized.profile.routes_with_line,
        locator=locator(dataset, dataset.statement[route.statement_id], lang),
    )


def count_by_market(routes: Iterable[RouteSummary]) -> tuple[MarketTotal, ...]:
    """Return how many routes each market has, in the order of the routes."""
    totals: dict[str, MarketTotal] = {}
    for route in routes:
        total = totals.get(route.market_id, MarketTotal(route.market_id, route.group, route.market, 0, 0))
        totals[route.market_id] = total._replace(n=total.n + 1, drawn=total.drawn + route.drawn)
    return tuple(totals.values())


def count_hidden(dataset: Dataset, filters: Filters) -> HiddenRoutes:
    """Return how many routes each of the two filters hides by itself; the basis filter hides none."""
    markets, actors = frozenset(filters.markets), frozenset(filters.actors)
    return HiddenRoutes(
        sum(bool(markets) and route.market not in markets for route in dataset.routes),
        sum(
            bool(actors) and actors.isdisjoint(dataset.statement[route.statement_id].actors) for route in dataset.routes
        ),
    )
