"""Faults that official layers have are repaired and reported by name and area; the strict reading refuses them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from tests.support.inputs import GEODATA, PACKAGE, needs_inputs
from tests.support.own_layers import (
    KNOWN,
    REGION_IDS,
    own_departments,
    own_shapes,
    read,
    reference,
    without_shapes,
    write,
)

from ocmap.boundaries import UserLayer, build, shape_files
from ocmap.boundaries.corridors import build_border
from ocmap.boundaries.coverage import gaps_of
from ocmap.boundaries.departments import build_departments
from ocmap.boundaries.figures import check_tripoints
from ocmap.boundaries.geojson import read_features
from ocmap.boundaries.known_layers import Lake
from ocmap.cli import main
from ocmap.dataset.errors import DataError
from ocmap.geo.crs import area_km2
from ocmap.geo.shapes import read_shapes

LORETO, JUNIN, PUNO, SAN_MARTIN, PASCO = "16", "12", "21", "22", "19"
ON_BORDER = build_border(own_shapes()["PE-JUN"], own_shapes()["PE-PAS"]).interpolate(0.5, normalized=True)


def edit(change: Callable[[BaseGeometry], BaseGeometry], *codes: str) -> gpd.GeoDataFrame:
    """Return our departments with the shapes of some changed."""
    layer = own_departments()
    for row in layer.index[layer["IDDPTO"].isin(codes)]:
        layer.loc[row, "geometry"] = change(layer.geometry[row])
    return layer


def without(area: BaseGeometry, *codes: str) -> gpd.GeoDataFrame:
    return edit(lambda shape: shape.difference(area), *codes)


def report(repairs: Sequence[object]) -> str:
    return "\n".join(map(str, repairs))


def differing(units: dict[str, BaseGeometry], km2: float = 1.0) -> list[str]:
    """Return the units and countries that differ from ours by more than an area."""
    return [i for i, own in reference().items() if area_km2(units[i].symmetric_difference(own)) > km2]


@pytest.mark.parametrize(
    ("point", "size", "code", "text"),
    [
        (
            (-75, -4),
            0.2,
            LORETO,
            "an area inside Loreto is left out, 1965 km² at -75.00, -4.00: given 1965 km² to Loreto",
        ),
        (
            (-70.008, -15.17),
            0.05,
            PUNO,
            "Lago Arapa inside Puno is left out, 119 km² at -70.01, -15.17: given 119",
        ),
    ],
)
def test_a_hole_inside_a_department_is_filled(
    tmp_path: Path, point: tuple[float, float], size: float, code: str, text: str
) -> None:
    lake = shapely.box(point[0] - size, point[1] - size, point[0] + size, point[1] + size)
    path = write(without(lake, code), tmp_path / "layer.gpkg")
    units, repairs = read(path)
    assert differing(units) == []
    assert text in report(repairs)
    with pytest.raises(DataError, match=r"is left out, \d+ km² at .*, expected it in"):
        read(path, strict=True)


def test_a_known_lake_between_departments_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    water = ON_BORDER.buffer(0.1)
    path = write(without(water, JUNIN, PASCO), tmp_path / "layer.gpkg")
    monkeypatch.setattr(KNOWN, "lakes", (Lake(name="Lago de prueba", point=(ON_BORDER.x, ON_BORDER.y)),))
    units, repairs = build_departments(UserLayer(path), reference(), KNOWN)
    shares = {i: area_km2(units[i].intersection(water)) for i in ("PE-JUN", "PE-PAS")}
    assert sum(shares.values()) == pytest.approx(area_km2(water), abs=0.5)
    assert min(shares.values()) > 0.2 * area_km2(water)
    assert f"given {shares['PE-JUN']:.0f} km² to Junín, {shares['PE-PAS']:.0f} km² to Pasco" in report(repairs)
    assert "Lago de prueba" in report(repairs)
    assert shapely.coverage_is_valid(list(units.values()))


def test_an_unknown_gap_between_departments_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = write(without(ON_BORDER.buffer(0.1), JUNIN, PASCO), tmp_path / "layer.gpkg")
    with pytest.raises(DataError, match=r"an area between Junín, Pasco is left out, 3\d\d km² .*GIS, or list it"):
        read(path)


def test_the_peruvian_side_of_titicaca_is_given_to_puno(tmp_path: Path) -> None:
    puno = own_shapes()["PE-PUN"]
    sides = [lake for lake in KNOWN.lakes if lake.border is not None]
    hulls = [shapely.union_all([shapely.LineString(lake.border or ()), lake.at]).convex_hull for lake in sides]
    water = shapely.union_all(hulls).buffer(0.05)
    path = write(without(water, PUNO), tmp_path / "layer.gpkg")
    lost = area_km2(puno.intersection(water))
    assert lost > 1_000
    units, repairs = read(path)
    assert area_km2(units["PE-PUN"].symmetric_difference(puno)) < 0.03 * lost
    assert area_km2(units["BO"].symmetric_difference(own_shapes()["BO"])) < 0.03 * lost
    assert shapely.coverage_is_valid(list(units.values()))
    for lake in sides:
        assert f"{lake.name}, " in report(repairs)
    with pytest.raises(DataError, match=r"Lago Titicaca, \d+ km² of it in Puno, is left out"):
        read(path, strict=True)


def outline(shape: BaseGeometry) -> shapely.LinearRing:
    """Return the outer ring of a shape's largest polygon."""
    ring: shapely.LinearRing = max(shapely.get_parts(shape), key=shapely.area).exterior
    return ring


