"""Measure the agreement of two coders: precision, recall and Krippendorff's alpha for each round and field.

Their codings are in ``geodata/coding``. The figures show how clear the rules of coding are, not whether the coding is
right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap.dataset.coding_schema import CodedField
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import MARKETS, Hedge
from ocmap.reliability.rounds import (
    FIELDS,
    FLOW_FIELDS,
    FLOW_ROUND,
    INFERRED,
    ONE_VALUE_FIELDS,
    CodedRoute,
    Round,
    Values,
    rounds_of,
)

GOAL = 0.9
"""The alpha that was the goal for every field."""
OUTSIDE_HEADING = "markets_outside_heading"
ROUND1_FIELDS = tuple(field for field in FIELDS[1] if field is not CodedField.CODING)


@dataclass(frozen=True)
class Agreement:
    """The agreement of two coders on one field.

    Attributes:
        round: The round of coding, 1 to 3.
        field: The field's name; ``markets_outside_heading`` are the markets without the one of the sentence's heading,
            ``route_…`` the parts of its routes.
        units: Number of sentences (rounds 1 and 3) or statements (round 2) that both coded.
        first: Number of values that the first coder gave.
        second: Number of values that the second coder gave.
        precision: Share of the second coder's values that the first gave too, 0 to 1; None if there are none.
        recall: Share of the first coder's values that the second gave too, 0 to 1; None if there are none.
        alpha: Krippendorff's alpha, nominal, at most 1; None if nothing varies. Over the presence of
            each value in each sentence, in round 2 over the one value of each statement.
    """

    round: int
    field: str
    units: int
    first: int
    second: int
    precision: float | None
    recall: float | None
    alpha: float | None


class Caveats(NamedTuple):
    """Numbers for the caveats that accompany the figures.

    Attributes:
        stated: Number of statements with the hedge ``stated``, its default.
        statements: Number of all statements.
        decided: Number of decided differences in all rounds.
        against_both: Number of fields in round 3 in which both coders agree and the data differ.
    """

    stated: int
    statements: int
    decided: int
    against_both: int


def build_agreement(dataset: Dataset) -> tuple[Agreement, ...]:
    """Return the figures for each round and field."""
    sentences, statements, flows = rounds_of(dataset)
    return (*_of_sentences(sentences), *_of_statements(statements), *_of_flows(flows))


def build_caveats(dataset: Dataset) -> Caveats:
    """Return the numbers for the caveats."""
    stated = Counter(statement.hedge for statement in dataset.statements)[Hedge.STATED]
    against_both = sum(row.round == FLOW_ROUND and row.first == row.second for row in dataset.adjudication)
    return Caveats(stated, len(dataset.statements), len(dataset.adjudication), against_both)


def alpha_of(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Krippendorff's alpha (nominal) for two coders with one value a unit; None if nothing varies.

    Raises:
        ValueError: The coders have different numbers of units.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} units of the first coder, {len(second)} of the second")
    counts = Counter((*first, *second))
    if len(counts) < 2:  # noqa: PLR2004 - chance is not defined with one value only
        return None
    total = counts.total()
    observed = sum(a != b for a, b in zip(first, second, strict=True)) / len(first)
    expected = 1 - sum(count * (count - 1) for count in counts.values()) / (total * (total - 1))
    return 1 - observed / expected


def compare_sets(first: Sequence[Values], second: Sequence[Values]) -> tuple[float | None, float | None]:
    """Return precision and recall of the second coder's values against the first's, each a set a unit."""
    both = sum(len(a & b) for a, b in zip(first, second, strict=True))
    of_first, of_second = sum(map(len, first)), sum(map(len, second))
    return (both / of_second if of_second else None), (both / of_first if of_first else None)


def presence_alpha(
    first: Sequence[Values], second: Sequence[Values], excluded: Sequence[Values] | None = None
) -> float | None:
    """Return alpha over the presence of each value in each unit.

    Args:
        first: The first coder's values of each unit.
        second: The second coder's values of each unit.
        excluded: The values of each unit that do not count.
    """
    values = sorted({value for sets in (*first, *second) for value in sets})
    skipped = excluded or [frozenset()] * len(first)
    cells = [(i, value) for i in range(len(first)) for value in values if value not in skipped[i]]
    return alpha_of([str(value in first[i]) for i, value in cells], [str(value in second[i]) for i, value in cells])


def _of_sentences(coding_round: Round) -> Iterator[Agreement]:
    """Yield the figures of round 1, in which a sentence can have several values of a field."""
    units = sorted(coding_round.first.keys() & coding_round.second.keys())
    nothing = [frozenset[str]()] * len(units)
    headings = [frozenset({unit.split(".", 1)[0]}) & set(MARKETS) for unit in units]
    for field in ROUND1_FIELDS:
        first, second = ([coded[unit][field] for unit in units] for coded in (coding_round.first, coding_round.second))
        for name, excluded in ((field.value, nothing), (OUTSIDE_HEADING, headings)):
            if name == OUTSIDE_HEADING and field is not CodedField.MARKETS:
                continue
            a = [values - skip for values, skip in zip(first, excluded, strict=True)]
            b = [values - skip for values, skip in zip(second, excluded, strict=True)]
            shares = compare_sets(a, b)
            counts = (sum(map(len, a)), sum(map(len, b)))
            yield Agreement(1, name, len(units), *counts, *shares, presence_alpha(a, b, excluded))


def _of_statements(coding_round: Round) -> Iterator[Agreement]:
    """Yield the figures of round 2, in which a statement has one value of a field."""
    units = sorted(coding_round.first.keys() & coding_round.second.keys())
    for field in ONE_VALUE_FIELDS:
        first, second = ([coded[unit][field] for unit in units] for coded in (coding_round.first, coding_round.second))
        alpha = alpha_of(*([value for values in sets for value in values] for sets in (first, second)))
        yield Agreement(2, field.value, len(units), len(units), len(units), *compare_sets(first, second), alpha)


ROUTE_PARTS: Mapping[str, Callable[[CodedRoute], Iterable[str]]] = {
    "route_ends": lambda route: (place.removesuffix(INFERRED) for _role, place in route.points),
    "route_direction": lambda route: (f"{role} {place.removesuffix(INFERRED)}" for role, place in route.points),
    "route_inferred": lambda route: (place for _role, place in route.points),
    "route_market": lambda route: (route.market or "none",),
}
"""What of a route is compared: its places, their roles, named or inferred, its market."""


def _of_flows(coding_round: Round) -> Iterator[Agreement]:
    """Yield the figures of round 3: of its fields, routes by their parts, each over its values in each sentence."""
    units = sorted(coding_round.first.keys() & coding_round.second.keys())
    coders = (coding_round.first, coding_round.second)

    def figure(name: str, first: Sequence[Values], second: Sequence[Values]) -> Agreement:
        counts = (sum(map(len, first)), sum(map(len, second)))
        return Agreement(
            FLOW_ROUND, name, len(units), *counts, *compare_sets(first, second), presence_alpha(first, second)
        )

    for field in FLOW_FIELDS:
        values = [[coded[unit][field] for unit in units] for coded in coders]
        if field is not CodedField.ROUTES:
            yield figure(field.value, *values)
            continue
        for name, part in ROUTE_PARTS.items():
            yield figure(name, *([_parts(paths, part) for paths in of_coder] for of_coder in values))


def _parts(paths: Values, part: Callable[[CodedRoute], Iterable[str]]) -> Values:
    """Return this part of all routes of a sentence."""
    return frozenset(value for path in paths for value in part(CodedRoute.from_path(path)))


COLUMNS: Mapping[str, Callable[[Agreement], str]] = {
    "round": lambda agreement: str(agreement.round),
    "field": lambda agreement: agreement.field.replace("_", " "),
    "units": lambda agreement: str(agreement.units),
    "first": lambda agreement: str(agreement.first),
    "second": lambda agreement: str(agreement.second),
    "precision": lambda agreement: share(agreement.precision),
    "recall": lambda agreement: share(agreement.recall),
    "alpha": lambda agreement: share(agreement.alpha),
}


def share(value: float | None, digits: int = 3) -> str:
    """Return a figure with this number of decimals; a dash for None."""
    return "–" if value is None else f"{value:.{digits}f}"


def write_table(figures: Sequence[Agreement]) -> str:
    """Return the figures as a table for a terminal."""
    rows = [list(COLUMNS), *([write(agreement) for write in COLUMNS.values()] for agreement in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    aligned = (
        "  ".join(cell.ljust(width) if i == 1 else cell.rjust(width) for i, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    )
    return "\n".join(line.rstrip() for line in aligned)


def write_caveats(figures: Sequence[Agreement], caveats: Caveats) -> str:
    """Return the explanation of the figures and their limits, for a terminal."""
    nature = next((figure.alpha for figure in figures if (figure.round, figure.field) == (1, "nature")), None)
    return "\n".join(
        (
            "Round 1: all sentences, each coded twice, the second time without access to the first coding. A sentence",
            "can have several values of a field; alpha is over the presence of each value in each sentence.",
            "Round 2: nature and hedge of given statements, one value each.",
            "Round 3: the sentences on criminality, under the rules of 0.2.0, by two coders who saw neither the data",
            "nor the other's coding. Figures as in round 1, routes by their parts.",
            "Precision and recall compare the second coder's values with the first's.",
            "",
            "All coders are the same kind of reader, a language model, and used the same lists of ids. So the figures",
            "measure how clear the rules are. They do not show that the coding is right, and people would probably",
            "agree less. The list of actors comes from the first coding, which makes it easier to agree on actors.",
            "In round 3 the coders are two runs of one model: that they hardly differ says that they read alike, no",
            "more. More is learned where both differed from the data, which now follow them, but for",
            f"{caveats.against_both} fields; for these coding/adjudication.csv says why.",
            f"Hedge is ‘stated’ in {caveats.stated} of {caveats.statements} statements, so agreement on it is easy.",
            f"In round 1 the alpha of nature was {share(nature, 2)}, below the goal of {GOAL}. Stricter rules, a",
            "decision list, were then written, and nature and hedge coded again. The list is based on the differences",
            "in these same sentences, so round 2 says little about other sentences.",
            f"All {caveats.decided} differences are decided, with reasons, in coding/adjudication.csv.",
        )
    )
