"""The build: the same bytes again, and nothing replaced by what fails its checks."""

import hashlib
import shutil
from pathlib import Path

import pytest

from ocmap.boundaries import build, pipeline
from ocmap.boundaries.checks import FILES
from ocmap.boundaries.origins import ORIGINS, check_cache
from ocmap.boundaries.towns import check_towns
from ocmap.dataset.errors import DataError, Problem

GEODATA = Path(__file__).parents[2] / "geodata"
RAW = GEODATA / "raw"

needs_cache = pytest.mark.skipif(
    any(problem for origin in ORIGINS for problem in check_cache(RAW, origin)),
    reason="the inputs of the build are not in geodata/raw/cache: run `ocmap fetch` first",
)


@needs_cache
def test_a_rebuild_gives_the_committed_bytes(tmp_path: Path) -> None:
    build(RAW, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (GEODATA / name).read_bytes(), name


@needs_cache
def test_a_build_that_fails_its_checks_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "regions.geojson").write_text("as before")
    fault = Problem("regions.geojson", 0, "", "wrong", "right")
    monkeypatch.setattr(pipeline, "check_shapes", lambda *_: [fault])
    with pytest.raises(DataError, match="wrong, expected right"):
        build(RAW, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["regions.geojson"]
    assert (tmp_path / "regions.geojson").read_text() == "as before"


@needs_cache
def test_shapes_that_cannot_be_built_on_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Peru and two neighbours meet in 0 points")

    monkeypatch.setattr(pipeline, "build_shapes", fail)
    with pytest.raises(DataError, match="natural-earth:0:geometry: Peru and two neighbours meet in 0 points"):
        build(RAW, tmp_path)


@needs_cache
def test_the_table_of_towns_agrees_with_its_source() -> None:
    assert list(check_towns(RAW / "cache" / "cities500.json")) == []


def test_without_the_inputs_the_build_says_what_to_do(tmp_path: Path) -> None:
    for record in RAW.glob("*.origin.toml"):
        shutil.copy(record, tmp_path)
    with pytest.raises(DataError, match=r"ne_10m_land\.shp.*not in the cache.*ocmap fetch"):
        build(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_input_that_is_not_what_was_recorded_is_told(tmp_path: Path) -> None:
    for record in RAW.glob("*.origin.toml"):
        shutil.copy(record, tmp_path)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "cities500.json").write_text("{}")
    with pytest.raises(DataError) as caught:
        build(tmp_path, tmp_path / "out")
    wrong = [problem for problem in caught.value.problems if problem.file == "cities500.json"]
    assert [problem.found for problem in wrong] == [hashlib.sha256(b"{}").hexdigest()]


def test_a_town_elsewhere_is_told(tmp_path: Path) -> None:
    cities = tmp_path / "cities.json"
    cities.write_text('{"3936456": {"longitude": -76.0, "latitude": -12.04318}}')
    faults = list(check_towns(cities))
    assert any(fault.startswith("town Lima: the table says -77.0282") for fault in faults)
    assert any(fault.startswith("town Tacna: GeoNames id 3928128 is not in") for fault in faults)
