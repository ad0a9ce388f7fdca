"""Read and write the package's GeoJSON: RFC 7946, one feature a line, 4 decimals, sorted by id."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry


class GeoJsonFeature(NamedTuple):
    """A feature: its id, its properties in the file's order, its geometry in degrees (lon, lat)."""

    feature_id: str
    properties: dict[str, str | int | bool]
    geometry: BaseGeometry


def to_geojson(features: Iterable[GeoJsonFeature]) -> str:
    """Return a FeatureCollection as text. The order of the features does not change it."""
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
    listed = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{{"type":"FeatureCollection","features":[{listed}]}}\n'


def from_geojson(text: str) -> list[GeoJsonFeature]:
    """Return the features of a FeatureCollection, in the order of the text.

    Raises:
        ValueError: The text is not JSON or not a FeatureCollection, or a feature has no id, no properties or no
            readable geometry.
    """
    collection = json.loads(text)
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise ValueError("not a FeatureCollection")
    features = []
    for number, feature in enumerate(collection.get("features", ()), start=1):
        try:
            geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
            features.append(GeoJsonFeature(str(feature["id"]), dict(feature["properties"]), geometry))
        except (KeyError, TypeError, ValueError, shapely.GEOSException) as error:
            raise ValueError(f"feature {number}: {type(error).__name__} {error}") from error
    return features


def read_features(path: Path) -> list[GeoJsonFeature]:
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
    """Round nested coordinates to 4 decimals; write whole numbers without ``.0`` and zero without a sign."""
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(part) for part in coordinates]
    value = round(float(coordinates), 4)
    return int(value) if value.is_integer() else value
