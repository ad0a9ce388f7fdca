"""The downloads hold what is shown, each with its README and licence; other programs open them."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
import shapely
from tests.support.shipped import DATA_VERSION, PROFILE_URL

from ocmap.analysis.matrix import Table
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.cli import main
from ocmap.dataset.errors import DataError
from ocmap.dataset.files import read_files
from ocmap.dataset.schema import Evidence, Lang
from ocmap.dataset.tables import TABLES
from ocmap.export import geopackage
from ocmap.export.data_package import build_package
from ocmap.export.features import Value
from ocmap.export.files import EmptyExportError, ExportError
from ocmap.export.geopackage import build_geopackage
from ocmap.export.tables import build_csv, build_geojson, write_csv
from ocmap.export.workbook import build_workbook

Printed = pytest.CaptureFixture[str]
LANGS: tuple[Lang, ...] = ("es", "en")
NOTHING = ViewState(place="PE-PAS", markets=("heroin",))


def unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(profile: CountryProfile, view: ViewState, name: str = "evidence.csv") -> list[dict[str, str]]:
    text = unzip(build_csv(PageContext(profile, "es", view)))[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def features_of(profile: CountryProfile, view: ViewState) -> dict[str, dict[str, Any]]:
    files = unzip(build_geojson(PageContext(profile, "es", view)))
    features = json.loads(files["ocmap.geojson"])["features"]
    assert len({one["id"] for one in features}) == len(features)
    return {one["id"]: one for one in features}


@pytest.fixture(scope="module")
def gpkg(profile: CountryProfile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gpkg") / "ocmap.gpkg"
    path.write_bytes(build_geopackage(PageContext(profile, "es", ViewState())))
    return path


# ---------------------------------------------------------------------------------------------- the data package


def test_frictionless_accepts_the_zip(profile: CountryProfile, geodata: Path, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(build_package(profile, read_files(geodata), "es"))
    program = Path(sys.executable).with_name("frictionless")
    run = subprocess.run([program, "validate", path, "--json"], capture_output=True, check=False)  # noqa: S603 - ours
    report = json.loads(run.stdout)
    assert (run.returncode, report["valid"], report["errors"]) == (0, True, [])
    assert len(report["tasks"]) == len(TABLES) + 5


def test_frictionless_finds_a_broken_reference(profile: CountryProfile, package: Path, tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing."""
    text = (package / "statement_places.csv").read_text("utf-8").replace("PE-LMA", "PE-XXX", 1)
    (package / "statement_places.csv").write_text(text, "utf-8")
    path = tmp_path / "package.zip"
    path.write_bytes(build_package(profile, read_files(package), "es"))
    program = Path(sys.executable).with_name("frictionless")
    assert subprocess.run([program, "validate", path], capture_output=True, check=False).returncode == 1  # noqa: S603 - ours


def test_the_package_is_complete_and_reproducible(profile: CountryProfile, geodata: Path) -> None:
    data = build_package(profile, read_files(geodata), "es")
    files = unzip(data)
    assert build_package(profile, read_files(geodata), "es") == data
    for name in ("datapackage.json", "CODEBOOK.md", "regions.geojson", *(table.file for table in TABLES.values())):
        assert files[name] == (geodata / name).read_bytes()
    assert {"README.txt", "LICENSE.txt", "raw/natural-earth.origin.toml"} <= set(files)


def test_a_missing_file_of_the_package_is_named_in_the_error(package: Path) -> None:
    (package / "rivers.geojson").unlink()
    with pytest.raises(DataError, match=r"rivers\.geojson:0:-: cannot be read \(No such file"):
        read_files(package)


# -------------------------------------------------------------------------------------------- README and licence


@pytest.mark.parametrize("lang", LANGS)
def test_every_download_has_a_description(profile: CountryProfile, geodata: Path, lang: Lang) -> None:
    limits = {
        "es": (
            "SIN VALOR LEGAL",
            "no significa que allí no haya delitos",
            "No se nombra a ninguna persona",
            "CÓMO CITAR",
        ),
        "en": ("NOT FOR LEGAL USE", "does not mean that there is no crime", "No person is named", "HOW TO CITE"),
    }
    downloads = (
        build_package(profile, read_files(geodata), lang),
        build_csv(PageContext(profile, lang, ViewState())),
        build_geojson(PageContext(profile, lang, ViewState())),
    )
    for data in downloads:
        files = {name: text.decode() for name, text in unzip(data).items() if name.endswith(".txt")}
        readme, licence = files["README.txt"], files["LICENSE.txt"]
        assert all(part in readme for part in (DATA_VERSION, PROFILE_URL, "CC BY 4.0", *limits[lang]))
        named = ("creativecommons.org/licenses/by/4.0", "Made with Natural Earth", "GeoNames", "INEI")
        assert all(part in licence for part in named)


