"""A build replaces nothing if an input or its result has a fault."""

import hashlib
import shutil
from pathlib import Path

import pytest
from tests.support.inputs import RAW, needs_inputs

from ocmap.boundaries import build, pipeline
from ocmap.boundaries.towns import check_towns
from ocmap.dataset.errors import DataError, Problem


@needs_inputs
def test_a_build_that_fails_its_checks_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "regions.geojson").write_text("as before")
    problem = Problem("regions.geojson", 0, "-", "wrong", "right")
    monkeypatch.setattr(pipeline, "check_shapes", lambda *_: [problem])
    with pytest.raises(DataError, match="wrong, expected right"):
        build(RAW, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["regions.geojson"]
    assert (tmp_path / "regions.geojson").read_text() == "as before"


@needs_inputs
def test_shapes_that_do_not_fit_together_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Peru and two neighbours meet in 0 points")

    monkeypatch.setattr(pipeline, "build_shapes", fail)
    with pytest.raises(DataError, match="natural-earth:0:geometry: Peru and two neighbours meet in 0 points"):
        build(RAW, tmp_path)


def test_a_build_without_the_inputs_says_what_to_do(tmp_path: Path) -> None:
    for record in RAW.glob("*.origin.toml"):
        shutil.copy(record, tmp_path)
    with pytest.raises(DataError, match=r"ne_10m_land\.shp.*not in the cache.*ocmap fetch"):
        build(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_input_that_differs_from_its_record_is_reported(tmp_path: Path) -> None:
    for record in RAW.glob("*.origin.toml"):
        shutil.copy(record, tmp_path)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "cities500.json").write_text("{}")
    with pytest.raises(DataError) as caught:
        build(tmp_path, tmp_path / "out")
    problems = [problem for problem in caught.value.problems if problem.file == "cities500.json"]
    assert [problem.found for problem in problems] == [hashlib.sha256(b"{}").hexdigest()]


def test_a_difference_in_the_table_of_towns_is_reported(tmp_path: Path) -> None:
    cities = tmp_path / "cities.json"
    cities.write_text('{"3936456": {"longitude": -76.0, "latitude": -12.04318}}')
    differences = list(check_towns(cities))
    assert any(text.startswith("town Lima: the table has -77.0282") for text in differences)
    assert any(text.startswith("town Tacna: GeoNames id 3928128 is not in") for text in differences)
