"""Read vector layers: the inputs around a country, or one that a user supplies."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypedDict

import numpy as np
import pyogrio.raw
import pyproj
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.coverage import SNAP
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.settings import Extent
from ocmap.geo.crs import WGS84, reproject

HALF_TURN: Final = 180.0


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


class UserLayer(NamedTuple):
    """A layer that a user supplies.

    Attributes:
        path: GeoJSON, GeoPackage or Shapefile of the regions or of finer units in any coordinate system that the file
            declares, with official codes or the regions' names.
        layer: The layer's name, or None if the file has only one.
        strict: Whether a fault that could be repaired is an error.
    """

    path: Path
    layer: str | None = None
    strict: bool = False


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


def read_in_degrees(source: UserLayer) -> VectorLayer:
    """Read a user's layer, in longitude and latitude, WGS 84.

    Raises:
        DataError: It cannot be read, or declares no coordinate system, or an unknown one.
    """
    file = source.path.name
    try:
        layer = read_layer(source.path, layer=_choose_layer(source))
    except OSError as fault:
        raise DataError([Problem(file, 0, "-", str(fault), "a vector layer of regions")]) from fault
    if layer.crs is None:
        raise DataError([Problem(file, 0, "-", "no declared coordinate system", "one, as in a .prj file")])
    try:
        return layer._replace(geometries=[reproject(shape, layer.crs, WGS84) for shape in layer.geometries], crs=WGS84)
    except pyproj.exceptions.ProjError as fault:
        raise DataError([Problem(file, 0, "-", f"{layer.crs}: {fault}", "a known coordinate system")]) from fault


def _choose_layer(source: UserLayer) -> str | None:
    """Return the layer to read; None reads the only one, or fails where the file cannot be read."""
    try:
        names = [str(name) for name, geometry_type in pyogrio.list_layers(source.path) if geometry_type]
    except pyogrio.errors.DataSourceError:
        names = []
    if source.layer is None and len(names) <= 1:
        return None
    if source.layer in names:
        return source.layer
    found = f"{len(names)} layers: {', '.join(names)}" if source.layer is None else f"no layer {source.layer}"
    expected = "--layer with one of them" if source.layer is None else f"one of {', '.join(names)}"
    raise DataError([Problem(source.path.name, 0, "-", found, expected)])


class Town(TypedDict):
    """What we read of a town of GeoNames: its position in degrees, the code of its country."""

    longitude: float
    latitude: float
    countrycode: str


def read_towns(cache: Path) -> dict[str, Town]:
    """Return the towns of GeoNames by id."""
    towns: dict[str, Town] = json.loads((cache / "cities500.json").read_text("utf-8"))
    return towns


class Inputs(NamedTuple):
    """The fetched inputs, read around a country.

    Attributes:
        cache: Where they are.
        meridian: The meridian from which longitudes are counted.
        frame: What is read, with longitudes counted from there.
    """

    cache: Path
    meridian: float
    frame: Extent

    def read(self, name: str) -> list[tuple[BaseGeometry, Mapping[str, object]]]:
        """Return the geometries of one of Natural Earth's 1:10m layers in the frame, each with its fields."""
        west, south, east, north = self.frame
        found = []
        for bbox in self._boxes():
            layer = read_layer(self.cache / f"ne_10m_{name}.shp", bbox)
            for number, shape in enumerate(layer.geometries):
                found.append((shape, {key: values[number] for key, values in layer.fields.items()}))
        frame = shapely.box(west, south, east, north)
        cut = [(_cut(shape, self.meridian, frame), fields) for shape, fields in found]
        return [(shape, fields) for shape, fields in cut if not shape.is_empty]

    def towns(self) -> Iterator[tuple[shapely.Point, str]]:
        """Yield the towns in the frame, each with the code of its country."""
        west, south, east, north = self.frame
        for town in read_towns(self.cache).values():
            lon = town["longitude"]
            lon = lon if not self.meridian else lon - HALF_TURN if lon > 0 else lon + HALF_TURN
            if west < lon < east and south < town["latitude"] < north:
                yield shapely.Point(lon, town["latitude"]), town["countrycode"]

    def _boxes(self) -> list[Extent]:
        """Return the frame as the inputs have it: cut at 180° if it crosses that line."""
        west, south, east, north = self.frame
        if not self.meridian:
            return [(west, south, east, north)]
        return [(west + HALF_TURN, south, HALF_TURN, north), (-HALF_TURN, south, east - HALF_TURN, north)]


def _cut(shape: BaseGeometry, meridian: float, frame: shapely.Polygon) -> BaseGeometry:
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    return turn(valid, meridian).intersection(frame)


def turn(shape: BaseGeometry, meridian: float) -> BaseGeometry:
    """Return polygons, lines or points with longitudes counted from a meridian, between -180 and 180.

    What is cut at 180° becomes whole again where the meridian is 180.
    """
    if not meridian:
        return shape
    parts = [turn_part(part, meridian) for part in shapely.get_parts(shape)]
    return shapely.union_all(parts, grid_size=SNAP)


def turn_part(part: BaseGeometry, meridian: float) -> BaseGeometry:
    """Return a part of a shape, on the one side of 180° where its middle is, with longitudes from a meridian."""
    west, _, east, _ = part.bounds
    by = -meridian if (west + east) / 2 > 0 else meridian
    return translate(part, by)
