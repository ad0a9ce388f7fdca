"""Filter the evidence by market, actor and basis, group it by place, and count it by basis."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, Self

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import RANK, Basis, Evidence

DIRECT = (Basis.NAMED, Basis.LOCATED)
INDIRECT = (Basis.BORDER, Basis.AREA)
LEVELS = ((1, 1), (2, 2), (3, 5), (6, 9), (10, None))


class Filters(NamedTuple):
    """The part of a `ViewState` that decides which statements are shown. Empty markets or actors mean all."""

    markets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = tuple(Basis)

    @classmethod
    def of(cls, view: ViewState) -> Self:
        """Return the filters of a state."""
        return cls(view.markets, view.actors, view.basis)


@dataclass(frozen=True)
class BasisCounts:
    """Number of statements on each basis."""

    by_basis: Mapping[Basis, int]

    @classmethod
    def of(cls, bases: Iterable[Basis]) -> Self:
        """Count bases, one for each statement."""
        return cls(Counter(bases))

    def count(self, *bases: Basis) -> int:
        """Return the number of statements on any of these bases."""
        return sum(self.by_basis.get(basis, 0) for basis in bases)

    @property
    def direct(self) -> int:
        """Return the number of statements with basis *named* or *located*; on markets, it colours the map."""
        return self.count(*DIRECT)

    @property
    def indirect_basis(self) -> Basis | None:
        """Return the stronger of *border* and *area* that any statement has, or None."""
        return next((basis for basis in INDIRECT if self.count(basis)), None)


NO_COUNTS = BasisCounts({})


@dataclass(frozen=True)
class FilteredEvidence:
    """The evidence that passes the current filters, grouped by place.

    Attributes:
        by_place: For each region and corridor with evidence, its statements with their strongest basis, ordered by
            basis and then as in the profile. The id of the country holds the statements on the whole country.
        routes: Ids of the routes that pass the filters, in the file's order.
        without_market: All statements that are on no market. Panels and lists show them, the map never counts them.
    """

    by_place: Mapping[str, Mapping[str, Basis]]
    routes: tuple[str, ...]
    without_market: frozenset[str]

    @cached_property
    def statement_ids(self) -> frozenset[str]:
        """Return the statements that pass the filters."""
        return frozenset(statement_id for statements in self.by_place.values() for statement_id in statements)

    @cached_property
    def route_ids(self) -> frozenset[str]:
        """Return ``routes`` as a set, for fast look-up."""
        return frozenset(self.routes)

    @cached_property
    def basis_counts(self) -> BasisCounts:
        """Return how many statements reach some place on each basis."""
        pairs = {pair for statements in self.by_place.values() for pair in statements.items()}
        return BasisCounts.of(basis for _, basis in pairs)

    @cached_property
    def _market_counts(self) -> Mapping[str, BasisCounts]:
        return {
            place_id: BasisCounts.of(
                basis for statement_id, basis in statements.items() if statement_id not in self.without_market
            )
            for place_id, statements in self.by_place.items()
        }

    @cached_property
    def ranked_places(self) -> tuple[tuple[str, int], ...]:
        """Return the places that the map colours, each with its count, the highest counts first."""
        counts = ((place_id, self.count_direct(place_id)) for place_id in self.by_place)
        return tuple(sorted(((place_id, n) for place_id, n in counts if n), key=lambda item: -item[1]))

    def of(self, place_id: str) -> Mapping[str, Basis]:
        """Return the statements that reach a place, each with its basis."""
        return self.by_place.get(place_id, {})

    def count_all(self, place_id: str) -> BasisCounts:
        """Count the statements that reach a place, those without a market included."""
        return BasisCounts.of(self.of(place_id).values())

    def count_on_markets(self, place_id: str) -> BasisCounts:
        """Count the statements on a market that reach a place: what the map shows."""
        return self._market_counts.get(place_id, NO_COUNTS)

    def count_direct(self, place_id: str) -> int:
        """Count market statements with basis *named* or *located*; this drives the choropleth."""
        return self.count_on_markets(place_id).direct

    def indirect_basis(self, place_id: str) -> Basis | None:
        """Return the stronger of *border* and *area* among a place's market statements; this drives the hatching."""
        return self.count_on_markets(place_id).indirect_basis


def level(count: int) -> int:
    """Return the colour class of a count: 0 for none, then 1, 2, 3–5, 6–9 and 10 or more."""
    return sum(count >= low for low, _ in LEVELS)


def level_labels() -> tuple[str, ...]:
    """Return what each colour class takes in: ``1``, ``2``, ``3–5``, ``6–9``, ``10+``."""
    return tuple(f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}" for low, high in LEVELS)


def apply_filters(dataset: Dataset, evidence: Iterable[Evidence], filters: Filters) -> FilteredEvidence:
    """Return the evidence and routes that pass the filters."""
    by_place: dict[str, dict[str, Basis]] = defaultdict(dict)
    markets, actors, bases = (frozenset(chosen) for chosen in filters)
    for row in evidence:
        if row.basis not in bases or (markets and row.market_id not in markets):
            continue
        if actors and actors.isdisjoint(dataset.statement[row.statement_id].actors):
            continue
        by_place[row.place_id][row.statement_id] = row.basis
    order = dataset.profile_order
    ordered = {
        place_id: MappingProxyType(dict(sorted(statements.items(), key=lambda item: (RANK[item[1]], order[item[0]]))))
        for place_id, statements in by_place.items()
    }
    routes = tuple(
        route.route_id
        for route in dataset.routes
        if (not markets or route.market in markets)
        and (not actors or not actors.isdisjoint(dataset.statement[route.statement_id].actors))
    )
    without_market = frozenset(statement.statement_id for statement in dataset.statements if not statement.markets)
    return FilteredEvidence(MappingProxyType(ordered), routes, without_market)


def markets_shown(dataset: Dataset, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the chosen markets, none meaning all, in the Index's order."""
    return tuple(topic.topic_id for topic in dataset.markets if not chosen or topic.topic_id in chosen)


def by_market(
    dataset: Dataset, statement_ids: Iterable[str], chosen: Iterable[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """Group statements by market, in the Index's order; a statement can be in several groups.

    ``chosen`` limits the markets. Statements without a market are under ``""``.
    """
    wanted = frozenset(chosen)
    groups: dict[str, list[str]] = {market: [] for market in (*(topic.topic_id for topic in dataset.markets), "")}
    for statement_id in statement_ids:
        for market in dataset.markets_of(dataset.statement[statement_id]) or ("",):
            if not wanted or market in wanted:
                groups[market].append(statement_id)
    return {market: tuple(ids) for market, ids in groups.items() if ids}


def routes_at(dataset: Dataset, place_id: str, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the routes with a point at a place, at a site or line in it, or at one of the ``others``."""
    places = {place_id, *others, *dataset.inside.get(place_id, ())}
    return tuple(sorted({route_id for place in places for route_id in dataset.routes_of.get(place, ())}))