def test_a_readme_describes_the_selection(profile: CountryProfile) -> None:
    view = ViewState(place="PE-MDD", markets=("non_renewable",))
    readme = unzip(build_csv(PageContext(profile, "en", view)))["README.txt"].decode()
    assert readme.startswith("ocmap – Madre de Dios (illegal mining)\n")
    assert "Markets: Illegal mining\n" in readme
    assert "“Madre de Dios (illegal mining)”" in readme


# ----------------------------------------------------------------------------------------------------------- CSV


def test_an_export_of_everything_equals_the_evidence(profile: CountryProfile, evidence: tuple[Evidence, ...]) -> None:
    rows = rows_of(profile, ViewState())
    written = sorted(tuple(row[field] for field in Evidence._fields) for row in rows)
    assert written == sorted((*map(str, row[:-1]), ";".join(row.via)) for row in evidence)
    assert len(rows_of(profile, ViewState(), "routes.csv")) == len(profile.dataset.routes)


def test_the_evidence_of_la_pampa_includes_madre_de_dios(profile: CountryProfile) -> None:
    rows = rows_of(profile, ViewState(place="PE-MDD", markets=("non_renewable",)))
    row = next(row for row in rows if row["statement_id"] == "non_renewable.3-b")
    assert (row["basis"], row["via"], row["hedge"]) == ("located", "la-pampa", "stated")
    assert row["locator_es"] == "Delitos contra recursos no renovables, oración 3"
    assert row["locator_en"] == "Non-renewable resource crimes, sentence 3"
    assert row["text_es"] == profile.dataset.statement["non_renewable.3-b"].text_es
    assert {row["place_id"] for row in rows} == {"PE-MDD"}
    assert {row["market_id"] for row in rows} == {"non_renewable"}


def test_a_statement_on_a_group_is_marked(profile: CountryProfile) -> None:
    """flora.4-a speaks of flora and of drugs, and of no drug by name."""
    rows = rows_of(profile, ViewState())
    marks = {row["market_id"]: row["said_of_group"] for row in rows if row["statement_id"] == "flora.4-a"}
    assert (marks["flora"], marks["cocaine"], marks["heroin"]) == ("", "drugs", "drugs")


def test_an_export_of_a_site_has_the_statements_that_name_it(profile: CountryProfile) -> None:
    rows = rows_of(profile, ViewState(place="la-pampa"))
    assert {row["statement_id"] for row in rows} == set(profile.dataset.naming["la-pampa"])
    assert {(row["basis"], row["via"]) for row in rows} == {("named", "la-pampa")}


def test_an_export_of_a_route_has_its_own_statement(profile: CountryProfile) -> None:
    view = ViewState(route="cannabis.3-r1")
    (route,) = rows_of(profile, view, "routes.csv")
    assert (route["route_id"], route["statement_id"]) == ("cannabis.3-r1", "cannabis.3-a")
    assert route["points"].split(";")[0].endswith(":origin:named")
    assert {row["statement_id"] for row in rows_of(profile, view)} == {"cannabis.3-a"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    ((cell, harmless),) = csv.reader(
        io.StringIO(write_csv(Table(("a", "b"), [(f"{start}1+1", f"1{start}")])).split("\n", 1)[1])
    )
    assert (cell, harmless) == (f"'{start}1+1", f"1{start}")


@pytest.mark.parametrize("build", [build_csv, build_geojson, build_workbook])
def test_an_empty_selection_is_refused(profile: CountryProfile, build: Callable[[PageContext], bytes]) -> None:
    with pytest.raises(EmptyExportError, match="there is nothing to export"):
        build(PageContext(profile, "es", NOTHING))


# ------------------------------------------------------------------------------------------------------- GeoJSON


def test_geojson_has_every_region_including_blank_ones(profile: CountryProfile) -> None:
    features = features_of(profile, ViewState())
    layers = [one["properties"]["layer"] for one in features.values()]
    assert {layer: layers.count(layer) for layer in set(layers)} == {
        "regions": 26,
        "corridors": 5,
        "routes": 37,
        "sites": 9,
        "no_shape": 1,
    }
    assert features["PE-PAS"]["properties"]["statements"] == []
    assert (features["PE"]["geometry"], features["PE"]["properties"]["layer"]) == (None, "no_shape")
    mdd = features["PE-MDD"]["properties"]
    assert mdd["named_located"] == profile.unfiltered.count_direct("PE-MDD")
    said = next(one for one in mdd["statements"] if one["statement_id"] == "non_renewable.3-b")
    assert (said["basis"], said["via"], said["hedge"], said["sentence_id"]) == (
        "located",
        "la-pampa",
        "stated",
        "non_renewable.3",
    )


def test_geojson_follows_the_standard(profile: CountryProfile) -> None:
    for feature in features_of(profile, ViewState()).values():
        if feature["geometry"] is None:
            continue
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert geometry.is_valid
        assert shapely.box(-84.5, -21, -64.5, 3).covers(geometry)
        for polygon in (one for one in shapely.get_parts(geometry) if one.geom_type == "Polygon"):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)
        for number in numbers(feature["geometry"]["coordinates"]):
            assert round(number, 6) == number


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list):
        for one in value:
            yield from numbers(one)
    else:
        yield value


