"""The changes of the data: the changelog agrees with them, and an old link gets those since its version."""

import re
import textwrap
import tomllib
from pathlib import Path

import pytest
from tests.support.shipped import DATA_VERSION, RELEASES

from ocmap.dataset.changes import since
from ocmap.dataset.dataset import Dataset


def section(root: Path, name: str) -> str:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    return text.split(f"\n## {name}\n")[1].split("\n## ")[0]


def test_the_newest_release_is_the_version_of_the_data() -> None:
    assert RELEASES[0].version == DATA_VERSION
    days = [release.day for release in RELEASES]
    assert days == sorted(days, reverse=True)


def test_the_changelog_has_the_english_texts(root: Path) -> None:
    parts = []
    for release in RELEASES:
        parts.append(f"### [{release.version}] - {release.day}")
        for heading, texts in (("Changed", release.changed), ("Added", release.added)):
            lines = [textwrap.fill(f"- {text.en}", 120, subsequent_indent="  ") for text in texts]
            parts += [f"#### {heading}", "\n".join(lines)] if lines else []
    assert section(root, "Data").strip() == "\n\n".join(parts)


def test_the_changelog_has_the_version_of_the_app(root: Path) -> None:
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"### [{version}] - " in section(root, "App")


def test_a_change_has_the_same_figures_in_both_languages() -> None:
    for text in (text for release in RELEASES for text in (*release.changed, *release.added)):
        assert re.findall(r"\d+", text.es) == re.findall(r"\d+", text.en)


def test_the_newest_release_has_the_figures_of_the_data(dataset: Dataset) -> None:
    texts = " ".join(text.en for text in RELEASES[0].added)
    figures = (len(dataset.sentences), len(dataset.statements), len(dataset.routes))
    assert "the {} sentences have {} statements and {} routes.".format(*figures) in texts


def test_an_older_link_gets_all_releases_since() -> None:
    assert since(RELEASES, "0.0.9") == RELEASES


@pytest.mark.parametrize("version", [RELEASES[0].version, "9999.0.0"])
def test_a_link_of_this_or_a_later_version_gets_none(version: str) -> None:
    assert since(RELEASES, version) == ()


def test_versions_are_compared_as_numbers() -> None:
    assert since(RELEASES, "0.0.10") == RELEASES
    assert since(RELEASES, "0.10.0") == ()
