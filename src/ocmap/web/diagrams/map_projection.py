"""A piece of the earth as a drawing: where a position lies in it, and shapes as SVG paths."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from math import cos, radians

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from ocmap.geo.shapes import Shapes

TO_DRAW = frozenset({"Polygon", "LineString"})
LEAST = 6.0  # square units: a smaller island of the land around is left out


@dataclass(frozen=True)
class MapProjection:
    """A window in degrees, drawn ``width`` units wide.

    Attributes:
        detail: Degrees; what is finer is left out.
        true_at: The latitude at which degrees of longitude and latitude have their true ratio.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    detail: float
    true_at: float

    @cached_property
    def scale(self) -> tuple[float, float]:
        """How many units a degree of longitude and a degree of latitude take."""
        along = self.width / (self.east - self.west)
        return along, along / cos(radians(self.true_at))

    @cached_property
    def height(self) -> float:
        """How high the drawing is."""
        return round((self.north - self.south) * self.scale[1], 1)

    @cached_property
    def window(self) -> Polygon:
        """What the drawing shows, in degrees."""
        return shapely.box(self.west, self.south, self.east, self.north)

    @cached_property
    def frame(self) -> Polygon:
        """What the drawing shows, in units of it."""
        return shapely.box(0, 0, self.width, self.height)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a position lies in the drawing."""
        along, up = self.scale
        return round((lon - self.west) * along, 1), round((self.north - lat) * up, 1)

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a shape in units of the drawing."""
        origin, scale = np.array([self.west, self.north]), np.array(self.scale) * (1, -1)
        return shapely.transform(geometry, lambda degrees: (degrees - origin) * scale)

    def path(self, geometry: BaseGeometry) -> str:
        """Return the lines or polygons of a shape as an SVG path, cut off well outside the window."""
        window = self.window.buffer((self.east - self.west) / 2, join_style="mitre")
        shown = geometry if window.contains(geometry) else geometry.intersection(window)
        parts = [part for part in shapely.get_parts(shown) if not part.is_empty and part.geom_type in TO_DRAW]
        rings = [
            (ring, "z" if isinstance(part, Polygon) else "")
            for part in parts
            for ring in ((part.exterior, *part.interiors) if isinstance(part, Polygon) else (part,))
        ]
        return "".join(self._draw(ring, end) for ring, end in rings)

    def regions(self, shapes: Shapes) -> tuple[dict[str, str], str]:
        """Return the path of each region by its id, and the path of all of them together."""
        frame = shapes.regions
        # All at once, so that two neighbours keep the border they share.
        simple = shapely.coverage_simplify(list(frame.geometry), self.detail)
        paths = {str(place): self.path(shape) for place, shape in zip(frame.index, simple, strict=True)}
        return paths, self.path(shapely.coverage_union_all(simple))

    def land(self, shapes: Shapes, *countries: str) -> str:
        """Return the path of some countries together, without small islands."""
        simple = (shapes.countries.geometry[country].simplify(self.detail) for country in countries)
        parts = [part for shape in simple for part in shapely.get_parts(shape)]
        return "".join(self.path(part) for part in parts if self.project(part).area > LEAST)

    def _draw(self, line: LineString, end: str) -> str:
        points = [point for point, _ in groupby(self.point(lon, lat) for lon, lat in line.coords)]
        steps = (f"{x1 - x0:.4g},{y1 - y0:.4g}" for (x0, y0), (x1, y1) in pairwise(points))
        return "M{:g},{:g}l".format(*points[0]) + " ".join(steps) + end
