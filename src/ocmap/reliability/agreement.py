"""How far two coders agree: precision, recall and Krippendorff's alpha for each round and field.

What they coded is in ``geodata/coding``. The figures measure how clear the rules of coding are, not whether the
reading is right.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap.dataset.reader import Dataset
from ocmap.dataset.schema import MARKETS, CodedField, Hedge
from ocmap.reliability.rounds import FIELDS, ONE_VALUE_FIELDS, Round, Values, rounds_of

GOAL = 0.9
"""The alpha that every field was to reach."""
OUTSIDE_HEADING = "markets_outside_heading"
ROUND1_FIELDS = tuple(field for field in FIELDS[1] if field is not CodedField.CODING)


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree on one field.

    Attributes:
        round: The round of coding, 1 or 2.
        field: The field's name; ``markets_outside_heading`` are the markets less the one that a sentence has by
            its heading alone.
        units: How many sentences (round 1) or statements (round 2) both coded.
        first: How many values the first coder gave in all, ``second`` the second.
        precision: The share of the second coder's values that the first gave too, 0 to 1; None without any.
        recall: The share of the first coder's values that the second gave too, 0 to 1; None without any.
        alpha: Krippendorff's alpha, nominal, at most 1; None where nothing varies. In round 1 over the presence or
            absence of each value in each sentence, in round 2 over the one value of each statement.
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
    """What must be said beside the figures.

    Attributes:
        stated: How many of the statements shipped are ``stated``, the default of the hedge, of ``statements``.
        decided: How many differences were decided, of both rounds.
    """

    stated: int
    statements: int
    decided: int


def build_agreement(dataset: Dataset) -> tuple[Agreement, ...]:
    """Return the figures of each round and field."""
    sentences, statements = rounds_of(dataset)
    return (*_of_sentences(sentences), *_of_statements(statements))


def build_caveats(dataset: Dataset) -> Caveats:
    """Return what must be said beside the figures."""
    stated = Counter(statement.hedge for statement in dataset.statements)[Hedge.STATED]
    return Caveats(stated, len(dataset.statements), len(dataset.adjudication))


def alpha_of(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Krippendorff's alpha (nominal) of one value a unit from each of two coders; None if nothing varies.

    Raises:
        ValueError: The coders have not coded the same number of units.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} units of the first coder, {len(second)} of the second")
    counts = Counter((*first, *second))
    if len(counts) < 2:  # noqa: PLR2004 - with one value alone chance is not defined
        return None
    total = counts.total()
    differ = sum(a != b for a, b in zip(first, second, strict=True)) / len(first)
    by_chance = 1 - sum(count * (count - 1) for count in counts.values()) / (total * (total - 1))
    return 1 - differ / by_chance


def compare_sets(first: Sequence[Values], second: Sequence[Values]) -> tuple[float | None, float | None]:
    """Return precision and recall of the second coder's sets of values against the first's, unit by unit."""
    both = sum(len(a & b) for a, b in zip(first, second, strict=True))
    of_first, of_second = sum(map(len, first)), sum(map(len, second))
    return (both / of_second if of_second else None), (both / of_first if of_first else None)


def presence_alpha(
    first: Sequence[Values], second: Sequence[Values], left_out: Sequence[Values] | None = None
) -> float | None:
    """Return alpha over whether each value that occurs at all is present in each unit.

    ``left_out`` are values that a unit is not asked for.
    """
    values = sorted({value for sets in (*first, *second) for value in sets})
    skipped = left_out or [frozenset()] * len(first)
    cells = [(i, value) for i in range(len(first)) for value in values if value not in skipped[i]]
    return alpha_of([str(value in first[i]) for i, value in cells], [str(value in second[i]) for i, value in cells])


def _of_sentences(turn: Round) -> Iterator[Agreement]:
    """Yield the figures of round 1, in which a sentence has any number of values of a field."""
    units = sorted(turn.first.keys() & turn.second.keys())
    nothing = [frozenset[str]()] * len(units)
    headings = [frozenset({unit.split(".", 1)[0]}) & set(MARKETS) for unit in units]
    for field in ROUND1_FIELDS:
        first, second = ([coded[unit][field] for unit in units] for coded in (turn.first, turn.second))
        for name, left_out in ((field.value, nothing), (OUTSIDE_HEADING, headings)):
            if name == OUTSIDE_HEADING and field is not CodedField.MARKETS:
                continue
            a = [one - skip for one, skip in zip(first, left_out, strict=True)]
            b = [one - skip for one, skip in zip(second, left_out, strict=True)]
            shares = compare_sets(a, b)
            counts = (sum(map(len, a)), sum(map(len, b)))
            yield Agreement(1, name, len(units), *counts, *shares, presence_alpha(a, b, left_out))


def _of_statements(turn: Round) -> Iterator[Agreement]:
    """Yield the figures of round 2, in which a statement has one value of a field."""
    units = sorted(turn.first.keys() & turn.second.keys())
    for field in ONE_VALUE_FIELDS:
        first, second = ([coded[unit][field] for unit in units] for coded in (turn.first, turn.second))
        alpha = alpha_of([value for one in first for value in one], [value for one in second for value in one])
        yield Agreement(2, field.value, len(units), len(units), len(units), *compare_sets(first, second), alpha)


COLUMNS: Mapping[str, Callable[[Agreement], str]] = {
    "round": lambda one: str(one.round),
    "field": lambda one: one.field.replace("_", " "),
    "units": lambda one: str(one.units),
    "first": lambda one: str(one.first),
    "second": lambda one: str(one.second),
    "precision": lambda one: share(one.precision),
    "recall": lambda one: share(one.recall),
    "alpha": lambda one: share(one.alpha),
}


def share(value: float | None, digits: int = 3) -> str:
    """Return a figure with so many decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def write_table(figures: Sequence[Agreement]) -> str:
    """Return the figures as an aligned table: text to the left, figures to the right."""
    rows = [list(COLUMNS), *([write(one) for write in COLUMNS.values()] for one in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    aligned = (
        "  ".join(cell.ljust(width) if i == 1 else cell.rjust(width) for i, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    )
    return "\n".join(line.rstrip() for line in aligned)


def write_caveats(figures: Sequence[Agreement], caveats: Caveats) -> str:
    """Return what the figures are and what they are not, for a terminal."""
    nature = next((one.alpha for one in figures if (one.round, one.field) == (1, "nature")), None)
    return "\n".join(
        (
            "Round 1: all sentences, each coded twice, the second time without sight of the first; it may have several",
            "values of a field, and alpha is over the presence or absence of each value in each sentence.",
            "Round 2: nature and hedge of statements whose wording was given, one value each.",
            "Precision and recall are the second coder's values against the first's.",
            "",
            "The codings come from the same kind of reader, a language model, and from the same lists of ids, so they",
            "measure how clear the rules are. They do not show that the reading is right, and people would surely",
            "agree less. The list of actors came of the first coding, which makes it easier to agree on actors.",
            f"Hedge is ‘stated’ in {caveats.stated} of {caveats.statements} statements, so it is easily agreed on.",
            f"In round 1 the alpha of nature was {share(nature, 2)}, below the goal of {GOAL}. The rules were then",
            "sharpened into a decision list, and nature and hedge coded anew. The list was made from the differences",
            "over these same sentences, so round 2 says less of how it would do on others.",
            f"All {caveats.decided} differences are decided, with the reason, in coding/adjudication.csv.",
        )
    )
