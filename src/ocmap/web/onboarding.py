"""Build what a new reader starts with: questions that open as views, and a tour of the page in a few steps."""

from typing import NamedTuple

from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.view_state import TOUR_STEPS, ViewState

PANEL_STEP, SHARE_STEP = 2, 4
"""The tour's steps on a place's panel and on sharing."""


class Question(NamedTuple):
    """A question and the state that answers it."""

    text: str
    answer: ViewState


class TourStep(NamedTuple):
    """A step of the tour with the states that its links lead to; None where there is no such link.

    The client adds the state of the page to the links: with what the reader has selected, except in the first step.
    """

    n: int
    progress: str
    title: str
    text: str
    back: ViewState | None
    forward: ViewState | None

    @property
    def shares(self) -> bool:
        """Return whether this step explains the link that shares a view."""
        return self.n == SHARE_STEP


def build_questions(localized: LocalizedProfile) -> tuple[Question, ...]:
    """Return the questions; an answer drops the current filters."""
    known = localized.profile.vocabulary
    questions = localized.dataset.settings.start.questions
    return tuple(Question(one.of(localized.lang), ViewState.from_href(one.link, known)) for one in questions)


def build_tour_step(localized: LocalizedProfile, n: int) -> TourStep:
    """Return a step of the tour."""
    words, example = localized.words, localized.dataset.settings.start.example
    return TourStep(
        n=n,
        progress=words["tour.step"].format(n=n, total=TOUR_STEPS),
        title=words[f"tour.title_{n}"],
        text=words[f"tour.text_{n}"].format(
            list=words["place_list.go_to"],
            share=words["share.open"],
            data=words["share.files"],
            copy=words["statement.copy"],
            method=words["view.method"],
        ),
        back=view_at_step(n - 1, example) if n > 1 else None,
        forward=view_at_step(n + 1, example) if n < TOUR_STEPS else None,
    )


def view_at_step(n: int, example: str) -> ViewState:
    """Return a step's state; in the step on the panel some place is selected."""
    return ViewState(tour=n, place=example if n == PANEL_STEP else None)
