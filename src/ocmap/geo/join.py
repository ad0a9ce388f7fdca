"""The join of statements with polygons: which statement reaches which region or corridor, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import geopandas as gpd

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import MAPPED_KINDS, RANK, Basis, Evidence, Place, PlaceKind
from ocmap.geo.crs import equal_area
from ocmap.geo.shapes import Shapes

LEAST_SHARED_BORDER_M = 1000.0
INSIDE = frozenset({PlaceKind.SITE, PlaceKind.TRIPOINT, PlaceKind.ROAD})


def build_touching(dataset: Dataset, shapes: Shapes) -> Mapping[str, tuple[str, ...]]:
    """Return for each region the corridors whose border it touches, by geometry.

    A region touches a border where its outline shares at least 1 km with the neighbour's, measured on an
    equal-area projection; meeting it at a point is not enough.
    """
    corridor_of = {place.country: place.place_id for place in dataset.places if place.kind is PlaceKind.CORRIDOR}
    plane = equal_area(dataset.settings.map.centre)
    countries = shapes.countries.drop(index=dataset.country_id).to_crs(plane)
    regions = shapes.regions.to_crs(plane)[["geometry"]].rename_axis("region_id").reset_index()
    pairs = gpd.sjoin(regions, countries[["geometry"]], predicate="touches").rename(
        columns={"index_right": "country_id", "place_id": "country_id"}
    )
    found: dict[str, list[str]] = defaultdict(list)
    outlines = countries.boundary
    for row in pairs.itertuples():
        corridor = corridor_of.get(row.country_id)
        shared = row.geometry.boundary.intersection(outlines[row.country_id]).length
        if corridor and shared >= LEAST_SHARED_BORDER_M:
            found[row.region_id].append(corridor)
    return {region: tuple(sorted(touched)) for region, touched in sorted(found.items())}


def build_neighbours(shapes: Shapes) -> Mapping[str, tuple[str, ...]]:
    """Return for each region the regions that it shares a border with, by geometry, sorted by id."""
    regions = shapes.regions[["geometry"]].rename_axis("region_id").reset_index()
    pairs = gpd.sjoin(regions, shapes.regions[["geometry"]].rename_axis("other_id"), predicate="touches")
    groups = pairs.groupby("region_id")["other_id"]
    return {str(region): tuple(sorted(others)) for region, others in groups}


def build_evidence(dataset: Dataset, shapes: Shapes) -> tuple[Evidence, ...]:
    """Return every ``(place, market, basis, statement)`` that the coding supports, each with its strongest basis.

    A place is a region or a corridor; a statement that reaches neither is said of the whole country and stands
    under its id. A statement without a market has the market ``""``. Sorted by place, market, basis, statement.
    """
    touching = build_touching(dataset, shapes)
    targets = {place.place_id: tuple(_targets(place, dataset, touching)) for place in dataset.places}
    rows = []
    for statement in dataset.statements:
        named = [row.place_id for row in dataset.places_of.get(statement.statement_id, ())]
        reached = _reached((place_id, target, basis) for place_id in named for target, basis in targets[place_id])
        for target, (basis, via) in (reached or {dataset.country_id: (Basis.NATIONAL, ())}).items():
            rows += [
                Evidence(target, market, basis, statement.statement_id, via)
                for market in dataset.markets_of(statement) or ("",)
            ]
    return tuple(sorted(rows, key=lambda row: (row.place_id, row.market_id, RANK[row.basis], row.statement_id)))


def _reached(steps: Iterable[tuple[str, str, Basis]]) -> dict[str, tuple[Basis, tuple[str, ...]]]:
    """Return for each target its strongest basis and the named places by which it is reached on that basis."""
    found: dict[str, dict[Basis, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for place_id, target, basis in steps:
        found[target][basis][place_id] = None
    strongest = {target: min(bases, key=RANK.__getitem__) for target, bases in found.items()}
    return {target: (basis, tuple(found[target][basis])) for target, basis in strongest.items()}


def _targets(place: Place, dataset: Dataset, touching: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Basis]]:
    """Yield the regions and corridors that naming a place reaches, each with the basis."""
    if place.kind in MAPPED_KINDS:
        yield place.place_id, Basis.NAMED
    if place.kind in INSIDE:
        inside = [place.parent, *place.members]
        yield from ((one, Basis.LOCATED) for one in inside if one and dataset.place[one].kind in MAPPED_KINDS)
    if place.kind is PlaceKind.CORRIDOR:
        yield from ((region, Basis.BORDER) for region, own in touching.items() if place.place_id in own)
    if place.kind in {PlaceKind.MACRO_REGION, PlaceKind.BORDERS}:
        yield from ((member, Basis.AREA) for member in place.members)
    if place.kind is PlaceKind.BORDERS:
        yield from ((region, Basis.AREA) for region in touching)
    wider = dataset.place.get(place.parent or "")
    if place.kind is PlaceKind.RIVER_SYSTEM and wider is not None:
        yield from ((member, Basis.AREA) for member in wider.members)
