"""The schema of the data package: the closed lists, and one record for each table.

The reader, the validation, the codebook and ``datapackage.json`` follow from it: a field's type gives the allowed
values, and `Ref` the table that its ids refer to.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field, StringConstraints

from ocmap.dataset.fields import (
    ActorIds,
    Id,
    Lat,
    Lon,
    MarketIds,
    Measure,
    Note,
    OptionalTopicId,
    PlaceId,
    PlaceIds,
    Record,
    Ref,
    Text,
    TopicId,
    TopicIds,
    Words,
    blank_as_none,
)

Lang = Literal["es", "en"]
LANGUAGES: tuple[Lang, ...] = ("es", "en")


class TopicKind(StrEnum):
    """What a topic is."""

    MARKET = "market"
    ACTOR_TYPE = "actor_type"
    INDICATOR = "indicator"


class Group(StrEnum):
    """The Index's groups of topics; the markets are in the first six."""

    PEOPLE = "people"
    TRADE = "trade"
    ENVIRONMENT = "environment"
    DRUGS = "drugs"
    CYBER = "cyber"
    FINANCIAL = "financial"
    ACTORS = "actors"
    GOVERNANCE = "governance"
    JUSTICE = "justice"
    ECONOMY = "economy"
    SOCIETY = "society"


MARKETS = (
    "human_trafficking",
    "human_smuggling",
    "extortion",
    "arms",
    "counterfeit",
    "excisable",
    "flora",
    "fauna",
    "non_renewable",
    "heroin",
    "cocaine",
    "cannabis",
    "synthetic",
    "cyber",
    "financial",
)
"""The ids of the Index's 15 markets, in the Index's order."""

ACTOR_TYPES = ("mafia_style", "criminal_networks", "state_embedded", "foreign", "private_sector")
"""The ids of the Index's actor types, in the Index's order."""

AGGREGATES = ("criminality", "criminal_markets", "criminal_actors", "resilience")
"""The ids of the Index's scores that are not of one topic, in the Index's order."""


class Coding(StrEnum):
    """Whether a sentence has been coded."""

    CODED = "coded"
    CONTEXT = "context"
    PENDING = "pending"


class Nature(StrEnum):
    """What kind of thing a statement asserts."""

    ACTIVITY = "activity"
    FLOW = "flow"
    ACTOR = "actor"
    IMPACT = "impact"
    RESPONSE = "response"
    CONTEXT = "context"


class Hedge(StrEnum):
    """How sure the source is of a statement."""

    STATED = "stated"
    REPORTED = "reported"
    ESTIMATED = "estimated"
    ALLEGED = "alleged"
    POTENTIAL = "potential"


DOUBTFUL = frozenset({Hedge.ALLEGED, Hedge.POTENTIAL})
"""The hedges of routes that are drawn hollow."""


class Basis(StrEnum):
    """Why a region or a corridor shows a statement, strongest first. It is derived, never coded."""

    NAMED = "named"
    LOCATED = "located"
    BORDER = "border"
    AREA = "area"
    NATIONAL = "national"


RANK: Mapping[Basis, int] = MappingProxyType({basis: rank for rank, basis in enumerate(Basis)})
"""The order of the bases, strongest first."""


class Evidence(NamedTuple):
    """One row of the join: a statement reaches a region, a corridor or the whole country.

    Attributes:
        via: The coded places by which it does, in the file's order; none for the whole country.
    """

    place_id: str
    market_id: str
    basis: Basis
    statement_id: str
    via: tuple[str, ...] = ()


class PlaceKind(StrEnum):
    """What a place is."""

    REGION = "region"
    COUNTRY = "country"
    WORLD_AREA = "world_area"
    CORRIDOR = "corridor"
    BORDERS = "borders"
    MACRO_REGION = "macro_region"
    SITE = "site"
    ROAD = "road"
    RIVER_SYSTEM = "river_system"
    TRIPOINT = "tripoint"
    COAST = "coast"


MAPPED_KINDS = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR})
"""The kinds of place that statements reach by the join."""

POSITIONED_KINDS = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR, PlaceKind.SITE, PlaceKind.TRIPOINT})
"""The kinds of place that the map shows at a position of their own."""


class Role(StrEnum):
    """The role of a place in a statement."""

    LOCATION = "location"
    ORIGIN = "origin"
    TRANSIT = "transit"
    DESTINATION = "destination"
    SOUGHT = "sought"
    SOURCE_OF_GOODS = "source_of_goods"
    NATIONALITY = "nationality"
    PARTNER = "partner"


