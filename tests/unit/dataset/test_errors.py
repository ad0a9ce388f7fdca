"""Faults have a position, what was found and what was expected."""

from ocmap.dataset.errors import DataError, Problem

LATE = Problem("places.csv", 9, "lon", "'x'", "a number")
EARLY = Problem("places.csv", 2, "lat", "'y'", "a number")
OTHER = Problem("actors.csv", 30, "name", "''", "a text")


def test_a_problem_reads_as_file_line_column_found_expected() -> None:
    assert str(LATE) == "places.csv:9:lon: 'x', expected a number"


def test_a_data_error_sorts_its_problems_by_file_and_line() -> None:
    assert DataError([LATE, OTHER, EARLY]).problems == (OTHER, EARLY, LATE)


def test_a_data_error_has_each_problem_once() -> None:
    assert DataError([LATE, LATE]).problems == (LATE,)


def test_a_data_error_reads_as_one_problem_a_line() -> None:
    assert str(DataError([LATE, EARLY])).splitlines() == [str(EARLY), str(LATE)]
