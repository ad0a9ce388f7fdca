"""The shipped texts say no more than their sentences, and the same in both languages.

The sentences are not in the repository. What a text may say because its sentence does is listed here, by statement.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Statement

DEICTIC_EN = re.compile(
    r"\b(today|nowadays|now|current|currently|present|presently|so far|this (?:year|government|administration)"
    r"|(?<!then )(?<!former )presidents?)\b",
    re.IGNORECASE,
)
DEICTIC_ES = re.compile(
    r"\b(hoy|ahora|actual(?:es|mente)?|hasta la fecha|este (?:año|gobierno)|(?<!entonces ocupaba la )presidencia)\b",
    re.IGNORECASE,
)
RECENT_EN, RECENT_ES = (
    re.compile(r"\brecent(ly)?\b", re.IGNORECASE),
    re.compile(r"\breciente|últimos|hace poco", re.IGNORECASE),
)
RECENT = (
    "arms.5-a cyber.1-a cyber.2-a excisable.2-a extortion.3-b fauna.6-a financial.5-b human_smuggling.5-a"
    " non_renewable.2-a synthetic.2-a"
)
"""Statements whose sentence says recent or recently: before it was published, not before it is read."""
PERIOD = (
    "aml.3-a aml.3-b cooperation.2-a judiciary.2-a judiciary.2-b territorial_integrity.3-a territorial_integrity.3-b"
    " transparency.3-a transparency.3-b"
)
"""Statements whose sentence is about the period that the profile covers."""
CONTRAST_EN = re.compile(r"\b(although|but|despite|even when|however|nevertheless|yet)\b", re.IGNORECASE)
CONTRAST_ES = re.compile(r"\b(aun cuando|aunque|pero|pese a|sin embargo)\b", re.IGNORECASE)
CONTRAST = (
    "aml.2-b aml.5-a aml.6-a cannabis.1-b cannabis.2-a counterfeit.2-b counterfeit.6-b cyber.2-b fauna.6-a"
    " judiciary.3-a judiciary.5-a law_enforcement.1-a law_enforcement.5-a law_enforcement.8-b leadership.4-a"
    " non_renewable.3-b non_state_actors.2-b non_state_actors.4-a policies_laws.1-a policies_laws.4-a prevention.5-a"
    " regulatory_capacity.3-a state_embedded.7-a territorial_integrity.5-a transparency.4-a victim_support.3-b"
)
"""Statements whose sentence sets them against something."""
POINTING = re.compile(
    r"^(It|They|These|This|Those|Estas?|Estos?|Ellas|Ellos)\b"
    r"|\b(these|this|such) (groups?|networks?|trade|measures|efforts|activities|practices)\b"
    r"|\best[aeo]s? (grupos?|redes?|comercio|medidas|esfuerzos|actividades|prácticas)\b"
)
BRITISH_S = re.compile(
    r"\b\w*(author|categor|central|critic|emphas|general|global|legal|minim|mobil|modern|normal|organ|priorit|real|recogn"
    r"|special|stabil|summar|util)is(e[ds]?|ing|ations?)\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(behavior|center|defense|favor|labor|license[sd]|neighboring|program|fueled|trafficing)\b", re.IGNORECASE
)
STRONG = re.compile(
    r"\b(above all|all|always|biggest|central|chief|chiefly|chronic|considerable|critical|deeply|dramatically|endemic"
    r"|especially|everywhere|extensive|far|frequently|gravest|high|highly|key|largest|leading|main|mainly|major|many|most"
    r"|mostly|notable|notably|numerous|often|only|particularly|pervades|pervasive|predominantly|prevalent|primarily|primary"
    r"|prominent|robust|severe|severely|significant|significantly|soared|strongly|substantial|surge|surged|very|widespread"
    r"|worst)\b",
    re.IGNORECASE,
)
DEGREES = {
    r"\b(sobre todo|en especial)\b": r"especially|focus|mainly|notably|particular|primarily|mostly|predominantly",
    r"\bprincipal(es|mente)?\b": r"main|mostly|predominantly|primar",
    r"\b(muy|gran(des)?)\b": r"extensive|high|large|mainstream|major|prevalent|significant|very|widespread",
    r"\bgrave(mente|s)?\b": r"major|sever",
    r"\b(much[ao]s?|numeros[ao]s)\b": r"high|many|numerous|very",
    r"\b(con frecuencia|a menudo|suelen?|frecuentes?)\b": r"common|frequently|often|prevalent",
    r"\b(disparado|con fuerza|fuerte|drásticamente)\b": r"dramatic|high|surg",
    r"\bclave\b": r"\bkey\b",
    r"\b(amplia|amplio|generalizad[ao]|extendid[ao]s?)\b": r"extensive|pervasive|prevalent|widespread",
    r"\b(importantes?|considerables?)\b": r"considerable|major|much|notable|significant|substantial",
    r"\bmayoría\b": r"\bmost",
    r"\bprofundamente\b": r"\bdeeply\b",
    r"\bcrític[ao]s?\b": r"critic",
    r"\b(siempre|todas?|todos|solo|únicamente|enorme|masiv[ao])\b": r"\ball\b|\balways\b|\bonly\b",
}
"""Words of degree in Spanish, and those of which the English must have one."""
NAMES = {
    "Amazonas": "Amazonas",
    "Amazonía": r"Amazon\b",
    "Asia": "Asia",
    "Balcanes": "Balkan",
    "Bélgica": "Belgi",
    r"[Bb]olivia": "Bolivia",
    "Brasil|brasile": "Brazil",
    "Cajamarca": "Cajamarca",
    "Chile|chilen": "Chile",
    "Colombia|colombian": "Colombia",
    "Comando Vermelho": "Comando Vermelho",
    "cuban": "Cuba",
    "Cusco": "Cusco",
    "Ecuador|ecuatorian": "Ecuador",
    "Estados Unidos|estadounidens": r"United States|\bUS\b",
    "Europa|europe": "Europe",
    "Gamarra": "Gamarra",
    "haitian": "Haiti",
    "italian": "Ital",
    "La Libertad": "La Libertad",
    r"Lima\b": "Lima",
    "América del Norte": "North America",
    "América Latina": "Latin America",
    "Caribe": "Caribbean",
    "México|mexican": "Mexic",
    "Pacífico": "Pacific",
    "Atlántico": "Atlantic",
    "Piura": "Piura",
    "Polvos Azules": "Polvos Azules",
    "Primeiro Comando": "Primeiro Comando",
    "Puno": "Puno",
    "Sendero Luminoso": "Sendero Luminoso",
    "Tiguerones": "Tiguerones",
    "Tren de Aragua": "Tren de Aragua",
    "Tumbes": "Tumbes",
    "Turquía": "Türkiye",
    "Venezuela|venezolan": "Venezuel",
}
"""What Spanish and English texts call places and groups."""


def is_said_of(
    statements: tuple[Statement, ...], english: re.Pattern[str], spanish: re.Pattern[str]
) -> tuple[str, str]:
    """Return the statements in which each language says it."""
    return (
        " ".join(s.statement_id for s in statements if english.search(s.text_en)),
        " ".join(s.statement_id for s in statements if spanish.search(s.text_es)),
    )


def names_in(text: str, language: int) -> list[str]:
    """Return the names of a text in their order; language is 0 for Spanish and 1 for English."""
    found = [(match.start(), es) for es, en in NAMES.items() if (match := re.search((es, en)[language], text))]
    return [name for _, name in sorted(found)]


def english_texts(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield the package's English prose, each with its record's id."""
    for statement in dataset.statements:
        yield statement.statement_id, statement.text_en
    for topic in dataset.topics:
        yield topic.topic_id, f"{topic.name_en} {topic.short_en} {topic.definition_en}"
    for actor in dataset.actors:
        yield actor.actor_id, f"{actor.name} {actor.note}"
    for place in dataset.places:
        yield place.place_id, f"{place.name_en} {place.note}"


