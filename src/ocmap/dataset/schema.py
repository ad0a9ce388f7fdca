"""The data package's model: one record a table, each field described once.

The codebook and ``datapackage.json`` are generated from what stands here, and the reader and the checks
follow it: a field's type says what a cell may hold, `Ref` which table its ids stand in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

LIST_SEPARATOR = ";"
LONGEST_TEXT = 2000
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
"""Controls, which XML does not allow, and marks without width, which show a text as another than it is."""
Lang = Literal["es", "en"]
LANGUAGES: tuple[Lang, ...] = ("es", "en")
COUNTRY = "PE"
FRAME = (-84.5, -21.0, -64.5, 3.0)
"""What the map shows: west, south, east, north, in degrees."""


class TopicKind(StrEnum):
    """What a topic is."""

    MARKET = "market"
    ACTOR_TYPE = "actor_type"
    INDICATOR = "indicator"


class Group(StrEnum):
    """The Index's groups of topics; the first six hold the markets."""

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
"""The ids of the Index's 15 markets, in its own order."""

ACTOR_TYPES = ("mafia_style", "criminal_networks", "state_embedded", "foreign", "private_sector")
"""The ids of its actor types, in its own order."""


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
    """How sure the source is of what it says."""

    STATED = "stated"
    REPORTED = "reported"
    ESTIMATED = "estimated"
    ALLEGED = "alleged"
    POTENTIAL = "potential"


class CodedField(StrEnum):
    """What two coders may differ on."""

    MARKETS = "markets"
    PLACES = "places"
    ACTORS = "actors"
    NATURE = "nature"
    HEDGE = "hedge"
    CODING = "coding"


DOUBTFUL = frozenset({Hedge.ALLEGED, Hedge.POTENTIAL})
"""The hedges under which a route is drawn hollow."""


class Corrected(StrEnum):
    """What a reading looked at."""

    EN = "en"
    ES = "es"
    BOTH = "both"
    CODING = "coding"


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
    """One row of the join: a statement reaches a region, a corridor or, as ``PE``, the whole country.

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


class Role(StrEnum):
    """What a place is to a statement."""

    LOCATION = "location"
    ORIGIN = "origin"
    TRANSIT = "transit"
    DESTINATION = "destination"
    SOURCE_OF_GOODS = "source_of_goods"
    NATIONALITY = "nationality"
    PARTNER = "partner"


class PointRole(StrEnum):
    """What a place is to a route."""

    ORIGIN = "origin"
    VIA = "via"
    DESTINATION = "destination"


class Mode(StrEnum):
    """How a route's goods move, where the sentence says so."""

    ROAD = "road"
    RIVER = "river"
    AIR = "air"
    SEA = "sea"
    UNSPECIFIED = "unspecified"


class TieKind(StrEnum):
    """How two actors stand to each other."""

    WITH = "with"
    AGAINST = "against"


class Align(StrEnum):
    """On which side of its point the map writes a name."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Ref:
    """Marks a field whose ids stand in another table (or, for topics, are a group's id)."""

    table: str
    groups: bool = False


def split_list(cell: object) -> object:
    """Return the parts of a cell that holds a list; anything but text is left to the validation."""
    if not isinstance(cell, str):
        return cell
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR)) if cell.strip() else ()


def blank_as_none(cell: object) -> object:
    """Return None for an empty cell."""
    return None if cell == "" else cell


