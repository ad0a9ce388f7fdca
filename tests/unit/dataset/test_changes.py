"""The changes of the data stand once: the changelog says what the view on method shows."""

import re
import tomllib
from pathlib import Path

import pytest

from ocmap.dataset.changes import RELEASES, since
from ocmap.dataset.codebook import DATA_VERSION
from ocmap.dataset.reader import Dataset
from ocmap.dataset.schema import Coding


def section(root: Path, name: str) -> str:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    return text.split(f"\n## {name}\n")[1].split("\n## ")[0]


def test_the_newest_release_is_the_data_s_version() -> None:
    assert RELEASES[0].version == DATA_VERSION
    assert [one.day for one in RELEASES] == sorted((one.day for one in RELEASES), reverse=True)


def test_the_changelog_says_the_same_of_the_data(root: Path) -> None:
    data = section(root, "Data")
    heads = re.findall(r"^### \[(.+)\] - (.+)$", data, re.MULTILINE)
    assert heads == [(one.version, one.day.isoformat()) for one in RELEASES]
    items = [" ".join(item.split()) for item in re.split(r"^- ", data, flags=re.MULTILINE)[1:]]
    assert items == [text["en"] for one in RELEASES for text in one.added]


def test_the_changelog_has_the_app_s_version(root: Path) -> None:
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"### [{version}] - " in section(root, "App")


def test_each_change_is_said_in_both_languages_with_the_same_figures() -> None:
    for text in (text for one in RELEASES for text in one.added):
        assert re.findall(r"\d+", text["es"]) == re.findall(r"\d+", text["en"])


def test_the_figures_of_the_newest_release_are_those_of_the_data(dataset: Dataset) -> None:
    said = " ".join(text["en"] for text in RELEASES[0].added)
    coded = sum(sentence.coding is Coding.CODED for sentence in dataset.sentences)
    context = sum(sentence.coding is Coding.CONTEXT for sentence in dataset.sentences)
    figures = (len(dataset.sentences), coded, len(dataset.statements), context)
    assert (
        "The {} sentences of the 2025 profile, read: {} coded, in {} statements, and {} that".format(*figures) in said
    )
    assert f"{len(dataset.routes)} routes" in said


def test_an_older_link_is_told_every_release_since() -> None:
    assert since("0.0.9") == RELEASES


@pytest.mark.parametrize("version", [RELEASES[0].version, "9999.0.0"])
def test_a_link_of_this_or_a_later_version_is_told_nothing(version: str) -> None:
    assert since(version) == ()


def test_versions_are_compared_as_numbers() -> None:
    assert since("0.0.10") == RELEASES
    assert since("0.10.0") == ()
