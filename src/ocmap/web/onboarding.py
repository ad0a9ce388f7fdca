"""Build what a new reader starts with: questions that open as views, and a tour of the page in a few steps."""

from dataclasses import replace
from typing import NamedTuple

from ocmap.analysis.view_state import TOUR_STEPS, View, ViewState
from ocmap.i18n import Words

PANEL_STEP, SHARE_STEP = 2, 4
"""The tour's steps on a place's panel and on sharing."""

EXAMPLE_REGION = "PE-PUN"
"""The region that the tour opens: statements name both it and its border."""

QUESTIONS = {
    "questions.mining": ViewState(markets=("non_renewable",)),
    "questions.ecuador": ViewState(place="border-EC"),
    "questions.cocaine": ViewState(view=View.ROUTES, markets=("cocaine",)),
    "questions.extortion": ViewState(view=View.ACTORS, markets=("extortion",)),
    "questions.compare": ViewState(view=View.COMPARE, compare=("PE-MDD", "PE-PUN")),
    "questions.national": ViewState(view=View.NATIONAL),
}
"""Each question's key in the catalogues, and the state that answers it."""


class Question(NamedTuple):
    """A question and the state that answers it."""

    text: str
    answer: ViewState


class TourStep(NamedTuple):
    """A step of the tour with the states that its links lead to; None where there is no such link."""

    n: int
    progress: str
    title: str
    text: str
    back: ViewState | None
    forward: ViewState | None
    leave: ViewState

    @property
    def shares(self) -> bool:
        """Return whether this step explains the link that shares a view."""
        return self.n == SHARE_STEP


def build_questions(words: Words, view: ViewState) -> tuple[Question, ...]:
    """Return the questions; an answer drops the current filters and keeps the language."""
    return tuple(Question(words[name], replace(answer, lang=view.lang)) for name, answer in QUESTIONS.items())


def begin_tour(view: ViewState) -> ViewState:
    """Return the state of the tour's first step."""
    return _view_at_step(view, 1)


def build_tour_step(words: Words, view: ViewState) -> TourStep | None:
    """Return the tour's step in a state; None without a tour, and in any view but the map."""
    n = view.tour
    if not n or view.view is not View.MAP:
        return None
    return TourStep(
        n=n,
        progress=words["tour.step"].format(n=n, total=TOUR_STEPS),
        title=words[f"tour.title_{n}"],
        text=words[f"tour.text_{n}"].format(
            list=words["place_list.go_to"], share=words["panel.share"], method=words["view.method"]
        ),
        back=_view_at_step(view, n - 1) if n > 1 else None,
        forward=_view_at_step(view, n + 1) if n < TOUR_STEPS else None,
        leave=replace(view, tour=0),
    )


def _view_at_step(view: ViewState, n: int) -> ViewState:
    """Return a step's state: the first has nothing selected, the step on the panel has some place selected."""
    if n == 1:
        view = view.select_place(None)
    elif n == PANEL_STEP and not view.place:
        view = view.select_place(EXAMPLE_REGION)
    return replace(view, tour=n, view=View.MAP)
