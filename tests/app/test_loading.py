"""Garbage collection is enabled again after the data are loaded."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from ocmap.app.resources import load
from ocmap.dataset.errors import DataError


def test_garbage_collection_is_enabled_after_a_load_and_after_a_failed_load(
    geodata: Path, package: Path, edit: Callable[[str, str, str], None]
) -> None:
    load.__wrapped__(geodata)  # type: ignore[attr-defined]
    assert gc.isenabled()
    edit("topics.csv", "topic_id", "topic")
    with pytest.raises(DataError):
        load.__wrapped__(package)  # type: ignore[attr-defined]
    assert gc.isenabled()
