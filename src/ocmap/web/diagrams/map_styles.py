"""How still maps look: their sizes, and the SVG attributes of everything that is drawn and written on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

import shapely
from shapely import LineString

from ocmap.dataset.settings import Extent, Settings
from ocmap.web.diagrams.map_labels import TextLook
from ocmap.web.diagrams.map_projection import MapProjection
from ocmap.web.tokens import TOKENS

COLOURS = TOKENS["light"]
LEVEL_COLOURS = tuple(COLOURS[f"level-{i}"] for i in range(6))
HATCH_COLOURS = tuple(COLOURS[f"hatch-{i}"] for i in range(6))  # over each of these
LIGHTER = 0.5  # the opacity of an end that is inferred
AROUND_LINE = 4.5  # degrees that a thumbnail shows around its route

Look = Mapping[str, str | float | None]


class Hatching(NamedTuple):
    """The two patterns: for each colour class the colour of its lines and dots; distances and widths in units."""

    colours: tuple[str, ...]
    lines: tuple[float, float]
    dots: tuple[float, float]


class Inset(NamedTuple):
    """A window on marks that lie too close together for the map, and where it lies on the map."""

    style: "MapStyle"
    x: float
    y: float


@dataclass(frozen=True)
class MapStyle:
    """How a map is drawn. A shape is drawn if there is a look for it.

    Attributes:
        looks: The SVG attributes of each kind of shape.
        texts: How each kind of name is written.
        heads: The SVG attributes of each arrowhead; its tip is at 0, 0 and points along the line that it ends.
        hatching: The patterns, where there are any.
        inset: The window, where there is one.
    """

    projection: MapProjection
    looks: Mapping[str, Look]
    texts: Mapping[str, TextLook]
    heads: Mapping[str, Look]
    hatching: Hatching | None = None
    inset: Inset | None = None


def _line(colour: str, width: float, **more: str | float) -> Look:
    attributes = {name.replace("_", "-"): value for name, value in more.items()}
    return {"fill": "none", "stroke": colour, "stroke-width": width, "stroke-linejoin": "round", **attributes}


def _area(fill: str, line: str, width: float) -> Look:
    return {**_line(line, width), "fill": fill, "fill-rule": "evenodd"}


def _mark(fill: str, edge: str, width: float) -> Look:
    return {**_area(COLOURS[fill], COLOURS[edge], width), "paint-order": "stroke"}


def _text(  # noqa: PLR0913 - what type consists of
    size: float,
    colour: str,
    weight: int | None = None,
    *,
    halo: str = "label-halo",
    style: str | None = None,
    spacing: float = 0.0,
) -> TextLook:
    attributes = {"font-size": size, "font-weight": weight, "font-style": style, "letter-spacing": spacing or None}
    return TextLook(size, {**attributes, "fill": COLOURS[colour], "stroke": COLOURS[halo]}, spacing)


GLYPHS = MappingProxyType(
    {
        "site": "m0,-4.8l4.8,4.8l-4.8,4.8l-4.8,-4.8z",
        "rough": "m0,-4.8l4.8,4.8l-4.8,4.8l-4.8,-4.8z",
        "tripoint": "m0,-4.6l4.4,7.8h-8.8z",
        "response": "m-4.2,-4.2h8.4v8.4h-8.4z",
        "start": "m-2.7,0a2.7,2.7 0 1 0 5.4,0a2.7,2.7 0 1 0 -5.4,0z",
        "ring": "m-10,0a10,10 0 1 0 20,0a10,10 0 1 0 -20,0z",
    }
)
"""The path of each mark after it has moved to where the mark stands."""

LOOKS: Mapping[str, Look] = {
    "sea": {"fill": COLOURS["sea"]},
    "abroad": _area(COLOURS["neighbour"], COLOURS["neighbour-line"], 0.9),
    **{f"level-{i}": _area(colour, COLOURS["region-line"], 0.7) for i, colour in enumerate(LEVEL_COLOURS)},
    **{f"{basis}-{i}": {"fill": f"url(#still-{basis}-{i})"} for basis in ("border", "area") for i in range(6)},
    "river": _line(COLOURS["river"], 1.2, opacity=0.8),
    "river-minor": _line(COLOURS["river"], 0.8, opacity=0.8),
    "corridor": {"fill": COLOURS["corridor"], "fill-opacity": 0.5},
    "corridor-strong": {"fill": COLOURS["corridor"], "fill-opacity": 0.9},
    "limit": _line(COLOURS["corridor-line"], 1.1, stroke_dasharray="1.5 3", stroke_linecap="round"),
    "outline": _line(COLOURS["national-line"], 1.4),
    "halo": _line(COLOURS["selection-halo"], 4.4),
    "focus": _line(COLOURS["selection"], 2.2),
    "ring-halo": _line(COLOURS["selection-halo"], 4.4),
    "ring": _line(COLOURS["selection"], 2.2),
    "casing": _line(COLOURS["route-halo"], 4, stroke_opacity=0.85),
    "route": _line(COLOURS["route"], 1.6, stroke_dasharray="5 4"),
    "route-strong": _line(COLOURS["route"], 2.4, stroke_dasharray="5 4"),
    "route-open": _line(COLOURS["route"], 1.4, stroke_dasharray="1.4 4.6", opacity=0.7),
    "start": _area(COLOURS["surface"], COLOURS["route"], 1.4),
    "start-inferred": {**_area(COLOURS["surface"], COLOURS["route"], 1.4), "opacity": LIGHTER},
    "head": {"fill": "none", "marker-end": "url(#still-head)"},
    "head-inferred": {"fill": "none", "marker-end": "url(#still-head)", "opacity": LIGHTER},
    "head-hollow": {"fill": "none", "marker-end": "url(#still-head-hollow)"},
    "head-hollow-inferred": {"fill": "none", "marker-end": "url(#still-head-hollow)", "opacity": LIGHTER},
    "site": _mark("site", "site-halo", 1.6),
    "rough": _mark("surface", "site", 1.6),
    "tripoint": _area(COLOURS["surface"], COLOURS["national-line"], 1.2),
    "response": _mark("accent", "site-halo", 1.6),
    "leader": _line(COLOURS["national-line"], 0.9),
    "frame": _line(COLOURS["control"], 2),
}
HEADS: Mapping[str, Look] = {
    "head": {**_mark("route", "route-halo", 0.7), "d": "M-7.6,-4.2L1.2,0L-7.6,4.2L-5.4,0z"},
    "head-hollow": {**_mark("surface", "route", 1.3), "d": "M-7,-3.6L.6,0L-7,3.6L-5.2,0z"},
}
TEXTS: Mapping[str, TextLook] = {
    "region": _text(12.5, "ink", 700),
    "selected": _text(14, "ink", 700),
    "blank": _text(12, "ink2"),
    "corridor": _text(11.5, "corridor-text", 600, halo="neighbour"),
    "country": _text(10.5, "neighbour-text", halo="neighbour", spacing=1.7),
    "route": _text(12, "route"),
    "site": _text(11.5, "ink", style="italic"),
    "tripoint": _text(11, "ink2"),
    "river": _text(11, "sea-text", style="italic"),
}
# Reads in greyscale: what is selected is filled, and what is filled with a colour has an edge.
BRIEF_LOOKS: Mapping[str, Look] = {
    **{name: look for name, look in LOOKS.items() if name not in {"start", "start-inferred", "halo", "frame"}},
    "sea": {"fill": TOKENS["brief"]["brief-sea"]},
    "abroad": _area(TOKENS["brief"]["brief-neighbour"], COLOURS["neighbour-line"], 0.7),
    "corridor": _area(COLOURS["corridor"], COLOURS["ink2"], 0.6),
    "corridor-hatched": _area("url(#still-border-0)", COLOURS["ink2"], 0.6),
    "limit": _area(COLOURS["selection"], COLOURS["selection-halo"], 1),
    "focus": _area(COLOURS["selection"], COLOURS["selection-halo"], 1),
}
BRIEF_TEXTS: Mapping[str, TextLook] = {
    **TEXTS,
    "selected": _text(13, "ink", 700),
    "inside": _text(13, "surface", 700, halo="ink"),
    "number": _text(13, "ink", 700),
    "country": _text(12, "ink2"),
}
BRIEF_HATCHING = Hatching(
    (*[COLOURS["ink2"]] * 3, *[COLOURS["surface"]] * 3),
    lines=(5, 1.1),
    dots=(4.24, 0.9),
)
POSTER_WIDTH = 640
BRIEF_WIDTH = 300
INSET_WIDTH = 184


def poster_style(settings: Settings) -> MapStyle:
    """Return the style of the poster's map: the whole country with what is around it, and the inset."""
    inset = settings.inset
    return MapStyle(
        _projection(settings, settings.print.poster, POSTER_WIDTH, 0.012),
        looks=LOOKS,
        texts=TEXTS,
        heads=HEADS,
        hatching=Hatching(HATCH_COLOURS, lines=(7.2, 0.8), dots=(6.4, 0.9)),
        inset=Inset(
            MapStyle(_projection(settings, inset.window, INSET_WIDTH, 0.003), looks=LOOKS, texts=TEXTS, heads={}),
            *inset.at,
        )
        if inset and inset.at
        else None,
    )


