"""What is drawn whatever the reader chooses, as plain data."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial

import geopandas as gpd

from ocmap import i18n
from ocmap.analysis.filters import level_labels
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import route_name, statements_naming
from ocmap.dataset.dataset import Dataset, RouteEnd, label_point
from ocmap.dataset.schema import (
    DOUBTFUL,
    LANGUAGES,
    Align,
    Lang,
    Nature,
    Place,
    PlaceKind,
    Route,
)
from ocmap.web.arcs import PER_DEGREE, Lines, share_arcs
from ocmap.web.client_types import (
    CorridorData,
    LabelData,
    MapData,
    PlaceData,
    PointData,
    PointFeature,
    ResponseData,
    RiverData,
    RouteLineData,
    ShapeFeature,
    SiteData,
)
from ocmap.web.flows import build_flows

DIGITS = 4
ANSWERED = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR, PlaceKind.SITE, PlaceKind.TRIPOINT})
FINEST_DRAWN = 2  # UCDP's class: a site known less well than "near a place" is drawn as approximate
TEXTS = ("count", "legend", "map", "tooltip")  # the tables of texts that the map writes from


def build_map_data(profile: CountryProfile) -> MapData:
    """Return what the browser fetches once: every shape with its names, longitude first, WGS 84, and the words.

    Whatever does not depend on the reader's filters and selection is in here, so that a scene is small.
    """
    dataset, shapes, routes = profile.dataset, profile.shapes, profile.route_lines
    home = dataset.settings.map.home or shapes.regions.total_bounds
    west, south, east, north = (round(float(x), DIGITS) for x in home)
    arcs, lines = share_arcs(
        {
            "regions": shapes.regions.geometry,
            "corridors": shapes.corridors.geometry,
            "countries": shapes.countries.geometry,
            "rivers": shapes.rivers.geometry,
            "routes": routes.geometry,
        }
    )
    inset = dataset.settings.inset
    data: MapData = {
        "country": dataset.country_id,
        "frame": dataset.settings.map.frame,
        "centre": (dataset.settings.map.centre[1], dataset.settings.map.centre[0]),
        "inset": list(inset.places) if inset else [],
        "bounds": ((south, west), (north, east)),
        "words": {lang: i18n.words_of(dataset, lang).tables(*TEXTS) for lang in LANGUAGES},
        "levels": list(level_labels()),
        "flows": build_flows(profile),
        "perDegree": PER_DEGREE,
        "arcs": arcs,
        "regions": list(_places(dataset, shapes.regions, lines["regions"])),
        "corridors": list(_corridors(dataset, shapes.corridors, lines["corridors"])),
        "countries": list(_places(dataset, shapes.countries, lines["countries"])),
        "rivers": list(_rivers(shapes.rivers, lines["rivers"])),
        "routes": list(_routes(dataset, routes, lines["routes"])),
        "sites": list(_sites(dataset)),
        "tripoints": list(_tripoints(dataset)),
        "responses": list(_responses(dataset)),
    }
    if inset and inset.at is None:
        data["far"] = inset.window
    return data


def _label(place: Place) -> LabelData:
    point = label_point(place)
    return {"label": point, "align": place.label_align or Align.MIDDLE} if point else {}


def _places(dataset: Dataset, frame: gpd.GeoDataFrame, shapes: Iterable[Lines]) -> Iterator[ShapeFeature[PlaceData]]:
    for place_id, lines in zip(frame["place_id"], shapes, strict=True):
        place = dataset.place[place_id]
        properties: PlaceData = {"name": i18n.by_language(partial(i18n.name_of, place)), **_label(place)}
        yield {"id": place_id, "properties": properties, "lines": lines}


def _corridors(
    dataset: Dataset, frame: gpd.GeoDataFrame, shapes: Iterable[Lines]
) -> Iterator[ShapeFeature[CorridorData]]:
    for row, lines in zip(frame.itertuples(), shapes, strict=True):
        place = dataset.place[row.place_id]
        properties: CorridorData = {
            "place": row.place_id,
            "side": row.side,
            "name": i18n.by_language(partial(i18n.name_of, place)),
            **_label(place),
        }
        yield {"id": f"{row.place_id}/{row.side}", "properties": properties, "lines": lines}


def _rivers(frame: gpd.GeoDataFrame, shapes: Iterable[Lines]) -> Iterator[ShapeFeature[RiverData]]:
    for row, lines in zip(frame.itertuples(), shapes, strict=True):
        properties: RiverData = {"name": {"es": row.name_es, "en": row.name_en}, "rank": row.rank}
        yield {"id": row.river_id, "properties": properties, "lines": lines}


def _routes(
    dataset: Dataset, frame: gpd.GeoDataFrame, shapes: Iterable[Lines]
) -> Iterator[ShapeFeature[RouteLineData]]:
    for row, lines in zip(frame.itertuples(), shapes, strict=True):
        route = dataset.route[row.route_id]
        properties: RouteLineData = {
            "goods": i18n.by_language(partial(i18n.goods_of, route)),
            "name": i18n.by_language(partial(route_name, dataset, route)),
            "note": i18n.by_language(partial(route_note, dataset, route, (row.start, row.end))),
            "hollow": route.hedge in DOUBTFUL,
            "start": row.start,
            "end": row.end,
        }
        yield {"id": route.route_id, "properties": properties, "lines": lines}


def route_note(dataset: Dataset, route: Route, ends: tuple[RouteEnd, RouteEnd], lang: Lang) -> str:
    """Return what a route's mark says of its line, one thing a line."""
    words = i18n.words_of(dataset, lang)
    lines = [words["tooltip.route"]]
    lines += [words["legend.open_end"]] if RouteEnd.OPEN in ends else []
    lines += [words["legend.inferred"]] if RouteEnd.INFERRED in ends else []
    lines += [words[f"hedge.{route.hedge}"]] if route.hedge in DOUBTFUL else []
    return "\n".join(lines)


