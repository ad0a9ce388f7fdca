"""What the profile says of two or three places side by side: what it mentions for all of them, and what for some."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap.analysis.filters import RANK, by_market
from ocmap.analysis.summaries import Touching, routes_near
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis

READY = (("PE-MDD", "PE-PUN"), ("border-BO", "border-EC"), ("PE-CAJ", "PE-PIU", "PE-TUM"))
"""Comparisons to begin with: two regions at one border, two borders, three regions at one border."""

Found = Mapping[str, Mapping[str, Basis]]


class Cell(NamedTuple):
    """The statements by which one place comes to one thing, the strongest basis first; none: it is not mentioned."""

    statements: tuple[tuple[str, Basis], ...]

    @property
    def counts(self) -> tuple[tuple[Basis, int], ...]:
        """Return how many of them there are on each basis."""
        return tuple(Counter(basis for _, basis in self.statements).items())


class Row(NamedTuple):
    """A market, an actor, a route or a statement, with a cell for each place."""

    key: str
    cells: tuple[Cell, ...]


class Overlap(NamedTuple):
    """The rows that the profile mentions for just these places among those compared.

    In ``wider`` are those that reach none of them by more than what is said of a wider area.
    """

    places: tuple[str, ...]
    rows: tuple[Row, ...]
    wider: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Places side by side.

    Attributes:
        places: The places, in the order of the columns.
        counts: For each basis, how many statements reach each place on it; zeroes included.
        markets: What is said of all places first, then of two of three, then of a single one. ``actors``, ``routes``
            and ``statements`` have the same form. A set of places that shares nothing is left out.
        unmentioned: The markets that are mentioned for none of the places.
    """

    places: tuple[str, ...]
    counts: tuple[tuple[Basis, tuple[int, ...]], ...]
    markets: tuple[Overlap, ...]
    actors: tuple[Overlap, ...]
    routes: tuple[Overlap, ...]
    statements: tuple[Overlap, ...]
    unmentioned: tuple[str, ...]


def compare(
    dataset: Dataset, touching: Touching, found: Found, routes: Collection[str] = (), markets: Sequence[str] = ()
) -> Comparison:
    """Compare places by the statements found for each, which are those that the filters leave.

    ``routes`` are the routes shown, ``markets`` the markets chosen; without any, all of them. A route counts for a
    place that it touches and that its statement reaches.
    """
    wanted = [topic.topic_id for topic in dataset.markets if not markets or topic.topic_id in markets]
    of_market = {place: by_market(dataset, ids, wanted) for place, ids in found.items()}
    order = dataset.profile_order
    said = sorted({one for ids in found.values() for one in ids}, key=order.__getitem__)
    of_actor = {place: _by_actor(dataset, ids) for place, ids in found.items()}
    of_route = {place: _by_route(dataset, touching, place, routes) for place in found}
    most = Counter(actor for one in said for actor in dataset.statement[one].actors)
    mentioned = {market for own in of_market.values() for market in own}
    return Comparison(
        places=tuple(found),
        counts=tuple((basis, tuple(_count(ids, basis) for ids in found.values())) for basis in Basis),
        markets=_overlaps(found, of_market, wanted),
        actors=_overlaps(found, of_actor, sorted(most, key=lambda actor: (-most[actor], actor))),
        routes=_overlaps(found, of_route, sorted(routes)),
        statements=_overlaps(found, {place: {one: (one,) for one in ids} for place, ids in found.items()}, said),
        unmentioned=tuple(market for market in wanted if market not in mentioned),
    )


def _count(found: Mapping[str, Basis], basis: Basis) -> int:
    return sum(own is basis for own in found.values())


def _by_actor(dataset: Dataset, statement_ids: Iterable[str]) -> Mapping[str, list[str]]:
    named: dict[str, list[str]] = defaultdict(list)
    for one in statement_ids:
        for actor in dataset.statement[one].actors:
            named[actor].append(one)
    return named


def _by_route(dataset: Dataset, touching: Touching, place_id: str, routes: Collection[str]) -> Mapping[str, list[str]]:
    near = routes_near(dataset, dataset.place[place_id], touching)
    return {one: [dataset.route[one].statement_id] for one in near if one in routes}


def _overlaps(
    found: Found, said: Mapping[str, Mapping[str, Sequence[str]]], order: Iterable[str]
) -> tuple[Overlap, ...]:
    """Group the keys by the places for which they are said, the largest groups first and then by column."""
    groups: dict[tuple[int, ...], list[Row]] = defaultdict(list)
    for key in order:
        cells = tuple(_cell(found[place], said[place].get(key, ())) for place in found)
        if having := tuple(i for i, cell in enumerate(cells) if cell.statements):
            groups[having].append(Row(key, cells))
    places = tuple(found)
    return tuple(
        Overlap(
            tuple(places[i] for i in having),
            tuple(row for row in groups[having] if not _is_wide(row)),
            tuple(row for row in groups[having] if _is_wide(row)),
        )
        for having in sorted(groups, key=lambda having: (-len(having), having))
    )


def _is_wide(row: Row) -> bool:
    return all(basis is Basis.AREA for cell in row.cells for _, basis in cell.statements)


def _cell(found: Mapping[str, Basis], statement_ids: Iterable[str]) -> Cell:
    reaching = [(one, found[one]) for one in statement_ids if one in found]
    return Cell(tuple(sorted(reaching, key=lambda item: RANK[item[1]])))


def of_group(dataset: Dataset, market: str, cell: Cell) -> bool:
    """Return whether all that a cell says of a market is said of the market's group as such."""
    return bool(cell.statements) and all(market not in dataset.statement[one].markets for one, _ in cell.statements)


def shared(found: Found) -> frozenset[str]:
    """Return the statements that reach all of the places."""
    sets = [frozenset(ids) for ids in found.values()]
    return frozenset.intersection(*sets) if sets else frozenset()


def closest(found: Mapping[str, Basis], others: Found, most: int) -> tuple[tuple[str, int], ...]:
    """Return the places that share most statements with one, each with the number; those that share none left out."""
    counts = [(place, len(found.keys() & ids.keys())) for place, ids in others.items()]
    return tuple(sorted(((place, n) for place, n in counts if n), key=lambda item: (-item[1], item[0]))[:most])