def index_style(settings: Settings) -> MapStyle:
    """Return the style of the picture in the page before the dashboard is there: small, without frame and inset."""
    return replace(
        poster_style(settings),
        projection=_projection(settings, settings.print.poster, POSTER_WIDTH, 0.04),
        looks={name: look for name, look in LOOKS.items() if name != "frame"},
        inset=None,
    )


def brief_style(settings: Settings) -> MapStyle:
    """Return the style of a brief's map."""
    return MapStyle(
        _projection(settings, settings.print.brief, BRIEF_WIDTH, 0.03),
        looks=BRIEF_LOOKS,
        texts=BRIEF_TEXTS,
        heads=HEADS,
        hatching=BRIEF_HATCHING,
    )


def _projection(settings: Settings, extent: Extent, width: float, detail: float) -> MapProjection:
    return MapProjection(*extent, width, detail, settings.map.centre[1])


def thumbnail(line: LineString, frame: Extent) -> MapStyle:
    """Return the style of a route's thumbnail, whose looks are classes of ``routes.css``, ten units a degree."""
    shown = shapely.box(*line.bounds).buffer(AROUND_LINE).intersection(shapely.box(*frame))
    west, south, east, north = (round(degrees, 2) for degrees in shown.bounds)
    width = round(10 * (east - west), 1)
    head = {"d": "M-1.1 -.55L0 0L-1.1 .55Z", "transform": f"scale({width / 18:.4g})"}
    return MapStyle(
        MapProjection(west, south, east, north, width, detail=0.06, true_at=0),
        looks={
            "abroad": {"class": "land"},
            "outline": {"class": "own"},
            "casing": {"class": "casing"},
            "route": {"class": "ln"},
            "route-open": {"class": "ln open"},
            **{name: look for name, look in LOOKS.items() if name.startswith("head")},
        },
        texts={},
        heads={"head": {"class": "hd", **head}, "head-hollow": {"class": "hd hollow", **head}},
    )
