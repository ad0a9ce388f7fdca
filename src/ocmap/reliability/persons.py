"""Prove what the package promises beyond its own tables: that it names no person, and that it follows its source.

The source's sentences are not in the package. Whoever has them can check each sentence's fingerprint, and that every
place and actor coded really stands in its sentence. No problem repeats more of a text than the word at fault.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.errors import Problem
from ocmap.dataset.reader import FIRST_ROW, HEADER, Dataset, shorten
from ocmap.dataset.schema import TABLES, Actor, Place

SOURCE = Path("..", "shared", "source", "profile_sentences.csv")
"""Where the source's sentences may lie, as seen from the folder that holds the data package."""

ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "Comando Vermelho": "an organisation",
        "Los Tiguerones": "an organisation",
        "Primeiro Comando da Capital": "an organisation",
        "Revolutionary Armed Forces": "an organisation",
        "Sendero Luminoso": "an organisation",
        "Tren de Aragua": "an organisation",
        "Amazonía": "an area",
        "Andean": "an area",
        "Atlántico": "an ocean",
        "Pacífico": "an ocean",
        "La Victoria": "a district of Lima, in a note",
        "Brazilians": "a nationality",
        "Mexicans": "a nationality",
        "English": "a language",
        "Spanish": "a language",
        "January": "a month",
        "February": "a month",
        "Central Única de Denuncias": "a public service",
        "Congreso": "a public body",
        "Congress": "a public body",
        "Constitución": "a law",
        "Departamento de Estado": "a public body",
        "Estado": "the state",
        "Financial Action Task Force": "an international body",
        "Fiscalía": "a public body",
        "Fuerzas Armadas": "a public body",
        "Gobierno": "a public body",
        "Grupo de Acción Financiera Internacional": "an international body",
        "Interpol": "an international body",
        "Ministerio del Interior": "a public body",
        "Ministry of the Interior": "a public body",
        "National Police": "a public body",
        "Naciones Unidas": "an international body",
        "Poder Ejecutivo": "a branch of the state",
        "Poder Judicial": "a branch of the state",
        "Policía": "a public body",
        "Policía Nacional": "a public body",
        "Presidencia": "an office",
        "State Department": "a public body",
        "United Nations": "an international body",
    }
)
"""Names that stand in no table, each with what it is. A person is never one of them."""

OPENERS = frozenset({"despite"})
"""Words that open sentences here and are nowhere written small."""
HONORIFIC = re.compile(
    r"\b(?i:mr|mrs|ms|dr|dra|sr|sra|srta|don|doña|alias|president|presidente|presidenta|expresidente|minister|ministro"
    r"|ministra|judge|juez|jueza|prosecutor|fiscal|general|colonel|coronel|captain|capitán|senator|senador|senadora"
    r"|congressman|congresswoman|congresista)\b\.?\s+[A-ZÁÉÍÓÚÜÑ][\w’'-]*"
)
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
POSSESSIVES = ("’s", "'s")
ENDS_SENTENCE = ".:;?!"
OPENS_QUOTE = " \t‘“«(\"'"
TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "statements": ("text_en", "text_es"),
        "sentences": ("note",),
        "places": ("note",),
        "actors": ("name", "name_es", "aliases", "note"),
        "routes": ("goods_en", "goods_es"),
        "adjudication": ("reason",),
        "readings": ("before", "after", "reason"),
    }
)
"""The texts in which no person may be named, by table."""


class Token(NamedTuple):
    """A word of a text, whether it opens a sentence, and whether only space parts it from the word before."""

    word: str
    opens: bool
    joined: bool


def check_proofs(dataset: Dataset) -> list[Problem]:
    """Return every fault that shows without the source, in the order of files and lines."""
    return sorted(set(check_persons(dataset)))


def check_persons(dataset: Dataset) -> Iterator[Problem]:
    """No text names a person: every capitalised word in it is part of a name that is known to be none's.

    Known are the names of places and topics and, outside the table of actors itself, of actors, and `ALLOWED`. A
    word that opens a sentence may be capitalised for that alone; it is at fault only if another capitalised word
    follows and it is nowhere written small. Words all in capitals are taken for abbreviations.
    """
    places = [name for place in dataset.places for name in names_of(place)]
    topics = [name for one in dataset.topics for name in (one.name_en, one.name_es, one.short_en, one.short_es)]
    actors = [name for actor in dataset.actors for name in names_of(actor)]
    vetted = _phrases((*places, *topics, *ALLOWED))
    known = _phrases((*places, *topics, *ALLOWED, *actors))
    small = OPENERS.union(word for _, _, _, text in _texts(dataset) for word in WORD.findall(text) if word.islower())
    for table, line, column, text in _texts(dataset):
        for found in _suspects(text, vetted if table == "actors" else known, small):
            expected = "no person, or the name among those known"
            yield Problem(TABLES[table].file, line, column, f"{shorten(found)!r} may name a person", expected)


def _texts(dataset: Dataset) -> Iterator[tuple[str, int, str, str]]:
    """Yield each text in which no person may be named, with its table, line and column."""
    for table, columns in TEXTS.items():
        for line, record in enumerate(getattr(dataset, table), FIRST_ROW):
            for column in columns:
                value = getattr(record, column)
                for text in value if isinstance(value, tuple) else (value,):
                    yield table, line, column, text


