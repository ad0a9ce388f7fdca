"""The departments of a layer are found under the names of columns and of departments that official layers have."""

from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from tests.support.own_layers import DEPARTMENTS, KNOWN, own_departments, own_shapes, read, reference, write

from ocmap.boundaries.layer_codes import find_codes
from ocmap.boundaries.sources import VectorLayer
from ocmap.dataset.errors import DataError

CODES = sorted(set(DEPARTMENTS.values()))
NAMES = {code: KNOWN.package.names[place_id] for place_id, code in DEPARTMENTS.items()} | {"15": "Lima"}


def codes_of(**fields: Sequence[object]) -> list[str]:
    """Return the codes that are found in a layer's columns."""
    shapes: list[BaseGeometry] = [shapely.Point(0, 0)] * len(next(iter(fields.values())))
    return find_codes(
        "layer.gpkg", VectorLayer(shapes, {k.lower(): [*v] for k, v in fields.items()}, "EPSG:4326"), KNOWN
    )


@pytest.mark.parametrize(
    ("column", "of"),
    [
        ("COD_DEPARTAMENTO", "{}0000"), ("CC_1", "{}"), ("ADM1_PCODE", "PE{}"), ("FIRST_IDDP", "{}"),
        ("IDDIST", "{}0000"), ("CCDD", "{}"), ("UBIGEO", "{}"), ("IDDPTO", "{}"),
    ],
)  # fmt: skip
def test_departments_are_found_by_their_codes(column: str, of: str) -> None:
    assert codes_of(OBJECTID=list(range(25)), **{column: [of.format(code) for code in CODES]}) == CODES


def test_the_codes_of_iso_divide_lima() -> None:
    found = codes_of(shapeISO=[*DEPARTMENTS])
    assert dict(zip(DEPARTMENTS, found, strict=True)) == DEPARTMENTS | {"PE-LMA": "1501"}


def test_a_code_is_joined_from_its_columns() -> None:
    provinces = [f"{code}{province}" for code in CODES for province in ("01", "02")]
    columns = {"CCDD": [code[:2] for code in provinces], "CCPP": [code[2:] for code in provinces]}
    assert codes_of(**columns) == provinces
    assert codes_of(**columns, CCDI=["03"] * 50) == [f"{code}03" for code in provinces]


@pytest.mark.parametrize(
    "other",
    [
        str.upper, str.lower, "Departamento de {}".format, "{} Region".format,
        lambda name: name.translate(str.maketrans("áíúñ", "aiun")),
    ],
    ids=["capitals", "small letters", "departamento", "region", "without accents"],
)  # fmt: skip
def test_departments_are_found_by_their_names(other: Callable[[str], str]) -> None:
    assert codes_of(id=list(range(25)), NOMBDEP=[other(NAMES[code]) for code in CODES]) == CODES


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("02", "Ancash"), ("07", "Prov. Constitucional del Callao"), ("07", "PROVINCIA CONSTITUCIONAL DEL CALLAO"),
        ("08", "Cuzco"), ("15", "Lima"), ("15", "Lima Provincias"), ("15", "LIMA REGION"), ("17", "MADRE DE DIOS"),
        ("1501", "Lima Metropolitana"), ("1501", "Lima Province"), ("1501", "Municipalidad Metropolitana de Lima"),
    ],
)  # fmt: skip
def test_a_department_has_other_names(code: str, name: str) -> None:
    assert KNOWN.find_code(name) == code


def test_codes_come_before_names_and_only_if_they_are_codes() -> None:
    names = [NAMES[code] for code in CODES]
    assert codes_of(NOMBDEP=names[::-1], CCDD=[*CODES]) == CODES
    assert codes_of(NOMBDEP=names, UBIGEO=[None] * 25) == CODES


def test_a_layer_without_codes_and_names_is_refused_with_its_columns() -> None:
    with pytest.raises(DataError, match=r"columns are objectid, expected a column with INEI's codes \(UBIGEO.*names"):
        codes_of(OBJECTID=list(range(1, 26)))


def test_an_unknown_name_is_reported_with_its_row() -> None:
    with pytest.raises(DataError, match=r"layer.gpkg:2:code: no code.*\n?.*") as caught:
        codes_of(NOMBDEP=[NAMES[code] if code != "02" else "Atlántida" for code in CODES])
    assert any("without 02 Áncash" in problem.found for problem in caught.value.problems)


def test_provinces_in_two_columns_are_merged_and_divide_lima(tmp_path: Path) -> None:
    rows = []
    for place_id, code in DEPARTMENTS.items():
        shape = own_shapes()[place_id]
        west, south, east, north = shape.bounds
        half = shapely.box(west, south, (west + east) / 2, north)
        first = {"PE-LMA": "01", "PE-LIM": "02"}.get(place_id, "03")
        parts = [shape] if place_id == "PE-LMA" else [shape & half, shape - half]
        rows += [(code, f"{int(first) + n:02}", part) for n, part in enumerate(parts)]
    ccdd, ccpp, shapes = zip(*rows, strict=True)
    layer = gpd.GeoDataFrame({"CCDD": ccdd, "CCPP": ccpp}, geometry=list(shapes), crs="EPSG:4326")
    units, repairs = read(write(layer, tmp_path / "provincias.gpkg"))
    assert [str(repair) for repair in repairs] == []
    differing = [i for i, own in reference().items() if units[i].symmetric_difference(own).area > 1e-4 * own.area]
    assert differing == []


def test_a_layer_of_departments_says_how_lima_is_divided(tmp_path: Path) -> None:
    _, repairs = read(write(own_departments(), tmp_path / "layer.gpkg"), strict=True)
    found = "Lima (región) and Lima Metropolitana are one area: divided along Natural Earth's line"
    assert [str(repair) for repair in repairs] == [f"layer.gpkg: {found}"]


def test_a_file_with_several_layers_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "limites.gpkg"
    own_departments().to_file(path, layer="departamentos")
    own_departments().head(3).to_file(path, layer="provincias")
    with pytest.raises(DataError, match="2 layers: departamentos, provincias, expected --layer with one of them"):
        read(path)
    with pytest.raises(DataError, match="no layer distritos, expected one of departamentos, provincias"):
        read(path, "distritos")
    assert sorted(read(path, "departamentos").units) == sorted(reference())
