"""Sentences that the app makes itself, each part with the statements it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, REACHED, FilteredEvidence, Filters, by_market, routes_at, via_places
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Place, PlaceKind, PointRole, Route, Statement
from ocmap.i18n import Lang

Touching = Mapping[str, tuple[str, ...]]
MOST_NAMED = 2  # markets in one line; more are only counted


@dataclass(frozen=True)
class Reader:
    """Whom and from what a text is written for: the data, which borders each region touches, the language."""

    dataset: Dataset
    touching: Touching
    lang: Lang


class Part(NamedTuple):
    """A stretch of text and the ids of the statements it rests on."""

    text: str
    statements: tuple[str, ...] = ()


def phrase(dataset: Dataset, place: Place, lang: Lang) -> str:
    """Return a place's name as it stands in running text, with its article: ``la Amazonía``."""
    words = i18n.of(lang)
    if place.kind is PlaceKind.CORRIDOR:
        return words.phrase_border.format(countries=country_of(dataset, place, lang))
    return getattr(words, f"phrase_{place.place_id.replace('-', '_').lower()}", None) or i18n.name_of(place, lang)


def country_of(dataset: Dataset, corridor: Place, lang: Lang) -> str:
    """Return the name of the neighbour that a corridor lies towards."""
    country = dataset.place.get(corridor.place_id.removeprefix("border-"))
    return i18n.name_of(country or corridor, lang)


def locator(dataset: Dataset, statement: Statement, lang: Lang) -> str:
    """Return where the source says it: ``Arms trafficking, sentence 2``."""
    sentence = dataset.sentence[statement.sentence_id]
    topic = i18n.name_of(dataset.topic[sentence.topic_id], lang)
    return i18n.of(lang).locator.format(topic=topic, n=sentence.ordinal)


def route_name(dataset: Dataset, route: Route, lang: Lang) -> str:
    """Return ``opio: Cajamarca → Ecuador``."""
    goods = i18n.goods_of(route, lang)
    return f"{goods[:1].upper()}{goods[1:]}: {route_course(dataset, route, lang)}"


def route_course(dataset: Dataset, route: Route, lang: Lang) -> str:
    """Return a route's places in order, joined by arrows."""
    points = dataset.points_of.get(route.route_id, ())
    return " → ".join(i18n.name_of(dataset.place[point.place_id], lang) for point in points)


def route_end(dataset: Dataset, route: Route, role: PointRole) -> Place:
    """Return the place where a route begins or ends."""
    points = dataset.points_of[route.route_id]
    return next(dataset.place[point.place_id] for point in points if point.role is role)


def badge(reader: Reader, statement_id: str, place_id: str, basis: Basis) -> str:
    """Return why a place shows a statement, in words: ``Frontera: Bolivia``."""
    dataset, lang = reader.dataset, reader.lang
    via = [dataset.place[one] for one in via_places(dataset, statement_id, place_id, basis, reader.touching)]
    names = [
        country_of(dataset, place, lang) if place.kind is PlaceKind.CORRIDOR else i18n.name_of(place, lang)
        for place in via
    ]
    return i18n.word(i18n.of(lang), f"badge_{basis}").format(place=", ".join(names))


def summary(reader: Reader, filtered: FilteredEvidence, place: Place) -> tuple[Part, ...]:
    """Return one sentence on what the profile says of a place, in parts that carry their statements."""
    if place.kind is PlaceKind.REGION:
        return _region(reader, filtered, place)
    dataset, lang = reader.dataset, reader.lang
    words = i18n.of(lang)
    if place.kind is PlaceKind.CORRIDOR:
        named = tuple(one for one, basis in filtered.of(place.place_id).items() if basis is Basis.NAMED)
        if not named:
            return (Part(words.sum_corridor_blank),)
        return Part(words.sum_corridor.format(about=_about(dataset, named, lang)), named), Part(".")
    ids = statements_at(dataset, place)
    if not ids:
        return (Part(words.sum_place_blank.format(place=phrase(dataset, place, lang))),)
    text = words.sum_place.format(
        place=i18n.of_phrase(phrase(dataset, place, lang), lang), about=_about(dataset, ids, lang)
    )
    return Part(text, ids), Part(".")


