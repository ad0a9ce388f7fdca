"""Every shipped statement, by itself, is fit to be read in both languages."""

import re
from pathlib import Path

import pytest

from ocmap.dataset.reader import Dataset, read_dataset

SHIPPED = read_dataset(Path(__file__).parents[2] / "geodata")
STATEMENTS = [statement.statement_id for statement in SHIPPED.statements]
SHORTEST, LONGEST = 6, 30
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
ENGLISH = frozenset(
    re.split(
        r"\s+",
        "the of and to is are was were with by from for which that who whose their its they this these those has have"
        " had been be not or as at it on into than more some most other between through against among inside",
    )
)
SPANISH = frozenset(
    re.split(
        r"\s+",
        "el la los las de del y que en un una unos por para con se su sus al lo es son fue entre sobre como más pero"
        " cuyo cuya hasta desde hacia según",
    )
)
NAMES = ("La Libertad", "La Pampa", "La Victoria", "Los Tiguerones", "Tren de Aragua", "Madre de Dios")
NAMES_OF_BODIES = ("Central Única de Denuncias",)
QUOTES = {"“": "”", "‘": "’", "«": "»", "(": ")"}


def words(text: str) -> list[str]:
    return WORD.findall(text)


def functions(text: str, listed: frozenset[str]) -> list[str]:
    """Return the listed words of a text, names apart; only words written small count."""
    for name in (*NAMES, *NAMES_OF_BODIES):
        text = text.replace(name, "")
    return [word for word in words(text) if word in listed]


def texts(statement_id: str) -> tuple[str, str]:
    statement = SHIPPED.statement[statement_id]
    return statement.text_en, statement.text_es


@pytest.mark.parametrize("statement_id", STATEMENTS)
def test_a_statement_is_fit_to_be_read(statement_id: str) -> None:
    english, spanish = texts(statement_id)
    assert english != spanish
    for text in (english, spanish):
        assert text[-1] == ".", "it ends with a full stop"
        assert text[0].isupper(), "it begins with a capital"
        assert SHORTEST <= len(words(text)) <= LONGEST, f"it has {len(words(text))} words"
        assert text == " ".join(text.split()), "its spaces are single"
        assert not re.search(r" [,.;:)]|\( |\.\.|,,", text), "its stops stand by their words"
        assert not re.search(r"['\"]", text), "its quotes and apostrophes are typographic"
        assert len(re.findall(r"[.!?](?:\s|$)", text)) == 1, "it is one sentence"


@pytest.mark.parametrize("statement_id", STATEMENTS)
def test_a_statement_is_in_its_language(statement_id: str) -> None:
    english, spanish = texts(statement_id)
    assert functions(spanish, ENGLISH) == []
    assert functions(english, SPANISH) == []
    assert functions(spanish, SPANISH) != []
    assert functions(english, ENGLISH) != []
    assert not re.search(r"[¿¡«»]", english), "English has its own marks"


@pytest.mark.parametrize("statement_id", STATEMENTS)
def test_what_a_statement_opens_it_closes(statement_id: str) -> None:
    for text in texts(statement_id):
        without_apostrophes = re.sub(r"(?<=\w)’", "", text)
        for opens, closes in QUOTES.items():
            assert without_apostrophes.count(opens) == without_apostrophes.count(closes)


@pytest.mark.parametrize("statement_id", STATEMENTS)
def test_both_languages_give_the_same_figures(statement_id: str) -> None:
    english, spanish = (
        re.findall(r"\d+", re.sub(r"(?<=\d)[,.\s](?=\d{3}\b)", "", text)) for text in texts(statement_id)
    )
    assert sorted(english) == sorted(spanish)


@pytest.mark.parametrize("statement_id", STATEMENTS)
def test_a_statement_has_a_topic_to_stand_under(statement_id: str) -> None:
    statement = SHIPPED.statement[statement_id]
    assert SHIPPED.sentence[statement.sentence_id].topic_id in SHIPPED.topic


def test_no_two_statements_read_the_same(dataset: Dataset) -> None:
    for column in ("text_en", "text_es"):
        every = [getattr(statement, column) for statement in dataset.statements]
        assert len(set(every)) == len(every)
