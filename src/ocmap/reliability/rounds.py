"""The two rounds of double coding, and the check that every difference is decided.

Each ``check_`` function yields `Problem`s and never raises.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.coding_schema import CodedField
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.fields import LIST_SEPARATOR, Record
from ocmap.dataset.reader import FIRST_ROW, HEADER
from ocmap.dataset.tables import TABLES

Values = frozenset[str]
Coded = Mapping[str, Mapping[CodedField, Values]]
"""A coder's values by unit and field. A unit is the id of a sentence or a statement."""

ONE_VALUE_FIELDS = (CodedField.NATURE, CodedField.HEDGE)
FIELDS: Mapping[int, tuple[CodedField, ...]] = MappingProxyType({1: tuple(CodedField), 2: ONE_VALUE_FIELDS})
"""The fields coded in each round."""
ADJUDICATION = TABLES["adjudication"].file


class Round(NamedTuple):
    """A round of coding: the values of both coders, and those of the package for the same units."""

    number: int
    first: Coded
    second: Coded
    package: Coded


def rounds_of(dataset: Dataset) -> tuple[Round, Round]:
    """Return both rounds of coding: of sentences, then of statements."""
    first = partial(_by_unit, unit="sentence_id", fields=FIELDS[1])
    second = partial(_by_unit, unit="statement_id", fields=FIELDS[2])
    return (
        Round(1, first(dataset.round1_first), first(dataset.round1_second), values_of_sentences(dataset)),
        Round(2, second(dataset.round2_first), second(dataset.round2_second), second(dataset.statements)),
    )


def values_of_sentences(dataset: Dataset) -> Coded:
    """Return the package's values for each sentence: those of all of its statements together."""
    coded = {sentence.sentence_id: {field: set[str]() for field in CodedField} for sentence in dataset.sentences}
    for sentence in dataset.sentences:
        coded[sentence.sentence_id][CodedField.CODING].add(sentence.coding)
    for statement in dataset.statements:
        if (sets := coded.get(statement.sentence_id)) is None:
            continue
        sets[CodedField.MARKETS].update(statement.markets)
        sets[CodedField.ACTORS].update(statement.actors)
        sets[CodedField.NATURE].add(statement.nature)
        sets[CodedField.HEDGE].add(statement.hedge)
        for row in dataset.places_of.get(statement.statement_id, ()):
            sets[CodedField.PLACES].add(f"{row.place_id}:{row.role}")
    return {unit: {field: frozenset(values) for field, values in sets.items()} for unit, sets in coded.items()}


def joined(values: Iterable[str]) -> str:
    """Return values as in a cell: sorted and joined."""
    return LIST_SEPARATOR.join(sorted(str(value) for value in values))


def check_coding(dataset: Dataset) -> list[Problem]:
    """Return all faults of the codings and decisions, in the order of files and lines."""
    checks = (check_units, check_roled_places, check_adjudication)
    return sorted({problem for check in checks for problem in check(dataset)})


def check_units(dataset: Dataset) -> Iterator[Problem]:
    """Both coders coded all sentences, and the same statements: those that the package then had."""
    units = {
        "round1": [sentence.sentence_id for sentence in dataset.sentences],
        "round2": sorted({row.statement_id for row in (*dataset.round2_first, *dataset.round2_second)}),
    }
    for name in ("round1_first", "round1_second", "round2_first", "round2_second"):
        column = TABLES[name].key[0]
        coded = {getattr(row, column) for row in getattr(dataset, name)}
        for unit in units[name.split("_", 1)[0]]:
            if unit not in coded:
                expected = "every sentence" if column == "sentence_id" else "every statement of the other coder"
                yield Problem(TABLES[name].file, HEADER, column, f"{unit} missing", expected)


def check_roled_places(dataset: Dataset) -> Iterator[Problem]:
    """All places that a coder coded are in the gazetteer."""
    for name in ("round1_first", "round1_second"):
        for line, row in enumerate(getattr(dataset, name), FIRST_ROW):
            for place in (roled_place.split(":", 1)[0] for roled_place in row.places):
                if place not in dataset.place:
                    yield Problem(TABLES[name].file, line, "places", f"{place!r} does not exist", "an id of places.csv")


def check_adjudication(dataset: Dataset) -> Iterator[Problem]:
    """Every difference between the coders has a decision, nothing else has one, and the package follows it.

    In round 2 a value of the package that differs from both coders needs a decision too, because its rules still hold.
    In round 1 it does not: its rules changed later.
    """
    decisions = {
        (row.round, row.unit_id, row.field): (line, row) for line, row in enumerate(dataset.adjudication, FIRST_ROW)
    }
    due: dict[tuple[int, str, CodedField], tuple[str, str, str]] = {}
    for coding_round in rounds_of(dataset):
        for unit, field in _differences(coding_round):
            coded = (coding_round.first, coding_round.second, coding_round.package)
            first, second, final = (joined(values[unit][field]) for values in coded)
            due[coding_round.number, unit, field] = first, second, final
    for key, (first, second, final) in due.items():
        if key not in decisions:
            values = f"first {first or 'blank'}, second {second or 'blank'}"
            found = f"round {key[0]}, {key[1]}, {key[2]} is not decided ({values})"
            yield Problem(ADJUDICATION, HEADER, "unit_id", found, f"a row, with {final or 'blank'} as final")
            continue
        line, row = decisions[key]
        for column, expected in (("first", first), ("second", second), ("final", final)):
            if (value := getattr(row, column)) != expected:
                origin = "in the package" if column == "final" else f"by the {column} coder"
                yield Problem(ADJUDICATION, line, column, repr(value), f"{expected!r} as {origin}")
    for key in decisions.keys() - due.keys():
        found = f"round {key[0]}, {key[1]}, {key[2]} is not a difference"
        yield Problem(ADJUDICATION, decisions[key][0], "unit_id", found, "rows for differences only")


def _differences(coding_round: Round) -> Iterator[tuple[str, CodedField]]:
    """Yield the units and fields of a round that need a decision; skip units that a coder or the package lacks."""
    number, first, second, package = coding_round
    for unit in sorted(first.keys() & second.keys() & package.keys()):
        for field in FIELDS[number]:
            coders_differ = first[unit][field] != second[unit][field]
            if coders_differ or (number == max(FIELDS) and first[unit][field] != package[unit][field]):
                yield unit, field


def _by_unit(rows: Sequence[Record], unit: str, fields: Iterable[CodedField]) -> Coded:
    """Return the values of the rows by the id in the column ``unit`` and by field."""
    coded: dict[str, dict[CodedField, Values]] = {}
    for row in rows:
        values = [(field, getattr(row, field.value)) for field in fields]
        coded[getattr(row, unit)] = {
            field: frozenset(value if isinstance(value, tuple) else (value,)) for field, value in values
        }
    return coded
