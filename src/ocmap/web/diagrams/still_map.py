"""The one still map: behind the poster, the brief and the thumbnail of a route.

It is part of `ocmap.web`, and not of the export, because the thumbnail stands on a page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.dataset import RouteEnd, label_point
from ocmap.dataset.schema import DOUBTFUL, Align, Lang, Place, PlaceKind
from ocmap.web.diagrams.map_content import MapContent, Mark, Name
from ocmap.web.diagrams.map_labels import Anchor, Label, Need, Wanted, place_labels
from ocmap.web.diagrams.map_styles import GLYPHS, Inset, MapStyle, thumbnail

HEAD_FROM = 10.0  # units before a route's end from which its head points
FADING = 0.2  # the part of a line that fades towards an end that is open
SMALL = 20.0  # units: a selected region that is smaller gets a ring
BESIDE = 9.0  # how far a mark moves aside that would lie on another
AROUND_MARK, AROUND_LINE = 5.0, 2.5  # units that names stay away
SHARES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.9)  # where along a line its name may stand
OFFSETS = ((0, 0), (0, -9), (0, 9), (-14, 0), (14, 0), (0, -18), (0, 18), (-28, 0), (28, 0))
"""How far from its place in the gazetteer a name may stand, the nearest first."""
STEEP = 0.6
ROW = 12.5  # units between the names of sites that stand below one another


class Shape(NamedTuple):
    """A path and how it looks; ``of`` is the place, route or river that it draws, if there is one."""

    look: str
    of: str
    path: str


@dataclass(frozen=True)
class StillMap:
    """A map as the template writes it down, in units of its projection; what comes later lies above."""

    style: MapStyle
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    inset: "StillMap | None" = None


def draw_still_map(profile: CountryProfile, content: MapContent, style: MapStyle, lang: Lang) -> StillMap:
    """Return the drawing of what a map shows."""
    inset = None
    if style.inset and (inside := _inside(profile, content, style.inset)):
        marked = {mark.place for mark in inside}
        names = tuple(name for name in content.names if name.kind in {"site", "tripoint"} and name.of in marked)
        own = MapContent(content.levels, content.hatches, marks=inside, focus=content.focus, names=names)
        inset = draw_still_map(profile, own, style.inset.style, lang)
        content = replace(
            content,
            marks=tuple(mark for mark in content.marks if mark not in inside),
            names=tuple(name for name in content.names if name not in names),
        )
    else:
        style = replace(style, inset=None)
    drawing = _Drawing(profile, content, style, lang)
    shapes = tuple(shape for shape in drawing.shapes() if shape.look in style.looks)
    wanted = map(drawing.label, content.names)
    labels = place_labels(wanted, style.texts, style.projection.frame)
    return StillMap(style, shapes, tuple(labels), inset)


def draw_thumbnail(profile: CountryProfile, route: str) -> StillMap:
    """Return a small map of a route that has a line: the land, the country, the line and which way it leads."""
    lines = profile.route_lines.geometry
    return draw_still_map(
        profile, MapContent(routes={route: "route"}), thumbnail(lines[route], profile.dataset.settings.map.frame), "es"
    )


def _inside(profile: CountryProfile, content: MapContent, inset: Inset) -> tuple[Mark, ...]:
    """Return the marks on sites that the inset shows; what is of a region can be seen on the map itself."""
    places, window = profile.dataset.place, inset.style.projection.window
    sites = (mark for mark in content.marks if places[mark.place].kind is PlaceKind.SITE)
    return tuple(mark for mark in sites if window.contains(Point(_position(places[mark.place]))))


def _position(place: Place) -> tuple[float, float]:
    return place.lon or 0.0, place.lat or 0.0


class _Drawing:
    """What a map shows, in units of its projection."""

    def __init__(self, profile: CountryProfile, content: MapContent, style: MapStyle, lang: Lang) -> None:
        self.profile, self.content, self.style, self.lang = profile, content, style, lang
        self.at, self.dataset = style.projection, profile.dataset
        lines = profile.route_lines.geometry
        self.lines = {route: lines[route] for route in content.routes}
        self.marks = tuple(self._marks())
        self.rivers = profile.shapes.rivers.set_index("river_id")
        self.taken = shapely.union_all(list(self._taken()))
        outer = profile.shapes.corridors.query("side == 'outer'").set_index("place_id").geometry
        self.corridors = shapely.union_all([self.at.project(outer[one]) for one in content.corridors])

    def _marks(self) -> Iterator[tuple[Mark, float, float]]:
        """Yield the marks with their positions; one that would lie on another stands beside it."""
        taken: set[tuple[float, float]] = set()
        for mark in self.content.marks:
            x, y = self.at.point(*_position(self.dataset.place[mark.place]))
            x = round(x + BESIDE, 1) if (x, y) in taken else x
            taken.add((x, y))
            yield mark, x, y

    def shapes(self) -> Iterator[Shape]:
        """Yield everything that is drawn, from the bottom up."""
        frame = f"M0,0h{self.at.width}v{self.at.height}h-{self.at.width}z"
        yield Shape("sea", "", frame)
        abroad = [country for country in self.profile.shapes.countries.index if country != self.dataset.country_id]
        yield Shape("abroad", "", self.at.land(self.profile.shapes, *abroad))
        paths: dict[str, str] = {}
        if self.content.levels is None:
            outline = self.at.land(self.profile.shapes, self.dataset.country_id)
        else:
            paths, outline = self.at.regions(self.profile.shapes)
            yield from self._regions(paths, self.content.levels)
        if self.content.rivers:
            for river in self.rivers.itertuples():
                path = self.at.path(river.geometry.simplify(self.at.detail))
                yield Shape("river-minor" if river.rank > 1 else "river", str(river.Index), path)
        yield from self._corridors()
        yield Shape("outline", "", outline)
        yield from self._focus(paths)
        yield from self._routes()
        yield from (Shape(mark.kind, mark.place, _glyph(mark.kind, x, y)) for mark, x, y in self.marks)
        if self.style.inset:
            (x0, y0), (x1, y1) = self._leader(self.style.inset).coords
            yield Shape("leader", "", f"M{x0:g},{y0:g}L{x1:g},{y1:g}")
        yield Shape("frame", "", frame)

    def _regions(self, paths: Mapping[str, str], levels: Mapping[str, int]) -> Iterator[Shape]:
        for place, path in paths.items():
            yield Shape(f"level-{levels.get(place, 0)}", place, path)
        for place, basis in self.content.hatches.items():
            yield Shape(f"{basis}-{levels.get(place, 0)}", place, paths[place])

    def _corridors(self) -> Iterator[Shape]:
        """Yield the outer side of each corridor, and the inner one of those that stand out."""
        for row in self.profile.shapes.corridors.itertuples():
            look = self.content.corridors.get(row.place_id, "")
            if look and (row.side == "outer" or look == "corridor-strong"):
                path = self.at.path(row.geometry.simplify(self.at.detail))
                yield Shape(look if row.side == "outer" else "limit", row.place_id, path)

    def _focus(self, regions: Mapping[str, str]) -> Iterator[Shape]:
        """Yield what is selected: an outline or a filled shape, and a ring around what is too small for that."""
        focus = self.content.focus
        rings = [(x, y) for mark, x, y in self.marks if mark.place == focus and mark.kind != "response"]
        sides = (one.path for one in self._corridors() if one.of == focus and one.look != "limit")
        path = regions.get(focus) or next(sides, "")
        if focus in regions:
            west, north, east, south = self.at.project(self.profile.shapes.regions.geometry[focus]).bounds
            rings += [((west + east) / 2, (north + south) / 2)] if max(east - west, south - north) < SMALL else []
        if path:
            yield from (Shape(look, focus, path) for look in ("halo", "focus"))
        yield from (Shape(look, focus, _glyph("ring", x, y)) for x, y in rings for look in ("ring-halo", "ring"))

    def _routes(self) -> Iterator[Shape]:
        for route, look in self.content.routes.items():
            line, (start, end) = self.lines[route], self.profile.ends_of(route)
            first, last = (FADING if start is RouteEnd.OPEN else 0), (1 - FADING if end is RouteEnd.OPEN else 1)
            yield Shape("casing", route, self.at.path(line))
            for part, a, b in ((look, first, last), ("route-open", 0, first), ("route-open", last, 1)):
                if a < b:
                    yield Shape(part, route, self.at.path(substring(line, a, b, normalized=True)))
            yield from self._ends(route, start, end)

    def _ends(self, route: str, start: RouteEnd, end: RouteEnd) -> Iterator[Shape]:
        """Yield the dot at a route's start and the head at its end; an end that is open has none."""
        line, lighter = self.at.project(self.lines[route]), {RouteEnd.NAMED: "", RouteEnd.INFERRED: "-inferred"}
        if start in lighter:
            yield Shape(f"start{lighter[start]}", route, _glyph("start", *line.coords[0]))
        if end in lighter:
            # The last step of a line may be short and lead aside.
            before, (x, y) = line.interpolate(-HEAD_FROM), line.coords[-1]
            head = "head-hollow" if self.dataset.route[route].hedge in DOUBTFUL else "head"
            yield Shape(f"{head}{lighter[end]}", route, f"M{before.x:.3f},{before.y:.3f}L{x:.3f},{y:.3f}")

    def _leader(self, inset: Inset) -> LineString:
        """Return the line from the inset to what it shows."""
        middle = inset.style.projection.window.centroid
        return LineString([(inset.x + inset.style.projection.width, inset.y), self.at.point(middle.x, middle.y)])

    def _taken(self) -> Iterator[BaseGeometry]:
        """Yield what names should not lie on."""
        yield from (Point(x, y).buffer(AROUND_MARK).envelope for _, x, y in self.marks)
        yield from (self.at.project(line).buffer(AROUND_LINE) for line in self.lines.values())
        if inset := self.style.inset:
            at = inset.style.projection
            yield self._leader(inset)
            yield shapely.box(0, inset.y, inset.x + at.width, inset.y + at.height).buffer(4)

    def label(self, name: Name) -> Wanted:
        """Return a name as text, with the places where it may stand."""
        chosen = name.of == self.content.focus
        always = chosen or name.number or name.kind == "site"
        clear = name.kind in {"route", "river"}
        need: Need = "always" if always else "clear" if clear else "apart"
        kind = "selected" if chosen and name.kind in {"region", "blank"} else name.kind
        lines, anchors = {"route": self._on_route, "river": self._on_river}.get(name.kind, self._on_place)(name)
        avoid = self.taken | self.corridors if name.kind == "corridor" else self.taken
        return Wanted(kind, name.of, lines, tuple(anchors), avoid, need)

    def _on_route(self, name: Name) -> tuple[tuple[str, ...], Iterator[Anchor]]:
        goods = i18n.goods_of(self.dataset.route[name.of], self.lang)
        half = self.style.texts["route"].width(goods) / 2
        return (goods,), _beside(self.at.project(self.lines[name.of]), half)

    def _on_river(self, name: Name) -> tuple[tuple[str, ...], Iterator[Anchor]]:
        river = self.rivers.loc[name.of]
        line = max(shapely.get_parts(self.at.project(river.geometry)), key=shapely.length)
        points = (line.interpolate(share, normalized=True) for share in SHARES)
        return (river[f"name_{self.lang}"],), (Anchor(point.x, point.y) for point in points)

    def _on_place(self, name: Name) -> tuple[tuple[str, ...], Iterator[Anchor]]:
        place = self.dataset.place[name.of]
        lines = _lines(name, i18n.name_of(place, self.lang))
        if name.kind in {"site", "tripoint"}:
            x, y = max((x, y) for mark, x, y in self.marks if mark.place == name.of)
            return lines, _around(x, y, 14 if name.of == self.content.focus else 8)
        x, y = self.at.point(*(label_point(place) or (0.0, 0.0)))
        return lines, (Anchor(x + dx, y + dy, place.label_align or Align.MIDDLE) for dx, dy in OFFSETS)


