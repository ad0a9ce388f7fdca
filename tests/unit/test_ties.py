"""Who is named with what, who works with or against whom, and a drawing in which no two ties meet."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ocmap import i18n
from ocmap.analysis.actor_network import (
    SHOWN_KINDS,
    ActorProfile,
    Edge,
    build_edges,
    build_profiles,
    build_row,
    by_type,
    lay_out,
    statements_of,
)
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import ACTOR_TYPES, Tie, TieKind
from ocmap.web import html


@pytest.fixture(scope="session")
def every(dataset: Dataset) -> frozenset[str]:
    return frozenset(dataset.statement)


def actor_profile(dataset: Dataset, actor: str, *shown: str) -> ActorProfile:
    ids = frozenset(shown) or frozenset(dataset.statement)
    return build_profiles(dataset, ids, build_edges(dataset, ids))[actor]


def edge(edges: tuple[Edge, ...], a: str, b: str, kind: TieKind) -> Edge:
    return next(one for one in edges if (one.actor_a, one.actor_b, one.tie) == (a, b, kind))


def tie(statement: str, a: str, b: str, kind: TieKind = TieKind.WITH, market: str | None = None) -> Tie:
    return Tie(statement_id=statement, actor_a=a, actor_b=b, tie=kind, market=market)


def test_each_coded_tie_is_in_exactly_one_edge(dataset: Dataset, every: frozenset[str]) -> None:
    said = [(one.actor_a, one.actor_b, one.tie, says) for one in build_edges(dataset, every) for says in one.statements]
    assert sorted(said) == sorted((one.actor_a, one.actor_b, one.tie, one.statement_id) for one in dataset.ties)


def test_a_pair_that_does_both_has_two_edges(dataset: Dataset, every: frozenset[str]) -> None:
    edges = build_edges(dataset, every)
    together = edge(edges, "foreign-groups", "local-groups", TieKind.WITH)
    apart = edge(edges, "foreign-groups", "local-groups", TieKind.AGAINST)
    assert (together.markets, together.statements) == (("arms",), ("arms.3-a",))
    assert (apart.markets, apart.statements) == (("extortion", "arms"), ("extortion.3-a", "arms.3-a"))


def test_a_market_filter_leaves_the_ties_in_that_market(dataset: Dataset, every: frozenset[str]) -> None:
    edges = build_edges(dataset, every, ("extortion",))
    assert edges == (Edge("foreign-groups", "local-groups", TieKind.AGAINST, ("extortion",), ("extortion.3-a",)),)


def test_a_tie_without_a_market_passes_under_its_statements_market(dataset: Dataset, every: frozenset[str]) -> None:
    edges = build_edges(dataset, every, ("non_renewable",))
    assert edge(edges, "criminal-networks", "private-actors", TieKind.WITH).markets == ()


def test_only_statements_that_are_shown_make_ties(dataset: Dataset) -> None:
    assert build_edges(dataset, ()) == ()
    assert {one.statements for one in build_edges(dataset, {"extortion.3-a", "aml.1-a"})} == {("extortion.3-a",)}


def test_a_profile_gathers_what_is_said_of_an_actor(dataset: Dataset) -> None:
    found = actor_profile(dataset, "tren-de-aragua")
    assert found.statements == ("extortion.2-a", "arms.3-a", "foreign.3-a")
    assert found.markets == ("human_trafficking", "extortion", "arms", "cocaine")
    assert found.places == ("PE-LMA",)
    assert (found.partners, found.opponents) == (("local-groups",), ("local-groups",))


def test_a_nationality_is_no_place_and_finer_places_come_first(dataset: Dataset) -> None:
    assert actor_profile(dataset, "venezuelan-groups").places == ()
    assert actor_profile(dataset, "criminal-networks").places == ("PE-LMA", "border-EC", "amazon")
    kinds = {
        dataset.place[one].kind for actor in dataset.actors for one in actor_profile(dataset, actor.actor_id).places
    }
    assert kinds <= set(SHOWN_KINDS)


def test_a_group_stands_behind_the_markets(dataset: Dataset) -> None:
    assert actor_profile(dataset, "drug-traffickers").markets == ("flora", "drugs")


def test_what_is_hidden_is_in_no_profile(dataset: Dataset) -> None:
    found = actor_profile(dataset, "tren-de-aragua", "extortion.2-a")
    assert (found.statements, found.markets, found.partners) == (("extortion.2-a",), ("extortion",), ())
    assert "mexican-groups" not in build_profiles(dataset, {"extortion.2-a"}, ())


def test_all_five_types_are_listed_and_most_said_comes_first(dataset: Dataset, every: frozenset[str]) -> None:
    profiles = build_profiles(dataset, every, ())
    groups = by_type(dataset, profiles)
    assert tuple(groups) == ACTOR_TYPES
    assert sorted(one for ids in groups.values() for one in ids) == sorted(profiles)
    for ids in groups.values():
        counts = [len(profiles[one].statements) for one in ids]
        assert all(first >= second for first, second in pairwise(counts))
    assert tuple(by_type(dataset, {})) == ACTOR_TYPES


def test_statements_of_several_actors_are_counted_once(dataset: Dataset, every: frozenset[str]) -> None:
    profiles = build_profiles(dataset, every, ())
    assert statements_of(profiles, ("farc-remnants",)) == {"foreign.4-a"}
    assert statements_of(profiles, ("farc-remnants", "comando-vermelho", "primeiro-comando-da-capital")) == {
        "foreign.4-a",
        "foreign.5-a",
    }


def test_a_row_counts_statements_and_marks_those_of_a_group(dataset: Dataset) -> None:
    row = build_row(dataset, actor_profile(dataset, "drug-traffickers"), ("flora", "fauna", "cocaine"))
    assert row == ((2, False), (0, False), (2, True))


def test_a_statement_of_a_market_and_its_group_counts_once(dataset: Dataset) -> None:
    changed = dataset.statement["flora.4-a"].model_copy(update={"markets": ("flora", "cocaine", "drugs")})
    statements = tuple(changed if one.statement_id == "flora.4-a" else one for one in dataset.statements)
    other = replace(dataset, statements=statements)
    assert build_row(other, actor_profile(other, "drug-traffickers"), ("cocaine",)) == ((2, False),)


def test_no_two_ties_meet_and_no_two_boxes_touch(dataset: Dataset, every: frozenset[str]) -> None:
    drawing = lay_out(dataset, build_edges(dataset, every))
    ends = [(*end, end == curve.end) for curve in drawing.curves for end in (curve.start, curve.end)]
    assert len(drawing.curves) == len(build_edges(dataset, every))
    assert len(set(ends)) == len(ends)
    for column in range(3):
        boxes = sorted((one for one in drawing.boxes if one.column == column), key=lambda one: one.top)
        assert boxes
        assert boxes[0].top >= 0
        assert all(upper.top + upper.height < lower.top for upper, lower in pairwise(boxes))
        assert boxes[-1].top + boxes[-1].height <= drawing.height


def test_each_end_of_a_tie_lies_on_its_actors_box(dataset: Dataset, every: frozenset[str]) -> None:
    drawing = lay_out(dataset, build_edges(dataset, every))
    boxes = {one.actor_id: one for one in drawing.boxes}
    for curve in drawing.curves:
        ends = (boxes[curve.edge.actor_a], boxes[curve.edge.actor_b])
        assert {curve.start[0], curve.end[0]} == {one.column for one in ends}
        for column, height in (curve.start, curve.end):
            assert any(one.column == column and one.top < height < one.top + one.height for one in ends)
        assert bool(curve.out) == (curve.start[0] == curve.end[0])


@pytest.mark.parametrize(
    ("a", "b"),
    [("colombian-groups", "mexican-groups"), ("criminal-networks", "local-groups"), ("officials", "tren-de-aragua")],
    ids=["foreign column", "middle column", "across the middle"],
)
def test_any_pair_can_be_laid_out(dataset: Dataset, a: str, b: str) -> None:
    other = replace(dataset, ties=(tie("aml.1-a", a, b), tie("aml.1-a", a, b, TieKind.AGAINST)))
    drawing = lay_out(other, build_edges(other, {"aml.1-a"}))
    assert len(drawing.boxes) == len(drawing.curves) == 2
    assert drawing.height > 0


def test_nothing_is_laid_out_from_nothing(dataset: Dataset) -> None:
    drawing = lay_out(dataset, ())
    assert (drawing.boxes, drawing.curves, drawing.height) == ((), (), 0)


def test_markup_in_the_data_is_text_in_the_view() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    row = {"name": evil, "note": evil, "chosen": False, "markets": [{"group": evil, "name": evil}], "places": evil}
    row |= {"partners": evil, "opponents": evil}
    words = i18n.of("es")
    figures = {
        "sense": evil,
        "bars": [{"edition": evil, "percent": 0, "figure": evil, "known": True, "latest": True}],
        "change": evil,
    }
    pages = (
        html.ENVIRONMENT.get_template("actors_rows.html").render(words=words, lang="es", rows=[row]),
        html.ENVIRONMENT.get_template("actors_bar.html").render(lang="es", text=evil, empty=evil, chosen=True),
        html.ENVIRONMENT.get_template("actors_type.html").render(
            lang="es", name=evil, definition=evil, note=evil, empty=evil, worse=evil, figures=figures
        ),
        html.ENVIRONMENT.get_template("actors_matrix.html").render(
            words=words,
            lang="es",
            groups=[(evil, evil, 2)],
            columns=[{"name": evil}],
            parts=[(evil, [(evil, False, [])])],
        ),
        html.ENVIRONMENT.get_template("actors_lines.html").render(
            colours="", frame=(0, 1), height=1, paths=[(evil, evil)]
        ),
    )
    assert all("&lt;img" in page and "<img" not in page for page in pages)
