"""Build the shapes of a new country, and list its places."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

import shapely

from ocmap.boundaries.coverage import SNAP, build_coverage, fill_gaps, merge, polygons
from ocmap.boundaries.lines import find_rivers, simplify_line
from ocmap.boundaries.new.extents import Extents, bounds, main_land, plane_of, work_out
from ocmap.boundaries.new.layer import RegionLayer, read_regions
from ocmap.boundaries.new.places import Row, list_places, name_of
from ocmap.boundaries.shape_files import Drawn, Ground, Lines, Texts, draw
from ocmap.boundaries.sources import Inputs, UserLayer
from ocmap.boundaries.surroundings import read_countries
from ocmap.dataset.errors import DataError, Problem

STEP: Final = 0.25
"""Longest segment before shapes are projected, in degrees."""
AROUND: Final = 2.0
"""How far beyond the frame the inputs are read, in degrees: the towns there show whose land it is."""
OVER: Final = 0.1
"""What the other countries have beyond the frame until their borders are simplified, in degrees."""
LARGEST_GAP: Final = 0.5
"""Larger gaps between shapes are water, in square degrees."""


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
    extents = work_out(layer.shapes)
    try:
        land, texts, tolerance_m = _draw(country, layer, extents, cache_dir)
    except (ValueError, TypeError, shapely.GEOSException) as error:
        raise DataError([Problem(file, 0, "geometry", str(error), "shapes that fit together")]) from error
    if lost := sorted(one for one, shape in land.regions.items() if shape.is_empty):
        found = f"{', '.join(lost)} vanish at a tolerance of {tolerance_m:.0f} m"
        raise DataError([Problem(file, 0, "geometry", found, "regions that can be drawn")])
    report = [*map(str, layer.repairs), f"{file}: borders simplified by {tolerance_m:.0f} m"]
    places = list(list_places(country, layer.names, land))
    return NewCountry(country, layer, extents.moved(layer.meridian), texts, places, report)


def _names(country: str, layer: RegionLayer, abroad: Iterable[str]) -> dict[str, str]:
    regions = {one: name.name_en for one, name in layer.names.items()}
    return regions | {code: name_of(code).name_en for code in (country, *abroad)}


def _draw(country: str, layer: RegionLayer, extents: Extents, cache_dir: Path) -> Drawn:
    plane = plane_of(layer.shapes)
    west, south, east, north = extents.frame
    inputs = Inputs(cache_dir, layer.meridian, (west - AROUND, south - AROUND, east + AROUND, north + AROUND))
    near = shapely.box(west - OVER, south - OVER, east + OVER, north + OVER)
    abroad = read_countries(inputs, country, layer.shapes, plane)
    others = {one: polygons(shape.intersection(near)) for one, shape in abroad.items() if shape.intersects(near)}
    fine = {one: shapely.segmentize(shape, STEP) for one, shape in {**layer.shapes, **others}.items()}
    coverage = fill_gaps(build_coverage(fine, SNAP), preferred=frozenset(others), largest=LARGEST_GAP)
    ground = Ground(country, list(layer.shapes), coverage, extents.frame, plane, layer.meridian)
    rivers = [
        river._replace(line=simplify_line(river.line, extents.frame, plane, ground.tolerance_m))
        for river in find_rivers(inputs, merge(coverage[one] for one in layer.shapes), bounds(main_land(layer.shapes)))
    ]
    return draw(ground, Lines(rivers), _names(country, layer, others))