def _beside(line: BaseGeometry, half: float) -> Iterator[Anchor]:
    """Yield places beside a line, for a text ``half`` as wide: beside it where it is steep, else above or below."""
    for share in SHARES:
        point, after = (line.interpolate(at, normalized=True) for at in (share, share + 0.02))
        dx, dy = after.x - point.x, after.y - point.y
        for side, align in ((1, Align.START), (-1, Align.END)):
            if abs(dy) > abs(dx) * STEEP:
                yield Anchor(point.x + side * 8, point.y, align)
            else:
                yield Anchor(point.x, point.y - side * (11 + half * abs(dy / dx)))


def _around(x: float, y: float, gap: float) -> Iterator[Anchor]:
    """Yield places right and left of a mark, then a row above and below these."""
    for dy in (0, -ROW, ROW):
        yield Anchor(x + gap, y + dy, Align.START)
        yield Anchor(x - gap, y + dy, Align.END)


def _glyph(kind: str, x: float, y: float) -> str:
    return f"M{x:.1f},{y:.1f}{GLYPHS[kind]}"


def _lines(name: Name, text: str) -> tuple[str, ...]:
    """Return a place's name with its count, in two lines where it is a corridor's."""
    if name.kind == "number":
        return (str(name.number),)
    if name.kind == "country":
        return (text.upper(),)
    if name.kind == "corridor":
        return tuple((f"{text}\u00a0·\u00a0{name.number}" if name.number else text).rsplit(" ", 1))
    return (f"{text} {name.number}" if name.number else text,)
