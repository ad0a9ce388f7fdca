"""Data or files that cannot be used, at start or later: a page describes the faults without a traceback."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.app.reading import Edit, bodies, heading, text

from ocmap.app.resources import load
from ocmap.dataset.errors import DataError
from ocmap.export.data_package import build_package
from ocmap.geo.shapes import Shapes, read_shapes
from ocmap.web.app_data import build_app


def test_broken_data_show_faults_without_a_traceback(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    edit("actors.csv", "actor_id", "id")
    app = broken_app()
    assert not app.exception
    assert "Los datos contienen errores" in heading(app)
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
    assert "Elija un lugar" in heading(app.run())


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
    assert "Elija un lugar" in heading(app.run())
    assert said(caplog) == []
    for _ in range(2):
        assert "Elija un lugar" in heading(again(app))
    (line,) = said(caplog)
    assert line.startswith("Data changed on disk since they were read: statements.csv. ")


def test_the_downloaded_package_is_the_one_read_at_start(package: Path) -> None:
    app = build_app(package)
    before = build_package(app.profile, app.files, "es")
    text = (package / "statements.csv").read_bytes()
    (package / "statements.csv").write_bytes(text[:1000])
    (package / "rivers.geojson").unlink()
    assert build_package(app.profile, app.files, "es") == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert archive.read("statements.csv") == text


def test_data_that_change_during_loading_are_not_served(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(data: Path, *others: Any) -> Shapes:
        os.utime(data / "statements.csv", (1, 1))
        return read_shapes(data, *others)

    monkeypatch.setattr("ocmap.analysis.profile.read_shapes", meanwhile)
    with pytest.raises(DataError, match=r"statements\.csv:0:-: it changed while it was read"):
        build_app(package)


@pytest.fixture(autouse=True)
def _forget() -> None:
    load.clear()
