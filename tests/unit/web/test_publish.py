"""Published files carry their content's hash, are always complete, and old ones are removed."""

import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Never

import pytest

from ocmap.dataset.atomic_write import PART
from ocmap.web import publish as publishing
from ocmap.web.json_data import Json
from ocmap.web.publish import PUBLISHED_NAME, UNUSED_LIFETIME_S, Published, StaticFolder, publish

DATA = {"regions": [], "name": "Perú"}
READING: Json = {"statements": []}
LONG_AGO = time.time() - UNUSED_LIFETIME_S - 60
# Waits for a line on its standard input once all is imported, so that several begin at the same moment.
PUBLISH = """
import sys
from pathlib import Path
from ocmap.web.publish import publish
print("ready", flush=True)
sys.stdin.readline()
publish(Path(sys.argv[1]), {"regions": ["x" * 2_000_000]}, {})
"""
# Ends only by being killed, when what it writes is not whole yet.
STALL = """
import os, sys
from pathlib import Path
from ocmap.web.publish import StaticFolder
def stall(_):
    print("writing", flush=True)
    sys.stdin.readline()
os.fsync = stall
StaticFolder(Path(sys.argv[1])).put("map", ".js", b"x" * 100_000)
"""
NO_ROOM = """
import resource, sys
from pathlib import Path
from ocmap.web.publish import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
publish(Path(sys.argv[1]), {}, {})
"""


def names(published: Published) -> set[str]:
    return set(published.static_folder.names)


def is_whole(file: Path) -> bool:
    return file.name.split(".")[1] == hashlib.sha256(file.read_bytes()).hexdigest()[:12]


