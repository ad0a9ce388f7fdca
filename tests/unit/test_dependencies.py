"""What the code imports, against what `pyproject.toml` declares and `constraints.txt` pins."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
RUN = PROJECT["dependencies"]
OURS = {"ocmap", "tests", *(path.stem for path in (ROOT / "benchmarks").glob("*.py"))}


def name_of(requirement: str) -> str:
    return re.split(r"[<>=]", requirement)[0]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.partition(".post")[0].split(".")))


def test_each_dependency_has_a_lowest_version() -> None:
    declared = [*RUN, *EXTRAS["test"], *EXTRAS["bench"]]
    assert [one for one in declared if not re.fullmatch(r"[a-z0-9-]+>=[\d.]+", one)] == []


def test_each_pinned_version_is_at_least_the_lowest_allowed() -> None:
    pins = {
        key.lower().replace("_", "-"): numbers(version)
        for key, version in re.findall(r"^(\S+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    }
    lowest = {name_of(one): numbers(one.split(">=")[1]) for one in (*RUN, *EXTRAS["test"], *EXTRAS["bench"])}
    assert [name for name, least in lowest.items() if pins.get(name, ()) < least] == []


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
def test_every_import_is_a_declared_dependency(folders: list[str], declared: list[str]) -> None:
    known = packages_distributions()
    names = {name_of(one) for one in declared}
    foreign = set(imported(*folders)) - OURS - set(sys.stdlib_module_names) - {"pydantic_core"}  # part of pydantic
    assert foreign
    installed = {name: {one.lower().replace("_", "-") for one in known.get(name, [name])} for name in foreign}
    assert [name for name, owners in installed.items() if not owners & names] == []


def test_every_runtime_dependency_is_imported() -> None:
    known = packages_distributions()
    used = {one.lower().replace("_", "-") for name in set(imported("src")) for one in known.get(name, [])}
    used.add("brotli")  # fonttools imports it for WOFF2
    assert [name for name in map(name_of, RUN) if name not in used] == []


def test_every_import_of_the_benchmarks_exists() -> None:
    names = {
        (path.name, node.module, one.name)
        for path in (ROOT / "benchmarks").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ocmap"
        for one in node.names
    }
    assert names
    assert sorted(name for name in names if not is_there(*name[1:])) == []


def is_there(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name) or bool(import_module(f"{module}.{name}"))
    except ImportError:
        return False
