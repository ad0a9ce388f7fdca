"""Each proof fails on a package that breaks its promise; the shipped package keeps all of them."""

import csv
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocmap.cli import main
from ocmap.dataset.reader import Dataset
from ocmap.dataset.schema import Coding, Hedge, Nature, Role, Sentence, Statement, StatementPlace
from ocmap.reliability import persons
from ocmap.reliability.persons import SOURCE, check_proofs, check_source, names_of, stands_in

Edit = Callable[[str, str, str], None]
Printed = pytest.CaptureFixture[str]
MADE_UP = {
    "arms.1": "Rifles cross Peru on mules and go to Ecuador’s ports.",
    "arms.2": "The Tren de Aragua sells some of them in Tacna.",
}


def with_text(dataset: Dataset, table: str, column: str, text: Any, row: int = 0) -> Dataset:
    """Return the data package with another text in one record of a table."""
    rows = list(getattr(dataset, table))
    rows[row] = rows[row].model_copy(update={column: text})
    change: dict[str, Any] = {table: tuple(rows)}
    return replace(dataset, **change)


def told(dataset: Dataset) -> list[str]:
    return [str(problem) for problem in check_proofs(dataset)]


def test_the_shipped_package_names_no_person(dataset: Dataset) -> None:
    assert check_proofs(dataset) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Guns were sold by Juan Quispe in Tacna.", "Juan"),
        ("Guns were sold by Quispe and his sons.", "Quispe"),
        ("Juan Quispe sold guns in Tacna.", "Juan"),
        ("In Tacna, guns were sold by Lima Quispe.", "Quispe"),
        ("It was Pedro Lima who sold them.", "Pedro"),
        ("They follow María de la Cruz to Cusco.", "María"),
        ("The gang of Cara Cortada sells guns.", "Cara"),
        ("In 2020 the president Quispe denied it.", "president Quispe"),
        ("Mr Lima sold them.", "Mr Lima"),
        ("Según la jueza Cusco, no fue así.", "jueza Cusco"),
        ("El acusado, alias Chile, vendía armas.", "alias Chile"),
    ],
)
@pytest.mark.parametrize("column", ["text_en", "text_es"])
def test_a_persons_name_in_a_statement_is_a_fault(dataset: Dataset, column: str, text: str, word: str) -> None:
    found = told(with_text(dataset, "statements", column, text))
    assert any(one.startswith(f"statements.csv:2:{column}: {word!r} may name a person") for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "In Cusco, guns are sold.",
        "Peru’s National Police fights Venezuela’s Tren de Aragua.",
        "Sold guns reach Madre de Dios by way of La Libertad.",
        "Guns are sold. In Lima they are made; Ecuador buys them.",
        "The DEA and INTERPOL trace them.",
        "El Gobierno del Perú y la Policía Nacional actúan en la Amazonía.",
        "The president of the country denied it.",
    ],
)
def test_places_groups_and_bodies_are_no_persons(dataset: Dataset, text: str) -> None:
    assert told(with_text(dataset, "statements", "text_en", text)) == []


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("places", "note", "Where Juan Quispe lives."),
        ("sentences", "note", "It speaks of Juan Quispe."),
        ("actors", "note", "Led by Juan Quispe."),
        ("actors", "name", "Clan of Juan Quispe"),
        ("actors", "name_es", "Clan de Juan Quispe"),
        ("actors", "aliases", ("the clan", "clan of Quispe")),
        ("routes", "goods_en", "guns of Juan Quispe"),
        ("adjudication", "reason", "So said Juan Quispe."),
        ("readings", "reason", "It named Juan Quispe."),
    ],
)
def test_a_persons_name_in_any_text_is_a_fault(dataset: Dataset, table: str, column: str, text: Any) -> None:
    assert any(f":{column}: " in one for one in told(with_text(dataset, table, column, text)))


def test_an_actor_is_not_vetted_by_its_own_name(dataset: Dataset) -> None:
    """Otherwise a person put among the actors would pass everywhere."""
    found = told(with_text(dataset, "actors", "name", "Gang of Juan Quispe"))
    assert [one.split(":")[0] for one in found] == ["actors.csv", "actors.csv"]