def test_geojson_of_a_place_contains_the_place_and_its_routes(profile: CountryProfile) -> None:
    features = features_of(profile, ViewState(place="PE-CAJ"))
    places = [one for one, feature in features.items() if feature["properties"]["layer"] != "routes"]
    assert places == ["PE-CAJ"]
    assert "heroin.1-r2" in features


def test_a_place_without_a_shape_keeps_its_statements(profile: CountryProfile) -> None:
    amazon = features_of(profile, ViewState(place="amazon"))["amazon"]
    assert amazon["geometry"] is None
    assert {one["statement_id"] for one in amazon["properties"]["statements"]} == set(profile.dataset.naming["amazon"])


# ---------------------------------------------------------------------------------------------------- GeoPackage


def test_the_geopackage_has_its_layers_in_wgs_84(gpkg: Path) -> None:
    layers = dict(pyogrio.list_layers(gpkg))
    assert {name for name, kind in layers.items() if kind} == {"regions", "corridors", "routes", "sites", "rivers"}
    assert {name for name, kind in layers.items() if not kind} == {"evidence", "statements", "readme", "layer_styles"}
    for name, kind in layers.items():
        if kind:
            info = pyogrio.read_info(gpkg, layer=name)
            assert (info["crs"], info["features"] > 0) == ("EPSG:4326", True)
    assert len(gpd.read_file(gpkg, layer="regions")) == 26


def test_the_joined_counts_equal_those_of_the_map(gpkg: Path, profile: CountryProfile) -> None:
    regions = gpd.read_file(gpkg, layer="regions").set_index("place_id")
    assert {str(one): int(n) for one, n in regions["named_located"].items()} == {
        one: profile.unfiltered.count_direct(str(one)) for one in profile.shapes.regions.index
    }
    assert tuple(regions.loc["PE-PAS", ["named", "located", "border", "area"]]) == (0, 0, 0, 0)


def test_under_a_market_la_pampa_counts_for_madre_de_dios(profile: CountryProfile, tmp_path: Path) -> None:
    """Two statements on mining name La Pampa; one speaks of the Bolivian border, which the region touches."""
    view = ViewState(markets=("non_renewable",))
    path = tmp_path / "ocmap.gpkg"
    path.write_bytes(build_geopackage(PageContext(profile, "es", view)))
    region = gpd.read_file(path, layer="regions").set_index("place_id").loc["PE-MDD"]
    evidence = gpd.read_file(path, layer="evidence")
    located = evidence[(evidence["place_id"] == "PE-MDD") & (evidence["basis"] == "located")]
    assert set(located["statement_id"]) == {"non_renewable.3-a", "non_renewable.3-b"}
    assert (region["located"], set(evidence["market_id"])) == (2, {"non_renewable"})
    assert "non_renewable.4-a" in set(evidence.loc[evidence["basis"] == "border", "statement_id"])


def test_every_row_of_the_evidence_joins(gpkg: Path) -> None:
    evidence = gpd.read_file(gpkg, layer="evidence")
    statements = gpd.read_file(gpkg, layer="statements")
    shapes = {one for name in ("regions", "corridors") for one in gpd.read_file(gpkg, layer=name)["place_id"]}
    assert set(evidence["place_id"]) <= shapes | {"PE"}
    assert set(evidence["statement_id"]) <= set(statements["statement_id"])
    assert set(gpd.read_file(gpkg, layer="routes")["statement_id"]) <= set(statements["statement_id"])
    assert {"hedge", "locator_es", "locator_en", "text_es", "text_en"} <= set(evidence.columns)


