"""Checks of the shapes against figures: official areas, the corridors' areas and shares, the tripoints."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final

from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.expected import (
    AREA_SHARE,
    AREA_SHARE_OF,
    BEYOND_KM2,
    INNER_KM2,
    INNER_SHARE,
    NATIONAL_SHARE,
    OVERLAP_KM2,
    SHARE_POINTS,
    SHARES,
    TRIPOINT_KM,
    TRIPOINTS,
)
from ocmap.boundaries.projection import area_km2, distance_km
from ocmap.boundaries.shapes import find_tripoint
from ocmap.boundaries.units import NEIGHBOURS, REGION_IDS
from ocmap.dataset.errors import Problem

REGIONS: Final = "regions.geojson"
CORRIDORS: Final = "corridors.geojson"


def read_official_areas(places: Path) -> dict[str, float]:
    """Return the official area in km² of each region that the gazetteer gives one for.

    Raises:
        OSError: The file cannot be read.
        ValueError: It lacks the columns, or an area is not a number.
    """
    with places.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"place_id", "area_km2"} <= set(reader.fieldnames or ()):
            raise ValueError("no columns place_id and area_km2")
        return {
            row["place_id"]: float(row["area_km2"])
            for row in reader
            if row["place_id"] in REGION_IDS and row["area_km2"]
        }


def check_areas(regions: Mapping[str, BaseGeometry], places: Path) -> Iterator[Problem]:
    """Yield regions whose geodesic area is too far from the official one, and the country likewise."""
    try:
        official = read_official_areas(places)
    except (OSError, ValueError) as fault:
        yield Problem(places.name, 0, "area_km2", f"cannot be read: {fault}", "official areas of the regions")
        return
    for place_id in sorted(regions):
        if place_id not in official:
            yield Problem(places.name, 0, "area_km2", f"no area of {place_id}", "official areas of the regions")
            continue
        share = AREA_SHARE_OF.get(place_id, AREA_SHARE)
        yield from _off(REGIONS, place_id, area_km2(regions[place_id]), official[place_id], share)
    if official.keys() >= regions.keys():
        total = sum(map(area_km2, regions.values()))
        yield from _off(REGIONS, "Peru", total, sum(official[i] for i in regions), NATIONAL_SHARE)


def _off(file: str, what: str, km2: float, expected: float, share: float) -> Iterator[Problem]:
    if abs(km2 / expected - 1) > share:
        yield Problem(file, 0, "geometry", f"{what} has {km2:.0f} km²", f"{expected:.0f} km² ± {share:.0%}")


def check_corridors(
    corridors: Mapping[str, BaseGeometry],
    regions: Mapping[str, BaseGeometry],
    countries: Mapping[str, BaseGeometry],
) -> Iterator[Problem]:
    """Yield corridors that overlap, leave their country, or differ from the figures expected of them."""
    for one, other in combinations(sorted(corridors), 2):
        overlap = area_km2(corridors[one].intersection(corridors[other]))
        if overlap > OVERLAP_KM2:
            yield Problem(CORRIDORS, 0, "geometry", f"{one} and {other} overlap by {overlap:.2f} km²", "no overlap")
    for code in sorted(NEIGHBOURS):
        for side, country in (("inner", "PE"), ("outer", code)):
            zone = corridors[f"border-{code}/{side}"]
            beyond = area_km2(zone.difference(countries[country]))
            if beyond > BEYOND_KM2:
                found = f"border-{code}/{side} leaves {country} by {beyond:.2f} km²"
                yield Problem(CORRIDORS, 0, "geometry", found, f"inside {country}")
    for place_id, km2 in INNER_KM2.items():
        yield from _off(CORRIDORS, place_id, area_km2(corridors[f"{place_id}/inner"]), km2, INNER_SHARE)
    for (region, place_id), expected in SHARES.items():
        inside = area_km2(regions[region].intersection(corridors[f"{place_id}/inner"]))
        share = 100 * inside / area_km2(regions[region])
        if abs(share - expected) > SHARE_POINTS:
            found = f"{place_id} covers {share:.0f} % of {region}"
            yield Problem(CORRIDORS, 0, "geometry", found, f"{expected} % ± {SHARE_POINTS:.0f}")


def check_tripoints(countries: Mapping[str, BaseGeometry]) -> Iterator[Problem]:
    """Yield where Peru and two neighbours do not meet in one point, or too far from where they do."""
    for (one, other), expected in TRIPOINTS.items():
        try:
            point = find_tripoint(countries["PE"], countries[one], countries[other])
        except ValueError as fault:
            yield Problem("countries.geojson", 0, "geometry", f"{one} and {other}: {fault}", "one point")
            continue
        off = distance_km((point.x, point.y), expected)
        if off > TRIPOINT_KM:
            found = f"the tripoint with {one} and {other} is {off:.1f} km off"
            yield Problem("countries.geojson", 0, "geometry", found, f"at most {TRIPOINT_KM:.0f} km")
