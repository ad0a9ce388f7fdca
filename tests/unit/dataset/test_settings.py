"""``profile.toml`` and ``changes.toml``: faults are reported with the line and the character of their key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.package_checks import check_package
from ocmap.dataset.errors import DataError
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import LANGUAGES

Edit = Callable[[str, str, str], None]


def faults(package: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    return [str(problem) for problem in caught.value.problems]


def position(package: Path, start: str, file: str = "profile.toml") -> str:
    """Return the first line that begins with a text as ``file:line:1``."""
    lines = (package / file).read_text("utf-8").splitlines()
    return f"{file}:{next(i for i, line in enumerate(lines, 1) if line.startswith(start))}:1"


@pytest.mark.parametrize(
    ("old", "new", "key", "fault"),
    [
        ("sentences = 172", 'sentences = "many"', "sentences", "source.sentences: 'many', expected"),
        ("sentences = 172\n", "", "[source]", "source.sentences: missing, expected a value"),
        ("regions = 26", "regions = 0", "regions", "country.regions: '0', expected"),
        ("frame = [-84.5,", "frame = [84.5,", "frame", "map.frame: "),
        ('link = "?markets=non_renewable"', 'link = "markets"', "link", "start.questions.0.link: 'markets', expected"),
        ("[inset]", "[insert]", "[insert]", "insert: unknown key, expected a key of this file"),
    ],
    ids=["type", "missing", "number", "extent", "list", "unknown"],
)
def test_a_fault_has_the_position_of_its_key(  # noqa: PLR0913, PLR0917 - a table of cases
    package: Path, edit: Edit, old: str, new: str, key: str, fault: str
) -> None:
    edit("profile.toml", old, new)
    (found,) = faults(package)
    assert found.startswith(f"{position(package, key)}: {fault}")


def test_broken_toml_is_reported_with_its_position(package: Path, edit: Edit) -> None:
    edit("profile.toml", "regions = 26", "regions = = 26")
    (found,) = faults(package)
    line = position(package, "regions").split(":")[1]
    assert found.startswith(f"profile.toml:{line}:11: broken TOML (Invalid value), expected TOML")


@pytest.mark.parametrize("file", ["profile.toml", "changes.toml"])
def test_a_missing_file_is_reported(package: Path, file: str) -> None:
    (package / file).unlink()
    assert [fault for fault in faults(package) if fault.startswith(f"{file}:0:-: cannot be read")]


def test_a_version_without_a_day_is_reported(package: Path, edit: Edit) -> None:
    edit("changes.toml", "day = 2026-11-27\n", "")
    (found,) = faults(package)
    assert found.startswith(f"{position(package, '[[release]]', 'changes.toml')}: release.0.day: missing")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[texts.en.layer_basis]\nrivers", "[texts.en.layer_basis]\nlakes", "no text 'layer_basis.lakes'"),
        ("three editions of the Index", "{many} editions of the Index", "the gap {many}, expected only gaps of"),
    ],
)
def test_a_text_must_be_one_of_the_catalogue(package: Path, edit: Edit, old: str, new: str, fault: str) -> None:
    edit("profile.toml", old, new)
    (found,) = map(str, check_package(read_dataset(package)))
    assert found.startswith("profile.toml:")
    assert fault in found


def test_the_texts_of_the_package_are_in_both_languages() -> None:
    english, spanish = (set(i18n.catalogue.own_texts(DATASET, lang)) for lang in LANGUAGES[::-1])
    assert sorted(english ^ spanish) == ["score.of"]  # the genitive of English


def test_no_text_of_the_country_can_be_read_without_it() -> None:
    with pytest.raises(KeyError, match=r"no text 'page\.title' in es\.toml"):
        i18n.of("es")["page.title"]
    texts = (one for lang in LANGUAGES for one in i18n.words_of(DATASET, lang).texts.values())
    assert [one for one in texts if "country}" in one] == []


@pytest.mark.parametrize(
    ("url", "site"),
    [("https://www.example.org/2025/country", "example.org"), ("http://data.example.org:8080/", "data.example.org")],
)
def test_links_to_the_source_are_labelled_with_its_host(package: Path, edit: Edit, url: str, site: str) -> None:
    edit("profile.toml", "https://ocindex.net/2025/country/peru", url)
    dataset = read_dataset(package)
    for lang in LANGUAGES:
        words = i18n.words_of(dataset, lang)
        assert words["source.site"] == site
        assert words["statement.open_source"].endswith(f" {site}")