def swap_vertices(shape: BaseGeometry) -> BaseGeometry:
    """Return a polygon whose ring crosses itself near one vertex."""
    ring = np.array(outline(shape).coords)
    ring[[40, 41]] = ring[[41, 40]]
    return shapely.Polygon(ring)


def collapse_a_hole(shape: BaseGeometry) -> BaseGeometry:
    """Return a polygon with a hole that is only a line."""
    at = shape.representative_point()
    end = (at.x + 0.01, at.y)
    return shapely.Polygon(outline(shape), [[(at.x, at.y), end, end, (at.x, at.y)]])


def nest_holes(shape: BaseGeometry) -> BaseGeometry:
    """Return a polygon with a hole inside a hole."""
    at = shape.representative_point()
    return shapely.Polygon(outline(shape), [at.buffer(size).exterior.coords for size in (0.04, 0.02)])


@pytest.mark.parametrize("change", [swap_vertices, collapse_a_hole, nest_holes])
def test_a_ring_that_is_not_valid_is_corrected(tmp_path: Path, change: Callable[[BaseGeometry], BaseGeometry]) -> None:
    layer = edit(change, SAN_MARTIN)
    assert not layer.geometry.is_valid.all()
    units, repairs = read(write(layer, tmp_path / "layer.gpkg"))
    assert differing(units, 40) == []
    assert "row 22, San Martín has a ring that is not valid (" in report(repairs)
    assert shapely.coverage_is_valid(list(units.values()))
    with pytest.raises(DataError, match=r"layer\.gpkg:22:geometry: San Martín has a ring that is not valid"):
        read(tmp_path / "layer.gpkg", strict=True)


def test_narrow_gaps_are_closed_and_reported_together(tmp_path: Path) -> None:
    layer = edit(lambda shape: shape.buffer(-0.0004), PASCO)
    path = write(layer, tmp_path / "layer.gpkg")
    units, repairs = read(path)
    assert "layer.gpkg: narrow gaps between regions: 1, " in report(repairs)
    assert gaps_of([units[i] for i in REGION_IDS]) == []
    with pytest.raises(DataError, match=r"narrow gaps between regions: 1, .* expected no gaps"):
        read(path, strict=True)


def test_a_narrow_gap_that_is_open_does_not_go_to_the_country_beyond_it(tmp_path: Path) -> None:
    border = own_shapes()["PE-PUN"].boundary.intersection(own_shapes()["PE-MDD"].boundary)
    path = write(without(border.buffer(0.0008), PUNO), tmp_path / "layer.gpkg")
    units, _ = read(path)
    assert shapely.coverage_is_valid(list(units.values()))
    assert [i for i in differing(units) if i not in REGION_IDS] == []


def test_a_layer_without_faults_passes_strictly(tmp_path: Path) -> None:
    units, _ = read(write(own_departments(), tmp_path / "layer.gpkg"), strict=True)
    assert differing(units) == []


@needs_inputs
def test_a_detailed_layer_is_simplified_until_it_is_small_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 350_000
    monkeypatch.setattr(shape_files, "TOTAL_BYTES", limit)
    layer = write(own_departments(), tmp_path / "layer.gpkg")
    lines = build(GEODATA, tmp_path / "out", UserLayer(layer))
    assert lines[-1] == "layer.gpkg: too detailed for a browser: borders simplified by 1000 m"
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) <= limit


@needs_inputs
def test_a_layer_whose_tripoint_is_elsewhere_is_accepted(tmp_path: Path) -> None:
    def bend(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        places = ((-69.5, -17.5), (-69.1, -14.5))  # where Bolivia meets Chile, and on its border with Puno
        bends = [np.exp(-((np.linalg.norm(lonlat - place, axis=1, keepdims=True) / 0.3) ** 2)) for place in places]
        moved: npt.NDArray[np.float64] = lonlat + np.array([0.09, 0.03]) * sum(bends)
        return moved

    layer = own_departments()
    layer["geometry"] = shapely.set_precision(shapely.transform(layer.geometry.to_numpy(), bend), 1e-6)
    out = tmp_path / "out"
    build(GEODATA, out, UserLayer(write(layer, tmp_path / "layer.gpkg")))
    countries = {country.feature_id: country.geometry for country in read_features(out / "countries.geojson")}
    read_shapes(out, PACKAGE.dataset)  # the app accepts them too
    expected = PACKAGE.recipe.expected
    assert ["BO and CL" in problem.found for problem in check_tripoints("PE", countries, expected)] == [True]
    assert list(check_tripoints("PE", {i: own_shapes()[i] for i in countries}, expected)) == []


@needs_inputs
def test_the_command_prints_each_repair_and_refuses_strictly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = tmp_path / "layer.gpkg"
    without(shapely.box(-75.2, -4.2, -74.8, -3.8), LORETO).to_file(layer, layer="departamentos")
    own_departments().to_file(layer, layer="enteros")
    data = without_shapes(tmp_path / "data")
    command = ["build", "--data", str(data), "--departments", str(layer), "--layer", "departamentos"]
    assert main([*command, "--strict"]) == 1
    assert "an area inside Loreto is left out, 1965 km²" in capsys.readouterr().err
    assert not (data / "regions.geojson").exists()
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("layer.gpkg: an area inside Loreto is left out, 1965 km²")
    assert (data / "regions.geojson").exists()
