"""Lay out actors and their ties in three columns, so that no two ties meet at the same point."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from ocmap.analysis.actor_network import ActorTie
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import TieKind

COLUMNS: Mapping[str, int] = MappingProxyType(
    {"private_sector": 0, "state_embedded": 0, "criminal_networks": 1, "mafia_style": 1, "foreign": 2}
)
"""The column of each actor type; any other type is in the middle one."""
SWEEPS = (2, 0, 1, 2, 0)  # the columns that are reordered, in turn
STEP, PADDING, GAP, BULGE = 22, 16, 12, 26  # pixels: between two ties, in a box, between boxes, of the flattest bulge


class ActorBox(NamedTuple):
    """An actor's box: its column, its upper edge and its height in pixels."""

    actor_id: str
    column: int
    top: int
    height: int


class TieCurve(NamedTuple):
    """The curve of a tie from one box to another.

    Attributes:
        tie: The tie.
        start: Column and height at which it leaves the box on the left, or the upper of two in one column.
        end: Column and height at which it reaches the other box.
        out: By how many pixels it bulges beside its own column; 0 between two columns.
    """

    tie: ActorTie
    start: tuple[int, int]
    end: tuple[int, int]
    out: int


@dataclass(frozen=True)
class NetworkLayout:
    """Actors and ties in three columns; every tie has a height of its own at both of its ends."""

    boxes: tuple[ActorBox, ...]
    curves: tuple[TieCurve, ...]
    height: int


def lay_out_network(dataset: Dataset, ties: Sequence[ActorTie]) -> NetworkLayout:
    """Lay out the actors of these ties, in pixels.

    A box is as high as the ties at its busier side need. Within a column, tied actors are near each other.
    """
    columns = {actor: _column(dataset, actor) for tie in ties for actor in (tie.actor_a, tie.actor_b)}
    sides: dict[tuple[str, str], list[ActorTie]] = defaultdict(list)
    for tie in ties:
        for actor, other in ((tie.actor_a, tie.actor_b), (tie.actor_b, tie.actor_a)):
            sides[actor, _side(columns[actor], columns[other])].append(tie)
    boxes, height = _stack(_rank_actors(ties, columns), columns, sides)
    ports = _place_ports(boxes, sides)
    curves = []
    for tie in ties:
        start, end = sorted((ports[tie.actor_a, tie], ports[tie.actor_b, tie]))
        out = BULGE + (end[1] - start[1]) // 3 if start[0] == end[0] else 0
        curves.append(TieCurve(tie, start, end, out))
    return NetworkLayout(tuple(boxes.values()), tuple(curves), height)


def _place_ports(
    boxes: Mapping[str, ActorBox], sides: Mapping[tuple[str, str], Sequence[ActorTie]]
) -> dict[tuple[str, ActorTie], tuple[int, int]]:
    """Return the column and height at which each tie meets each of its two actors."""
    ports = {}
    for (actor, _), ties in sides.items():
        box = boxes[actor]
        first = box.top + (box.height - STEP * len(ties)) // 2 + STEP // 2
        for i, tie in enumerate(sorted(ties, key=partial(_port_rank, boxes, actor))):
            ports[actor, tie] = (box.column, first + STEP * i)
    return ports


def _port_rank(boxes: Mapping[str, ActorBox], actor_id: str, tie: ActorTie) -> tuple[int, bool]:
    """Order an actor's ties by the height of their other ends, cooperation before rivalry."""
    other = tie.actor_b if actor_id == tie.actor_a else tie.actor_a
    return boxes[other].top, tie.kind is TieKind.AGAINST


def _column(dataset: Dataset, actor_id: str) -> int:
    return COLUMNS.get(dataset.actor[actor_id].topic_id or "", 1)


def _side(column: int, other: int) -> str:
    """Return the side at which a tie leaves a box; inside the first column it bulges to the left."""
    return "left" if other < column or column == other == 0 else "right"


def _rank_actors(ties: Sequence[ActorTie], columns: Mapping[str, int]) -> Mapping[str, float]:
    """Return an order of the actors that keeps ties short: sweeps move each actor to the mean rank of its partners."""
    partners: dict[str, list[str]] = {actor: [] for actor in columns}
    for tie in ties:
        partners[tie.actor_a].append(tie.actor_b)
        partners[tie.actor_b].append(tie.actor_a)
    by_degree = sorted(columns, key=lambda actor: (-len(partners[actor]), actor))
    rank = {actor: float(i) for i, actor in enumerate(by_degree)}
    for swept in SWEEPS:
        centre: dict[str, float] = {}
        for actor in columns:
            others = [rank[partner] for partner in partners[actor] if columns[partner] != swept]
            centre[actor] = sum(others) / len(others) if others and columns[actor] == swept else rank[actor]
        for column in set(columns.values()):
            actors = sorted(
                (actor for actor in columns if columns[actor] == column),
                key=lambda actor: (centre[actor], rank[actor], actor),
            )
            rank.update({actor: float(i) * len(columns) / len(actors) for i, actor in enumerate(actors)})
    return rank


def _stack(
    ranks: Mapping[str, float], columns: Mapping[str, int], sides: Mapping[tuple[str, str], Sequence[ActorTie]]
) -> tuple[dict[str, ActorBox], int]:
    """Return the boxes of each column one below the other, the shorter columns centred, and the whole height."""
    heights = {
        actor: STEP * max(len(sides.get((actor, "left"), ())), len(sides.get((actor, "right"), ()))) + PADDING
        for actor in columns
    }
    stacks = {
        column: sorted((actor for actor in columns if columns[actor] == column), key=ranks.__getitem__)
        for column in (0, 1, 2)
    }
    totals = {column: sum(heights[actor] + GAP for actor in actors) for column, actors in stacks.items()}
    boxes = {}
    for column, actors in stacks.items():
        top = (max(totals.values()) - totals[column]) // 2
        for actor in actors:
            boxes[actor] = ActorBox(actor, column, top, heights[actor])
            top += heights[actor] + GAP
    return boxes, max(totals.values()) - GAP if boxes else 0
