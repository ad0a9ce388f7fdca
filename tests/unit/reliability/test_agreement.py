"""The agreement of two coders is the same as calculated by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.reliability.agreement import (
    GOAL,
    OUTSIDE_HEADING,
    Agreement,
    alpha_of,
    build_agreement,
    build_caveats,
    compare_sets,
    presence_alpha,
    share,
    write_caveats,
    write_table,
)
from ocmap.reliability.rounds import Values

Edit = Callable[[str, str, str], None]
Printed = pytest.CaptureFixture[str]
FILES = ("round1_first", "round1_second", "round2_first", "round2_second", "adjudication", "readings", "review")


def sets(*cells: str) -> list[Values]:
    return [frozenset(cell.split()) for cell in cells]


def test_alpha_is_1_if_the_coders_never_differ() -> None:
    assert alpha_of("aabbc", "aabbc") == pytest.approx(1)


def test_alpha_is_0_if_they_agree_as_often_as_by_chance() -> None:
    # One of 5 pairs differs; with 9 a and 1 b chance expects 2*9*1 / (10*9) = 1/5 as well.
    assert alpha_of("aaaaa", "aaaab") == pytest.approx(0)


def test_alpha_compares_the_differences_with_those_by_chance() -> None:
    # 3 values a and 3 b in 3 pairs: chance expects 1 - (3*2 + 3*2) / (6*5) = 0.6 of the pairs to differ.
    assert alpha_of("aab", "abb") == pytest.approx(1 - (1 / 3) / 0.6)
    # 4 units, two agree: half differ; expected 1 - (4*3 + 4*3) / (8*7) = 4/7.
    assert alpha_of("aabb", "abab") == pytest.approx(1 - (1 / 2) / (4 / 7))


def test_alpha_is_negative_if_they_always_differ() -> None:
    # All of 4 pairs differ; 4 a and 4 b: expected 4/7.
    assert alpha_of("abab", "baba") == pytest.approx(1 - 1 / (4 / 7))


def test_alpha_of_krippendorffs_binary_example() -> None:
    """Ten units by two observers from Krippendorff's paper on computing alpha, which gives 0.095."""
    meg = "0100000010"
    owen = "1110010000"
    assert alpha_of(meg, owen) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_krippendorffs_nominal_example() -> None:
    """Twelve articles in five categories by two observers from the same paper, which gives 0.692."""
    ben = "aabbdcccedda"
    gerry = "babbbccceddd"
    assert alpha_of(ben, gerry) == pytest.approx(0.692, abs=0.0005)


def test_alpha_is_not_defined_if_nothing_varies() -> None:
    assert alpha_of("aaaa", "aaaa") is None
    assert alpha_of("", "") is None


def test_alpha_needs_the_same_units_of_both_coders() -> None:
    with pytest.raises(ValueError, match="3 units of the first coder, 2 of the second"):
        alpha_of("aab", "aa")


def test_precision_and_recall_compare_the_second_coder_with_the_first() -> None:
    # The first gave 4 values, the second 5, and 3 of them are the same.
    first = sets("a b", "c", "d", "")
    second = sets("a b", "c e", "", "f")
    precision, recall = compare_sets(first, second)
    assert precision == pytest.approx(3 / 5)
    assert recall == pytest.approx(3 / 4)


def test_precision_and_recall_of_nothing_are_none() -> None:
    assert compare_sets(sets("", ""), sets("", "")) == (None, None)
    assert compare_sets(sets("a"), sets("")) == (None, 0)


def test_presence_counts_every_value_in_every_unit() -> None:
    # Cells (unit, value) of a, b: first 10 01 10, second 10 01 01; as strings of presence: 100110 and 100101.
    assert presence_alpha(sets("a", "b", "a"), sets("a", "b", "b")) == pytest.approx(alpha_of("100110", "100101"))


def test_an_excluded_value_does_not_count() -> None:
    first, second = sets("a", "", "b"), sets("a", "b", "b")
    excluded = sets("a", "", "b")
    # Left are b of the first unit, a and b of the second, a of the third.
    assert presence_alpha(first, second, excluded) == pytest.approx(alpha_of("0000", "0010"))


