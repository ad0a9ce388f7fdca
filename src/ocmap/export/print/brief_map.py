"""The map of a brief: the still map in greyscale, with its key and what it shows in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import INDIRECT, level_labels
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.summaries import routes_near
from ocmap.analysis.view_state import Layer
from ocmap.dataset.schema import Align, Basis, Place, PlaceKind, Topic
from ocmap.geo.route_lines import in_frame
from ocmap.i18n import Words
from ocmap.web.diagrams.map_content import MapContent, Mark, Name, content_of, named_countries
from ocmap.web.diagrams.map_styles import LEVEL_COLOURS, brief_style
from ocmap.web.diagrams.still_map import StillMap, draw_still_map

ROW = 17.0
LAYERS = (Layer.REGIONS, Layer.CORRIDORS, Layer.ROUTES)


class KeyEntry(NamedTuple):
    """A line of the key: the look of its sign, and what that means."""

    y: float
    look: str
    text: str


class Item(NamedTuple):
    """One thing that a map may show: the look of its sign, the sentence on it, what was found of it, its key."""

    look: str
    sentence: str
    found: str
    key: str


class LevelSwatch(NamedTuple):
    """A colour class in the key: where it stands, its colour and the counts that it takes in."""

    x: float
    fill: str
    text: str


@dataclass(frozen=True)
class BriefMap:
    """All that the template writes down. Lengths are in units, 300 of which are the map's width.

    Attributes:
        alt: What the map shows, in words, for readers who do not see it.
        levels: The colour classes for the key; none on a place's map.
        levels_title: What the colour counts.
    """

    title: str
    alt: str
    height: float
    content: MapContent
    map: StillMap
    levels: tuple[LevelSwatch, ...]
    levels_title: str
    key: tuple[KeyEntry, ...]


def draw_place(localized: LocalizedProfile, place: Place) -> BriefMap:
    """Return the map that shows where a region or a corridor is, and by what else it is reached."""
    profile, words, name = localized.profile, localized.words, i18n.name_of(place, localized.lang)
    is_region = place.kind is PlaceKind.REGION
    own = profile.corridors_of.get(place.place_id, ()) if is_region else (place.place_id,)
    sites = [one.place_id for one in _sites(profile, place)]
    members = [one for one in _members(profile, place) if one != place.place_id]
    near = routes_near(profile, place)
    content = MapContent(
        levels={},
        hatches=dict.fromkeys(members, Basis.AREA),
        corridors=dict.fromkeys(own, "corridor-hatched" if is_region else "corridor-strong"),
        routes=dict.fromkeys((one for one in near if one in profile.routes_with_line), "route"),
        marks=tuple(Mark("site", one) for one in sites),
        focus=place.place_id,
        names=tuple(_names(profile, place, sites)),
    )
    items = (
        Item("focus", words["brief.alt_place"], name, name),
        Item(
            "border-0",
            words["brief.alt_border"],
            _list(localized, own if is_region else ()),
            words["legend.corridor"],
        ),
        Item("area-0", words["brief.alt_area"], _list(localized, members), words["legend.area"]),
        Item("site", words["brief.alt_sites"], _list(localized, sites), words["legend.site"]),
        Item("route", words["brief.alt_routes"], str(len(content.routes) or ""), words["legend.schematic"]),
    )
    return _with_key(localized, name, content, items)


def _names(profile: CountryProfile, place: Place, sites: Sequence[str]) -> Iterator[Name]:
    """Yield the names around a place, the most wanted first: its own, its sites, countries, its neighbours."""
    if place.kind is PlaceKind.REGION:
        # What is written into the filled shape is white.
        yield Name("inside" if place.label_align is Align.MIDDLE else "selected", place.place_id)
        near = profile.neighbours.get(place.place_id, ())
    else:
        near = profile.regions_at(place.place_id)
    yield from (Name("site", one) for one in sites)
    yield from (Name("country", one) for one in named_countries(profile))
    yield from (Name("blank", one) for one in near)


def draw_market(page: PageContext, topic: Topic) -> BriefMap:
    """Return the map of a page on one market: how many of its statements name or locate each region."""
    content = content_of(page)
    borders = {one: "corridor" for one in content.corridors if page.filtered.count_direct(one)}
    names = (
        name._replace(kind="number") if name.kind == "corridor" else name
        for name in content.names
        if name.number or name.kind == "country"
    )
    content = replace(content, corridors=borders, names=tuple(names))
    return _with_key(page, i18n.name_of(topic, page.lang), content, list_items(page, content))


def list_items(page: PageContext, content: MapContent) -> tuple[Item, ...]:
    """Return what the map of a page may show: the counts, the hatching, the corridors and the routes."""
    words, count = page.words, page.filtered.count_direct
    by_basis = {basis: [one for one, own in content.hatches.items() if own is basis] for basis in INDIRECT}
    borders = [one for one in content.corridors if count(one)]
    counted = [f"{page.name(one)} {count(one)}" for one in (*(content.levels or ()), *borders)]
    return (
        Item("", words["brief.alt_counts"], "; ".join(counted), ""),
        Item("border-0", words["brief.alt_border"], _list(page, by_basis[Basis.BORDER]), words["legend.border"]),
        Item("area-0", words["brief.alt_area"], _list(page, by_basis[Basis.AREA]), words["legend.area"]),
        Item("corridor", "", "; ".join(borders), words["brief.key_corridor"]),
        Item("route", words["brief.alt_routes"], str(len(content.routes) or ""), words["legend.schematic"]),
    )


def describe(items: Iterable[Item], words: Words) -> str:
    """Return sentences on what a map shows."""
    sentences = [one.sentence.format(names=one.found) for one in items if one.found and one.sentence]
    return " ".join(sentences) or words["brief.alt_blank"]


def _with_key(localized: LocalizedProfile, name: str, content: MapContent, items: Sequence[Item]) -> BriefMap:
    """Return the map with its key below, and in words."""
    words = localized.words
    signs = [one for one in items if one.found and one.look]
    style = brief_style(localized.dataset.settings)
    top = style.projection.height + ROW + (2.4 * ROW if content.levels else 0)
    classes = enumerate(zip(LEVEL_COLOURS[1:], level_labels(), strict=True)) if content.levels else ()
    return BriefMap(
        title=words["brief.map"].format(name=name),
        alt=describe(items, words),
        height=round(top + (len(signs) - 0.5) * ROW, 1),
        content=content,
        map=draw_still_map(localized.profile, content, style, localized.lang),
        levels=tuple(LevelSwatch(2 + i * 58.0, colour, text) for i, (colour, text) in classes),
        levels_title=words["legend.title"],
        key=tuple(KeyEntry(round(top + i * ROW, 1), one.look, one.key) for i, one in enumerate(signs)),
    )


def _list(localized: LocalizedProfile, ids: Iterable[str]) -> str:
    return ", ".join(i18n.name_of(localized.dataset.place[one], localized.lang) for one in ids)


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
    return [
        one
        for one in _via(profile, place, Basis.LOCATED)
        if one.kind in points and in_frame(one, profile.dataset.settings.map.frame)
    ]


def _members(profile: CountryProfile, place: Place) -> Sequence[str]:
    """Return the regions of the wider areas by which a place is reached."""
    found: dict[str, None] = {}
    for area in _via(profile, place, Basis.AREA):
        parent = profile.dataset.place.get(area.parent or "")
        found.update(dict.fromkeys((*area.members, *(parent.members if parent else ()))))
    return [one for one in found if one in profile.shapes.regions.index]
