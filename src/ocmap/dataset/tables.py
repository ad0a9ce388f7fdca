"""The tables of the data package: each one's file, record and key."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
    Actor,
    Place,
    Route,
    RoutePoint,
    Score,
    Sentence,
    Statement,
    StatementPlace,
    Tie,
    Topic,
)


@dataclass(frozen=True)
class TableSchema:
    """A file of the data package."""

    name: str
    record: type[Record]
    key: tuple[str, ...]
    folder: str = ""

    @property
    def file(self) -> str:
        """Return the file's name, with its folder inside the package if it has one."""
        return f"{self.folder}/{self.name}.csv" if self.folder else f"{self.name}.csv"


TABLES: Mapping[str, TableSchema] = MappingProxyType(
    {
        table.name: table
        for table in (
            TableSchema("topics", Topic, ("topic_id",)),
            TableSchema("sentences", Sentence, ("sentence_id",)),
            TableSchema("statements", Statement, ("statement_id",)),
            TableSchema("places", Place, ("place_id",)),
            TableSchema("statement_places", StatementPlace, ("statement_id", "place_id", "role")),
            TableSchema("actors", Actor, ("actor_id",)),
            TableSchema("ties", Tie, ("statement_id", "actor_a", "actor_b", "tie")),
            TableSchema("routes", Route, ("route_id",)),
            TableSchema("route_points", RoutePoint, ("route_id", "seq")),
            TableSchema("scores", Score, ("topic_id", "edition")),
            TableSchema("round1_first", SentenceCoding, ("sentence_id",), "coding"),
            TableSchema("round1_second", SentenceCoding, ("sentence_id",), "coding"),
            TableSchema("round2_first", StatementCoding, ("statement_id",), "coding"),
            TableSchema("round2_second", StatementCoding, ("statement_id",), "coding"),
            TableSchema("round3_first", FlowCoding, ("sentence_id",), "coding"),
            TableSchema("round3_second", FlowCoding, ("sentence_id",), "coding"),
            TableSchema("adjudication", Adjudication, ("round", "unit_id", "field"), "coding"),
            TableSchema("readings", Proofreading, ("statement_id", "language", "reading"), "coding"),
            TableSchema("review", ReviewDecision, ("row",), "coding"),
        )
    }
)
