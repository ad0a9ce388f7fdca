"""Places by market and markets named together, on cases worked out by hand from the shipped data."""

import csv
import io
from dataclasses import replace

import pytest

from ocmap import i18n
from ocmap.analysis.filters import Evidence, FilteredEvidence, Filters, apply_filters
from ocmap.analysis.matrix import (
    Cell,
    Row,
    Table,
    build_bags,
    build_pairs,
    build_table,
    columns_of,
    on_either,
    pairs_csv,
    table_csv,
)
from ocmap.analysis.view_state import BY_NAME, Matrix, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, PlaceKind
from ocmap.i18n import Lang
from ocmap.web import html
from ocmap.web.map_data import CountryProfile

Rows = tuple[Evidence, ...]
NOTHING = ViewState(basis=())


def table_of(profile: CountryProfile, evidence: Rows, view: ViewState | None = None, lang: Lang = "es") -> Table:
    view = view or ViewState()
    return build_table(profile.dataset, profile.unfiltered, reading_of(profile, evidence, view), view, lang)


def reading_of(profile: CountryProfile, evidence: Rows, view: ViewState) -> FilteredEvidence:
    return apply_filters(profile.dataset, evidence, Filters.of(view))


def row_of(table: Table, place: str) -> Row:
    return next(row for row in table.rows if row.place_id == place)


def cell_of(table: Table, place: str, market: str) -> Cell:
    return row_of(table, place).cells[table.columns.index(market)]


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
    profile: CountryProfile, evidence: Rows, place: str, market: str, counts: tuple[int, ...]
) -> None:
    cell = cell_of(table_of(profile, evidence), place, market)
    assert tuple(cell.count(basis) for basis in Basis) == counts


def test_a_statement_on_two_markets_counts_in_both_columns_and_once_in_the_total(
    profile: CountryProfile, evidence: Rows
) -> None:
    """criminal_networks.3-a puts extortion, trafficking and mining at Pataz; cannabis.3-a names La Libertad."""
    row = row_of(table_of(profile, evidence), "PE-LAL")
    assert sum(cell.tint for cell in row.cells) == 4
    assert {one for one, basis in row.total.found.items() if basis is not Basis.AREA} == {
        "criminal_networks.3-a",
        "cannabis.3-a",
    }
    assert row.total.tint == 2


def test_what_is_about_no_market_is_in_no_cell_and_no_total(profile: CountryProfile, evidence: Rows) -> None:
    """Lima has ten statements that name or locate it, of which three are about no market."""
    table = table_of(profile, evidence)
    row = row_of(table, "PE-LMA")
    assert profile.unfiltered.count("PE-LMA", Basis.NAMED, Basis.LOCATED) == 10
    assert row.total.tint == 7
    assert "leadership.1-b" not in row.total.found
    assert table.beyond == sum(not one.markets for one in profile.dataset.statements)


@pytest.mark.parametrize(
    "filters",
    [ViewState(), ViewState(actors=("criminal-networks",)), ViewState(basis=(Basis.NAMED, Basis.AREA))],
    ids=["everything", "an actor", "two bases"],
)
def test_each_cell_says_what_the_map_would_show_of_that_market_alone(
    profile: CountryProfile, evidence: Rows, filters: ViewState
) -> None:
    table = table_of(profile, evidence, filters)
    for i, market in enumerate(table.columns):
        alone = reading_of(profile, evidence, replace(filters, markets=(market,)))
        for row in (*table.regions, *table.corridors):
            assert (row.cells[i].tint, row.cells[i].hatch) == (
                alone.count_direct(row.place_id),
                alone.indirect_basis(row.place_id),
            )
    every = reading_of(profile, evidence, filters)
    assert all(row.total.tint == every.count_direct(row.place_id) for row in table.regions)


def test_the_stronger_of_border_and_area_hatches(profile: CountryProfile, evidence: Rows) -> None:
    table = table_of(profile, evidence)
    assert cell_of(table, "PE-PUN", "excisable").hatch is Basis.BORDER
    assert cell_of(table, "PE-PUN", "cannabis").hatch is Basis.AREA
    assert cell_of(table, "PE-LMA", "extortion").hatch is None


