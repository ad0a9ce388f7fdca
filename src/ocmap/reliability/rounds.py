"""The three rounds of double coding, and the check that every difference is decided.

Each ``check_`` function yields `Problem`s and never raises.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.coding_schema import CodedField, FlowCoding
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.fields import LIST_SEPARATOR, Record
from ocmap.dataset.reader import FIRST_ROW, HEADER
from ocmap.dataset.schema import PointBasis, PointRole
from ocmap.dataset.tables import TABLES

Values = frozenset[str]
Coded = Mapping[str, Mapping[CodedField, Values]]
"""A coder's values by unit and field. A unit is the id of a sentence or a statement."""

ONE_VALUE_FIELDS = (CodedField.NATURE, CodedField.HEDGE)
FLOW_ROUND = 3
FLOW_FIELDS = (*ONE_VALUE_FIELDS, CodedField.ACTORS, CodedField.TIES, CodedField.ROUTES, CodedField.GOODS)
FIELDS: Mapping[int, tuple[CodedField, ...]] = MappingProxyType(
    {
        1: tuple(field for field in CodedField if field not in {CodedField.TIES, CodedField.ROUTES, CodedField.GOODS}),
        2: ONE_VALUE_FIELDS,
        FLOW_ROUND: FLOW_FIELDS,
    }
)
"""The fields coded in each round."""
LATER_RULES = 1
"""The last round whose rules changed afterwards, so that the package need not follow its coders."""
OPEN, INFERRED, NO_VIA = "?", "*", "-"
"""How a coded route writes an end that is open, a point that is inferred, and that there is no place on the way."""
ADJUDICATION = TABLES["adjudication"].file


class Round(NamedTuple):
    """A round of coding: the values of both coders, and those of the package for the same units."""

    number: int
    first: Coded
    second: Coded
    package: Coded


class CodedRoute(NamedTuple):
    """A route as a coder writes it, ``origin|via|destination|goods|market``."""

    origin: str
    via: str
    destination: str
    goods: str
    market: str

    @classmethod
    def from_text(cls, text: str) -> "CodedRoute":
        """Read one route of a cell."""
        return cls(*text.split("|"))

    @classmethod
    def from_path(cls, path: str) -> "CodedRoute":
        """Read what ``path`` wrote."""
        origin, via, destination, market = path.split("|")
        return cls(origin, via, destination, "", market)

    @property
    def path(self) -> str:
        """All of it but the goods, whose wording is a field of its own."""
        return f"{self.origin}|{self.via}|{self.destination}|{self.market}"

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """Role and place of each point, an inferred place with its mark; an open end is a point too."""
        on_the_way = () if self.via == NO_VIA else self.via.split("+")
        return (("origin", self.origin), *(("via", place) for place in on_the_way), ("destination", self.destination))


