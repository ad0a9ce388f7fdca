"""Data that cannot be used: their faults on a page, and no traceback."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.app.reading import Edit, bodies, heading, text


def test_broken_data_show_their_faults_and_no_traceback(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    edit("actors.csv", "actor_id", "id")
    app = broken_app()
    assert not app.exception
    assert "Los datos tienen fallas" in heading(app)
    assert "statements.csv:2:hedge: 'sure', expected 'stated'" in text(app)
    assert "actors.csv:1:actor_id: the column is missing" in text(app)


def test_data_that_contradict_themselves_show_their_faults(broken_app: Callable[[], AppTest], edit: Edit) -> None:
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
    assert "regions.geojson:0:-: it cannot be read" in text(app)


def test_the_fault_page_names_no_folder_of_the_machine(
    broken_app: Callable[[], AppTest], package: Path, tmp_path: Path
) -> None:
    (package / "regions.geojson").unlink()
    assert str(tmp_path) not in bodies(broken_app())


def test_data_are_read_again_once_they_are_mended(broken_app: Callable[[], AppTest], edit: Edit) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    app = broken_app()
    edit("statements.csv", "activity,sure", "activity,stated")
    assert heading(app.run()) == "Elija un lugar"


def test_a_static_folder_that_cannot_be_written_is_told_by_its_name_alone(
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
