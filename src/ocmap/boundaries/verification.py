"""Verify the files of shapes after a build: as the app reads them, borders in common, and reference figures."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import Geometries, gaps_of
from ocmap.boundaries.figures import COUNTRIES, REGIONS, check_areas, check_corridors, check_tripoints
from ocmap.boundaries.recipe import Expected, Package
from ocmap.boundaries.shape_files import TOTAL_BYTES
from ocmap.dataset.errors import DataError, Problem
from ocmap.geo.shapes import FEATURE_TYPES, read_shapes


def check_shapes(directory: Path, package: Package, expected: Expected | None = None) -> list[Problem]:
    """Read the five files of a directory and return all of their faults.

    The files are compared with each other and with reference figures only if the app can read each of them.

    Args:
        directory: Where the files are.
        package: The package that they are for.
        expected: What they must measure; by default what the package's recipe says.
    """
    try:
        shapes = read_shapes(directory, package.dataset)
    except DataError as error:
        return list(error.problems)
    regions, countries = ({**frame.geometry} for frame in (shapes.regions, shapes.countries))
    corridors = {f"{row.place_id}/{row.side}": row.geometry for row in shapes.corridors.itertuples()}
    problems = [
        *_check_coverage(regions, countries, package.country),
        *check_areas(regions, package),
        *check_corridors(corridors, countries, package),
        *check_tripoints(package.country, countries, expected or package.recipe.expected),
    ]
    size = sum((directory / f"{name}.geojson").stat().st_size for name in FEATURE_TYPES)
    if size > TOTAL_BYTES:
        problems.append(Problem("*.geojson", 0, "-", f"{size} bytes", f"at most {TOTAL_BYTES}"))
    return sorted(problems)


def _check_coverage(regions: Geometries, countries: Geometries, country: str) -> Iterator[Problem]:
    """Check that regions and countries share their borders exactly, without gaps."""
    shapes = regions | {code: shape for code, shape in countries.items() if code != country}
    edges = shapely.coverage_invalid_edges(list(shapes.values()))
    for place_id, edge in zip(shapes, edges, strict=True):
        if not edge.is_empty:
            lon, lat = edge.representative_point().coords[0]
            name = REGIONS if place_id in regions else COUNTRIES
            found = f"{place_id} does not share its border at {lon:.4f}, {lat:.4f}"
            yield Problem(name, 0, "geometry", found, "the same vertices on both sides")
    union = shapely.union_all(list(regions.values()))
    if not shapely.equals(union, countries[country]) or not _same_vertices(union, countries[country]):
        found = f"{country} is not the union of the regions"
        yield Problem(COUNTRIES, 0, "geometry", found, "the union of the regions")
    for gap in gaps_of(shapes.values()):
        lon, lat = gap.representative_point().coords[0]
        yield Problem(REGIONS, 0, "geometry", f"a gap at {lon:.4f}, {lat:.4f}", "no gap")


def _same_vertices(first: BaseGeometry, second: BaseGeometry) -> bool:
    a, b = (np.unique(shapely.get_coordinates(shape), axis=0) for shape in (first, second))
    return np.array_equal(a, b)
