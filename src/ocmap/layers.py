"""What is drawn, as plain data: the map's constant features, and the scene that a state of the page gives."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import shapely

from ocmap import labels
from ocmap.dataset import Dataset
from ocmap.geometry import Shapes, in_frame, route_lines
from ocmap.labels import Lang, Words
from ocmap.model import Basis, Hedge, Place, PlaceKind, PointRole, Route
from ocmap.narrative import (
    Touching,
    route_course,
    route_end,
    route_name,
    routes_near,
    statements_at,
    tip_lines,
)
from ocmap.query import COUNTRY, LEVELS, Reading, level
from ocmap.view import Layer, ViewState

Json = dict[str, Any]
Theme = Literal["light", "dark"]
DIGITS = 4
DOUBTFUL = frozenset({Hedge.ALLEGED, Hedge.POTENTIAL})
# The side of the map at which a flow that leaves the frame is announced.
SIDES: Mapping[str, str] = {
    "europe": "ne",
    "VE": "ne",
    "PY": "e",
    "neighbours": "e",
    "caribbean": "nw",
    "north-america": "nw",
    "asia": "w",
}


@dataclass(frozen=True)
class World:
    """Everything that stays the same while the app runs; shared by all sessions."""

    dataset: Dataset
    shapes: Shapes
    touching: Touching
    neighbours: Mapping[str, tuple[str, ...]]
    everything: Reading
    drawn: frozenset[str]


def both(place: Place) -> Json:
    """Return a place's names by language."""
    return {"es": place.name_es, "en": place.name_en}


def build_map_data(dataset: Dataset, shapes: Shapes) -> Json:
    """Return what the browser fetches once: every shape with its names, longitude first, WGS 84."""
    west, south, east, north = (round(float(x), DIGITS) for x in shapes.regions.total_bounds)
    return {
        "bounds": [[south, west], [north, east]],
        "regions": _collection(_places(dataset, shapes.regions)),
        "corridors": _collection(_corridors(dataset, shapes.corridors)),
        "countries": _collection(_places(dataset, shapes.countries)),
        "rivers": _collection(
            _feature(row.river_id, row.geometry, {"name": {"es": row.name_es, "en": row.name_en}, "rank": row.rank})
            for row in shapes.rivers.itertuples()
        ),
        "routes": _collection(_routes(dataset, route_lines(dataset, shapes))),
        "sites": _collection(_points(dataset, PlaceKind.SITE)),
        "tripoints": _collection(_points(dataset, PlaceKind.TRIPOINT)),
    }


def _collection(features: Iterable[Json]) -> Json:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(identifier: str, geometry: shapely.Geometry, properties: Json) -> Json:
    rounded = shapely.set_precision(geometry, 10**-DIGITS, mode="pointwise")
    return {
        "type": "Feature",
        "id": identifier,
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }


def _label(place: Place) -> Json:
    if place.label_lon is None or place.label_lat is None or place.label_align is None:
        return {}
    return {"label": [place.label_lon, place.label_lat], "align": place.label_align.value}


def _places(dataset: Dataset, frame: gpd.GeoDataFrame) -> Iterator[Json]:
    for place_id, geometry in frame.geometry.items():
        place = dataset.place[str(place_id)]
        yield _feature(place.place_id, geometry, {"name": both(place), **_label(place)})


def _corridors(dataset: Dataset, frame: gpd.GeoDataFrame) -> Iterator[Json]:
    for row in frame.itertuples():
        place = dataset.place[row.place_id]
        properties = {"place": row.place_id, "side": row.side, "name": both(place), **_label(place)}
        yield _feature(f"{row.place_id}/{row.side}", row.geometry, properties)


def _routes(dataset: Dataset, frame: gpd.GeoDataFrame) -> Iterator[Json]:
    for row in frame.itertuples():
        route = dataset.route[row.route_id]
        properties = {
            "goods": {"es": route.goods_es, "en": route.goods_en},
            "name": {"es": route_name(dataset, route, "es"), "en": route_name(dataset, route, "en")},
            "schematic": True,
            "hollow": route.hedge in DOUBTFUL,
        }
        yield _feature(route.route_id, row.geometry, properties)


