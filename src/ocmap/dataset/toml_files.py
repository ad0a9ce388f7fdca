"""Read a TOML file of the data package, and report all of its faults with their positions."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ocmap.dataset.errors import Problem
from ocmap.dataset.text_files import problem_of, read_text

BROKEN = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
HEADER = re.compile(r"\s*(\[\[?)([^\]#]+)\]")
KEY = re.compile(r'\s*((?:[A-Za-z0-9_-]+|"[^"\n]*")(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"))*)\s*=')
FAULTS_OF_KEYS = {"missing": ("missing", "a value"), "extra_forbidden": ("unknown key", "a key of this file")}
"""What is found and expected where a key is missing or unknown, by pydantic's name of the error."""

Model = TypeVar("Model", bound=BaseModel)
Lines = Mapping[str, tuple[int, int]]
"""Where each key stands: its line, and the character at which it begins."""


def read_toml(data: Path, file: str, model: type[Model], problems: list[Problem]) -> tuple[Model, Lines] | None:
    """Return the content of a file, and where its keys stand; None after appending its faults to ``problems``.

    Args:
        data: The data package.
        file: The file's name inside it.
        model: Its schema.
        problems: Where a fault is appended.
    """
    text = read_text(data / file, problems, file)
    if text is None:
        return None
    lines = dict(_lines_of(text))
    try:
        return model.model_validate(tomllib.loads(text)), lines
    except tomllib.TOMLDecodeError as error:
        problems.append(_broken(file, str(error), text))
    except ValidationError as error:
        for details in error.errors():
            fault = problem_of(details, file, 0)
            found, expected = FAULTS_OF_KEYS.get(details["type"], (fault.found, fault.expected))
            problems.append(problem_at(file, lines, ".".join(map(str, details["loc"])), found, expected))
    return None


def _broken(file: str, message: str, text: str) -> Problem:
    match = BROKEN.fullmatch(message)
    reason, line, column = match.groups() if match else (message, None, None)
    return Problem(file, int(line or text.count("\n") + 1), column or "1", f"broken TOML ({reason})", "TOML 1.0")


def _lines_of(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each key with its line and the character where it begins; ``a.0.b`` is of the first table ``[[a]]``."""
    table, counts = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _plain(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{counts[table]}"
            yield table, (number, header.start(1) + 1)
        elif key := KEY.match(line):
            yield f"{table}.{_plain(key[1])}".lstrip("."), (number, key.start(1) + 1)


def _plain(key: str) -> str:
    return ".".join(part.strip().strip('"') for part in key.split("."))


def problem_at(file: str, lines: Lines, key: str, found: str, expected: str) -> Problem:
    """Return a fault of the value under a key such as ``start.example``, with the key and its position.

    The position is that of the table around the key where the key itself is missing, or else that of the file's begin.
    """
    around = [key.rsplit(".", up)[0] for up in range(key.count(".") + 1)]
    line, column = next((lines[one] for one in around if one in lines), (1, 1))
    return Problem(file, line, str(column), f"{key}: {found}", expected)
