"""The Python interface: its tables and counts are the app's, and its errors say what is allowed."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ocmap
from ocmap.analysis.filters import Filters
from ocmap.analysis.profile import CountryProfile, read_profile
from ocmap.dataset.errors import DataError
from ocmap.dataset.schema import Basis
from ocmap.notebook import Profile

FILTERS: list[dict[str, Any]] = [
    {},
    {"markets": "cocaine"},
    {"markets": ["arms", "cocaine"], "basis": ["named", "border"]},
    {"actors": ["brazilian-groups"]},
]


@pytest.fixture(scope="module")
def loaded() -> Profile:
    return ocmap.load()


def filters_of(chosen: dict[str, Any]) -> Filters:
    markets = chosen.get("markets", ())
    return Filters(
        (markets,) if isinstance(markets, str) else tuple(markets),
        tuple(chosen.get("actors", ())),
        tuple(Basis(one) for one in chosen.get("basis", Basis)),
    )


def test_the_import_alone_does_not_load_geopandas() -> None:
    code = "import sys, ocmap; print(sorted({'geopandas', 'pandas', 'folium', 'streamlit'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert run.stdout == "[]\n"


def test_the_tables_have_all_records(loaded: Profile, profile: CountryProfile) -> None:
    dataset = profile.dataset
    assert list(loaded.statements.index) == list(dataset.statement)
    assert list(loaded.places.index) == list(dataset.place)
    assert list(loaded.actors.index) == list(dataset.actor)
    assert list(loaded.routes.index) == list(dataset.route)
    assert loaded.statements["markets"].map(tuple).to_dict() == {
        one.statement_id: one.markets for one in dataset.statements
    }


def test_a_changed_table_does_not_change_the_profile(loaded: Profile) -> None:
    statements = loaded.statements
    statements["hedge"] = "stated"
    assert loaded.statements["hedge"].nunique() > 1


@pytest.mark.parametrize("chosen", FILTERS)
def test_counts_are_those_of_the_app(loaded: Profile, profile: CountryProfile, chosen: dict[str, Any]) -> None:
    filtered = profile.apply_filters(filters_of(chosen))
    for frame in (loaded.regions(**chosen), loaded.corridors(**chosen)):
        assert str(frame.crs) == "EPSG:4326"
        assert frame.geometry.is_valid.all()
        assert frame["named_located"].to_dict() == {place: filtered.count_direct(place) for place in frame.index}
        for basis in (Basis.NAMED, Basis.LOCATED, Basis.BORDER, Basis.AREA):
            counts = {place: filtered.count_on_markets(place).count(basis) for place in frame.index}
            assert frame[basis.value].to_dict() == counts
    assert list(loaded.regions(**chosen).index) == list(profile.shapes.regions.index)
    rows = loaded.evidence(**chosen)
    assert set(rows["statement_id"]) == filtered.statement_ids
    assert {
        (place, statement, basis) for place, statement, basis in rows[["place_id", "statement_id", "basis"]].to_numpy()
    } == {(place, one, basis) for place, found in filtered.by_place.items() for one, basis in found.items()}


def test_route_lines_are_those_of_the_map(loaded: Profile, profile: CountryProfile) -> None:
    assert list(loaded.route_lines().index) == [one for one in profile.unfiltered.routes if one in profile.line_ends]
    cocaine = profile.apply_filters(Filters(("cocaine",))).routes
    lines = loaded.route_lines(markets="cocaine")
    assert list(lines.index) == [one for one in cocaine if one in profile.line_ends]
    assert set(lines.geom_type) == {"LineString"}
    assert {one: (row.start, row.end) for one, row in zip(lines.index, lines.itertuples(), strict=True)} == {
        one: profile.line_ends[one] for one in lines.index
    }


def test_no_route_is_an_empty_table(loaded: Profile) -> None:
    lines = loaded.route_lines(markets="cyber")
    assert len(lines) == 0
    assert str(lines.crs) == "EPSG:4326"
    assert list(lines.columns) == list(loaded.route_lines().columns)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda one: one.evidence(markets="cocain"),
            "markets: 'cocain' is not allowed; similar: cocaine .*; allowed: ",
        ),
        (lambda one: one.regions(markets=[]), "markets: the list is empty; allowed: one id or more, or None for all"),
        (lambda one: one.corridors(actors=3), "actors: 3 is not allowed; allowed: .*brazilian-groups"),
        (
            lambda one: one.map(basis=["named", "near"]),
            "basis: 'near' is not allowed.*; allowed: named, located, border",
        ),
        (lambda one: one.map(lang="fr"), "lang: 'fr' is not allowed; allowed: es, en"),
        (lambda one: one.cite(lang="fr"), "lang: 'fr' is not allowed; allowed: es, en"),
        (lambda one: one.brief("PE-PUN", form="doc"), "form: 'doc' is not allowed; allowed: pdf, html"),
        (lambda one: one.brief("PE-PUX"), "subject: there is no brief of 'PE-PUX': give a region .* or a market"),
    ],
)
def test_an_error_names_the_argument_and_what_is_allowed(
    loaded: Profile, call: Callable[[Profile], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call(loaded)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match=re.escape(f"data: '{tmp_path / 'no'}' is not a folder; allowed is")):
        ocmap.load(tmp_path / "no")


def test_a_package_with_faults(package: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("statements.csv", "cocaine.1-a,", "cocaine.1-!,")
    with pytest.raises(DataError, match=r"statements\.csv:\d+:statement_id"):
        ocmap.load(str(package))


def test_another_country(root: Path) -> None:
    loaded = ocmap.load(root / "tests" / "data" / "ecuador")
    profile = read_profile(root / "tests" / "data" / "ecuador")
    counts = {place: profile.unfiltered.count_direct(place) for place in profile.shapes.regions.index}
    assert loaded.regions()["named_located"].to_dict() == counts
    assert any(counts.values())
    page = loaded.map(lang="en").get_root().render()
    assert "Pichincha" in page
    assert "MADE-UP DATA FOR TESTS" in page
    assert loaded.cite("en") != ocmap.load().cite("en")


def test_the_map_has_no_markup_of_the_data(package: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("places.csv", ",Puno,Puno,", ",Puno <i>,Puno <i>,")
    made = ocmap.load(package).map()
    page = made.get_root().render()
    assert "Puno <i>" not in page
    assert r"Puno \u0026lt;i\u0026gt;" in page


def test_the_brief_is_the_existing_one(loaded: Profile) -> None:
    assert loaded.brief("PE-PUN").startswith(b"%PDF")
    assert "<title>" in loaded.brief("cocaine", lang="en", form="html").decode()


def test_the_citation_names_source_and_version(loaded: Profile) -> None:
    assert "Global Organized Crime Index 2025" in loaded.cite("en")
    assert loaded.cite("en") != loaded.cite("es")
