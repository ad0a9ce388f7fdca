"""All shipped statements are well-formed texts in both languages."""

import re
from collections.abc import Iterator

from ocmap.dataset.dataset import Dataset

SHORTEST, LONGEST = 6, 30
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
ENGLISH = frozenset(
    re.split(
        r"\s+",
        "the of and to is are was were with by from for which that who whose their its they this these those has have"
        " had been be not or as at it on into than more some most other between through against among inside in an",
    )
)
SPANISH = frozenset(
    re.split(
        r"\s+",
        "el la los las de del y que en un una unos por para con se su sus al lo es son fue entre sobre como más pero"
        " cuyo cuya hasta desde hacia según",
    )
)
NAMES = (
    "La Libertad",
    "La Pampa",
    "La Victoria",
    "Los Tiguerones",
    "Tren de Aragua",
    "Madre de Dios",
    "Central Única de Denuncias",
)
QUOTES = {"“": "”", "‘": "’", "«": "»", "(": ")"}


def words(text: str) -> list[str]:
    return WORD.findall(text)


def function_words(text: str, listed: frozenset[str]) -> list[str]:
    """Return the listed words of a text outside names; only words in lower case count."""
    for name in NAMES:
        text = text.replace(name, "")
    return [word for word in words(text) if word in listed]


def texts(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield all texts, each with its statement's id."""
    for statement in dataset.statements:
        yield statement.statement_id, statement.text_en
        yield statement.statement_id, statement.text_es


def figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[,.\s](?=\d{3}\b)", "", text)))


def faults_of_form(text: str) -> Iterator[str]:
    if text[-1] != ".":
        yield "no full stop at the end"
    if not text[0].isupper():
        yield "no capital at the beginning"
    if not SHORTEST <= len(words(text)) <= LONGEST:
        yield f"{len(words(text))} words"
    if text != " ".join(text.split()):
        yield "double spaces"
    if re.search(r" [,.;:)]|\( |\.\.|,,", text):
        yield "punctuation apart from its word"
    if re.search(r"['\"]", text):
        yield "straight quotes or apostrophes"
    if len(re.findall(r"[.!?](?:\s|$)", text)) != 1:
        yield "several sentences"
    without_apostrophes = re.sub(r"(?<=\w)’", "", text)
    for opening, closing in QUOTES.items():
        if without_apostrophes.count(opening) != without_apostrophes.count(closing):
            yield f"unbalanced {opening}{closing}"


def test_every_text_is_one_well_formed_sentence(dataset: Dataset) -> None:
    assert [(statement_id, fault) for statement_id, text in texts(dataset) for fault in faults_of_form(text)] == []


def test_every_text_is_in_its_language(dataset: Dataset) -> None:
    wrong = [
        statement.statement_id
        for statement in dataset.statements
        if function_words(statement.text_es, ENGLISH)
        or function_words(statement.text_en, SPANISH)
        or not function_words(statement.text_es, SPANISH)
        or not function_words(statement.text_en, ENGLISH)
        or re.search(r"[¿¡«»]", statement.text_en)
    ]
    assert wrong == []


def test_both_languages_have_the_same_figures(dataset: Dataset) -> None:
    different = [
        statement.statement_id
        for statement in dataset.statements
        if figures(statement.text_en) != figures(statement.text_es)
    ]
    assert different == []


def test_every_statement_has_a_topic(dataset: Dataset) -> None:
    topics = {s.statement_id: dataset.sentence[s.sentence_id].topic_id for s in dataset.statements}
    assert {statement_id: topic for statement_id, topic in topics.items() if topic not in dataset.topic} == {}


def test_no_two_statements_have_the_same_text(dataset: Dataset) -> None:
    for column in ("text_en", "text_es"):
        every = [getattr(statement, column) for statement in dataset.statements]
        assert len(set(every)) == len(every)
