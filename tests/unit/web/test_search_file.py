"""The file of the search has every record once, in both languages' words, and each statement's place."""

from typing import cast

import pytest
from tests.support.shipped import COUNTRY

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_naming
from ocmap.analysis.view_state import Vocabulary
from ocmap.dataset.schema import LANGUAGES, Lang, TopicKind
from ocmap.web.client_types import SearchEntryData
from ocmap.web.search_file import build_search_data

Entries = dict[str, list[SearchEntryData]]


@pytest.fixture(scope="module")
def spanish(profile: CountryProfile) -> Entries:
    return entries_in(profile, "es")


def entries_in(profile: CountryProfile, lang: Lang) -> Entries:
    return cast("Entries", build_search_data(profile, lang))


def by_id(data: Entries, kind: str) -> dict[str, SearchEntryData]:
    return {entry["id"]: entry for entry in data[kind]}


def searched(entry: SearchEntryData) -> set[str]:
    """Return all texts in which an entry is searched."""
    return {entry["name"], entry["text"], *entry["names"], *entry["texts"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_can_be_found(profile: CountryProfile, lang: Lang) -> None:
    dataset, known = profile.dataset, Vocabulary.of(profile.dataset)
    ids = {kind: [entry["id"] for entry in entries] for kind, entries in entries_in(profile, lang).items()}
    assert {kind: sorted(found) for kind, found in ids.items()} == {
        "places": sorted(known.places),
        "markets": sorted(known.markets),
        "actors": sorted(known.actors),
        "routes": sorted(known.routes),
        "indicators": sorted(topic.topic_id for topic in dataset.topics if topic.kind is TopicKind.INDICATOR),
        "statements": sorted(statement.statement_id for statement in dataset.statements),
    }


def test_both_languages_search_the_same_texts(profile: CountryProfile, spanish: Entries) -> None:
    english = entries_in(profile, "en")
    different = [
        entry_id
        for kind in spanish
        for entry_id, entry in by_id(spanish, kind).items()
        if searched(entry) != searched(by_id(english, kind)[entry_id])
    ]
    assert different == []


def test_what_is_shown_is_in_the_pages_language(profile: CountryProfile, spanish: Entries) -> None:
    english = entries_in(profile, "en")
    assert by_id(spanish, "markets")["extortion"]["name"] == "Extorsión"
    assert by_id(english, "markets")["extortion"]["name"] == "Extortion"
    statement = profile.dataset.statement["extortion.2-a"]
    assert by_id(spanish, "statements")["extortion.2-a"]["text"] == statement.text_es
    assert by_id(english, "statements")["extortion.2-a"]["text"] == statement.text_en


def test_an_entry_holds_each_text_once(spanish: Entries) -> None:
    repeated = [
        entry["id"]
        for entries in spanish.values()
        for entry in entries
        if len(texts := [text for text in (entry["name"], entry["text"], *entry["names"], *entry["texts"]) if text])
        != len(set(texts))
    ]
    assert repeated == []


def test_a_place_is_searched_by_its_aliases_and_a_border_is_not(spanish: Entries) -> None:
    places = by_id(spanish, "places")
    assert "Turkey" in places["TR"]["names"]
    assert not [name for name in searched(places["border-BO"]) if "Colombia" in name]


def test_a_route_is_searched_by_its_market(spanish: Entries) -> None:
    assert "Comercio de heroína" in by_id(spanish, "routes")["heroin.1-r1"]["texts"]


def test_each_statement_opens_where_it_is_shown(profile: CountryProfile, spanish: Entries) -> None:
    hidden = []
    for entry_id, entry in by_id(spanish, "statements").items():
        if place := entry.get("place"):
            named = statements_naming(profile.dataset, profile.dataset.place[place])
            shown = {*profile.unfiltered.of(place), *named}
        else:
            shown = set(profile.unfiltered.of(COUNTRY))
        if entry_id not in shown:
            hidden.append(entry_id)
    assert hidden == []


def test_a_statement_opens_at_its_most_precise_place(spanish: Entries) -> None:
    statements = by_id(spanish, "statements")
    assert statements["arms.2-a"]["place"] == "border-EC"
    assert statements["extortion.2-a"]["place"] == "PE-LMA"
    assert statements["criminal_networks.3-a"]["place"] == "pataz"
    assert "place" not in statements["extortion.1-a"]