def test_the_styles_use_the_maps_classes_and_real_columns(gpkg: Path) -> None:
    with closing(sqlite3.connect(gpkg)) as file:
        styles = dict(file.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
        (check,) = file.execute("PRAGMA integrity_check").fetchone()
        for layer, qml in styles.items():
            for rule in ET.fromstring(qml).iter("rule"):  # noqa: S314 - our own text
                where = rule.get("filter") or "1"
                file.execute(f'SELECT count(*) FROM "{layer}" WHERE {where}').fetchone()  # noqa: S608 - our own
    labels = [rule.get("label") for rule in ET.fromstring(styles["regions"]).iter("rule")]  # noqa: S314
    assert check == "ok"
    assert set(styles) == {"regions", "corridors", "routes", "sites", "rivers"}
    assert labels[1:6] == ["1", "2", "3–5", "6–9", "10+"]
    assert "dash" in {one.get("value") for one in ET.fromstring(styles["routes"]).iter("Option")}  # noqa: S314


def test_the_geopackage_contains_its_readme_and_licence(gpkg: Path) -> None:
    texts = gpd.read_file(gpkg, layer="readme").set_index("language")
    assert set(texts.index) == set(LANGS)
    assert "SIN VALOR LEGAL" in texts.loc["es", "readme"]
    assert "NOT FOR LEGAL USE" in texts.loc["en", "readme"]
    assert "Made with Natural Earth" in texts.loc["es", "licence"]
    about = pyogrio.read_info(gpkg, layer="regions")["dataset_metadata"]
    assert (about["VERSION"], "Creative Commons" in about["LICENSE"]) == (DATA_VERSION, True)


def test_a_geopackage_without_routes_can_be_written(profile: CountryProfile) -> None:
    bare = replace(profile, dataset=replace(profile.dataset, routes=(), route_points=()))
    assert build_geopackage(PageContext(bare, "en", ViewState())).startswith(b"SQLite format 3")


def test_a_full_disk_for_the_geopackage_is_reported(profile: CountryProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: Value) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(geopackage, "_add_styles", fail)
    with pytest.raises(ExportError, match=r"is the disk full\? \(database or disk is full\)"):
        build_geopackage(PageContext(profile, "es", ViewState()))


# -------------------------------------------------------------------------------------------------- the command


def export(geodata: Path, *arguments: str) -> int:
    return main(["export", "--data", str(geodata), *arguments])


def test_export_writes_all_downloads(geodata: Path, tmp_path: Path, profile: CountryProfile, capsys: Printed) -> None:
    assert export(geodata, "--out", str(tmp_path)) == 0
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == [
        "ocmap-peru-0.2.0-csv.zip",
        "ocmap-peru-0.2.0-datapackage.zip",
        "ocmap-peru-0.2.0-geojson.zip",
        "ocmap-peru-0.2.0.gpkg",
        "ocmap-peru-0.2.0.xlsx",
    ]
    assert sorted(Path(line).name for line in capsys.readouterr().out.splitlines()) == names
    made = (tmp_path / "ocmap-peru-0.2.0-csv.zip").read_bytes()
    assert made == build_csv(PageContext(profile, "es", ViewState()))


def test_an_export_of_a_place_omits_the_files_it_cannot_narrow(geodata: Path, tmp_path: Path) -> None:
    assert export(geodata, "--out", str(tmp_path), "--place", "PE-MDD", "--market", "non_renewable") == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "ocmap-pe-mdd-non-renewable-0.2.0-csv.zip",
        "ocmap-pe-mdd-non-renewable-0.2.0-geojson.zip",
        "ocmap-pe-mdd-non-renewable-0.2.0.xlsx",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--place", "pampa"), "there is no place 'pampa'; did you mean la-pampa (La Pampa)"),
        (("--place", "Junin"), "did you mean PE-JUN (Junín)"),
        (("--market", "cocain"), "there is no market 'cocain'; did you mean cocaine"),
        (("--market", "zzz"), "a market is one of human_trafficking, human_smuggling"),
        (("--place", "PE-PAS", "--market", "heroin"), "there is nothing to export"),
        (("--place", "PE-MDD", "--format", "gpkg"), "gpkg cannot be limited to a place"),
        (("--market", "arms", "--format", "zip"), "zip cannot be limited to a market"),
    ],
)
def test_an_impossible_export_is_reported_and_nothing_is_written(
    geodata: Path, tmp_path: Path, capsys: Printed, arguments: tuple[str, ...], message: str
) -> None:
    assert export(geodata, "--out", str(tmp_path / "out"), *arguments) == 1
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_shows_no_traceback(geodata: Path, tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "out").write_bytes(b"")
    assert export(geodata, "--out", str(tmp_path / "out"), "--format", "csv") == 1
    assert "is a file, not a folder" in capsys.readouterr().err


def test_a_broken_package_is_not_exported(
    package: Path, tmp_path: Path, edit: Callable[[str, str, str], None], capsys: Printed
) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    assert export(package, "--out", str(tmp_path / "out")) == 1
    assert "'sure'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
