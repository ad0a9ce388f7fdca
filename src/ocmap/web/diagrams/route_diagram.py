"""Lay out routes as a diagram: from their origins, past each market's routes, to their destinations."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from textwrap import wrap
from typing import NamedTuple

from ocmap.analysis.routes import MarketTotal, RouteSummary, count_by_market

ROW, VIA, HEADING, TOP = 24, 15, 28, 26  # heights: a route, the places on its way, a market's name, the head
PORT, LINE, GAP = 11, 18, 9  # heights: between two curves at a bar, a line of a name, between two bars
WIDEST = 12  # letters in a line of a place's name


class MarketHeading(NamedTuple):
    """The heading above a market's routes, and the height at which it is written."""

    total: MarketTotal
    y: int


class PlaceBar(NamedTuple):
    """A place at the edge of the diagram: its name in lines, and the bar at which its routes begin or end."""

    place_id: str
    lines: tuple[str, ...]
    top: int
    height: int

    @property
    def middle(self) -> int:
        """Return the height of the bar's middle."""
        return self.top + self.height // 2


class RouteCurve(NamedTuple):
    """A route in the diagram.

    Attributes:
        route: The route in words.
        y: The height of its own row in the middle of the diagram.
        start: The height at which it leaves its origin's bar; its own row's if the origin is open.
        end: The height at which it reaches its destination's bar, likewise.
    """

    route: RouteSummary
    y: int
    start: int
    end: int

    @property
    def left(self) -> str:
        """Return the part from the origin to the middle as an SVG path, 100 wide; a short line if it is open."""
        if not self.route.origin:
            return f"M50 {self.y}H100"
        return f"M0 {self.start}C55 {self.start} 45 {self.y} 100 {self.y}"

    @property
    def right(self) -> str:
        """Return the part from the middle to the destination as an SVG path, 100 wide; a short line if it is open."""
        if not self.route.destination:
            return f"M0 {self.y}H50"
        return f"M0 {self.y}C55 {self.y} 45 {self.end} 100 {self.end}"


class RouteDiagram(NamedTuple):
    """The diagram; heights are pixels, while the template sets the widths, as shares of the space there is.

    Every route has a row of its own in the middle, under its market; routes share the bars at both sides. All curves
    have the same width, since the source gives no volumes.
    """

    height: int
    headings: tuple[MarketHeading, ...]
    origins: tuple[PlaceBar, ...]
    destinations: tuple[PlaceBar, ...]
    curves: tuple[RouteCurve, ...]


def lay_out_routes(routes: Sequence[RouteSummary]) -> RouteDiagram:
    """Lay out routes by market, the markets and their routes in an order in which few curves cross."""
    return _draw(min(_improve(list(routes)), _improve(list(reversed(routes))), key=_cross))


def _improve(order: list[RouteSummary]) -> list[RouteSummary]:
    """Return the order after all moves that leave fewer crossings, each made as soon as it is found."""
    before = None
    while order != before:
        before = order
        for market in dict.fromkeys(one.market_id for one in order):
            order = _first_better(order, _move_market(order, market))
        for route in tuple(order):
            order = _first_better(order, _move_route(order, route))
    return order


def _first_better(order: list[RouteSummary], moved: Iterable[list[RouteSummary]]) -> list[RouteSummary]:
    """Return the first of the moved orders with fewer crossings, or the order itself."""
    crossings = _cross(order)
    return next((one for one in moved if _cross(one) < crossings), order)


def _cross(routes: Sequence[RouteSummary]) -> int:
    return count_crossings(_draw(routes))


def _move_market(order: Sequence[RouteSummary], market: str) -> Iterator[list[RouteSummary]]:
    """Yield the orders in which a market stands elsewhere."""
    others = list(dict.fromkeys(one.market_id for one in order if one.market_id != market))
    for to in range(len(others) + 1):
        markets = [*others[:to], market, *others[to:]]
        yield sorted(order, key=lambda one: markets.index(one.market_id))


