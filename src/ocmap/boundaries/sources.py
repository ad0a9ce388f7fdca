"""Read vector layers: those of Natural Earth, or one that a user supplies."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyogrio.raw
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.units import FRAME


class VectorLayer(NamedTuple):
    """A vector layer.

    Attributes:
        geometries: Two-dimensional geometries in the layer's own coordinate system.
        fields: One value for each geometry, by the attribute's name in lower case.
        crs: The declared coordinate system, or None.
    """

    geometries: list[BaseGeometry]
    fields: dict[str, list[object]]
    crs: str | None


def list_layers(path: Path) -> list[str]:
    """Return the names of a file's layers with geometries; none if it cannot be read."""
    try:
        return [str(name) for name, geometry_type in pyogrio.list_layers(path) if geometry_type]
    except pyogrio.errors.DataSourceError:
        return []


def read_layer(
    path: Path, bbox: tuple[float, float, float, float] | None = None, layer: str | None = None
) -> VectorLayer:
    """Read a layer of a file in any format that GDAL supports; skip rows without a geometry.

    Args:
        path: GeoJSON, GeoPackage, Shapefile …
        bbox: Read only geometries whose bounding box touches this one (west, south, east, north in the layer's own
            units).
        layer: The layer's name; by default the first.

    Raises:
        OSError: The file cannot be opened, or has no geometries.
    """
    try:
        meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer, bbox=bbox, force_2d=True)
        shapes = shapely.from_wkb(wkb)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, shapely.GEOSException) as fault:
        raise OSError(f"{path.name}: cannot be read as a vector layer ({fault})") from fault
    if shapes is None:
        raise OSError(f"{path.name}: a table without geometries")
    present = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    fields = {
        str(name).lower(): [column[i] for i in present] for name, column in zip(meta["fields"], columns, strict=True)
    }
    return VectorLayer([shapes[i] for i in present], fields, meta["crs"])


def read_natural_earth(cache: Path, name: str) -> VectorLayer:
    """Read one of Natural Earth's 1:10m layers from the cache, limited to the frame of the map."""
    return read_layer(cache / f"ne_10m_{name}.shp", FRAME)
