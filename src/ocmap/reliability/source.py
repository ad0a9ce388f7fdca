"""Check the package against its source: fingerprints of sentences, and places and actors named in them.

The sentences are not part of the package; whoever has them can check it. No problem repeats the source's text.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.reader import FIRST_ROW, HEADER
from ocmap.dataset.schema import Actor, Place
from ocmap.dataset.text_files import shorten
from ocmap.reliability.persons import names_of

SOURCE = Path("..", "shared", "source", "profile_sentences.csv")
"""Where the source's sentences can be, relative to the folder that contains the data package."""
COLUMNS = ("sentence_id", "text")


def is_named(names: tuple[str, ...], text: str) -> bool:
    """Return whether one of the names is in a text as whole words; case and form of apostrophes do not matter."""
    folded = _fold(text)
    return any(re.search(rf"(?<!\w){re.escape(_fold(name))}(?!\w)", folded) for name in names)


def _fold(text: str) -> str:
    return text.replace("’", "'").casefold()


def check_source(dataset: Dataset, path: Path) -> list[Problem]:
    """Return all differences between the package and the source, in the order of files and lines.

    Args:
        dataset: The data package.
        path: A CSV file with the columns ``sentence_id`` and ``text``; other columns are ignored.
    """
    problems: list[Problem] = []
    texts = _read_source(path, problems)
    if not problems:
        problems += check_sentences(dataset, texts, path.name)
        problems += check_names(dataset, texts)
    return sorted(set(problems))


def _read_source(path: Path, problems: list[Problem]) -> dict[str, str]:
    """Return the source's sentences by id; append to ``problems`` why they cannot be read."""
    try:
        rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        expected = f"the columns {' and '.join(COLUMNS)}"
        problems += [Problem(path.name, HEADER, name, "missing column", expected) for name in missing]
        return {} if missing else {row["sentence_id"]: row["text"] or "" for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found = f"cannot be read ({type(error).__name__})"
        problems.append(Problem(path.name, 0, "-", found, "the source's sentences as CSV in UTF-8"))
        return {}


def check_sentences(dataset: Dataset, texts: Mapping[str, str], file: str) -> Iterator[Problem]:
    """The package has exactly the source's sentences, with their fingerprints and numbers of words."""
    for line, sentence in enumerate(dataset.sentences, FIRST_ROW):
        at = ("sentences.csv", line)
        text = texts.get(sentence.sentence_id)
        if text is None:
            yield Problem(*at, "sentence_id", f"{sentence.sentence_id} is not in the source", f"an id of {file}")
            continue
        if (digest := hashlib.sha256(text.encode()).hexdigest()) != sentence.sha256:
            yield Problem(*at, "sha256", repr(shorten(sentence.sha256)), f"{digest} as in the source")
        if (words := len(text.split())) != sentence.words:
            yield Problem(*at, "words", f"{sentence.words}", f"{words} as in the source")
    for missing in sorted(texts.keys() - dataset.sentence.keys()):
        yield Problem("sentences.csv", HEADER, "sentence_id", f"{missing} missing", f"every sentence of {file}")


def check_names(dataset: Dataset, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Each coded place and actor is named in its sentence."""
    for line, row in enumerate(dataset.statement_places, FIRST_ROW):
        statement, place = dataset.statement.get(row.statement_id), dataset.place.get(row.place_id)
        text = texts.get(statement.sentence_id) if statement else None
        if statement and place and text is not None and not is_named(names_of(place), text):
            found = f"{place.place_id!r} is not in {statement.sentence_id} under any of its names"
            yield Problem("statement_places.csv", line, "place_id", found, _names_expected(place))
    for line, statement in enumerate(dataset.statements, FIRST_ROW):
        text = texts.get(statement.sentence_id)
        for actor in (dataset.actor[actor_id] for actor_id in statement.actors if actor_id in dataset.actor):
            if text is not None and not is_named(names_of(actor), text):
                found = f"{actor.actor_id!r} is not in {statement.sentence_id} under any of its names"
                yield Problem("statements.csv", line, "actors", found, _names_expected(actor))


def _names_expected(record: Place | Actor) -> str:
    return f"one of {', '.join(dict.fromkeys(names_of(record)))}"