def test_regions_without_a_cell_are_told_apart_by_the_reason(profile: CountryProfile, evidence: Rows) -> None:
    blank = ("PE-ANC", "PE-APU", "PE-AYA", "PE-CAL", "PE-HUV", "PE-HUC", "PE-JUN", "PE-PAS")
    table = table_of(profile, evidence)
    assert (table.unmentioned, table.left_out) == (blank, ())
    table = table_of(profile, evidence, ViewState(markets=("heroin",), basis=(Basis.NAMED,)))
    assert table.unmentioned == blank
    assert [row.place_id for row in table.regions] == ["PE-AMA", "PE-CAJ"]
    assert len(table.left_out) == 26 - 8 - 2 + 5


def test_every_region_and_corridor_stands_somewhere_once(profile: CountryProfile, evidence: Rows) -> None:
    table = table_of(profile, evidence, ViewState(markets=("arms",)))
    shown = [row.place_id for row in (*table.regions, *table.corridors)]
    kinds = {PlaceKind.REGION, PlaceKind.CORRIDOR}
    every = sorted(one.place_id for one in profile.dataset.places if one.kind in kinds)
    assert sorted((*shown, *table.unmentioned, *table.left_out)) == every


def test_only_the_chosen_markets_are_columns(profile: CountryProfile, evidence: Rows) -> None:
    table = table_of(profile, evidence, ViewState(markets=("cocaine", "arms")))
    assert table.columns == ("arms", "cocaine")
    assert all(len(row.cells) == 2 for row in table.rows)
    assert table.beyond == 0


def test_with_everything_filtered_away_no_place_has_a_row(profile: CountryProfile, evidence: Rows) -> None:
    table = table_of(profile, evidence, NOTHING)
    assert (table.regions, table.corridors, table.beyond) == ((), (), 0)
    assert not table.country.total.found
    assert len(table.unmentioned) + len(table.left_out) == 31


def test_rows_come_by_total_unless_asked_otherwise(profile: CountryProfile, evidence: Rows) -> None:
    rows = [row.place_id for row in table_of(profile, evidence).regions]
    assert rows[:2] == ["PE-LMA", "PE-PUN"]
    tints = [row.total.tint for row in table_of(profile, evidence).regions]
    assert tints == sorted(tints, reverse=True)


def test_rows_can_come_by_name_without_regard_to_accents(profile: CountryProfile, evidence: Rows) -> None:
    table = table_of(profile, evidence, ViewState(sort=BY_NAME))
    assert [row.place_id for row in table.regions][:3] == ["PE-AMA", "PE-ARE", "PE-CAJ"]
    assert [row.place_id for row in table.corridors] == [
        "border-BO",
        "border-BR",
        "border-CL",
        "border-CO",
        "border-EC",
    ]
    assert table.unmentioned[0] == "PE-ANC"


def test_rows_can_come_by_one_market(profile: CountryProfile, evidence: Rows) -> None:
    table = table_of(profile, evidence, ViewState(sort="arms"))
    cells = [row.cells[table.columns.index("arms")] for row in table.regions]
    assert [row.place_id for row in table.regions][:3] == ["PE-PIU", "PE-TUM", "PE-LMA"]  # the first two at a border
    assert [cell.tint for cell in cells] == sorted((cell.tint for cell in cells), reverse=True)


def test_a_market_that_is_filtered_away_sorts_nothing(profile: CountryProfile, evidence: Rows) -> None:
    chosen = ViewState(markets=("cannabis", "heroin"))
    assert table_of(profile, evidence, replace(chosen, sort="arms")) == table_of(profile, evidence, chosen)


def pairs_of(
    profile: CountryProfile, evidence: Rows, matrix: Matrix, view: ViewState | None = None
) -> dict[tuple[str, str], int]:
    view = view or ViewState()
    bags = build_bags(profile.dataset, reading_of(profile, evidence, view), matrix)
    return {
        pair: len(found)
        for pair, found in build_pairs(profile.dataset, bags, columns_of(profile.dataset, view)).items()
    }


