"""The view on method says how far the coding has come and how reliable it is, in both languages."""

import re

import pytest
from tests.app.reading import Open, text

from ocmap.agreement import build_agreement
from ocmap.dataset import Dataset

HEADINGS = {"es": "Qué tan confiable es la codificación", "en": "How reliable the coding is"}


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_figures_stand_in_a_table(open_app: Open, dataset: Dataset, lang: str) -> None:
    shown = text(open_app(view="method", lang=lang))
    section = shown.split(HEADINGS[lang])[1]
    alphas = [f"{one.alpha:.3f}" for one in build_agreement(dataset)]
    wanted = [one.replace(".", ",") for one in alphas] if lang == "es" else alphas
    found = re.findall(r"[01][.,]\d{3}", section)
    assert found[2::3][: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ("no si la lectura es correcta", "0,78, por debajo de nuestra meta de 0,9", "230 de 252", "Las 67 dif")),
        ("en", ("not whether the reading is right", "0.78, below our goal of 0.9", "230 of 252", "All 67 differences")),
    ],
)
def test_it_says_what_the_figures_are_and_are_not(open_app: Open, lang: str, words: tuple[str, ...]) -> None:
    shown = text(open_app(view="method", lang=lang))
    assert [one for one in words if one not in shown] == []


@pytest.mark.parametrize(
    ("lang", "read", "pending"),
    [
        ("es", "Se leyeron las 172 oraciones: 171 están codificadas, en 252 afirmaciones, y 1 no afirma", "pendiente"),
        ("en", "All 172 sentences have been read: 171 are coded, in 252 statements, and 1 asserts", "still to come"),
    ],
)
def test_it_says_that_every_sentence_is_read(open_app: Open, lang: str, read: str, pending: str) -> None:
    shown = text(open_app(view="method", lang=lang))
    assert read in shown
    assert pending not in shown
