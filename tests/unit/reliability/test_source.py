"""The package agrees with its source, and the check finds where a package does not."""

import csv
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Coding, Hedge, Nature, Role, Sentence, Statement, StatementPlace
from ocmap.reliability.source import SOURCE, check_source, is_named

Printed = pytest.CaptureFixture[str]
INVENTED = {
    "arms.1": "Rifles cross Peru on mules and go to Ecuador’s ports.",
    "arms.2": "The Tren de Aragua sells some of them in Tacna.",
}


def with_text(dataset: Dataset, table: str, column: str, text: Any, row: int = 0) -> Dataset:
    """Return the data package with another text in one record of a table."""
    rows = list(getattr(dataset, table))
    rows[row] = rows[row].model_copy(update={column: text})
    change: dict[str, Any] = {table: tuple(rows)}
    return replace(dataset, **change)


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (("Peru",), "Goods leave Peru.", True),
        (("Peru",), "Goods of Peruvians.", False),
        (("Ecuador’s",), "They reach Ecuador's ports.", True),
        (("local groups",), "Local Groups fight.", True),
        (("US",), "It is thus so.", False),
        (("US-led",), "A US-led course.", True),
        (("A.B.",), "Said of A.B. and others.", True),
        ((), "Anything.", False),
    ],
)
def test_a_name_is_found_as_whole_words(names: tuple[str, ...], text: str, *, expected: bool) -> None:
    assert is_named(names, text) is expected


