"""The routes as a list, and as a drawing that leads from origins past each market's routes to destinations."""

from bisect import bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.summaries import locator
from ocmap.dataset.reader import Dataset
from ocmap.dataset.schema import Hedge, Mode, PointRole, Route

ROW, VIA, HEADING, TOP = 24, 15, 28, 26  # heights: of a route, of what is on its way, of a market's name, of the head
PORT, LINE, GAP = 11, 16, 9  # heights: between two lines at a bar, of a line of a name, between two bars
WIDEST = 12  # letters in a line of a place's name
SWEEPS = 8


class Row(NamedTuple):
    """One route in words.

    Attributes:
        route_id: Its id.
        market_id: Its market; ``group`` is that market's group, ``market`` its short name.
        origins: The ids of the places where it begins, ``via`` of those on its way, ``destinations`` of its ends.
        places: The names of all of them, by id.
        mode_said: Whether the sentence says how the goods move; ``mode`` says it, or that it does not.
        hedge: How the source puts it; ``hedge_word`` says so.
        drawn: Whether the map has a line for it, which is ours; what else stands here is the source's.
        locator: Where the source says it.
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
    mode_said: bool
    hedge: Hedge
    hedge_word: str
    drawn: bool
    locator: str

    def name(self, place_ids: Iterable[str]) -> str:
        """Return the names of some of its places, as a list."""
        return ", ".join(self.places[one] for one in place_ids)


class Total(NamedTuple):
    """How many of the routes are of one market, and how many of those the map has a line for."""

    market_id: str
    group: str
    market: str
    n: int
    drawn: int


class Hidden(NamedTuple):
    """How many of all routes do not pass the filter of markets, and how many not that of actors."""

    by_markets: int
    by_actors: int


def build_rows(localized: LocalizedProfile, route_ids: Iterable[str], drawn: Collection[str]) -> tuple[Row, ...]:
    """Return the routes in words, by market in the Index's order and then by their ids."""
    order = {topic.topic_id: rank for rank, topic in enumerate(localized.dataset.markets)}
    routes = sorted((localized.dataset.route[one] for one in set(route_ids)), key=lambda one: one.route_id)
    routes.sort(key=lambda one: order.get(one.market, len(order)))
    return tuple(_row(localized, route, drawn=route.route_id in drawn) for route in routes)


def _row(localized: LocalizedProfile, route: Route, *, drawn: bool) -> Row:
    dataset, lang = localized.dataset, localized.lang
    words, topic = i18n.of(lang), dataset.topic[route.market]
    points = dataset.points_of.get(route.route_id, ())
    ends = {role: tuple(point.place_id for point in points if point.role is role) for role in PointRole}
    return Row(
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
        mode_said=route.mode is not Mode.UNSPECIFIED,
        hedge=route.hedge,
        hedge_word=words[f"hedge.{route.hedge}"],
        drawn=drawn,
        locator=locator(dataset, dataset.statement[route.statement_id], lang),
    )


def count_markets(rows: Iterable[Row]) -> tuple[Total, ...]:
    """Return how many routes each market has, in the order of the rows."""
    totals: dict[str, Total] = {}
    for row in rows:
        old = totals.get(row.market_id, Total(row.market_id, row.group, row.market, 0, 0))
        totals[row.market_id] = old._replace(n=old.n + 1, drawn=old.drawn + row.drawn)
    return tuple(totals.values())


def count_hidden(dataset: Dataset, filters: Filters) -> Hidden:
    """Return how many routes each of the two filters hides by itself; the basis hides none."""
    markets, actors = frozenset(filters.markets), frozenset(filters.actors)
    return Hidden(
        sum(bool(markets) and route.market not in markets for route in dataset.routes),
        sum(
            bool(actors) and actors.isdisjoint(dataset.statement[route.statement_id].actors) for route in dataset.routes
        ),
    )


class Band(NamedTuple):
    """The heading of a market's routes, and the height at which it is written."""

    total: Total
    y: int


class Node(NamedTuple):
    """A place at the edge of the drawing: its name in lines, and the bar at which its routes begin or end."""

    place_id: str
    lines: tuple[str, ...]
    top: int
    height: int

    @property
    def middle(self) -> int:
        """Return the height of the bar's middle."""
        return self.top + self.height // 2


class Link(NamedTuple):
    """A route in the drawing.

    Attributes:
        row: The route in words.
        y: The height at which it crosses the middle of the drawing, where it is alone.
        start: The height at which it leaves its origin's bar.
        end: The height at which it reaches its destination's bar.
    """

    row: Row
    y: int
    start: int
    end: int

    @property
    def left(self) -> str:
        """Return its way from the origin as an SVG path, 100 wide."""
        return f"M0 {self.start}C55 {self.start} 45 {self.y} 100 {self.y}"

    @property
    def right(self) -> str:
        """Return its way to the destination as an SVG path, 100 wide."""
        return f"M0 {self.y}C55 {self.y} 45 {self.end} 100 {self.end}"


