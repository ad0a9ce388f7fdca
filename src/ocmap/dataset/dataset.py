"""The data package in memory: all tables, with lookups by id and the relations between them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from ocmap.dataset.changes import Release
from ocmap.dataset.coding_schema import (
    Adjudication,
    FlowCoding,
    Proofreading,
    ReviewDecision,
    SentenceCoding,
    StatementCoding,
)
from ocmap.dataset.fields import Record
from ocmap.dataset.schema import (
    MARKETS,
    Actor,
    Place,
    PlaceKind,
    PointRole,
    Route,
    RoutePoint,
    Score,
    Sentence,
    Statement,
    StatementPlace,
    Tie,
    Topic,
)
from ocmap.dataset.settings import Settings

Value = TypeVar("Value")


class RouteEnd(StrEnum):
    """What is known of the end of a route: the sentence names it, it is inferred, or no point is given."""

    NAMED = "named"
    INFERRED = "inferred"
    OPEN = "open"


@dataclass(frozen=True, eq=False)
class Dataset:
    """The whole data package, immutable and shared by all sessions.

    Each attribute after the first two holds the records of a table in the file's order: record ``i`` is on line
    ``i + 2``.

    Attributes:
        settings: What the package says of its country and no table holds.
        releases: The versions of the data, the newest first.
    """

    settings: Settings
    releases: tuple[Release, ...]
    topics: tuple[Topic, ...]
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    places: tuple[Place, ...]
    statement_places: tuple[StatementPlace, ...]
    actors: tuple[Actor, ...]
    ties: tuple[Tie, ...]
    routes: tuple[Route, ...]
    route_points: tuple[RoutePoint, ...]
    scores: tuple[Score, ...]
    round1_first: tuple[SentenceCoding, ...]
    round1_second: tuple[SentenceCoding, ...]
    round2_first: tuple[StatementCoding, ...]
    round2_second: tuple[StatementCoding, ...]
    round3_first: tuple[FlowCoding, ...]
    round3_second: tuple[FlowCoding, ...]
    adjudication: tuple[Adjudication, ...]
    readings: tuple[Proofreading, ...]
    review: tuple[ReviewDecision, ...]

    @property
    def country_id(self) -> str:
        """The id of the country."""
        return self.settings.country.id

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.releases[0].version

    @cached_property
    def topic(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return MappingProxyType({topic.topic_id: topic for topic in self.topics})

    @cached_property
    def sentence(self) -> Mapping[str, Sentence]:
        """Sentences by id."""
        return MappingProxyType({sentence.sentence_id: sentence for sentence in self.sentences})

    @cached_property
    def statement(self) -> Mapping[str, Statement]:
        """Statements by id."""
        return MappingProxyType({statement.statement_id: statement for statement in self.statements})

    @cached_property
    def place(self) -> Mapping[str, Place]:
        """Places by id."""
        return MappingProxyType({place.place_id: place for place in self.places})

    @cached_property
    def actor(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return MappingProxyType({actor.actor_id: actor for actor in self.actors})

    @cached_property
    def route(self) -> Mapping[str, Route]:
        """Routes by id."""
        return MappingProxyType({route.route_id: route for route in self.routes})

    @cached_property
    def points_of(self) -> Mapping[str, tuple[RoutePoint, ...]]:
        """The points of each route, in order, by the route's id."""
        in_order = sorted(self.route_points, key=lambda point: (point.route_id, point.seq))
        return _grouped((point.route_id, point) for point in in_order)

    @cached_property
    def places_of(self) -> Mapping[str, tuple[StatementPlace, ...]]:
        """The coded places of each statement, by the statement's id."""
        return _grouped((row.statement_id, row) for row in self.statement_places)

    @cached_property
    def naming(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the statements that name each place, in the file's order, by the place's id."""
        return _grouped((row.place_id, row.statement_id) for row in self.statement_places)

    @cached_property
    def inside(self) -> Mapping[str, tuple[str, ...]]:
        """The sites and roads in each place, by the place's id."""
        return _grouped(
            (outer, place.place_id)
            for place in self.places
            if place.kind in {PlaceKind.SITE, PlaceKind.ROAD}
            for outer in (place.parent, *place.members)
            if outer is not None
        )

    @cached_property
    def routes_of(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the routes that have each place among their points, by the place's id."""
        return _grouped((point.place_id, point.route_id) for point in self.route_points)

    @cached_property
    def profile_order(self) -> Mapping[str, int]:
        """The rank of each statement by its id: markets in the Index's order, then the other topics by id."""
        topics = {topic.topic_id: rank for rank, topic in enumerate(self.markets)}

        def key(statement: Statement) -> tuple[int, str, int, str]:
            sentence = self.sentence[statement.sentence_id]
            rank = topics.get(sentence.topic_id, len(topics))
            return rank, sentence.topic_id, sentence.ordinal, statement.statement_id

        in_order = sorted(self.statements, key=key)
        return MappingProxyType({statement.statement_id: rank for rank, statement in enumerate(in_order)})

    @cached_property
    def markets(self) -> tuple[Topic, ...]:
        """The markets, in the Index's order."""
        return tuple(self.topic[market] for market in MARKETS if market in self.topic)

    @cached_property
    def markets_of_group(self) -> Mapping[str, tuple[str, ...]]:
        """The markets' ids by their group's id."""
        return _grouped((topic.group.value, topic.topic_id) for topic in self.markets)

    def markets_of(self, statement: Statement) -> tuple[str, ...]:
        """Return the ids of a statement's markets, with each group replaced by all of its markets.

        ``financial`` is a market and its own group.
        """
        markets = (self.markets_of_group.get(market, (market,)) for market in statement.markets)
        return tuple(dict.fromkeys(chain.from_iterable(markets)))


def _grouped(pairs: Iterable[tuple[str, Value]]) -> Mapping[str, tuple[Value, ...]]:
    """Return the values by key, in their order and without duplicates."""
    groups: dict[str, dict[Value, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return MappingProxyType({key: tuple(values) for key, values in groups.items()})


def ends_of(points: Sequence[RoutePoint]) -> tuple[RouteEnd, RouteEnd]:
    """Return what is known of the start and of the end of a route, from its points in order."""
    first, last = points[0], points[-1]
    return (
        RouteEnd(first.basis) if first.role is PointRole.ORIGIN else RouteEnd.OPEN,
        RouteEnd(last.basis) if last.role is PointRole.DESTINATION else RouteEnd.OPEN,
    )


def label_point(place: Place) -> tuple[float, float] | None:
    """Return where a place's name stands, longitude first: where that was chosen, else at the point inside."""
    chosen, inside = (place.label_lon, place.label_lat), (place.lon, place.lat)
    return next(((lon, lat) for lon, lat in (chosen, inside) if lon is not None and lat is not None), None)


def ids_of(records: Iterable[Record], field: str) -> frozenset[str]:
    """Return the ids in a field of the records."""
    return frozenset(getattr(record, field) for record in records)
