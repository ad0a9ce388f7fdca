"""What the shapes must measure: figures from other sources, and the tolerances.

A tolerance is what the built files were measured to be off, with a margin. So it accepts Natural Earth's borders
(typically 1–3 km off) and finds a unit that is wrong.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

AREA_TOLERANCE: Final = 0.08
"""Share of the official area by which a unit may differ (measured: at most 5.9 %, Pasco)."""
AREA_TOLERANCE_OF: Final = {"PE-CAL": 0.16}
"""Exceptions from `AREA_TOLERANCE`: our schematic Callao (measured: +12 %)."""
NATIONAL_TOLERANCE: Final = 0.01
"""Share of the official area by which the whole country may differ (measured: +0.4 %)."""

INNER_KM2: Final = {
    "border-BO": 41_000, "border-BR": 77_000, "border-CL": 7_400, "border-CO": 45_000, "border-EC": 58_000,
}  # fmt: skip
"""Area of the inner side of each corridor, in km²."""
INNER_TOLERANCE: Final = 0.05
"""Share of that area by which it may differ (measured: 1.9 %)."""

OVERLAP_KM2: Final = 1e-6
"""Area by which two corridors may overlap, in km² (measured: none)."""
OUTSIDE_KM2: Final = 0.3
"""Area by which a corridor may leave its country, in km²: both are rounded to the grid (measured: 0.1)."""

SHARES: Final = {
    ("PE-TUM", "border-EC"): 95, ("PE-TAC", "border-CL"): 45, ("PE-TAC", "border-BO"): 8,
    ("PE-PUN", "border-BO"): 37, ("PE-PIU", "border-EC"): 33, ("PE-UCA", "border-BR"): 32,
    ("PE-AMA", "border-EC"): 29, ("PE-MDD", "border-BR"): 14, ("PE-MDD", "border-BO"): 14,
    ("PE-LOR", "border-CO"): 12, ("PE-LOR", "border-BR"): 9, ("PE-LOR", "border-EC"): 7,
    ("PE-CAJ", "border-EC"): 15,
}  # fmt: skip
"""Percentage of a unit's area that lies inside a corridor."""
SHARES_TOLERANCE: Final = 3.0
"""Percentage points by which it may differ."""


class Tripoints(NamedTuple):
    """Where Peru and two neighbours meet.

    Attributes:
        positions: Longitude and latitude in degrees, by the codes of the two neighbours.
        tolerance_km: Distance by which a tripoint may differ, in km.
    """

    positions: Mapping[tuple[str, str], tuple[float, float]]
    tolerance_km: float


TRIPOINTS: Final = Tripoints(
    {
        ("EC", "CO"): (-75.2582, -0.1160), ("CO", "BR"): (-69.9467, -4.2281),
        ("BR", "BO"): (-69.5718, -10.9455), ("BO", "CL"): (-69.4685, -17.4984),
    },
    tolerance_km=6.0,
)  # fmt: skip
"""The tripoints in OpenStreetMap; for comparison only, never drawn (measured: Natural Earth's are 1 to 4.5 km off)."""

TOTAL_BYTES: Final = 600_000
"""Largest size of all five files together (measured: 401,000): a browser loads them before it draws the map."""
