"""Read the data package's tables into one immutable `Dataset`, with every fault found on the way."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.schema import (
    MARKETS,
    TABLES,
    Actor,
    Adjudication,
    Coding,
    Place,
    PlaceKind,
    Proofreading,
    Record,
    Route,
    RoutePoint,
    Score,
    Sentence,
    SentenceCoding,
    Statement,
    StatementCoding,
    StatementPlace,
    Table,
    Tie,
    Topic,
)

HEADER = 1
FIRST_ROW = HEADER + 1
LONGEST_SHOWN = 60
SOUND_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^",\r\n][^,\r\n]*|)(?:,|$)')


@dataclass(frozen=True)
class Dataset:
    """The whole data package. Nothing in it changes, so all sessions share one.

    Each attribute holds a table's records in the file's order: record ``i`` stands on line ``i + 2``.
    """

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
    adjudication: tuple[Adjudication, ...]
    readings: tuple[Proofreading, ...]

    @cached_property
    def sentences_read(self) -> int:
        """How many sentences have been read: coded, or found to assert nothing that can be coded."""
        return sum(sentence.coding is not Coding.PENDING for sentence in self.sentences)

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
        points: dict[str, list[RoutePoint]] = defaultdict(list)
        for point in sorted(self.route_points, key=lambda point: (point.route_id, point.seq)):
            points[point.route_id].append(point)
        return MappingProxyType({key: tuple(value) for key, value in points.items()})

    @cached_property
    def places_of(self) -> Mapping[str, tuple[StatementPlace, ...]]:
        """The coded places of each statement, by the statement's id."""
        places: dict[str, list[StatementPlace]] = defaultdict(list)
        for row in self.statement_places:
            places[row.statement_id].append(row)
        return MappingProxyType({key: tuple(value) for key, value in places.items()})

    @cached_property
    def naming(self) -> Mapping[str, tuple[str, ...]]:
        """The statements that name each place, each once, in the file's order, by the place's id."""
        named: dict[str, dict[str, None]] = defaultdict(dict)
        for row in self.statement_places:
            named[row.place_id][row.statement_id] = None
        return MappingProxyType({key: tuple(value) for key, value in named.items()})

    @cached_property
    def inside(self) -> Mapping[str, tuple[str, ...]]:
        """The sites and roads that lie in each place, by the place's id."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for place in self.places:
            if place.kind in {PlaceKind.SITE, PlaceKind.ROAD}:
                for around in (place.parent, *place.members):
                    if around is not None:
                        found[around][place.place_id] = None
        return MappingProxyType({key: tuple(value) for key, value in found.items()})

    @cached_property
    def routes_of(self) -> Mapping[str, tuple[str, ...]]:
        """The routes that have each place among their points, each once, by the place's id."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for point in self.route_points:
            found[point.place_id][point.route_id] = None
        return MappingProxyType({key: tuple(value) for key, value in found.items()})

    @cached_property
    def profile_order(self) -> Mapping[str, int]:
        """The rank of each statement by the profile's order of topics, sentences and letters, by its id."""
        topics = {topic.topic_id: rank for rank, topic in enumerate(self.markets)}

        def key(statement: Statement) -> tuple[int, str, int, str]:
            sentence = self.sentence[statement.sentence_id]
            rank = topics.get(sentence.topic_id, len(topics))
            return rank, sentence.topic_id, sentence.ordinal, statement.statement_id

        ranked = enumerate(sorted(self.statements, key=key))
        return MappingProxyType({one.statement_id: rank for rank, one in ranked})

    @cached_property
    def markets(self) -> tuple[Topic, ...]:
        """The markets, in the Index's order."""
        return tuple(self.topic[market] for market in MARKETS if market in self.topic)

    @cached_property
    def markets_of_group(self) -> Mapping[str, tuple[str, ...]]:
        """The markets' ids by their group's id."""
        groups: dict[str, list[str]] = defaultdict(list)
        for topic in self.markets:
            groups[topic.group.value].append(topic.topic_id)
        return MappingProxyType({key: tuple(value) for key, value in groups.items()})

    def markets_of(self, statement: Statement) -> tuple[str, ...]:
        """Return the ids of the markets that a statement shows under; a group stands for each of its markets.

        ``financial`` is a market and its own group, so it stands for itself.
        """
        found: dict[str, None] = {}
        for market in statement.markets:
            found.update(dict.fromkeys(self.markets_of_group.get(market, (market,))))
        return tuple(found)


