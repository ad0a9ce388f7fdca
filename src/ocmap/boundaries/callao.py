"""Our own schematic outline of Callao, because Natural Earth shows only a small part of it.

Drawn from landmarks, precise to about 1 km. All positions are longitude, latitude in degrees (WGS 84).
"""

from typing import Final

import shapely

MAINLAND: Final = (
    (-77.104, -12.079), (-77.099, -12.066), (-77.088, -12.061), (-77.086, -12.044), (-77.096, -12.034),
    (-77.098, -12.008), (-77.104, -11.985), (-77.110, -11.962), (-77.112, -11.942), (-77.098, -11.918),
    (-77.096, -11.880), (-77.090, -11.862), (-77.105, -11.838), (-77.128, -11.826), (-77.176, -11.822),
    (-77.182, -11.834), (-77.160, -11.868), (-77.150, -11.905), (-77.136, -11.928), (-77.134, -11.955),
    (-77.138, -11.990), (-77.143, -12.020), (-77.147, -12.045), (-77.160, -12.062), (-77.178, -12.070),
    (-77.166, -12.076), (-77.140, -12.072), (-77.122, -12.079),
)  # fmt: skip

SAN_LORENZO: Final = (
    (-77.245, -12.066), (-77.225, -12.068), (-77.192, -12.108), (-77.200, -12.118), (-77.230, -12.096),
)  # fmt: skip

SEA: Final = (*MAINLAND[14:], (-77.122, -12.100), (-77.300, -12.100), (-77.300, -11.822))
"""Sea west of the mainland where Natural Earth draws land: down the coast, around La Punta, then out to sea."""


def build_callao() -> shapely.MultiPolygon:
    """Return the mainland of Callao and the island of San Lorenzo in degrees (WGS 84)."""
    return shapely.MultiPolygon([shapely.Polygon(MAINLAND), shapely.Polygon(SAN_LORENZO)])
