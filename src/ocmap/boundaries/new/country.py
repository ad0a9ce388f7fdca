"""Build the shapes of a new country, and list its places."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, build_corridors
from ocmap.boundaries.coverage import (
    GRID,
    SNAP,
    TOLERANCE_M,
    Geometries,
    build_coverage,
    fill_gaps,
    merge,
    round_coordinates,
    simplify_coverage,
)
from ocmap.boundaries.departments import UserLayer
from ocmap.boundaries.expected import TOTAL_BYTES
from ocmap.boundaries.geojson import GeoJsonFeature, to_geojson
from ocmap.boundaries.new.extents import Extents, plane_of, work_out
from ocmap.boundaries.new.layer import RegionLayer, read_regions
from ocmap.boundaries.new.places import Land, Row, list_places
from ocmap.boundaries.new.surroundings import LEAST_BORDER, Inputs, River, read_countries, read_rivers
from ocmap.dataset.errors import DataError, Problem
from ocmap.geo.crs import area_km2, to_degrees, to_metres

STEP: Final = 0.25
"""Longest segment before shapes are projected, in degrees."""
AROUND: Final = 2.0
"""How far beyond the frame the inputs are read, in degrees: the towns there tell the countries apart."""
OVER: Final = 0.1
"""What the other countries have beyond the frame until their borders are simplified, in degrees."""
LARGEST_GAP: Final = 0.5
"""Larger gaps between shapes are water, in square degrees."""
SIZE_KM: Final = 1_130.0
"""Side of a square country whose borders are simplified by 500 m; a smaller country's by less."""
FINEST_M: Final = 10.0
COARSER: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)
"""Factors of the tolerance; the first is used with which the files are small enough."""

Texts = dict[str, str]


class NewCountry(NamedTuple):
    """What is worked out for a new country.

    Attributes:
        country: Its code.
        layer: Its regions.
        extents: Its extents, in degrees.
        shapes: The files of shapes, by name.
        places: The rows of the list of places.
        report: What was repaired or simplified.
    """

    country: str
    layer: RegionLayer
    extents: Extents
    shapes: Texts
    places: list[Row]
    report: list[str]


def build_country(country: str, source: UserLayer, cache_dir: Path) -> NewCountry:
    """Build the shapes of a country from a layer of its regions and the fetched inputs.

    Raises:
        DataError: The layer cannot be used.
    """
    file = source.path.name
    layer = read_regions(source, country)
    try:
        land, extents, tolerance_m = _build(country, layer, cache_dir)
    except (ValueError, TypeError, shapely.GEOSException) as error:
        raise DataError([Problem(file, 0, "geometry", str(error), "shapes that fit together")]) from error
    if lost := sorted(one for one, shape in land.regions.items() if shape.is_empty):
        found = f"{', '.join(lost)} vanish at a tolerance of {tolerance_m:.0f} m"
        raise DataError([Problem(file, 0, "geometry", found, "regions that can be drawn")])
    turned = _turn_back(land, layer.meridian)
    report = [*map(str, layer.repairs), f"{file}: borders simplified by {tolerance_m:.0f} m"]
    shapes = _texts(country, layer, turned)
    return NewCountry(country, layer, extents, shapes, list(list_places(country, layer.names, turned)), report)


