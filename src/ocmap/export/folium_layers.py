"""Put a view of the map on a folium map for notebooks: the app's colours and counts, as layers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap import i18n
from ocmap.analysis.filters import level_labels
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import route_name, statements_of_place
from ocmap.analysis.view_state import Layer
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import DOUBTFUL, Basis
from ocmap.export.readme import ENVIRONMENT, citation_of, title_of
from ocmap.geo.folium_map import FoliumMap, MapLayer, build_map
from ocmap.web.diagrams.map_content import MapContent, content_of, legend_rows
from ocmap.web.diagrams.map_styles import GLYPHS, HEADS, LIGHTER, LOOKS, poster_style
from ocmap.web.map_data import DIGITS, route_note

LEAFLET = {
    "fill": "fillColor",
    "fill-opacity": "fillOpacity",
    "stroke": "color",
    "stroke-width": "weight",
    "stroke-dasharray": "dashArray",
    "opacity": "opacity",
}
"""Leaflet's names for the SVG attributes of a path."""
SUFFIX = {RouteEnd.NAMED: "", RouteEnd.INFERRED: "-inferred"}
"""What the name of the mark at an end of a route has; an open end has no mark."""
LIGHT = {"": 1, "-inferred": LIGHTER}
MARKS = {
    role: {f"{name}{suffix}": {**look, "opacity": opacity} for name, look in looks for suffix, opacity in LIGHT.items()}
    for role, looks in (("start", [("start", {**LOOKS["start"], "d": GLYPHS["start"]})]), ("end", HEADS.items()))
}
"""The marks at the start and at the end of a route's line, by name; those that are inferred are lighter."""
SIGNS = {"schematic": "ocmap-head", "hollow": "ocmap-head-hollow", "open_end": "", "inferred": "ocmap-start-inferred"}
"""The mark on the line that stands beside a text of the legend."""
SHOWN = (Layer.REGIONS, Layer.CORRIDORS, Layer.ROUTES, Layer.SITES)


