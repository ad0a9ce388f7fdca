"""A piece of the earth on paper: where a position lies in a drawing, and shapes as SVG paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.schema import COUNTRY
from ocmap.geo.shapes import Shapes

MIDDLE = -9.2  # the latitude at which a degree of longitude keeps its length
LETTER = 0.5  # the width of a letter as a share of the type's size, on average


@dataclass(frozen=True)
class Canvas:
    """A window in degrees, drawn ``width`` units wide.

    Attributes:
        detail: Degrees; what is finer is left out.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    detail: float

    @property
    def scale(self) -> float:
        """Return how many units a degree of latitude takes."""
        return self.width / ((self.east - self.west) * cos(radians(MIDDLE)))

    @property
    def height(self) -> float:
        """Return how high the drawing is."""
        return round((self.north - self.south) * self.scale, 1)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a position lies in the drawing."""
        return round((lon - self.west) * cos(radians(MIDDLE)) * self.scale, 1), round(
            (self.north - lat) * self.scale, 1
        )

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a shape in units of the drawing."""
        along = cos(radians(MIDDLE)) * self.scale
        origin, scale = np.array([self.west, self.north]), np.array([along, -self.scale])
        return shapely.transform(geometry, lambda xy: (xy - origin) * scale)

    def path(self, geometry: BaseGeometry) -> str:
        """Return a shape or a line as an SVG path."""
        if isinstance(geometry, LineString):
            return self._draw(geometry, "")
        parts = [one for one in shapely.get_parts(geometry) if one.geom_type in {"Polygon", "LineString"}]
        lines = [
            (ring, "z" if part.geom_type == "Polygon" else "")
            for part in parts
            for ring in ((part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,))
        ]
        return "".join(self._draw(line, end) for line, end in lines)

    def land(self, shapes: Shapes) -> tuple[dict[str, str], str]:
        """Return each region's path by its id, and the path of all of them together."""
        frame = shapes.regions
        # At once, so that two neighbours keep the border they share.
        simple = shapely.coverage_simplify(list(frame.geometry), self.detail)
        paths = {str(one): self.path(shape) for one, shape in zip(frame.index, simple, strict=True)}
        return paths, self.path(shapely.coverage_union_all(simple))

    def abroad(self, shapes: Shapes) -> Iterator[str]:
        """Yield the paths of the neighbours, as far as the window shows them."""
        countries: gpd.GeoSeries = shapes.countries.geometry.drop(COUNTRY)
        window = shapely.box(self.west, self.south, self.east, self.north)
        shown = countries.simplify(self.detail).intersection(window)
        return (self.path(one) for one in shown if not one.is_empty)

    def _draw(self, line: LineString, end: str) -> str:
        points = list(dict.fromkeys(self.point(lon, lat) for lon, lat in line.coords))
        steps = (f"{x1 - x0:.4g},{y1 - y0:.4g}" for (x0, y0), (x1, y1) in pairwise(points))
        return "M{:g},{:g}l".format(*points[0]) + " ".join(steps) + end