def _move_route(order: Sequence[RouteSummary], route: RouteSummary) -> Iterator[list[RouteSummary]]:
    """Yield the orders in which a route stands elsewhere among those of its market."""
    rest = [one for one in order if one is not route]
    for to, other in enumerate(order):
        if other.market_id == route.market_id:
            yield [*rest[:to], route, *rest[to:]]


def _draw(routes: Sequence[RouteSummary]) -> RouteDiagram:
    headings, heights, bottom = _stack(routes)
    starts, origins = _side(routes, heights, _origin, bottom)
    ends, destinations = _side(routes, heights, _destination, bottom)
    curves = tuple(
        RouteCurve(route, heights[route.route_id], starts[route.route_id], ends[route.route_id]) for route in routes
    )
    lowest = max((bar.top + bar.height for bar in (*origins, *destinations)), default=0)
    return RouteDiagram(max(bottom, lowest + GAP), headings, origins, destinations, curves)


def count_crossings(diagram: RouteDiagram) -> int:
    """Return how many pairs of curves cross."""
    left = _count_inversions((curve.y, curve.start) for curve in diagram.curves if curve.route.origin)
    return left + _count_inversions((curve.y, curve.end) for curve in diagram.curves if curve.route.destination)


def _count_inversions(pairs: Iterable[tuple[int, int]]) -> int:
    """Return how many two of the pairs are in one order by their first numbers and in the other by their second."""
    crossed, seen = 0, list[int]()
    for _, height in sorted(pairs):
        crossed += len(seen) - bisect_right(seen, height)
        insort(seen, height)
    return crossed


def _origin(route: RouteSummary) -> str:
    return route.origin


def _destination(route: RouteSummary) -> str:
    return route.destination


def _stack(routes: Sequence[RouteSummary]) -> tuple[tuple[MarketHeading, ...], dict[str, int], int]:
    """Return the markets' headings, the height of each route's own row, and the lower end."""
    headings, heights, y = [], {}, TOP
    for total in count_by_market(routes):
        y += HEADING
        headings.append(MarketHeading(total, y - HEADING // 3))
        for route in routes:
            if route.market_id == total.market_id:
                heights[route.route_id] = y + ROW // 2
                y += ROW + (VIA if route.via else 0)
    return tuple(headings), heights, y


def _side(
    routes: Sequence[RouteSummary], heights: Mapping[str, int], end: Callable[[RouteSummary], str], bottom: int
) -> tuple[dict[str, int], tuple[PlaceBar, ...]]:
    """Return the height at which each route meets a bar of one side, and the bars: each near its routes' middle.

    An end that is open has no bar.
    """
    by_place: dict[str, list[RouteSummary]] = {}
    for route in routes:
        if end(route):
            by_place.setdefault(end(route), []).append(route)
    middles = {place: sum(heights[route.route_id] for route in ends) / len(ends) for place, ends in by_place.items()}
    names = {place: _lines(ends[0].places[place]) for place, ends in by_place.items()}
    tall = {place: max(PORT * len(ends), LINE * len(names[place])) for place, ends in by_place.items()}
    order = sorted(by_place, key=lambda place: (middles[place], place))
    tops = _spread([(round(middles[place] - tall[place] / 2), tall[place]) for place in order], bottom)
    bars = tuple(PlaceBar(place, names[place], top, tall[place]) for place, top in zip(order, tops, strict=True))
    ports = {route.route_id: heights[route.route_id] for route in routes if not end(route)}
    for bar in bars:
        ends = sorted(by_place[bar.place_id], key=lambda route: heights[route.route_id])
        first = bar.middle - PORT * (len(ends) - 1) // 2
        ports.update({route.route_id: first + PORT * i for i, route in enumerate(ends)})
    return ports, bars


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(wrap(name, WIDEST))


def _spread(wanted: Sequence[tuple[int, int]], bottom: int) -> list[int]:
    """Return tops for bars of given wanted tops and heights, so that no two bars overlap."""
    tops, free = [], TOP + GAP
    for top, height in wanted:
        tops.append(max(top, free))
        free = tops[-1] + height + GAP
    below = max(bottom, free - GAP)
    for i in range(len(tops) - 1, -1, -1):
        tops[i] = min(tops[i], below - wanted[i][1])
        below = tops[i] - GAP
    return tops
