"""The join of statements with polygons: who touches whom, and which statement reaches which place."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely
from tests.support.shipped import DATASET

from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Evidence, PlaceKind, Role, StatementPlace
from ocmap.geo.join import build_evidence, build_neighbours, build_touching
from ocmap.geo.shapes import Shapes

Rows = tuple[Evidence, ...]
Named = Callable[..., dict[str, Basis]]

REGIONS = [
    "PE-AMA",
    "PE-ANC",
    "PE-APU",
    "PE-ARE",
    "PE-AYA",
    "PE-CAJ",
    "PE-CAL",
    "PE-CUS",
    "PE-HUC",
    "PE-HUV",
    "PE-ICA",
    "PE-JUN",
    "PE-LAL",
    "PE-LAM",
    "PE-LIM",
    "PE-LMA",
    "PE-LOR",
    "PE-MDD",
    "PE-MOQ",
    "PE-PAS",
    "PE-PIU",
    "PE-PUN",
    "PE-SAM",
    "PE-TAC",
    "PE-TUM",
    "PE-UCA",
]
BORDERS = {
    "border-EC": {"PE-TUM", "PE-PIU", "PE-CAJ", "PE-AMA", "PE-LOR"},
    "border-CO": {"PE-LOR"},
    "border-BR": {"PE-LOR", "PE-UCA", "PE-MDD"},
    "border-BO": {"PE-MDD", "PE-PUN", "PE-TAC"},
    "border-CL": {"PE-TAC"},
}


def reached(rows: Rows, *statements: str) -> dict[str, Basis]:
    """Return the places that statements reach, with the basis."""
    return {row.place_id: row.basis for row in rows if row.statement_id in statements}


def frame(squares: dict[str, shapely.Polygon]) -> gpd.GeoDataFrame:
    """Return polygons as a table of regions or countries."""
    table = {"place_id": list(squares), "geometry": list(squares.values())}
    return gpd.GeoDataFrame(table, crs="EPSG:4326").set_index("place_id", drop=False)


@pytest.fixture
def named(dataset: Dataset, shapes: Shapes) -> Named:
    """Return a function that says what a statement reaches that names these places and no others."""

    def reach(*places: str) -> dict[str, Basis]:
        others = [row for row in dataset.statement_places if row.statement_id != "arms.3-a"]
        rows = [StatementPlace(statement_id="arms.3-a", place_id=one, role=Role.LOCATION) for one in places]
        changed = replace(dataset, statement_places=(*others, *rows))
        return reached(build_evidence(changed, shapes), "arms.3-a")

    return reach


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_touches_the_borders_that_the_atlas_shows(
    touching: Mapping[str, tuple[str, ...]], region: str
) -> None:
    assert set(touching.get(region, ())) == {border for border, regions in BORDERS.items() if region in regions}


def test_nothing_but_regions_touches_a_border(touching: Mapping[str, tuple[str, ...]]) -> None:
    assert set(touching) == set().union(*BORDERS.values())


def test_a_region_that_meets_a_neighbour_at_a_point_does_not_touch_its_border(shapes: Shapes) -> None:
    regions = frame({"edge": shapely.box(-71, -15, -70, -14), "corner": shapely.box(-71, -14, -70, -13)})
    countries = frame({"PE": shapely.box(-71, -15, -70, -13), "BO": shapely.box(-70, -15, -69, -14)})
    squares = replace(shapes, regions=regions, countries=countries)
    assert build_touching(DATASET, squares) == {"edge": ("border-BO",)}


def test_a_region_does_not_touch_the_border_of_a_country_that_has_no_corridor(shapes: Shapes) -> None:
    regions = frame({"edge": shapely.box(-71, -15, -70, -14)})
    countries = frame({"PE": shapely.box(-71, -15, -70, -14), "VE": shapely.box(-70, -15, -69, -14)})
    assert build_touching(DATASET, replace(shapes, regions=regions, countries=countries)) == {}


def test_neighbours_are_mutual(profile: CountryProfile) -> None:
    one_sided = [
        (region, other)
        for region, others in profile.neighbours.items()
        for other in others
        if region not in profile.neighbours[other]
    ]
    assert one_sided == []


def test_every_region_has_a_neighbour_and_none_is_its_own(profile: CountryProfile) -> None:
    assert sorted(profile.neighbours) == REGIONS
    assert all(others and region not in others for region, others in profile.neighbours.items())


@pytest.mark.parametrize(
    ("region", "neighbours"),
    [
        ("PE-CAL", ["PE-LMA"]),
        ("PE-LMA", ["PE-CAL", "PE-LIM"]),
        ("PE-TUM", ["PE-PIU"]),
        ("PE-TAC", ["PE-MOQ", "PE-PUN"]),
        ("PE-MDD", ["PE-CUS", "PE-PUN", "PE-UCA"]),
        ("PE-LOR", ["PE-AMA", "PE-HUC", "PE-SAM", "PE-UCA"]),
        ("PE-MOQ", ["PE-ARE", "PE-PUN", "PE-TAC"]),
    ],
)
def test_neighbours_are_those_of_the_atlas(shapes: Shapes, region: str, neighbours: list[str]) -> None:
    assert list(build_neighbours(shapes)[region]) == neighbours


def test_la_pampa_is_located_in_madre_de_dios(evidence: Rows) -> None:
    assert reached(evidence, "non_renewable.3-b") == {"PE-MDD": Basis.LOCATED}


def test_the_border_with_bolivia_reaches_itself_and_the_three_regions_on_it(evidence: Rows) -> None:
    assert reached(evidence, "non_renewable.4-a") == {
        "border-BO": Basis.NAMED,
        "PE-MDD": Basis.BORDER,
        "PE-PUN": Basis.BORDER,
        "PE-TAC": Basis.BORDER,
    }


def test_the_amazon_reaches_its_five_regions(evidence: Rows) -> None:
    amazon = ("PE-AMA", "PE-LOR", "PE-MDD", "PE-SAM", "PE-UCA")
    assert reached(evidence, "cocaine.6-b") == dict.fromkeys(amazon, Basis.AREA)


def test_the_rivers_of_the_amazon_reach_its_five_regions(named: Named) -> None:
    amazon = ("PE-AMA", "PE-LOR", "PE-MDD", "PE-SAM", "PE-UCA")
    assert named("amazon-rivers") == dict.fromkeys(amazon, Basis.AREA)


def test_opium_names_cajamarca_and_amazonas(evidence: Rows) -> None:
    for statement in ("heroin.1-b", "heroin.1-c"):
        assert reached(evidence, statement) == {"PE-CAJ": Basis.NAMED, "PE-AMA": Basis.NAMED}


def test_a_road_is_located_in_each_region_that_it_crosses(named: Named) -> None:
    crossed = ("PE-ARE", "PE-ICA", "PE-LIM", "PE-LMA", "PE-MOQ", "PE-TAC")
    assert named("panamericana-sur") == dict.fromkeys(crossed, Basis.LOCATED)


def test_a_tripoint_is_located_in_its_region_and_its_corridors(named: Named) -> None:
    assert named("tripoint-BO-CL") == dict.fromkeys(("PE-TAC", "border-BO", "border-CL"), Basis.LOCATED)


def test_borders_in_general_reach_every_corridor_and_every_region_on_one(named: Named) -> None:
    everywhere = (*BORDERS, *set().union(*BORDERS.values()))
    assert named("borders") == dict.fromkeys(everywhere, Basis.AREA)


def test_a_statement_that_names_no_place_is_national(named: Named) -> None:
    assert named() == {"PE": Basis.NATIONAL}


@pytest.mark.parametrize("place", ["EC", "PE", "europe", "neighbours", "pacific-ports", "atlantic-ports"])
def test_a_country_a_world_area_or_a_coast_reaches_no_region(named: Named, place: str) -> None:
    assert named(place) == {"PE": Basis.NATIONAL}


@pytest.mark.parametrize(
    ("places", "basis"),
    [
        (("la-pampa", "PE-MDD"), Basis.NAMED),
        (("border-BO", "la-pampa"), Basis.LOCATED),
        (("amazon", "border-BR"), Basis.BORDER),
        (("amazon", "borders"), Basis.AREA),
        (("PE-MDD", "amazon", "border-BO", "la-pampa", "europe"), Basis.NAMED),
    ],
)
def test_the_strongest_basis_wins(named: Named, places: tuple[str, ...], basis: Basis) -> None:
    assert named(*places)["PE-MDD"] is basis


def test_no_pair_of_place_and_statement_has_two_bases(evidence: Rows) -> None:
    pairs = {(row.place_id, row.statement_id, row.basis) for row in evidence}
    assert len(pairs) == len({pair[:2] for pair in pairs})


def test_a_national_statement_reaches_no_region_as_well(evidence: Rows) -> None:
    national = {row.statement_id for row in evidence if row.place_id == "PE"}
    assert national.isdisjoint(row.statement_id for row in evidence if row.place_id != "PE")


def test_no_statement_is_lost(dataset: Dataset, evidence: Rows) -> None:
    assert {row.statement_id for row in evidence} == {one.statement_id for one in dataset.statements}


def test_a_group_of_markets_stands_under_each_of_them(evidence: Rows) -> None:
    markets = {row.market_id for row in evidence if row.statement_id == "flora.4-b"}
    assert markets == {"flora", "cannabis", "cocaine", "heroin", "synthetic"}


def test_a_statement_without_a_market_is_kept(dataset: Dataset, shapes: Shapes) -> None:
    bare = dataset.statement["arms.5-a"].model_copy(update={"markets": ()})
    statements = tuple(bare if one.statement_id == "arms.5-a" else one for one in dataset.statements)
    rows = build_evidence(replace(dataset, statements=statements), shapes)
    assert {(row.place_id, row.market_id) for row in rows if row.statement_id == "arms.5-a"} == {
        ("PE-PIU", ""),
        ("PE-TUM", ""),
    }


def test_only_regions_corridors_and_the_country_hold_evidence(dataset: Dataset, evidence: Rows) -> None:
    kinds = {dataset.place[row.place_id].kind for row in evidence}
    assert kinds == {PlaceKind.REGION, PlaceKind.CORRIDOR, PlaceKind.COUNTRY}


def test_the_evidence_is_sorted_by_place_market_basis_and_statement(evidence: Rows) -> None:
    keys = [(row.place_id, row.market_id, list(Basis).index(row.basis), row.statement_id) for row in evidence]
    assert keys == sorted(keys)


def test_no_row_of_the_evidence_stands_twice(evidence: Rows) -> None:
    assert len(set(evidence)) == len(evidence)


def test_the_join_changes_none_of_the_shapes(dataset: Dataset, shapes: Shapes) -> None:
    before = shapes.regions.to_wkb().to_string()
    build_evidence(dataset, shapes)
    build_neighbours(shapes)
    assert shapes.regions.to_wkb().to_string() == before
