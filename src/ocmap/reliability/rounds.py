"""What two coders coded apart from each other, and how each of their differences was decided.

Each ``check_`` function yields `Problem`s and never raises.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.errors import Problem
from ocmap.dataset.reader import FIRST_ROW, HEADER, Dataset
from ocmap.dataset.schema import LIST_SEPARATOR, TABLES, CodedField, Record

Values = frozenset[str]
Coded = Mapping[str, Mapping[CodedField, Values]]
"""A coder's values by unit and field; a unit is a sentence's or a statement's id."""

ONE_VALUE_FIELDS = (CodedField.NATURE, CodedField.HEDGE)
FIELDS: Mapping[int, tuple[CodedField, ...]] = MappingProxyType({1: tuple(CodedField), 2: ONE_VALUE_FIELDS})
"""The fields coded in each round."""
ADJUDICATION = TABLES["adjudication"].file


class Round(NamedTuple):
    """A round of coding: what each of two coders coded, and what the package says of the same units."""

    number: int
    first: Coded
    second: Coded
    shipped: Coded


def rounds_of(dataset: Dataset) -> tuple[Round, Round]:
    """Return both rounds of coding: of sentences, then of statements."""
    first = partial(_by_unit, unit="sentence_id", fields=FIELDS[1])
    second = partial(_by_unit, unit="statement_id", fields=FIELDS[2])
    return (
        Round(1, first(dataset.round1_first), first(dataset.round1_second), shipped_sentences(dataset)),
        Round(2, second(dataset.round2_first), second(dataset.round2_second), second(dataset.statements)),
    )


def shipped_sentences(dataset: Dataset) -> Coded:
    """Return what the package says of each sentence: the values of all its statements together."""
    found = {one.sentence_id: {field: set[str]() for field in CodedField} for one in dataset.sentences}
    for sentence in dataset.sentences:
        found[sentence.sentence_id][CodedField.CODING].add(sentence.coding)
    for statement in dataset.statements:
        if (sets := found.get(statement.sentence_id)) is None:
            continue
        sets[CodedField.MARKETS].update(statement.markets)
        sets[CodedField.ACTORS].update(statement.actors)
        sets[CodedField.NATURE].add(statement.nature)
        sets[CodedField.HEDGE].add(statement.hedge)
        for row in dataset.places_of.get(statement.statement_id, ()):
            sets[CodedField.PLACES].add(f"{row.place_id}:{row.role}")
    return {unit: {field: frozenset(values) for field, values in sets.items()} for unit, sets in found.items()}


def joined(values: Iterable[str]) -> str:
    """Return values as a cell writes them: sorted and joined."""
    return LIST_SEPARATOR.join(sorted(str(value) for value in values))


def check_coding(dataset: Dataset) -> list[Problem]:
    """Return every fault of the coders' files, in the order of files and lines; none where they are sound."""
    checks = (check_units, check_roled_places, check_adjudication)
    return sorted({problem for check in checks for problem in check(dataset)})


def check_units(dataset: Dataset) -> Iterator[Problem]:
    """Each coder coded every unit of the round."""
    units = {
        "round1": [one.sentence_id for one in dataset.sentences],
        "round2": [one.statement_id for one in dataset.statements],
    }
    for name in ("round1_first", "round1_second", "round2_first", "round2_second"):
        column = TABLES[name].key[0]
        coded = {getattr(row, column) for row in getattr(dataset, name)}
        for unit in units[name.split("_", 1)[0]]:
            if unit not in coded:
                expected = "every sentence" if column == "sentence_id" else "every statement"
                yield Problem(TABLES[name].file, HEADER, column, f"{unit} is missing", expected)


def check_roled_places(dataset: Dataset) -> Iterator[Problem]:
    """Every place that a coder coded stands in the gazetteer."""
    for name in ("round1_first", "round1_second"):
        for line, row in enumerate(getattr(dataset, name), FIRST_ROW):
            for place in (one.split(":", 1)[0] for one in row.places):
                if place not in dataset.place:
                    yield Problem(TABLES[name].file, line, "places", f"{place!r} does not exist", "an id of places.csv")


def check_adjudication(dataset: Dataset) -> Iterator[Problem]:
    """Every difference between the coders is decided, nothing else is, and the decision is what is shipped.

    Statements were coded in round 2 under the rules that still hold, so there a shipped value that is not the
    coders' common one needs a decision too; in round 1 the rules were still to be sharpened.
    """
    lines = {(one.round, one.unit_id, one.field): line for line, one in enumerate(dataset.adjudication, FIRST_ROW)}
    rows = {(one.round, one.unit_id, one.field): one for one in dataset.adjudication}
    due: dict[tuple[int, str, CodedField], tuple[str, str, str]] = {}
    for turn in rounds_of(dataset):
        for unit, field in _open(turn):
            due[turn.number, unit, field] = (
                joined(turn.first[unit][field]),
                joined(turn.second[unit][field]),
                joined(turn.shipped[unit][field]),
            )
    for key, (first, second, final) in due.items():
        if (row := rows.get(key)) is None:
            coded = f"first {first or 'blank'}, second {second or 'blank'}"
            found = f"round {key[0]}, {key[1]}, {key[2]} is not decided ({coded})"
            yield Problem(ADJUDICATION, HEADER, "unit_id", found, f"a row, with {final or 'blank'} as final")
            continue
        for column, wanted in (("first", first), ("second", second), ("final", final)):
            if (value := getattr(row, column)) != wanted:
                whose = "what the package says" if column == "final" else f"what the {column} coder coded"
                yield Problem(ADJUDICATION, lines[key], column, repr(value), f"{wanted!r}, {whose}")
    for key in rows.keys() - due.keys():
        found = f"round {key[0]}, {key[1]}, {key[2]} is no difference"
        yield Problem(ADJUDICATION, lines[key], "unit_id", found, "a row for each difference and no other")


def _open(turn: Round) -> Iterator[tuple[str, CodedField]]:
    """Yield the units and fields of a round that need a decision; units that are missing somewhere do not."""
    for unit in sorted(turn.first.keys() & turn.second.keys() & turn.shipped.keys()):
        for field in FIELDS[turn.number]:
            first, second = turn.first[unit][field], turn.second[unit][field]
            if first != second or (turn.number == max(FIELDS) and first != turn.shipped[unit][field]):
                yield unit, field


def _by_unit(rows: Sequence[Record], unit: str, fields: Iterable[CodedField]) -> Coded:
    """Return the values of rows by unit, whose id stands in the column ``unit``, and by some of their fields."""
    columns = [(field, field.value) for field in fields]
    found: dict[str, dict[CodedField, Values]] = {}
    for row in rows:
        values = [(field, getattr(row, column)) for field, column in columns]
        found[getattr(row, unit)] = {
            field: frozenset(value if isinstance(value, tuple) else (value,)) for field, value in values
        }
    return found
