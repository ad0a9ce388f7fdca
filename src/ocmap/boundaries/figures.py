"""Check the shapes against reference figures: capitals, official areas, widths of corridors, three-country points."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import ARC_M, INNER_M, OUTER_M, build_border, zone_along
from ocmap.boundaries.coverage import Geometries
from ocmap.boundaries.lines import find_tripoint
from ocmap.boundaries.recipe import Expected, Package, Tripoint
from ocmap.dataset.errors import Problem
from ocmap.geo.crs import area_km2, distance_km

REGIONS: Final = "regions.geojson"
CORRIDORS: Final = "corridors.geojson"
COUNTRIES: Final = "countries.geojson"
OVERLAP_KM2: Final = 1e-6
"""Area by which two corridors may overlap, in km²: none, but for what a computer's numbers leave (measured: none)."""
STRIP_KM2: Final = 0.3
"""Area by which a corridor may leave its country or its width, in km²: strips from rounding to the grid, which no map
of a country shows (measured in the shipped package and in official layers: 0.1)."""
SLACK_M: Final = 3 * ARC_M
"""What a corridor may be wider or narrower, in metres: its arcs and the seams between corridors are simplified."""


def check_capitals(regions: Mapping[str, BaseGeometry], package: Package) -> Iterator[Problem]:
    """Check that each region contains its capital."""
    for place_id, town in package.recipe.capitals.items():
        if not regions[place_id].contains(package.town(town)):
            found = f"{package.label(place_id)} does not contain its capital, GeoNames {town}"
            yield Problem(REGIONS, 0, "geometry", found, "the capital inside its region")


def check_areas(regions: Mapping[str, BaseGeometry], package: Package) -> Iterator[Problem]:
    """Compare the geodesic area of each region and of the country with the official one, where it is known."""
    expected = package.recipe.expected
    official = {one: place.area_km2 for one, place in package.regions.items() if place.area_km2}
    for place_id, km2 in official.items():
        tolerance = expected.area_of.get(place_id, expected.area)
        yield from _check_area(package.label(place_id), area_km2(regions[place_id]), km2, tolerance)
    if official.keys() >= regions.keys():
        total = sum(map(area_km2, regions.values()))
        yield from _check_area(package.names[package.country], total, sum(official.values()), expected.country)


def _check_area(name: str, km2: float, expected: float, tolerance: float) -> Iterator[Problem]:
    if abs(km2 / expected - 1) > tolerance:
        yield Problem(REGIONS, 0, "geometry", f"{name} has {km2:.0f} km²", f"{expected:.0f} km² ± {tolerance:.0%}")


def check_corridors(
    corridors: Mapping[str, BaseGeometry], countries: Mapping[str, BaseGeometry], package: Package
) -> Iterator[Problem]:
    """Check that corridors do not overlap, stay in their country, and are as wide as they should be everywhere."""
    for first, second in combinations(sorted(corridors), 2):
        overlap = area_km2(corridors[first].intersection(corridors[second]))
        if overlap > OVERLAP_KM2:
            yield Problem(CORRIDORS, 0, "geometry", f"{first} and {second} overlap by {overlap:.2f} km²", "no overlap")
    own = countries[package.country]
    borders = {one: build_border(own, countries[code]) for one, code in package.neighbours.items()}
    for place_id, code in package.neighbours.items():
        for side, country, width_m in (("inner", package.country, INNER_M), ("outer", code, OUTER_M)):
            widest = zone_along(borders[place_id], width_m + SLACK_M, package.plane)
            zone = corridors[f"{place_id}/{side}"]
            yield from _check_strip(zone - countries[country], f"{place_id}/{side} are outside {country}")
            yield from _check_strip(zone - widest, f"{place_id}/{side} are farther from the border than it is wide")
        narrow = countries[code] & zone_along(borders[place_id], OUTER_M - SLACK_M, package.plane)
        yield from _check_strip(narrow - corridors[f"{place_id}/outer"], f"{code} along the border are in no corridor")
    narrow = own & shapely.union_all([zone_along(one, INNER_M - SLACK_M, package.plane) for one in borders.values()])
    inside = shapely.union_all([corridors[f"{place_id}/inner"] for place_id in borders])
    yield from _check_strip(narrow - inside, f"{package.country} along the borders are in no corridor")


def _check_strip(strip: BaseGeometry, where: str) -> Iterator[Problem]:
    if (km2 := area_km2(strip)) > STRIP_KM2:
        yield Problem(CORRIDORS, 0, "geometry", f"{km2:.2f} km² of {where}", f"at most {STRIP_KM2} km²")


def measure_tripoints(
    country: BaseGeometry, countries: Mapping[str, BaseGeometry], package: Package, tolerance_m: float
) -> Expected:
    """Return what is expected with the tripoints of a coverage; simplifying it moves them by less than its tolerance.

    Raises:
        ValueError: The country and two neighbours do not meet in exactly one point.
    """
    tripoints = []
    for first, second in (tripoint.countries for tripoint in package.recipe.expected.tripoints):
        try:
            point = find_tripoint(country, countries[first], countries[second])
        except ValueError as error:
            names = " and ".join(package.names[code] for code in (first, second))
            raise ValueError(f"the borders with {names}: {error}") from error
        tripoints.append(Tripoint(countries=(first, second), at=(point.x, point.y)))
    return package.recipe.expected.model_copy(update={"tripoints": tuple(tripoints), "tripoint_km": tolerance_m / 1e3})


def check_tripoints(country: str, countries: Geometries, expected: Expected) -> Iterator[Problem]:
    """Check that the country and two neighbours meet in one point, near the expected position."""
    for tripoint in expected.tripoints:
        first, second = tripoint.countries
        try:
            point = find_tripoint(countries[country], countries[first], countries[second])
        except ValueError as error:
            yield Problem(COUNTRIES, 0, "geometry", f"{first} and {second}: {error}", "one point")
            continue
        distance = distance_km((point.x, point.y), tripoint.at)
        if distance > expected.tripoint_km:
            found = f"the tripoint with {first} and {second} is {distance:.1f} km off"
            yield Problem(COUNTRIES, 0, "geometry", found, f"at most {expected.tripoint_km} km")