def _points(dataset: Dataset, kind: PlaceKind) -> Iterator[Json]:
    for place in dataset.places:
        if place.kind is kind and place.lon is not None and place.lat is not None:
            yield _feature(place.place_id, shapely.Point(place.lon, place.lat), {"name": both(place)})


def build_scene(world: World, reading: Reading, view: ViewState, lang: Lang, theme: Theme) -> Json:
    """Return what the living map is told after every run: selection, colours, visibility, words."""
    words = labels.of(lang)
    selected = _selected(view)
    near = _near(world, view)
    return {
        "lang": lang,
        "theme": theme,
        "selected": selected,
        "layers": [layer.value for layer in view.layers],
        "regions": dict(_scene_regions(world, reading, lang)),
        "corridors": dict(_scene_corridors(world, reading, near, lang)),
        "routes": dict(_scene_routes(world, reading, near, words)),
        "sites": dict(_scene_sites(world, reading, lang)),
        "tripoints": {
            place.place_id: {"tip": words.tip_tripoint}
            for place in world.dataset.places
            if place.kind is PlaceKind.TRIPOINT
        },
        "edges": _edges(world, reading, lang) if Layer.ROUTES in view.layers else [],
        "legend": _legend(world, reading, view, words),
        "words": {
            "hint": words.hint,
            "read": words.read,
            "zoomIn": words.zoom_in,
            "zoomOut": words.zoom_out,
            "home": words.home,
            "attribution": words.attribution,
            "region": words.region_word,
            "map": words.map_word,
            "failed": words.map_failed,
        },
    }


def _selected(view: ViewState) -> Json | None:
    if view.route:
        return {"kind": "route", "id": view.route}
    return {"kind": "place", "id": view.place} if view.place else None


def _near(world: World, view: ViewState) -> frozenset[str]:
    """Return the corridors and routes that belong to what is selected."""
    if not view.place:
        return frozenset()
    place = world.dataset.place[view.place]
    return frozenset(world.touching.get(view.place, ())) | frozenset(routes_near(world.dataset, place, {}))


def _scene_regions(world: World, reading: Reading, lang: Lang) -> Iterator[tuple[str, Json]]:
    for place_id in world.shapes.regions.index:
        n, hatch = reading.tint(place_id), reading.hatch(place_id)
        tip = tip_lines(reading, world.everything, world.dataset.place[place_id], lang)
        yield place_id, {"n": n, "level": level(n), "hatch": hatch, "tip": tip}


def _scene_corridors(world: World, reading: Reading, near: frozenset[str], lang: Lang) -> Iterator[tuple[str, Json]]:
    for place_id in world.shapes.corridors["place_id"].unique():
        tip = tip_lines(reading, world.everything, world.dataset.place[place_id], lang)
        yield place_id, {"n": reading.tint(place_id), "near": place_id in near, "tip": tip}


def _scene_routes(world: World, reading: Reading, near: frozenset[str], words: Words) -> Iterator[tuple[str, Json]]:
    for route_id in reading.routes:
        if route_id in world.drawn:
            hedge = world.dataset.route[route_id].hedge
            tip = words.tip_route + (f"\n{labels.word(words, f'hedge_{hedge}')}" if hedge in DOUBTFUL else "")
            yield route_id, {"near": route_id in near, "tip": tip}


def _scene_sites(world: World, reading: Reading, lang: Lang) -> Iterator[tuple[str, Json]]:
    shown = {one for found in reading.reach.values() for one in found}
    words = labels.of(lang)
    for place in world.dataset.places:
        if place.kind is PlaceKind.SITE:
            n = len(shown.intersection(statements_at(world.dataset, place)))
            if n:
                region = labels.name_of(world.dataset.place[place.parent or ""], lang)
                tip = words.tip_site.format(n=labels.counted(words, "statements", n), region=region)
                yield place.place_id, {"tip": tip}