class PointRole(StrEnum):
    """The role of a place on a route."""

    ORIGIN = "origin"
    VIA = "via"
    DESTINATION = "destination"


class PointBasis(StrEnum):
    """Why a place is on a route."""

    NAMED = "named"
    INFERRED = "inferred"


class Mode(StrEnum):
    """How a route's goods move, if the sentence says so."""

    ROAD = "road"
    RIVER = "river"
    AIR = "air"
    SEA = "sea"
    UNSPECIFIED = "unspecified"


class TieKind(StrEnum):
    """Whether two actors work together or against each other."""

    WITH = "with"
    AGAINST = "against"


class ScoreStatus(StrEnum):
    """Whether an edition of the Index has a score, and whether it is known to us."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_ASSESSED = "not_assessed"


class Align(StrEnum):
    """Which part of a name is at its point on the map."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Topic(Record):
    """What a sentence is about: a criminal market, an actor type or a resilience indicator of the Index."""

    topic_id: Id = Field(description="Identifier; also the first part of a sentence's id.")
    kind: TopicKind = Field(description="Market, actor type or resilience indicator.")
    group: Group = Field(description="The Index's group that the topic belongs to.")
    name_en: Text = Field(description="Name in English.")
    name_es: Text = Field(description="Name in Spanish.")
    short_en: Text = Field(description="Name in English, short enough for a filter.")
    short_es: Text = Field(description="Name in Spanish, short enough for a filter.")
    definition_en: Text = Field(description="What the topic covers, in English.")
    definition_es: Text = Field(description="What the topic covers, in Spanish.")


class Sentence(Record):
    """One of the profile's sentences, by its position and fingerprint. Its text belongs to the publisher."""

    sentence_id: Id = Field(description="Topic and ordinal: arms.2 is the second sentence on arms trafficking.")
    topic_id: TopicId = Field(description="The topic under which the profile has the sentence.")
    ordinal: Annotated[int, Field(ge=1)] = Field(description="Its number among the topic's sentences, from 1.")
    words: Annotated[int, Field(ge=1)] = Field(description="Number of words, separated by white space.")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of the sentence's text in UTF-8; whoever has the profile can compare it."
    )
    coding: Coding = Field(
        description="coded: it has statements; context: it asserts nothing that can be coded (the note says why);"
        " pending: not yet coded."
    )
    note: Note = Field(description="Why a sentence is context; otherwise blank.")


class Statement(Record):
    """One thing that a sentence asserts, in our own words: the unit of coding."""

    statement_id: Id = Field(description="The sentence's id and a letter: arms.2-a.")
    sentence_id: Annotated[Id, Ref("sentences")] = Field(description="The sentence that asserts it.")
    nature: Nature = Field(
        description="activity: something happens; flow: something moves between places; actor: who does it;"
        " impact: what it does to people or places; response: what the state or others do about it;"
        " context: a condition or cause."
    )
    hedge: Hedge = Field(
        description="How the source puts it. stated: without any hedge; reported: as reported or implicated;"
        " estimated: as a figure of a study or an office; alleged: an accusation; potential: a possibility or concern."
    )
    markets: MarketIds = Field(
        description="The markets that the sentence mentions, or a group's id if it mentions the group as such."
    )
    indicators: TopicIds = Field(description="The resilience indicators that it concerns.")
    actors: ActorIds = Field(description="The organizations and nationalities that the sentence names.")
    text_en: Text = Field(description="The statement in English, in our own words.")
    text_es: Text = Field(description="The statement in Spanish, in our own words.")


