"""Write short texts on places, routes and the map; each part of a summary has the statements it is based on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import FilteredEvidence, by_market, routes_at
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.view_state import View
from ocmap.dataset.dataset import Dataset, RouteEnd, ends_of
from ocmap.dataset.schema import (
    MAPPED_KINDS,
    Basis,
    Lang,
    Place,
    PlaceKind,
    PointBasis,
    PointRole,
    Route,
    RoutePoint,
    Statement,
)

MOST_NAMED = 2  # market names in one line; more markets are only counted


class TextPart(NamedTuple):
    """A piece of text and the ids of the statements it is based on."""

    text: str
    statements: tuple[str, ...] = ()


def phrase(dataset: Dataset, place: Place, lang: Lang) -> str:
    """Return a place's name for running text, with its article: ``la Amazonía``."""
    if place.kind is PlaceKind.CORRIDOR:
        return i18n.words_of(dataset, lang)["summary.border_phrase"].format(countries=country_of(dataset, place, lang))
    return i18n.phrase_of(place, lang)


def country_of(dataset: Dataset, corridor: Place, lang: Lang) -> str:
    """Return the name of the neighbouring country of a corridor."""
    return i18n.name_of(dataset.place[corridor.country or corridor.place_id], lang)


def locator(dataset: Dataset, statement: Statement, lang: Lang) -> str:
    """Return the sentence that a statement is from, in words: ``Arms trafficking, sentence 2``."""
    sentence = dataset.sentence[statement.sentence_id]
    topic = i18n.name_of(dataset.topic[sentence.topic_id], lang)
    return i18n.words_of(dataset, lang)["statement.locator"].format(topic=topic, n=sentence.ordinal)


def route_name(dataset: Dataset, route: Route, lang: Lang) -> str:
    """Return a route's goods and its places: ``Opio: Cajamarca → Ecuador``."""
    goods = i18n.goods_of(route, lang)
    return f"{goods[:1].upper()}{goods[1:]}: {route_course(dataset, route, lang)}"


def route_course(dataset: Dataset, route: Route, lang: Lang) -> str:
    """Return a route's places in order, joined by arrows."""
    words = i18n.words_of(dataset, lang)
    return " → ".join(name or words[f"route_end.{role}"] for role, name in route_points(dataset, route, lang))


def route_points(dataset: Dataset, route: Route, lang: Lang) -> tuple[tuple[PointRole, str], ...]:
    """Return a route's points in order, each with its role and its name, which is empty for an end that is open."""
    points = dataset.points_of[route.route_id]
    start, end = ends_of(points)
    named = [(point.role, point_name(dataset, point, lang)) for point in points]
    if start is RouteEnd.OPEN:
        named.insert(0, (PointRole.ORIGIN, ""))
    if end is RouteEnd.OPEN:
        named.append((PointRole.DESTINATION, ""))
    return tuple(named)


def route_market(dataset: Dataset, route: Route, lang: Lang) -> str:
    """Return the short name of a route's market, or the words for a route without one."""
    if route.market:
        return i18n.short_of(dataset.topic[route.market], lang)
    return i18n.words_of(dataset, lang)["routes.no_market"]


def point_name(dataset: Dataset, point: RoutePoint, lang: Lang) -> str:
    """Return the name of a place on a route, and whether it is inferred."""
    name = i18n.name_of(dataset.place[point.place_id], lang)
    if point.basis is PointBasis.NAMED:
        return name
    return i18n.words_of(dataset, lang)["routes.inferred"].format(place=name)


def badge(localized: LocalizedProfile, statement_id: str, place_id: str, basis: Basis) -> str:
    """Return why a place shows a statement, in words: ``Frontera: Bolivia``."""
    dataset, lang = localized.dataset, localized.lang
    via = [dataset.place[via_id] for via_id in localized.profile.via.get((place_id, statement_id), ())]
    names = [
        country_of(dataset, place, lang) if place.kind is PlaceKind.CORRIDOR else i18n.name_of(place, lang)
        for place in via
    ]
    return localized.words[f"basis_badge.{basis}"].format(place=", ".join(names))


