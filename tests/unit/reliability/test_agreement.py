"""How far two coders agree is worked out as by hand, and what they coded is complete, decided and followed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocmap.cli import main
from ocmap.dataset.errors import DataError
from ocmap.dataset.reader import Dataset, read_dataset
from ocmap.dataset.schema import CodedField, Coding, Hedge, Nature
from ocmap.reliability import rounds
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
from ocmap.reliability.rounds import Values, check_coding, joined

Edit = Callable[[str, str, str], None]
Printed = pytest.CaptureFixture[str]
FILES = ("round1_first", "round1_second", "round2_first", "round2_second", "adjudication", "readings")


def sets(*cells: str) -> list[Values]:
    return [frozenset(cell.split()) for cell in cells]


def changed(dataset: Dataset, table: str, row: int, **values: Any) -> Dataset:
    """Return the data package with other values in one record of a table."""
    rows = list(getattr(dataset, table))
    rows[row] = rows[row].model_copy(update=values)
    change: dict[str, Any] = {table: tuple(rows)}
    return replace(dataset, **change)


def row_of(dataset: Dataset, table: str, **wanted: Any) -> int:
    return next(
        i
        for i, row in enumerate(getattr(dataset, table))
        if all(getattr(row, name) == value for name, value in wanted.items())
    )


def told(dataset: Dataset) -> list[str]:
    return [str(problem) for problem in check_coding(dataset)]


def test_alpha_is_1_where_the_coders_never_differ() -> None:
    assert alpha_of("aabbc", "aabbc") == pytest.approx(1)


def test_alpha_is_0_where_they_agree_as_often_as_chance_would() -> None:
    # One of 5 pairs differs; with 9 a and 1 b chance expects 2*9*1 / (10*9) = 1/5 as well.
    assert alpha_of("aaaaa", "aaaab") == pytest.approx(0)


def test_alpha_weighs_the_differences_against_those_of_chance() -> None:
    # 3 values a and 3 b in 3 pairs: chance expects 1 - (3*2 + 3*2) / (6*5) = 0.6 of the pairs to differ.
    assert alpha_of("aab", "abb") == pytest.approx(1 - (1 / 3) / 0.6)
    # 4 units, two agree: half differ; expected 1 - (4*3 + 4*3) / (8*7) = 4/7.
    assert alpha_of("aabb", "abab") == pytest.approx(1 - (1 / 2) / (4 / 7))


def test_alpha_is_below_0_where_they_always_differ() -> None:
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


def test_alpha_is_not_defined_where_nothing_varies() -> None:
    assert alpha_of("aaaa", "aaaa") is None
    assert alpha_of("", "") is None


def test_alpha_needs_as_many_units_of_each_coder() -> None:
    with pytest.raises(ValueError, match="3 units of the first coder, 2 of the second"):
        alpha_of("aab", "aa")


def test_precision_and_recall_are_the_seconds_against_the_firsts() -> None:
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


def test_what_a_unit_is_not_asked_for_is_no_cell() -> None:
    first, second = sets("a", "", "b"), sets("a", "b", "b")
    left_out = sets("a", "", "b")
    # Left are b of the first unit, a and b of the second, a of the third.
    assert presence_alpha(first, second, left_out) == pytest.approx(alpha_of("0000", "0010"))


@pytest.fixture(scope="module")
def figures(dataset: Dataset) -> dict[tuple[int, str], Agreement]:
    return {(one.round, one.field): one for one in build_agreement(dataset)}


def test_every_round_and_field_has_its_figures(figures: dict[tuple[int, str], Agreement]) -> None:
    assert list(figures) == [
        (1, "markets"),
        (1, OUTSIDE_HEADING),
        (1, "places"),
        (1, "actors"),
        (1, "nature"),
        (1, "hedge"),
        (2, "nature"),
        (2, "hedge"),
    ]


def test_the_units_are_all_sentences_and_all_statements(
    dataset: Dataset, figures: dict[tuple[int, str], Agreement]
) -> None:
    assert {one.units for one in figures.values() if one.round == 1} == {len(dataset.sentences)}
    assert {one.units for one in figures.values() if one.round == 2} == {len(dataset.statements)}


@pytest.mark.parametrize(
    ("key", "precision", "recall", "alpha"),
    [
        ((1, "markets"), 0.992, 0.984, 0.988),
        ((1, "places"), 0.971, 0.951, 0.961),
        ((1, "actors"), 0.963, 0.954, 0.958),
        ((1, "nature"), 0.818, 0.833, 0.780),
        ((1, "hedge"), 0.972, 0.978, 0.968),
        ((2, "nature"), 0.996, 0.996, 0.995),
        ((2, "hedge"), 1.0, 1.0, 1.0),
    ],
    ids=str,
)
def test_the_figures_are_those_that_are_published(
    figures: dict[tuple[int, str], Agreement], key: tuple[int, str], precision: float, recall: float, alpha: float
) -> None:
    one = figures[key]
    assert (one.precision, one.recall, one.alpha) == pytest.approx((precision, recall, alpha), abs=0.0005)


def test_markets_outside_their_heading_are_harder(figures: dict[tuple[int, str], Agreement]) -> None:
    every, outside = figures[1, "markets"], figures[1, OUTSIDE_HEADING]
    assert outside.first < every.first
    assert (outside.alpha or 0) < (every.alpha or 0)


def test_what_is_said_beside_the_figures_holds(dataset: Dataset, figures: dict[tuple[int, str], Agreement]) -> None:
    caveats = build_caveats(dataset)
    said = write_caveats(list(figures.values()), caveats)
    assert (figures[1, "nature"].alpha or 0) < GOAL < (figures[2, "nature"].alpha or 0)
    assert caveats.stated / caveats.statements > 0.8
    assert f"{caveats.stated} of {caveats.statements}" in said
    assert "0.78, below the goal of 0.9" in said
    assert "same kind of reader" in said


def test_the_table_is_aligned(dataset: Dataset) -> None:
    lines = write_table(build_agreement(dataset)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [line[:5].strip() for line in lines] == ["round", *"11111122"]


def test_a_figure_that_is_not_defined_is_a_dash() -> None:
    assert (share(None), share(0.98765), share(0.5, 1)) == ("–", "0.988", "0.5")


def test_the_command_prints_figures_and_what_they_are(geodata: Path, capsys: Printed) -> None:
    assert main(["agreement", "--data", str(geodata)]) == 0
    out = capsys.readouterr().out
    assert "0.780" in out
    assert "measure how clear the rules are" in out


def test_the_command_prints_faults_instead_of_figures(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("coding/adjudication.csv", "2,aml.2-b,nature,activity,", "2,aml.2-b,nature,flow,")
    assert main(["agreement", "--data", str(package)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "coding/adjudication.csv:68:first: 'flow', expected 'activity'" in printed.err


def test_the_shipped_coding_has_no_fault(dataset: Dataset) -> None:
    assert check_coding(dataset) == []


def test_every_difference_is_decided(dataset: Dataset) -> None:
    by_round = [sum(row.round == number for row in dataset.adjudication) for number in (1, 2)]
    assert by_round == [66, 1]


@pytest.mark.parametrize("table", FILES)
def test_a_wrong_column_is_a_fault(package: Path, table: str) -> None:
    path = package / "coding" / f"{table}.csv"
    header, rest = path.read_text("utf-8").split("\n", 1)
    first = header.split(",", maxsplit=1)[0]
    path.write_text(f"{header.replace(first, 'wrong', 1)}\n{rest}", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    said = [str(problem) for problem in caught.value.problems]
    assert f"coding/{table}.csv:1:{first}: the column is missing, expected it" in said


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("round1_first", "arms.1,arms,CO:destination", "arms.1,arms,CO:end", ":places: 'CO:end', expected match"),
        ("round1_second", "flow,stated,coded", "rumour,stated,coded", ":nature: 'rumour', expected 'activity'"),
        ("round2_first", "activity,stated", "activity,sure", "round2_first.csv:2:hedge: 'sure', expected 'stated'"),
        ("adjudication", "1,aml.1,hedge", "3,aml.1,hedge", "adjudication.csv:2:round: '3', expected less than or"),
        ("adjudication", "1,aml.1,hedge", "1,aml.1,mood", "adjudication.csv:2:field: 'mood', expected 'markets'"),
        ("readings", "aml.2-a,both", "aml.2-a,fr", "readings.csv:2:language: 'fr', expected 'en'"),
    ],
)
def test_a_cell_that_its_field_does_not_allow_is_a_fault(  # noqa: PLR0913, PLR0917 - a table of cases
    package: Path, edit: Edit, table: str, old: str, new: str, fault: str
) -> None:
    edit(f"coding/{table}.csv", old, new)
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    assert [str(problem) for problem in caught.value.problems if fault in str(problem)]


def test_a_missing_file_is_a_fault(package: Path) -> None:
    (package / "coding" / "readings.csv").unlink()
    with pytest.raises(DataError, match=r"coding/readings\.csv:0:-: it cannot be read"):
        read_dataset(package)


def test_an_id_that_does_not_exist_is_a_fault(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("coding/round1_first.csv", ",local-groups,", ",nobody,")
    edit("coding/round2_second.csv", "aml.1-a,", "aml.1-z,")
    assert main(["check", "--data", str(package)]) == 1
    errors = capsys.readouterr().err
    assert ":actors: 'nobody' does not exist, expected an id of actors.csv" in errors
    assert "coding/round2_second.csv:2:statement_id: 'aml.1-z' does not exist" in errors


def test_a_place_that_does_not_exist_is_a_fault(dataset: Dataset) -> None:
    i = row_of(dataset, "round1_first", sentence_id="arms.1")
    found = told(changed(dataset, "round1_first", i, places=("XX:origin",)))
    assert f"coding/round1_first.csv:{i + 2}:places: 'XX' does not exist, expected an id of places.csv" in found


@pytest.mark.parametrize("table", FILES[:4])
def test_a_unit_that_a_coder_left_out_is_a_fault(dataset: Dataset, table: str) -> None:
    rows = getattr(dataset, table)
    change: dict[str, Any] = {table: rows[1:]}
    unit = rows[0].sentence_id if "round1" in table else rows[0].statement_id
    assert any(
        one.startswith(f"coding/{table}.csv:1:") and f"{unit} is missing" in one
        for one in told(replace(dataset, **change))
    )


def test_a_difference_that_is_not_decided_is_a_fault(dataset: Dataset) -> None:
    i = row_of(dataset, "adjudication", unit_id="human_smuggling.1")
    rows = dataset.adjudication
    found = told(replace(dataset, adjudication=(*rows[:i], *rows[i + 1 :])))
    assert len(found) == 1
    assert "round 1, human_smuggling.1, places is not decided (first " in found[0]


def test_a_new_difference_is_a_fault_until_it_is_decided(dataset: Dataset) -> None:
    i = row_of(dataset, "round2_second", statement_id="arms.1-a")
    found = told(changed(dataset, "round2_second", i, nature=Nature.CONTEXT))
    assert len(found) == 1
    assert "round 2, arms.1-a, nature is not decided (first flow, second context)" in found[0]
    assert "expected a row, with flow as final" in found[0]


def test_a_decision_on_no_difference_is_a_fault(dataset: Dataset) -> None:
    i = row_of(dataset, "round1_second", sentence_id="aml.1")
    found = told(changed(dataset, "round1_second", i, hedge=(Hedge.STATED,)))
    assert len(found) == 1
    assert found[0].startswith("coding/adjudication.csv:2:unit_id: round 1, aml.1, hedge is no difference")


@pytest.mark.parametrize(
    ("column", "whose"),
    [("first", "what the first coder coded"), ("second", "what the second coder"), ("final", "what the package says")],
)
def test_a_decision_that_misquotes_is_a_fault(dataset: Dataset, column: str, whose: str) -> None:
    found = told(changed(dataset, "adjudication", 0, **{column: "alleged"}))
    assert len(found) == 1
    assert found[0].startswith(f"coding/adjudication.csv:2:{column}: 'alleged', expected ")
    assert whose in found[0]


def test_a_shipped_value_that_a_decision_does_not_give_is_a_fault(dataset: Dataset) -> None:
    """Here a statement is changed after the fact, in a field on which the coders of round 1 differed."""
    i = row_of(dataset, "statements", statement_id="transparency.2-a")
    found = told(changed(dataset, "statements", i, hedge=Hedge.ESTIMATED))
    assert any(":final: 'reported', expected 'estimated', what the package says" in one for one in found)


def test_a_shipped_value_that_neither_coder_gave_needs_a_decision(dataset: Dataset) -> None:
    i = row_of(dataset, "statements", statement_id="arms.1-a")
    found = told(changed(dataset, "statements", i, nature=Nature.ACTIVITY))
    assert any("round 2, arms.1-a, nature is not decided (first flow, second flow)" in one for one in found)


def test_whether_there_is_anything_to_code_is_decided_too(dataset: Dataset) -> None:
    i = row_of(dataset, "round1_second", sentence_id="arms.1")
    found = told(changed(dataset, "round1_second", i, coding=Coding.CONTEXT))
    assert any("round 1, arms.1, coding is not decided (first coded, second context)" in one for one in found)


def test_values_are_written_sorted() -> None:
    assert joined({Nature.FLOW, Nature.ACTOR}) == "actor;flow"
    assert [field.value for field in CodedField][:2] == ["markets", "places"]


@pytest.mark.parametrize("table", FILES)
def test_no_check_raises_where_a_file_is_empty(dataset: Dataset, table: str) -> None:
    change: dict[str, Any] = {table: ()}
    assert bool(check_coding(replace(dataset, **change))) is (table != "readings")


def test_every_check_is_run(dataset: Dataset) -> None:
    """Each finds something in an empty package of statements and is part of the whole."""
    broken = changed(replace(dataset, round2_first=()), "round1_first", 0, places=("XX:origin",))
    for check in (rounds.check_units, rounds.check_roled_places, rounds.check_adjudication):
        found = set(check(broken))
        assert found
        assert found <= set(check_coding(broken))