def read_dataset(directory: Path) -> Dataset:
    """Read every table of the package in ``directory``.

    Raises:
        DataError: A file is missing, is no UTF-8, lacks a column or has one too many, or holds a cell that
            its field does not allow. All faults of all files are gathered first.
    """
    problems: list[Problem] = []
    tables: dict[str, tuple[Record, ...]] = {}
    for field in fields(Dataset):
        table = TABLES[field.name]
        tables[field.name] = tuple(_read_table(directory / table.file, table, problems))
    if problems:
        raise DataError(problems)
    return Dataset(**cast("Mapping[str, tuple[()]]", tables))


def _read_table(path: Path, table: Table, problems: list[Problem]) -> list[Record]:
    """Read one table; append its faults to ``problems``."""
    text = read_text(path, problems, table.file)
    if text is None:
        return []
    rows = _rows(text, table.file, problems)
    header = next(rows, [])
    if not _check_header(header, table, problems):
        return []
    records = []
    for line, row in enumerate(rows, FIRST_ROW):
        if len(row) != len(header):
            column = _column(header, min(len(row), len(header)))
            expected = f"{len(header)} as in the header"
            problems.append(Problem(table.file, line, column, f"{len(row)} cells", expected))
            continue
        try:
            records.append(table.record.model_validate(dict(zip(header, row, strict=True))))
        except ValidationError as error:
            problems.extend(problem_of(fault, table.file, line) for fault in error.errors())
    return records


def read_text(path: Path, problems: list[Problem], file: str = "") -> str | None:
    """Return a data file's text, or None after appending why it cannot be read to ``problems``.

    ``file`` is what the problems call it, if that is more than its name.
    """
    file = file or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.append(Problem(file, 0, "-", f"it cannot be read ({reason})", "a file of the data package"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        found = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(file, line, str(column), found, "text in UTF-8"))
        return None


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[list[str]]:
    """Yield the rows of a CSV text; a line break inside a cell is a fault, so that row and line agree."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    number = 0
    try:
        for row in reader:
            number += 1
            header = header or row
            if reader.line_num != number:
                column = next(i for i, cell in enumerate(row) if "\n" in cell or "\r" in cell)
                found, expected = "a line break inside a cell", "one line a record"
                problems.append(Problem(file, number, _column(header, column), found, expected))
                return
            yield row
    except csv.Error as error:
        column = _broken_cell(io.StringIO(text, newline=""), number)
        expected = "cells quoted as in RFC 4180"
        problems.append(Problem(file, number + 1, _column(header, column), f"broken CSV ({error})", expected))


def _broken_cell(lines: Iterable[str], before: int) -> int:
    """Return which cell of the line after those ``before`` it is that CSV does not allow, from 0."""
    line = next(islice(lines, before, None), "").rstrip("\r\n")
    count, at = 0, 0
    while at < len(line) and (cell := SOUND_CELL.match(line, at)) and cell.end() - at <= csv.field_size_limit():
        count, at = count + 1, cell.end()
    return count


def _column(header: Sequence[str], i: int) -> str:
    """Return the name of a column, or its number where the header has none."""
    return header[i] if i < len(header) and header[i].isidentifier() else str(i + 1)


def _check_header(header: list[str], table: Table, problems: list[Problem]) -> bool:
    """Return whether the header has each of the model's columns once and no other."""
    wanted = list(table.record.model_fields)
    faults = [Problem(table.file, 1, name, "the column is missing", "it") for name in wanted if name not in header]
    for i, name in enumerate(header):
        if name not in wanted:
            found, expected = f"unknown column {shorten(name)!r}", f"one of {', '.join(wanted)}"
            faults.append(Problem(table.file, 1, str(i + 1), found, expected))
        elif name in header[:i]:
            faults.append(Problem(table.file, 1, name, "the column stands twice", "it once"))
    problems.extend(faults)
    return not faults


def problem_of(fault: ErrorDetails, file: str, line: int) -> Problem:
    """Return one of pydantic's faults as one of ours."""
    column = str(fault["loc"][0]) if fault["loc"] else "-"
    expected = fault["msg"].removeprefix("Input should be ").removeprefix("String should ")
    return Problem(file, line, column, f"{shorten(str(fault['input']))!r}", expected)


def shorten(text: str) -> str:
    """Return a text short enough for a message."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def ids_of(records: Iterable[Record], field: str) -> frozenset[str]:
    """Return the ids that the records have in ``field``."""
    return frozenset(getattr(record, field) for record in records)