def test_no_text_points_at_the_time_of_its_reader(dataset: Dataset) -> None:
    assert is_said_of(dataset.statements, DEICTIC_EN, DEICTIC_ES) == ("", "")


def test_recent_is_said_where_the_sentence_says_it(dataset: Dataset) -> None:
    assert is_said_of(dataset.statements, RECENT_EN, RECENT_ES) == (RECENT, RECENT)


def test_the_period_is_said_where_the_sentence_says_it(dataset: Dataset) -> None:
    english, spanish = (
        re.compile("in the period under review", re.IGNORECASE),
        re.compile("en el período analizado", re.IGNORECASE),
    )
    assert is_said_of(dataset.statements, english, spanish) == (PERIOD, PERIOD)


def test_a_contrast_is_said_where_the_sentence_says_it(dataset: Dataset) -> None:
    assert is_said_of(dataset.statements, CONTRAST_EN, CONTRAST_ES) == (CONTRAST, CONTRAST)


def test_no_text_points_at_another_sentence(dataset: Dataset) -> None:
    pointing = [s.statement_id for s in dataset.statements if POINTING.search(s.text_en) or POINTING.search(s.text_es)]
    assert pointing == []


def test_english_is_british_with_ize(dataset: Dataset) -> None:
    assert [i for i, text in english_texts(dataset) if BRITISH_S.search(text) or AMERICAN.search(text)] == []


def test_strong_words_stand_only_where_the_sentence_has_them(dataset: Dataset, root: Path) -> None:
    with (root / "tests" / "data" / "strengtheners.csv").open(encoding="utf-8", newline="") as handle:
        listed = {(row["statement_id"], row["word"]) for row in csv.DictReader(handle)}
    said = {(s.statement_id, word.lower()) for s in dataset.statements for word in STRONG.findall(s.text_en)}
    assert (said - listed, listed - said) == (set(), set())


def test_spanish_has_no_degree_that_english_lacks(dataset: Dataset) -> None:
    stronger = [
        (statement.statement_id, match.group())
        for statement in dataset.statements
        for spanish, english in DEGREES.items()
        if (match := re.search(spanish, statement.text_es, re.IGNORECASE))
        and not re.search(english, statement.text_en, re.IGNORECASE)
    ]
    assert stronger == []


def test_both_languages_name_the_same_in_the_same_order(dataset: Dataset) -> None:
    different = [
        (statement.statement_id, names_in(statement.text_en, 1), names_in(statement.text_es, 0))
        for statement in dataset.statements
        if names_in(statement.text_en, 1) != names_in(statement.text_es, 0)
    ]
    assert different == []