@pytest.mark.parametrize("name", persons.ALLOWED)
def test_every_name_allowed_is_needed_and_has_its_reason(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert persons.ALLOWED[name]
    monkeypatch.setattr(persons, "ALLOWED", {one: why for one, why in persons.ALLOWED.items() if one != name})
    assert check_proofs(dataset) != []


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
def test_a_name_stands_in_a_text_as_whole_words(names: tuple[str, ...], text: str, *, expected: bool) -> None:
    assert stands_in(names, text) is expected


def test_a_place_is_called_by_its_names_and_aliases(dataset: Dataset) -> None:
    assert {"Ecuador", "Ecuadorian", "Ecuador’s"} <= set(names_of(dataset.place["EC"]))
    assert {"Remnants of the FARC", "Remanentes de las FARC"} <= set(names_of(dataset.actor["farc-remnants"]))


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
    """Return a package on two made-up sentences, with the shipped gazetteer and actors."""
    return replace(
        dataset,
        sentences=tuple(sentence(one, text) for one, text in MADE_UP.items()),
        statements=(statement("arms.1-a", ()), statement("arms.2-a", ("tren-de-aragua",))),
        statement_places=(
            StatementPlace(statement_id="arms.1-a", place_id="EC", role=Role.DESTINATION),
            StatementPlace(statement_id="arms.1-a", place_id="PE", role=Role.TRANSIT),
            StatementPlace(statement_id="arms.2-a", place_id="PE-TAC", role=Role.LOCATION),
        ),
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a made-up source's file."""
    return write_source(tmp_path / "profile.csv", MADE_UP)


def write_source(path: Path, texts: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("sentence_id", "section", "text"))
        writer.writerows((one, "trade", text) for one, text in texts.items())
    return path


def test_a_package_that_follows_its_source_has_no_fault(tiny: Dataset, source: Path) -> None:
    assert check_source(tiny, source) == []


def test_a_sentence_that_reads_otherwise_is_a_fault(tiny: Dataset, tmp_path: Path) -> None:
    texts = MADE_UP | {"arms.2": "The Tren de Aragua sells some of them in Tacna today."}
    found = [str(one) for one in check_source(tiny, write_source(tmp_path / "profile.csv", texts))]
    digest = hashlib.sha256(texts["arms.2"].encode()).hexdigest()
    assert len(found) == 2
    assert found[0].startswith("sentences.csv:3:sha256: ")
    assert found[0].endswith(f"expected {digest}, the source's")
    assert found[1] == "sentences.csv:3:words: 10, expected 11 as in the source"


def test_a_sentence_that_the_source_lacks_or_has_beside_is_a_fault(tiny: Dataset, tmp_path: Path) -> None:
    texts = {"arms.1": MADE_UP["arms.1"], "arms.3": "More."}
    found = [str(one) for one in check_source(tiny, write_source(tmp_path / "profile.csv", texts))]
    assert found == [
        "sentences.csv:1:sentence_id: arms.3 is missing, expected every sentence of profile.csv",
        "sentences.csv:3:sentence_id: arms.2 is not in the source, expected an id of profile.csv",
    ]


def test_a_place_that_its_sentence_does_not_name_is_a_fault(tiny: Dataset, source: Path) -> None:
    found = [str(one) for one in check_source(with_text(tiny, "statement_places", "place_id", "CL"), source)]
    fault = "statement_places.csv:2:place_id: 'CL' does not stand in arms.1 under any of its names"
    assert found == [f"{fault}, expected one of Chile, Chilean"]


def test_an_actor_that_its_sentence_does_not_name_is_a_fault(tiny: Dataset, source: Path) -> None:
    broken = with_text(tiny, "statements", "actors", ("tren-de-aragua", "los-tiguerones"), row=1)
    found = [str(one) for one in check_source(broken, source)]
    fault = "statements.csv:3:actors: 'los-tiguerones' does not stand in arms.2 under any of its names"
    assert found == [f"{fault}, expected one of Los Tiguerones"]


def test_an_alias_that_is_missing_is_found_and_mended(tiny: Dataset, source: Path) -> None:
    places = [one.place_id for one in tiny.places]
    without = with_text(tiny, "places", "name_en", "Tacna region", places.index("PE-TAC"))
    without = with_text(without, "places", "name_es", "Región Tacna", places.index("PE-TAC"))
    assert [one.line for one in check_source(without, source)] == [4]
    mended = with_text(without, "places", "aliases", ("Tacna",), places.index("PE-TAC"))
    assert check_source(mended, source) == []


def test_no_fault_repeats_the_sources_words(tiny: Dataset, source: Path) -> None:
    broken = with_text(with_text(tiny, "statement_places", "place_id", "CL"), "sentences", "words", 99)
    assert [one for one in check_source(broken, source) if "mules" in str(one)] == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"id,text\narms.1,a\n", "profile.csv:1:sentence_id: the column is missing, expected it"),
        (b"sentence_id,body\narms.1,a\n", "profile.csv:1:text: the column is missing, expected it"),
        (b"", "profile.csv:1:text: the column is missing, expected it"),
        (b"sentence_id,text\narms.1,\xff\n", "profile.csv:0:-: it cannot be read (UnicodeDecodeError)"),
        (b'sentence_id,text\narms.1,"a"b\n', "profile.csv:0:-: it cannot be read (Error)"),
    ],
    ids=["no id", "no text", "empty", "no UTF-8", "broken CSV"],
)
def test_a_source_that_cannot_be_used_is_a_fault(tiny: Dataset, tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "profile.csv"
    path.write_bytes(content)
    assert any(str(one).startswith(fault) for one in check_source(tiny, path))


def test_check_fails_on_a_source_that_is_not_there(package: Path, tmp_path: Path, capsys: Printed) -> None:
    assert main(["check", "--data", str(package), "--source", str(tmp_path / "none.csv")]) == 1
    assert "none.csv:0:-: it cannot be read (FileNotFoundError)" in capsys.readouterr().err


def test_check_does_without_the_source(package: Path, capsys: Printed) -> None:
    assert main(["check", "--data", str(package)]) == 0
    assert "the source is not at hand" in capsys.readouterr().out


def test_check_finds_a_source_beside_the_project(tmp_path: Path, package: Path, capsys: Printed) -> None:
    """It lies where the real one would: beside the folder that holds the package."""
    folder = tmp_path / "project" / "geodata"
    folder.parent.mkdir()
    package.rename(folder)
    path = folder.parent / SOURCE
    path.parent.mkdir(parents=True)
    write_source(path, MADE_UP)
    assert main(["check", "--data", str(folder)]) == 1
    errors = capsys.readouterr().err
    assert ":sha256: " in errors
    assert "aml.1 is not in the source, expected an id of profile_sentences.csv" in errors


def test_check_tells_a_persons_name(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("statements.csv", "Weapons bound for", "Weapons of Juan Quispe bound for")
    assert main(["check", "--data", str(package)]) == 1
    assert ":text_en: 'Juan' may name a person" in capsys.readouterr().err


def test_the_shipped_package_follows_the_real_source(dataset: Dataset, root: Path) -> None:
    path = root / SOURCE
    if not path.is_file():
        pytest.skip("the source's sentences are its publisher's and are not at hand")
    assert check_source(dataset, path) == []