def statements_at(dataset: Dataset, place: Place) -> tuple[str, ...]:
    """Return the statements whose sentence itself names a place, in the file's order."""
    return dataset.naming.get(place.place_id, ())


def codes(place: Place, lang: Lang) -> str:
    """Return a region's codes and its official area, and nothing of another place."""
    if place.kind is not PlaceKind.REGION:
        return ""
    words = i18n.of(lang)
    code = words.region_code.format(iso=place.place_id, ubigeo=place.ubigeo)
    return f"{code} · {words.area_is.format(area=i18n.number(place.area_km2 or 0, lang))}"


def found_at(dataset: Dataset, filtered: FilteredEvidence, place: Place) -> Mapping[str, Basis]:
    """Return the statements of a place that pass the filters, with their basis.

    What is no region, no corridor and not the country is not reached by the join: there they are those that name it.
    """
    if place.kind in REACHED or place.place_id == COUNTRY:
        return filtered.of(place.place_id)
    return {one: Basis.NAMED for one in statements_at(dataset, place) if one in filtered.shown}


def _region(reader: Reader, filtered: FilteredEvidence, place: Place) -> tuple[Part, ...]:
    words = i18n.of(reader.lang)
    found = {basis: tuple(one for one, own in filtered.of(place.place_id).items() if own is basis) for basis in Basis}
    if not any(found.values()):
        return (Part(words.sum_blank.format(place=phrase(reader.dataset, place, reader.lang))),)
    opening = _opening(reader, found, place)
    parts = [opening]
    also = tuple(one for one in found[Basis.LOCATED] if one not in opening.statements)
    if also:
        sites = _via(reader, also, place, Basis.LOCATED)
        parts.append(Part(f" {words.sum_also_located.format(sites=sites)}", also))
    if found[Basis.BORDER]:
        corridors = _via(reader, found[Basis.BORDER], place, Basis.BORDER, of=True)
        parts.append(Part(words.sum_but + words.sum_border.format(corridors=corridors), found[Basis.BORDER]))
    if found[Basis.AREA]:
        areas = _via(reader, found[Basis.AREA], place, Basis.AREA, of=True)
        parts.append(Part(words.sum_but + words.sum_area.format(areas=areas), found[Basis.AREA]))
    return (*parts, Part("."))


def _opening(reader: Reader, found: Mapping[Basis, tuple[str, ...]], place: Place) -> Part:
    dataset, lang = reader.dataset, reader.lang
    words, name = i18n.of(lang), phrase(dataset, place, lang)
    if found[Basis.NAMED]:
        about = _about(dataset, found[Basis.NAMED], lang)
        return Part(words.sum_named.format(place=name, about=about), found[Basis.NAMED])
    if found[Basis.LOCATED]:
        # A site of which no market is spoken is not to stand beside the markets of another.
        located = tuple(one for one in found[Basis.LOCATED] if dataset.statement[one].markets) or found[Basis.LOCATED]
        sites = _via(reader, located, place, Basis.LOCATED)
        about = _about(dataset, located, lang)
        return Part(words.sum_located.format(place=name, sites=sites, about=about), located)
    return Part(words.sum_not_named.format(place=name))


def _about(dataset: Dataset, statement_ids: Iterable[str], lang: Lang) -> str:
    """Return ``al tratar de armas y extorsión``, or nothing where no market is spoken of."""
    markets = [market for market in by_market(dataset, statement_ids) if market]
    names = [i18n.short_of(dataset.topic[market], lang) for market in markets]
    lowered = [name[:1].lower() + name[1:] for name in names]
    return i18n.of(lang).sum_about.format(markets=i18n.and_list(lowered, lang)) if lowered else ""


