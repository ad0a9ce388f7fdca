"""How a new reader begins: the questions have answers, and the tour leads from step to step and out again."""

from dataclasses import replace

import pytest
from tests.support.shipped import COUNTRY, DATASET, EXAMPLE

from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.package_checks import check_questions
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.summaries import statements_naming
from ocmap.analysis.view_state import TOUR_STEPS, ViewState, Vocabulary
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Evidence, Lang
from ocmap.web.onboarding import build_questions, build_tour_step, view_at_step

KNOWN = Vocabulary.of(DATASET)
ANSWERS = {one.en: ViewState.from_href(one.link, KNOWN) for one in DATASET.settings.start.questions}
MINING, ECUADOR, COCAINE, EXTORTION, COMPARE, _ = ANSWERS.values()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_there_are_six_questions_with_different_answers(profile: CountryProfile, lang: Lang) -> None:
    questions = build_questions(LocalizedProfile(profile, lang))
    assert len({one.answer for one in questions}) == 6
    assert all(one.text.endswith("?") and one.text.startswith("¿") is (lang == "es") for one in questions)


def test_an_answer_is_the_same_after_a_round_trip_through_the_url() -> None:
    assert [one for one, answer in ANSWERS.items() if ViewState.from_href(answer.href(), KNOWN) != answer] == []


def test_a_question_that_asks_for_what_is_not_there_is_a_fault(dataset: Dataset) -> None:
    question = dataset.settings.start.questions[0].model_copy(update={"link": "?place=nowhere"})
    start = dataset.settings.start.model_copy(update={"questions": (question,)})
    broken = replace(dataset, settings=dataset.settings.model_copy(update={"start": start}))
    assert [fault.expected for fault in check_questions(broken)] == ["a link to a view of these data"]
    assert list(check_questions(dataset)) == []


def test_illegal_mining_has_places(evidence: tuple[Evidence, ...], dataset: Dataset) -> None:
    filtered = apply_filters(dataset, evidence, Filters.of(MINING))
    assert [one for one in filtered.by_place if one != COUNTRY and filtered.count_direct(one)]


def test_the_border_with_ecuador_has_statements(dataset: Dataset) -> None:
    place = ECUADOR.place
    assert place
    assert len(statements_naming(dataset, dataset.place[place])) >= 3


def test_cocaine_has_routes(evidence: tuple[Evidence, ...], dataset: Dataset) -> None:
    routes = apply_filters(dataset, evidence, Filters.of(COCAINE)).routes
    assert [one for one in routes if dataset.points_of[one][0].place_id == COUNTRY]


def test_extortion_has_actors(evidence: tuple[Evidence, ...], dataset: Dataset) -> None:
    filtered = apply_filters(dataset, evidence, Filters.of(EXTORTION))
    shown = {one for found in filtered.by_place.values() for one in found}
    assert "tren-de-aragua" in {actor for one in shown for actor in dataset.statement[one].actors}


def test_both_compared_places_have_something_in_common(profile: CountryProfile) -> None:
    first, second = (set(profile.unfiltered.of(one)) for one in COMPARE.compare)
    assert first & second
    assert first ^ second


def test_the_whole_country_has_statements(profile: CountryProfile) -> None:
    assert profile.unfiltered.of(COUNTRY)


@pytest.mark.parametrize(("value", "step"), [("1", 1), ("5", 5), ("3,4", 3), (["9", "2"], 2)])
def test_the_step_of_the_tour_is_in_the_url(dataset: Dataset, value: str | list[str], step: int) -> None:
    view = ViewState.from_query({"tour": value}, Vocabulary.of(dataset))
    assert view.tour == step
    assert view.to_query() == {"tour": str(step)}


@pytest.mark.parametrize("value", ["0", "6", "-1", "01", "1.0", "1 1", "١", "true", "", "<script>"])
def test_an_invalid_step_starts_no_tour(dataset: Dataset, value: str) -> None:
    assert ViewState.from_query({"tour": value}, Vocabulary.of(dataset)) == ViewState()


def test_the_tour_has_five_steps_and_ends(profile: CountryProfile) -> None:
    steps = [build_tour_step(LocalizedProfile(profile, "es"), n) for n in range(1, TOUR_STEPS + 1)]
    assert [one.forward and one.forward.tour for one in steps] == [2, 3, 4, 5, None]
    assert [one.back and one.back.tour for one in steps] == [None, 1, 2, 3, 4]
    assert steps[2].progress == "Paso 3 de 5"
    assert len({step.title for step in steps}) == TOUR_STEPS


def test_only_the_step_on_the_panel_opens_a_region_and_that_has_statements(dataset: Dataset) -> None:
    assert [view_at_step(n, EXAMPLE).place for n in range(1, TOUR_STEPS + 1)] == [None, EXAMPLE, None, None, None]
    assert dataset.naming[EXAMPLE]
