"""Published files carry their content's hash, are written whole, and only once."""

import errno
import hashlib
import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Never

import pytest

from ocmap.layers import Json
from ocmap.render.publish import Published, publish

DATA = {"regions": [], "name": "Perú"}
READING: Json = {"statements": []}


def names(published: Published) -> set[str]:
    return {published.script, published.style, published.data, published.reading}


def test_a_published_name_carries_the_hash_of_its_content(tmp_path: Path) -> None:
    for name in names(publish(tmp_path, DATA, READING)):
        assert name.split(".")[1] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()[:12]


def test_exactly_the_published_files_are_written(tmp_path: Path) -> None:
    published = publish(tmp_path, DATA, READING)
    assert {file.name for file in tmp_path.iterdir()} == names(published)


def test_the_data_are_published_as_they_are(tmp_path: Path) -> None:
    assert json.loads((tmp_path / publish(tmp_path, DATA, READING).data).read_text("utf-8")) == DATA


def test_the_script_holds_leaflet_and_the_map(tmp_path: Path) -> None:
    script = (tmp_path / publish(tmp_path, DATA, READING).script).read_text("utf-8")
    assert script.index("Leaflet 1.9") < script.index("OcMap")


def test_the_script_points_at_no_file_that_is_not_published(tmp_path: Path) -> None:
    assert "sourceMappingURL" not in (tmp_path / publish(tmp_path, DATA, READING).script).read_text("utf-8")


def test_fonts_come_before_the_style(tmp_path: Path) -> None:
    style = (tmp_path / publish(tmp_path, DATA, READING, "@font-face{}").style).read_text("utf-8")
    assert style.startswith("@font-face{}")


def test_the_folder_is_made_where_it_is_not_there(tmp_path: Path) -> None:
    published = publish(tmp_path / "a" / "static", DATA, READING)
    assert (tmp_path / "a" / "static" / published.data).is_file()


def test_publishing_again_writes_nothing(tmp_path: Path) -> None:
    first = publish(tmp_path, DATA, READING)
    for file in tmp_path.iterdir():
        os.utime(file, (1, 1))
    assert publish(tmp_path, DATA, READING) == first
    assert {file.stat().st_mtime for file in tmp_path.iterdir()} == {1.0}


def test_a_folder_that_holds_the_files_need_not_be_writable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = publish(tmp_path, DATA, READING)

    def refuse(**_: object) -> Never:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert publish(tmp_path, DATA, READING) == first


def test_changed_data_get_a_new_name_and_leave_the_old_file(tmp_path: Path) -> None:
    first = publish(tmp_path, DATA, READING)
    second = publish(tmp_path, {**DATA, "regions": [1]}, READING)
    assert second.data != first.data
    assert (second.script, second.style) == (first.script, first.style)
    assert (tmp_path / first.data).is_file()


def test_a_file_that_was_cut_short_is_written_anew(tmp_path: Path) -> None:
    name = publish(tmp_path, DATA, READING).data
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[:-3])
    publish(tmp_path, DATA, READING)
    assert (tmp_path / name).read_bytes() == whole


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "static").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="static"):
        publish(tmp_path / "static", DATA, READING)


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> Never:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(PermissionError):
        publish(tmp_path, DATA, READING)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Path, _target: Path) -> Never:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path, DATA, READING)
    assert list(tmp_path.iterdir()) == []


def test_several_may_publish_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: publish(tmp_path, DATA, READING), range(16)))
    assert len(set(found)) == 1
    assert {file.name for file in tmp_path.iterdir()} == names(found[0])
    assert json.loads((tmp_path / found[0].data).read_text("utf-8")) == DATA


def test_what_is_published_can_be_read_by_everybody(tmp_path: Path) -> None:
    publish(tmp_path, DATA, READING)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o644}