def _build(country: str, layer: RegionLayer, cache_dir: Path) -> tuple[Land, Extents, float]:
    plane, extents = plane_of(layer.shapes), work_out(layer.shapes)
    west, south, east, north = extents.frame
    inputs = Inputs(cache_dir, layer.meridian, (west - AROUND, south - AROUND, east + AROUND, north + AROUND))
    near = shapely.box(west - OVER, south - OVER, east + OVER, north + OVER)
    abroad = read_countries(inputs, country, layer.shapes, plane)
    others = {one: _polygons(shape.intersection(near)) for one, shape in abroad.items() if shape.intersects(near)}
    fine = {one: shapely.segmentize(shape, STEP) for one, shape in {**layer.shapes, **others}.items()}
    coverage = fill_gaps(build_coverage(fine, SNAP), preferred=frozenset(others), largest=LARGEST_GAP)
    side_km = sum(area_km2(shape) for shape in layer.shapes.values()) ** 0.5
    finest_m = max(FINEST_M, min(TOLERANCE_M, TOLERANCE_M * side_km / SIZE_KM))
    rivers = read_rivers(inputs, merge(coverage[one] for one in layer.shapes))
    for tolerance_m in (factor * finest_m for factor in COARSER):
        land = _simplify(layer, coverage, rivers, extents, plane, tolerance_m)
        if sum(len(text.encode()) for text in _texts(country, layer, land).values()) <= TOTAL_BYTES:
            break
    return land, extents.moved(layer.meridian), tolerance_m


def _simplify(  # noqa: PLR0913, PLR0917 - all that it is made of
    layer: RegionLayer, coverage: Geometries, rivers: list[River], extents: Extents, plane: str, tolerance_m: float
) -> Land:
    frame = shapely.box(*extents.frame)
    simple = simplify_coverage(coverage, tolerance_m, plane)
    regions = {one: round_coordinates(simple[one]) for one in layer.shapes}
    country = merge(regions.values())
    cut = {one: _polygons(simple[one].intersection(frame, grid_size=GRID)) for one in simple if one not in regions}
    abroad = {one: round_coordinates(shape) for one, shape in cut.items() if not shape.is_empty}
    touching = {one: shape for one, shape in abroad.items() if build_border(country, shape).length >= LEAST_BORDER}
    sides = build_corridors(country, touching, plane) if touching else {}
    whole = {key.place_id for key, shape in sides.items() if shape.is_empty}
    corridors = {
        f"{key.place_id}/{key.side}": (key.place_id, key.side, round_coordinates(shape))
        for key, shape in sides.items()
        if key.place_id not in whole
    }
    lines = [_simple_line(river, frame, plane, tolerance_m) for river in rivers]
    return Land(regions, country, abroad, corridors, lines)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    return merge(part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon))


def _simple_line(river: River, frame: BaseGeometry, plane: str, tolerance_m: float) -> River:
    line = to_degrees(to_metres(river.line.intersection(frame), plane).simplify(tolerance_m), plane)
    return river._replace(line=round_coordinates(line).intersection(frame))


def _turn_back(land: Land, meridian: float) -> Land:
    """Return the land with longitudes from Greenwich; east of 180° they go on."""
    if not meridian:
        return land

    def back(shape: BaseGeometry) -> BaseGeometry:
        return round_coordinates(translate(shape, meridian))

    return Land(
        {one: back(shape) for one, shape in land.regions.items()},
        back(land.country),
        {one: back(shape) for one, shape in land.abroad.items()},
        {one: (place, side, back(shape)) for one, (place, side, shape) in land.corridors.items()},
        [river._replace(line=back(river.line)) for river in land.rivers],
    )


def _texts(country: str, layer: RegionLayer, land: Land) -> Texts:
    areas = {country: land.country, **land.abroad}
    features: dict[str, Iterable[GeoJsonFeature]] = {
        "regions": [
            GeoJsonFeature(one, {"place_id": one, "name": layer.names[one].name_en}, shape)
            for one, shape in land.regions.items()
        ],
        "countries": [GeoJsonFeature(one, {"place_id": one}, shape) for one, shape in areas.items()],
        "corridors": [
            GeoJsonFeature(one, {"place_id": place, "side": side}, shape)
            for one, (place, side, shape) in land.corridors.items()
        ],
        "rivers": [
            GeoJsonFeature(
                f"river-{number}",
                {"river_id": f"river-{number}", "name_es": one.name, "name_en": one.name, "rank": one.rank},
                one.line,
            )
            for number, one in enumerate(land.rivers, 1)
            if not one.line.is_empty
        ],
        "paths": [],
    }
    return {f"{name}.geojson": to_geojson(own).replace("[\n\n]", "[]") for name, own in features.items()}