def showable(text: str) -> str:
    """Return a text that shows as what it is.

    Raises:
        PydanticCustomError: It holds a control character or a mark without width.
    """
    if found := UNSHOWABLE.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise PydanticCustomError("unshowable", "text without the character {code}", {"code": code})
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$", max_length=80)]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, strip_whitespace=True), AfterValidator(showable)
]
Note = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(showable)]
Words = Annotated[tuple[Text, ...], BeforeValidator(split_list)]
Lon = Annotated[Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)]
Lat = Annotated[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)]
Measure = Annotated[Annotated[float, Field(gt=0, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)]

TopicId = Annotated[Id, Ref("topics")]
TopicIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("topics")]
MarketIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("topics", groups=True)]
PlaceId = Annotated[Id, Ref("places")]
PlaceIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("places")]
ActorIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("actors")]
RoledPlace = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9][A-Za-z0-9_./-]*:({'|'.join(Role)})$")]
RoledPlaces = Annotated[tuple[RoledPlace, ...], BeforeValidator(split_list)]
Natures = Annotated[tuple[Nature, ...], BeforeValidator(split_list)]
Hedges = Annotated[tuple[Hedge, ...], BeforeValidator(split_list)]


class Record(BaseModel):
    """A row of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Topic(Record):
    """What a sentence is about: a criminal market, an actor type or a resilience indicator of the Index."""

    topic_id: Id = Field(description="Identifier; also the first part of a sentence's.")
    kind: TopicKind = Field(description="Market, actor type or resilience indicator.")
    group: Group = Field(description="The Index's group that the topic belongs to.")
    name_en: Text = Field(description="Name in English.")
    name_es: Text = Field(description="Name in Spanish.")
    short_en: Text = Field(description="Name in English, short enough for a filter.")
    short_es: Text = Field(description="Name in Spanish, short enough for a filter.")
    definition_en: Text = Field(description="What the topic covers, in English.")
    definition_es: Text = Field(description="What the topic covers, in Spanish.")


class Sentence(Record):
    """One of the profile's sentences, by its position and fingerprint; its text is its publisher's."""

    sentence_id: Id = Field(description="Topic and ordinal: arms.2 is the second sentence on arms trafficking.")
    topic_id: TopicId = Field(description="The topic under which the profile has the sentence.")
    ordinal: Annotated[int, Field(ge=1)] = Field(description="Its place among the topic's sentences, from 1.")
    words: Annotated[int, Field(ge=1)] = Field(description="Number of words, parted by white space.")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of the sentence's UTF-8 text, so that whoever has the profile can check the match."
    )
    coding: Coding = Field(
        description="coded: it has statements; context: it asserts nothing that can be coded (the note says why);"
        " pending: not yet coded."
    )
    note: Note = Field(description="Why a sentence is context; otherwise blank.")


class Statement(Record):
    """One thing that a sentence asserts, in our own words: the unit of coding."""

    statement_id: Id = Field(description="The sentence's id and a letter: arms.2-a.")
    sentence_id: Annotated[Id, Ref("sentences")] = Field(description="The sentence that it rests on.")
    nature: Nature = Field(
        description="activity: something happens; flow: something moves between places; actor: who does it;"
        " impact: what it does to people or places; response: what the state or others do about it;"
        " context: a condition or cause."
    )
    hedge: Hedge = Field(
        description="How the source puts it. stated: said flatly; reported: said to be reported, known or implicated;"
        " estimated: a study's or an office's figure; alleged: an accusation; potential: a possibility or concern."
    )
    markets: MarketIds = Field(
        description="The markets that the sentence speaks of, or a group's id where it speaks of the group as such."
    )
    indicators: TopicIds = Field(description="The resilience indicators that it speaks to.")
    actors: ActorIds = Field(description="The organisations and nationalities that the sentence names.")
    text_en: Text = Field(description="The statement in English, in our own words.")
    text_es: Text = Field(description="The statement in Spanish, in our own words.")


class Place(Record):
    """Anything that a statement can point at."""

    place_id: Id = Field(description="ISO 3166-2 for regions, ISO 3166-1 alpha-2 for countries, otherwise a word.")
    kind: PlaceKind = Field(description="What sort of place it is.")
    name_en: Text = Field(description="Name in English.")
    name_es: Text = Field(description="Name in Spanish.")
    parent: Annotated[Id | None, BeforeValidator(blank_as_none), Ref("places")] = Field(
        description="The place that it lies in. A site's region is coded here, never found by point in polygon."
    )
    lon: Lon = Field(description="Longitude of a point inside, degrees, WGS 84.")
    lat: Lat = Field(description="Latitude of that point, degrees, WGS 84.")
    members: PlaceIds = Field(description="The places that a wider area or a line takes in; the note says why.")
    precision: Annotated[int, Field(ge=1, le=7)] = Field(
        description="UCDP's ladder: 1 exact, 2 near a place, 3 district or province, 4 first-level unit,"
        " 5 part of a country or several units, 6 the country, 7 outside."
    )
    source: Text = Field(description="Where its position comes from.")
    note: Note = Field(description="Anything a reader must know of it.")
    ubigeo: Annotated[str, StringConstraints(pattern=r"^(\d{2}(\d{2}(\d{2})?)?)?$")] = Field(
        description="INEI's code, as text with its leading zero."
    )
    area_km2: Measure = Field(description="Official area (INEI), km².")
    border_km: Measure = Field(description="Official length of a corridor's border, km.")
    aliases: Words = Field(description="Other names under which the source may speak of it.")
    label_lon: Lon = Field(description="Longitude at which the map writes the name.")
    label_lat: Lat = Field(description="Latitude at which the map writes the name.")
    label_align: Annotated[Align | None, BeforeValidator(blank_as_none)] = Field(
        description="Whether the name starts, is centred or ends at that point."
    )


class StatementPlace(Record):
    """A place that a statement's sentence itself names, and what it is to the statement."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement.")
    place_id: PlaceId = Field(description="The place that the sentence names.")
    role: Role = Field(description="What the place is to the statement.")