def _edges(world: World, reading: Reading, lang: Lang) -> list[Json]:
    """Return a card for each part of the world that a flow without a line leads to or comes from."""
    cards: dict[tuple[str, str], list[tuple[Place, Route]]] = defaultdict(list)
    for route_id in reading.routes:
        if route_id not in world.drawn:
            route = world.dataset.route[route_id]
            place, direction = _far_end(world, route)
            cards[_part_of_world(world, place).place_id, direction].append((place, route))
    order = list(SIDES)
    ranked = sorted(cards.items(), key=lambda card: (order.index(card[0][0]) if card[0][0] in SIDES else 99, card[0]))
    return [_card(world, place_id, direction, flows, lang) for (place_id, direction), flows in ranked]


def _far_end(world: World, route: Route) -> tuple[Place, str]:
    """Return a route's end that is not Peru's own, and whether the route goes out to it or comes in from it."""
    end = route_end(world.dataset, route, PointRole.DESTINATION)
    if end.place_id == COUNTRY or end.kind is PlaceKind.REGION:
        return route_end(world.dataset, route, PointRole.ORIGIN), "in"
    return end, "out"


def _part_of_world(world: World, place: Place) -> Place:
    """Return the world area that a country outside the frame is coded under, or the place itself."""
    parent = world.dataset.place.get(place.parent or "")
    return parent if parent is not None and parent.kind is PlaceKind.WORLD_AREA else place


def _card(world: World, place_id: str, direction: str, flows: Sequence[tuple[Place, Route]], lang: Lang) -> Json:
    place = world.dataset.place[place_id]
    inside = in_frame(place)
    items: list[Json] = []
    seen: Counter[str] = Counter()
    for end, route in flows:
        goods = labels.goods_of(route, lang)
        text = goods if end is place else f"{goods} ({labels.name_of(end, lang)})"
        seen[text] += 1
        numbered = text if seen[text] == 1 else f"{text} {seen[text]}"
        items.append({"route": route.route_id, "text": numbered, "tip": route_course(world.dataset, route, lang)})
    return {
        "side": None if inside else SIDES.get(place_id, "ne"),
        "at": [place.lon, place.lat] if inside else None,
        "direction": direction,
        "name": labels.name_of(place, lang),
        "items": items,
    }


def _legend(world: World, reading: Reading, view: ViewState, words: Words) -> Json:
    """Return the legend of what is drawn, and of nothing else."""
    regions = world.shapes.regions.index if Layer.REGIONS in view.layers else ()
    hatches = {reading.hatch(place_id) for place_id in regions}
    routes = [world.dataset.route[one] for one in reading.routes] if Layer.ROUTES in view.layers else []
    rows = [
        ("border", words.legend_border, Basis.BORDER in hatches),
        ("area", words.legend_area, Basis.AREA in hatches),
        ("blank", words.legend_blank, any(not reading.tint(one) and not reading.hatch(one) for one in regions)),
        ("schematic", words.legend_schematic, any(route.route_id in world.drawn for route in routes)),
        (
            "hollow",
            words.legend_hollow,
            any(route.hedge in DOUBTFUL and route.route_id in world.drawn for route in routes),
        ),
        ("corridor", words.legend_corridor, Layer.CORRIDORS in view.layers),
        ("site", words.legend_site, Layer.SITES in view.layers),
        ("tripoint", words.legend_tripoint, Layer.TRIPOINTS in view.layers),
    ]
    levels = [f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}" for low, high in LEVELS]
    return {
        "title": words.legend_title,
        "levels": levels if Layer.REGIONS in view.layers else [],
        "rows": [{"swatch": swatch, "text": text} for swatch, text, shown in rows if shown],
        "open": words.legend_open,
    }