def summary(localized: LocalizedProfile, filtered: FilteredEvidence, place: Place) -> tuple[TextPart, ...]:
    """Return one sentence on what the profile says about a place, in parts."""
    if place.kind is PlaceKind.REGION:
        return _summarize_region(localized, filtered, place)
    dataset, lang, words = localized.dataset, localized.lang, localized.words
    if place.kind is PlaceKind.CORRIDOR:
        statements = filtered.of(place.place_id)
        named = tuple(statement_id for statement_id, basis in statements.items() if basis is Basis.NAMED)
        if not named:
            return (TextPart(words["summary.corridor_blank"]),)
        return TextPart(words["summary.corridor"].format(about=_about(dataset, named, lang)), named), TextPart(".")
    ids = statements_naming(dataset, place)
    if not ids:
        return (TextPart(words["summary.place_blank"].format(place=phrase(dataset, place, lang))),)
    text = words["summary.place"].format(place=phrase(dataset, place, lang), about=_about(dataset, ids, lang))
    return TextPart(text, ids), TextPart(".")


def statements_naming(dataset: Dataset, place: Place) -> tuple[str, ...]:
    """Return the statements that name a place itself, in the file's order."""
    return dataset.naming.get(place.place_id, ())


def region_codes(dataset: Dataset, place: Place, lang: Lang) -> str:
    """Return a region's codes and its official area; empty for any other place."""
    if place.kind is not PlaceKind.REGION:
        return ""
    words = i18n.words_of(dataset, lang)
    code = (
        words["panel.region_code"].format(iso=place.place_id, ubigeo=place.ubigeo) if place.ubigeo else place.place_id
    )
    area = words["panel.area"].format(area=i18n.number(place.area_km2, lang)) if place.area_km2 else ""
    return " · ".join(filter(None, (code, area)))


def statements_of_place(dataset: Dataset, filtered: FilteredEvidence, place: Place) -> Mapping[str, Basis]:
    """Return the statements of a place that pass the filters, with their basis.

    The evidence covers only regions, corridors and the country; any other place has the statements that name it.
    """
    if place.kind in MAPPED_KINDS or place.place_id == dataset.country_id:
        return filtered.of(place.place_id)
    return {
        statement_id: Basis.NAMED
        for statement_id in statements_naming(dataset, place)
        if statement_id in filtered.statement_ids
    }


def _summarize_region(localized: LocalizedProfile, filtered: FilteredEvidence, place: Place) -> tuple[TextPart, ...]:
    words = localized.words
    by_basis: dict[Basis, list[str]] = {basis: [] for basis in Basis}
    for statement_id, basis in filtered.of(place.place_id).items():
        by_basis[basis].append(statement_id)
    if not any(by_basis.values()):
        return (TextPart(words["summary.blank"].format(place=phrase(localized.dataset, place, localized.lang))),)
    opening = _opening(localized, by_basis, place)
    parts = [opening]
    also = [statement_id for statement_id in by_basis[Basis.LOCATED] if statement_id not in opening.statements]
    if also:
        sites = _via(localized, also, place)
        parts.append(TextPart(f" {words['summary.also_located'].format(sites=sites)}", tuple(also)))
    if border := by_basis[Basis.BORDER]:
        text = words["summary.border"].format(corridors=_via(localized, border, place, of=True))
        parts.append(TextPart(words["summary.but"] + text, tuple(border)))
    if area := by_basis[Basis.AREA]:
        text = words["summary.area"].format(areas=_via(localized, area, place, of=True))
        parts.append(TextPart(words["summary.but"] + text, tuple(area)))
    return (*parts, TextPart("."))


def _opening(localized: LocalizedProfile, by_basis: Mapping[Basis, Sequence[str]], place: Place) -> TextPart:
    dataset, lang = localized.dataset, localized.lang
    words, name = localized.words, phrase(dataset, place, lang)
    if named := by_basis[Basis.NAMED]:
        return TextPart(words["summary.named"].format(place=name, about=_about(dataset, named, lang)), tuple(named))
    if located := by_basis[Basis.LOCATED]:
        # A site without a market must not appear beside the markets of another site.
        on_market = [statement_id for statement_id in located if dataset.statement[statement_id].markets]
        listed = on_market or located
        sites, about = _via(localized, listed, place), _about(dataset, listed, lang)
        return TextPart(words["summary.located"].format(place=name, sites=sites, about=about), tuple(listed))
    return TextPart(words["summary.not_named"].format(place=name))