def _sites(dataset: Dataset) -> Iterator[PointFeature[SiteData]]:
    for place, at in _points(dataset, {PlaceKind.SITE}):
        properties: SiteData = {
            **_point_texts(dataset, place, "tooltip.site"),
            "approximate": place.precision > FINEST_DRAWN,
            "region": i18n.by_language(partial(i18n.name_of, dataset.place[place.parent or ""])),
        }
        yield {"id": place.place_id, "properties": properties, "at": at}


def _tripoints(dataset: Dataset) -> Iterator[PointFeature[PointData]]:
    for place, at in _points(dataset, {PlaceKind.TRIPOINT}):
        yield {"id": place.place_id, "properties": _point_texts(dataset, place, "tooltip.tripoint"), "at": at}


def _responses(dataset: Dataset) -> Iterator[PointFeature[ResponseData]]:
    """Yield a point for each region, corridor, site and tripoint where a response is said to be."""
    for place, at in _points(dataset, ANSWERED):
        if responses_at(dataset, place):
            properties: ResponseData = {**_point_texts(dataset, place, "tooltip.response"), "place": place.place_id}
            yield {"id": f"response/{place.place_id}", "properties": properties, "at": at}


def _points(dataset: Dataset, kinds: Collection[PlaceKind]) -> Iterator[tuple[Place, tuple[float, float]]]:
    """Yield the places of these kinds that have a position, and that, longitude first."""
    for place in dataset.places:
        if place.kind in kinds and place.lon is not None and place.lat is not None:
            yield place, (place.lon, place.lat)


def _point_texts(dataset: Dataset, place: Place, note: str) -> PointData:
    """Return a point's name and what it says of itself; the browser fills in {n}, its statements, and {region}."""
    return {
        "name": i18n.by_language(partial(i18n.name_of, place)),
        "note": {lang: i18n.words_of(dataset, lang)[note] for lang in LANGUAGES},
    }


def responses_at(dataset: Dataset, place: Place) -> tuple[str, ...]:
    """Return the statements on a response that name a place."""
    found = statements_naming(dataset, place)
    return tuple(one for one in found if dataset.statement[one].nature is Nature.RESPONSE)
