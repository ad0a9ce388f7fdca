"""Describe routes in words, and count them by market."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.summaries import locator
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Hedge, Mode, PointRole, Route


class RouteSummary(NamedTuple):
    """One route in words.

    Attributes:
        market_id: Its market; ``group`` is that market's group, ``market`` its short name.
        origins: The ids of the places where it begins, ``via`` of those on its way, ``destinations`` of its ends.
        places: The names of all its places, by id.
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
    origins: tuple[str, ...]
    via: tuple[str, ...]
    destinations: tuple[str, ...]
    places: Mapping[str, str]
    mode: str
    mode_stated: bool
    hedge: Hedge
    hedge_word: str
    drawn: bool
    locator: str

    def name(self, place_ids: Iterable[str]) -> str:
        """Return the names of some of its places, with commas between them."""
        return ", ".join(self.places[place_id] for place_id in place_ids)


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


def summarize_routes(
    localized: LocalizedProfile, route_ids: Iterable[str], drawn: Collection[str]
) -> tuple[RouteSummary, ...]:
    """Return routes in words, by market in the Index's order and then by their ids.

    ``drawn`` are the routes that the map has a line for.
    """
    order = {topic.topic_id: rank for rank, topic in enumerate(localized.dataset.markets)}
    routes = sorted(
        (localized.dataset.route[route_id] for route_id in set(route_ids)), key=lambda route: route.route_id
    )
    routes.sort(key=lambda route: order.get(route.market, len(order)))
    return tuple(_summarize(localized, route, drawn=route.route_id in drawn) for route in routes)


def _summarize(localized: LocalizedProfile, route: Route, *, drawn: bool) -> RouteSummary:
    dataset, lang = localized.dataset, localized.lang
    words, topic = i18n.of(lang), dataset.topic[route.market]
    points = dataset.points_of.get(route.route_id, ())
    ends = {role: tuple(point.place_id for point in points if point.role is role) for role in PointRole}
    return RouteSummary(
        route_id=route.route_id,
        market_id=topic.topic_id,
        group=topic.group,
        market=i18n.short_of(topic, lang),
        goods=i18n.goods_of(route, lang),
        origins=ends[PointRole.ORIGIN],
        via=ends[PointRole.VIA],
        destinations=ends[PointRole.DESTINATION],
        places={point.place_id: i18n.name_of(dataset.place[point.place_id], lang) for point in points},
        mode=words[f"route_mode.{route.mode}"],
        mode_stated=route.mode is not Mode.UNSPECIFIED,
        hedge=route.hedge,
        hedge_word=words[f"hedge.{route.hedge}"],
        drawn=drawn,
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