def _about(dataset: Dataset, statement_ids: Iterable[str], lang: Lang) -> str:
    """Return the statements' markets, ``al hablar de armas y extorsión``; empty if they have none."""
    markets = [market for market in by_market(dataset, statement_ids) if market]
    names = [i18n.short_of(dataset.topic[market], lang) for market in markets]
    if not names:
        return ""
    return i18n.words_of(dataset, lang)["summary.about"].format(markets=i18n.lower_first(i18n.name_list(names, lang)))


def _via(localized: LocalizedProfile, statement_ids: Sequence[str], place: Place, *, of: bool = False) -> str:
    """Return the sites, borders or areas by which statements reach a region, as running text.

    ``of`` puts the preposition before each: ``de la frontera con Bolivia``.
    """
    ids: dict[str, None] = {}
    for statement_id in statement_ids:
        ids.update(dict.fromkeys(localized.profile.via[place.place_id, statement_id]))
    places = [localized.dataset.place[via_id] for via_id in ids]
    # The rivers of a wider area are left out if the area itself is in the list.
    phrases = [phrase(localized.dataset, via, localized.lang) for via in places if via.parent not in ids]
    return i18n.and_list([i18n.of_phrase(text, localized.lang) if of else text for text in phrases], localized.lang)


def kicker(localized: LocalizedProfile, place: Place) -> str:
    """Return the kind of a place for the line above its name; for a region also the countries it borders."""
    dataset, lang = localized.dataset, localized.lang
    corridors = [dataset.place[corridor_id] for corridor_id in localized.profile.corridors_of.get(place.place_id, ())]
    if not corridors:
        return describe_kind(dataset, place, lang)
    countries = i18n.and_list([country_of(dataset, corridor, lang) for corridor in corridors], lang)
    return localized.words["kicker.region_borders"].format(countries=countries)


def describe_kind(dataset: Dataset, place: Place, lang: Lang) -> str:
    """Return the kind of a place in words, with a corridor's length, if it is known, or a site's region."""
    words = i18n.words_of(dataset, lang)
    if place.kind is PlaceKind.CORRIDOR and place.border_km:
        return words["kicker.corridor_km"].format(km=i18n.number(place.border_km, lang))
    if place.kind is PlaceKind.SITE:
        return words["kicker.site"].format(region=i18n.name_of(dataset.place[place.parent or ""], lang))
    return words[f"kicker.{place.kind}"]


def routes_near(profile: CountryProfile, place: Place) -> tuple[str, ...]:
    """Return the routes with a point at a place, at a site or road in it, or at its border."""
    return routes_at(profile.dataset, place.place_id, profile.corridors_of.get(place.place_id, ()))


def related_to(profile: CountryProfile, place_id: str) -> tuple[str, ...]:
    """Return the corridors and routes that the map highlights while a place is selected."""
    return (*profile.corridors_of.get(place_id, ()), *routes_at(profile.dataset, place_id))


def describe_coverage(page: PageContext) -> str:
    """Return how many regions the map shows, such as ``Arms: 3 regions named (…), 3 only by their border …``.

    A region is named if a statement names it or a place in it, and implied if statements only name its border or a
    wider area.
    """
    words, filtered = page.words, page.filtered
    named = implied = 0
    for region in page.profile.shapes.regions.index:
        if filtered.count_direct(region):
            named += 1
        elif filtered.indirect_basis(region):
            implied += 1
    parts = [words.counted("caption.named", named) if named else words["caption.named_none"]]
    if implied:
        parts.append(words.counted("caption.implied", implied))
    if page.has_other_filters:
        parts.append(words["caption.filtered"])
    return f"{name_markets(page)}: {', '.join(parts)}."


def name_markets(page: PageContext) -> str:
    """Return the names of the chosen markets, or their number."""
    words, markets = page.words, page.view.markets
    if not markets:
        return words["caption.all_markets"]
    if len(markets) > MOST_NAMED:
        return words["caption.markets"].format(n=len(markets))
    return i18n.name_list((i18n.short_of(page.dataset.topic[market], page.lang) for market in markets), page.lang)


def page_title(page: PageContext) -> str:
    """Return the title of the browser's tab: the view or, on the map, the selection."""
    view, words = page.view, page.words
    if view.view is not View.MAP:
        title = words[f"view.{view.view}"]
    elif view.route:
        title = route_name(page.dataset, page.dataset.route[view.route], page.lang)
    elif view.place:
        title = page.name(view.place)
    else:
        title = words["page.tagline"]
    return f"{title} · ocmap"
