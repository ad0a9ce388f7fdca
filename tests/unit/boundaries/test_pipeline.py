"""A build replaces nothing if an input or its result has a fault."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from tests.support.inputs import GEODATA, PACKAGE, needs_inputs

from ocmap.boundaries import UserLayer, build, pipeline
from ocmap.boundaries.coverage import Geometries
from ocmap.boundaries.figures import check_areas, check_tripoints
from ocmap.boundaries.known_layers import read_known_layers
from ocmap.boundaries.land import build_units
from ocmap.boundaries.recipe import Package, read_package
from ocmap.cli import main
from ocmap.dataset.errors import DataError, Problem


@needs_inputs
def test_a_build_that_fails_its_checks_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "regions.geojson").write_text("as before")
    problem = Problem("regions.geojson", 0, "-", "wrong", "right")
    monkeypatch.setattr(pipeline, "check_shapes", lambda *_: [problem])
    with pytest.raises(DataError, match="wrong, expected right"):
        build(GEODATA, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["regions.geojson"]
    assert (tmp_path / "regions.geojson").read_text() == "as before"


@needs_inputs
def test_shapes_that_do_not_fit_together_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("the country and two neighbours meet in 0 points")

    monkeypatch.setattr(pipeline, "draw", fail)
    with pytest.raises(DataError, match="natural-earth:0:geometry: the country and two neighbours meet in 0 points"):
        build(GEODATA, tmp_path)


def without_inputs(folder: Path) -> Path:
    """Return a copy of the shipped package with the records of the inputs, without the inputs."""
    shutil.copytree(GEODATA, folder, ignore=shutil.ignore_patterns("*.geojson", "cache"))
    return folder


def test_a_build_without_the_inputs_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"ne_10m_land\.shp.*not in the cache.*ocmap fetch"):
        build(without_inputs(tmp_path / "data"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_input_that_differs_from_its_record_is_reported(tmp_path: Path) -> None:
    data = without_inputs(tmp_path / "data")
    (data / "raw" / "cache").mkdir()
    (data / "raw" / "cache" / "cities500.json").write_text("{}")
    with pytest.raises(DataError) as caught:
        build(data, tmp_path / "out")
    problems = [problem for problem in caught.value.problems if problem.file == "raw/cache/cities500.json"]
    assert [problem.found for problem in problems] == [hashlib.sha256(b"{}").hexdigest()]


def test_a_package_without_a_recipe_is_not_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = without_inputs(tmp_path / "data")
    (data / "raw" / "shapes.toml").unlink()
    assert main(["build", "--data", str(data)]) == 1
    assert "raw/shapes.toml:0:-: the package has no recipe for its shapes" in capsys.readouterr().err


def faults_after(folder: Path, text: str, other: str) -> Sequence[Problem]:
    """Return the faults of a package after a text of its recipe is replaced."""
    recipe = without_inputs(folder / "data") / "raw" / "shapes.toml"
    written = recipe.read_text("utf-8")
    assert text in written
    recipe.write_text(written.replace(text, other, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        read_package(folder / "data")
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "other", "fault"),
    [
        ('region = "PE-LAM"', 'region = "PE-XXX"', "38:1: islands.0.region: PE-XXX, expected a region"),
        ("PE-TUM = 3691148 # Tumbes", "", "7:1: capitals: PE-TUM missing, expected a capital for each region"),
        ("PE-LAM = 3698350", "PE-XXX = 1\nPE-LAM = 3698350", "21:1: capitals.PE-XXX: PE-XXX, expected a region"),
        ('region = "PE-CAL"', 'region = "PE-XXX"', "53:1: sketches.0.region: PE-XXX, expected a region"),
        ('rest = "PE-LMA"', 'rest = "PE-XXX"', "54:1: sketches.0.rest: PE-XXX, expected a region"),
        ("area_of = { PE-CAL", "area_of = { PE-XXX", "178:1: expected.area_of: PE-XXX, expected a region"),
        ('tripoint = ["CO"', 'tripoint = ["XX"', "147:1: paths.0.tripoint: XX, expected a neighbour"),
        ('["EC", "CO"]', '["EC", "PE"]', "184:1: expected.tripoints.0.countries: PE, expected a neighbour"),
        ('rivers = ["ucayali"', 'rivers = ["other"', "146:1: paths.0.rivers: other, expected rivers of"),
        ("area = 0.08", "area = 8", "177:1: expected.area: '8', expected "),
        ("rank = 1", "rank = 7", "78:1: rivers.0.rank: '7', expected 1 or 2"),
    ],
)
def test_a_fault_of_the_recipe_has_the_line_of_its_key(tmp_path: Path, text: str, other: str, fault: str) -> None:
    (found,) = map(str, faults_after(tmp_path, text, other))
    assert found.startswith(f"raw/shapes.toml:{fault}")


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("south_of = 3947173", "south_of = 3947173\nnorth_of = 3947173", "north_of or south_of, not both"),
        ('tripoint = ["CO", "BR"]', "", "rivers and a tripoint together, or neither"),
        ('rivers = ["ucayali", "amazonas"]', "", "rivers and a tripoint together, or neither"),
        ("towns = [3693345]", "towns = [3693345, 3693345]", "with rivers one town, and nothing in towards"),
        (
            'tripoint = ["CO", "BR"]',
            'tripoint = ["CO", "BR"]\ntowards = 1',
            "with rivers one town, and nothing in towards",
        ),
        ('rivers = ["ucayali", "amazonas"]\ntripoint = ["CO", "BR"]', "", "rivers, a second town or one in towards"),
    ],
)
def test_a_line_of_the_recipe_is_of_one_kind(tmp_path: Path, text: str, other: str, expected: str) -> None:
    assert [problem.expected for problem in faults_after(tmp_path, text, other)] == [expected]


def test_figures_that_a_recipe_leaves_out_are_not_checked(tmp_path: Path) -> None:
    recipe = without_inputs(tmp_path / "data") / "raw" / "shapes.toml"
    recipe.write_text(recipe.read_text("utf-8").split("[expected]")[0], "utf-8")
    package = read_package(tmp_path / "data")
    regions = {one: shapely.box(0, 0, 1, 1) for one in package.regions}
    assert list(check_areas(regions, PACKAGE))
    assert list(check_areas(regions, package)) == []
    assert list(check_tripoints("PE", {}, package.recipe.expected)) == []


def test_a_lake_of_an_unknown_region_is_reported(tmp_path: Path) -> None:
    data = without_inputs(tmp_path / "data")
    facts = data / "raw" / "departments.toml"
    facts.write_text(facts.read_text("utf-8").replace('region = "PE-PUN"', 'region = "PE-XXX"', 1), "utf-8")
    with pytest.raises(DataError, match=r"raw/departments.toml:56:1: lakes.6.region: PE-XXX, expected a region of"):
        read_known_layers(read_package(data))


@pytest.mark.parametrize("options", [["--layer", "departamentos"], ["--strict"]])
def test_what_is_of_a_layer_needs_one(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", *options]) == 1
    fault = f"{options[0]}:0:-: given without a layer, expected it together with --departments FILE"
    assert fault in capsys.readouterr().err


def test_the_options_of_a_layer_reach_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = []

    def note(*arguments: object) -> list[str]:
        built.append(arguments)
        return ["layer.gpkg: repaired"]

    monkeypatch.setattr("ocmap.boundaries.build", note)
    options = ["--data", str(tmp_path), "--departments", "layer.gpkg", "--layer", "departamentos"]
    assert main(["build", *options]) == 0
    assert main(["build", *options, "--strict"]) == 0
    assert built == [
        (tmp_path, tmp_path, UserLayer(Path("layer.gpkg"), "departamentos", strict=strict)) for strict in (False, True)
    ]
    assert capsys.readouterr().out == 2 * "layer.gpkg: repaired\n"


@needs_inputs
def test_a_region_without_its_capital_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"PE-HUC": "PE-HUV", "PE-HUV": "PE-HUC"}

    def swapped(package: Package) -> Geometries:
        return {names.get(place_id, place_id): shape for place_id, shape in build_units(package).items()}

    monkeypatch.setattr(pipeline, "build_units", swapped)
    with pytest.raises(DataError, match=r"Huánuco \(PE-HUC\) does not contain its capital, GeoNames 3696417"):
        build(GEODATA, tmp_path)


@needs_inputs
def test_a_town_that_geonames_does_not_have_is_reported() -> None:
    recipe = PACKAGE.recipe.model_copy(update={"capitals": PACKAGE.recipe.capitals | {"PE-TUM": 1}})
    with pytest.raises(ValueError, match="GeoNames has no town 1"):
        build_units(replace(PACKAGE, recipe=recipe))
