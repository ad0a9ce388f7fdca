"""Fixtures for all tests: the shipped data package, data derived from it, and copies that a test can break."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from ocmap.analysis.profile import CountryProfile, build_profile, read_profile
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import Evidence
from ocmap.geo.join import build_evidence, build_touching
from ocmap.geo.shapes import Shapes, read_shapes
from tests.support.grown_package import grown_package

ROOT = Path(__file__).parents[1]
# Deadlines would fail on a slow machine. `make test-all` takes the profile "all".
settings.register_profile("test", deadline=None, max_examples=50)
settings.register_profile("all", deadline=None, max_examples=300)
settings.load_profile("test")
PACKAGE = ("*.csv", "coding/*.csv", "*.json", "*.geojson", "*.md", "*.toml")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden-update", action="store_true", help="write the golden files; check the differences by hand"
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def geodata() -> Path:
    """Return the folder of the shipped data package, to be read only."""
    return ROOT / "geodata"


@pytest.fixture
def package(tmp_path: Path, geodata: Path) -> Path:
    """Return a copy of the data package that a test can break."""
    copy = tmp_path / "package"
    (copy / "coding").mkdir(parents=True)
    for pattern in PACKAGE:
        for file in geodata.glob(pattern):
            shutil.copy(file, copy / file.relative_to(geodata))
    return copy


@pytest.fixture
def edit(package: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces the first occurrence of a text in a file of the copy."""

    def replace_once(file: str, old: str, new: str) -> None:
        path = package / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    return replace_once


@pytest.fixture(scope="session")
def dataset(geodata: Path) -> Dataset:
    return read_dataset(geodata)


@pytest.fixture(scope="session")
def shapes(geodata: Path, dataset: Dataset) -> Shapes:
    return read_shapes(geodata, dataset)


@pytest.fixture(scope="session")
def touching(dataset: Dataset, shapes: Shapes) -> Mapping[str, tuple[str, ...]]:
    return build_touching(dataset, shapes)


@pytest.fixture(scope="session")
def evidence(dataset: Dataset, shapes: Shapes) -> tuple[Evidence, ...]:
    return build_evidence(dataset, shapes)


@pytest.fixture(scope="session")
def profile(dataset: Dataset, shapes: Shapes) -> CountryProfile:
    return build_profile(dataset, shapes)


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> CountryProfile:
    """Return the profile of an invented package that is about ten times as large as the shipped one."""
    package = grown_package(tmp_path_factory.mktemp("grown") / "geodata", (260, 240, 2000))
    return read_profile(package)