@pytest.fixture(scope="module")
def figures(dataset: Dataset) -> dict[tuple[int, str], Agreement]:
    return {(figure.round, figure.field): figure for figure in build_agreement(dataset)}


def test_every_round_and_field_has_figures(figures: dict[tuple[int, str], Agreement]) -> None:
    assert list(figures) == [
        (1, "markets"),
        (1, OUTSIDE_HEADING),
        (1, "places"),
        (1, "actors"),
        (1, "nature"),
        (1, "hedge"),
        (2, "nature"),
        (2, "hedge"),
        (3, "nature"),
        (3, "hedge"),
        (3, "actors"),
        (3, "ties"),
        (3, "route_ends"),
        (3, "route_direction"),
        (3, "route_inferred"),
        (3, "route_market"),
        (3, "goods"),
    ]


def test_the_units_are_all_sentences_and_the_statements_that_were_coded_twice(
    dataset: Dataset, figures: dict[tuple[int, str], Agreement]
) -> None:
    assert {figure.units for figure in figures.values() if figure.round == 1} == {len(dataset.sentences)}
    assert {figure.units for figure in figures.values() if figure.round == 2} == {len(dataset.round2_first)}
    assert {figure.units for figure in figures.values() if figure.round == 3} == {len(dataset.round3_first)}


@pytest.mark.parametrize(
    ("key", "precision", "recall", "alpha"),
    [
        ((1, "markets"), 0.992, 0.984, 0.988),
        ((1, "places"), 0.971, 0.951, 0.961),
        ((1, "actors"), 0.963, 0.954, 0.958),
        ((1, "nature"), 0.818, 0.833, 0.780),
        ((1, "hedge"), 0.972, 0.978, 0.968),
        ((2, "nature"), 0.996, 0.996, 0.995),
        ((3, "nature"), 0.976, 0.961, 0.960),
        ((3, "ties"), 1.0, 1.0, 1.0),
        ((3, "goods"), 0.933, 0.933, 0.933),
        ((2, "hedge"), 1.0, 1.0, 1.0),
    ],
    ids=str,
)
def test_the_figures_are_the_published_ones(
    figures: dict[tuple[int, str], Agreement], key: tuple[int, str], precision: float, recall: float, alpha: float
) -> None:
    figure = figures[key]
    assert (figure.precision, figure.recall, figure.alpha) == pytest.approx((precision, recall, alpha), abs=0.0005)


def test_agreement_on_markets_outside_their_heading_is_lower(figures: dict[tuple[int, str], Agreement]) -> None:
    every, outside = figures[1, "markets"], figures[1, OUTSIDE_HEADING]
    assert outside.first < every.first
    assert (outside.alpha or 0) < (every.alpha or 0)


def test_the_caveats_are_true(dataset: Dataset, figures: dict[tuple[int, str], Agreement]) -> None:
    caveats = build_caveats(dataset)
    text = write_caveats(list(figures.values()), caveats)
    assert (figures[1, "nature"].alpha or 0) < GOAL < (figures[2, "nature"].alpha or 0)
    assert caveats.stated / caveats.statements > 0.8
    assert f"{caveats.stated} of {caveats.statements}" in text
    assert "0.78, below the goal of 0.9" in text
    assert "same kind of reader" in text


def test_the_table_is_aligned(dataset: Dataset) -> None:
    lines = write_table(build_agreement(dataset)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [line[:5].strip() for line in lines] == ["round", *"11111122333333333"]


def test_an_undefined_figure_is_a_dash() -> None:
    assert (share(None), share(0.98765), share(0.5, 1)) == ("–", "0.988", "0.5")


def test_the_command_prints_figures_and_their_limits(geodata: Path, capsys: Printed) -> None:
    assert main(["agreement", "--data", str(geodata)]) == 0
    out = capsys.readouterr().out
    assert "0.780" in out
    assert "measure how clear the rules are" in out


def test_the_command_prints_faults_instead_of_figures(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("coding/adjudication.csv", "2,aml.2-b,nature,activity,", "2,aml.2-b,nature,flow,")
    assert main(["agreement", "--data", str(package)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "coding/adjudication.csv:70:first: 'flow', expected 'activity'" in printed.err
