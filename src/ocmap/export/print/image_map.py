"""The map of an image: what the app's map draws of a state of the page, laid out on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot
from typing import NamedTuple

import shapely
from shapely import LineString
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import Layer
from ocmap.dataset.schema import COUNTRY, Align, Lang
from ocmap.export.print.naming import STYLES, Candidate, Name, Try, around, place_names
from ocmap.export.print.projection import Canvas
from ocmap.web.json_data import Json

MAP = Canvas(west=-83.3, south=-20.2, east=-66.0, north=1.6, width=640, detail=0.012)
"""The whole country with its neighbours; north enough for the routes that end in Colombia."""
LIMA = Canvas(west=-77.42, south=-12.56, east=-76.12, north=-11.56, width=184, detail=0.003)
"""A window on the sites that lie too close together for the map."""
LIMA_AT = (10.0, 628.0)  # where it lies on the map: in the sea
LIMA_IDS = ("PE-LMA", "PE-CAL")
SMALL = 20.0  # units: a region smaller than that gets a ring, one smaller than twice that a thin outline
HEAD_FROM = 9.0  # units before a route's end from which its head points
POINT = 5.0
BESIDE = 9.0  # how far a mark moves aside that would lie on another
LINE_HEIGHT = 12.5


class Region(NamedTuple):
    """A region: its outline, its colour class and the hatching that lies over it, if any."""

    place: str
    path: str
    level: int
    hatch: str


class Corridor(NamedTuple):
    """A corridor outside the border; ``limit`` is its inner limit, drawn where it belongs to what is selected."""

    place: str
    path: str
    limit: str


class Line(NamedTuple):
    """A route: its line, where it begins, where it ends and in which direction it gets there."""

    route: str
    path: str
    strong: bool
    hollow: bool
    x0: float
    y0: float
    x: float
    y: float
    angle: float


class Mark(NamedTuple):
    """A site, tripoint or response; ``kind`` is its sign in the legend."""

    place: str
    kind: str
    x: float
    y: float


class River(NamedTuple):
    """A river; ``minor`` ones are thinner."""

    path: str
    minor: bool


class Ring(NamedTuple):
    """What is selected: an outline, thin around a small region, or a circle around what is too small for one."""

    path: str
    x: float = 0.0
    y: float = 0.0
    thin: bool = False


class Inset(NamedTuple):
    """The window on Lima: where it lies, what it shows, and the name under it."""

    x: float
    y: float
    regions: tuple[Region, ...]
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    ring: Ring | None
    leader: tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """All of the map that the template writes down, in units of `MAP`, from the bottom up."""

    abroad: tuple[str, ...]
    regions: tuple[Region, ...]
    rivers: tuple[River, ...]
    corridors: tuple[Corridor, ...]
    outline: str
    rings: tuple[Ring, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    inset: Inset | None
    names: tuple[Name, ...]


class Drafter:
    """Lays out what the app's map would draw of ``scene``; ``data`` are the map's constant features."""

    def __init__(self, profile: CountryProfile, data: Json, scene: Json) -> None:
        """Take what is drawn from, and the language from the scene."""
        self.profile, self.data, self.scene = profile, data, scene
        self.lang: Lang = scene["lang"]
        self.paths, self.outline = MAP.land(profile.shapes)
        self.picked: Json = scene["selected"] or {}
        self.routes = {
            one["id"]: LineString(MAP.project(shape(one["geometry"]).simplify(MAP.detail)).coords)
            for one in self._features("routes")
            if one["id"] in scene["routes"] and self._on(Layer.ROUTES)
        }

    def draw(self) -> Plan:
        """Return the map."""
        marks = tuple(self._marks())
        in_lima = [one for one in marks if self._in_lima(one.place)]
        # A tint can be seen on the map itself; only marks need the window.
        inset = self._inset() if in_lima else None
        shown = tuple(one for one in marks if inset is None or one not in in_lima)
        lines = tuple(self._lines())
        taken = [shapely.Point(one.x, one.y).buffer(POINT).envelope for one in shown]
        taken += [
            shapely.Point(x, y).buffer(POINT).envelope for one in lines for x, y in ((one.x0, one.y0), (one.x, one.y))
        ]
        if inset:
            taken.append(shapely.box(0, inset.y - 2, inset.x + LIMA.width + 4, MAP.height))
            taken += _boxes(LineString([(inset.x + LIMA.width, inset.y), inset.leader]), 1)
        frame = shapely.box(3, 3, MAP.width - 3, MAP.height - 3)
        return Plan(
            abroad=tuple(MAP.abroad(self.profile.shapes)),
            regions=tuple(self._regions(self.paths)),
            rivers=tuple(
                River(MAP.path(shape(one["geometry"]).simplify(MAP.detail)), one["properties"]["rank"] > 1)
                for one in self._features("rivers")
                if self._on(Layer.RIVERS)
            ),
            corridors=tuple(self._corridors()),
            outline=self.outline,
            rings=tuple(self._rings(marks)),
            lines=lines,
            marks=shown,
            inset=inset,
            names=tuple(place_names(self._candidates(shown), taken, frame)),
        )

    def _on(self, layer: Layer) -> bool:
        return layer.value in self.scene["layers"]

    def _features(self, name: str) -> Sequence[Json]:
        found: Sequence[Json] = self.data[name]["features"]
        return found

    def _chosen(self, kind: str, identifier: str) -> bool:
        return bool(self.picked == {"kind": kind, "id": identifier})

    def _regions(self, paths: Mapping[str, str]) -> Iterator[Region]:
        for place, path in paths.items():
            given = self.scene["regions"].get(place, {}) if self._on(Layer.REGIONS) else {}
            yield Region(place, path, given.get("level", 0), str(given.get("indirect", "")))

    def _corridors(self) -> Iterator[Corridor]:
        sides = {one["id"]: shape(one["geometry"]).simplify(MAP.detail) for one in self._features("corridors")}
        for place, given in self.scene["corridors"].items() if self._on(Layer.CORRIDORS) else ():
            strong = "near" in given or self._chosen("place", place)
            yield Corridor(
                place, MAP.path(sides[f"{place}/outer"]), MAP.path(sides[f"{place}/inner"]) if strong else ""
            )

    def _lines(self) -> Iterator[Line]:
        hollow = {one["id"]: one["properties"]["hollow"] for one in self._features("routes")}
        for route, line in self.routes.items():
            (x0, y0), (x, y) = line.coords[0], line.coords[-1]
            before = line.interpolate(-HEAD_FROM)
            yield Line(
                route=route,
                path=_write(line),
                strong="near" in self.scene["routes"][route] or self._chosen("route", route),
                hollow=hollow[route],
                x0=round(x0, 1),
                y0=round(y0, 1),
                x=round(x, 1),
                y=round(y, 1),
                angle=round(degrees(atan2(y - before.y, x - before.x)), 1),
            )

    def _marks(self, canvas: Canvas = MAP) -> Iterator[Mark]:
        """Yield the points that are shown; a response beside the site of which it is said."""
        taken: set[tuple[float, float]] = set()
        for layer in (Layer.SITES, Layer.TRIPOINTS, Layer.RESPONSES):
            for one in self._features(layer.value):
                if not self._on(layer) or one["id"] not in self.scene[layer.value]:
                    continue
                kind = "rough" if one["properties"].get("approximate") else layer.value.removesuffix("s")
                x, y = canvas.point(*one["geometry"]["coordinates"])
                x = round(x + BESIDE, 1) if (x, y) in taken else x
                taken.add((x, y))
                yield Mark(one["properties"].get("place", one["id"]), kind, x, y)

    def _in_lima(self, place: str) -> bool:
        one = self.profile.dataset.place[place]
        return one.place_id not in LIMA_IDS and one.parent in LIMA_IDS

    def _inset(self) -> Inset:
        window = shapely.box(LIMA.west, LIMA.south, LIMA.east, LIMA.north).buffer(0.1, join_style="mitre")
        shapes = {
            one["id"]: shape(one["geometry"]).intersection(window).simplify(LIMA.detail)
            for one in self._features("regions")
        }
        near = {place: LIMA.path(one) for place, one in shapes.items() if not one.is_empty}
        marks = [one for one in self._marks(LIMA) if self._in_lima(one.place)]
        x, y = LIMA_AT
        home_x, home_y = MAP.point(LIMA.west, LIMA.south)
        return Inset(
            x=x,
            y=y,
            regions=tuple(self._regions(near)),
            marks=tuple(marks),
            names=tuple(self._column(marks)),
            ring=next((Ring(near[one]) for one in near if self._chosen("place", one)), None)
            if self._on(Layer.REGIONS)
            else None,
            leader=(
                round((home_x + MAP.point(LIMA.east, 0)[0]) / 2, 1),
                round((home_y + MAP.point(0, LIMA.north)[1]) / 2, 1),
            ),
        )

    def _column(self, marks: Sequence[Mark]) -> Iterator[Name]:
        """Yield the names of sites below one another: they lie closer together than their names are high."""
        sites = sorted((one for one in marks if one.kind != "response"), key=lambda one: -one.y)
        x, floor = max((one.x for one in marks), default=0.0) + 10, LIMA.height
        for one in sites:
            floor = min(one.y + 4, floor - LINE_HEIGHT)
            yield Name(round(x, 1), round(floor, 1), "start", (self._name(one.place),), "", "site")

    def _rings(self, marks: Sequence[Mark]) -> Iterator[Ring]:
        place = self.picked.get("id", "") if self.picked.get("kind") == "place" else ""
        if place in self.paths and self._on(Layer.REGIONS):
            west, north, east, south = MAP.project(self.profile.shapes.regions.geometry[place]).bounds
            size = max(east - west, south - north)
            yield Ring(self.paths[place], thin=size < 2 * SMALL)
            if size < SMALL:
                yield Ring("", round((west + east) / 2, 1), round((north + south) / 2, 1))
        yield from (Ring(one.path) for one in self._corridors() if one.place == place)
        yield from (Ring("", one.x, one.y) for one in marks if one.place == place and one.kind != "response")

    def _name(self, place: str) -> str:
        one = self.profile.dataset.place[place]
        return one.name_es if self.lang == "es" else one.name_en

    def _label(self, feature: Json) -> tuple[tuple[float, float], Align]:
        given = feature["properties"]
        return MAP.point(*given["label"]), Align(given["align"])

    def _candidates(self, marks: Sequence[Mark]) -> Iterator[Candidate]:
        along = [one for line in self.routes.values() for one in _boxes(line, 2.5)]
        edges = [one for own in self._edges() for one in _boxes(own, 2)]
        if self._on(Layer.REGIONS):
            yield from self._region_names(along)
        if self._on(Layer.CORRIDORS):
            yield from self._corridor_names([*along, *edges])
        yield from self._goods(along)
        for one in self._features("countries"):
            if one["id"] != COUNTRY and "label" in one["properties"]:
                at, _ = self._label(one)
                text = one["properties"]["name"][self.lang].upper()
                tries = around((text,), Align.MIDDLE, (0, -18, 18, -34, 34), (0, -24, 24))
                yield Candidate("country", 40, at, tries, (*along, *edges), strict=True)
        for mark in marks:
            if mark.kind != "response":
                chosen = self._chosen("place", mark.place)
                style, rank = ("tripoint", 70) if mark.kind == "tripoint" else ("site", 25)
                name = (self._name(mark.place),)
                gap = 14 if chosen else 8
                beside = (Try(name, Align.START, gap, 0), Try(name, Align.END, -gap, 0))
                tries = (*beside, Try(name, Align.MIDDLE, 0, -gap - 5), Try(name, Align.MIDDLE, 0, gap + 5))
                yield Candidate(style, 1 if chosen else rank, (mark.x, mark.y), tries, tuple(along))
        if self._on(Layer.RIVERS):
            yield from self._river_names()

    def _edges(self) -> Iterator[LineString]:
        for one in self._features("corridors"):
            if one["properties"]["side"] == "outer" and self._on(Layer.CORRIDORS):
                outline = MAP.project(shape(one["geometry"]).simplify(MAP.detail))
                yield from (LineString(part.coords) for part in shapely.get_parts(outline.boundary))

    def _region_names(self, along: Sequence[BaseGeometry]) -> Iterator[Candidate]:
        for one in self._features("regions"):
            given = self.scene["regions"].get(one["id"], {})
            n, chosen = given.get("n", 0), self._chosen("place", one["id"])
            at, align = self._label(one)
            inside = MAP.project(shape(one["geometry"])) if align is Align.MIDDLE else None
            asides = (0, -10, 10, -20, 20) if inside is not None else (0,)
            splits = _splits(one["properties"]["name"][self.lang])
            yield Candidate(
                style="selected" if chosen else "region" if n or "indirect" in given else "blank",
                rank=0 if chosen else 10 if n else 15 if "indirect" in given else 50,
                at=at,
                tries=tuple(each for split in splits for each in around(split, align, (0, -8, 8, -16, 16), asides)),
                avoid=tuple(along),
                number=str(n) if n else "",
                inside=inside,
                must=bool(n or chosen),
            )

    def _corridor_names(self, avoid: Sequence[BaseGeometry]) -> Iterator[Candidate]:
        outer = (one for one in self._features("corridors") if one["properties"]["side"] == "outer")
        for one in outer:
            place = one["properties"]["place"]
            given = self.scene["corridors"][place]
            at, align = self._label(one)
            name = one["properties"]["name"][self.lang]
            splits = _splits(f"{name}\u00a0·\u00a0{given['n']}" if given["n"] else name)
            yield Candidate(
                style="corridor",
                rank=0 if self._chosen("place", place) else 8 if "near" in given else 30,
                at=at,
                tries=tuple(
                    each
                    for split in splits
                    for each in around(split, align, (0, -10, 10, -20, 20, -32, 32), (0, -14, 14, -28, 28, -46, 46))
                ),
                avoid=tuple(avoid),
                must=bool(given["n"]),
            )

    def _goods(self, along: Sequence[BaseGeometry]) -> Iterator[Candidate]:
        """Yield what each route moves, written beside its line and clear of every other."""
        for one in self._features("routes"):
            if line := self.routes.get(one["id"]):
                goods = (one["properties"]["goods"][self.lang],)
                at = line.interpolate(0.5, normalized=True)
                tries = []
                for share in (0.5, 0.38, 0.62, 0.25, 0.75, 0.9):
                    p, q = line.interpolate(share, normalized=True), line.interpolate(share + 0.02, normalized=True)
                    x, y, dx, dy = p.x - at.x, p.y - at.y, q.x - p.x, q.y - p.y
                    for side in (1, -1):
                        if abs(dy) > abs(dx) * 0.6:
                            tries.append(Try(goods, Align.START if side > 0 else Align.END, x + side * 8, y))
                        else:
                            half = STYLES["route"].width(goods[0]) / 2
                            tries.append(Try(goods, Align.MIDDLE, x, y - side * (11 + min(half * abs(dy / dx), 9))))
                rank = 2 if self._chosen("route", one["id"]) else 5 if "near" in self.scene["routes"][one["id"]] else 35
                yield Candidate("route", rank, (at.x, at.y), tuple(tries), tuple(along), strict=True)

    def _river_names(self) -> Iterator[Candidate]:
        for one in self._features("rivers"):
            lines = shapely.get_parts(MAP.project(shape(one["geometry"])))
            line = max(lines, key=lambda own: own.length)
            at = line.interpolate(0.5, normalized=True)
            name = (one["properties"]["name"][self.lang],)
            steps = [line.interpolate(share, normalized=True) for share in (0.5, 0.35, 0.65, 0.2, 0.8)]
            tries = tuple(Try(name, Align.MIDDLE, p.x - at.x, p.y - at.y) for p in steps)
            yield Candidate("river", 80 + one["properties"]["rank"], (at.x, at.y), tries, (), strict=True)


def _write(line: LineString) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line.coords)


def _boxes(line: LineString, radius: float) -> Iterator[BaseGeometry]:
    """Yield boxes at even steps along a line: what names would rather not lie on."""
    for (x0, y0), (x1, y1) in zip(line.coords[:-1], line.coords[1:], strict=True):
        steps = max(1, round(hypot(x1 - x0, y1 - y0) / 8))
        for i in range(steps):
            x, y = x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps
            yield shapely.box(x - radius, y - radius, x + radius, y + radius)


def _splits(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name in one line, and in two where it has several words."""
    words = name.split(" ")
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return ((name,), *sorted(halves, key=lambda pair: max(map(len, pair)))[:1])
