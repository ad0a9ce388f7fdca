"""Read the tables of the data package from CSV files, and report all of their faults."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.fields import Record
from ocmap.dataset.tables import TABLES, TableSchema

HEADER = 1
FIRST_ROW = HEADER + 1
LONGEST_SHOWN = 60
VALID_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^",\r\n][^,\r\n]*|)(?:,|$)')


def read_dataset(directory: Path) -> Dataset:
    """Read all tables of the package in ``directory``.

    Raises:
        DataError: A file is missing or is not UTF-8, a column is missing, unknown or duplicate, or a cell has a value
            that its field does not allow. The error holds all faults of all files.
    """
    problems: list[Problem] = []
    tables: dict[str, tuple[Record, ...]] = {}
    for field in fields(Dataset):
        table = TABLES[field.name]
        tables[field.name] = tuple(_read_table(directory / table.file, table, problems))
    if problems:
        raise DataError(problems)
    return Dataset(**cast("Mapping[str, tuple[()]]", tables))


def _read_table(path: Path, table: TableSchema, problems: list[Problem]) -> list[Record]:
    """Read one table; append its faults to ``problems``."""
    text = read_text(path, problems, table.file)
    if text is None:
        return []
    rows = _rows(text, table.file, problems)
    header = next(rows, [])
    if not _check_header(header, table, problems):
        return []
    records = []
    for line, row in enumerate(rows, FIRST_ROW):
        if len(row) != len(header):
            column = _column(header, min(len(row), len(header)))
            expected = f"{len(header)} as in the header"
            problems.append(Problem(table.file, line, column, f"{len(row)} cells", expected))
            continue
        try:
            records.append(table.record.model_validate(dict(zip(header, row, strict=True))))
        except ValidationError as error:
            problems.extend(problem_of(details, table.file, line) for details in error.errors())
    return records


def read_text(path: Path, problems: list[Problem], file: str = "") -> str | None:
    """Return the text of a data file; None after appending to ``problems`` why it cannot be read.

    Args:
        path: The file.
        problems: Where a fault is appended.
        file: The name to report, if it is not the last part of the path.
    """
    file = file or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.append(Problem(file, 0, "-", f"cannot be read ({reason})", "a file of the data package"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        found = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(file, line, str(column), found, "text in UTF-8"))
        return None


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[list[str]]:
    """Yield the rows of a CSV text. A line break inside a cell is a fault, so row ``i`` is always on line ``i``."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    number = 0
    try:
        for row in reader:
            number += 1
            header = header or row
            if reader.line_num != number:
                column = next(i for i, cell in enumerate(row) if "\n" in cell or "\r" in cell)
                found, expected = "line break inside a cell", "one record a line"
                problems.append(Problem(file, number, _column(header, column), found, expected))
                return
            yield row
    except csv.Error as error:
        column = _broken_cell(io.StringIO(text, newline=""), number)
        expected = "cells quoted as in RFC 4180"
        problems.append(Problem(file, number + 1, _column(header, column), f"broken CSV ({error})", expected))


def _broken_cell(lines: Iterable[str], before: int) -> int:
    """Return the index of the invalid cell in the line after the first ``before`` lines."""
    line = next(islice(lines, before, None), "").rstrip("\r\n")
    count, at = 0, 0
    while at < len(line) and (cell := VALID_CELL.match(line, at)) and cell.end() - at <= csv.field_size_limit():
        count, at = count + 1, cell.end()
    return count


def _column(header: Sequence[str], i: int) -> str:
    """Return the name of a column, or its number from 1 if the header has no usable name for it."""
    return header[i] if i < len(header) and header[i].isidentifier() else str(i + 1)


def _check_header(header: list[str], table: TableSchema, problems: list[Problem]) -> bool:
    """Return whether the header has each column of the schema once and no other; append its faults otherwise."""
    columns = list(table.record.model_fields)
    expected = f"the columns {', '.join(columns)}"
    faults = [Problem(table.file, HEADER, name, "missing column", expected) for name in columns if name not in header]
    for i, name in enumerate(header):
        if name not in columns:
            faults.append(Problem(table.file, HEADER, str(i + 1), f"unknown column {shorten(name)!r}", expected))
        elif name in header[:i]:
            faults.append(Problem(table.file, HEADER, name, "duplicate column", expected))
    problems.extend(faults)
    return not faults


def problem_of(error: ErrorDetails, file: str, line: int) -> Problem:
    """Convert an error of pydantic to a problem."""
    column = str(error["loc"][0]) if error["loc"] else "-"
    expected = error["msg"].removeprefix("Input should be ").removeprefix("String should ")
    return Problem(file, line, column, f"{shorten(str(error['input']))!r}", expected)


def shorten(text: str) -> str:
    """Cut a text to the length of a message."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
