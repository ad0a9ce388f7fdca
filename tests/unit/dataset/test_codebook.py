"""What is generated from the model describes all of the package."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ocmap.dataset.codebook import DATA_VERSION, PROFILE_URL, build_codebook, build_datapackage, cite
from ocmap.dataset.schema import TABLES, Table
from ocmap.i18n import Lang


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    """Return the resources of the data package by their path."""
    return {one["path"]: one for one in json.loads(build_datapackage())["resources"]}


def test_the_data_package_names_every_data_file(geodata: Path, resources: dict[str, Any]) -> None:
    patterns = ("*.csv", "coding/*.csv", "*.geojson")
    shipped = {file.relative_to(geodata).as_posix() for pattern in patterns for file in geodata.glob(pattern)}
    assert set(resources) == shipped


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_data_package_names_every_column_in_its_order(
    geodata: Path, resources: dict[str, Any], table: Table
) -> None:
    with (geodata / table.file).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [field["name"] for field in resources[table.file]["schema"]["fields"]] == header


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_is_described(resources: dict[str, Any], table: Table) -> None:
    assert all(field["description"] for field in resources[table.file]["schema"]["fields"])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_foreign_key_points_at_a_table_and_its_key(resources: dict[str, Any], table: Table) -> None:
    by_name = {one["name"]: one for one in resources.values()}
    for key in resources[table.file]["schema"].get("foreignKeys", []):
        there = by_name[key["reference"]["resource"]]
        assert key["reference"]["fields"] in [field["name"] for field in there["schema"]["fields"]]


@pytest.mark.parametrize(
    ("file", "field", "kind"),
    [
        ("places.csv", "lon", "number"),
        ("places.csv", "precision", "integer"),
        ("places.csv", "ubigeo", "string"),
        ("places.csv", "members", "string"),
        ("scores.csv", "score", "number"),
        ("route_points.csv", "seq", "integer"),
    ],
)
def test_a_column_has_its_type(resources: dict[str, Any], file: str, field: str, kind: str) -> None:
    types = {one["name"]: one["type"] for one in resources[file]["schema"]["fields"]}
    assert types[field] == kind


def test_a_closed_list_is_a_constraint(resources: dict[str, Any]) -> None:
    fields = {one["name"]: one for one in resources["statements.csv"]["schema"]["fields"]}
    assert fields["hedge"]["constraints"]["enum"] == ["stated", "reported", "estimated", "alleged", "potential"]


def test_a_primary_key_is_unique_in_the_shipped_table(geodata: Path, resources: dict[str, Any]) -> None:
    for path, resource in resources.items():
        if path.endswith(".csv"):
            with (geodata / path).open(encoding="utf-8", newline="") as file:
                keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in csv.DictReader(file)]
            assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_codebook_lists_every_field(table: Table) -> None:
    section = build_codebook().split(f"## {table.file}\n")[1].split("\n## ")[0]
    assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == list(
        table.record.model_fields
    )


def test_a_row_of_the_codebook_has_three_cells() -> None:
    rows = [line for line in build_codebook().splitlines() if line.startswith("| `")]
    assert rows
    assert {line.count(" | ") for line in rows} == {2}


def test_the_data_package_carries_licences_and_sources() -> None:
    package = json.loads(build_datapackage())
    assert [one["name"] for one in package["licenses"]] == ["CC-BY-4.0", "other-pd"]
    assert package["version"] == DATA_VERSION
    assert PROFILE_URL in [one["path"] for one in package["sources"]]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_citation_names_view_version_day_and_source(lang: Lang) -> None:
    text = cite("Madre de Dios", lang, date(2026, 3, 1))
    assert all(part in text for part in ("Madre de Dios", DATA_VERSION, "2026-03-01", PROFILE_URL))


def test_the_package_is_described_the_same_on_every_day() -> None:
    assert "2026" not in json.loads(build_datapackage())["citation"]
