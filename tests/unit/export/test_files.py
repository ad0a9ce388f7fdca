"""Files are written whole or not at all, under names that stay where they are put."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from tests.support.shipped import DATASET

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import Basis
from ocmap.export import files
from ocmap.export.files import Download, ExportError, build_zip, file_name, write_files


def test_files_are_written_without_leftover_files(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "new" / "folder", {"a.csv": b"one", "b.csv": b"two"})
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]
    assert sorted(one.name for one in (tmp_path / "new" / "folder").iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "/etc/a.csv", "a/b.csv", "a\\b.csv", ".a.csv", "", "..", "a\0.csv", "a.csv\n", "ñ.csv", "a" * 200],
)
def test_a_name_with_a_path_in_it_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="is not a valid file name"):
        write_files(tmp_path / "out", {"first.csv": b"", name: b""})
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_new_file_and_changes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"before")
    writes = iter([None, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))])

    def fsync(_: int) -> None:
        if fault := next(writes):
            raise fault

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(ExportError, match=r"cannot be written to: No space left on device; nothing was written"):
        write_files(tmp_path, {"a.csv": b"after", "b.csv": b"after"})
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.csv", b"before")]


def test_an_interrupted_write_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, {"a.csv": b"after"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(ExportError, match="is a file, not a folder"):
        write_files(tmp_path / "out", {"a.csv": b""})


def test_a_folder_that_cannot_be_created_is_named_in_the_error() -> None:
    with pytest.raises(ExportError, match=r"/dev/null/out cannot be written to"):
        write_files(Path("/dev/null/out"), {"a.csv": b""})


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(ExportError, match="cannot be written to"):
        write_files(tmp_path, {"a.csv": b""})
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_a_zip_does_not_depend_on_the_file_order_or_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_zip({"a": b"1", "b": b"2"})
    monkeypatch.setenv("TZ", "America/Lima")
    assert build_zip({"b": b"2", "a": b"1"}) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["a", "b"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("download", "view", "name"),
    [
        (Download.PACKAGE, ViewState(place="PE-MDD", markets=("arms",)), "ocmap-peru-0.2.0-datapackage.zip"),
        (Download.GEOPACKAGE, ViewState(place="PE-MDD"), "ocmap-peru-0.2.0.gpkg"),
        (Download.GEOPACKAGE, ViewState(basis=(Basis.NAMED,)), "ocmap-peru-selection-0.2.0.gpkg"),
        (Download.CSV, ViewState(place="PE-MDD", markets=("arms",)), "ocmap-pe-mdd-arms-0.2.0-csv.zip"),
        (Download.CSV, ViewState(markets=("arms", "flora")), "ocmap-peru-selection-0.2.0-csv.zip"),
        (Download.GEOJSON, ViewState(route="arms.2-r1"), "ocmap-arms-2-r1-0.2.0-geojson.zip"),
        (Download.CSV, ViewState(place="../../etc/passwd"), "ocmap-etc-passwd-0.2.0-csv.zip"),
    ],
)
def test_a_file_name_describes_the_content_and_is_valid(download: Download, view: ViewState, name: str) -> None:
    assert file_name(DATASET, download, view) == name
    assert files.NAME.fullmatch(name)