def _phrases(names: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return names as rows of words, longest first, by their first word."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(token.word for token in _tokens(name))
        if words:
            found.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in found.items()}


@cache
def _tokens(text: str) -> tuple[Token, ...]:
    """Return a text's words, without a possessive's ending."""
    tokens: list[Token] = []
    end = 0
    for match in WORD.finditer(text):
        word, between = match.group(), text[end : match.start()]
        before = between.rstrip(OPENS_QUOTE)
        opens = before[-1] in ENDS_SENTENCE if before else not tokens
        word = word[:-2] if word.endswith(POSSESSIVES) else word
        tokens.append(Token(word, opens, bool(tokens) and not between.strip()))
        end = match.end()
    return tuple(tokens)


def _suspects(text: str, known: Mapping[str, tuple[tuple[str, ...], ...]], small: frozenset[str]) -> Iterator[str]:
    """Yield what may be a person's name in a text."""
    yield from HONORIFIC.findall(text)
    tokens = _tokens(text)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if row := _known_at(tokens, i, known.get(token.word, ())):
            i += len(row)
            continue
        if token.word[0].isupper() and not token.word.isupper():
            after = tokens[i + 1 : i + 2]
            alone = not (after and after[0].joined and after[0].word[0].isupper())
            if not (token.opens and (alone or token.word.lower() in small)):
                yield token.word
        i += 1


def _known_at(tokens: Sequence[Token], start: int, rows: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the first of the rows of words that stands at a token, or None."""
    for row in rows:
        if row == tuple(token.word for token in tokens[start : start + len(row)]):
            return row
    return None


def names_of(record: Place | Actor) -> tuple[str, ...]:
    """Return every name of a place or an actor: in both languages, and those that the source may use."""
    own = (record.name_en,) if isinstance(record, Place) else (record.name,)
    return (*own, record.name_es, *record.aliases)


def stands_in(names: tuple[str, ...], text: str) -> bool:
    """Return whether one of the names stands in a text as whole words, whatever its case and apostrophes."""
    folded = _fold(text)
    return any(re.search(rf"(?<!\w){re.escape(_fold(name))}(?!\w)", folded) for name in names)


def _fold(text: str) -> str:
    return text.replace("’", "'").casefold()


def check_source(dataset: Dataset, path: Path) -> list[Problem]:
    """Return every fault of the package against the source's sentences in the CSV file at ``path``.

    The file has the columns ``sentence_id`` and ``text``; others are left alone.
    """
    problems: list[Problem] = []
    texts = _read_source(path, problems)
    if not problems:
        problems += check_sentences(dataset, texts, path.name)
        problems += check_named(dataset, texts)
    return sorted(set(problems))


def _read_source(path: Path, problems: list[Problem]) -> dict[str, str]:
    """Return the source's sentences by their ids; append why they cannot be read to ``problems``."""
    try:
        rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
        missing = [name for name in ("sentence_id", "text") if name not in (rows.fieldnames or ())]
        problems += [Problem(path.name, 1, name, "the column is missing", "it") for name in missing]
        return {} if missing else {row["sentence_id"]: row["text"] or "" for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = f"it cannot be read ({type(error).__name__})"
        problems.append(Problem(path.name, 0, "-", reason, "the source's sentences as CSV in UTF-8"))
        return {}


def check_sentences(dataset: Dataset, texts: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Each sentence of the package is the source's, by fingerprint and number of words, and none is left out."""
    for line, sentence in enumerate(dataset.sentences, FIRST_ROW):
        at = ("sentences.csv", line)
        text = texts.get(sentence.sentence_id)
        if text is None:
            yield Problem(*at, "sentence_id", f"{sentence.sentence_id} is not in the source", f"an id of {file}")
            continue
        if (digest := hashlib.sha256(text.encode()).hexdigest()) != sentence.sha256:
            yield Problem(*at, "sha256", repr(shorten(sentence.sha256)), f"{digest}, the source's")
        if (words := len(text.split())) != sentence.words:
            yield Problem(*at, "words", f"{sentence.words}", f"{words} as in the source")
    for missing in sorted(texts.keys() - dataset.sentence.keys()):
        yield Problem("sentences.csv", HEADER, "sentence_id", f"{missing} is missing", f"every sentence of {file}")


def check_named(dataset: Dataset, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Each place and actor coded stands in its sentence under one of its names."""
    for line, row in enumerate(dataset.statement_places, FIRST_ROW):
        statement, place = dataset.statement.get(row.statement_id), dataset.place.get(row.place_id)
        text = texts.get(statement.sentence_id) if statement else None
        if statement and place and text is not None and not stands_in(names_of(place), text):
            found = f"{place.place_id!r} does not stand in {statement.sentence_id} under any of its names"
            yield Problem("statement_places.csv", line, "place_id", found, _names_expected(place))
    for line, statement in enumerate(dataset.statements, FIRST_ROW):
        text = texts.get(statement.sentence_id)
        for actor in (dataset.actor[one] for one in statement.actors if one in dataset.actor):
            if text is not None and not stands_in(names_of(actor), text):
                found = f"{actor.actor_id!r} does not stand in {statement.sentence_id} under any of its names"
                yield Problem("statements.csv", line, "actors", found, _names_expected(actor))


def _names_expected(record: Place | Actor) -> str:
    return f"one of {', '.join(dict.fromkeys(names_of(record)))}"