class Place(Record):
    """Anything that a statement can point at."""

    place_id: Id = Field(description="ISO 3166-2 for regions, ISO 3166-1 alpha-2 for countries, otherwise a word.")
    kind: PlaceKind = Field(description="The kind of place.")
    name_en: Text = Field(description="Name in English.")
    name_es: Text = Field(description="Name in Spanish.")
    phrase_en: Note = Field(description="The name in English as it stands in a sentence; blank where it is the same.")
    phrase_es: Note = Field(description="The name in Spanish as it stands in a sentence, with its article.")
    parent: Annotated[Id | None, BeforeValidator(blank_as_none), Ref("places")] = Field(
        description="The place that contains it. A site's region is coded here, never derived by point in polygon."
    )
    country: Annotated[Id | None, BeforeValidator(blank_as_none), Ref("places")] = Field(
        description="The neighbouring country of a corridor."
    )
    lon: Lon = Field(description="Longitude of a point inside, degrees, WGS 84.")
    lat: Lat = Field(description="Latitude of that point, degrees, WGS 84.")
    members: PlaceIds = Field(description="The places that belong to a wider area or a line; the note says why.")
    precision: Annotated[int, Field(ge=1, le=7)] = Field(
        description="UCDP's classes: 1 exact, 2 near a place, 3 district or province, 4 first-level unit,"
        " 5 part of a country or several units, 6 the country, 7 outside."
    )
    source: Text = Field(description="Source of its position.")
    note: Note = Field(description="What a reader must know about it.")
    ubigeo: Note = Field(
        description="Official code, as text with its leading zero; profile.toml has its name and form."
    )
    area_km2: Measure = Field(description="Official area, km².")
    border_km: Measure = Field(description="Official length of a corridor's border, km.")
    aliases: Words = Field(description="Other names that the source can use for it.")
    label_lon: Lon = Field(description="Longitude of the name on the map.")
    label_lat: Lat = Field(description="Latitude of the name on the map.")
    label_align: Annotated[Align | None, BeforeValidator(blank_as_none)] = Field(
        description="Whether the name starts, is centred or ends at that point."
    )


class StatementPlace(Record):
    """A place that the sentence of a statement names, and its role in the statement."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement.")
    place_id: PlaceId = Field(description="The place that the sentence names.")
    role: Role = Field(description="The role of the place in the statement.")


class Actor(Record):
    """An organization, a nationality of groups or a kind of actor in the profile; never a person."""

    actor_id: Id = Field(description="Identifier.")
    name: Text = Field(description="Name in English, or the organization's own name.")
    name_es: Text = Field(description="Name in Spanish, or the organization's own name.")
    topic_id: OptionalTopicId = Field(description="Its actor type; blank where the source gives none.")
    countries: PlaceIds = Field(description="The countries with which the profile connects it, ISO 3166-1 alpha-2.")
    aliases: Words = Field(description="Other names that the source can use for it.")
    note: Note = Field(description="What a reader must know about it.")


class Tie(Record):
    """Two actors that work together, or against each other, in one statement."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement that asserts it.")
    actor_a: Annotated[Id, Ref("actors")] = Field(description="The first of the two in the order of ids.")
    actor_b: Annotated[Id, Ref("actors")] = Field(description="The second. A tie has no direction.")
    tie: TieKind = Field(
        description="with: they cooperate, trade with each other or belong to one network; against: they are rivals"
        " or fight. If the sentence says both: two rows."
    )
    market: OptionalTopicId = Field(description="The market in which they do so; blank if the sentence names none.")


class Route(Record):
    """A directed flow that a sentence asserts; an end that it leaves open has no point. Its path is schematic."""

    route_id: Id = Field(description="The sentence's id and a number: arms.2-r1.")
    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement that asserts it.")
    market: OptionalTopicId = Field(
        description="Its market; blank where the sentence names none in particular, such as ‘drugs’."
    )
    goods_en: Text = Field(description="What moves, in English.")
    goods_es: Text = Field(description="What moves, in Spanish.")
    mode: Mode = Field(description="How it moves, if the sentence says so.")
    hedge: Hedge = Field(description="How the source puts it.")
    path: Note = Field(description="The line of paths.geojson that it follows on the map; blank for an arc.")


class RoutePoint(Record):
    """A place on a route, which has at most one origin, first, and at most one destination, last."""

    route_id: Annotated[Id, Ref("routes")] = Field(description="The route.")
    seq: Annotated[int, Field(ge=1)] = Field(description="Order along the route, from 1.")
    place_id: PlaceId = Field(description="The place.")
    role: PointRole = Field(description="Origin, via or destination.")
    basis: PointBasis = Field(
        description="named: the statement names it in this role; inferred: from the profile's subject, which is the"
        " country, or from the nationality of those who move."
    )


class Score(Record):
    """A score of the Index for the whole country; never shown as a colour of regions."""

    topic_id: Id = Field(
        description="A topic, or one of the Index's aggregates: criminality, criminal_markets, criminal_actors,"
        " resilience."
    )
    edition: Annotated[int, Field(ge=2021)] = Field(description="Edition of the Index.")
    score: Annotated[
        Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)
    ] = Field(description="0 to 10; blank unless it is known.")
    status: ScoreStatus = Field(
        description="known; unknown: the edition has one that we do not have; not_assessed: it has none."
    )
