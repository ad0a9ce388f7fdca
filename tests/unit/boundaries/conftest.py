"""Fixtures for the tests of the shapes: copies of the committed files that a test can break."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.inputs import GEODATA, PACKAGE

from ocmap.boundaries.verification import check_shapes
from ocmap.dataset.errors import Problem

Collection = dict[str, Any]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a copy of the shapes."""
    for file in GEODATA.glob("*.geojson"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.fixture
def broken(package: Path) -> Callable[[str, Callable[[Collection], None]], list[Problem]]:
    """Return a function that edits a file of the copy, writes it in the layout of the build, and checks the copy."""

    def edit_and_check(name: str, edit: Callable[[Collection], None]) -> list[Problem]:
        path = package / name
        collection = json.loads(path.read_text(encoding="utf-8"))
        edit(collection)
        lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]]
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
        path.write_text(text, encoding="utf-8")
        return check_shapes(package, PACKAGE)

    return edit_and_check