class Actor(Record):
    """An organisation, a nationality of groups or a kind of actor that the profile names; never a person."""

    actor_id: Id = Field(description="Identifier.")
    name: Text = Field(description="Name in English, or the organisation's own.")
    name_es: Text = Field(description="Name in Spanish, or the organisation's own.")
    topic_id: TopicId = Field(description="The actor type that it belongs to.")
    countries: PlaceIds = Field(description="The countries that the profile ties it to, ISO 3166-1 alpha-2.")
    aliases: Words = Field(description="Other names under which the source may speak of it.")
    note: Note = Field(description="Anything a reader must know of it.")


class Tie(Record):
    """Two actors of whom one statement says that they work together, or against each other."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement that asserts it.")
    actor_a: Annotated[Id, Ref("actors")] = Field(description="One of the two: the first by the order of ids.")
    actor_b: Annotated[Id, Ref("actors")] = Field(description="The other. A tie has no direction.")
    tie: TieKind = Field(
        description="with: they cooperate, trade with each other or belong to one network; against: they are rivals"
        " or fight. Where both are said, two rows."
    )
    market: Annotated[Id | None, BeforeValidator(blank_as_none), Ref("topics")] = Field(
        description="The market in which the sentence says so; blank where it says so of no market."
    )


class Route(Record):
    """A directed flow that a sentence asserts. Its ends are the source's, its drawn path is schematic."""

    route_id: Id = Field(description="The sentence's id and a number: arms.2-r1.")
    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement that asserts it.")
    market: TopicId = Field(description="The market that it belongs to.")
    goods_en: Text = Field(description="What moves, in English.")
    goods_es: Text = Field(description="What moves, in Spanish.")
    mode: Mode = Field(description="How it moves, where the sentence says so.")
    hedge: Hedge = Field(description="How the source puts it.")
    path: Note = Field(description="The line of paths.geojson that the drawing follows; blank for a plain arc.")


class RoutePoint(Record):
    """A place on a route, in its order."""

    route_id: Annotated[Id, Ref("routes")] = Field(description="The route.")
    seq: Annotated[int, Field(ge=1)] = Field(description="Order along the route, from 1.")
    place_id: PlaceId = Field(description="The place.")
    role: PointRole = Field(description="Origin, via or destination.")


