"""The view on resilience: the statements on each indicator, under the filters."""

from dataclasses import replace
from html import escape

import pytest
from tests.app.reading import Open, text
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.scores import INDICATORS
from ocmap.app.views.resilience import Indicator, build_indicator, find_responses
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Nature
from ocmap.web.html import ENVIRONMENT

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def indicator(profile: CountryProfile, topic_id: str, *hidden: str) -> Indicator:
    """Return an indicator in English, as it is when some statements are hidden."""
    passing = frozenset(profile.dataset.statement).difference(hidden)
    return build_indicator(LocalizedProfile(profile, "en"), topic_id, passing)


def test_every_statement_on_resilience_is_in_the_view(open_app: Open, dataset: Dataset) -> None:
    shown = text(open_app(view="resilience"))
    wanted = [
        one for one in dataset.statements if one.indicators or dataset.sentence[one.sentence_id].topic_id in INDICATORS
    ]
    assert wanted
    assert [one.statement_id for one in wanted if str(escape(one.text_es, quote=False)) not in shown] == []


@pytest.mark.parametrize("topic_id", INDICATORS)
def test_own_statements_come_first_in_source_order_without_duplicates(profile: CountryProfile, topic_id: str) -> None:
    one = indicator(profile, topic_id)
    own = [card.statement_id for card in one.cards]
    others = [card.statement_id for _, cards in one.other_cards for card in cards]
    sentence = {
        statement.statement_id: profile.dataset.sentence[statement.sentence_id]
        for statement in profile.dataset.statements
    }
    assert [sentence[card].ordinal for card in own] == sorted(sentence[card].ordinal for card in own)
    assert {sentence[card].topic_id for card in own} == {topic_id}
    assert topic_id not in {sentence[card].topic_id for card in others}
    assert len({*own, *others}) == len(own) + len(others)
    numbers = [card.number for cards in (one.cards, *(cards for _, cards in one.other_cards)) for card in cards]
    assert numbers == list(range(1, len(numbers) + 1))


def test_hidden_statements_on_an_indicator_are_counted(profile: CountryProfile) -> None:
    own = [card.statement_id for card in indicator(profile, "prevention").cards]
    assert indicator(profile, "prevention").note == ""
    assert indicator(profile, "prevention", own[0]).note == "The filters hide 1 statement on this indicator."
    assert indicator(profile, "prevention", *own).note == "The filters hide all that is said in this section."


def test_a_market_filter_shows_its_statements_and_those_without_a_market(open_app: Open, dataset: Dataset) -> None:
    shown = text(open_app(view="resilience", markets="cyber", lang="en"))
    assert dataset.statement["policies_laws.6-a"].text_en in shown
    assert dataset.statement["judiciary.2-a"].text_en in shown
    assert dataset.statement["leadership.2-a"].text_en not in shown
    assert "Those that speak of no market are shown whatever markets are chosen." in shown


def test_without_filters_there_is_no_note_on_hidden_statements(open_app: Open) -> None:
    assert "ocultan" not in text(open_app(view="resilience"))


def test_only_responses_with_a_place_to_open_are_listed(profile: CountryProfile) -> None:
    dataset = profile.dataset
    found = find_responses(dataset, frozenset(dataset.statement))
    assert found["territorial_integrity.3-b"] == ("tripoint-BO-CL",)
    assert set(found["arms.5-a"]) == {"PE-PIU", "PE-TUM"}
    assert "cooperation.3-a" not in found
    assert {dataset.statement[one].nature for one in found} == {Nature.RESPONSE}
    assert find_responses(dataset, frozenset()) == {}


def test_markup_in_the_data_is_text(profile: CountryProfile) -> None:
    data = profile.dataset
    statements = tuple(one.model_copy(update={"text_en": HOSTILE}) for one in data.statements)
    topics = tuple(
        one.model_copy(update={"name_en": HOSTILE, "short_en": HOSTILE, "definition_en": HOSTILE})
        for one in data.topics
    )
    hostile = replace(profile, dataset=replace(data, statements=statements, topics=topics))
    words = i18n.words_of(DATASET, "en")
    one = indicator(hostile, "law_enforcement")
    values = {"words": words, "lang": "en", "groups": [(HOSTILE, [one])]}
    page = ENVIRONMENT.get_template("indicators.html").render(first="", **values)
    page += ENVIRONMENT.get_template("resilience.html").render(
        total=1, sums=[one.scores], markets=[one.scores], actor_types=[], hidden=HOSTILE, **values
    )
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
