"""Words in two languages, and the few rules by which they are joined."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from ocmap.dataset.schema import LANGUAGES, Actor, Lang, Place, Route, Statement, Topic
from ocmap.i18n.catalogue import Words, check_texts, of, of_phrase, phrase_of, words_of

__all__ = [
    "Words",
    "and_list",
    "by_language",
    "check_texts",
    "date_of",
    "definition_of",
    "goods_of",
    "language_of",
    "lower_first",
    "name_list",
    "name_of",
    "number",
    "of",
    "of_phrase",
    "phrase_of",
    "short_of",
    "text_of",
    "words_of",
]

E_SOUNDS = ("i", "í", "hi", "hí")  # «y» becomes «e» before these


def by_language(text: Callable[[Lang], str]) -> dict[Lang, str]:
    """Return what a function of the language gives for each language."""
    return {lang: text(lang) for lang in LANGUAGES}


def language_of(locale: str | None) -> Lang:
    """Return the language for a browser's locale such as ``es-PE``: Spanish where it is neither."""
    return "en" if (locale or "").lower().split("-")[0] == "en" else "es"


def name_of(place: Place | Topic | Actor, lang: Lang) -> str:
    """Return the name of a place, a topic or an actor."""
    if isinstance(place, Actor):
        return place.name_es if lang == "es" else place.name
    return place.name_es if lang == "es" else place.name_en


def short_of(topic: Topic, lang: Lang) -> str:
    """Return a topic's short name."""
    return topic.short_es if lang == "es" else topic.short_en


def definition_of(topic: Topic, lang: Lang) -> str:
    """Return what a topic takes in."""
    return topic.definition_es if lang == "es" else topic.definition_en


def text_of(statement: Statement, lang: Lang) -> str:
    """Return a statement's text."""
    return statement.text_es if lang == "es" else statement.text_en


def goods_of(route: Route, lang: Lang) -> str:
    """Return what a route moves."""
    return route.goods_es if lang == "es" else route.goods_en


def number(value: float, lang: Lang) -> str:
    """Return a whole number grouped as the language does: 85 301 in Spanish, 85,301 in English."""
    grouped = f"{value:,.0f}"
    return grouped.replace(",", "\u00a0") if lang == "es" else grouped


def date_of(day: date, lang: Lang) -> str:
    """Return a day as running text has it: 26 de noviembre de 2026."""
    words = of(lang)
    return words["date.full"].format(day=day.day, month=words[f"month.{day.month}"], year=day.year)


def lower_first(name: str) -> str:
    """Return a name as it stands inside a sentence, without its capital."""
    return name[:1].lower() + name[1:]


def name_list(names: Iterable[str], lang: Lang) -> str:
    """Return names as one list, of which only the first begins with a capital: ``Armas y extorsión``."""
    first, *others = names
    return and_list([first, *map(lower_first, others)], lang)


def and_list(items: Sequence[str], lang: Lang) -> str:
    """Return ``a, b y c`` or ``a, b and c``; in Spanish «y» gives way to «e» where it must."""
    if len(items) <= 1:
        return "".join(items)
    joint = "and"
    if lang == "es":
        last = items[-1].lower()
        joint = "e" if last.startswith(E_SOUNDS) and not last.startswith(("hie", "hia", "ie", "io")) else "y"
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"
