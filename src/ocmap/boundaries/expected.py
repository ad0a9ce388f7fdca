"""What the shapes must measure: figures from elsewhere, and how far off they may be.

The tolerances are what was measured of the built files, with a margin, so that they hold for Natural Earth's
borders (typically 1–3 km off) and catch a unit that is wrong.
"""

from __future__ import annotations

from typing import Final

#: Part of the official area by which a unit may be off: measured 5.9 % at most (Pasco) …
AREA_SHARE: Final = 0.08
#: … but for our sketch of Callao (measured +12 %) …
AREA_SHARE_OF: Final = {"PE-CAL": 0.16}
#: … and for the whole country (measured +0.4 %).
NATIONAL_SHARE: Final = 0.01

#: Area in km² of the inner side of each corridor, and the part of it by which it may be off (measured 1.9 %).
INNER_KM2: Final = {
    "border-BO": 41_000, "border-BR": 77_000, "border-CL": 7_400, "border-CO": 45_000, "border-EC": 58_000,
}  # fmt: skip
INNER_SHARE: Final = 0.05

#: Area in km² by which two corridors may overlap (measured: none) …
OVERLAP_KM2: Final = 1e-6
#: … and by which one may leave its outline, where its limit meets it on the files' grid (measured 0.1).
BEYOND_KM2: Final = 0.3

#: Percentage of a unit's area inside a corridor, and the points by which it may be off.
SHARES: Final = {
    ("PE-TUM", "border-EC"): 95, ("PE-TAC", "border-CL"): 45, ("PE-TAC", "border-BO"): 8,
    ("PE-PUN", "border-BO"): 37, ("PE-PIU", "border-EC"): 33, ("PE-UCA", "border-BR"): 32,
    ("PE-AMA", "border-EC"): 29, ("PE-MDD", "border-BR"): 14, ("PE-MDD", "border-BO"): 14,
    ("PE-LOR", "border-CO"): 12, ("PE-LOR", "border-BR"): 9, ("PE-LOR", "border-EC"): 7,
    ("PE-CAJ", "border-EC"): 15,
}  # fmt: skip
SHARE_POINTS: Final = 3.0

#: Where Peru and two neighbours meet (lon, lat), from OpenStreetMap: figures to compare with, not drawn.
TRIPOINTS: Final = {
    ("EC", "CO"): (-75.2582, -0.1160), ("CO", "BR"): (-69.9467, -4.2281),
    ("BR", "BO"): (-69.5718, -10.9455), ("BO", "CL"): (-69.4685, -17.4984),
}  # fmt: skip
#: Natural Earth's were measured 1 to 4.5 km off.
TRIPOINT_KM: Final = 6.0

#: All five files together, in bytes (measured 401,000): a browser loads them before it draws.
TOTAL_BYTES: Final = 600_000
