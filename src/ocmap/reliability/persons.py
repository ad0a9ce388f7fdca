"""Check that no text of the package names a person."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.reader import FIRST_ROW
from ocmap.dataset.schema import Actor, Place
from ocmap.dataset.tables import TABLES
from ocmap.dataset.text_files import shorten

ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "Atlántico": "an ocean",
        "Pacífico": "an ocean",
        "Brazilians": "a nationality",
        "Mexicans": "a nationality",
        "English": "a language",
        "Spanish": "a language",
        "January": "a month",
        "February": "a month",
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
"""Names that any country's package can have, each with what it is. None is a person; ``profile.toml`` has more."""

OPENERS = frozenset({"despite"})
"""Words that begin sentences of the package and never occur in lower case there."""
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
        "review": ("reason",),
    }
)
"""The columns with texts, by table."""


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        word: The word, without the ending of a possessive.
        opens: Whether it begins a sentence.
        adjacent: Whether only white space is between it and the word before.
    """

    word: str
    opens: bool
    adjacent: bool


def check_persons(dataset: Dataset) -> list[Problem]:
    """Return a problem for each word that may name a person, in the order of files and lines.

    Every capitalised word must be part of a known name: of a place, a topic or an actor, in `ALLOWED` or in
    ``profile.toml``. The table of actors is checked without the names of actors. A word at the beginning of a sentence
    is a fault only if another capitalised word follows and it never occurs in lower case. Words in capitals are
    abbreviations.
    """
    places = [name for place in dataset.places for name in names_of(place)]
    topics = [
        name for topic in dataset.topics for name in (topic.name_en, topic.name_es, topic.short_en, topic.short_es)
    ]
    actors = [name for actor in dataset.actors for name in names_of(actor)]
    without_actors = _phrases((*places, *topics, *ALLOWED, *dataset.settings.names))
    known = _phrases((*places, *topics, *ALLOWED, *dataset.settings.names, *actors))
    lower = OPENERS.union(word for _, _, _, text in _texts(dataset) for word in WORD.findall(text) if word.islower())
    expected = "no person, or a name in a table, in ALLOWED or in profile.toml"
    problems = {
        Problem(TABLES[table].file, line, column, f"{shorten(word)!r} may name a person", expected)
        for table, line, column, text in _texts(dataset)
        for word in _suspects(text, without_actors if table == "actors" else known, lower)
    }
    return sorted(problems)


def _texts(dataset: Dataset) -> Iterator[tuple[str, int, str, str]]:
    """Yield each text with its table, line and column."""
    for table, columns in TEXTS.items():
        for line, record in enumerate(getattr(dataset, table), FIRST_ROW):
            for column in columns:
                value = getattr(record, column)
                for text in value if isinstance(value, tuple) else (value,):
                    yield table, line, column, text


def _phrases(names: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Split names into words; return them by their first word, the longest first."""
    phrases: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(token.word for token in _tokens(name))
        if words:
            phrases.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in phrases.items()}


@cache
def _tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text."""
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


def _suspects(text: str, known: Mapping[str, tuple[tuple[str, ...], ...]], lower: frozenset[str]) -> Iterator[str]:
    """Yield the words of a text that may be a person's name."""
    yield from HONORIFIC.findall(text)
    tokens = _tokens(text)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if phrase := _phrase_at(tokens, i, known.get(token.word, ())):
            i += len(phrase)
            continue
        if token.word[0].isupper() and not token.word.isupper():
            after = tokens[i + 1 : i + 2]
            alone = not (after and after[0].adjacent and after[0].word[0].isupper())
            if not (token.opens and (alone or token.word.lower() in lower)):
                yield token.word
        i += 1


def _phrase_at(tokens: Sequence[Token], start: int, phrases: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the first phrase that matches the tokens from a position, or None."""
    for phrase in phrases:
        if phrase == tuple(token.word for token in tokens[start : start + len(phrase)]):
            return phrase
    return None


def names_of(record: Place | Actor) -> tuple[str, ...]:
    """Return all names of a place or an actor: in both languages, and the aliases."""
    own = (record.name_en,) if isinstance(record, Place) else (record.name,)
    return (*own, record.name_es, *record.aliases)