def rounds_of(dataset: Dataset) -> tuple[Round, Round, Round]:
    """Return the rounds of coding: of sentences, of statements, and of sentences on criminality."""
    first = partial(_by_unit, unit="sentence_id", fields=FIELDS[1])
    second = partial(_by_unit, unit="statement_id", fields=FIELDS[2])
    return (
        Round(1, first(dataset.round1_first), first(dataset.round1_second), values_of_sentences(dataset)),
        Round(2, second(dataset.round2_first), second(dataset.round2_second), second(dataset.statements)),
        Round(FLOW_ROUND, _flows(dataset.round3_first), _flows(dataset.round3_second), flows_of_sentences(dataset)),
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


def flows_of_sentences(dataset: Dataset) -> Coded:
    """Return the package's values of round 3 for each sentence, written as a coder writes them."""
    coded = {unit: dict(values) for unit, values in values_of_sentences(dataset).items()}
    sentence_of = {statement.statement_id: statement.sentence_id for statement in dataset.statements}
    ties, routes = defaultdict[str, set[str]](set), defaultdict[str, set[CodedRoute]](set)
    for tie in (one for one in dataset.ties if one.statement_id in sentence_of):
        ties[sentence_of[tie.statement_id]].add(f"{tie.actor_a}+{tie.actor_b}:{tie.tie}:{tie.market or ''}")
    for route in (one for one in dataset.routes if one.statement_id in sentence_of):
        places: dict[PointRole, list[str]] = {role: [] for role in PointRole}
        for point in dataset.points_of.get(route.route_id, ()):
            mark = INFERRED if point.basis == PointBasis.INFERRED else ""
            places[point.role].append(f"{point.place_id}{mark}")
        origin, via, destination = places[PointRole.ORIGIN], places[PointRole.VIA], places[PointRole.DESTINATION]
        start, end = next(iter(origin), OPEN), next(iter(destination), OPEN)
        coded_route = CodedRoute(start, "+".join(via) or NO_VIA, end, route.goods_en, route.market or "")
        routes[sentence_of[route.statement_id]].add(coded_route)
    for unit, values in coded.items():
        values |= {CodedField.TIES: frozenset(ties[unit]), **_values_of_routes(routes[unit])}
    return coded


def joined(values: Iterable[str]) -> str:
    """Return values as in a cell: sorted and joined."""
    return LIST_SEPARATOR.join(sorted(str(value) for value in values))


def check_coding(dataset: Dataset) -> list[Problem]:
    """Return all faults of the codings and decisions, in the order of files and lines."""
    checks = (check_units, check_roled_places, check_adjudication)
    return sorted({problem for check in checks for problem in check(dataset)})


def check_units(dataset: Dataset) -> Iterator[Problem]:
    """Both coders coded all sentences in round 1, if it has begun, and the same units in the others."""
    begun = bool(dataset.round1_first or dataset.round1_second)
    units = {
        "round1": [sentence.sentence_id for sentence in dataset.sentences if begun],
        "round2": sorted({row.statement_id for row in (*dataset.round2_first, *dataset.round2_second)}),
    }
    units["round3"] = sorted({row.sentence_id for row in (*dataset.round3_first, *dataset.round3_second)})
    for name in ("round1_first", "round1_second", "round2_first", "round2_second", "round3_first", "round3_second"):
        column = TABLES[name].key[0]
        coded = {getattr(row, column) for row in getattr(dataset, name)}
        for unit in units[name.split("_", 1)[0]]:
            if unit not in coded:
                what = column.removesuffix("_id")
                expected = "every sentence" if name.startswith("round1") else f"every {what} of the other coder"
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

    After round 1 a value of the package that differs from both coders needs a decision too, because the rules still
    hold. In round 1 it does not: its rules changed later.
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
            both = f"both coders {first or 'blank'}"
            values = both if first == second else f"first {first or 'blank'}, second {second or 'blank'}"
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
            if coders_differ or (number > LATER_RULES and first[unit][field] != package[unit][field]):
                yield unit, field


def _flows(rows: Sequence[FlowCoding]) -> Coded:
    """Return one coder's values of round 3 by sentence."""
    coded = _by_unit(rows, unit="sentence_id", fields=(*ONE_VALUE_FIELDS, CodedField.ACTORS, CodedField.TIES))
    routes = {row.sentence_id: {CodedRoute.from_text(text) for text in row.routes} for row in rows}
    return {unit: {**values, **_values_of_routes(routes[unit])} for unit, values in coded.items()}


def _values_of_routes(routes: Iterable[CodedRoute]) -> dict[CodedField, Values]:
    """Return the two fields that routes make: their paths, and what moves."""
    return {
        CodedField.ROUTES: frozenset(route.path for route in routes),
        CodedField.GOODS: frozenset(route.goods for route in routes),
    }


def _by_unit(rows: Sequence[Record], unit: str, fields: Iterable[CodedField]) -> Coded:
    """Return the values of the rows by the id in the column ``unit`` and by field."""
    coded: dict[str, dict[CodedField, Values]] = {}
    for row in rows:
        values = [(field, getattr(row, field.value)) for field in fields]
        coded[getattr(row, unit)] = {
            field: frozenset(value if isinstance(value, tuple) else (value,)) for field, value in values
        }
    return coded
