"""The map of a brief: a small drawing that reads in greyscale, without a script and without a request."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap import i18n
from ocmap.analysis.filters import INDIRECT, LEVELS, FilteredEvidence, level
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import routes_near
from ocmap.dataset.schema import COUNTRY, Align, Basis, Lang, Place, PlaceKind
from ocmap.export.print.projection import LETTER, Canvas
from ocmap.geo.route_lines import in_frame, route_lines
from ocmap.web.tokens import TOKENS

WIDTH = 300.0
DETAIL = 0.03  # degrees: what is finer is less than a third of a millimetre on paper
CANVAS = Canvas(west=-83.2, south=-19.9, east=-65.8, north=0.3, width=WIDTH, detail=DETAIL)
HEIGHT = CANVAS.height
TINY = 0.3  # square degrees: a region below it gets a ring
LARGE, SMALL = 13.0, 12.0
ROW = 17.0
DARK_FROM = 3  # the colour class from which on type and hatching are white
TINTS = tuple(TOKENS["light"][f"level-{i}"] for i in range(6))

Ink = Literal["dark", "light", "grey"]
Sign = Literal["selected", "lines", "dots", "corridor", "site", "route"]


class Area(NamedTuple):
    """A filled shape: its outline as an SVG path, its colour, and the hatching that lies over it."""

    path: str
    fill: str
    hatch: str = ""


class Label(NamedTuple):
    """A name on the map."""

    x: float
    y: float
    anchor: str
    text: str
    size: float
    ink: Ink
    strong: bool


class Mark(NamedTuple):
    """A site or a ring, at its position in the drawing."""

    x: float
    y: float


class Key(NamedTuple):
    """A line of the key: a sign and what it means."""

    y: float
    sign: Sign
    text: str


class Said(NamedTuple):
    """One thing that a map may show: its sign, the sentence for it, what was found of it, its words in the key."""

    sign: str
    text: str
    found: str
    key: str


class Step(NamedTuple):
    """A colour class in the key: where it stands, its colour and the counts that it takes in."""

    x: float
    fill: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """All that the template writes down. Lengths are in units of the drawing, 300 of which are its width.

    Attributes:
        alt: What the map shows, in words, for readers who do not see it.
        outline: The country's own outline.
        rings: Around what is selected, if it is too small to be found.
        steps: The colour classes for the key; none on a place's map.
        steps_title: What the colour counts.
    """

    title: str
    alt: str
    height: float
    abroad: tuple[Area, ...]
    regions: tuple[Area, ...]
    corridors: tuple[Area, ...]
    outline: str
    routes: tuple[str, ...]
    sites: tuple[Mark, ...]
    rings: tuple[Mark, ...]
    labels: tuple[Label, ...]
    steps: tuple[Step, ...]
    steps_title: str
    key: tuple[Key, ...]


def draw_place(profile: CountryProfile, place: Place, lang: Lang) -> Drawing:
    """Return the map that shows where a region or a corridor is, and by what else it is reached."""
    words, name = i18n.of(lang), i18n.name_of(place, lang)
    is_region = place.kind is PlaceKind.REGION
    own = profile.corridors_of.get(place.place_id, ()) if is_region else (place.place_id,)
    regions, outline = CANVAS.land(profile.shapes)
    sites = _sites(profile, place)
    dotted = _members(profile, place)
    routes = _lines(profile, routes_near(profile, place))
    said = (
        Said("selected", words["brief.alt_place"], name, name),
        Said(
            "lines",
            words["brief.alt_border"],
            _names(profile, own if is_region else (), lang),
            words["legend.corridor"],
        ),
        Said(
            "dots",
            words["brief.alt_area"],
            _names(profile, [one for one in dotted if one != place.place_id], lang),
            words["legend.area"],
        ),
        Said(
            "site",
            words["brief.alt_sites"],
            _names(profile, [one.place_id for one in sites], lang),
            words["legend.site"],
        ),
        Said("route", words["brief.alt_routes"], str(len(routes) or ""), words["legend.schematic"]),
    )
    alt, key, height = _tell(said, HEIGHT + ROW)
    return Drawing(
        title=words["brief.map"].format(name=name),
        alt=alt,
        height=height,
        abroad=_abroad(profile),
        regions=tuple(
            Area(path, "selected")
            if one == place.place_id
            else Area(path, TINTS[0], "dots-dark" if one in dotted else "")
            for one, path in regions.items()
        ),
        corridors=tuple(_corridors(profile, own, "lines-dark" if is_region else "")),
        outline=outline,
        routes=routes,
        sites=tuple(Mark(*CANVAS.point(one.lon or 0, one.lat or 0)) for one in sites),
        rings=_rings(profile, place),
        labels=tuple(_apart(_place_labels(profile, place, sites, lang))),
        steps=(),
        steps_title="",
        key=key,
    )


def _place_labels(profile: CountryProfile, place: Place, sites: Sequence[Place], lang: Lang) -> Iterator[Label]:
    """Yield the names around a place, the most wanted first: its own, its sites, countries, its neighbours."""
    is_region = place.kind is PlaceKind.REGION
    if is_region:
        yield _label(place, i18n.name_of(place, lang), dark=True)
    yield from (_label(one, i18n.name_of(one, lang), ink="dark", above=True) for one in sites)
    yield from _countries(profile, lang)
    near = profile.neighbours.get(place.place_id, ()) if is_region else _regions_at(profile, place.place_id)
    places = (profile.dataset.place[one] for one in near)
    yield from (_label(one, i18n.name_of(one, lang), ink="grey") for one in places)


def draw_market(profile: CountryProfile, name: str, filtered: FilteredEvidence, lang: Lang) -> Drawing:
    """Return the map of one market: how many of its statements name or locate each region."""
    dataset, words = profile.dataset, i18n.of(lang)
    regions, outline = CANVAS.land(profile.shapes)
    counts = {one: n for one in profile.shapes.regions.index if (n := filtered.count_direct(one))}
    hatches = {one: basis for one in profile.shapes.regions.index if (basis := filtered.indirect_basis(one))}
    borders = {
        one: n for one in sorted(profile.shapes.corridors["place_id"].unique()) if (n := filtered.count_direct(one))
    }
    routes = _lines(profile, filtered.routes)
    names = [
        _label(dataset.place[one], f"{i18n.name_of(dataset.place[one], lang)} {n}", dark=level(n) >= DARK_FROM)
        for one, n in counts.items()
    ]
    names += [_label(dataset.place[one], str(n)) for one, n in borders.items()]
    by_basis = {basis: [one for one, own in hatches.items() if own is basis] for basis in INDIRECT}
    counted = [f"{_names(profile, [one], lang)} {n}" for one, n in (*counts.items(), *borders.items())]
    said = (
        Said("", words["brief.alt_counts"], "; ".join(counted), ""),
        Said("lines", words["brief.alt_border"], _names(profile, by_basis[Basis.BORDER], lang), words["legend.border"]),
        Said("dots", words["brief.alt_area"], _names(profile, by_basis[Basis.AREA], lang), words["legend.area"]),
        Said("corridor", "", "; ".join(borders), words["brief.key_corridor"]),
        Said("route", words["brief.alt_routes"], str(len(routes) or ""), words["legend.schematic"]),
    )
    alt, key, height = _tell(said, HEIGHT + ROW + (2.4 * ROW if counts else 0))
    return Drawing(
        title=words["brief.map"].format(name=name),
        alt=alt or words["brief.alt_blank"],
        height=height,
        abroad=_abroad(profile),
        regions=tuple(
            Area(path, TINTS[level(counts.get(one, 0))], _hatch(hatches.get(one), counts.get(one, 0)))
            for one, path in regions.items()
        ),
        corridors=tuple(_corridors(profile, borders, "corridor")),
        outline=outline,
        routes=routes,
        sites=(),
        rings=(),
        labels=tuple(_apart((*names, *_countries(profile, lang)))),
        steps=tuple(_steps()) if counts else (),
        steps_title=words["legend.title"],
        key=key,
    )


def _rings(profile: CountryProfile, place: Place) -> tuple[Mark, ...]:
    shape = profile.shapes.regions.geometry.get(place.place_id)
    if shape is None or shape.area > TINY:
        return ()
    middle = shape.representative_point()
    return (Mark(*CANVAS.point(middle.x, middle.y)),)


def _steps() -> Iterator[Step]:
    for i, (low, high) in enumerate(LEVELS):
        text = f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}"
        yield Step(2 + i * 58.0, TINTS[i + 1], text)


def _tell(said: Iterable[Said], top: float) -> tuple[str, tuple[Key, ...], float]:
    """Return what a map shows in words, its key from ``top`` down, and where the key ends."""
    shown = [one for one in said if one.found]
    alt = " ".join(one.text.format(names=one.found) for one in shown if one.text)
    rows = (one for one in shown if one.sign)
    key = tuple(Key(round(top + i * ROW, 1), one.sign, one.key) for i, one in enumerate(rows))  # type: ignore[arg-type]
    return alt, key, round(top + len(key) * ROW - 0.5 * ROW, 1)


def _hatch(basis: Basis | None, count: int) -> str:
    if basis is None:
        return ""
    ink = "light" if level(count) >= DARK_FROM else "dark"
    return f"{'lines' if basis is Basis.BORDER else 'dots'}-{ink}"


def _names(profile: CountryProfile, ids: Iterable[str], lang: Lang) -> str:
    return ", ".join(i18n.name_of(profile.dataset.place[one], lang) for one in ids)


def _via(profile: CountryProfile, place: Place, basis: Basis) -> Sequence[Place]:
    """Return the places by which statements reach a place on one basis."""
    found: dict[str, None] = {}
    for one, own in profile.unfiltered.of(place.place_id).items():
        if own is basis:
            found.update(dict.fromkeys(profile.via[place.place_id, one]))
    return [profile.dataset.place[one] for one in found]


def _sites(profile: CountryProfile, place: Place) -> Sequence[Place]:
    """Return the sites and tripoints that locate statements in a place, as far as they have a position."""
    points = {PlaceKind.SITE, PlaceKind.TRIPOINT}
    return [one for one in _via(profile, place, Basis.LOCATED) if one.kind in points and in_frame(one)]


def _members(profile: CountryProfile, place: Place) -> Sequence[str]:
    """Return the regions of the wider areas by which a place is reached."""
    found: dict[str, None] = {}
    for area in _via(profile, place, Basis.AREA):
        parent = profile.dataset.place.get(area.parent or "")
        found.update(dict.fromkeys((*area.members, *(parent.members if parent else ()))))
    return [one for one in found if one in profile.shapes.regions.index]


def _regions_at(profile: CountryProfile, corridor: str) -> Sequence[str]:
    return [region for region, own in profile.corridors_of.items() if corridor in own]


def _lines(profile: CountryProfile, route_ids: Iterable[str]) -> tuple[str, ...]:
    lines = route_lines(profile.dataset, profile.shapes).set_index("route_id").geometry
    return tuple(CANVAS.path(lines[one].simplify(DETAIL)) for one in route_ids if one in profile.routes_with_line)


def _abroad(profile: CountryProfile) -> tuple[Area, ...]:
    return tuple(Area(path, "") for path in CANVAS.abroad(profile.shapes))


def _corridors(profile: CountryProfile, ids: Iterable[str], hatch: str) -> Iterator[Area]:
    """Yield the outer sides of corridors; with nothing to hatch them by, both sides as what is selected."""
    wanted = frozenset(ids)
    for row in profile.shapes.corridors.itertuples():
        if row.place_id in wanted and (row.side == "outer" or not hatch):
            fill = "" if hatch == "lines-dark" else hatch or "selected"
            yield Area(CANVAS.path(row.geometry.simplify(DETAIL)), fill, hatch if hatch == "lines-dark" else "")


def _countries(profile: CountryProfile, lang: Lang) -> Iterator[Label]:
    for place_id in profile.shapes.countries.index:
        place = profile.dataset.place[place_id]
        if place_id != COUNTRY and place.label_lon is not None:
            yield _label(place, i18n.name_of(place, lang).upper(), ink="grey")


def _apart(names: Iterable[Label]) -> Iterator[Label]:
    """Yield the names in their order: where one would lie over another, a grey one goes and a dark one moves down."""
    taken: list[BaseGeometry] = []
    for one in names:
        label, box = one, _box(one)
        while one.ink != "grey" and any(box.intersects(other) for other in taken):
            label = label._replace(y=round(label.y + 2, 1))
            box = _box(label)
        if not any(box.intersects(other) for other in taken):
            taken.append(box)
            yield label


def _box(label: Label) -> BaseGeometry:
    """Return about the room that a name takes."""
    width = len(label.text) * label.size * LETTER
    left = label.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    return shapely.box(left, label.y - label.size * 0.8, left + width, label.y)


def _label(place: Place, text: str, *, dark: bool = False, ink: Ink | None = None, above: bool = False) -> Label:
    """Return a place's name where the map writes it; white where it stands on a dark shape.

    A name that would leave the drawing on the left begins at its edge.
    """
    lon, lat = (place.label_lon, place.label_lat) if place.label_lon is not None else (place.lon, place.lat)
    x, y = CANVAS.point(lon or 0, lat or 0)
    align = place.label_align or Align.MIDDLE
    size = SMALL if ink else LARGE
    width = len(text) * size * LETTER
    inside = align is Align.MIDDLE and dark
    y = round(y - 8 if above else y + size / 3, 1)
    if align is Align.END and x < width:
        return Label(3, y, Align.START, text, size, ink or "dark", strong=ink is None)
    if align is Align.MIDDLE and x + width / 2 > WIDTH:
        x, align = WIDTH - 3, Align.END
    return Label(x, y, align.value, text, size, ink or ("light" if inside else "dark"), strong=ink is None)
