"""No text of the package names a person, and the check finds one that does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.reliability import persons
from ocmap.reliability.persons import check_persons, names_of

Edit = Callable[[str, str, str], None]
Printed = pytest.CaptureFixture[str]


def with_text(dataset: Dataset, table: str, column: str, text: Any, row: int = 0) -> Dataset:
    """Return the data package with another text in one record of a table."""
    rows = list(getattr(dataset, table))
    rows[row] = rows[row].model_copy(update={column: text})
    change: dict[str, Any] = {table: tuple(rows)}
    return replace(dataset, **change)


def messages(dataset: Dataset) -> list[str]:
    return [str(problem) for problem in check_persons(dataset)]


def test_the_shipped_package_names_no_person(dataset: Dataset) -> None:
    assert check_persons(dataset) == []


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
    start = f"statements.csv:2:{column}: {word!r} may name a person"
    assert any(message.startswith(start) for message in messages(with_text(dataset, "statements", column, text)))


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
def test_places_groups_and_public_bodies_are_not_persons(dataset: Dataset, text: str) -> None:
    assert messages(with_text(dataset, "statements", "text_en", text)) == []


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
    assert any(f":{column}: " in message for message in messages(with_text(dataset, table, column, text)))


def test_the_name_of_an_actor_does_not_vouch_for_itself(dataset: Dataset) -> None:
    """Otherwise a person listed as an actor would pass in every table."""
    found = messages(with_text(dataset, "actors", "name", "Gang of Juan Quispe"))
    assert [message.split(":")[0] for message in found] == ["actors.csv", "actors.csv"]


def test_every_allowed_name_occurs_and_has_a_reason(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = persons.ALLOWED
    assert all(allowed.values())
    unused = []
    for name in allowed:
        monkeypatch.setattr(persons, "ALLOWED", {other: kind for other, kind in allowed.items() if other != name})
        if not check_persons(dataset):
            unused.append(name)
    assert unused == []


def test_the_names_of_a_place_include_its_aliases(dataset: Dataset) -> None:
    assert {"Ecuador", "Ecuadorian", "Ecuador’s"} <= set(names_of(dataset.place["EC"]))
    assert {"Remnants of the FARC", "Remanentes de las FARC"} <= set(names_of(dataset.actor["farc-remnants"]))


def test_the_command_check_reports_a_persons_name(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("statements.csv", "weapons bound for", "weapons of Juan Quispe bound for")
    assert main(["check", "--data", str(package)]) == 1
    assert ":text_en: 'Juan' may name a person" in capsys.readouterr().err