@pytest.mark.parametrize(
    ("pair", "sentences"),
    [
        (("human_trafficking", "extortion"), 2),  # criminal_networks.3, foreign.3
        (("human_trafficking", "human_smuggling"), 1),  # human_smuggling.2
        (("human_trafficking", "non_renewable"), 3),  # criminal_networks.3, flora.3, non_renewable.4
        (("human_trafficking", "fauna"), 3),  # prevention.1, prevention.2, state_embedded.4
        (("arms", "fauna"), 1),  # criminal_networks.4, in two statements of one sentence
        (("flora", "heroin"), 3),  # excisable.1, flora.4; policies_laws.2 of the environment and of drugs
        (("flora", "non_renewable"), 3),  # excisable.1, flora.3, private_sector.1: both named themselves
        (("heroin", "cocaine"), 0),  # only ever together as drugs
        (("flora", "fauna"), 0),  # policies_laws.2 names fauna, but flora only as part of the environment
        (("cyber", "financial"), 0),
    ],
)
def test_a_sentence_counts_once_for_each_pair_of_markets(
    profile: CountryProfile, evidence: Rows, pair: tuple[str, str], sentences: int
) -> None:
    assert pairs_of(profile, evidence, Matrix.SENTENCES).get(pair, 0) == sentences


@pytest.mark.parametrize(
    ("pair", "places"),
    [
        (("human_trafficking", "extortion"), 2),  # Lima, La Libertad
        (("human_trafficking", "non_renewable"), 2),  # La Libertad, the border with Bolivia
        (("arms", "counterfeit"), 2),  # Lima, the border with Ecuador
        (("counterfeit", "excisable"), 1),  # Puno
        (("arms", "heroin"), 0),  # Cajamarca borders on Ecuador, but only heroin is placed in it
        (("cannabis", "synthetic"), 1),  # Lima
    ],
)
def test_a_place_counts_once_for_each_pair_of_markets(
    profile: CountryProfile, evidence: Rows, pair: tuple[str, str], places: int
) -> None:
    assert pairs_of(profile, evidence, Matrix.PLACES).get(pair, 0) == places


@pytest.mark.parametrize("matrix", [Matrix.SENTENCES, Matrix.PLACES])
def test_pairs_follow_the_filters(profile: CountryProfile, evidence: Rows, matrix: Matrix) -> None:
    chosen = ViewState(markets=("human_trafficking", "extortion"))
    assert pairs_of(profile, evidence, matrix, chosen) == {("human_trafficking", "extortion"): 2}
    assert pairs_of(profile, evidence, matrix, ViewState(markets=("extortion",))) == {}
    assert pairs_of(profile, evidence, matrix, NOTHING) == {}
    assert pairs_of(profile, evidence, Matrix.PLACES, ViewState(basis=(Basis.AREA,))) == {}


def test_a_pair_opens_the_statements_on_either_market(dataset: Dataset) -> None:
    ids = ("criminal_networks.4-a", "criminal_networks.4-b", "criminal_networks.4-c", "criminal_networks.4-d")
    assert on_either(dataset, ids, ("arms", "fauna")) == ("criminal_networks.4-b", "criminal_networks.4-c")


