"""What the tests of the shapes share: the committed files, and copies of them that a test may break."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocmap.boundaries.checks import FILES, check_shapes
from ocmap.dataset.errors import Problem

GEODATA = Path(__file__).parents[3] / "geodata"

Collection = dict[str, Any]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a copy of the shapes and the gazetteer, to be broken."""
    for name in (*FILES, "places.csv"):
        shutil.copy(GEODATA / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def broken(package: Path) -> Callable[[str, Callable[[Collection], None]], list[Problem]]:
    """Return a function that edits a file of the copy, writes it as the build would, and checks the copy."""

    def edit_and_check(name: str, edit: Callable[[Collection], None]) -> list[Problem]:
        path = package / name
        collection = json.loads(path.read_text(encoding="utf-8"))
        edit(collection)
        lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]]
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
        path.write_text(text, encoding="utf-8")
        return check_shapes(package)

    return edit_and_check
