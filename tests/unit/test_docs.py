"""What the documents name exists: commands, targets of make, paths; and the diagram of the imports is correct."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ocmap.cli import _parser

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "benchmarks/README.md",
    "docs/analyst.md",
    "docs/architecture.md",
    "docs/coder.md",
    "docs/glossary.md",
    "docs/hosting.md",
    "docs/python.md",
    "docs/reader.md",
)
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
GENERATED = frozenset({"src/ocmap/vendor"})  # by an installation
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
COMMAND = re.compile(r"(?:^|[` ]|bin/)ocmap ([a-z]+)(?![\w.])")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")
IN_REPOSITORY = re.compile(
    r"`((?:\.github|benchmarks|deploy|docs|frontend|geodata|src|tests)(?:/[\w.*-]+)*|[\w.-]+\.(?:py|md|toml|cff|yaml))`"
)
NAME_IN_FILE = re.compile(r"`(\w+)` (?:in|of) `((?:frontend|src)/[\w/.]+\.\w+)`")
FILE_WITH_NAME = re.compile(r"\| `((?:frontend|src)/[\w/.]+\.\w+)`[^|]*\| `(\w+)` \|")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
ANCHOR = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")
ARROW = re.compile(r"^ *(\w+)(?:\[.*?\])? --> (\w+)", re.MULTILINE)


def code_in(name: str) -> Iterator[str]:
    """Yield each line of code in a document, without the comment at its end."""
    for block in CODE.findall((ROOT / name).read_text("utf-8")):
        yield from (line.split("  #")[0] for line in block.splitlines())


def test_every_command_in_the_documents_exists() -> None:
    named = {(name, one) for name in DOCUMENTS for line in code_in(name) for one in COMMAND.findall(line)}
    assert named
    assert sorted((name, one) for name, one in named if one not in subcommands()) == []


def test_every_command_is_in_the_readme() -> None:
    named = {one for line in code_in("README.md") for one in COMMAND.findall(line)}
    assert sorted(subcommands() - named) == []


def test_every_target_of_make_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+)(?: [a-z-]+)*:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony
    targets |= set(phony[1].split())
    named = {(name, one) for name in DOCUMENTS for line in code_in(name) for one in TARGET.findall(line)}
    assert named
    assert sorted((name, one) for name, one in named if one not in targets) == []


def test_every_path_in_the_architecture_exists() -> None:
    paths = set(IN_REPOSITORY.findall(ARCHITECTURE)) - GENERATED
    assert paths
    assert sorted(path for path in paths if not any(ROOT.glob(path))) == []


def test_every_name_in_the_architecture_stands_in_its_file() -> None:
    named = [(path, name) for name, path in NAME_IN_FILE.findall(ARCHITECTURE)] + FILE_WITH_NAME.findall(ARCHITECTURE)
    assert named
    assert [
        (path, name) for path, name in named if not re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8"))
    ] == []


def test_every_relative_link_points_to_a_file() -> None:
    links = {
        (name, link) for name in DOCUMENTS for link in LINK.findall((ROOT / name).read_text("utf-8")) if "`" not in link
    }
    assert links
    assert sorted((name, link) for name, link in links if not (ROOT / name).parent.joinpath(link).exists()) == []


def test_every_link_to_a_heading_finds_it() -> None:
    missing = []
    for name in DOCUMENTS:
        for path, anchor in ANCHOR.findall((ROOT / name).read_text("utf-8")):
            target = (ROOT / name).parent / path if path else ROOT / name
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            if anchor not in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}:
                missing.append((name, path, anchor))
    assert missing == []


def test_the_diagram_of_the_packages_equals_the_imports() -> None:
    arrows = set(ARROW.findall(ARCHITECTURE))
    imports = {pair for path in (ROOT / "src" / "ocmap").rglob("*.py") for pair in imports_of(path)}
    assert sorted(arrows - imports) == []
    assert sorted((one, other) for one, other in imports if other not in below(one, arrows)) == []


def subcommands() -> set[str]:
    (action,) = (one for one in _parser()._actions if isinstance(one, argparse._SubParsersAction))
    return set(action.choices)


def imports_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the arrows between packages that the imports of a module make."""
    own = path.relative_to(ROOT / "src" / "ocmap").parts[0].removesuffix(".py")
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"ocmap.{one.name}" for one in node.names] if node.module == "ocmap" else [node.module]
            packages = {name.split(".")[1] for name in names if name.startswith("ocmap.")}
            yield from ((own, one) for one in packages - {own})


def below(package: str, arrows: set[tuple[str, str]]) -> set[str]:
    """Return what can be reached along the arrows."""
    found: set[str] = set()
    new = {package}
    while new:
        new = {other for one, other in arrows if one in new} - found
        found |= new
    return found
