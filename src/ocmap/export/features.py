"""Build the features of a download: shapes with their attributes, in WGS 84, longitude first."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.analysis.filters import FilteredEvidence
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_of_place
from ocmap.dataset.schema import Basis, Place, PlaceKind
from ocmap.export.rows import RouteRow
from ocmap.web.map_data import FINEST_DRAWN

Value = str | int | float | bool | None
COUNTED = tuple(basis for basis in Basis if basis is not Basis.NATIONAL)
POINTS = frozenset({PlaceKind.SITE, PlaceKind.TRIPOINT})


class Feature(NamedTuple):
    """One feature of the map; its geometry is None where the source gives no location to draw."""

    layer: str
    identifier: str
    geometry: BaseGeometry | None
    properties: Mapping[str, Value]


def build_features(
    profile: CountryProfile, filtered: FilteredEvidence, routes: Iterable[RouteRow]
) -> Iterator[Feature]:
    """Yield every region, corridor and site with its number of statements, and ``routes``."""
    for place_id, shape in profile.shapes.regions.geometry.items():
        place = profile.dataset.place[str(place_id)]
        attributes = {"ubigeo": place.ubigeo, "area_km2": place.area_km2}
        yield Feature("regions", place.place_id, shape, place_properties(place) | attributes | _counts(filtered, place))
    # Unite both sides of a border, so that a corridor is one feature.
    for place_id, sides in profile.shapes.corridors.groupby("place_id").geometry:
        place = profile.dataset.place[str(place_id)]
        attributes = {"border_km": place.border_km}
        shape = shapely.union_all(list(sides))
        yield Feature(
            "corridors", place.place_id, shape, place_properties(place) | attributes | _counts(filtered, place)
        )
    yield from _routes(profile, routes)
    yield from _points(profile, filtered)


def place_properties(place: Place) -> dict[str, Value]:
    """Return the attributes that every place has."""
    return {"place_id": place.place_id, "kind": place.kind.value, "name_es": place.name_es, "name_en": place.name_en}


def _counts(filtered: FilteredEvidence, place: Place) -> dict[str, Value]:
    """Return a place's number of market statements on each basis, and the number that sets its colour."""
    counts = filtered.count_on_markets(place.place_id)
    return {**{basis.value: counts.count(basis) for basis in COUNTED}, "named_located": counts.direct}


def _routes(profile: CountryProfile, rows: Iterable[RouteRow]) -> Iterator[Feature]:
    for row in rows:
        line = profile.route_lines.geometry.get(row.route_id)
        start, end = profile.ends_of(row.route_id)
        attributes = {"start": start.value, "end": end.value, "drawn": line is not None, "schematic": True}
        yield Feature("routes", row.route_id, line, row._asdict() | attributes)


def _points(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[Feature]:
    for place in profile.dataset.places:
        if place.kind in POINTS and place.lon is not None and place.lat is not None:
            attributes = {
                "parent": place.parent,
                "precision": place.precision,
                "approximate": place.precision > FINEST_DRAWN,
                "note": place.note,
                "named": len(statements_of_place(profile.dataset, filtered, place)),
            }
            yield Feature(
                "sites", place.place_id, shapely.Point(place.lon, place.lat), place_properties(place) | attributes
            )
