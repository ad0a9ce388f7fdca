"""Faults of the data: position, what was found and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of a data file.

    Attributes:
        file: The file's name inside the data package.
        line: The line, from 1. It is 1 if something is missing in the whole file, and 0 if the file itself cannot be
            opened or has no lines.
        column: The column's name, or its number if the header has no such name. In a file without columns, the
            position of the character in the line. ``-`` if none applies.
        found: What was found.
        expected: What was expected instead.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return ``file:line:column: what was found, expected what``."""
        return f"{self.file}:{self.line}:{self.column}: {self.found}, expected {self.expected}"


class DataError(Exception):
    """A data package that cannot be used, with all of its faults."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Store the faults, in the order of files and lines."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
