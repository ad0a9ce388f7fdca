"""The records of coding are complete, every difference is decided, and the package follows the decisions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocmap.cli import main
from ocmap.dataset.coding_schema import CodedField
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import Coding, Hedge, Nature, PointBasis
from ocmap.reliability import rounds
from ocmap.reliability.rounds import CodedRoute, check_coding, joined

Edit = Callable[[str, str, str], None]
Printed = pytest.CaptureFixture[str]
FILES = (
    "round1_first",
    "round1_second",
    "round2_first",
    "round2_second",
    "round3_first",
    "round3_second",
    "adjudication",
    "readings",
    "review",
)


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


def messages(dataset: Dataset) -> list[str]:
    return [str(problem) for problem in check_coding(dataset)]


def test_the_shipped_coding_has_no_fault(dataset: Dataset) -> None:
    assert check_coding(dataset) == []


def test_every_difference_is_decided(dataset: Dataset) -> None:
    by_round = [sum(row.round == number for row in dataset.adjudication) for number in (1, 2, 3)]
    assert by_round == [66, 9, 15]


@pytest.mark.parametrize("table", FILES)
def test_a_wrong_column_is_a_fault(package: Path, table: str) -> None:
    path = package / "coding" / f"{table}.csv"
    header, rest = path.read_text("utf-8").split("\n", 1)
    first = header.split(",", maxsplit=1)[0]
    path.write_text(f"{header.replace(first, 'wrong', 1)}\n{rest}", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    start = f"coding/{table}.csv:1:{first}: missing column, expected the columns {first}"
    assert any(str(problem).startswith(start) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("round1_first", "arms.1,arms,CO:destination", "arms.1,arms,CO:end", ":places: 'CO:end', expected match"),
        ("round1_second", "flow,stated,coded", "rumour,stated,coded", ":nature: 'rumour', expected 'activity'"),
        ("round2_first", "activity,stated", "activity,sure", "round2_first.csv:2:hedge: 'sure', expected 'stated'"),
        ("adjudication", "1,aml.1,hedge", "4,aml.1,hedge", "adjudication.csv:2:round: '4', expected less than or"),
        ("adjudication", "1,aml.1,hedge", "1,aml.1,mood", "adjudication.csv:2:field: 'mood', expected 'markets'"),
        ("readings", "aml.1-a,en", "aml.1-a,fr", "readings.csv:2:language: 'fr', expected 'en'"),
    ],
)
def test_a_value_that_is_not_allowed_is_a_fault(  # noqa: PLR0913, PLR0917 - a table of cases
    package: Path, edit: Edit, table: str, old: str, new: str, fault: str
) -> None:
    edit(f"coding/{table}.csv", old, new)
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    assert [str(problem) for problem in caught.value.problems if fault in str(problem)]


def test_a_missing_file_is_a_fault(package: Path) -> None:
    (package / "coding" / "readings.csv").unlink()
    with pytest.raises(DataError, match=r"coding/readings\.csv:0:-: cannot be read"):
        read_dataset(package)


def test_an_id_that_does_not_exist_is_a_fault(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("coding/round2_second.csv", "aml.1-a,", "aml.1-z,")
    assert main(["check", "--data", str(package)]) == 1
    errors = capsys.readouterr().err
    assert "coding/round2_second.csv:2:statement_id: 'aml.1-z' does not exist" in errors


def test_a_place_that_does_not_exist_is_a_fault(dataset: Dataset) -> None:
    i = row_of(dataset, "round1_first", sentence_id="arms.1")
    found = messages(changed(dataset, "round1_first", i, places=("XX:origin",)))
    assert f"coding/round1_first.csv:{i + 2}:places: 'XX' does not exist, expected an id of places.csv" in found


@pytest.mark.parametrize("table", FILES[:6])
def test_a_unit_without_a_coding_is_a_fault(dataset: Dataset, table: str) -> None:
    rows = getattr(dataset, table)
    change: dict[str, Any] = {table: rows[1:]}
    unit = rows[0].statement_id if "round2" in table else rows[0].sentence_id
    assert any(
        message.startswith(f"coding/{table}.csv:1:") and f"{unit} missing" in message
        for message in messages(replace(dataset, **change))
    )


def test_a_difference_without_a_decision_is_a_fault(dataset: Dataset) -> None:
    i = row_of(dataset, "adjudication", unit_id="human_smuggling.1")
    rows = dataset.adjudication
    found = messages(replace(dataset, adjudication=(*rows[:i], *rows[i + 1 :])))
    assert len(found) == 1
    assert "round 1, human_smuggling.1, places is not decided (first " in found[0]


def test_a_new_difference_is_a_fault_until_it_is_decided(dataset: Dataset) -> None:
    i = row_of(dataset, "round2_second", statement_id="arms.1-a")
    found = messages(changed(dataset, "round2_second", i, nature=Nature.CONTEXT))
    assert len(found) == 1
    assert "round 2, arms.1-a, nature is not decided (first flow, second context)" in found[0]
    assert "expected a row, with flow as final" in found[0]


def test_a_decision_without_a_difference_is_a_fault(dataset: Dataset) -> None:
    i = row_of(dataset, "round1_second", sentence_id="aml.1")
    found = messages(changed(dataset, "round1_second", i, hedge=(Hedge.STATED,)))
    assert len(found) == 1
    assert found[0].startswith("coding/adjudication.csv:2:unit_id: round 1, aml.1, hedge is not a difference")


@pytest.mark.parametrize(
    ("column", "origin"),
    [("first", "as by the first coder"), ("second", "as by the second coder"), ("final", "as in the package")],
)
def test_a_decision_with_wrong_values_is_a_fault(dataset: Dataset, column: str, origin: str) -> None:
    found = messages(changed(dataset, "adjudication", 0, **{column: "alleged"}))
    assert len(found) == 1
    assert found[0].startswith(f"coding/adjudication.csv:2:{column}: 'alleged', expected ")
    assert origin in found[0]


def test_a_value_that_differs_from_its_decision_is_a_fault(dataset: Dataset) -> None:
    """A statement is changed later, in a field on which the coders of round 1 differed."""
    i = row_of(dataset, "statements", statement_id="transparency.2-a")
    found = messages(changed(dataset, "statements", i, hedge=Hedge.ESTIMATED))
    assert any(":final: 'reported', expected 'estimated' as in the package" in message for message in found)


def test_a_value_that_neither_coder_gave_needs_a_decision(dataset: Dataset) -> None:
    i = row_of(dataset, "statements", statement_id="arms.1-a")
    found = messages(changed(dataset, "statements", i, nature=Nature.ACTIVITY))
    assert any("round 2, arms.1-a, nature is not decided (both coders flow)" in message for message in found)


def test_a_difference_on_whether_to_code_needs_a_decision(dataset: Dataset) -> None:
    i = row_of(dataset, "round1_second", sentence_id="arms.1")
    found = messages(changed(dataset, "round1_second", i, coding=Coding.CONTEXT))
    assert any("round 1, arms.1, coding is not decided (first coded, second context)" in message for message in found)


def test_values_are_written_sorted() -> None:
    assert joined({Nature.FLOW, Nature.ACTOR}) == "actor;flow"
    assert [field.value for field in CodedField][:2] == ["markets", "places"]


@pytest.mark.parametrize("table", FILES)
def test_no_check_raises_if_a_file_is_empty(dataset: Dataset, table: str) -> None:
    change: dict[str, Any] = {table: ()}
    assert bool(check_coding(replace(dataset, **change))) is (table not in {"readings", "review"})


def test_every_check_is_part_of_the_whole(dataset: Dataset) -> None:
    broken = changed(replace(dataset, round2_first=()), "round1_first", 0, places=("XX:origin",))
    for check in (rounds.check_units, rounds.check_roled_places, rounds.check_adjudication):
        found = set(check(broken))
        assert found
        assert found <= set(check_coding(broken))


def test_a_coded_route_is_read_as_it_is_written() -> None:
    route = CodedRoute.from_text("PE*|border-CL+CL|?|drugs|")
    assert route.points == (("origin", "PE*"), ("via", "border-CL"), ("via", "CL"), ("destination", "?"))
    assert CodedRoute.from_path(route.path) == route._replace(goods="")


def test_a_route_of_the_package_that_neither_coder_has_needs_a_decision(dataset: Dataset) -> None:
    i = row_of(dataset, "route_points", route_id="flora.2-r1", role="origin")
    found = messages(changed(dataset, "route_points", i, basis=PointBasis.NAMED))
    assert len(found) == 1
    assert "round 3, flora.2, routes is not decided" in found[0]
    assert "with PE|-|CN|flora as final" in found[0]


def test_a_tie_that_both_coders_code_otherwise_needs_a_decision(dataset: Dataset) -> None:
    i = row_of(dataset, "ties", statement_id="criminal_networks.2-a")
    found = messages(changed(dataset, "ties", i, market="non_renewable"))
    assert len(found) == 1
    assert "round 3, criminal_networks.2, ties is not decided" in found[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [("|wood|", "|"), ("|-|CN|", "|CN|"), ("+local-groups:against:", "+local-groups:near:")],
)
def test_a_route_or_tie_that_is_written_otherwise_is_a_fault(package: Path, edit: Edit, old: str, new: str) -> None:
    edit("coding/round3_first.csv", old, new)
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    assert any(str(one).startswith("coding/round3_first.csv:") for one in caught.value.problems)
