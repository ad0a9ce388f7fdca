"""The inputs of the build of the shapes, which are not in the repository."""

from pathlib import Path

import pytest

from ocmap.boundaries.origins import ORIGINS, check_cache

RAW = Path(__file__).parents[2] / "geodata" / "raw"

needs_inputs = pytest.mark.skipif(
    any(problem for origin in ORIGINS for problem in check_cache(RAW, origin)),
    reason="the inputs of the build are not in geodata/raw/cache: run `ocmap fetch` first",
)
