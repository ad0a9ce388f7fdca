"""Conversions and measures have the right size."""

import pytest
import shapely
from tests.support.shipped import PLANE

from ocmap.geo.crs import area_km2, distance_km, to_degrees, to_metres


def test_the_area_of_a_degree_at_the_equator() -> None:
    # 110.574 km by 111.320 km, less the ellipsoid's curvature: 12,308.8 km².
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12_308.8, abs=1)


def test_the_distance_of_a_degree_at_the_equator() -> None:
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.320, abs=0.001)


def test_the_plane_preserves_areas() -> None:
    region = shapely.segmentize(shapely.box(-76, -12, -74, -10), 0.02)
    assert to_metres(region, PLANE).area / 1e6 == pytest.approx(area_km2(region), rel=1e-5)


def test_a_projected_geometry_can_be_projected_back() -> None:
    point = shapely.Point(-77.03, -12.04)
    assert to_degrees(to_metres(point, PLANE), PLANE).distance(point) < 1e-7
