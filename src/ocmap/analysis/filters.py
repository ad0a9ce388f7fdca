"""What the profile says of each place under the reader's filters; pure functions over the evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, PlaceKind

COUNTRY = "PE"
REACHED = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR})  # the kinds of place to which the join leads
DIRECT = frozenset({Basis.NAMED, Basis.LOCATED})
INDIRECT = (Basis.BORDER, Basis.AREA)
LEVELS = ((1, 1), (2, 2), (3, 5), (6, 9), (10, None))
RANK = MappingProxyType({basis: rank for rank, basis in enumerate(Basis)})


class Evidence(NamedTuple):
    """One row of the join: a statement reaches a region, a corridor or, as ``PE``, the whole country."""

    place_id: str
    market_id: str
    basis: Basis
    statement_id: str


class Filters(NamedTuple):
    """The part of a `ViewState` that decides which statements are shown. Empty markets or actors: all."""

    markets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = tuple(Basis)

    @classmethod
    def of(cls, view: ViewState) -> "Filters":
        """Return the filters of a state."""
        return cls(view.markets, view.actors, view.basis)


@dataclass(frozen=True)
class FilteredEvidence:
    """The profile as the filters leave it.

    Attributes:
        by_place: For each region and corridor that something reaches, its statements with their strongest basis,
            in the order of basis and then of the profile. The key ``PE`` holds what is said of the whole country.
        routes: Ids of the routes shown.
        without_market: The statements that speak of no market: they are read in panels and lists, and are never drawn,
            since the map's colour counts what is said of the chosen markets.
    """

    by_place: Mapping[str, Mapping[str, Basis]]
    routes: tuple[str, ...]
    without_market: frozenset[str]

    @cached_property
    def shown(self) -> frozenset[str]:
        """The statements that the filters leave."""
        return frozenset(one for found in self.by_place.values() for one in found)

    @cached_property
    def shown_routes(self) -> frozenset[str]:
        """The routes shown, to look one up."""
        return frozenset(self.routes)

    @cached_property
    def on_basis(self) -> Mapping[Basis, int]:
        """How many statements reach some place on each basis."""
        return Counter(basis for _, basis in {pair for found in self.by_place.values() for pair in found.items()})

    @cached_property
    def _on_markets(self) -> Mapping[str, Mapping[Basis, int]]:
        """How many statements on a market reach each place on each basis."""
        return {
            place: Counter(basis for one, basis in found.items() if one not in self.without_market)
            for place, found in self.by_place.items()
        }

    @cached_property
    def ranked_places(self) -> tuple[tuple[str, int], ...]:
        """The places that are coloured, each with its count, the highest counts first."""
        counts = ((one, self.count_direct(one)) for one in self.by_place)
        return tuple(sorted(((one, n) for one, n in counts if n), key=lambda item: -item[1]))

    def of(self, place_id: str) -> Mapping[str, Basis]:
        """Return the statements that reach a place, each with its basis."""
        return self.by_place.get(place_id, {})

    def count(self, place_id: str, *bases: Basis) -> int:
        """Return how many statements reach a place on one of these bases."""
        return sum(basis in bases for basis in self.of(place_id).values())

    def count_on_markets(self, place_id: str, *bases: Basis) -> int:
        """Return how many statements on a market reach a place on one of these bases."""
        counts = self._on_markets.get(place_id, {})
        return sum(counts.get(basis, 0) for basis in bases)

    def count_direct(self, place_id: str) -> int:
        """Return how many statements on a market name or locate a place: the only thing that colours it."""
        return self.count_on_markets(place_id, *DIRECT)

    def indirect_basis(self, place_id: str) -> Basis | None:
        """Return the stronger of border and area on which a statement on a market reaches a place, or None."""
        return next((basis for basis in INDIRECT if self.count_on_markets(place_id, basis)), None)


def level(count: int) -> int:
    """Return the colour class of a count: 0 for none, then 1, 2, 3–5, 6–9 and 10 or more."""
    return sum(count >= low for low, _ in LEVELS)


def apply_filters(dataset: Dataset, evidence: Iterable[Evidence], filters: Filters) -> FilteredEvidence:
    """Return what the filters leave of the evidence."""
    by_place: dict[str, dict[str, Basis]] = defaultdict(dict)
    markets, actors, basis = (frozenset(part) for part in filters)
    for row in evidence:
        if row.basis not in basis or (markets and row.market_id not in markets):
            continue
        if actors and actors.isdisjoint(dataset.statement[row.statement_id].actors):
            continue
        by_place[row.place_id][row.statement_id] = row.basis
    order = dataset.profile_order
    ordered = {
        place: MappingProxyType(dict(sorted(found.items(), key=lambda item: (RANK[item[1]], order[item[0]]))))
        for place, found in by_place.items()
    }
    routes = tuple(
        route.route_id
        for route in dataset.routes
        if (not markets or route.market in markets)
        and (not actors or not actors.isdisjoint(dataset.statement[route.statement_id].actors))
    )
    without_market = frozenset(one.statement_id for one in dataset.statements if not one.markets)
    return FilteredEvidence(MappingProxyType(ordered), routes, without_market)


def by_market(
    dataset: Dataset, statement_ids: Iterable[str], chosen: Iterable[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """Return statements under each of their markets, in the Index's order; a statement can stand under several.

    ``chosen`` limits the markets; what has no market stands under ``""``.
    """
    wanted = frozenset(chosen)
    found: dict[str, list[str]] = {market: [] for market in (*(topic.topic_id for topic in dataset.markets), "")}
    for statement_id in statement_ids:
        for market in dataset.markets_of(dataset.statement[statement_id]) or ("",):
            if not wanted or market in wanted:
                found[market].append(statement_id)
    return {market: tuple(ids) for market, ids in found.items() if ids}


def via_places(
    dataset: Dataset, statement_id: str, place_id: str, basis: Basis, touching: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the coded places by which a statement reaches a region or corridor on this basis.

    ``touching`` maps a region to the corridors whose border it touches.
    """
    found = []
    for row in dataset.places_of.get(statement_id, ()):
        place = dataset.place[row.place_id]
        by_line = place.kind in {PlaceKind.SITE, PlaceKind.TRIPOINT, PlaceKind.ROAD}
        parent = dataset.place.get(place.parent or "")
        matches = {
            Basis.NAMED: place.place_id == place_id,
            Basis.LOCATED: by_line and place_id in (place.parent, *place.members),
            Basis.BORDER: place.place_id in touching.get(place_id, ()),
            Basis.AREA: place_id in place.members
            or (parent is not None and place_id in parent.members)
            or (place.kind is PlaceKind.BORDERS and bool(touching.get(place_id))),
            Basis.NATIONAL: False,
        }
        if matches[basis]:
            found.append(place.place_id)
    return tuple(dict.fromkeys(found))


def routes_at(dataset: Dataset, place_id: str, wider: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the routes that have a place, a site or line in it, or one of ``wider`` among their points."""
    near = {place_id, *wider, *dataset.inside.get(place_id, ())}
    return tuple(sorted({route for one in near for route in dataset.routes_of.get(one, ())}))
