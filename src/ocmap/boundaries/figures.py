"""Check the shapes against reference figures: official areas, areas and shares of corridors, tripoints."""

import csv
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final

from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import TOLERANCE_M
from ocmap.boundaries.expected import (
    AREA_TOLERANCE,
    AREA_TOLERANCE_OF,
    INNER_KM2,
    INNER_TOLERANCE,
    NATIONAL_TOLERANCE,
    OUTSIDE_KM2,
    OVERLAP_KM2,
    SHARES,
    SHARES_TOLERANCE,
    TRIPOINTS,
    Tripoints,
)
from ocmap.boundaries.shape_files import find_tripoint
from ocmap.boundaries.units import COUNTRIES, NEIGHBOURS, REGION_IDS, label
from ocmap.dataset.errors import Problem
from ocmap.geo.crs import area_km2, distance_km

REGIONS: Final = "regions.geojson"
CORRIDORS: Final = "corridors.geojson"


def read_official_areas(places: Path) -> dict[str, float]:
    """Return the official areas in the gazetteer, in km² by the region's id.

    Raises:
        OSError: The file cannot be read.
        ValueError: A column is missing, or an area is not a number.
    """
    with places.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"place_id", "area_km2"} <= set(reader.fieldnames or ()):
            raise ValueError("missing column place_id or area_km2")
        return {
            row["place_id"]: float(row["area_km2"])
            for row in reader
            if row["place_id"] in REGION_IDS and row["area_km2"]
        }


def check_areas(regions: Mapping[str, BaseGeometry], places: Path) -> Iterator[Problem]:
    """Compare the geodesic area of each region and of the country with the official one."""
    try:
        official = read_official_areas(places)
    except (OSError, ValueError) as error:
        yield Problem(places.name, 0, "area_km2", f"cannot be read: {error}", "official areas of the regions")
        return
    for place_id in sorted(regions):
        if place_id not in official:
            yield Problem(places.name, 0, "area_km2", f"no area of {place_id}", "official areas of the regions")
            continue
        tolerance = AREA_TOLERANCE_OF.get(place_id, AREA_TOLERANCE)
        yield from _check_area(REGIONS, label(place_id), area_km2(regions[place_id]), official[place_id], tolerance)
    if official.keys() >= regions.keys():
        total = sum(map(area_km2, regions.values()))
        yield from _check_area(REGIONS, "Peru", total, sum(official[i] for i in regions), NATIONAL_TOLERANCE)


def _check_area(file: str, name: str, km2: float, expected: float, tolerance: float) -> Iterator[Problem]:
    if abs(km2 / expected - 1) > tolerance:
        yield Problem(file, 0, "geometry", f"{name} has {km2:.0f} km²", f"{expected:.0f} km² ± {tolerance:.0%}")


def check_corridors(
    corridors: Mapping[str, BaseGeometry],
    regions: Mapping[str, BaseGeometry],
    countries: Mapping[str, BaseGeometry],
) -> Iterator[Problem]:
    """Check that corridors do not overlap, stay in their country and have the expected areas and shares."""
    for first, second in combinations(sorted(corridors), 2):
        overlap = area_km2(corridors[first].intersection(corridors[second]))
        if overlap > OVERLAP_KM2:
            found = f"{first} and {second} overlap by {overlap:.2f} km²"
            yield Problem(CORRIDORS, 0, "geometry", found, "no overlap")
    for code in sorted(NEIGHBOURS):
        for side, country in (("inner", "PE"), ("outer", code)):
            zone = corridors[f"border-{code}/{side}"]
            outside = area_km2(zone.difference(countries[country]))
            if outside > OUTSIDE_KM2:
                found = f"{outside:.2f} km² of border-{code}/{side} are outside {country}"
                yield Problem(CORRIDORS, 0, "geometry", found, f"a zone inside {country}")
    for place_id, km2 in INNER_KM2.items():
        yield from _check_area(CORRIDORS, place_id, area_km2(corridors[f"{place_id}/inner"]), km2, INNER_TOLERANCE)
    for (region, place_id), expected in SHARES.items():
        inside = area_km2(regions[region].intersection(corridors[f"{place_id}/inner"]))
        share = 100 * inside / area_km2(regions[region])
        if abs(share - expected) > SHARES_TOLERANCE:
            found = f"{place_id} covers {share:.0f} % of {label(region)}"
            yield Problem(CORRIDORS, 0, "geometry", found, f"{expected} % ± {SHARES_TOLERANCE:.0f}")


def measure_tripoints(country: BaseGeometry, countries: Mapping[str, BaseGeometry]) -> Tripoints:
    """Return where Peru and two neighbours meet in a coverage; simplifying it moves them by less than its tolerance.

    Raises:
        ValueError: Peru and two neighbours do not meet in exactly one point.
    """
    positions = {}
    for first, second in TRIPOINTS.positions:
        try:
            point = find_tripoint(country, countries[first], countries[second])
        except ValueError as error:
            raise ValueError(f"the borders with {COUNTRIES[first]} and {COUNTRIES[second]}: {error}") from error
        positions[first, second] = (point.x, point.y)
    return Tripoints(positions, TOLERANCE_M / 1e3)


def check_tripoints(countries: Mapping[str, BaseGeometry], expected: Tripoints) -> Iterator[Problem]:
    """Check that Peru and two neighbours meet in one point, near the expected position."""
    for (first, second), position in expected.positions.items():
        try:
            point = find_tripoint(countries["PE"], countries[first], countries[second])
        except ValueError as error:
            yield Problem("countries.geojson", 0, "geometry", f"{first} and {second}: {error}", "one point")
            continue
        distance = distance_km((point.x, point.y), position)
        if distance > expected.tolerance_km:
            found = f"the tripoint with {first} and {second} is {distance:.1f} km off"
            yield Problem("countries.geojson", 0, "geometry", found, f"at most {expected.tolerance_km} km")
