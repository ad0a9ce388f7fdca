"""Places by market, on cases worked out by hand from the shipped data."""

from dataclasses import replace

import pytest

from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters
from ocmap.analysis.matrix import MatrixCell, MatrixRow, PlaceMatrix, build_matrix, matrix_table
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import BY_NAME, ViewState
from ocmap.dataset.schema import Basis, Evidence, Lang, PlaceKind

Rows = tuple[Evidence, ...]
NOTHING = ViewState(basis=())


def matrix_of(profile: CountryProfile, view: ViewState | None = None, lang: Lang = "es") -> PlaceMatrix:
    return build_matrix(PageContext(profile, lang, view or ViewState()))


def filter_evidence(profile: CountryProfile, evidence: Rows, view: ViewState) -> FilteredEvidence:
    return apply_filters(profile.dataset, evidence, Filters.of(view))


def row_of(matrix: PlaceMatrix, place: str) -> MatrixRow:
    return next(row for row in matrix.rows if row.place_id == place)


def cell_of(matrix: PlaceMatrix, place: str, market: str) -> MatrixCell:
    return row_of(matrix, place).cells[matrix.columns.index(market)]


@pytest.mark.parametrize(
    ("place", "market", "counts"),
    [
        # named excisable.3-a, excisable.3-b; border excisable.2-a; area excisable.1-a, excisable.1-b
        ("PE-PUN", "excisable", (2, 0, 1, 2, 0)),
        ("PE-PUN", "cannabis", (0, 0, 0, 1, 0)),  # excisable.1-b speaks of drugs as such, and of borders
        ("PE-MDD", "non_renewable", (0, 2, 1, 1, 0)),  # La Pampa: 3-a, 3-b; border non_renewable.4-a; excisable.1-b
        ("PE-TUM", "arms", (1, 0, 2, 0, 0)),  # arms.5-a; border with Ecuador: arms.2-a, policies_laws.5-b
        ("PE-LMA", "extortion", (2, 0, 0, 0, 0)),  # extortion.2-a, extortion.3-b
        ("PE-LMA", "flora", (0, 0, 0, 0, 0)),
        ("border-EC", "arms", (2, 0, 0, 0, 0)),  # arms.2-a, policies_laws.5-b
        ("border-BO", "human_trafficking", (1, 0, 0, 0, 0)),  # non_renewable.4-a
        ("PE", "cyber", (0, 0, 0, 0, 5)),
    ],
)
def test_a_cell_counts_its_statements_by_basis(
    profile: CountryProfile, place: str, market: str, counts: tuple[int, ...]
) -> None:
    cell = cell_of(matrix_of(profile), place, market)
    assert tuple(cell.counts.count(basis) for basis in Basis) == counts


def test_a_statement_on_two_markets_counts_in_both_columns_and_once_in_the_total(profile: CountryProfile) -> None:
    """criminal_networks.3-a puts extortion, trafficking and mining at Pataz; cannabis.3-a names La Libertad."""
    row = row_of(matrix_of(profile), "PE-LAL")
    assert sum(cell.counts.direct for cell in row.cells) == 4
    assert {statement_id for statement_id, basis in row.total.statements.items() if basis is not Basis.AREA} == {
        "criminal_networks.3-a",
        "cannabis.3-a",
    }
    assert row.total.counts.direct == 2


def test_a_statement_without_a_market_is_in_no_cell_and_no_total(profile: CountryProfile) -> None:
    """Lima has ten statements that name or locate it, of which three are about no market."""
    matrix = matrix_of(profile)
    row = row_of(matrix, "PE-LMA")
    assert profile.unfiltered.count_all("PE-LMA").direct == 10
    assert row.total.counts.direct == 7
    assert "leadership.1-b" not in row.total.statements
    assert matrix.without_market == sum(not statement.markets for statement in profile.dataset.statements)


@pytest.mark.parametrize(
    "filters",
    [ViewState(), ViewState(actors=("criminal-networks",)), ViewState(basis=(Basis.NAMED, Basis.AREA))],
    ids=["everything", "an actor", "two bases"],
)
def test_each_cell_matches_the_map_of_that_market_alone(
    profile: CountryProfile, evidence: Rows, filters: ViewState
) -> None:
    matrix = matrix_of(profile, filters)
    for i, market in enumerate(matrix.columns):
        alone = filter_evidence(profile, evidence, replace(filters, markets=(market,)))
        for row in (*matrix.regions, *matrix.corridors):
            assert (row.cells[i].counts.direct, row.cells[i].counts.indirect_basis) == (
                alone.count_direct(row.place_id),
                alone.indirect_basis(row.place_id),
            )
    filtered = filter_evidence(profile, evidence, filters)
    assert all(row.total.counts.direct == filtered.count_direct(row.place_id) for row in matrix.regions)


def test_the_stronger_of_border_and_area_is_the_indirect_basis(profile: CountryProfile) -> None:
    matrix = matrix_of(profile)
    assert cell_of(matrix, "PE-PUN", "excisable").counts.indirect_basis is Basis.BORDER
    assert cell_of(matrix, "PE-PUN", "cannabis").counts.indirect_basis is Basis.AREA
    assert cell_of(matrix, "PE-LMA", "extortion").counts.indirect_basis is None


