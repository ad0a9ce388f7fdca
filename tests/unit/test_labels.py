"""The words in two languages, and the rules by which they are joined."""

import re
import string
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from ocmap import i18n
from ocmap.analysis.view_state import Layer, View
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Group, Hedge, Mode, PlaceKind, PointRole
from ocmap.i18n import Lang, Words
from ocmap.web.map_data import SWATCHES

FIELDS = [field.name for field in fields(Words)]
LANGS: tuple[Lang, ...] = ("es", "en")
FAMILIES = {
    "badge": Basis,
    "basis": Basis,
    "ladder": Basis,
    "group": Group,
    "hedge": Hedge,
    "layer": Layer,
    "mode": Mode,
    "role": PointRole,
    "view": View,
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def endings(dataset: Dataset) -> set[str]:
    """Return what may follow a prefix in the name of a word that is put together when the app runs."""
    values = {one.value for enum in (*FAMILIES.values(), PlaceKind) for one in enum}
    places = {place.place_id.replace("-", "_").lower() for place in dataset.places}
    return values | places | set(SWATCHES) | {str(precision) for precision in range(1, 8)}


def sources(root: Path) -> Iterator[str]:
    folder = root / "src" / "ocmap"
    for file in (*folder.rglob("*.py"), *folder.rglob("*.html")):
        if "labels" not in file.parts or file.name == "__init__.py":
            yield file.read_text("utf-8")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", FIELDS)
def test_no_word_is_empty(name: str, lang: Lang) -> None:
    assert i18n.word(i18n.of(lang), name).strip(" ")


@pytest.mark.parametrize("name", FIELDS)
def test_a_word_has_the_same_placeholders_in_both_languages(name: str) -> None:
    spanish, english = (placeholders(i18n.word(i18n.of(lang), name)) for lang in LANGS)
    assert spanish == english


@pytest.mark.parametrize("name", [name for name in FIELDS if name.endswith("_one")])
def test_a_singular_has_a_plural_that_counts(name: str) -> None:
    assert "n" in placeholders(i18n.word(i18n.of("es"), name.removesuffix("_one")))


@pytest.fixture(scope="module")
def unused(root: Path, dataset: Dataset) -> set[str]:
    """Return the words whose name stands nowhere in the source, whole or as a prefix and a known value."""
    text = "\n".join(sources(root))
    direct = set(re.findall(r"\.(\w+)", text)) | set(re.findall(r"""["'](\w+)["']""", text))
    prefixes = set(re.findall(r"""f["'](\w+_)\{""", text))
    ends = endings(dataset)
    return {
        name
        for name in FIELDS
        if name not in direct
        and not (name.endswith("_one") and name.removesuffix("_one") in direct)
        and not any(name.startswith(prefix) and name.removeprefix(prefix) in ends for prefix in prefixes)
    }


@pytest.mark.parametrize("name", FIELDS)
def test_every_word_is_used(name: str, unused: set[str]) -> None:
    assert name not in unused


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("prefix", "value"), [(prefix, one.value) for prefix, kind in FAMILIES.items() for one in kind]
)
def test_every_value_that_is_shown_has_a_word(lang: Lang, prefix: str, value: str) -> None:
    assert i18n.word(i18n.of(lang), f"{prefix}_{value}")


@pytest.mark.parametrize("kind", PlaceKind)
def test_every_kind_of_place_has_a_word(kind: PlaceKind) -> None:
    assert i18n.word(i18n.of("es"), f"kicker_{kind}")


@pytest.mark.parametrize("precision", range(1, 8))
def test_every_precision_has_a_word(precision: int) -> None:
    assert i18n.word(i18n.of("es"), f"precision_{precision}")


@pytest.mark.parametrize(
    ("locale", "lang"),
    [
        ("es-PE", "es"),
        ("es", "es"),
        ("en-US", "en"),
        ("EN", "en"),
        ("fr-FR", "es"),
        ("qu-PE", "es"),
        ("english", "es"),
        ("", "es"),
        (None, "es"),
    ],
)
def test_a_locale_gives_its_language_and_otherwise_spanish(locale: str | None, lang: Lang) -> None:
    assert i18n.language_of(locale) == lang


@pytest.mark.parametrize(
    ("items", "lang", "joined"),
    [
        ([], "es", ""),
        (["oro"], "es", "oro"),
        (["oro", "madera"], "es", "oro y madera"),
        (["oro", "fauna", "madera"], "es", "oro, fauna y madera"),
        (["Arequipa", "Ica"], "es", "Arequipa e Ica"),
        (["Ica", "Arequipa"], "es", "Ica y Arequipa"),
        (["madera", "Íngrid"], "es", "madera e Íngrid"),
        (["oro", "hilo"], "es", "oro e hilo"),
        (["agua", "hielo"], "es", "agua y hielo"),
        (["madera", "hierro"], "es", "madera y hierro"),
        (["sal", "yodo"], "es", "sal y yodo"),
        (["Lima", "Huánuco"], "es", "Lima y Huánuco"),
        (["gold", "timber"], "en", "gold and timber"),
        (["Arequipa", "Ica"], "en", "Arequipa and Ica"),
        (["gold", "ice", "timber"], "en", "gold, ice and timber"),
    ],
)
def test_a_list_is_joined_as_the_language_does(items: list[str], lang: Lang, joined: str) -> None:
    assert i18n.and_list(items, lang) == joined


@pytest.mark.parametrize(
    ("phrase", "lang", "joined"),
    [
        ("el norte del país", "es", "del norte del país"),
        ("la Amazonía", "es", "de la Amazonía"),
        ("Elmer", "es", "de Elmer"),
        ("the Amazon", "en", "of the Amazon"),
    ],
)
def test_of_is_joined_to_its_phrase_as_the_language_does(phrase: str, lang: Lang, joined: str) -> None:
    assert i18n.of_phrase(phrase, lang) == joined


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [(85300.54, "es", "85\u00a0301"), (85300.54, "en", "85,301"), (146.98, "es", "147"), (0, "en", "0")],
)
def test_a_number_is_grouped_as_the_language_does(value: float, lang: Lang, text: str) -> None:
    assert i18n.number(value, lang) == text


@pytest.mark.parametrize(("n", "text"), [(0, "0 afirmaciones"), (1, "1 afirmación"), (2, "2 afirmaciones")])
def test_one_is_singular_and_everything_else_plural(n: int, text: str) -> None:
    assert i18n.counted(i18n.of("es"), "statements", n) == text


def test_an_actor_is_named_in_both_languages(dataset: Dataset) -> None:
    actor = dataset.actor["brazilian-groups"]
    assert (i18n.name_of(actor, "es"), i18n.name_of(actor, "en")) == ("Grupos brasileños", "Brazilian groups")


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_in_one_language_is_that_of_the_other(lang: Lang, dataset: Dataset) -> None:
    other: Lang = "en" if lang == "es" else "es"
    same = [one for one in dataset.statements if i18n.text_of(one, lang) == i18n.text_of(one, other)]
    assert same == []
