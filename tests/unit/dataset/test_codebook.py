"""The generated description covers all of the package."""

import csv
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from tests.support.shipped import DATA_VERSION, DATASET, PROFILE_URL

from ocmap.dataset.codebook import build_codebook, build_datapackage
from ocmap.dataset.coding_rules import HEDGE_RULES, NATURE_RULES, ROLE_RULES, CodingRule
from ocmap.dataset.schema import Hedge, Nature, Role
from ocmap.dataset.tables import TABLES

CITATION = "A citation."


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(build_datapackage(DATASET, CITATION))
    return content


@pytest.fixture(scope="module")
def resources(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the resources of the data package by their path."""
    return {resource["path"]: resource for resource in package["resources"]}


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_the_data_package_has_all_data_files(geodata: Path, resources: dict[str, Any]) -> None:
    patterns = ("*.csv", "coding/*.csv", "*.geojson")
    shipped = {file.relative_to(geodata).as_posix() for pattern in patterns for file in geodata.glob(pattern)}
    assert set(resources) == shipped


def test_the_data_package_has_all_columns_in_their_order(geodata: Path, resources: dict[str, Any]) -> None:
    described = {
        table.file: [field["name"] for field in resources[table.file]["schema"]["fields"]] for table in TABLES.values()
    }
    assert described == {file: header(geodata / file) for file in described}


def test_every_column_has_a_description(resources: dict[str, Any]) -> None:
    without = [
        (table.file, field["name"])
        for table in TABLES.values()
        for field in resources[table.file]["schema"]["fields"]
        if not field["description"]
    ]
    assert without == []


def test_a_foreign_key_refers_to_the_key_of_a_table(resources: dict[str, Any]) -> None:
    tables = {resource["name"]: resource for resource in resources.values() if "schema" in resource}
    references = [
        (file, key["reference"])
        for file, resource in resources.items()
        for key in resource.get("schema", {}).get("foreignKeys", [])
    ]
    wrong = [
        (file, reference)
        for file, reference in references
        if reference["fields"] != tables[reference["resource"]]["schema"]["primaryKey"][0]
    ]
    assert references
    assert wrong == []


@pytest.mark.parametrize(
    ("file", "field", "expected"),
    [
        ("places.csv", "lon", "number"),
        ("places.csv", "precision", "integer"),
        ("places.csv", "ubigeo", "string"),
        ("places.csv", "members", "string"),
        ("scores.csv", "score", "number"),
        ("route_points.csv", "seq", "integer"),
    ],
)
def test_a_column_has_its_type(resources: dict[str, Any], file: str, field: str, expected: str) -> None:
    types = {column["name"]: column["type"] for column in resources[file]["schema"]["fields"]}
    assert types[field] == expected


def test_a_closed_list_is_a_constraint(resources: dict[str, Any]) -> None:
    fields = {field["name"]: field for field in resources["statements.csv"]["schema"]["fields"]}
    assert fields["hedge"]["constraints"]["enum"] == ["stated", "reported", "estimated", "alleged", "potential"]


def test_a_primary_key_is_unique_in_the_shipped_table(geodata: Path, resources: dict[str, Any]) -> None:
    for path, resource in resources.items():
        if path.endswith(".csv"):
            with (geodata / path).open(encoding="utf-8", newline="") as file:
                keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in csv.DictReader(file)]
            assert len(set(keys)) == len(keys), path


def test_the_codebook_has_all_fields() -> None:
    codebook = build_codebook(DATASET)
    listed = {}
    for table in TABLES.values():
        section = codebook.split(f"## {table.file}\n")[1].split("\n## ")[0]
        listed[table.name] = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    assert listed == {table.name: list(table.record.model_fields) for table in TABLES.values()}


def test_a_row_of_the_codebook_has_three_cells() -> None:
    rows = [line for line in build_codebook(DATASET).splitlines() if line.startswith("| `")]
    assert rows
    assert {line.count(" | ") for line in rows} == {2}


@pytest.mark.parametrize(("values", "rules"), [(Nature, NATURE_RULES), (Hedge, HEDGE_RULES), (Role, ROLE_RULES)])
def test_every_value_has_a_rule_of_coding(values: type[StrEnum], rules: Mapping[Any, CodingRule]) -> None:
    assert set(rules) == set(values)
    assert [value for value, rule in rules.items() if not all(rule)] == []


def test_the_data_package_has_licences_sources_and_a_citation(package: dict[str, Any]) -> None:
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0", "other-pd"]
    assert (package["version"], package["citation"]) == (DATA_VERSION, CITATION)
    assert PROFILE_URL in [source["path"] for source in package["sources"]]
