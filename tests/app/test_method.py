"""The view on method says how the map was made, how far it can be trusted and what changed, in both languages."""

import re
from importlib.metadata import version
from pathlib import Path
from statistics import median

import pytest
from tests.app.reading import Open, bodies, text
from tests.support.shipped import DATA_VERSION, DATASET, RELEASES

from ocmap import i18n
from ocmap.boundaries.geojson import read_features
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Lang
from ocmap.geo.crs import area_km2
from ocmap.reliability.agreement import build_agreement
from ocmap.web.layer_info import build_layer_cards

HEADINGS = {"es": "Qué tan confiable es la codificación", "en": "How reliable the coding is"}


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_figures_are_in_a_table(open_app: Open, dataset: Dataset, lang: str) -> None:
    shown = text(open_app(view="method", lang=lang))
    section = shown.split(HEADINGS[lang])[-1]  # the first is in the contents
    alphas = [f"{one.alpha:.3f}" for one in build_agreement(dataset)]
    wanted = [one.replace(".", ",") for one in alphas] if lang == "es" else alphas
    found = re.findall(r"[01][.,]\d{3}", section)
    assert found[2::3][: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ("no si la lectura es correcta", "0,78, por debajo de nuestra meta de 0,9", "236 de 257", "Las 90 dif")),
        ("en", ("not whether the reading is right", "0.78, below our goal of 0.9", "236 of 257", "All 90 differences")),
    ],
)
def test_the_method_explains_the_meaning_of_the_figures(open_app: Open, lang: str, words: tuple[str, ...]) -> None:
    shown = text(open_app(view="method", lang=lang))
    assert [one for one in words if one not in shown] == []


@pytest.mark.parametrize(
    ("lang", "read", "pending"),
    [
        ("es", "Se leyeron las 172 oraciones: 171 están codificadas, en 257 afirmaciones, y 1 no afirma", "pendiente"),
        ("en", "All 172 sentences have been read: 171 are coded, in 257 statements, and 1 asserts", "still to come"),
    ],
)
def test_the_method_states_that_every_sentence_was_read(open_app: Open, lang: str, read: str, pending: str) -> None:
    shown = text(open_app(view="method", lang=lang))
    assert read in shown
    assert pending not in shown


IDS = re.compile(r'<h2 id="method-(\w+)"')


def test_both_languages_have_the_same_sections_of_the_same_length(open_app: Open) -> None:
    pages = {
        lang: bodies(open_app(view="method", lang=lang)).split('<article class="pn page me"')[1] for lang in HEADINGS
    }
    assert IDS.findall(pages["es"]) == IDS.findall(pages["en"])
    parts = {lang: IDS.split(page) for lang, page in pages.items()}
    for tag in ("p", "li", "dt", "dd", "tr", "h3"):
        counts = [[part.count(f"<{tag}>") for part in parts[lang]] for lang in HEADINGS]
        assert counts[0] == counts[1], tag


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_contents_link_to_each_section_by_its_title(open_app: Open, lang: str) -> None:
    page = bodies(open_app(view="method", lang=lang))
    links = re.findall(r'<a href="#(method-\w+)">(.*?)</a>', page)
    assert links == re.findall(r'<h2 id="(method-\w+)">(.*?)</h2>', page)
    assert len(links) == 13


def test_the_differences_from_the_official_areas_are_as_stated(open_app: Open, geodata: Path, dataset: Dataset) -> None:
    official = {one.place_id: one.area_km2 for one in dataset.places if one.area_km2}
    drawn = {one.feature_id: area_km2(one.geometry) for one in read_features(geodata / "regions.geojson")}
    off = {one: 100 * abs(drawn[one] / official[one] - 1) for one in official}
    country = 100 * abs(sum(drawn.values()) / sum(official.values()) - 1)
    callao = off.pop("PE-CAL")
    middle, most = median([*off.values(), callao]), max(off.values())
    assert off["PE-PAS"] == most
    shown = text(open_app(view="method", lang="en"))
    assert f"by {middle:.1f}% (median) and by {most:.1f}% at most, in Pasco" in shown
    assert f"our sketch of Callao, by {callao:.1f}%. The whole country, by {country:.1f}%." in shown


def test_the_page_of_the_map_has_the_card_of_each_layer(open_app: Open) -> None:
    shown = text(open_app())
    assert all(
        " ".join(fact.split()) in shown
        for card in build_layer_cards(i18n.words_of(DATASET, "es"))
        for _, fact in card.facts
    )


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_method_shows_the_layer_cards_the_changes_and_the_versions(open_app: Open, lang: Lang) -> None:
    shown = text(open_app(view="method", lang=lang))
    for card in build_layer_cards(i18n.words_of(DATASET, lang)):
        assert all(" ".join(fact.split()) in shown for _, fact in card.facts)
    assert all(change.of(lang) in shown for release in RELEASES for change in (*release.changed, *release.added))
    said = {
        "es": f"la versión {DATA_VERSION} de los datos y la {version('ocmap')} del programa",
        "en": f"version {DATA_VERSION} of the data and version {version('ocmap')} of the app",
    }
    assert said[lang] in shown
