"""Work out a country's plane and extents: what the map can show, the first view, the inset, the sheets of paper."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.settings import Extent
from ocmap.geo.crs import equal_area

MARGIN: Final = 0.12
"""What is shown around the country, as a share of its larger side."""
LEAST_MARGIN: Final = 0.6
"""At least as much, in degrees: the outer side of a corridor has 25 km."""
PAPER_MARGIN: Final = 0.05
FAR: Final = 0.4
"""Land is far away from this distance on, as a share of the diagonal of the rest of the country."""
LEAST_FAR: Final = 2.0
"""At least as far, in degrees."""
INSET_SHAPE: Final = 1.3
"""Height of the inset, as a share of its width, at most."""
POSTER_WIDTH: Final = 640
INSET_WIDTH: Final = 184
EDGE: Final = 10
POLES: Final = (-89.0, 89.0)


class Extents(NamedTuple):
    """A country's extents, in degrees.

    Attributes:
        frame: All that the map can show.
        home: The country without what is far away; None where nothing is.
        centre: The middle of the country without what is far away.
        paper: What is printed.
        far: The ids of the regions that are far away as a whole, the largest first.
        window: What the inset shows; None where there is none.
    """

    frame: Extent
    home: Extent | None
    centre: tuple[float, float]
    paper: Extent
    far: tuple[str, ...]
    window: Extent | None


def plane_of(regions: Mapping[str, BaseGeometry]) -> str:
    """Return the equal-area plane around the country."""
    return equal_area(_middle(_bounds(main_land(regions))))


def main_land(regions: Mapping[str, BaseGeometry]) -> list[BaseGeometry]:
    """Return the parts of a country that lie together: the largest, and step by step what is not far from these."""
    parts = sorted(shapely.get_parts(list(regions.values())), key=shapely.area, reverse=True)
    main, rest = parts[:1], parts[1:]
    while True:
        west, south, east, north = shapely.total_bounds(main)
        reach = max(LEAST_FAR, FAR * float(shapely.Point(west, south).distance(shapely.Point(east, north))))
        box = shapely.box(west, south, east, north)
        near = [part for part in rest if part.distance(box) <= reach]
        if not near:
            return main
        main += near
        rest = [part for part in rest if part.distance(box) > reach]


def work_out(regions: Mapping[str, BaseGeometry]) -> Extents:
    """Return the extents of a country from its regions."""
    land = main_land(regions)
    home, whole = _bounds(land), _bounds(list(regions.values()))
    apart = home != whole
    main = shapely.box(*home)
    far = [one for one, shape in regions.items() if not shape.intersects(main)]
    far.sort(key=lambda one: (-regions[one].area, one))
    return Extents(
        frame=_around(whole, MARGIN, LEAST_MARGIN),
        home=_around(home, PAPER_MARGIN, 0.0) if apart else None,
        centre=_middle(home),
        paper=_around(home, PAPER_MARGIN, LEAST_MARGIN / 2),
        far=tuple(far[:1]),
        window=_window(regions[far[0]]) if far else None,
    )


def inset_at(extents: Extents) -> tuple[int, int]:
    """Return where the inset lies on the poster: in the lower left corner, in units of which the map is 640 wide."""
    west, south, east, north = extents.paper
    height = POSTER_WIDTH * (north - south) / (east - west)
    own = extents.window or extents.paper
    return EDGE, max(EDGE, round(height - INSET_WIDTH * (own[3] - own[1]) / (own[2] - own[0]) - EDGE))


def _window(shape: BaseGeometry) -> Extent:
    west, south, east, north = _bounds([shape])
    width = max(east - west, (north - south) / INSET_SHAPE)
    middle = (west + east) / 2
    return _around((middle - width / 2, south, middle + width / 2, north), PAPER_MARGIN, 0.05)


def _bounds(shapes: list[BaseGeometry]) -> Extent:
    west, south, east, north = (float(one) for one in shapely.total_bounds(shapes))
    return west, south, east, north


def _middle(extent: Extent) -> tuple[float, float]:
    west, south, east, north = extent
    return round((west + east) / 2, 2), round((south + north) / 2, 2)


def _around(extent: Extent, share: float, least: float) -> Extent:
    west, south, east, north = extent
    by = max(share * max(east - west, north - south), least)
    low, high = POLES
    return round(west - by, 2), round(max(south - by, low), 2), round(east + by, 2), round(min(north + by, high), 2)
