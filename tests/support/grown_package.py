"""Packages grown from the shipped one by benchmarks/grow.py."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ocmap.dataset import validation
from ocmap.geo import shapes

ROOT = Path(__file__).parents[2]


@contextmanager
def grown_package(folder: Path, size: tuple[int, int, int]) -> Iterator[Path]:
    """Write a package of so many polygons, routes and statements; in the block the checks expect its numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        module = importlib.import_module("grow")
        patch.setattr(validation, "PROFILE_SENTENCES", validation.PROFILE_SENTENCES)
        patch.setattr(shapes, "REGIONS", shapes.REGIONS)
        module.grow(ROOT / "geodata", folder, module.Size(*size))
        module.expect(folder)
        yield folder