def test_regions_without_a_cell_are_listed_by_the_reason(profile: CountryProfile) -> None:
    blank = ("PE-ANC", "PE-APU", "PE-AYA", "PE-CAL", "PE-HUV", "PE-HUC", "PE-JUN", "PE-PAS")
    matrix = matrix_of(profile)
    assert (matrix.unmentioned, matrix.left_out) == (blank, ())
    matrix = matrix_of(profile, ViewState(markets=("heroin",), basis=(Basis.NAMED,)))
    assert matrix.unmentioned == blank
    assert [row.place_id for row in matrix.regions] == ["PE-AMA", "PE-CAJ"]
    assert len(matrix.left_out) == 26 - 8 - 2 + 5


def test_every_region_and_corridor_is_listed_exactly_once(profile: CountryProfile) -> None:
    matrix = matrix_of(profile, ViewState(markets=("arms",)))
    shown = [row.place_id for row in (*matrix.regions, *matrix.corridors)]
    kinds = {PlaceKind.REGION, PlaceKind.CORRIDOR}
    every = sorted(place.place_id for place in profile.dataset.places if place.kind in kinds)
    assert sorted((*shown, *matrix.unmentioned, *matrix.left_out)) == every


def test_only_the_chosen_markets_are_columns(profile: CountryProfile) -> None:
    matrix = matrix_of(profile, ViewState(markets=("cocaine", "arms")))
    assert matrix.columns == ("arms", "cocaine")
    assert all(len(row.cells) == 2 for row in matrix.rows)
    assert matrix.without_market == 0


def test_with_filters_that_nothing_passes_no_place_has_a_row(profile: CountryProfile) -> None:
    matrix = matrix_of(profile, NOTHING)
    assert (matrix.regions, matrix.corridors, matrix.without_market) == ((), (), 0)
    assert not matrix.country.total.statements
    assert len(matrix.unmentioned) + len(matrix.left_out) == 31


def test_rows_are_sorted_by_total_by_default(profile: CountryProfile) -> None:
    rows = [row.place_id for row in matrix_of(profile).regions]
    assert rows[:2] == ["PE-LMA", "PE-PUN"]
    tints = [row.total.counts.direct for row in matrix_of(profile).regions]
    assert tints == sorted(tints, reverse=True)


def test_rows_sorted_by_name_ignore_accents(profile: CountryProfile) -> None:
    matrix = matrix_of(profile, ViewState(sort=BY_NAME))
    assert [row.place_id for row in matrix.regions][:3] == ["PE-AMA", "PE-ARE", "PE-CAJ"]
    assert [row.place_id for row in matrix.corridors] == [
        "border-BO",
        "border-BR",
        "border-CL",
        "border-CO",
        "border-EC",
    ]
    assert matrix.unmentioned[0] == "PE-ANC"


def test_rows_can_be_sorted_by_a_market(profile: CountryProfile) -> None:
    matrix = matrix_of(profile, ViewState(sort="arms"))
    cells = [row.cells[matrix.columns.index("arms")] for row in matrix.regions]
    assert [row.place_id for row in matrix.regions][:3] == ["PE-PIU", "PE-TUM", "PE-LMA"]  # the first two at a border
    assert [cell.counts.direct for cell in cells] == sorted((cell.counts.direct for cell in cells), reverse=True)


def test_a_sort_market_that_is_filtered_out_has_no_effect(profile: CountryProfile) -> None:
    chosen = ViewState(markets=("cannabis", "heroin"))
    assert matrix_of(profile, replace(chosen, sort="arms")) == matrix_of(profile, chosen)


@pytest.mark.parametrize(("lang", "names"), [("es", ("Puno", "Bienes con ISC")), ("en", ("Puno", "Excisable goods"))])
@pytest.mark.parametrize("view", [ViewState(), ViewState(markets=("arms", "excisable"), sort=BY_NAME)])
def test_the_table_of_the_matrix_matches_its_cells(
    profile: CountryProfile, view: ViewState, lang: Lang, names: tuple[str, str]
) -> None:
    matrix = matrix_of(profile, view, lang)
    table = matrix_table(profile.dataset, matrix, lang)
    lines = [dict(zip(table.header, line, strict=True)) for line in table.lines]
    shown = [
        (row.place_id, market, *(cell.counts.count(basis) for basis in Basis), ";".join(cell.statements))
        for row in matrix.rows
        for market, cell in zip(matrix.columns, row.cells, strict=True)
    ]
    columns = ("place_id", "market_id", *Basis, "statement_ids")
    assert [tuple(line[name] for name in columns) for line in lines[: len(shown)]] == shown
    rest = lines[len(shown) :]
    assert {line["place_id"] for line in rest} == {*matrix.unmentioned, *matrix.left_out}
    assert not [line for line in rest if line["statement_ids"] or line["named"] != 0]
    puno = next(line for line in lines if (line["place_id"], line["market_id"]) == ("PE-PUN", "excisable"))
    assert (puno["place"], puno["market"]) == names
    assert puno["statement_ids"] == "excisable.3-a;excisable.3-b;excisable.2-a;excisable.1-a;excisable.1-b"
