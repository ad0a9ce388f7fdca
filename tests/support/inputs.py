"""The package whose shapes are built, and the inputs of the build, which are not in the repository."""

from pathlib import Path

import pytest

from ocmap.boundaries.origins import ORIGINS, check_cache
from ocmap.boundaries.recipe import read_package

GEODATA = Path(__file__).parents[2] / "geodata"
RAW = GEODATA / "raw"
PACKAGE = read_package(GEODATA)

needs_inputs = pytest.mark.skipif(
    any(problem for origin in ORIGINS for problem in check_cache(RAW, origin)),
    reason="the inputs of the build are not in geodata/raw/cache: run `ocmap fetch` first",
)
