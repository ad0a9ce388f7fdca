"""What is drawn, as plain data: the map's constant features, and the scene that a state of the page gives."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import geopandas as gpd
import shapely

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, INDIRECT, LEVELS, Evidence, FilteredEvidence, Filters, apply_filters, level
from ocmap.analysis.summaries import (
    Touching,
    route_course,
    route_end,
    route_name,
    routes_near,
    statements_at,
)
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import POSITIONED_KINDS, Hedge, Nature, Place, PlaceKind, PointRole, Route
from ocmap.geo.join import build_evidence, build_neighbours, build_touching
from ocmap.geo.route_lines import in_frame, route_lines
from ocmap.geo.shapes import Shapes
from ocmap.i18n import LANGUAGES, Lang, Words

Json = dict[str, Any]
Theme = Literal["light", "dark"]
DIGITS = 4
DOUBTFUL = frozenset({Hedge.ALLEGED, Hedge.POTENTIAL})
FINEST_DRAWN = 2  # UCDP's class: a site known less well than "near a place" is drawn as approximate
SWATCHES = (
    "border",
    "area",
    "blank",
    "filtered",
    "schematic",
    "hollow",
    "corridor",
    "site",
    "rough",
    "tripoint",
    "response",
)
# What the map's script calls a word, and what we call it.
MAP_WORDS: Mapping[str, str] = {
    "hint": "hint",
    "read": "read",
    "zoomIn": "zoom_in",
    "zoomOut": "zoom_out",
    "home": "home",
    "edges": "map_flows",
    "attribution": "attribution",
    "map": "map_word",
    "legendTitle": "legend_title",
    "legendOpen": "legend_open",
    "statementsOne": "statements_one",
    "statements": "statements",
    "tipTintOne": "tip_tint_one",
    "tipTint": "tip_tint",
    "tipNotNamed": "tip_not_named",
    "tipBlank": "tip_blank",
    "tipFiltered": "tip_filtered",
    "tipBorder": "tip_border",
    "tipArea": "tip_area",
    "tipCorridorOne": "tip_corridor_one",
    "tipCorridor": "tip_corridor",
    "tipCorridorNone": "tip_corridor_none",
}
# The side of the map at which a flow that leaves the frame is announced.
SIDES: Mapping[str, str] = {
    "europe": "ne",
    "VE": "ne",
    "neighbours": "e",
    "caribbean": "nw",
    "north-america": "nw",
    "asia": "w",
}


@dataclass(frozen=True)
class CountryProfile:
    """Everything that stays the same while the app runs; shared by all sessions."""

    dataset: Dataset
    shapes: Shapes
    corridors_of: Touching
    neighbours: Mapping[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]
    unfiltered: FilteredEvidence
    routes_with_line: frozenset[str]


def build_profile(dataset: Dataset, shapes: Shapes) -> CountryProfile:
    """Return what the app and the exports draw from: the package, its shapes and what the join makes of them."""
    evidence = build_evidence(dataset, shapes)
    return CountryProfile(
        dataset=dataset,
        shapes=shapes,
        corridors_of=build_touching(shapes),
        neighbours=build_neighbours(shapes),
        evidence=evidence,
        unfiltered=apply_filters(dataset, evidence, Filters()),
        routes_with_line=frozenset(route_lines(dataset, shapes)["route_id"]),
    )


def both(place: Place) -> Json:
    """Return a place's names by language."""
    return {"es": place.name_es, "en": place.name_en}


