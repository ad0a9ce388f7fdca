"""What the profile says of its actors, who works with or against whom, and where a drawing puts them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import ACTOR_TYPES, PlaceKind, Role, TieKind, TopicKind

"""The ids of the actor types, in the Index's own order."""
SHOWN_KINDS = (
    PlaceKind.REGION,
    PlaceKind.SITE,
    PlaceKind.CORRIDOR,
    PlaceKind.BORDERS,
    PlaceKind.MACRO_REGION,
    PlaceKind.ROAD,
    PlaceKind.RIVER_SYSTEM,
    PlaceKind.TRIPOINT,
)
COLUMNS: Mapping[str, int] = MappingProxyType(
    {"private_sector": 0, "state_embedded": 0, "criminal_networks": 1, "mafia_style": 1, "foreign": 2}
)
"""In which column of the drawing the actors of a type stand."""


@dataclass(frozen=True)
class ActorProfile:
    """What the statements shown say of one actor.

    Attributes:
        statements: The statements that name it, in the profile's order.
        markets: The markets that they speak of, or a group's id where they speak of the group as such.
        places: The places in Peru that they name; nationalities are none.
        partners: Those with whom, ``opponents`` those against whom a statement says that it works.
    """

    actor_id: str
    statements: tuple[str, ...]
    markets: tuple[str, ...]
    places: tuple[str, ...]
    partners: tuple[str, ...]
    opponents: tuple[str, ...]


class Cell(NamedTuple):
    """How many statements tie an actor to a market, and whether all of them speak of the market's group only."""

    n: int
    of_group: bool


class Edge(NamedTuple):
    """A pair of actors, how they stand to each other, in which markets, and the statements that say so."""

    actor_a: str
    actor_b: str
    tie: TieKind
    markets: tuple[str, ...]
    statements: tuple[str, ...]


