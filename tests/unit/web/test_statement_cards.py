"""The statements of a panel: each once, under one market, with continuous numbers."""

import pytest

from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Lang
from ocmap.web.statement_cards import CardContext, Section, build_card, build_sections, primary_market


def spot(place: str, statement: str, basis: Basis = Basis.NATIONAL, number: int = 1) -> CardContext:
    """Return the context of a statement under its sentence's own market."""
    return CardContext(place, basis, statement.split(".", maxsplit=1)[0], number)


def reader(profile: CountryProfile, lang: Lang = "es") -> LocalizedProfile:
    return LocalizedProfile(profile, lang)


def sections(profile: CountryProfile, place: str, *chosen: str, first: int = 1) -> tuple[Section, ...]:
    return build_sections(reader(profile), place, profile.unfiltered.of(place), chosen, first)


@pytest.mark.parametrize("place", ["PE-MDD", "PE-LMA", "border-BO", "PE"])
def test_each_statement_of_a_place_is_shown_exactly_once(profile: CountryProfile, place: str) -> None:
    shown = [card.statement_id for section in sections(profile, place) for card in section.cards]
    assert sorted(shown) == sorted(profile.unfiltered.of(place))


@pytest.mark.parametrize("first", [1, 8])
def test_cards_are_numbered_through_all_sections(profile: CountryProfile, first: int) -> None:
    numbers = [card.number for section in sections(profile, "PE-LMA", first=first) for card in section.cards]
    assert len(sections(profile, "PE-LMA")) > 1
    assert numbers == list(range(first, first + 10))  # 7 under markets; cooperation, criminal_networks, leadership


def test_sections_are_in_index_order_with_other_topics_last(profile: CountryProfile) -> None:
    markets = ["human_trafficking", "extortion", "arms", "counterfeit", "cannabis", "synthetic"]
    others = [
        "cooperation",
        "criminal_networks",
        "leadership",
    ]  # cooperation.4-b, criminal_networks.1-b, leadership.1-b
    assert [section.market_id for section in sections(profile, "PE-LMA")] == [*markets, *others]


def test_a_place_without_statements_has_no_section(profile: CountryProfile) -> None:
    assert sections(profile, "PE-HUC") == ()


@pytest.mark.parametrize(
    ("statement", "chosen", "market"),
    [
        ("non_renewable.4-a", (), "non_renewable"),
        ("non_renewable.4-a", ("human_trafficking",), "human_trafficking"),
        ("non_renewable.4-a", ("human_trafficking", "non_renewable"), "non_renewable"),
        ("excisable.1-b", ("heroin",), "heroin"),
        ("excisable.1-b", (), "excisable"),
        ("arms.4-a", ("cyber",), "arms"),
    ],
)
def test_a_statement_is_under_its_sentences_market_unless_filtered_by_another(
    dataset: Dataset, statement: str, chosen: tuple[str, ...], market: str
) -> None:
    assert primary_market(dataset, dataset.statement[statement], chosen) == market


def test_a_statement_without_a_market_is_under_its_sentences_topic(dataset: Dataset) -> None:
    assert primary_market(dataset, dataset.statement["cooperation.4-b"], ()) == "cooperation"


def test_a_statement_on_a_market_from_another_section_is_under_the_market(dataset: Dataset) -> None:
    assert primary_market(dataset, dataset.statement["policies_laws.5-b"], ()) == "arms"


def test_a_section_without_a_market_is_named_after_its_topic(profile: CountryProfile) -> None:
    section = next(one for one in sections(profile, "PE-LMA") if one.market_id == "criminal_networks")
    assert section.title == profile.dataset.topic["criminal_networks"].short_es
    assert [card.statement_id for card in section.cards] == ["criminal_networks.1-b"]


def test_a_section_shows_its_group_and_its_count(profile: CountryProfile) -> None:
    section = next(one for one in sections(profile, "PE-LMA") if one.market_id == "extortion")
    assert (section.title, section.note) == ("Extorsión", "Personas · 2 afirmaciones")


def test_a_card_has_every_reference_to_its_sentence(profile: CountryProfile) -> None:
    card = build_card(reader(profile, "en"), "synthetic.2-b", spot("PE-LMA", "synthetic.2-b", Basis.NAMED, 4))
    sentence = profile.dataset.sentence["synthetic.2"]
    assert card.text == profile.dataset.statement["synthetic.2-b"].text_en
    assert (card.number, card.badge, card.hedge, card.hedge_word) == (4, "By name", "alleged", "alleged")
    assert card.actors == "Pharmacies"
    assert card.locator == "Synthetic drug trade, sentence 2"
    assert sentence.sha256[:8] in card.source
    assert f"{sentence.words} words" in card.source


@pytest.mark.parametrize(
    ("statement", "precision"),
    [
        ("arms.6-a", "distrito o provincia"),
        ("counterfeit.1-b", "cerca de un lugar"),
        ("heroin.1-c", "región"),
        ("non_renewable.4-a", "parte del país"),
    ],
)
def test_a_card_shows_its_spatial_precision(profile: CountryProfile, statement: str, precision: str) -> None:
    card = build_card(reader(profile), statement, spot("PE", statement))
    assert f"Lugar más preciso que nombra: {precision}." in card.source


def test_a_nationality_is_not_a_location(profile: CountryProfile) -> None:
    assert "Lugar más preciso" not in build_card(reader(profile), "cocaine.5-a", spot("PE", "cocaine.5-a")).source


def test_a_card_names_the_other_markets_of_its_statement(profile: CountryProfile) -> None:
    card = build_card(reader(profile), "arms.4-a", spot("PE", "arms.4-a"))
    assert card.remarks == ("También en: Minería ilegal",)


def test_a_card_states_that_a_group_is_meant(profile: CountryProfile) -> None:
    card = build_card(reader(profile), "flora.4-a", spot("PE", "flora.4-a"))
    assert card.remarks == ("dicho de todo el grupo «Drogas»",)


def test_a_market_that_is_its_own_group_gets_no_note(profile: CountryProfile) -> None:
    assert build_card(reader(profile), "financial.1-a", spot("PE", "financial.1-a")).remarks == ()


def test_a_card_does_not_list_its_own_market_as_another(profile: CountryProfile) -> None:
    """Filtered by trafficking, a statement from the mining section is under trafficking and also in mining."""
    shown = next(
        one for one in sections(profile, "border-BO", "human_trafficking") if one.market_id == "human_trafficking"
    )
    card = next(card for card in shown.cards if card.statement_id == "non_renewable.4-a")
    assert card.remarks == ("También en: Minería ilegal",)
