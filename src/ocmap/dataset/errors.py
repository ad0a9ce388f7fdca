"""Faults of data: where they stand, what is wrong, what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of a data file.

    Attributes:
        file: The file's name inside the data package.
        line: Its line, from 1; 0 only where the file itself is not there or cannot be opened. What a table or a
            collection lacks is told at its head.
        column: The column's name; where there is no such column its number, or for a file without columns the
            character's position in the line. ``-`` only where the line is 0.
        found: What is wrong.
        expected: What was expected instead.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return ``file:line:column: what is wrong, expected what``."""
        return f"{self.file}:{self.line}:{self.column}: {self.found}, expected {self.expected}"


class DataError(Exception):
    """A data package that cannot be used, with all of its faults."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the faults, in the order of files and lines."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