class _Layers:
    """The layers of one view."""

    def __init__(self, page: PageContext, content: MapContent) -> None:
        self.profile, self.lang, self.words = page.profile, page.lang, page.words
        self.dataset, self.shapes = page.dataset, page.profile.shapes
        self.filtered, self.content = page.filtered, content

    def ground(self) -> Iterator[Mapping[str, Any]]:
        """Yield the land, without a tooltip."""
        for country in self.shapes.countries.geometry:
            yield _feature(country, "abroad", "ocmap-land", "", interactive=False)

    def regions(self) -> Iterator[Mapping[str, Any]]:
        """Yield each region with the colour of its count, and once more with its hatching."""
        levels, hatches = self.content.levels or {}, self.content.hatches
        for place_id, shape in self.shapes.regions.geometry.items():
            level = levels.get(place_id, 0)
            tip = self._tip(place_id, *self._count_region(place_id))
            yield _feature(shape, f"level-{level}", "ocmap-region", tip)
            if place_id in hatches:
                yield _feature(shape, f"{hatches[place_id]}-{level}", "ocmap-hatching", tip, interactive=False)

    def corridors(self) -> Iterator[Mapping[str, Any]]:
        """Yield the outer side of each corridor, as the app draws it."""
        for row in self.shapes.corridors.itertuples():
            if row.side == "outer":
                n = self.filtered.count_direct(row.place_id)
                line = self.words.counted("tooltip.corridor", n) if n else self.words["tooltip.corridor_none"]
                yield _feature(row.geometry, "corridor", "ocmap-corridor", self._tip(row.place_id, line))

    def routes(self) -> Iterator[Mapping[str, Any]]:
        """Yield the line of each route, with a dot at its start and a head at its end, unless these are open."""
        lines = self.profile.route_lines.geometry
        for route_id in self.content.routes:
            route, ends = self.dataset.route[route_id], self.profile.ends_of(route_id)
            head = "head-hollow" if route.hedge in DOUBTFUL else "head"
            marks = (
                f"ocmap-{mark}{SUFFIX[end]}" for mark, end in zip(("start", head), ends, strict=True) if end in SUFFIX
            )
            tip = _lines(
                route_name(self.dataset, route, self.lang),
                *route_note(self.dataset, route, ends, self.lang).split("\n"),
            )
            yield _feature(lines[route_id], "route", " ".join(("ocmap-route", *marks)), tip)

    def sites(self) -> Iterator[Mapping[str, Any]]:
        """Yield the sites that statements name."""
        for kind, place_id in self.content.marks:
            place = self.dataset.place[place_id]
            n = len(statements_of_place(self.dataset, self.filtered, place))
            region = i18n.name_of(self.dataset.place[place.parent or ""], self.lang)
            line = self.words["tooltip.site"].format(n=self.words.counted("count.statements", n), region=region)
            point = shapely.Point(place.lon or 0.0, place.lat or 0.0)
            yield _feature(point, kind, "ocmap-site", self._tip(place_id, line))

    def _tip(self, place_id: str, *lines: str) -> str:
        return _lines(i18n.name_of(self.dataset.place[place_id], self.lang), *lines)

    def _count_region(self, place_id: str) -> Iterator[str]:
        """Yield what the app says of a region when it is pointed at."""
        counts, words = self.filtered.count_on_markets(place_id), self.words
        whole = self.profile.unfiltered.count_on_markets(place_id)
        wider = [
            words[f"tooltip.{basis}"].format(n=n) for basis in (Basis.BORDER, Basis.AREA) if (n := counts.count(basis))
        ]
        if counts.direct:
            yield words.counted("tooltip.direct", counts.direct)
        elif not wider:
            yield words["tooltip.filtered" if whole.direct or whole.indirect_basis else "tooltip.blank"]
        elif not whole.direct:
            yield words["tooltip.not_named"]
        if wider:
            yield " · ".join(wider)


def build_folium_map(page: PageContext) -> FoliumMap:
    """Return a page's map of regions, corridors, routes and sites."""
    content = replace(content_of(page), cards=())  # no cards, so no rows of the legend on them
    layers, words = _Layers(page, content), page.words
    west, south, east, north = (float(x) for x in page.profile.shapes.regions.total_bounds)
    return build_map(
        [
            MapLayer("", list(layers.ground()), escape(words["map.attribution"])),
            *(MapLayer(words[f"layer.{layer}"], list(getattr(layers, layer)())) for layer in SHOWN),
        ],
        bounds=((south, west), (north, east)),
        title=title_of(page),
        body=ENVIRONMENT.get_template("folium_map.html").render(
            marks=MARKS,
            signs=SIGNS,
            style=poster_style(page.dataset.settings),
            words=words,
            levels=level_labels(),
            rows={one: words[f"legend.{one}"] for one in legend_rows(page, content) if one != "levels"},
            citation=citation_of(page),
        ),
    )


def _feature(
    geometry: BaseGeometry, look: str, name: str, tooltip: str, *, interactive: bool = True
) -> Mapping[str, Any]:
    """Return a GeoJSON feature, drawn as a still map draws a shape of this look."""
    attributes = {LEAFLET[key]: value for key, value in LOOKS[look].items() if key in LEAFLET}
    filled = attributes.get("fillColor", "none") != "none"
    style = {"fillOpacity": 1, **attributes, "fill": filled, "stroke": "color" in attributes}
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, DIGITS))
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(rounded)),
        "properties": {"style": {**style, "className": name, "interactive": interactive}, "tooltip": tooltip},
    }


def _lines(name: str, *lines: str) -> str:
    """Return a tooltip as HTML: the name, and a line for each thing that is said of it."""
    return "<br>".join([f"<b>{escape(name)}</b>", *map(escape, lines)])