def build_map_data(dataset: Dataset, shapes: Shapes) -> Json:
    """Return what the browser fetches once: every shape with its names, longitude first, WGS 84, and the words.

    Whatever does not depend on the reader's filters and selection is in here, so that a scene is small.
    """
    west, south, east, north = (round(float(x), DIGITS) for x in shapes.regions.total_bounds)
    lines = route_lines(dataset, shapes)
    return {
        "bounds": [[south, west], [north, east]],
        "words": {lang: _words(i18n.of(lang)) for lang in LANGUAGES},
        "flows": _flows(dataset, frozenset(lines["route_id"])),
        "regions": _collection(_places(dataset, shapes.regions)),
        "corridors": _collection(_corridors(dataset, shapes.corridors)),
        "countries": _collection(_places(dataset, shapes.countries)),
        "rivers": _collection(
            _feature(row.river_id, row.geometry, {"name": {"es": row.name_es, "en": row.name_en}, "rank": row.rank})
            for row in shapes.rivers.itertuples()
        ),
        "routes": _collection(_routes(dataset, lines)),
        "sites": _collection(_points(dataset, PlaceKind.SITE)),
        "tripoints": _collection(_points(dataset, PlaceKind.TRIPOINT)),
        "responses": _collection(_responses(dataset)),
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


def in_both(text: Callable[[Lang], str]) -> Json:
    """Return a text by language."""
    return {lang: text(lang) for lang in LANGUAGES}


def _words(words: Words) -> Json:
    """Return the words that the map itself writes, under the names that its script has for them."""
    legend = {swatch: i18n.word(words, f"legend_{swatch}") for swatch in SWATCHES}
    levels = [f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}" for low, high in LEVELS]
    return {
        **{script: i18n.word(words, ours) for script, ours in MAP_WORDS.items()},
        "legend": legend,
        "levels": levels,
    }


def _routes(dataset: Dataset, frame: gpd.GeoDataFrame) -> Iterator[Json]:
    for row in frame.itertuples():
        route = dataset.route[row.route_id]
        properties = {
            "goods": in_both(partial(i18n.goods_of, route)),
            "name": in_both(partial(route_name, dataset, route)),
            "note": in_both(partial(_route_note, route)),
            "schematic": True,
            "hollow": route.hedge in DOUBTFUL,
        }
        yield _feature(route.route_id, row.geometry, properties)


def _route_note(route: Route, lang: Lang) -> str:
    words = i18n.of(lang)
    return words.tip_route + (f"\n{i18n.word(words, f'hedge_{route.hedge}')}" if route.hedge in DOUBTFUL else "")


def _points(dataset: Dataset, kind: PlaceKind) -> Iterator[Json]:
    for place in dataset.places:
        if place.kind is kind and place.lon is not None and place.lat is not None:
            words = "tip_tripoint" if kind is PlaceKind.TRIPOINT else "tip_site"
            properties: Json = {"name": both(place), "note": in_both(partial(_note, words))}
            if kind is PlaceKind.SITE:
                properties["approximate"] = place.precision > FINEST_DRAWN
                properties["region"] = both(dataset.place[place.parent or ""])
            yield _feature(place.place_id, shapely.Point(place.lon, place.lat), properties)


def responses_at(dataset: Dataset, place: Place) -> tuple[str, ...]:
    """Return the statements on a response that name a place."""
    found = statements_at(dataset, place)
    return tuple(one for one in found if dataset.statement[one].nature is Nature.RESPONSE)


def _responses(dataset: Dataset) -> Iterator[Json]:
    """Yield a point for each region, corridor, site and tripoint where a response is said to be."""
    for place in dataset.places:
        if (
            place.kind in POSITIONED_KINDS
            and place.lon is not None
            and place.lat is not None
            and responses_at(dataset, place)
        ):
            note = in_both(partial(_note, "tip_response"))
            properties = {"name": both(place), "note": note, "place": place.place_id}
            yield _feature(f"response/{place.place_id}", shapely.Point(place.lon, place.lat), properties)


def _note(words: str, lang: Lang) -> str:
    """Return what a point says of itself; the browser fills in {n}, its statements, and {region}."""
    return i18n.word(i18n.of(lang), words)


def build_scene(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, lang: Lang, theme: Theme) -> Json:
    """Return what the living map is told after every run: language, theme, selection, counts, visibility.

    What is zero or blank is left out. A route without a line stands in ``flows``, which decides on the cards.
    """
    return {
        "lang": lang,
        "theme": theme,
        "selected": _selected(view),
        "layers": [layer.value for layer in view.layers],
        "regions": dict(_scene_regions(profile, filtered)),
        "corridors": _near(profile, view, {one: {"n": filtered.count_direct(one)} for one in _corridor_ids(profile)}),
        "routes": _near(profile, view, {one: {} for one in filtered.routes if one in profile.routes_with_line}),
        "sites": dict(_scene_sites(profile, filtered)),
        "tripoints": {place.place_id: {} for place in profile.dataset.places if place.kind is PlaceKind.TRIPOINT},
        "responses": dict(_scene_responses(profile, filtered)),
        "flows": sorted(filtered.shown_routes - profile.routes_with_line) if Layer.ROUTES in view.layers else [],
        "legend": list(_legend(profile, filtered, view)),
    }


def _corridor_ids(profile: CountryProfile) -> list[str]:
    return [str(one) for one in profile.shapes.corridors["place_id"].unique()]


def _selected(view: ViewState) -> Json | None:
    if view.route:
        return {"kind": "route", "id": view.route}
    return {"kind": "place", "id": view.place} if view.place else None


def _near(profile: CountryProfile, view: ViewState, marks: dict[str, Json]) -> dict[str, Json]:
    """Return corridors or routes with those marked that belong to the selected place."""
    if view.place:
        place = profile.dataset.place[view.place]
        for one in (*profile.corridors_of.get(view.place, ()), *routes_near(profile.dataset, place, {})):
            if one in marks:
                marks[one] = {**marks[one], "near": True}
    return marks


def _scene_regions(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[tuple[str, Json]]:
    for place_id in profile.shapes.regions.index:
        n, hatch = filtered.count_direct(place_id), filtered.indirect_basis(place_id)
        wider = {basis.value: filtered.count_on_markets(place_id, basis) for basis in INDIRECT}
        counts = {key: value for key, value in {"n": n, "level": level(n), **wider, "hatch": hatch}.items() if value}
        if counts:
            unseen = not n and profile.unfiltered.count_direct(place_id)
            yield place_id, counts | ({"hidden": True} if unseen else {})
        elif profile.unfiltered.of(place_id):
            yield place_id, {"hidden" if _drawable(profile, place_id) else "unmarked": True}


def _drawable(profile: CountryProfile, place_id: str) -> bool:
    """Return whether a region would have colour or hatching without any filter."""
    return bool(profile.unfiltered.count_direct(place_id) or profile.unfiltered.indirect_basis(place_id))


def _scene_sites(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[tuple[str, Json]]:
    for place in profile.dataset.places:
        if place.kind is PlaceKind.SITE:
            n = len(filtered.shown.intersection(statements_at(profile.dataset, place)))
            if n:
                yield place.place_id, {"n": n}


def _scene_responses(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[tuple[str, Json]]:
    for place in profile.dataset.places:
        if place.kind in POSITIONED_KINDS and (
            n := len(filtered.shown.intersection(responses_at(profile.dataset, place)))
        ):
            yield f"response/{place.place_id}", {"n": n}


def _flows(dataset: Dataset, drawn: frozenset[str]) -> list[Json]:
    """Return a card for each part of the world that a flow without a line leads to or comes from."""
    cards: dict[tuple[str, str], list[tuple[Place, Route]]] = defaultdict(list)
    for route in dataset.routes:
        if route.route_id not in drawn:
            place, direction = _far_end(dataset, route)
            cards[_part_of_world(dataset, place).place_id, direction].append((place, route))
    order = {place_id: rank for rank, place_id in enumerate(SIDES)}
    ranked = sorted(cards.items(), key=lambda card: (order.get(card[0][0], len(order)), card[0]))
    return [_card(dataset, place_id, direction, flows) for (place_id, direction), flows in ranked]


def _far_end(dataset: Dataset, route: Route) -> tuple[Place, str]:
    """Return a route's end that is not Peru's own, and whether the route goes out to it or comes in from it."""
    end = route_end(dataset, route, PointRole.DESTINATION)
    if end.place_id == COUNTRY or end.kind is PlaceKind.REGION:
        return route_end(dataset, route, PointRole.ORIGIN), "in"
    return end, "out"


def _part_of_world(dataset: Dataset, place: Place) -> Place:
    """Return the world area that a country outside the frame is coded under, or the place itself."""
    parent = dataset.place.get(place.parent or "")
    return parent if parent is not None and parent.kind is PlaceKind.WORLD_AREA else place


def _card(dataset: Dataset, place_id: str, direction: str, flows: Sequence[tuple[Place, Route]]) -> Json:
    place = dataset.place[place_id]
    inside = in_frame(place)
    texts = {lang: _numbered([_flow_text(place, end, route, lang) for end, route in flows]) for lang in LANGUAGES}
    return {
        "side": None if inside else SIDES.get(place_id, "ne"),
        "at": [place.lon, place.lat] if inside else None,
        "direction": direction,
        "name": both(place),
        "items": [
            {
                "route": route.route_id,
                "text": {lang: texts[lang][i] for lang in LANGUAGES},
                "tip": in_both(partial(_flow_tip, dataset, route)),
            }
            for i, (_, route) in enumerate(flows)
        ],
    }


def _flow_text(place: Place, end: Place, route: Route, lang: Lang) -> str:
    goods = i18n.goods_of(route, lang)
    return goods if end is place else f"{goods} ({i18n.name_of(end, lang)})"


def _flow_tip(dataset: Dataset, route: Route, lang: Lang) -> str:
    course = route_course(dataset, route, lang)
    hedge = i18n.word(i18n.of(lang), f"hedge_{route.hedge}")
    return f"{course} ({hedge})" if route.hedge in DOUBTFUL else course


def _numbered(texts: Sequence[str]) -> list[str]:
    """Return texts with a number after each that stands there already: two sentences can say the same flow."""
    seen: Counter[str] = Counter()
    numbered = []
    for text in texts:
        seen[text] += 1
        numbered.append(text if seen[text] == 1 else f"{text} {seen[text]}")
    return numbered


def _legend(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState) -> Iterator[str]:
    """Yield what the legend must explain: what is drawn, and nothing else."""
    drawn = [profile.dataset.route[one] for one in filtered.routes if one in profile.routes_with_line]
    on = frozenset(view.layers)
    if Layer.REGIONS in on:
        hatches = {filtered.indirect_basis(place_id) for place_id in profile.shapes.regions.index}
        if any(map(filtered.count_direct, profile.shapes.regions.index)):
            yield "levels"
        yield from (basis.value for basis in INDIRECT if basis in hatches)
        empty = [
            one
            for one in profile.shapes.regions.index
            if not filtered.count_direct(one) and not filtered.indirect_basis(one)
        ]
        if empty:
            yield "filtered" if any(_drawable(profile, one) for one in empty) else "blank"
    if Layer.ROUTES in on and drawn:
        yield "schematic"
        if any(route.hedge in DOUBTFUL for route in drawn):
            yield "hollow"
    if Layer.CORRIDORS in on:
        yield "corridor"
    if Layer.SITES in on:
        sites = {profile.dataset.place[one].precision > FINEST_DRAWN for one, _ in _scene_sites(profile, filtered)}
        yield from (swatch for rough, swatch in ((False, "site"), (True, "rough")) if rough in sites)
    if Layer.TRIPOINTS in on:
        yield "tripoint"
    if Layer.RESPONSES in on and any(_scene_responses(profile, filtered)):
        yield "response"