@contextmanager
def child(script: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - ours
        yield process


@pytest.fixture
def no_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after which nothing can be written; who runs the tests may be allowed everything."""

    def refuse(folder: Path, *_: object, **__: object) -> Never:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    return lambda: monkeypatch.setattr(publishing, "write_whole", refuse)


def test_a_published_name_contains_the_hash_of_its_content(tmp_path: Path) -> None:
    published = publish(tmp_path, DATA, READING)
    assert names(published) == {published.script, published.style, published.data, published.evidence}
    assert all(is_whole(tmp_path / name) for name in names(published))


def test_exactly_the_published_files_are_written(tmp_path: Path) -> None:
    published = publish(tmp_path, DATA, READING)
    assert {file.name for file in tmp_path.iterdir()} == names(published)


def test_the_data_are_published_unchanged(tmp_path: Path) -> None:
    assert json.loads((tmp_path / publish(tmp_path, DATA, READING).data).read_text("utf-8")) == DATA


def test_the_script_contains_leaflet_and_the_map(tmp_path: Path) -> None:
    script = (tmp_path / publish(tmp_path, DATA, READING).script).read_text("utf-8")
    assert script.index("Leaflet 1.9") < script.index("OcMap")


def test_the_script_refers_only_to_published_files(tmp_path: Path) -> None:
    assert "sourceMappingURL" not in (tmp_path / publish(tmp_path, DATA, READING).script).read_text("utf-8")


def test_fonts_are_written_before_the_style(tmp_path: Path) -> None:
    style = (tmp_path / publish(tmp_path, DATA, READING, "@font-face{}").style).read_text("utf-8")
    assert style.startswith("@font-face{}")


def test_a_missing_folder_is_created(tmp_path: Path) -> None:
    published = publish(tmp_path / "a" / "static", DATA, READING)
    assert (tmp_path / "a" / "static" / published.data).is_file()


def test_publishing_again_writes_nothing(tmp_path: Path, no_writing: Callable[[], None]) -> None:
    first = names(publish(tmp_path, DATA, READING))
    no_writing()
    assert names(publish(tmp_path, DATA, READING)) == first


def test_a_folder_that_already_has_the_files_need_not_be_writable(
    tmp_path: Path, no_writing: Callable[[], None]
) -> None:
    published = publish(tmp_path, DATA, READING)
    no_writing()
    published.static_folder.restore()
    publish(tmp_path, DATA, READING).static_folder.restore()


def test_a_folder_that_cannot_be_created_raises_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "static").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="static"):
        publish(tmp_path / "static", DATA, READING)


def test_a_folder_that_cannot_be_written_raises_an_os_error(tmp_path: Path, no_writing: Callable[[], None]) -> None:
    no_writing()
    with pytest.raises(PermissionError):
        publish(tmp_path, DATA, READING)


def test_published_files_can_be_read_by_everybody(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(tmp_path, DATA, READING)
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o644}


# ----------------------------------------------------------------------------------------------- damaged files

SPOIL: dict[str, Callable[[Path, bytes], object]] = {
    "deleted": lambda file, _: file.unlink(),
    "emptied": lambda file, _: file.write_bytes(b""),
    "cut short": lambda file, whole: file.write_bytes(whole[:-3]),
    "of the same size": lambda file, whole: file.write_bytes(b" " + whole[1:]),
}


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL)
def test_a_damaged_file_is_written_again_at_start(tmp_path: Path, spoil: Callable[[Path, bytes], object]) -> None:
    file = tmp_path / publish(tmp_path, DATA, READING).data
    whole = file.read_bytes()
    spoil(file, whole)
    publish(tmp_path, DATA, READING)
    assert file.read_bytes() == whole


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL)
def test_a_damaged_file_is_restored_while_the_app_runs(tmp_path: Path, spoil: Callable[[Path, bytes], object]) -> None:
    published = publish(tmp_path, DATA, READING)
    file = tmp_path / published.data
    whole = file.read_bytes()
    spoil(file, whole)
    published.static_folder.restore()
    assert file.read_bytes() == whole


def test_a_deleted_folder_is_restored(tmp_path: Path) -> None:
    published = publish(tmp_path / "static", DATA, READING)
    for file in (tmp_path / "static").iterdir():
        file.unlink()
    (tmp_path / "static").rmdir()
    published.static_folder.restore()
    assert {file.name for file in (tmp_path / "static").iterdir()} == names(published)


def test_intact_files_are_checked_but_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = publish(tmp_path, DATA, READING)

    def fail(file: Path) -> Never:
        pytest.fail(f"{file} was read")

    monkeypatch.setattr(Path, "read_bytes", fail)
    published.static_folder.restore()


def test_a_lost_file_that_cannot_be_restored_raises_an_os_error(tmp_path: Path, no_writing: Callable[[], None]) -> None:
    published = publish(tmp_path, DATA, READING)
    (tmp_path / published.style).unlink()
    no_writing()
    with pytest.raises(PermissionError):
        published.static_folder.restore()


def test_a_failed_write_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Path, _target: Path) -> Never:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path, DATA, READING)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_partial_file(tmp_path: Path) -> None:
    with child(NO_ROOM, tmp_path) as process:
        _, errors = process.communicate()
    assert process.returncode == 1
    assert f"OSError: [Errno 27] File too large: '{tmp_path}'".encode() in errors
    assert [file.name for file in tmp_path.iterdir()] == []


# ------------------------------------------------------------------------------------------------ several at once


def test_several_threads_may_publish_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: names(publish(tmp_path, DATA, READING)), range(16)))
    assert found == [found[0]] * 16
    assert {file.name for file in tmp_path.iterdir()} == found[0]
    assert all(is_whole(tmp_path / name) for name in found[0])


def test_five_processes_may_start_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    with ExitStack() as stack:
        started = [stack.enter_context(child(PUBLISH, folder)) for _ in range(5)]
        for one in started:
            assert one.stdout
            assert one.stdout.readline() == b"ready\n"
        for one in started:
            assert one.stdin
            one.stdin.write(b"go\n")
            one.stdin.flush()
        while any(one.poll() is None for one in started):
            # A file under its final name is complete at every moment.
            assert all(is_whole(file) for file in folder.glob("[!.]*"))
        assert [one.returncode for one in started] == [0] * 5
    assert sorted(file.name.split(".")[0] for file in folder.iterdir()) == ["evidence", "map", "map", "peru"]


def test_a_process_killed_while_writing_leaves_no_partial_file(tmp_path: Path) -> None:
    with child(STALL, tmp_path) as process:
        assert process.stdout
        assert process.stdout.readline() == b"writing\n"
        process.kill()
    (left,) = tmp_path.iterdir()
    part = PART.fullmatch(left.name)
    assert part
    assert PUBLISHED_NAME.fullmatch(part[1])
    static_folder = StaticFolder(tmp_path)
    name = static_folder.put("map", ".js", b"x" * 100_000)
    static_folder.restore()
    assert {file.name for file in tmp_path.iterdir()} == {name, left.name}
    os.utime(left, (LONG_AGO, LONG_AGO))
    static_folder.restore()
    assert {file.name for file in tmp_path.iterdir()} == {name}


# ------------------------------------------------------------------------------------------------ old files


def test_changed_data_get_a_new_name_and_the_old_file_remains_for_a_while(tmp_path: Path) -> None:
    first = publish(tmp_path, DATA, READING)
    second = publish(tmp_path, {**DATA, "regions": [1]}, READING)
    assert second.data != first.data
    assert (second.script, second.style) == (first.script, first.style)
    second.static_folder.restore()
    assert (tmp_path / first.data).is_file()
    os.utime(tmp_path / first.data, (LONG_AGO, LONG_AGO))
    second.static_folder.restore()
    assert {file.name for file in tmp_path.iterdir()} == names(second)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "logo.0123456789ab.js",
        "map.js",
        "map.0123456789ab.js.bak",
        "map.0123456789AB.js",
        ".x.01234567.part",
    ],
)
def test_a_foreign_file_is_not_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    os.utime(tmp_path / name, (LONG_AGO, LONG_AGO))
    publish(tmp_path, DATA, READING).static_folder.restore()
    assert (tmp_path / name).is_file()


def test_a_file_used_by_another_version_is_not_removed(tmp_path: Path) -> None:
    running = publish(tmp_path, DATA, READING)
    os.utime(tmp_path / running.data, (LONG_AGO, LONG_AGO))
    running.static_folder.restore()  # a page is opened
    publish(tmp_path, {}, READING).static_folder.restore()
    assert (tmp_path / running.data).is_file()


def test_old_files_that_cannot_be_removed_cause_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "map.0123456789ab.js"
    old.write_bytes(b"")
    os.utime(old, (LONG_AGO, LONG_AGO))

    def refuse(file: Path, **_: object) -> Never:
        raise PermissionError(errno.EROFS, "Read-only file system", str(file))

    static_folder = publish(tmp_path, DATA, READING).static_folder
    monkeypatch.setattr(Path, "unlink", refuse)
    static_folder.restore()
    assert old.is_file()
