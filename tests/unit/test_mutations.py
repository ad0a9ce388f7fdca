"""Hundreds of broken packages: each is rejected with the positions of its faults, or it is sound."""

import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import PACKAGE
from tests.support.mutations import CHANGES, HARMLESS, SHAPE_FILES, mutate

from ocmap.analysis.profile import build_profile
from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.validation import check_dataset
from ocmap.geo.shapes import Shapes, read_shapes
from ocmap.reliability.rounds import check_coding
from ocmap.web.map_data import build_map_data

WAYS = list(CHANGES)
OF_EACH = 10
FIRST = 3  # of these; the others are long
LONGEST_LINE = 700
UNREADABLE = "cannot be read ("
PRINTED = re.compile(r"(?P<file>[\w/]+\.\w+):(?P<line>\d+):(?P<column>\w+|-): (?P<found>.+), expected (?P<expected>.+)")
SOUND = {"a bit flipped", "a stray quote", "cell", "cell of another row", "cells swapped", "features", "ids swapped"}
"""Changes after which a package can still be sound: another text, value or order."""
MAY_BE_SOUND = {
    *SOUND,
    *("latin-1 or UTF-16", "no rows", "property", "row dropped", "rows shuffled", "rows reversed", "truncated"),
    *("header shifted", "geometry", "position", "an odd coordinate system", "stray bytes"),
}


@pytest.fixture
def broken(tmp_path: Path, geodata: Path) -> Callable[[int], tuple[Path, str]]:
    """Return a function that copies the package and breaks a file in the way of a number; it returns both."""

    def copy(number: int) -> tuple[Path, str]:
        package = tmp_path / str(number)
        (package / "coding").mkdir(parents=True)
        for pattern in PACKAGE:
            for file in geodata.glob(pattern):
                shutil.copy(file, package / file.relative_to(geodata))
        return package, mutate(package, number)[1]

    return copy


def read(package: Path, file: str, dataset: Dataset, shapes: Shapes) -> tuple[Dataset, Shapes]:
    """Read and check the parts of a package that a broken file can change; take the others from the shipped one.

    Raises:
        DataError: The package has faults.
    """
    if file not in SHAPE_FILES:
        dataset = read_dataset(package)
        if problems := [*check_dataset(dataset), *check_coding(dataset)]:
            raise DataError(problems)
    if file in {*SHAPE_FILES, "places.csv"}:
        shapes = read_shapes(package, dataset)
    return dataset, shapes


def is_located(problem: Problem, package: Path) -> bool:
    """Return whether a fault has a position: a line and a column of a file, or a file that cannot be opened."""
    path, line = package / problem.file, str(problem)
    if not (line.isprintable() and len(line) < LONGEST_LINE and PRINTED.fullmatch(line)):
        return False
    if problem.found.startswith(UNREADABLE):
        return (problem.line, problem.column) == (0, "-") and not path.is_file()
    has_column = problem.column.isidentifier() or int(problem.column) >= 1
    return has_column and 1 <= problem.line <= lines_of(path)


@cache
def lines_of(path: Path) -> int:
    return len(re.split(rb"\r\n|\r|\n", path.read_bytes()))


@pytest.mark.parametrize("which", [range(FIRST), pytest.param(range(FIRST, OF_EACH), marks=pytest.mark.long)], ids=str)
@pytest.mark.parametrize("way", WAYS)
def test_a_broken_package_is_rejected_with_the_positions_of_its_faults_or_is_sound(
    broken: Callable[[int], tuple[Path, str]], dataset: Dataset, shapes: Shapes, way: str, which: range
) -> None:
    sound = []
    for number in (WAYS.index(way) + one * len(WAYS) for one in which):
        package, file = broken(number)
        problems: tuple[Problem, ...] | None = None
        try:
            data, read_back = read(package, file, dataset, shapes)
        except DataError as error:
            problems = error.problems
        if problems is None:
            sound.append(number)
            profile = build_profile(data, read_back)
            assert {row.place_id for row in profile.evidence} <= data.place.keys(), f"{number}, {file}"
            assert json.dumps(build_map_data(profile), allow_nan=False)
        else:
            odd = [str(problem) for problem in problems if not is_located(problem, package)]
            assert problems, f"{number}, {file}"
            assert not odd, f"{number}, {file}: {odd[0]}"
    if way in HARMLESS:
        assert len(sound) == len(which)
    elif way not in MAY_BE_SOUND:
        assert not sound


@pytest.mark.parametrize("number", range(0, len(WAYS) * 2, 5))
def test_the_command_check_prints_one_fault_a_line_and_fails(
    broken: Callable[[int], tuple[Path, str]], capsys: pytest.CaptureFixture[str], number: int
) -> None:
    package, _ = broken(number)
    code = main(["check", "--data", str(package)])
    out, errors = capsys.readouterr()
    *faults, last = errors.splitlines() or [""]
    counted = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    assert (code, last) == ((1, counted) if faults else (0, ""))
    assert ("0 faults" in out) is not bool(faults)
    assert not [fault for fault in faults if not PRINTED.fullmatch(fault)]


def test_there_are_more_than_500_mutations() -> None:
    assert OF_EACH * len(WAYS) > 500
