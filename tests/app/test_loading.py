"""A page loads only what is requested, and garbage collection is enabled again afterwards."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.app.reading import Open

from ocmap.app import search_box
from ocmap.app.resources import load
from ocmap.dataset.errors import DataError


def test_the_search_index_is_built_at_the_first_search(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nobody has searched")

    monkeypatch.setattr(search_box, "build_index", refuse)
    search_box._index.cache_clear()
    assert not open_app().exception


def test_garbage_collection_is_enabled_after_a_load_and_after_a_failed_load(
    geodata: Path, tmp_path: Path, package: Path, edit: Callable[[str, str, str], None]
) -> None:
    load.__wrapped__(geodata, tmp_path / "static")  # type: ignore[attr-defined]
    assert gc.isenabled()
    edit("topics.csv", "topic_id", "topic")
    with pytest.raises(DataError):
        load.__wrapped__(package, tmp_path / "static")  # type: ignore[attr-defined]
    assert gc.isenabled()