@pytest.mark.parametrize(("lang", "names"), [("es", ("Puno", "Bienes gravados")), ("en", ("Puno", "Excisable goods"))])
@pytest.mark.parametrize("view", [ViewState(), ViewState(markets=("arms", "excisable"), sort=BY_NAME)])
def test_the_file_says_what_the_table_shows(
    profile: CountryProfile, evidence: Rows, view: ViewState, lang: Lang, names: tuple[str, str]
) -> None:
    table = table_of(profile, evidence, view, lang)
    lines = list(csv.DictReader(io.StringIO(table_csv(profile.dataset, table, lang))))
    shown = [
        (row.place_id, market, *(str(cell.count(basis)) for basis in Basis), ";".join(cell.found))
        for row in table.rows
        for market, cell in zip(table.columns, row.cells, strict=True)
    ]
    columns = ("place_id", "market_id", *Basis, "statement_ids")
    assert [tuple(line[name] for name in columns) for line in lines[: len(shown)]] == shown
    rest = lines[len(shown) :]
    assert {line["place_id"] for line in rest} == {*table.unmentioned, *table.left_out}
    assert not [line for line in rest if line["statement_ids"] or line["named"] != "0"]
    puno = next(line for line in lines if (line["place_id"], line["market_id"]) == ("PE-PUN", "excisable"))
    assert (puno["place"], puno["market"]) == names
    assert puno["statement_ids"] == "excisable.3-a;excisable.3-b;excisable.2-a;excisable.1-a;excisable.1-b"


def test_the_file_of_pairs_says_what_the_table_shows(profile: CountryProfile, evidence: Rows) -> None:
    filtered = reading_of(profile, evidence, ViewState())
    columns = columns_of(profile.dataset, ViewState())
    for matrix, name, ids in (
        (Matrix.SENTENCES, "sentence_ids", "criminal_networks.4"),
        (Matrix.PLACES, "place_ids", ""),
    ):
        bags = build_bags(profile.dataset, filtered, matrix)
        lines = list(csv.DictReader(io.StringIO(pairs_csv(profile.dataset, bags, columns, matrix, "en"))))
        counts = {(one["market_a_id"], one["market_b_id"]): int(one[matrix]) for one in lines}
        assert len(lines) == 15 * 14 / 2
        assert {pair: n for pair, n in counts.items() if n} == pairs_of(profile, evidence, matrix)
        arms = next(one for one in lines if (one["market_a_id"], one["market_b_id"]) == ("arms", "fauna"))
        assert (arms["market_b"], arms[name]) == ("Fauna", ids)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_a_file_is_a_formula(profile: CountryProfile, evidence: Rows, start: str) -> None:
    evil = f"{start}HYPERLINK(1)"
    places = tuple(one.model_copy(update={"name_es": evil, "name_en": evil}) for one in profile.dataset.places)
    topics = tuple(one.model_copy(update={"short_es": evil, "short_en": evil}) for one in profile.dataset.topics)
    changed = replace(profile, dataset=replace(profile.dataset, places=places, topics=topics))
    text = table_csv(changed.dataset, table_of(changed, evidence), "es")
    cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
    assert f"'{evil}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_markup_in_the_data_is_text_in_the_view() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    link = {"name": evil, "href": evil, "route": ""}
    box = {"text": evil, "name": evil, "css": evil, "href": evil, "opened": True}
    line = {"name": evil, "href": evil, "opened": True, "boxes": [box], "total": evil}
    opened = {"kicker": evil, "title": evil, "text": evil, "close_href": evil, "clear_href": evil, "links": [link]}
    opened |= {"chips": [{"title": evil, "links": [link]}], "sections": []}
    head = {"name": evil, "href": evil, "order": evil}
    common = {"words": i18n.of("es"), "lang": "es", "opened": opened, "clear_href": evil, "starts": [0]}
    common |= {"groups": [(evil, evil, 2)], "columns": [head]}
    fill = html.ENVIRONMENT.get_template
    pages = (
        fill("table.html").render(
            **common,
            filled=False,
            caption=evil,
            place_head=head,
            total_head=head,
            regions=[line],
            blank_regions=[(evil, evil, [link])],
            corridors=[line],
            blank_corridors=[],
            country=line,
            beyond=evil,
        ),
        fill("table_pairs.html").render(**common, filled=True, title=evil, lines=[line]),
        fill("table_head.html").render(
            words=i18n.of("es"),
            lang="es",
            title=evil,
            text=evil,
            matrices=[(evil, evil, True)],
            levels=[evil],
            blank=evil,
        ),
    )
    assert all("&lt;img" in page and "<img" not in page for page in pages)
