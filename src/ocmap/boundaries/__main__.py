"""``python -m ocmap.boundaries fetch`` and ``python -m ocmap.boundaries build``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ocmap.boundaries.fetching import fetch
from ocmap.boundaries.pipeline import build
from ocmap.dataset.atomic_write import reason_of
from ocmap.dataset.errors import DataError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two steps; 0 where it went well, 1 with the faults on the error stream otherwise."""
    parser = argparse.ArgumentParser(prog="python -m ocmap.boundaries", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    fetching = steps.add_parser("fetch", help="fetch the inputs, verified against their records")
    building = steps.add_parser("build", help="build the shapes, offline")
    for step in (fetching, building):
        step.add_argument("--raw", type=Path, default=Path("geodata/raw"), help="records and cache of inputs")
    building.add_argument("--out", type=Path, default=Path("geodata"), help="where the files go")
    building.add_argument("--departments", type=Path, help="an official layer of departments to build on")
    options = parser.parse_args(arguments)
    try:
        if options.step == "fetch":
            fetch(options.raw)
        else:
            build(options.raw, options.out, options.departments)
    except DataError as fault:
        print(fault, file=sys.stderr)  # noqa: T201
        return 1
    except OSError as fault:
        print(reason_of(fault), file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