def build_edges(dataset: Dataset, shown: Collection[str], markets: Collection[str] = ()) -> tuple[Edge, ...]:
    """Return the ties that the statements shown assert, one for each pair and kind, in the profile's order.

    ``markets`` limits them to ties in these markets; a tie of no market of its own has its statement's.
    """
    found: dict[tuple[str, str, TieKind], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    order = dataset.profile_order
    for tie in sorted(dataset.ties, key=lambda tie: order[tie.statement_id]):
        own = (tie.market,) if tie.market else dataset.markets_of(dataset.statement[tie.statement_id])
        if tie.statement_id not in shown or (markets and not set(own) & set(markets)):
            continue
        where, says = found[tie.actor_a, tie.actor_b, tie.tie]
        where += [tie.market] if tie.market else []
        says.append(tie.statement_id)
    return tuple(
        Edge(*key, tuple(dict.fromkeys(where)), tuple(dict.fromkeys(says))) for key, (where, says) in found.items()
    )


def build_profiles(dataset: Dataset, shown: Collection[str], edges: Iterable[Edge]) -> Mapping[str, ActorProfile]:
    """Return a profile for each actor that a statement shown names, by its id, in the file's order."""
    order = dataset.profile_order
    named: dict[str, list[str]] = defaultdict(list)
    for statement_id in sorted(shown, key=order.__getitem__):
        for actor_id in dataset.statement[statement_id].actors:
            named[actor_id].append(statement_id)
    others: dict[tuple[str, TieKind], dict[str, None]] = defaultdict(dict)
    for edge in edges:
        others[edge.actor_a, edge.tie][edge.actor_b] = None
        others[edge.actor_b, edge.tie][edge.actor_a] = None
    return MappingProxyType(
        {
            actor.actor_id: ActorProfile(
                actor.actor_id,
                tuple(named[actor.actor_id]),
                _markets(dataset, named[actor.actor_id]),
                _places(dataset, named[actor.actor_id]),
                tuple(others[actor.actor_id, TieKind.WITH]),
                tuple(others[actor.actor_id, TieKind.AGAINST]),
            )
            for actor in dataset.actors
            if actor.actor_id in named
        }
    )


def _markets(dataset: Dataset, statement_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the statements' markets in the Index's order, then the groups."""
    found = {market for one in statement_ids for market in dataset.statement[one].markets}
    order = [topic.topic_id for topic in dataset.markets]
    return (*(market for market in order if market in found), *sorted(found.difference(order)))


def _places(dataset: Dataset, statement_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the places in Peru that the statements name, the finest kinds first."""
    rows = [row for one in statement_ids for row in dataset.places_of.get(one, ())]
    found = {row.place_id: dataset.place[row.place_id].kind for row in rows if row.role is not Role.NATIONALITY}
    return tuple(place for kind in SHOWN_KINDS for place, own in found.items() if own is kind)


def by_type(dataset: Dataset, profiles: Mapping[str, ActorProfile]) -> Mapping[str, tuple[str, ...]]:
    """Return the actors under each of the five types, those of whom most is said first."""
    groups: dict[str, list[str]] = {one: [] for one in ACTOR_TYPES if one in dataset.topic}
    for topic in dataset.topics:
        if topic.kind is TopicKind.ACTOR_TYPE:
            groups.setdefault(topic.topic_id, [])
    for actor_id in sorted(profiles, key=lambda one: (-len(profiles[one].statements), one)):
        groups.setdefault(dataset.actor[actor_id].topic_id, []).append(actor_id)
    return MappingProxyType({key: tuple(ids) for key, ids in groups.items()})


def statements_of(profiles: Mapping[str, ActorProfile], actor_ids: Iterable[str]) -> frozenset[str]:
    """Return the statements that name at least one of these actors."""
    return frozenset(one for actor_id in actor_ids for one in profiles[actor_id].statements)


def build_row(dataset: Dataset, actor_profile: ActorProfile, columns: Sequence[str]) -> tuple[Cell, ...]:
    """Return an actor's row of the matrix: a cell for each market, zeroes included."""
    own: dict[str, int] = defaultdict(int)
    wide: dict[str, int] = defaultdict(int)
    for statement_id in actor_profile.statements:
        statement = dataset.statement[statement_id]
        for market in dataset.markets_of(statement):
            (own if market in statement.markets else wide)[market] += 1
    return tuple(Cell(own[one] + wide[one], bool(wide[one]) and not own[one]) for one in columns)


class Box(NamedTuple):
    """Where an actor stands in the drawing: its column, and its upper and lower edge."""

    actor_id: str
    column: int
    top: int
    height: int


class Curve(NamedTuple):
    """How a tie runs from one box to another: ``out`` says by how much it bulges beside its own column.

    Attributes:
        edge: The tie.
        start: Column and height at which it leaves the box on the left, or the upper of two in one column.
        end: The same at the other box.
        out: 0 between two columns.
    """

    edge: Edge
    start: tuple[int, int]
    end: tuple[int, int]
    out: int


@dataclass(frozen=True)
class Drawing:
    """The actors and ties laid out in three columns; every tie has a height of its own at both of its ends."""

    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    height: int


STEP, PADDING, GAP, BULGE = 22, 16, 12, 26


def lay_out(dataset: Dataset, edges: Sequence[Edge]) -> Drawing:
    """Lay the actors of these ties out so that no two ties meet at the same point, in units of a pixel.

    A box is as high as the ties at its busier side need. Within a column, tied actors stand near each other.
    """
    column = {actor: _column(dataset, actor) for edge in edges for actor in (edge.actor_a, edge.actor_b)}
    ranks = _ranks(edges, column)
    sides: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        for actor, other in ((edge.actor_a, edge.actor_b), (edge.actor_b, edge.actor_a)):
            sides[actor, _side(column[actor], column[other])].append(edge)
    boxes, lowest = _stack(ranks, column, sides)
    ports: dict[tuple[str, Edge], tuple[int, int]] = {}
    for (actor, _), own in sides.items():
        box = boxes[actor]
        first = box.top + (box.height - STEP * len(own)) // 2 + STEP // 2
        own.sort(key=partial(_port_rank, boxes, actor))
        ports.update({(actor, edge): (box.column, first + STEP * i) for i, edge in enumerate(own)})
    curves = []
    for edge in edges:
        start, end = sorted((ports[edge.actor_a, edge], ports[edge.actor_b, edge]))
        out = BULGE + (end[1] - start[1]) // 3 if start[0] == end[0] else 0
        curves.append(Curve(edge, start, end, out))
    return Drawing(tuple(boxes.values()), tuple(curves), lowest)


def _port_rank(boxes: Mapping[str, Box], actor_id: str, edge: Edge) -> tuple[int, bool]:
    """Return the order of an actor's ties: as their other ends stand, working together before rivalry."""
    return boxes[_other(edge, actor_id)].top, edge.tie is TieKind.AGAINST


def _column(dataset: Dataset, actor_id: str) -> int:
    return COLUMNS.get(dataset.actor[actor_id].topic_id, 1)


def _other(edge: Edge, actor_id: str) -> str:
    return edge.actor_b if actor_id == edge.actor_a else edge.actor_a


def _side(own: int, other: int) -> str:
    """Return the side at which a tie leaves a box; inside the first column it bulges to the left."""
    return "left" if other < own or own == other == 0 else "right"


def _ranks(edges: Sequence[Edge], column: Mapping[str, int]) -> Mapping[str, float]:
    """Return an order of the actors that keeps ties short: each is drawn to the middle of its partners."""
    partners: dict[str, list[str]] = {actor: [] for actor in column}
    for edge in edges:
        partners[edge.actor_a].append(edge.actor_b)
        partners[edge.actor_b].append(edge.actor_a)
    rank = {one: float(i) for i, one in enumerate(sorted(column, key=lambda one: (-len(partners[one]), one)))}
    for swept in (2, 0, 1, 2, 0):
        centre: dict[str, float] = {}
        for actor in column:
            near = [rank[one] for one in partners[actor] if column[one] != swept]
            centre[actor] = sum(near) / len(near) if near and column[actor] == swept else rank[actor]
        for at in set(column.values()):
            mine = sorted((one for one in column if column[one] == at), key=lambda one: (centre[one], rank[one], one))
            rank.update({one: float(i) * len(column) / len(mine) for i, one in enumerate(mine)})
    return rank


def _stack(
    ranks: Mapping[str, float], column: Mapping[str, int], sides: Mapping[tuple[str, str], Sequence[Edge]]
) -> tuple[dict[str, Box], int]:
    """Return the boxes of each column one below the other, the shorter columns centred, and the whole height."""
    heights = {
        one: STEP * max(len(sides.get((one, "left"), ())), len(sides.get((one, "right"), ()))) + PADDING
        for one in column
    }
    order = {at: sorted((one for one in column if column[one] == at), key=ranks.__getitem__) for at in (0, 1, 2)}
    totals = {at: sum(heights[one] + GAP for one in ids) for at, ids in order.items()}
    boxes = {}
    for at, ids in order.items():
        top = (max(totals.values()) - totals[at]) // 2
        for one in ids:
            boxes[one] = Box(one, at, top, heights[one])
            top += heights[one] + GAP
    return boxes, max(totals.values()) - GAP if boxes else 0
