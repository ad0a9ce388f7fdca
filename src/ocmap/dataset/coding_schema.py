"""The schema of the coding's records: what each coder coded, and how differences were decided."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from ocmap.dataset.fields import Id, MarketIds, Note, Record, Ref, Text, Words, split_list
from ocmap.dataset.schema import Coding, Hedge, Nature, Role, TieKind

RoledPlace = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9][A-Za-z0-9_./-]*:({'|'.join(Role)})$")]
RoledPlaces = Annotated[tuple[RoledPlace, ...], BeforeValidator(split_list)]
TiedActors = Annotated[str, StringConstraints(pattern=rf"^[a-z0-9-]+\+[a-z0-9-]+:({'|'.join(TieKind)}):[a-z_]*$")]
TieTexts = Annotated[tuple[TiedActors, ...], BeforeValidator(split_list)]
_POINT = r"[A-Za-z][A-Za-z0-9_-]*\*?"
RouteText = Annotated[
    str, StringConstraints(pattern=rf"^(\?|{_POINT})\|(-|{_POINT}(\+{_POINT})*)\|(\?|{_POINT})\|[^|;]+\|[a-z_]*$")
]
RouteTexts = Annotated[tuple[RouteText, ...], BeforeValidator(split_list)]
Natures = Annotated[tuple[Nature, ...], BeforeValidator(split_list)]
Hedges = Annotated[tuple[Hedge, ...], BeforeValidator(split_list)]


class CodedField(StrEnum):
    """A field on which two coders can differ."""

    MARKETS = "markets"
    PLACES = "places"
    ACTORS = "actors"
    NATURE = "nature"
    HEDGE = "hedge"
    CODING = "coding"
    TIES = "ties"
    ROUTES = "routes"
    GOODS = "goods"


class Corrected(StrEnum):
    """What a proofreading corrected."""

    EN = "en"
    ES = "es"
    BOTH = "both"
    CODING = "coding"


class SentenceCoding(Record):
    """One coder's values for a sentence in round 1: those of all of its statements together.

    The first coding is the package's statements before the comparison. The second was made for the comparison, from
    the sentences, the codebook and the lists of ids only. The values after all decisions are in `statements.csv`.
    """

    sentence_id: Annotated[Id, Ref("sentences")] = Field(description="The sentence.")
    markets: MarketIds = Field(description="The markets coded.")
    places: RoledPlaces = Field(description="The places coded, each as place_id:role.")
    actors: Words = Field(description="The actors coded, by the ids that they then had.")
    nature: Natures = Field(description="The natures of its statements.")
    hedge: Hedges = Field(description="The hedges of its statements.")
    coding: Coding = Field(description="Whether the coder found anything to code.")
    remark: Note = Field(description="What was unclear in the rules, according to the coder.")


class StatementCoding(Record):
    """One coder's values for a statement in round 2, with given statements and stricter rules.

    Statements that a later version split off have none.
    """

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement.")
    nature: Nature = Field(description="The nature coded.")
    hedge: Hedge = Field(description="The hedge coded.")
    remark: Note = Field(description="What was unclear in the rules, according to the coder.")


class FlowCoding(Record):
    """One coder's values for a sentence on criminality in round 3: those of all of its statements together.

    Two coders, neither of them the one who made the package, had the sentences, the codebook and the lists of ids only.
    """

    sentence_id: Annotated[Id, Ref("sentences")] = Field(description="The sentence.")
    nature: Natures = Field(description="The natures of its statements.")
    hedge: Hedges = Field(description="The hedges of its statements.")
    actors: Words = Field(description="The actors coded.")
    ties: TieTexts = Field(description="The ties, each as actor+actor:tie:market; the market can be blank.")
    routes: RouteTexts = Field(
        description="The routes, each as origin|via|destination|goods|market. ?: an open end; -: no via; *: inferred."
    )
    remark: Note = Field(description="What was unclear in the rules, according to the coder.")


class Adjudication(Record):
    """The decision on a difference between the two coders. There is one for every difference."""

    round: Annotated[int, Field(ge=1, le=3)] = Field(description="The round of coding.")
    unit_id: Id = Field(description="The sentence (rounds 1 and 3) or the statement (round 2).")
    field: CodedField = Field(description="The field on which they differ.")
    first: Note = Field(description="The first coder's values, sorted and joined by `;`.")
    second: Note = Field(description="The second coder's values, likewise.")
    final: Note = Field(
        description="The package's values, likewise; a later rule can give a value that neither coder gave."
    )
    reason: Text = Field(description="The rule that decides it.")


class Proofreading(Record):
    """A proofreading of a statement against its sentence, and its correction."""

    statement_id: Annotated[Id, Ref("statements")] = Field(description="The statement.")
    language: Corrected = Field(description="What was corrected: a text or the coding; both: nothing in either text.")
    reading: Annotated[int, Field(ge=1, le=3)] = Field(
        description="1: before version 0.1.0; 2: all statements, for 0.2.0; 3: 60 of these, drawn with seed 20261127."
    )
    before: Note = Field(description="The draft; blank where nothing was corrected.")
    after: Note = Field(description="The corrected value, before any later correction.")
    reason: Text = Field(description="Why.")
    sample: Annotated[str, StringConstraints(pattern=r"^(yes)?$")] = Field(
        description="yes: part of the sample that was read with special care."
    )


class Decision(StrEnum):
    """What was done about a row of the review."""

    FOLLOWED = "followed"
    REFUSED = "refused"


class ReviewDecision(Record):
    """The decision on one row of a reader's review of version 0.1.0, statement by statement."""

    row: Annotated[int, Field(ge=1)] = Field(description="The row's number in the review.")
    decision: Decision = Field(description="Whether it was followed.")
    ids: Note = Field(description="The records that it is about or that were changed for it, joined by `;`.")
    reason: Text = Field(description="What was changed, or why not.")