class Score(Record):
    """A figure of the Index for the whole country; never painted on a region."""

    topic_id: Id = Field(
        description="A topic, or one of the Index's sums: criminality, criminal_markets, criminal_actors, resilience."
    )
    edition: Annotated[int, Field(ge=2021)] = Field(description="Edition of the Index.")
    score: Annotated[
        Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)
    ] = Field(description="0 to 10; blank where unknown to us.")


class SentenceCoding(Record):
    """What one coder coded of a sentence in round 1: all values of its statements together.

    The first coding is what the package's statements said before the two were compared; the second was made for the
    comparison, from the sentences, the codebook and the lists of ids alone. What was decided since is in
    `statements.csv`.
    """

    sentence_id: Annotated[Id, Ref("sentences")] = Field(description="The sentence.")
    markets: MarketIds = Field(description="The markets coded.")
    places: RoledPlaces = Field(description="The places coded, each as place_id:role.")
    actors: ActorIds = Field(description="The actors coded.")
    nature: Natures = Field(description="The natures of its statements.")
    hedge: Hedges = Field(description="The hedges of its statements.")
    coding: Coding = Field(description="Whether the coder found anything to code.")
    remark: Note = Field(description="Where the coder found the rules unclear.")


class StatementCoding(Record):
    """What one coder coded of a statement in round 2, in which the statements were given and the rules sharpened."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement.")
    nature: Nature = Field(description="The nature coded.")
    hedge: Hedge = Field(description="The hedge coded.")
    remark: Note = Field(description="Where the coder found the rules unclear.")


class Adjudication(Record):
    """A difference between the two coders, and how it was decided. There is a row for every one of them."""

    round: Annotated[int, Field(ge=1, le=2)] = Field(description="The round of coding.")
    unit_id: Id = Field(description="The sentence (round 1) or the statement (round 2).")
    field: CodedField = Field(description="The field on which they differ.")
    first: Note = Field(description="The first coder's values, sorted and joined by `;`.")
    second: Note = Field(description="The second coder's values, likewise.")
    final: Note = Field(description="What the package says now, likewise; of neither coder where a later rule says so.")
    reason: Text = Field(description="The rule that decides it.")


class Proofreading(Record):
    """A last reading of a statement against its sentence, and what it corrected."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement.")
    language: Corrected = Field(description="What was corrected: a text or the coding; both: read, and left as it was.")
    before: Note = Field(description="The draft; blank where nothing was corrected.")
    after: Note = Field(description="What the reading made of it, before any later correction.")
    reason: Text = Field(description="Why.")
    sample: Annotated[str, StringConstraints(pattern=r"^(yes)?$")] = Field(
        description="yes: of the sample that was read with particular care."
    )


@dataclass(frozen=True)
class Table:
    """A file of the data package."""

    name: str
    record: type[Record]
    key: tuple[str, ...]
    folder: str = ""

    @property
    def file(self) -> str:
        """Return the file's name, with its folder inside the package if it has one."""
        return f"{self.folder}/{self.name}.csv" if self.folder else f"{self.name}.csv"


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table("topics", Topic, ("topic_id",)),
            Table("sentences", Sentence, ("sentence_id",)),
            Table("statements", Statement, ("statement_id",)),
            Table("places", Place, ("place_id",)),
            Table("statement_places", StatementPlace, ("statement_id", "place_id", "role")),
            Table("actors", Actor, ("actor_id",)),
            Table("ties", Tie, ("statement_id", "actor_a", "actor_b", "tie")),
            Table("routes", Route, ("route_id",)),
            Table("route_points", RoutePoint, ("route_id", "seq")),
            Table("scores", Score, ("topic_id", "edition")),
            Table("round1_first", SentenceCoding, ("sentence_id",), "coding"),
            Table("round1_second", SentenceCoding, ("sentence_id",), "coding"),
            Table("round2_first", StatementCoding, ("statement_id",), "coding"),
            Table("round2_second", StatementCoding, ("statement_id",), "coding"),
            Table("adjudication", Adjudication, ("round", "unit_id", "field"), "coding"),
            Table("readings", Proofreading, ("statement_id", "language"), "coding"),
        )
    }
)
