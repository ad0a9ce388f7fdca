"""The rules by which texts are joined and counted in each language."""

import pytest
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import LANGUAGES, Lang


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
    assert i18n.words_of(DATASET, "es").counted("count.statements", n) == text


def test_an_actor_is_named_in_both_languages(dataset: Dataset) -> None:
    actor = dataset.actor["brazilian-groups"]
    assert (i18n.name_of(actor, "es"), i18n.name_of(actor, "en")) == ("Grupos brasileños", "Brazilian groups")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_in_one_language_is_that_of_the_other(lang: Lang, dataset: Dataset) -> None:
    other: Lang = "en" if lang == "es" else "es"
    same = [one for one in dataset.statements if i18n.text_of(one, lang) == i18n.text_of(one, other)]
    assert same == []


@pytest.mark.parametrize(
    ("names", "lang", "joined"),
    [
        (["Armas"], "es", "Armas"),
        (["Armas", "Extorsión"], "es", "Armas y extorsión"),
        (["Fauna", "Ilícitos de cuello blanco"], "es", "Fauna e ilícitos de cuello blanco"),
        (["Arms", "Cocaine", "Wildlife"], "en", "Arms, cocaine and wildlife"),
    ],
)
def test_only_the_first_name_of_a_list_begins_with_a_capital(names: list[str], lang: Lang, joined: str) -> None:
    assert i18n.name_list(names, lang) == joined
