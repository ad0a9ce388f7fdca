"""Shapes written as arcs: neighbours share their border, and nothing moves by more than the grid allows."""

import gzip
import json
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from tests.support.arcs import read_lines, read_shape
from tests.support.shipped import COUNTRY

from ocmap.dataset.dataset import Dataset
from ocmap.geo.route_lines import route_lines
from ocmap.geo.shapes import Shapes
from ocmap.web.arcs import PER_DEGREE, Lines, share_arcs
from ocmap.web.json_data import as_json

AREAS = ("regions", "corridors", "countries")
Layers = dict[str, dict[str, BaseGeometry]]
Arcs = list[list[int]]


@pytest.fixture(scope="module")
def layers(dataset: Dataset, shapes: Shapes) -> Layers:
    """Return the map's shapes by layer and id."""
    sides = shapes.corridors["place_id"] + "/" + shapes.corridors["side"]
    routes = route_lines(dataset, shapes)
    return {
        "regions": dict(shapes.regions.geometry.items()),
        "corridors": dict(zip(sides, shapes.corridors.geometry, strict=True)),
        "countries": dict(shapes.countries.geometry.items()),
        "rivers": dict(zip(shapes.rivers["river_id"], shapes.rivers.geometry, strict=True)),
        "routes": dict(zip(routes["route_id"], routes.geometry, strict=True)),
    }


@pytest.fixture(scope="module")
def written(layers: Layers) -> tuple[Arcs, dict[str, list[Lines]]]:
    """Return the same as arcs."""
    return share_arcs({name: layer.values() for name, layer in layers.items()})


@pytest.fixture(scope="module")
def read(layers: Layers, written: tuple[Arcs, dict[str, list[Lines]]]) -> Layers:
    """Return the same as it is read back."""
    arcs, lines = written
    return {
        name: {
            one: read_shape(arcs, of_shape, shape)
            for (one, shape), of_shape in zip(layer.items(), lines[name], strict=True)
        }
        for name, layer in layers.items()
    }


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda degrees: np.rint(degrees * PER_DEGREE) / PER_DEGREE)


def segments(arcs: Arcs) -> list[frozenset[tuple[float, float]]]:
    return [frozenset(pair) for n in range(len(arcs)) for pair in pairwise(read_lines(arcs, [[n]])[0])]


def test_each_shape_is_read_back_as_it_was_on_the_grid(layers: Layers, read: Layers) -> None:
    differing = [
        one
        for name, layer in layers.items()
        for one, shape in layer.items()
        if not read[name][one].normalize().equals_exact(shapely.remove_repeated_points(on_grid(shape)).normalize())
    ]
    assert differing == []


def test_no_point_moves_by_more_than_half_a_step(layers: Layers, read: Layers) -> None:
    """A step is less than a fifth of a pixel at zoom 9, the largest; a pixel is there 360 / (256 · 2⁹) degrees."""
    far = np.hypot(0.5, 0.5) / PER_DEGREE + 1e-9
    astray = [
        one
        for name, layer in layers.items()
        for one, shape in layer.items()
        if shapely.hausdorff_distance(shape, read[name][one]) > far
    ]
    assert astray == []
    assert 1 / PER_DEGREE < 360 / (256 * 2**9) / 5


def test_a_route_runs_the_way_that_it_ran(layers: Layers, read: Layers) -> None:
    turned = [
        one
        for one, line in layers["routes"].items()
        if not read["routes"][one].equals_exact(shapely.remove_repeated_points(on_grid(line)))
    ]
    assert turned == []


@pytest.mark.parametrize("name", AREAS)
def test_polygons_stay_valid_without_gaps_and_overlaps(read: Layers, name: str) -> None:
    assert [one for one, shape in read[name].items() if not shape.is_valid] == []
    assert shapely.coverage_is_valid(list(read[name].values()))


def test_the_regions_make_up_the_country(read: Layers) -> None:
    assert shapely.coverage_union_all(list(read["regions"].values())).equals(read["countries"][COUNTRY])


def test_neighbours_share_their_border(layers: Layers, written: tuple[Arcs, dict[str, list[Lines]]]) -> None:
    """What one has forwards the other has backwards, since all rings turn the same way."""
    _, lines = written
    numbers = dict(zip(layers["regions"], ({n for ring in one for n in ring} for one in lines["regions"]), strict=True))
    pairs = [
        (a, b)
        for (a, one), (b, other) in combinations(layers["regions"].items(), 2)
        if one.boundary.intersection(other.boundary).length
    ]
    assert len(pairs) > len(layers["regions"])
    assert [pair for pair in pairs if numbers[pair[0]].isdisjoint(~n for n in numbers[pair[1]])] == []


def test_no_line_is_written_twice(written: tuple[Arcs, dict[str, list[Lines]]]) -> None:
    lines = segments(written[0])
    assert len(set(lines)) == len(lines)


def test_the_arcs_take_a_third_of_the_shapes_by_themselves(
    layers: Layers, written: tuple[Arcs, dict[str, list[Lines]]]
) -> None:
    plain = [json.loads(shapely.to_geojson(shape)) for layer in layers.values() for shape in layer.values()]
    sizes = [len(gzip.compress(as_json(one).encode())) for one in (written, plain)]
    assert sizes[0] < sizes[1] / 3


def test_each_point_is_in_the_same_areas_as_before(dataset: Dataset, layers: Layers, read: Layers) -> None:
    points = [
        (place.place_id, shapely.Point(place.lon, place.lat))
        for place in dataset.places
        if place.lon is not None and place.lat is not None and place.kind in {"site", "region", "tripoint"}
    ]
    moved = [
        (point_id, one)
        for point_id, point in points
        for name in AREAS
        for one, shape in layers[name].items()
        if shape.contains(point) is not read[name][one].contains(point)
        and shape.boundary.distance(point) > 1 / PER_DEGREE
    ]
    assert moved == []


ENCLAVE = Polygon([(3, 3), (3, 5), (5, 5), (5, 3)])


@pytest.mark.parametrize(
    ("shapes", "arcs"),
    [
        ([box(0, 0, 1, 1), box(1, 0, 2, 1)], 3),
        ([box(0, 0, 1, 1), box(1, 1, 2, 2)], 2),
        ([Polygon(box(0, 0, 9, 9).exterior, [ENCLAVE.exterior]), ENCLAVE.reverse()], 2),
        ([box(0, 0, 1, 1), LineString([(-1, 2), (0, 1), (0, 0), (1, 0)])], 3),
        ([box(0, 0, 1, 1), LineString([(0, 0), (0, 1)]), LineString([(0, 1), (0, 0)])], 2),
        ([MultiPolygon([box(0, 0, 1, 1), box(2, 0, 3, 1)]), box(0, 0, 3, 1)], 6),
    ],
    ids=["side by side", "at a corner", "an enclave", "a line along a side", "there and back", "parts"],
)
def test_arcs_end_where_shapes_part(shapes: list[BaseGeometry], arcs: int) -> None:
    found, lines = share_arcs({"a": shapes[:1], "b": shapes[1:]})
    assert len(found) == arcs
    back = [read_shape(found, of_shape, one) for of_shape, one in zip([*lines["a"], *lines["b"]], shapes, strict=True)]
    assert [one.normalize() for one in back] == [one.normalize() for one in shapes]


def test_a_shape_smaller_than_a_step_becomes_a_point() -> None:
    found, lines = share_arcs({"islands": [box(-70, -10, -70 + 1e-6, -10 + 1e-6)]})
    assert [read_lines(found, one) for one in lines["islands"]] == [[[(-70, -10), (-70, -10)]]]
