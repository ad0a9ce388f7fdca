"""The Index's scores: their order, what is unknown, and how they changed."""

from dataclasses import replace

import pytest

from ocmap.analysis.scores import (
    INDICATORS,
    Change,
    Sense,
    build_all,
    build_scores,
    figure,
    find_change,
    find_editions,
    find_scores,
    sense_of,
)
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import ACTOR_TYPES, AGGREGATES, Lang, Score, TopicKind
from ocmap.web.html import ENVIRONMENT


def with_scores(dataset: Dataset, *rows: tuple[str, int, float | None]) -> Dataset:
    """Return the data with these scores alone."""
    scores = tuple(
        Score(topic_id=topic, edition=edition, score=score, status="unknown" if score is None else "known")
        for topic, edition, score in rows
    )
    return replace(dataset, scores=scores)


def test_every_topic_and_sum_has_a_row_for_every_edition(dataset: Dataset) -> None:
    topics = {topic.topic_id for topic in dataset.topics}
    rows = {(score.topic_id, score.edition) for score in dataset.scores}
    assert rows == {(topic, edition) for topic in (*topics, *AGGREGATES) for edition in (2021, 2023, 2025)}


def test_the_orders_name_every_actor_type_and_indicator_once(dataset: Dataset) -> None:
    for ids, kind in ((ACTOR_TYPES, TopicKind.ACTOR_TYPE), (INDICATORS, TopicKind.INDICATOR)):
        assert sorted(ids) == sorted(topic.topic_id for topic in dataset.topics if topic.kind is kind)


def test_editions_come_oldest_first_whatever_the_files_order(dataset: Dataset) -> None:
    data = with_scores(dataset, ("arms", 2025, 7), ("arms", 2021, 5.5), ("aml", 2023, None))
    assert find_editions(data) == (2021, 2023, 2025)
    assert list(find_scores(data, "arms").items()) == [(2021, 5.5), (2023, None), (2025, 7)]


def test_what_an_edition_did_not_assess_is_not_called_unknown(dataset: Dataset) -> None:
    bars = {bar.edition: bar.figure for bar in build_scores(dataset, "cyber", "en").bars}
    assert (bars[2021], bars[2025]) == ("not assessed", "unknown")


def test_without_scores_there_is_nothing_to_draw(dataset: Dataset) -> None:
    scores = build_scores(with_scores(dataset), "arms", "es")
    assert scores.bars == ()
    assert scores.change == "Sin dato de ninguna edición"


@pytest.mark.parametrize(
    ("scores", "change"),
    [
        ({2021: 5.5, 2023: 6.5, 2025: 7.0}, Change(2021, 2025, 1.5)),
        ({2021: 4.5, 2023: 4.0, 2025: None}, Change(2021, 2023, -0.5)),
        ({2021: None, 2023: 9.0, 2025: 8.5}, Change(2023, 2025, -0.5)),
        ({2021: 9.0, 2023: None, 2025: 9.0}, Change(2021, 2025, 0)),
        ({2021: None, 2023: 5.0, 2025: None}, Change(2023, 2023, 0)),
        ({2021: 6.35, 2023: 6.4, 2025: 6.62}, Change(2021, 2025, 0.27)),
        ({2021: 0.0, 2023: None, 2025: 0.5}, Change(2021, 2025, 0.5)),
        ({2021: None, 2023: None, 2025: None}, None),
        ({}, None),
    ],
)
def test_a_change_runs_from_the_first_to_the_last_edition_known(
    scores: dict[int, float | None], change: Change | None
) -> None:
    assert find_change(scores) == change


@pytest.mark.parametrize(
    ("topic", "lang", "change"),
    [
        ("arms", "es", "Subió 1,5 de 2021 a 2025: peor"),
        ("arms", "en", "Up 1.5 from 2021 to 2025: worse"),
        ("counterfeit", "es", "Bajó 0,5 de 2023 a 2025: mejor"),
        ("aml", "en", "Down 0.5 from 2021 to 2023: worse"),
        ("judiciary", "es", "Subió 0,5 de 2021 a 2023: mejor"),
        ("resilience", "en", "Down 0.2 from 2021 to 2023: worse"),
        ("cocaine", "es", "Igual en 2021 y en 2025"),
        ("cyber", "en", "Known for 2023 only"),
    ],
)
def test_a_change_is_described_as_better_or_worse(dataset: Dataset, topic: str, lang: Lang, change: str) -> None:
    assert build_scores(dataset, topic, lang).change == change


def test_more_is_worse_for_crime_and_better_for_resilience(dataset: Dataset) -> None:
    assert [sense_of(dataset, one) for one in AGGREGATES] == [Sense.WORSE, Sense.WORSE, Sense.WORSE, Sense.BETTER]
    assert {sense_of(dataset, one) for one in INDICATORS} == {Sense.BETTER}
    assert {sense_of(dataset, topic.topic_id) for topic in dataset.markets} == {Sense.WORSE}


@pytest.mark.parametrize(("lang", "word"), [("es", "sin dato"), ("en", "unknown")])
def test_an_unknown_score_is_a_word_and_no_length(dataset: Dataset, lang: Lang, word: str) -> None:
    first, second, third = build_scores(dataset, "heroin", lang).bars
    assert (third.figure, third.percent, third.known, third.latest) == (word, 0, False, False)
    assert (second.known, second.latest, second.percent) == (True, True, 55)
    assert (first.known, first.latest) == (True, False)


def test_a_score_of_zero_is_known(dataset: Dataset) -> None:
    data = with_scores(dataset, ("arms", 2021, None), ("arms", 2023, 0))
    unknown, zero = build_scores(data, "arms", "en").bars
    assert (unknown.figure, unknown.known) == ("unknown", False)
    assert (zero.figure, zero.known, zero.latest) == ("0.0", True, True)


@pytest.mark.parametrize(
    ("value", "spanish", "english"),
    [(9, "9,0", "9.0"), (4.5, "4,5", "4.5"), (6.62, "6,62", "6.62"), (10, "10,0", "10.0")],
)
def test_a_figure_has_the_languages_decimal_sign(value: float, spanish: str, english: str) -> None:
    assert (figure(value, "es"), figure(value, "en")) == (spanish, english)


def test_several_scores_keep_the_order_asked_for(dataset: Dataset) -> None:
    assert [one.topic_id for one in build_all(dataset, AGGREGATES, "es")] == list(AGGREGATES)
    assert [one.name for one in build_all(dataset, ("resilience", "arms"), "en")] == ["Resilience", "Arms"]


def test_only_markets_carry_a_groups_colour(dataset: Dataset) -> None:
    found = [one.group for one in build_all(dataset, ("arms", "foreign", "aml", "resilience"), "en")]
    assert found == ["trade", "", "", ""]


def test_the_template_marks_what_is_unknown_and_writes_every_figure(dataset: Dataset) -> None:
    module = ENVIRONMENT.get_template("scores.html").module
    page = str(module.scores(build_scores(dataset, "aml", "es")))  # type: ignore[attr-defined]
    assert page.count('<li class="unknown">') == 1
    assert "sin dato" in page
    assert "4,5" in page
    assert "width: 40.0%" in page
