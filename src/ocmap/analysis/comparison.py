"""Compare two or three places: what the profile mentions for all of them, and what for some."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap.analysis.filters import BasisCounts, by_market, markets_shown
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import routes_near
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import RANK, Basis

PlaceStatements = Mapping[str, Mapping[str, Basis]]
"""The statements of each place, with their basis."""


class ComparisonCell(NamedTuple):
    """The statements on one item that reach one place, the strongest basis first; empty: it is not mentioned there."""

    statements: tuple[tuple[str, Basis], ...]

    @property
    def counts(self) -> tuple[tuple[Basis, int], ...]:
        """Return how many statements there are on each basis; no zeroes."""
        return tuple(Counter(basis for _, basis in self.statements).items())


class ComparisonRow(NamedTuple):
    """A market, an actor, a route or a statement, with a cell for each place."""

    key: str
    cells: tuple[ComparisonCell, ...]


class Overlap(NamedTuple):
    """The rows that the profile mentions for exactly these places among those compared.

    ``area_only`` are the rows whose statements all rest on a wider area.
    """

    places: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    area_only: tuple[ComparisonRow, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Places side by side.

    Attributes:
        places: The places, in the order of the columns.
        counts: For each basis, how many statements reach each place on it; zeroes included.
        markets: What all places share first, then what two of three share, then what a single one has. ``actors``,
            ``routes`` and ``statements`` have the same form. A set of places that shares nothing is left out.
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
    profile: CountryProfile, places: PlaceStatements, routes: Collection[str], markets: Sequence[str]
) -> Comparison:
    """Compare places by their statements, which are those that pass the filters.

    ``routes`` are the routes that pass; ``markets`` are the chosen markets, none meaning all. A route counts for a
    place that it touches and that its statement reaches.
    """
    dataset = profile.dataset
    columns = markets_shown(dataset, markets)
    of_market = {place: by_market(dataset, statements, columns) for place, statements in places.items()}
    of_actor = {place: _by_actor(dataset, statements) for place, statements in places.items()}
    of_route = {place: _by_route(profile, place, routes) for place in places}
    of_statement = {
        place: {statement_id: (statement_id,) for statement_id in statements} for place, statements in places.items()
    }
    order = dataset.profile_order
    statement_ids = sorted(frozenset[str]().union(*places.values()), key=order.__getitem__)
    mentions = Counter(actor for statement_id in statement_ids for actor in dataset.statement[statement_id].actors)
    mentioned = {market for groups in of_market.values() for market in groups}
    counts = [BasisCounts.of(statements.values()) for statements in places.values()]
    return Comparison(
        places=tuple(places),
        counts=tuple((basis, tuple(count.count(basis) for count in counts)) for basis in Basis),
        markets=_overlaps(places, of_market, columns),
        actors=_overlaps(places, of_actor, sorted(mentions, key=lambda actor: (-mentions[actor], actor))),
        routes=_overlaps(places, of_route, sorted(routes)),
        statements=_overlaps(places, of_statement, statement_ids),
        unmentioned=tuple(market for market in columns if market not in mentioned),
    )


def _by_actor(dataset: Dataset, statement_ids: Iterable[str]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for statement_id in statement_ids:
        for actor in dataset.statement[statement_id].actors:
            groups[actor].append(statement_id)
    return groups


def _by_route(profile: CountryProfile, place_id: str, routes: Collection[str]) -> Mapping[str, list[str]]:
    dataset = profile.dataset
    route_ids = routes_near(profile, dataset.place[place_id])
    return {route_id: [dataset.route[route_id].statement_id] for route_id in route_ids if route_id in routes}


def _overlaps(
    places: PlaceStatements, groups: Mapping[str, Mapping[str, Sequence[str]]], order: Iterable[str]
) -> tuple[Overlap, ...]:
    """Group keys by the places that have statements on them; sort by number of places, most first, then by column.

    ``groups`` holds for each place the statements of each key; ``order`` holds the keys.
    """
    rows: dict[tuple[int, ...], list[ComparisonRow]] = defaultdict(list)
    for key in order:
        cells = tuple(_cell(statements, groups[place].get(key, ())) for place, statements in places.items())
        if columns := tuple(i for i, cell in enumerate(cells) if cell.statements):
            rows[columns].append(ComparisonRow(key, cells))
    place_ids = tuple(places)
    return tuple(
        Overlap(
            tuple(place_ids[i] for i in columns),
            tuple(row for row in rows[columns] if not _is_area_only(row)),
            tuple(row for row in rows[columns] if _is_area_only(row)),
        )
        for columns in sorted(rows, key=lambda columns: (-len(columns), columns))
    )


def _is_area_only(row: ComparisonRow) -> bool:
    return all(basis is Basis.AREA for cell in row.cells for _, basis in cell.statements)


def _cell(statements: Mapping[str, Basis], statement_ids: Iterable[str]) -> ComparisonCell:
    pairs = [(statement_id, statements[statement_id]) for statement_id in statement_ids if statement_id in statements]
    return ComparisonCell(tuple(sorted(pairs, key=lambda item: RANK[item[1]])))


def is_of_group(dataset: Dataset, market: str, cell: ComparisonCell) -> bool:
    """Return whether a cell has statements and all of them are on the market's whole group."""
    return bool(cell.statements) and all(
        market not in dataset.statement[statement_id].markets for statement_id, _ in cell.statements
    )


def shared_statements(places: PlaceStatements) -> frozenset[str]:
    """Return the statements that reach all of the places."""
    sets = [frozenset(statements) for statements in places.values()]
    return frozenset.intersection(*sets) if sets else frozenset()


def most_similar(statements: Mapping[str, Basis], others: PlaceStatements, most: int) -> tuple[tuple[str, int], ...]:
    """Return the places that share most statements with one, each with the number; those that share none left out."""
    counts = [(place, len(statements.keys() & ids.keys())) for place, ids in others.items()]
    return tuple(sorted(((place, n) for place, n in counts if n), key=lambda item: (-item[1], item[0]))[:most])