def _via(reader: Reader, statement_ids: Sequence[str], place: Place, basis: Basis, *, of: bool = False) -> str:
    """Return the sites, borders or areas by which statements reach a region, as running text."""
    ids: dict[str, None] = {}
    for one in statement_ids:
        ids.update(dict.fromkeys(via_places(reader.dataset, one, place.place_id, basis, reader.touching)))
    places = [reader.dataset.place[one] for one in ids]
    # The rivers of a wider area go without saying where the area itself is named.
    phrases = [phrase(reader.dataset, place, reader.lang) for place in places if place.parent not in ids]
    return i18n.and_list([i18n.of_phrase(one, reader.lang) if of else one for one in phrases], reader.lang)


def kicker(dataset: Dataset, place: Place, touching: Touching, lang: Lang) -> str:
    """Return what a place is, for the line above its name."""
    words = i18n.of(lang)
    if place.kind is PlaceKind.REGION:
        corridors = [dataset.place[one] for one in touching.get(place.place_id, ())]
        if not corridors:
            return words.kicker_region
        countries = i18n.and_list([country_of(dataset, one, lang) for one in corridors], lang)
        return words.kicker_region_borders.format(countries=countries)
    if place.kind is PlaceKind.CORRIDOR:
        return words.kicker_corridor.format(km=i18n.number(place.border_km or 0, lang))
    if place.kind is PlaceKind.SITE:
        return words.kicker_site.format(region=i18n.name_of(dataset.place[place.parent or ""], lang))
    return i18n.word(words, f"kicker_{place.kind}")


def routes_near(dataset: Dataset, place: Place, touching: Touching) -> tuple[str, ...]:
    """Return the routes that touch a place: by its own name, a site or road in it, or its border."""
    return routes_at(dataset, place.place_id, touching.get(place.place_id, ()))


def tally(dataset: Dataset, filtered: FilteredEvidence, filters: Filters, regions: Iterable[str], lang: Lang) -> str:
    """Return what the map shows of some regions, such as ``Arms: 3 regions named, 3 only implied``.

    A region counts as named where a statement names it or a site in it, and as implied where statements reach it
    by its border or a wider area alone.
    """
    words = i18n.of(lang)
    named, hatched = set(), set()
    for region in regions:
        if filtered.count_direct(region):
            named.add(region)
        elif filtered.indirect_basis(region):
            hatched.add(region)
    parts = [i18n.counted(words, "ac_named", len(named)) if named else words.ac_named_none]
    if hatched:
        parts.append(i18n.counted(words, "ac_implied", len(hatched)))
    if filters.actors or filters.basis != tuple(Basis):
        parts.append(words.ac_filtered)
    return f"{_markets(dataset, filters.markets, lang)}: {', '.join(parts)}."


def _markets(dataset: Dataset, markets: Sequence[str], lang: Lang) -> str:
    """Return the names of the chosen markets, or their number."""
    words = i18n.of(lang)
    if not markets:
        return words.ac_all_markets
    if len(markets) > MOST_NAMED:
        return words.ac_markets.format(n=len(markets))
    first, *others = (i18n.short_of(dataset.topic[one], lang) for one in markets)
    return i18n.and_list([first, *(name[:1].lower() + name[1:] for name in others)], lang)


def page_title(dataset: Dataset, view: ViewState, lang: Lang) -> str:
    """Return the title of the page in the browser's tab: the view or, on the map, what is selected."""
    words = i18n.of(lang)
    if view.view is not View.MAP:
        title = i18n.word(words, f"view_{view.view}")
    elif view.route:
        title = route_name(dataset, dataset.route[view.route], lang)
    elif view.place:
        title = i18n.name_of(dataset.place[view.place], lang)
    else:
        title = words.tagline
    return f"{title} · ocmap"
