"""``ocmap new`` on small made-up countries: its package is sound at once, and the views can be drawn from it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pytest
import shapely
from shapely import LineString, box
from shapely.geometry.base import BaseGeometry
from tests.support.small_world import World, write_inputs, write_regions

from ocmap.analysis.profile import build_profile
from ocmap.analysis.summaries import describe_kind, region_codes
from ocmap.boundaries.new.extents import work_out
from ocmap.boundaries.new.places import country_names
from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import LANGUAGES, PlaceKind
from ocmap.geo.shapes import Shapes, read_shapes
from ocmap.web.app_data import build_app
from ocmap.web.diagrams.map_styles import poster_style
from ocmap.web.map_data import build_map_data

Columns = Mapping[str, tuple[str, ...]]


class Made(NamedTuple):
    """A made-up country: the inputs, its regions, the columns of their layer."""

    world: World
    regions: tuple[BaseGeometry, ...]
    columns: Columns = {"iso": ("EC-A", "EC-B"), "name": ("Áncora", "Baja")}  # noqa: RUF012 - never changed


HALVES = (box(10, 10, 11, 12), box(11, 10, 12, 12))
ISLAND = Made(World([box(10, 10, 12, 12)], towns=[(10.5, 11, "EC")]), HALVES)
ONE = Made(
    World(
        [box(10, 10, 16, 12)],
        [LineString([(12.05, 9), (12.05, 13)])],  # not just where the layer has it
        [("Río Uno", LineString([(10.1, 11), (13, 11.5)]))],
        [(10.5, 11, "EC"), (13.5, 11, "PE"), (14, 11, "PE"), (14, 11.5, "CO")],  # most of the other side are of PE
    ),
    HALVES,
)
SEVERAL = Made(
    World(
        [box(6, 6, 16, 16)],
        [
            box(10, 10, 12, 12).boundary,
            *(LineString(one) for one in ([(6, 6), (10, 10)], [(12, 12), (16, 16)])),
            *(LineString(one) for one in ([(6, 16), (10, 12)], [(12, 10), (16, 6)])),
        ],
        towns=[(11, 11, "EC"), (8, 11, "CO"), (14, 11, "PE"), (11, 14, "BR"), (11, 8, "BO")],
    ),
    HALVES,
)
FAR = Made(
    World(
        [box(10, 10, 12, 12), box(40, 10, 40.5, 10.5), box(45, 20, 45.2, 20.2)],
        towns=[(10.5, 11, "EC"), (40.2, 10.2, "EC"), (45.1, 20.1, "EC")],
    ),
    (box(10, 10, 12, 12), shapely.MultiPolygon([box(40, 10, 40.5, 10.5), box(45, 20, 45.2, 20.2)])),
)
CONTINENTS = Made(  # two far lands, one of them with a border, and a river that is short beside the distance to them
    World(
        [box(10, 40, 16, 42), box(-60, 0, -51, 1.5), box(55, -20, 55.5, -19.5)],
        [LineString([(12, 39), (12, 43)]), LineString([(-53, -1), (-53, 5)])],
        [("Río Uno", LineString([(10.1, 41), (11.9, 41.2)]))],
        [(10.5, 41, "EC"), (13.5, 41, "PE"), (-52, 1, "EC"), (-58, 1, "BR"), (55.2, -19.7, "EC")],
    ),
    (box(10, 40, 12, 42), box(-53, 0, -51, 1.5), box(55, -20, 55.5, -19.5)),
    {"iso": ("EC-A", "EC-B", "EC-C"), "name": ("Áncora", "Baja", "Cima")},
)
NAMES = Made(ONE.world, HALVES, {"nombre": ("San José de Áncora", "北部"), "cartodb": ("1", "2")})
LANGUAGES_GIVEN = Made(ONE.world, HALVES, {"name_en": ("North", "South"), "name_es": ("Norte", "Sur")})
ROWS = Made(  # several rows of a region
    ISLAND.world, (*HALVES[:1], box(11, 10, 12, 11), box(11, 11, 12, 12)), {"shapeISO": ("EC-A", "EC-B", "EC-B")}
)
ACROSS = Made(
    World(
        [box(178, -18, 180, -16), box(-180, -18, -178, -16), box(-177, -18, -176.5, -17)],
        [LineString([(-179, -19), (-179, -15)])],
        towns=[(178.5, -17, "EC"), (-179.5, -17, "EC"), (-178.5, -17, "CO"), (-176.7, -17.5, "EC")],
    ),
    (
        shapely.MultiPolygon([box(178, -18, 180, -16), box(-180, -18, -179, -16)]),
        box(-177, -18, -176.5, -17),
    ),
)
SLIVER = 1e-3  # square degrees
CASES = {
    "island": (ISLAND, []),
    "one neighbour": (ONE, ["border-PE"]),
    "several": (SEVERAL, ["border-BO", "border-BR", "border-CO", "border-PE"]),
    "far islands": (FAR, []),
    "three continents": (CONTINENTS, ["border-BR", "border-PE"]),
    "names only": (NAMES, ["border-PE"]),
    "names in both languages": (LANGUAGES_GIVEN, ["border-PE"]),
    "several rows": (ROWS, []),
    "across 180°": (ACROSS, ["border-CO"]),
}


def new(folder: Path, made: Made) -> Path:
    """Write a package for a made-up country; return its folder."""
    inputs = write_inputs(folder / "inputs", made.world)
    layer = write_regions(folder / "regions.geojson", made.regions, **made.columns)
    target = folder / "new"
    options = ["--country", "ec", "--regions", str(layer), "--data", str(inputs)]
    assert main(["new", str(target), *options]) == 0
    return target


def read(folder: Path) -> tuple[Dataset, Shapes]:
    dataset = read_dataset(folder)
    return dataset, read_shapes(folder, dataset)


def ids(dataset: Dataset, kind: PlaceKind) -> list[str]:
    return [place.place_id for place in dataset.places if place.kind is kind]


@pytest.mark.parametrize(("made", "corridors"), CASES.values(), ids=list(CASES))
def test_a_new_package_is_sound_and_can_be_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], made: Made, corridors: list[str]
) -> None:
    package = new(tmp_path, made)
    assert main(["check", "--data", str(package)]) == 0
    assert "0 sentences" in capsys.readouterr().out
    app = build_app(package)
    dataset = app.profile.dataset
    assert ids(dataset, PlaceKind.CORRIDOR) == corridors
    kinds = {describe_kind(dataset, dataset.place[one], "en") for one in corridors}
    assert kinds <= {"Border corridor"}  # its length is not known yet
    regions = ids(dataset, PlaceKind.REGION)
    assert [region_codes(dataset, dataset.place[one], "en") for one in regions] == regions  # no other code is known
    data = build_map_data(app.profile)
    assert len(data["regions"]) == len(regions)
    assert len(data["corridors"]) == 2 * len(corridors)
    shapes = app.profile.shapes.regions.geometry
    largest = {one: max(shapely.get_parts(shape), key=shapely.area) for one, shape in shapes.items()}
    names = {one["id"]: shapely.Point(one["properties"]["label"]) for one in data["regions"]}
    assert [one for one, at in names.items() if not largest[one].contains(at)] == []  # no name is in the sea


def test_a_neighbour_begins_where_the_layer_ends(tmp_path: Path) -> None:
    _, shapes = read(new(tmp_path, ONE))
    country, other = (shapes.countries.geometry[one] for one in ("EC", "PE"))
    assert country.intersection(other).length == pytest.approx(2, abs=0.01)
    assert country.intersection(other).area == 0
    assert country.bounds[2] == pytest.approx(12)
    assert shapes.regions.geometry.union_all().equals(country)
    assert list(shapes.rivers["name_es"]) == ["Río Uno"]


def test_a_neighbour_does_not_run_along_a_coast_that_the_layer_has_farther_in(tmp_path: Path) -> None:
    narrower = ONE._replace(regions=(box(10, 10.01, 11, 12), box(11, 10.01, 12, 12)))
    _, shapes = read(new(tmp_path, narrower))
    country, other = (shapes.countries.geometry[one] for one in ("EC", "PE"))
    assert country.intersection(other).length == pytest.approx(1.99, abs=0.06)


def test_a_corridor_is_of_the_neighbour_whose_towns_lie_beyond_it(tmp_path: Path) -> None:
    dataset, shapes = read(new(tmp_path, SEVERAL))
    outer = dict(shapes.corridors.query("side == 'outer'").set_index("place_id").geometry)
    wrong = []
    for lon, lat, code in SEVERAL.world.towns[1:]:  # the first is of the country itself
        away = {shape.distance(shapely.Point(lon, lat)): place_id for place_id, shape in outer.items()}
        nearest = away[min(away)]
        beyond = outer[nearest].difference(shapes.countries.geometry[code]).area < SLIVER
        if (nearest, dataset.place[nearest].country, beyond) != (f"border-{code}", code, True):
            wrong.append((code, nearest, dataset.place[nearest].country))
    assert wrong == []


def test_codes_and_names_come_from_the_layer(tmp_path: Path) -> None:
    found = {}
    for name, made in {"names": NAMES, "both": LANGUAGES_GIVEN, "rows": ROWS}.items():
        dataset, _ = read(new(tmp_path / name, made))
        places = [dataset.place[one] for one in ids(dataset, PlaceKind.REGION)]
        found[name] = [(place.place_id, place.name_en, place.name_es) for place in places]
    assert found["names"] == [
        ("EC-5317-90e8", "北部", "北部"),
        ("EC-san-jose-de-ancora", "San José de Áncora", "San José de Áncora"),
    ]
    assert found["both"] == [("EC-north", "North", "Norte"), ("EC-south", "South", "Sur")]
    assert found["rows"] == [("EC-A", "EC-A", "EC-A"), ("EC-B", "EC-B", "EC-B")]


def test_a_layer_is_chosen_in_a_file_with_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = write_inputs(tmp_path / "inputs", ISLAND.world)
    file = tmp_path / "limits.gpkg"
    for layer, prefix in (("provinces", "EC-X"), ("regions", "EC-Y")):
        columns = {"iso": [f"{prefix}{n}" for n in range(2)]}
        gpd.GeoDataFrame(columns, geometry=list(HALVES), crs="EPSG:4326").to_file(file, layer=layer)
    command = ["new", str(tmp_path / "new"), "--country", "EC", "--regions", str(file), "--data", str(inputs)]
    assert main(command) == 1
    assert "2 layers: provinces, regions, expected --layer with one of them" in capsys.readouterr().err
    assert main([*command, "--layer", "regions"]) == 0
    dataset, _ = read(tmp_path / "new")
    assert ids(dataset, PlaceKind.REGION) == ["EC-Y0", "EC-Y1"]


def test_the_first_view_leaves_out_what_is_far_away(tmp_path: Path) -> None:
    dataset, shapes = read(new(tmp_path, FAR))
    (south, west), (north, east) = build_map_data(build_profile(dataset, shapes))["bounds"]
    assert [west, south, east, north] == pytest.approx([10, 10, 12, 12], abs=0.2)
    assert shapes.regions.total_bounds[2] > 45
    assert dataset.settings.map.frame[2] > 45


def test_an_inset_shows_all_of_a_region_that_is_far_away(tmp_path: Path) -> None:
    dataset, shapes = read(new(tmp_path, FAR))
    inset = dataset.settings.inset
    assert inset is not None
    assert inset.places == ("EC-B",)
    assert inset.window == pytest.approx((40, 10, 45.2, 20.2), abs=1.3)
    assert build_map_data(build_profile(dataset, shapes))["far"] == inset.window
    assert poster_style(dataset.settings).inset is None  # the poster has it in its place
    west, south, east, north = dataset.settings.print.poster
    assert shapely.box(west, south, east, north).contains(shapes.regions.geometry["EC-B"])


def test_of_several_far_lands_the_inset_shows_the_largest_and_the_map_all(tmp_path: Path) -> None:
    dataset, shapes = read(new(tmp_path, CONTINENTS))
    inset = dataset.settings.inset
    assert inset is not None
    assert inset.places == ("EC-B",)
    assert inset.window == pytest.approx((-53, 0, -51, 1.5), abs=0.3)
    assert shapely.box(*dataset.settings.map.frame).contains(shapes.regions.geometry["EC-C"])
    assert list(shapes.rivers["name_es"]) == ["Río Uno"]


def test_an_inset_of_far_land_on_several_sides_shows_no_main_land() -> None:
    main_land = box(0, 0, 4, 4)
    around = shapely.MultiPolygon([box(-60, 0, -59, 1.5), box(60, 0, 61, 1)])
    far = work_out({"EC-A": main_land, "EC-B": around}).far
    assert far is not None
    assert far.regions == ["EC-B"]
    assert far.extent == pytest.approx((-60, 0, -59, 1.5), abs=0.3)


def test_a_country_that_lies_together_has_no_inset(tmp_path: Path) -> None:
    dataset, shapes = read(new(tmp_path, ISLAND))
    assert dataset.settings.inset is None
    assert "far" not in build_map_data(build_profile(dataset, shapes))


def test_longitudes_go_on_east_of_180_degrees(tmp_path: Path) -> None:
    dataset, shapes = read(new(tmp_path, ACROSS))
    west, _, east, _ = shapes.regions.total_bounds
    assert [west, east] == pytest.approx([178, 183.5], abs=0.01)
    assert len(shapely.get_parts(shapes.regions.geometry["EC-A"])) == 1  # no seam at 180°
    assert dataset.settings.map.frame[2] > 183


def test_what_is_to_be_filled_in_is_marked(tmp_path: Path) -> None:
    package = new(tmp_path, ONE)
    settings = (package / "profile.toml").read_text("utf-8")
    unmarked = [key for key in ("units", "people_en", "edition", "url") if f"{key} = " not in settings]
    marked = [line for line in settings.splitlines() if line.startswith(("units", "people_en", "edition", "url"))]
    assert unmarked == []
    assert [line for line in marked if "FILL IN" not in line] == []
    assert "ocmap check --data" in (package / "README.md").read_text("utf-8")


FAULTS = {
    "no names": (HALVES, {"number": ("1", "2")}, "EC", "expected a column with ISO codes such as EC-A"),
    "no country": (HALVES, ISLAND.columns, "QQ", "'QQ', expected a code of ISO 3166-1 alpha-2"),
    "round the globe": (
        (box(-179, 0, 179, 1), box(0, 2, 1, 3)),
        ISLAND.columns,
        "EC",
        "what crosses 180° must be cut there",
    ),
    "no degrees": ((box(500, 0, 600, 1), box(0, 2, 1, 3)), ISLAND.columns, "EC", "the shape is not on the globe"),
}


@pytest.mark.parametrize(("regions", "columns", "country", "fault"), FAULTS.values(), ids=list(FAULTS))
def test_a_layer_that_cannot_be_used_is_refused(  # noqa: PLR0913, PLR0917 - a table of cases
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    regions: tuple[BaseGeometry, ...],
    columns: Columns,
    country: str,
    fault: str,
) -> None:
    inputs = write_inputs(tmp_path / "inputs", ISLAND.world)
    layer = write_regions(tmp_path / "regions.geojson", regions, **columns)
    options = ["--country", country, "--regions", str(layer), "--data", str(inputs)]
    assert main(["new", str(tmp_path / "new"), *options]) == 1
    assert fault in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_with_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "profile.toml").write_text("own", "utf-8")
    assert main(["new", str(tmp_path), "--country", "EC", "--regions", "regions.geojson"]) == 1
    assert "the folder has files, expected a new or an empty folder" in capsys.readouterr().err
    assert (tmp_path / "profile.toml").read_text("utf-8") == "own"


def test_every_country_has_a_name_in_both_languages() -> None:
    names = country_names()
    assert [code for code, name in names.items() if not all(name) or len(code) != len("EC")] == []
    assert [getattr(names["EC"], f"phrase_{lang}") for lang in LANGUAGES] == ["el Ecuador", "Ecuador"]