def sentence(sentence_id: str, text: str) -> Sentence:
    return Sentence(
        sentence_id=sentence_id,
        topic_id="arms",
        ordinal=int(sentence_id.split(".")[1]),
        words=len(text.split()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        coding=Coding.CODED,
        note="",
    )


def statement(statement_id: str, actors: tuple[str, ...]) -> Statement:
    return Statement(
        statement_id=statement_id,
        sentence_id=statement_id.split("-", maxsplit=1)[0],
        nature=Nature.FLOW,
        hedge=Hedge.STATED,
        markets=("arms",),
        indicators=(),
        actors=actors,
        text_en="Made up.",
        text_es="Inventado.",
    )


@pytest.fixture
def tiny(dataset: Dataset) -> Dataset:
    """Return a package on two invented sentences, with the shipped gazetteer and actors."""
    return replace(
        dataset,
        sentences=tuple(sentence(sentence_id, text) for sentence_id, text in INVENTED.items()),
        statements=(statement("arms.1-a", ()), statement("arms.2-a", ("tren-de-aragua",))),
        statement_places=(
            StatementPlace(statement_id="arms.1-a", place_id="EC", role=Role.DESTINATION),
            StatementPlace(statement_id="arms.1-a", place_id="PE", role=Role.TRANSIT),
            StatementPlace(statement_id="arms.2-a", place_id="PE-TAC", role=Role.LOCATION),
        ),
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return the file of an invented source."""
    return write_source(tmp_path / "profile.csv", INVENTED)


def write_source(path: Path, texts: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("sentence_id", "section", "text"))
        writer.writerows((sentence_id, "trade", text) for sentence_id, text in texts.items())
    return path


def test_a_package_that_agrees_with_its_source_has_no_fault(tiny: Dataset, source: Path) -> None:
    assert check_source(tiny, source) == []


def test_a_different_sentence_is_a_fault(tiny: Dataset, tmp_path: Path) -> None:
    texts = INVENTED | {"arms.2": "The Tren de Aragua sells some of them in Tacna today."}
    found = [str(problem) for problem in check_source(tiny, write_source(tmp_path / "profile.csv", texts))]
    digest = hashlib.sha256(texts["arms.2"].encode()).hexdigest()
    assert len(found) == 2
    assert found[0].startswith("sentences.csv:3:sha256: ")
    assert found[0].endswith(f"expected {digest} as in the source")
    assert found[1] == "sentences.csv:3:words: 10, expected 11 as in the source"


def test_a_missing_or_additional_sentence_is_a_fault(tiny: Dataset, tmp_path: Path) -> None:
    texts = {"arms.1": INVENTED["arms.1"], "arms.3": "More."}
    found = [str(problem) for problem in check_source(tiny, write_source(tmp_path / "profile.csv", texts))]
    assert found == [
        "sentences.csv:1:sentence_id: arms.3 missing, expected every sentence of profile.csv",
        "sentences.csv:3:sentence_id: arms.2 is not in the source, expected an id of profile.csv",
    ]


def test_a_place_that_its_sentence_does_not_name_is_a_fault(tiny: Dataset, source: Path) -> None:
    found = [str(problem) for problem in check_source(with_text(tiny, "statement_places", "place_id", "CL"), source)]
    fault = "statement_places.csv:2:place_id: 'CL' is not in arms.1 under any of its names"
    assert found == [f"{fault}, expected one of Chile, Chilean"]


def test_an_actor_that_its_sentence_does_not_name_is_a_fault(tiny: Dataset, source: Path) -> None:
    broken = with_text(tiny, "statements", "actors", ("tren-de-aragua", "los-tiguerones"), row=1)
    found = [str(problem) for problem in check_source(broken, source)]
    fault = "statements.csv:3:actors: 'los-tiguerones' is not in arms.2 under any of its names"
    assert found == [f"{fault}, expected one of Los Tiguerones"]


def test_an_alias_is_one_of_the_names(tiny: Dataset, source: Path) -> None:
    places = [one.place_id for one in tiny.places]
    without = with_text(tiny, "places", "name_en", "Tacna region", places.index("PE-TAC"))
    without = with_text(without, "places", "name_es", "Región Tacna", places.index("PE-TAC"))
    assert [problem.line for problem in check_source(without, source)] == [4]
    with_alias = with_text(without, "places", "aliases", ("Tacna",), places.index("PE-TAC"))
    assert check_source(with_alias, source) == []


def test_no_message_repeats_the_source(tiny: Dataset, source: Path) -> None:
    broken = with_text(with_text(tiny, "statement_places", "place_id", "CL"), "sentences", "words", 99)
    assert [problem for problem in check_source(broken, source) if "mules" in str(problem)] == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"id,text\narms.1,a\n", "profile.csv:1:sentence_id: missing column, expected the columns"),
        (
            b"sentence_id,body\narms.1,a\n",
            "profile.csv:1:text: missing column, expected the columns sentence_id and text",
        ),
        (b"", "profile.csv:1:text: missing column, expected the columns sentence_id and text"),
        (b"sentence_id,text\narms.1,\xff\n", "profile.csv:0:-: cannot be read (UnicodeDecodeError)"),
        (b'sentence_id,text\narms.1,"a"b\n', "profile.csv:0:-: cannot be read (Error)"),
    ],
    ids=["no id", "no text", "empty", "not UTF-8", "broken CSV"],
)
def test_a_source_that_cannot_be_used_is_a_fault(tiny: Dataset, tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "profile.csv"
    path.write_bytes(content)
    assert any(str(problem).startswith(fault) for problem in check_source(tiny, path))


def test_the_command_check_fails_on_a_missing_source(package: Path, tmp_path: Path, capsys: Printed) -> None:
    assert main(["check", "--data", str(package), "--source", str(tmp_path / "none.csv")]) == 1
    assert "none.csv:0:-: cannot be read (FileNotFoundError)" in capsys.readouterr().err


def test_the_command_check_works_without_the_source(package: Path, capsys: Printed) -> None:
    assert main(["check", "--data", str(package)]) == 0
    assert "no source file" in capsys.readouterr().out


def test_the_command_check_finds_a_source_beside_the_project(tmp_path: Path, package: Path, capsys: Printed) -> None:
    folder = tmp_path / "project" / "geodata"
    folder.parent.mkdir()
    package.rename(folder)
    path = folder.parent / SOURCE
    path.parent.mkdir(parents=True)
    write_source(path, INVENTED)
    assert main(["check", "--data", str(folder)]) == 1
    errors = capsys.readouterr().err
    assert ":sha256: " in errors
    assert "aml.1 is not in the source, expected an id of profile_sentences.csv" in errors
