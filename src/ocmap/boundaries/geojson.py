"""GeoJSON as the data package keeps it: RFC 7946, one feature a line, 4 decimals, sorted by id."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry


class Feature(NamedTuple):
    """A feature: its id, its properties in the order of the file, its geometry in degrees (lon, lat)."""

    feature_id: str
    properties: dict[str, str | int | bool]
    geometry: BaseGeometry


def to_geojson(features: Iterable[Feature]) -> str:
    """Return a FeatureCollection as text; the same features give the same text in any order."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "id": feature.feature_id,
                "properties": feature.properties,
                "geometry": _geometry(feature.geometry),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for feature in sorted(features, key=lambda feature: feature.feature_id)
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def from_geojson(text: str) -> list[Feature]:
    """Return the features of a FeatureCollection, in the order of the text.

    Raises:
        ValueError: The text is not JSON, not a FeatureCollection, or a feature of it lacks its id, its
            properties or a geometry that can be read.
    """
    collection = json.loads(text)
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise ValueError("not a FeatureCollection")
    features = []
    for number, member in enumerate(collection.get("features", ()), start=1):
        try:
            geometry = shapely.from_geojson(json.dumps(member["geometry"]))
            features.append(Feature(str(member["id"]), dict(member["properties"]), geometry))
        except (KeyError, TypeError, ValueError, shapely.GEOSException) as fault:
            raise ValueError(f"feature {number}: {type(fault).__name__} {fault}") from fault
    return features


def read_features(path: Path) -> list[Feature]:
    """Read the features of a file.

    Raises:
        OSError: The file cannot be read.
        ValueError: As ``from_geojson``.
    """
    return from_geojson(path.read_text(encoding="utf-8"))


def _geometry(geometry: BaseGeometry) -> dict[str, Any]:
    mapping = shapely.geometry.mapping(geometry)
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    """Round nested coordinates to 4 decimals; whole numbers lose their ``.0``, negative zero its sign."""
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(part) for part in coordinates]
    value = round(float(coordinates), 4)
    return int(value) if value.is_integer() else value
