"""Build the cards at the edge of the map: flows to or from a place outside the frame, or without a line."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial

from ocmap import i18n
from ocmap.analysis.summaries import route_course
from ocmap.dataset.dataset import Dataset, RouteEnd, ends_of
from ocmap.dataset.schema import DOUBTFUL, LANGUAGES, Lang, Place, PlaceKind, Route
from ocmap.dataset.settings import is_in
from ocmap.web.client_types import Direction, EdgeCardData

SIDE = "ne"  # of a card whose place has none in profile.toml


def build_edge_cards(dataset: Dataset, drawn: frozenset[str]) -> list[EdgeCardData]:
    """Return a card for each part of the world that a flow without a line leads to or comes from."""
    cards: dict[tuple[str, Direction], list[tuple[Place, Route]]] = defaultdict(list)
    for route in dataset.routes:
        if route.route_id not in drawn:
            place, direction = _far_end(dataset, route)
            cards[_part_of_world(dataset, place).place_id, direction].append((place, route))
    order = {place_id: rank for rank, place_id in enumerate(dataset.settings.edges)}
    ranked = sorted(cards.items(), key=lambda card: (order.get(card[0][0], len(order)), card[0]))
    return [_card(dataset, place_id, direction, flows) for (place_id, direction), flows in ranked]


def _far_end(dataset: Dataset, route: Route) -> tuple[Place, Direction]:
    """Return a route's last point abroad, and ``out`` if the route leads to it or ``in`` if it comes from there."""
    points = dataset.points_of[route.route_id]
    first, last = (dataset.place[point.place_id] for point in (points[0], points[-1]))
    if last.place_id == dataset.country_id or last.kind is PlaceKind.REGION:
        return first, "in"
    return last, "out"


def _part_of_world(dataset: Dataset, place: Place) -> Place:
    """Return the world area that a country outside the frame is coded under, or the place itself."""
    parent = dataset.place.get(place.parent or "")
    return parent if parent is not None and parent.kind is PlaceKind.WORLD_AREA else place


def _card(dataset: Dataset, place_id: str, direction: Direction, flows: Sequence[tuple[Place, Route]]) -> EdgeCardData:
    place = dataset.place[place_id]
    lon, lat = place.lon, place.lat
    at = (lon, lat) if lon is not None and lat is not None and is_in(dataset.settings.map.frame, lon, lat) else None
    texts = {lang: _numbered([_flow_text(place, end, route, lang) for end, route in flows]) for lang in LANGUAGES}
    return {
        "side": None if at else dataset.settings.edges.get(place_id, SIDE),
        "at": at,
        "direction": direction,
        "name": i18n.by_language(partial(i18n.name_of, place)),
        "items": [
            {
                "route": route.route_id,
                "text": {lang: texts[lang][i] for lang in LANGUAGES},
                "tip": i18n.by_language(partial(_flow_tip, dataset, route)),
                "end": _weakest(ends_of(dataset.points_of[route.route_id])),
            }
            for i, (_, route) in enumerate(flows)
        ],
    }


def _flow_text(place: Place, end: Place, route: Route, lang: Lang) -> str:
    goods = i18n.goods_of(route, lang)
    return goods if end is place else f"{goods} ({i18n.name_of(end, lang)})"


def _weakest(ends: tuple[RouteEnd, RouteEnd]) -> RouteEnd:
    return max(ends, key=list(RouteEnd).index)


def _flow_tip(dataset: Dataset, route: Route, lang: Lang) -> str:
    course = route_course(dataset, route, lang)
    hedge = i18n.of(lang)[f"hedge.{route.hedge}"]
    return f"{course} ({hedge})" if route.hedge in DOUBTFUL else course


def _numbered(texts: Sequence[str]) -> list[str]:
    """Return texts, repeated ones with a number after them: two sentences can describe the same flow."""
    counts: Counter[str] = Counter()
    numbered = []
    for text in texts:
        counts[text] += 1
        numbered.append(text if counts[text] == 1 else f"{text} {counts[text]}")
    return numbered
