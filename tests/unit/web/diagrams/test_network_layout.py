"""Layout of actors and ties in which no two ties meet."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ocmap.analysis.actor_network import build_ties
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Tie, TieKind
from ocmap.web.diagrams.network_layout import lay_out_network


@pytest.fixture(scope="session")
def all_statements(dataset: Dataset) -> frozenset[str]:
    return frozenset(dataset.statement)


def coded_tie(statement: str, a: str, b: str, kind: TieKind = TieKind.WITH, market: str | None = None) -> Tie:
    return Tie(statement_id=statement, actor_a=a, actor_b=b, tie=kind, market=market)


def test_ties_do_not_cross_and_boxes_do_not_touch(dataset: Dataset, all_statements: frozenset[str]) -> None:
    layout = lay_out_network(dataset, build_ties(dataset, all_statements, ()))
    ends = [(*end, end == curve.end) for curve in layout.curves for end in (curve.start, curve.end)]
    assert len(layout.curves) == len(build_ties(dataset, all_statements, ()))
    assert len(set(ends)) == len(ends)
    for column in range(3):
        boxes = sorted((one for one in layout.boxes if one.column == column), key=lambda one: one.top)
        assert boxes
        assert boxes[0].top >= 0
        assert all(upper.top + upper.height < lower.top for upper, lower in pairwise(boxes))
        assert boxes[-1].top + boxes[-1].height <= layout.height


def test_each_end_of_a_tie_is_on_its_actors_box(dataset: Dataset, all_statements: frozenset[str]) -> None:
    layout = lay_out_network(dataset, build_ties(dataset, all_statements, ()))
    boxes = {one.actor_id: one for one in layout.boxes}
    for curve in layout.curves:
        ends = (boxes[curve.tie.actor_a], boxes[curve.tie.actor_b])
        assert {curve.start[0], curve.end[0]} == {one.column for one in ends}
        for column, height in (curve.start, curve.end):
            assert any(one.column == column and one.top < height < one.top + one.height for one in ends)
        assert bool(curve.out) == (curve.start[0] == curve.end[0])


@pytest.mark.parametrize(
    ("a", "b"),
    [("colombian-groups", "mexican-groups"), ("criminal-networks", "local-groups"), ("officials", "tren-de-aragua")],
    ids=["foreign column", "middle column", "across the middle"],
)
def test_any_pair_of_actors_has_a_layout(dataset: Dataset, a: str, b: str) -> None:
    other = replace(dataset, ties=(coded_tie("aml.1-a", a, b), coded_tie("aml.1-a", a, b, TieKind.AGAINST)))
    layout = lay_out_network(other, build_ties(other, {"aml.1-a"}, ()))
    assert len(layout.boxes) == len(layout.curves) == 2
    assert layout.height > 0


def test_without_ties_the_layout_is_empty(dataset: Dataset) -> None:
    layout = lay_out_network(dataset, ())
    assert (layout.boxes, layout.curves, layout.height) == ((), (), 0)
