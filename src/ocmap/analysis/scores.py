"""Prepare the country's scores in the Index, edition by edition, as plain records for a template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ocmap import i18n
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Lang, ScoreStatus, TopicKind
from ocmap.i18n import Words

HIGHEST = 10
DECIMALS = 2  # as the Index gives its sums

INDICATORS = (
    "leadership",
    "transparency",
    "cooperation",
    "policies_laws",
    "judiciary",
    "law_enforcement",
    "territorial_integrity",
    "aml",
    "regulatory_capacity",
    "victim_support",
    "prevention",
    "non_state_actors",
)
"""The ids of the Index's resilience indicators, in its order."""


class Sense(StrEnum):
    """What a higher score means."""

    WORSE = "worse"
    BETTER = "better"


class Change(NamedTuple):
    """The change from the first to the last edition with a known score; ``delta`` is in points of the scale."""

    first: int
    last: int
    delta: float


@dataclass(frozen=True)
class Bar:
    """One edition's score.

    Attributes:
        figure: The score in figures, or a word for why there is none: unknown to us, or not assessed.
        percent: Its share of the scale, 0 to 100; 0 also for an unknown score, see ``known``.
        assessed: Whether the edition has a score, known to us or not.
        latest: Whether it is the last known one.
    """

    edition: int
    figure: str
    percent: float
    known: bool
    assessed: bool
    latest: bool


@dataclass(frozen=True)
class Scores:
    """The scores of a topic or a sum, in words and figures.

    Attributes:
        group: A market's group; empty for anything else.
        sense: What a higher score means.
        change: In words, from the first edition known to the last.
    """

    topic_id: str
    name: str
    group: str
    sense: Sense
    bars: tuple[Bar, ...]
    change: str


def find_editions(dataset: Dataset) -> tuple[int, ...]:
    """Return the editions with any score in the package, oldest first."""
    return tuple(sorted({score.edition for score in dataset.scores}))


def find_scores(dataset: Dataset, topic_id: str) -> Mapping[int, float | None]:
    """Return a topic's or a sum's score in every edition, oldest first; None where it is unknown or has no row."""
    known = {score.edition: score.score for score in dataset.scores if score.topic_id == topic_id}
    return {edition: known.get(edition) for edition in find_editions(dataset)}


def find_change(scores: Mapping[int, float | None]) -> Change | None:
    """Return the change between the first and the last known edition, or None if no score is known."""
    known = sorted((edition, score) for edition, score in scores.items() if score is not None)
    if not known:
        return None
    (first, before), (last, after) = known[0], known[-1]
    return Change(first, last, round(after - before, DECIMALS))


def sense_of(dataset: Dataset, topic_id: str) -> Sense:
    """Return what a higher score of a topic or a sum means: worse, unless it measures resilience."""
    topic = dataset.topic.get(topic_id)
    resilience = topic.kind is TopicKind.INDICATOR if topic else topic_id == "resilience"
    return Sense.BETTER if resilience else Sense.WORSE


def build_scores(dataset: Dataset, topic_id: str, lang: Lang) -> Scores:
    """Return the scores of a topic, or of one of the `AGGREGATES`, as a record for a template.

    Raises:
        KeyError: ``topic_id`` is neither.
    """
    words, topic = i18n.words_of(dataset, lang), dataset.topic.get(topic_id)
    scores, sense = find_scores(dataset, topic_id), sense_of(dataset, topic_id)
    change = find_change(scores)
    return Scores(
        topic_id=topic_id,
        name=i18n.short_of(topic, lang) if topic else _name_of_sum(words, topic_id),
        group=topic.group.value if topic and topic.kind is TopicKind.MARKET else "",
        sense=sense,
        bars=tuple(
            _bar(edition, score, change, words, assessed=edition not in _not_assessed(dataset, topic_id))
            for edition, score in scores.items()
        ),
        change=_describe_change(change, sense, words),
    )


def build_all(dataset: Dataset, topic_ids: Iterable[str], lang: Lang) -> Sequence[Scores]:
    """Return the scores of several topics or aggregates, in the order given."""
    return tuple(build_scores(dataset, topic_id, lang) for topic_id in topic_ids)


def figure(value: float, lang: Lang) -> str:
    """Return a score as the language writes it, with one decimal, or two if it has them: ``4,5``, ``6.62``."""
    text = f"{value:.{DECIMALS}f}".removesuffix("0")
    return text.replace(".", ",") if lang == "es" else text


def _name_of_sum(words: Words, topic_id: str) -> str:
    return {
        "criminality": words["score.criminality"],
        "criminal_markets": words["score.criminal_markets"],
        "criminal_actors": words["score.criminal_actors"],
        "resilience": words["score.resilience"],
    }[topic_id]


def _not_assessed(dataset: Dataset, topic_id: str) -> frozenset[int]:
    """Return the editions that did not assess a topic."""
    return frozenset(
        score.edition
        for score in dataset.scores
        if score.topic_id == topic_id and score.status is ScoreStatus.NOT_ASSESSED
    )


def _bar(edition: int, score: float | None, change: Change | None, words: Words, *, assessed: bool) -> Bar:
    if score is None:
        word = words["score.unknown" if assessed else "score.not_assessed"]
        return Bar(edition, word, 0, known=False, assessed=assessed, latest=False)
    percent = round(100 * score / HIGHEST, 1)
    latest = change is not None and edition == change.last
    return Bar(edition, figure(score, words.lang), percent, known=True, assessed=True, latest=latest)


def _describe_change(change: Change | None, sense: Sense, words: Words) -> str:
    """Return a change in words, and whether it is for the worse."""
    if change is None:
        return words["score.none"]
    if change.first == change.last:
        return words["score.single"].format(first=change.first)
    if not change.delta:
        return words["score.same"].format(first=change.first, last=change.last)
    for_worse = (change.delta > 0) is (sense is Sense.WORSE)
    return (words["score.up"] if change.delta > 0 else words["score.down"]).format(
        delta=figure(abs(change.delta), words.lang),
        first=change.first,
        last=change.last,
        sense=words["score.worse"] if for_worse else words["score.better"],
    )
