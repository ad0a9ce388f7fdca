"""``CITATION.cff`` agrees with the metadata of the package and of its data."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from tests.support.shipped import DATA_VERSION, DATASET, PROFILE_URL, RELEASES

from ocmap.dataset.codebook import LICENCES, build_datapackage, package_title

Record = dict[str, Any]


@pytest.fixture(scope="module")
def citation(root: Path) -> Record:
    record: Record = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    return record


def test_the_software_metadata_equal_those_of_pyproject(citation: Record, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"]
    assert citation["title"].lower() == f"{project['name']}: {project['description']}".lower()
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert citation["keywords"] == project["keywords"]
    assert citation["authors"] == project["authors"]
    app = (root / "CHANGELOG.md").read_text("utf-8").split("\n## App\n")[1]
    assert f"### [{citation['version']}] - {citation['date-released']}" in app


def test_the_preferred_citation_equals_that_of_the_data(citation: Record) -> None:
    data = citation["preferred-citation"]
    assert (data["type"], data["title"], data["version"]) == ("data", package_title(DATASET), DATA_VERSION)
    assert data["date-released"] == RELEASES[0].day.isoformat()
    assert data["license"] == LICENCES[0]["name"]
    assert [one["name"] for one in data["authors"]] == ["The ocmap contributors"]
    assert '"The ocmap contributors"' in build_datapackage(DATASET, "")


def test_the_source_equals_the_one_cited_by_the_data(citation: Record) -> None:
    (source,) = citation["references"]
    publisher, title = DATASET.settings.source.full("en").split(", ", 1)
    assert [one["name"] for one in source["authors"]] == [publisher]
    assert source["title"] == title
    assert source["url"] == PROFILE_URL
