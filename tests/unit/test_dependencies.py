"""`docs/dependencies.md` and what is imported, against `pyproject.toml`."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
RUN = PROJECT["dependencies"]
TOOLS = re.findall(r"'([a-z-]+>=[\d.]+)'", (ROOT / "Makefile").read_text("utf-8"))
EVERYTHING = {*RUN, *EXTRAS["test"], *EXTRAS["bench"], *PYPROJECT["build-system"]["requires"], *TOOLS}
OURS = {"ocmap", "tests", *(path.stem for path in (ROOT / "benchmarks").glob("*.py"))}


def name_of(requirement: str) -> str:
    return re.split(r"[<>=]", requirement)[0]


def test_each_dependency_has_its_row_with_its_lowest_version() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    told = sorted((row[0], row[3]) for row in rows if row[0] != "name")
    assert all(len(row) == 7 and row[1] and row[4] and row[5] and row[6] for row in rows)
    assert told == sorted((name_of(one), re.split(r"[<>=]+", one)[1]) for one in EVERYTHING)


@pytest.mark.parametrize("name", sorted(map(name_of, {*RUN, *EXTRAS["test"]})))
def test_each_dependency_is_pinned_no_lower_than_allowed(name: str) -> None:
    pins = {
        key.lower().replace("_", "-"): numbers(version)
        for key, version in re.findall(r"^(\S+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    }
    (least,) = {re.split(r">=", one)[1] for one in (*RUN, *EXTRAS["test"]) if name_of(one) == name}
    assert pins[name] >= numbers(least)


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def imported(*folders: str) -> Iterator[str]:
    """Yield the packages that the code in these folders imports."""
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (one.name.split(".")[0] for one in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.split(".")[0]


@pytest.mark.parametrize(
    ("folders", "declared"),
    [
        (["src"], RUN),
        (["tests"], [*RUN, *EXTRAS["test"]]),
        (["benchmarks"], [*RUN, *EXTRAS["bench"]]),
    ],
)
def test_what_is_imported_is_declared(folders: list[str], declared: list[str]) -> None:
    known = packages_distributions()
    names = {name_of(one) for one in declared}
    foreign = set(imported(*folders)) - OURS - set(sys.stdlib_module_names) - {"pydantic_core"}  # part of pydantic
    assert foreign
    installed = {name: {one.lower().replace("_", "-") for one in known.get(name, [name])} for name in foreign}
    assert [name for name, owners in installed.items() if not owners & names] == []


def test_what_is_declared_to_run_is_imported() -> None:
    known = packages_distributions()
    used = {one.lower().replace("_", "-") for name in set(imported("src")) for one in known.get(name, [])}
    assert [name for name in map(name_of, RUN) if name not in used] == []