class Diagram(NamedTuple):
    """The drawing: heights are pixels, widths are the template's, so that it fills whatever width there is.

    Every route has a row of its own in the middle, under its market; the bars at both sides are shared. All lines
    are of the same width, since the source gives no volumes.
    """

    height: int
    bands: tuple[Band, ...]
    origins: tuple[Node, ...]
    destinations: tuple[Node, ...]
    links: tuple[Link, ...]


def lay_out(rows: Sequence[Row]) -> Diagram:
    """Lay the routes out by market, the markets and their routes in an order in which few lines cross."""
    return min(map(_draw, _untangle(rows)), key=count_crossings)


def _draw(rows: Sequence[Row]) -> Diagram:
    bands, heights, bottom = _stack(rows)
    starts, origins = _side(rows, heights, _first, bottom)
    ends, destinations = _side(rows, heights, _last, bottom)
    links = tuple(Link(row, heights[row.route_id], starts[row.route_id], ends[row.route_id]) for row in rows)
    lowest = max((node.top + node.height for node in (*origins, *destinations)), default=0)
    return Diagram(max(bottom, lowest + GAP), bands, origins, destinations, links)


def count_crossings(diagram: Diagram) -> int:
    """Return how many pairs of lines cross."""
    left = _count_inversions((link.y, link.start) for link in diagram.links)
    return left + _count_inversions((link.y, link.end) for link in diagram.links)


def _count_inversions(pairs: Iterable[tuple[int, int]]) -> int:
    """Return how many two of the pairs are in one order by their first numbers and in the other by their second."""
    crossed, seen = 0, list[int]()
    for _, height in sorted(pairs):
        crossed += len(seen) - bisect_right(seen, height)
        insort(seen, height)
    return crossed


def _first(row: Row) -> str:
    return row.origins[0]


def _last(row: Row) -> str:
    return row.destinations[-1]


def _untangle(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield orders of the rows: each draws markets, and the routes in them, to where one of their ends stands."""
    rows = list(rows)
    yield rows
    for sweep in range(SWEEPS):
        end = (_first, _last)[sweep % 2]
        places = _means((end(row), rank) for rank, row in enumerate(rows))
        pull = {row.route_id: places[end(row)] for row in rows}
        markets = _means((row.market_id, pull[row.route_id]) for row in rows)
        rows = sorted(rows, key=lambda row: (markets[row.market_id], row.market_id, pull[row.route_id], row.route_id))
        yield rows


def _means(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return the mean of the numbers that stand with each name."""
    numbers: dict[str, list[float]] = {}
    for name, number in pairs:
        numbers.setdefault(name, []).append(number)
    return {name: sum(own) / len(own) for name, own in numbers.items()}


def _stack(rows: Sequence[Row]) -> tuple[tuple[Band, ...], dict[str, int], int]:
    """Return the markets' headings, the height of each route's own row, and the lower end."""
    bands, heights, y = [], {}, TOP
    for total in count_markets(rows):
        y += HEADING
        bands.append(Band(total, y - HEADING // 3))
        for row in rows:
            if row.market_id == total.market_id:
                heights[row.route_id] = y + ROW // 2
                y += ROW + (VIA if row.via else 0)
    return tuple(bands), heights, y


def _side(
    rows: Sequence[Row], heights: Mapping[str, int], end: Callable[[Row], str], bottom: int
) -> tuple[dict[str, int], tuple[Node, ...]]:
    """Return where the routes meet the bars of one side, and the bars: each near the middle of its routes."""
    routes: dict[str, list[Row]] = {}
    for row in rows:
        routes.setdefault(end(row), []).append(row)
    wanted = {place: sum(heights[row.route_id] for row in own) / len(own) for place, own in routes.items()}
    names = {place: tuple(wrap(own[0].places[place], WIDEST)) for place, own in routes.items()}
    tall = {place: max(PORT * len(own), LINE * len(names[place])) for place, own in routes.items()}
    order = sorted(routes, key=lambda place: (wanted[place], place))
    tops = _spread([(round(wanted[place] - tall[place] / 2), tall[place]) for place in order], bottom)
    nodes = tuple(Node(place, names[place], top, tall[place]) for place, top in zip(order, tops, strict=True))
    ports = {}
    for node in nodes:
        own = sorted(routes[node.place_id], key=lambda row: heights[row.route_id])
        first = node.middle - PORT * (len(own) - 1) // 2
        ports.update({row.route_id: first + PORT * i for i, row in enumerate(own)})
    return ports, nodes


def _spread(wanted: Sequence[tuple[int, int]], bottom: int) -> list[int]:
    """Return tops for bars of given wanted tops and heights, so that none lies over another."""
    tops, free = [], TOP + GAP
    for top, height in wanted:
        tops.append(max(top, free))
        free = tops[-1] + height + GAP
    below = max(bottom, free - GAP)
    for i in range(len(tops) - 1, -1, -1):
        tops[i] = min(tops[i], below - wanted[i][1])
        below = tops[i] - GAP
    return tops
