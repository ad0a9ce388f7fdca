"""How a reader who is new begins: questions that open as views, and a tour of the page in a few steps."""

from dataclasses import replace
from typing import NamedTuple

from ocmap.analysis.view_state import TOUR_STEPS, View, ViewState
from ocmap.i18n import Words

READING, SHARING = 2, 4
"""The steps on a place's panel and on sharing."""

EXAMPLE = "PE-PUN"
"""The region that the tour opens: it is named, and its border as well."""

ANSWERS = {
    "questions.mining": ViewState(markets=("non_renewable",)),
    "questions.ecuador": ViewState(place="border-EC"),
    "questions.cocaine": ViewState(view=View.ROUTES, markets=("cocaine",)),
    "questions.extortion": ViewState(view=View.ACTORS, markets=("extortion",)),
    "questions.compare": ViewState(view=View.COMPARE, compare=("PE-MDD", "PE-PUN")),
    "questions.national": ViewState(view=View.NATIONAL),
}
"""The questions: the word that asks, and the state that answers."""


class Question(NamedTuple):
    """A question, and the state that answers it."""

    text: str
    answer: ViewState


class Step(NamedTuple):
    """A step of the tour as a card shows it, with the states it leads to; None where there is none."""

    n: int
    progress: str
    title: str
    text: str
    back: ViewState | None
    forward: ViewState | None
    leave: ViewState

    @property
    def shares(self) -> bool:
        """Return whether it speaks of the link that shares a view."""
        return self.n == SHARING


def build_questions(words: Words, view: ViewState) -> tuple[Question, ...]:
    """Return the questions; an answer leaves every filter behind and keeps the language."""
    return tuple(Question(words[name], replace(answer, lang=view.lang)) for name, answer in ANSWERS.items())


def begin_tour(view: ViewState) -> ViewState:
    """Return the state of the tour's first step."""
    return _go_to(view, 1)


def build_step(words: Words, view: ViewState) -> Step | None:
    """Return the step of the tour that a state is at; None where there is no tour, as in any view but the map's."""
    n = view.tour
    if not n or view.view is not View.MAP or view.embed:
        return None
    return Step(
        n=n,
        progress=words["tour.step"].format(n=n, total=TOUR_STEPS),
        title=words[f"tour.title_{n}"],
        text=words[f"tour.text_{n}"].format(
            list=words["place_list.go_to"], share=words["panel.share"], method=words["view.method"]
        ),
        back=_go_to(view, n - 1) if n > 1 else None,
        forward=_go_to(view, n + 1) if n < TOUR_STEPS else None,
        leave=replace(view, tour=0),
    )


def _go_to(view: ViewState, n: int) -> ViewState:
    """Return a step's state: nothing is selected at the first, and some place at the second, which speaks of it."""
    if n == 1:
        view = view.select_place(None)
    elif n == READING and not view.place:
        view = view.select_place(EXAMPLE)
    return replace(view, tour=n, view=View.MAP)
