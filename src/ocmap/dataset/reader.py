"""Read the tables of the data package from CSV files, and report all of their faults."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ocmap.dataset.changes import read_releases
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.fields import Record
from ocmap.dataset.settings import read_settings
from ocmap.dataset.tables import TABLES, TableSchema
from ocmap.dataset.text_files import problem_of, read_text, shorten

HEADER = 1
FIRST_ROW = HEADER + 1
VALID_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^",\r\n][^,\r\n]*|)(?:,|$)')


def read_dataset(directory: Path) -> Dataset:
    """Read the settings, the versions and all tables of the package in ``directory``.

    Raises:
        DataError: A file is missing or is not UTF-8, a column is missing, unknown or duplicate, or a cell has a value
            that its field does not allow. The error holds all faults of all files.
    """
    problems: list[Problem] = []
    tables: dict[str, Any] = {}
    settings, releases = read_settings(directory, problems), read_releases(directory, problems)
    for name, table in TABLES.items():
        tables[name] = tuple(_read_table(directory / table.file, table, problems))
    if problems or settings is None:
        raise DataError(problems)
    return Dataset(settings, releases, **tables)


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
