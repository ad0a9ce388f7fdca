"""Build the rows of a download: statements and routes of a view, with basis, hedge and locator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import by_market
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import locator, route_course, routes_near, statements_of_place
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.fields import LIST_SEPARATOR
from ocmap.dataset.schema import Basis, Lang, Statement
from ocmap.export.files import EmptyExportError


@dataclass(frozen=True)
class ExportContent:
    """What a view exports: the statements of each place with their basis, and the ids of routes."""

    places: Mapping[str, Mapping[str, Basis]]
    routes: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether it has any statement or route."""
        return any(self.places.values()) or bool(self.routes)


class EvidenceRow(NamedTuple):
    """A statement at a place on a market, with its basis; a statement on several markets has a row for each."""

    place_id: str
    place_es: str
    place_en: str
    market_id: str
    market_es: str
    market_en: str
    said_of_group: str
    basis: str
    via: str
    hedge: str
    nature: str
    statement_id: str
    sentence_id: str
    locator_es: str
    locator_en: str
    actors: str
    actors_es: str
    actors_en: str
    text_es: str
    text_en: str


class RouteRow(NamedTuple):
    """A directed flow that a sentence asserts; ``points`` holds each place with its role and basis, in order."""

    route_id: str
    market_id: str
    goods_es: str
    goods_en: str
    mode: str
    hedge: str
    course_es: str
    course_en: str
    points: str
    statement_id: str
    sentence_id: str
    locator_es: str
    locator_en: str
    text_es: str
    text_en: str


def build_content(page: PageContext) -> ExportContent:
    """Return the filtered evidence of a page's place or route, or all of it if none is selected.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    content = _content_of(page)
    if not content:
        raise EmptyExportError("there is nothing to export: no statement and no route is left")
    return content


def _content_of(page: PageContext) -> ExportContent:
    profile, filtered, view = page.profile, page.filtered, page.view
    if view.route:
        key = profile.dataset.route[view.route].statement_id
        places = {place: {key: bases[key]} for place, bases in filtered.by_place.items() if key in bases}
        return ExportContent(places, (view.route,))
    if view.place:
        place = profile.dataset.place[view.place]
        near = frozenset(routes_near(profile, place))
        return ExportContent(
            {place.place_id: statements_of_place(profile.dataset, filtered, place)},
            tuple(route_id for route_id in filtered.routes if route_id in near),
        )
    return ExportContent(filtered.by_place, filtered.routes)


def build_evidence_rows(
    profile: CountryProfile, content: ExportContent, markets: Iterable[str]
) -> tuple[EvidenceRow, ...]:
    """Return a row for each place, market and statement; ``markets`` limits the markets, as in `by_market`."""
    chosen = tuple(markets)
    return tuple(
        row for place_id in sorted(content.places) for row in _rows_of_place(profile, content, place_id, chosen)
    )


def _rows_of_place(
    profile: CountryProfile, content: ExportContent, place_id: str, chosen: tuple[str, ...]
) -> Iterator[EvidenceRow]:
    dataset, bases = profile.dataset, content.places[place_id]
    place = dataset.place[place_id]
    for market, statement_ids in by_market(dataset, bases, chosen).items():
        topic = dataset.topic.get(market)
        for statement_id in statement_ids:
            statement = dataset.statement[statement_id]
            yield EvidenceRow(
                place_id=place_id,
                place_es=place.name_es,
                place_en=place.name_en,
                market_id=market,
                market_es=topic.name_es if topic else "",
                market_en=topic.name_en if topic else "",
                said_of_group=topic.group.value if topic and market not in statement.markets else "",
                basis=bases[statement_id].value,
                # A place that the join does not lead to, such as a site, shows only the statements that name it.
                via=_joined(profile.via.get((place_id, statement_id), (place_id,))),
                hedge=statement.hedge.value,
                nature=statement.nature.value,
                statement_id=statement_id,
                sentence_id=statement.sentence_id,
                locator_es=locator(dataset, statement, "es"),
                locator_en=locator(dataset, statement, "en"),
                actors=_joined(statement.actors),
                actors_es=actor_names(dataset, statement, "es"),
                actors_en=actor_names(dataset, statement, "en"),
                text_es=statement.text_es,
                text_en=statement.text_en,
            )


def build_route_rows(dataset: Dataset, route_ids: Iterable[str]) -> tuple[RouteRow, ...]:
    """Return a row for each route."""
    return tuple(_route_row(dataset, route_id) for route_id in route_ids)


def _route_row(dataset: Dataset, route_id: str) -> RouteRow:
    route = dataset.route[route_id]
    statement = dataset.statement[route.statement_id]
    return RouteRow(
        route_id=route_id,
        market_id=route.market or "",
        goods_es=route.goods_es,
        goods_en=route.goods_en,
        mode=route.mode.value,
        hedge=route.hedge.value,
        course_es=route_course(dataset, route, "es"),
        course_en=route_course(dataset, route, "en"),
        points=_joined(f"{point.place_id}:{point.role}:{point.basis}" for point in dataset.points_of[route_id]),
        statement_id=statement.statement_id,
        sentence_id=statement.sentence_id,
        locator_es=locator(dataset, statement, "es"),
        locator_en=locator(dataset, statement, "en"),
        text_es=statement.text_es,
        text_en=statement.text_en,
    )


def actor_names(dataset: Dataset, statement: Statement, lang: Lang) -> str:
    """Return the names of a statement's actors."""
    return _joined((i18n.name_of(dataset.actor[actor], lang) for actor in statement.actors), f"{LIST_SEPARATOR} ")


def _joined(parts: Iterable[str], separator: str = LIST_SEPARATOR) -> str:
    return separator.join(parts)
