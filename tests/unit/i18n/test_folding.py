"""Texts compared without regard to capitals and accents."""

import pytest

from ocmap.i18n.folding import fold, suggest_similar

NAMES = {"PE-CUS": ("Cusco",), "PE-CAJ": ("Cajamarca",), "extortion": ("Extortion", "Extorsión")}


@pytest.mark.parametrize(
    ("text", "folded"), [("Extorsión", "extorsion"), ("NIÑO", "nino"), ("Cusco", "cusco"), ("Straße", "strasse")]
)
def test_a_text_loses_its_capitals_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("wanted", "like"),
    [("cuzco", "PE-CUS (Cusco)"), ("extorsion", "extortion (Extortion)"), ("zzz", "")],
)
def test_names_like_an_unknown_one_are_offered(wanted: str, like: str) -> None:
    assert suggest_similar(wanted, NAMES) == like
