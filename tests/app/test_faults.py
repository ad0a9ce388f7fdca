"""Data or files that cannot be used, at start or later: a page describes the faults without a traceback."""

import errno
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Never

import pytest
from streamlit.testing.v1 import AppTest
from tests.app.reading import Edit, bodies, heading, text

from ocmap.app.resources import load
from ocmap.dataset.errors import DataError
from ocmap.export.data_package import build_package
from ocmap.geo.shapes import Shapes, read_shapes
from ocmap.web import publish
from ocmap.web.app_data import build_app


def test_broken_data_show_faults_without_a_traceback(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    edit("actors.csv", "actor_id", "id")
    app = broken_app()
    assert not app.exception
    assert "Los datos tienen fallas" in heading(app)
    assert "statements.csv:2:hedge: 'sure', expected 'stated'" in text(app)
    assert "actors.csv:1:actor_id: missing column" in text(app)


def test_contradictory_data_show_their_faults(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statement_places.csv", "arms.6-a,villa-el-salvador", "arms.6-a,villa-salvador")
    assert "'villa-salvador' does not exist" in text(broken_app())


def test_markup_in_broken_data_is_shown_as_text(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statements.csv", "activity,stated", "activity,<script>")
    app = broken_app()
    assert "<script>" not in bodies(app)
    assert "&lt;script&gt;" in bodies(app)


def test_broken_shapes_show_their_faults(broken_app: Callable[[], AppTest], package: Path) -> None:
    (package / "regions.geojson").unlink()
    app = broken_app()
    assert not app.exception
    assert "regions.geojson:0:-: cannot be read" in text(app)


def test_the_fault_page_shows_no_path_of_the_machine(
    broken_app: Callable[[], AppTest], package: Path, tmp_path: Path
) -> None:
    (package / "regions.geojson").unlink()
    assert str(tmp_path) not in bodies(broken_app())


def test_data_are_read_again_after_a_repair(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    app = broken_app()
    edit("statements.csv", "activity,sure", "activity,stated")
    assert heading(app.run()) == "Elija un lugar"


def test_the_fault_of_a_read_only_static_folder_shows_its_name_without_the_path(
    broken_app: Callable[[], AppTest], tmp_path: Path
) -> None:
    folder = tmp_path / "app"
    app_static = folder / "static"
    original = Path.mkdir

    def blocked(self: Path, *args: Any, **kwargs: Any) -> None:
        if self == app_static:
            raise PermissionError(13, "Permission denied", str(self))
        original(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "mkdir", blocked)
        app = broken_app()
    assert not app.exception
    assert "<code>static: Permission denied</code>" in bodies(app)
    assert "Faltan archivos del mapa" in heading(app)
    assert "«ocmap publish»" in text(app)


# ------------------------------------------------------------------------------------------------ while the app runs


def again(app: AppTest) -> AppTest:
    """Open the page of a running app once more, as another reader."""
    return AppTest.from_file(app._script_path, default_timeout=30).run()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "ocmap"]


@pytest.mark.parametrize("change", [Path.unlink, lambda file: file.write_text("", "utf-8")], ids=["gone", "emptied"])
def test_data_that_change_while_the_app_runs_change_nothing_on_the_page(
    broken_app: Callable[[], AppTest], package: Path, caplog: pytest.LogCaptureFixture, change: Callable[[Path], object]
) -> None:
    app = broken_app()
    change(package / "statements.csv")
    assert heading(app.run()) == "Elija un lugar"
    assert said(caplog) == []
    for _ in range(2):
        assert heading(again(app)) == "Elija un lugar"
    (line,) = said(caplog)
    assert line.startswith("Data changed on disk since they were read: statements.csv. ")


def test_the_downloaded_package_is_the_one_read_at_start(package: Path, tmp_path: Path) -> None:
    app = build_app(package, tmp_path / "static")
    before = build_package(app.profile, app.files, "es")
    text = (package / "statements.csv").read_bytes()
    (package / "statements.csv").write_bytes(text[:1000])
    (package / "rivers.geojson").unlink()
    assert build_package(app.profile, app.files, "es") == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert archive.read("statements.csv") == text


def test_data_that_change_during_loading_are_not_served(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(data: Path, *others: Any) -> Shapes:
        os.utime(data / "statements.csv", (1, 1))
        return read_shapes(data, *others)

    monkeypatch.setattr("ocmap.web.app_data.read_shapes", meanwhile)
    with pytest.raises(DataError, match=r"statements\.csv:0:-: it changed while it was read"):
        build_app(package, tmp_path / "static")


def test_lost_published_files_are_restored_for_the_next_page(broken_app: Callable[[], AppTest], tmp_path: Path) -> None:
    app = broken_app()
    static = tmp_path / "app" / "static"
    files = {file: file.read_bytes() for file in static.iterdir()}
    for file in files:
        file.unlink()
    assert heading(again(app)) == "Elija un lugar"
    assert {file: file.read_bytes() for file in static.iterdir()} == files


def test_an_open_page_still_works_if_lost_files_cannot_be_restored(
    broken_app: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = broken_app()
    static = tmp_path / "app" / "static"
    next(static.glob("peru.*.json")).unlink()

    def refuse(folder: Path, *_: object, **__: object) -> Never:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder))

    monkeypatch.setattr(publish, "write_whole", refuse)
    assert heading(app.run()) == "Elija un lugar"
    other = again(app)
    assert not other.exception
    assert "<code>static: No space left on device</code>" in bodies(other)
    assert str(tmp_path) not in bodies(other)
    assert f"The page cannot be shown: [Errno 28] No space left on device: '{static}'" in said(caplog)
    monkeypatch.undo()
    assert heading(other.run()) == "Elija un lugar"


@pytest.fixture(autouse=True)
def _forget() -> None:
    load.clear()
