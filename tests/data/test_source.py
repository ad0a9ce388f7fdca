"""The shipped package agrees with its source, if the source is available."""

from pathlib import Path

import pytest

from ocmap.dataset.dataset import Dataset
from ocmap.reliability.source import SOURCE, check_source


def test_the_shipped_package_agrees_with_the_source(dataset: Dataset, root: Path) -> None:
    path = root / SOURCE
    if not path.is_file():
        pytest.skip("the sentences belong to their publisher and are not available")
    assert check_source(dataset, path) == []
