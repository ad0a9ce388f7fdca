"""Read a text file of the data package, and report what pydantic finds wrong in it."""

from pathlib import Path

from pydantic_core import ErrorDetails

from ocmap.dataset.errors import Problem

LONGEST_SHOWN = 60


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


def problem_of(error: ErrorDetails, file: str, line: int) -> Problem:
    """Convert an error of pydantic to a problem."""
    column = str(error["loc"][0]) if error["loc"] else "-"
    expected = error["msg"].removeprefix("Input should be ").removeprefix("String should ")
    return Problem(file, line, column, f"{shorten(str(error['input']))!r}", expected)


def shorten(text: str) -> str:
    """Cut a text to the length of a message."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
