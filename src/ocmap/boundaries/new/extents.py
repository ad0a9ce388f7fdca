"""Work out a country's plane and extents: what the map can show, the first view, the sheets of paper."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.settings import Extent
from ocmap.geo.crs import equal_area

MARGIN: Final = 0.12
"""What is shown around the country, as a share of its larger side."""
LEAST_MARGIN: Final = 0.6
"""At least as much, in degrees: the outer side of a corridor has 25 km."""
CLOSE_MARGIN: Final = 0.05
"""The same on paper and in the first view."""
FAR: Final = 0.4
"""Land is far away from this distance on, as a share of the diagonal of the rest of the country."""
LEAST_FAR: Final = 2.0
"""At least as far, in degrees."""
POLES: Final = (-89.0, 89.0)


class FarLand(NamedTuple):
    """The region with the most far land, and the regions whose far land is near it.

    Attributes:
        extent: The extent of this land.
        regions: The regions, that with the most far land first.
    """

    extent: Extent
    regions: list[str]


class Extents(NamedTuple):
    """A country's extents, in degrees.

    Attributes:
        frame: All that the map can show.
        home: The first view: the country without what is far away, if there is such land.
        centre: The middle of the country without what is far away.
        paper: What is printed: the whole country.
        far: What an inset shows.
    """

    frame: Extent
    home: Extent | None
    centre: tuple[float, float]
    paper: Extent
    far: FarLand | None

    def moved(self, by: float) -> "Extents":
        """Return the same further east, in degrees."""

        def move(extent: Extent) -> Extent:
            west, south, east, north = extent
            return round(west + by, 2), south, round(east + by, 2), north

        lon, lat = self.centre
        home = move(self.home) if self.home else None
        far = self.far._replace(extent=move(self.far.extent)) if self.far else None
        return Extents(move(self.frame), home, (round(lon + by, 2), lat), move(self.paper), far)


def plane_of(regions: Mapping[str, BaseGeometry]) -> str:
    """Return the equal-area plane around the country."""
    return equal_area(_middle(bounds(main_land(regions))))


def main_land(regions: Mapping[str, BaseGeometry]) -> list[BaseGeometry]:
    """Return the parts of a country that lie together."""
    return _together(shapely.get_parts(list(regions.values())))


def _together(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Return the largest of some shapes, and step by step what is not far from these."""
    parts = sorted(shapes, key=shapely.area, reverse=True)
    main, rest = parts[:1], parts[1:]
    while True:
        west, south, east, north = bounds(main)
        reach = max(LEAST_FAR, FAR * float(shapely.Point(west, south).distance(shapely.Point(east, north))))
        box = shapely.box(west, south, east, north)
        near = [part for part in rest if part.distance(box) <= reach]
        if not near:
            return main
        main += near
        rest = [part for part in rest if part.distance(box) > reach]


def work_out(regions: Mapping[str, BaseGeometry]) -> Extents:
    """Return the extents of a country from its regions."""
    main = main_land(regions)
    land, whole, far = bounds(main), bounds(regions.values()), _far_land(regions, main)
    return Extents(
        frame=_around(whole, MARGIN, LEAST_MARGIN),
        home=_around(land, CLOSE_MARGIN, 0.0) if far else None,
        centre=_middle(land),
        paper=_around(whole, CLOSE_MARGIN, LEAST_MARGIN / 2),
        far=far,
    )


def _far_land(regions: Mapping[str, BaseGeometry], main: Iterable[BaseGeometry]) -> FarLand | None:
    near = set(main)
    rest = {one: [part for part in shapely.get_parts(shape) if part not in near] for one, shape in regions.items()}
    land = shapely.box(*bounds(main))
    far = {one: shapely.union_all(_beside(land, parts)) for one, parts in rest.items() if parts}
    if not far:
        return None
    cluster = _together(far.values())
    own = sorted((one for one, shape in far.items() if shape in cluster), key=lambda one: (-far[one].area, one))
    return FarLand(_around(bounds(cluster), MARGIN, 0.0), own)


def _beside(land: BaseGeometry, parts: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return a region's far parts; of parts on several sides of the main land, those that lie together."""
    return _together(parts) if shapely.box(*bounds(parts)).intersects(land) else parts


def bounds(shapes: Iterable[BaseGeometry]) -> Extent:
    """Return the extent of some shapes."""
    west, south, east, north = (float(one) for one in shapely.total_bounds(list(shapes)))
    return west, south, east, north


def _side(extent: Extent) -> float:
    west, south, east, north = extent
    return max(east - west, north - south)


def _middle(extent: Extent) -> tuple[float, float]:
    west, south, east, north = extent
    return round((west + east) / 2, 2), round((south + north) / 2, 2)


def _around(extent: Extent, share: float, least: float) -> Extent:
    west, south, east, north = extent
    by = max(share * _side(extent), least)
    low, high = POLES
    return round(west - by, 2), round(max(south - by, low), 2), round(east + by, 2), round(min(north + by, high), 2)
