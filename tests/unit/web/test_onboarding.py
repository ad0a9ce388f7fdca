"""How a new reader begins: the questions have answers, and the tour leads from step to step and out again."""

from dataclasses import replace
from typing import cast

import pytest

from ocmap import i18n
from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_naming
from ocmap.analysis.view_state import TOUR_STEPS, View, ViewState, Vocabulary
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import COUNTRY, Evidence, Lang
from ocmap.web.onboarding import EXAMPLE_REGION, QUESTIONS, TourStep, begin_tour, build_questions, build_tour_step

SPANISH = i18n.of("es")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_there_are_six_questions_with_different_answers(lang: Lang) -> None:
    questions = build_questions(i18n.of(lang), ViewState(lang=lang))
    assert len({one.answer for one in questions}) == 6
    assert all(one.text.endswith("?") and one.text.startswith("¿") is (lang == "es") for one in questions)
    assert all(one.answer.lang == lang for one in questions)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_same_after_a_round_trip_through_the_url(dataset: Dataset, name: str) -> None:
    assert ViewState.from_href(QUESTIONS[name].href(), Vocabulary.of(dataset)) == QUESTIONS[name]


def test_an_answer_removes_every_filter() -> None:
    view = ViewState(place="PE-CUS", markets=("arms",), basis=(), lang="en")
    for question in build_questions(SPANISH, view):
        assert question.answer.markets in {(), ("non_renewable",), ("cocaine",), ("extortion",)}
        assert question.answer.basis == ViewState().basis
        assert question.answer.place in {None, "border-EC"}


def test_illegal_mining_has_places(evidence: tuple[Evidence, ...], dataset: Dataset) -> None:
    filtered = apply_filters(dataset, evidence, Filters.of(QUESTIONS["questions.mining"]))
    assert [one for one in filtered.by_place if one != COUNTRY and filtered.count_direct(one)]


def test_the_border_with_ecuador_has_statements(dataset: Dataset) -> None:
    place = QUESTIONS["questions.ecuador"].place
    assert place
    assert len(statements_naming(dataset, dataset.place[place])) >= 3


def test_cocaine_has_routes(evidence: tuple[Evidence, ...], dataset: Dataset) -> None:
    routes = apply_filters(dataset, evidence, Filters.of(QUESTIONS["questions.cocaine"])).routes
    assert [one for one in routes if dataset.points_of[one][0].place_id == COUNTRY]


def test_extortion_has_actors(evidence: tuple[Evidence, ...], dataset: Dataset) -> None:
    filtered = apply_filters(dataset, evidence, Filters.of(QUESTIONS["questions.extortion"]))
    shown = {one for found in filtered.by_place.values() for one in found}
    assert "tren-de-aragua" in {actor for one in shown for actor in dataset.statement[one].actors}


def test_both_compared_places_have_something_in_common(profile: CountryProfile) -> None:
    first, second = (set(profile.unfiltered.of(one)) for one in QUESTIONS["questions.compare"].compare)
    assert first & second
    assert first ^ second


def test_the_whole_country_has_statements(profile: CountryProfile) -> None:
    assert profile.unfiltered.of(COUNTRY)


@pytest.mark.parametrize(("value", "step"), [("1", 1), ("5", 5), ("3,4", 3), (["9", "2"], 2)])
def test_the_step_of_the_tour_is_in_the_url(dataset: Dataset, value: str | list[str], step: int) -> None:
    view = ViewState.from_query({"tour": value}, Vocabulary.of(dataset))
    assert view.tour == step
    assert view.to_query() == {"tour": str(step)}


@pytest.mark.parametrize("value", ["0", "6", "-1", "01", "1.0", " 1", "١", "true", "", "<script>"])
def test_an_invalid_step_starts_no_tour(dataset: Dataset, value: str) -> None:
    assert ViewState.from_query({"tour": value}, Vocabulary.of(dataset)) == ViewState()


def walk(view: ViewState) -> list[TourStep]:
    steps = []
    ahead: ViewState | None = begin_tour(view)
    while ahead:
        step = build_tour_step(SPANISH, ahead)
        assert step
        steps.append(step)
        ahead = step.forward
    return steps


def test_the_tour_has_five_steps_and_ends() -> None:
    steps = walk(ViewState())
    assert [step.n for step in steps] == list(range(1, TOUR_STEPS + 1))
    assert steps[2].progress == "Paso 3 de 5"
    assert len({step.title for step in steps}) == TOUR_STEPS


def test_each_step_leads_back_to_the_one_before() -> None:
    steps = walk(ViewState())
    assert steps[0].back is None
    assert [cast("ViewState", step.back).tour for step in steps[1:]] == [1, 2, 3, 4]


def test_each_step_can_be_closed_without_changing_the_view() -> None:
    assert [step.leave.tour for step in walk(ViewState())] == [0] * TOUR_STEPS
    assert walk(ViewState())[2].leave == ViewState(place=EXAMPLE_REGION)


def test_the_step_on_the_panel_opens_a_region_with_statements(dataset: Dataset) -> None:
    assert dataset.naming[EXAMPLE_REGION]
    assert cast("ViewState", walk(ViewState())[0].forward).place == EXAMPLE_REGION


def test_going_back_to_the_step_on_the_panel_keeps_what_the_reader_chose() -> None:
    step = build_tour_step(SPANISH, ViewState(place="PE-CUS", tour=3))
    assert step
    assert cast("ViewState", step.back).place == "PE-CUS"


def test_the_tour_keeps_the_filters() -> None:
    view = ViewState(markets=("arms",), lang="en")
    assert replace(begin_tour(view), tour=0) == view


@pytest.mark.parametrize("view", [ViewState(), ViewState(tour=2, view=View.TABLE)])
def test_no_step_is_shown_without_a_tour_off_the_map_or_in_another_page(view: ViewState) -> None:
    assert build_tour_step(SPANISH, view) is None
