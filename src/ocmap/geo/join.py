"""The join of statements with polygons: which statement reaches which region or corridor, and why."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import geopandas as gpd
import pandas as pd

from ocmap.analysis.filters import COUNTRY, RANK, Evidence
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Place, PlaceKind
from ocmap.geo.crs import LAEA_PERU
from ocmap.geo.shapes import Shapes

LEAST_SHARED_BORDER_M = 1000.0
PLACED = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR})
INSIDE = frozenset({PlaceKind.SITE, PlaceKind.TRIPOINT, PlaceKind.ROAD})


def build_touching(shapes: Shapes) -> Mapping[str, tuple[str, ...]]:
    """Return for each region the corridors whose border it touches, by geometry.

    A region touches a border where its outline shares at least 1 km with the neighbour's, measured on an
    equal-area projection; meeting it at a point is not enough.
    """
    corridors = shapes.corridors["place_id"].unique()
    countries = shapes.countries.drop(index=COUNTRY).to_crs(LAEA_PERU)
    regions = shapes.regions.to_crs(LAEA_PERU)[["geometry"]].rename_axis("region_id").reset_index()
    pairs = gpd.sjoin(regions, countries[["geometry"]], predicate="touches").rename(
        columns={"index_right": "country_id", "place_id": "country_id"}
    )
    found: dict[str, list[str]] = defaultdict(list)
    outlines = countries.boundary
    for row in pairs.itertuples():
        corridor = f"border-{row.country_id}"
        shared = row.geometry.boundary.intersection(outlines[row.country_id]).length
        if corridor in corridors and shared >= LEAST_SHARED_BORDER_M:
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
    under ``PE``. A statement without a market has the market ``""``. Sorted by place, market, basis, statement.
    """
    touching = build_touching(shapes)
    reach = pd.DataFrame(
        [(p.place_id, *target) for p in dataset.places for target in _targets(p, dataset, touching)],
        columns=["place_id", "target", "rank"],
    )
    named = pd.DataFrame(
        [(row.statement_id, row.place_id) for row in dataset.statement_places], columns=["statement_id", "place_id"]
    )
    markets = pd.DataFrame(
        [(s.statement_id, market) for s in dataset.statements for market in dataset.markets_of(s) or ("",)],
        columns=["statement_id", "market_id"],
    )
    reached = named.merge(reach, on="place_id").groupby(["statement_id", "target"], as_index=False)["rank"].min()
    rest = pd.DataFrame(
        {"statement_id": sorted({s.statement_id for s in dataset.statements} - set(reached["statement_id"]))}
    ).assign(target=COUNTRY, rank=RANK[Basis.NATIONAL])
    rows = pd.concat([reached, rest]).merge(markets, on="statement_id")
    rows = rows.sort_values(["target", "market_id", "rank", "statement_id"])
    bases = tuple(Basis)
    columns = (rows["target"], rows["market_id"], rows["rank"], rows["statement_id"])
    return tuple(
        Evidence(str(target), str(market), bases[int(rank)], str(statement))
        for target, market, rank, statement in zip(*columns, strict=True)
    )


def _targets(place: Place, dataset: Dataset, touching: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Yield the regions and corridors that naming a place reaches, with the rank of the basis."""
    if place.kind in PLACED:
        yield place.place_id, RANK[Basis.NAMED]
    if place.kind in INSIDE:
        inside = [place.parent, *place.members]
        yield from ((one, RANK[Basis.LOCATED]) for one in inside if one and dataset.place[one].kind in PLACED)
    if place.kind is PlaceKind.CORRIDOR:
        yield from ((region, RANK[Basis.BORDER]) for region, own in touching.items() if place.place_id in own)
    if place.kind in {PlaceKind.MACRO_REGION, PlaceKind.BORDERS}:
        yield from ((member, RANK[Basis.AREA]) for member in place.members)
    if place.kind is PlaceKind.BORDERS:
        yield from ((region, RANK[Basis.AREA]) for region in touching)
    wider = dataset.place.get(place.parent or "")
    if place.kind is PlaceKind.RIVER_SYSTEM and wider is not None:
        yield from ((member, RANK[Basis.AREA]) for member in wider.members)
