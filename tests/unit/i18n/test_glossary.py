"""The glossary holds: what the screen, the files and the data say uses none of the words that it leaves out."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import LANGUAGES

GLOSSARY = "docs/glossary.md"
PLACEHOLDERS = re.compile(r"\{[{%#].*?[}%#]\}|\{\w+\}|<[^>]*>", re.DOTALL)
"""What is filled in, or is for the machine and not for the reader."""
CODE_WORDS = re.compile(r"\b(?:basis|hedge)\b(?=  |, lang|[,:] )|LICENSE", re.MULTILINE)
"""Names of columns and of parameters, which a README explains."""


def left_out(root: Path) -> list[str]:
    rows = [line.split("|") for line in (root / GLOSSARY).read_text("utf-8").splitlines() if line.startswith("| ")]
    return [word.casefold() for row in rows[1:] for word in re.findall(r"`([^`]+)`", row[4])]


def texts(root: Path, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield what readers see, each with where it is."""
    for lang in LANGUAGES:
        yield from (
            (f"{lang}: {key}", PLACEHOLDERS.sub("", text)) for key, text in i18n.words_of(DATASET, lang).texts.items()
        )
    package = root / "src" / "ocmap"
    for file in sorted((*package.glob("web/templates/*.html"), *package.glob("export/templates/*.txt"))):
        yield file.name, CODE_WORDS.sub("", PLACEHOLDERS.sub("", file.read_text("utf-8")))
    for topic in dataset.topics:
        yield topic.topic_id, " ".join(map(str, topic.model_dump().values()))
    for place in dataset.places:
        yield place.place_id, f"{place.name_en} {place.name_es}"
    for actor in dataset.actors:
        yield actor.actor_id, f"{actor.name} {actor.name_es} {actor.note}"


def test_no_text_uses_a_word_that_the_glossary_leaves_out(root: Path, dataset: Dataset) -> None:
    words = left_out(root)
    assert len(words) > len(LANGUAGES)
    found = [(where, word) for where, text in texts(root, dataset) for word in words if word in text.casefold()]
    assert found == []


def test_what_a_statement_names_has_one_wording(root: Path) -> None:
    """Each basis is in the glossary as the filters, the panels and the tables say it."""
    glossary = (root / GLOSSARY).read_text("utf-8")
    names = {text for lang in LANGUAGES for text in i18n.words_of(DATASET, lang).tables("basis").values()}
    assert [name for name in sorted(names) if i18n.lower_first(name) not in glossary] == []
