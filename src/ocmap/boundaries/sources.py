"""Reading what was fetched: Natural Earth's layers, cut to the frame."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyogrio.raw
import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.units import FRAME


class Layer(NamedTuple):
    """A layer of shapes: geometries, their attributes by lower-case name (one value a geometry), and CRS."""

    geometries: list[BaseGeometry]
    fields: dict[str, list[object]]
    crs: str | None


def read_layer(path: Path, bbox: tuple[float, float, float, float] | None = None) -> Layer:
    """Read the first layer of a file of any format that GDAL knows; rows without a shape are left out.

    Args:
        path: GeoJSON, GeoPackage, Shapefile …
        bbox: If given, only shapes whose box touches this one are read (west, south, east, north in the
            layer's own units).

    Raises:
        OSError: The file cannot be opened, or is not a layer of shapes.
    """
    try:
        meta, _, wkb, columns = pyogrio.raw.read(path, bbox=bbox, force_2d=True)
        shapes = shapely.from_wkb(wkb)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, shapely.GEOSException) as fault:
        raise OSError(f"{path.name}: cannot be read as a layer of shapes ({fault})") from fault
    if shapes is None:
        raise OSError(f"{path.name}: a table without shapes")
    kept = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    fields = {
        str(name).lower(): [column[i] for i in kept] for name, column in zip(meta["fields"], columns, strict=True)
    }
    return Layer([shapes[i] for i in kept], fields, meta["crs"])


def read_natural_earth(cache: Path, name: str) -> Layer:
    """Read one of Natural Earth's 1:10m layers from the cache, within the frame of the map."""
    return read_layer(cache / f"ne_10m_{name}.shp", FRAME)
