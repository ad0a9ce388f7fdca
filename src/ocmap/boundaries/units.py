"""The 26 first-level units of Peru and its neighbours, with their codes.

The units follow ISO 3166-2:PE: 24 departments, Callao and the Municipality of Lima (PE-LMA). Department codes are
INEI's UBIGEO; its 15 is PE-LIM and PE-LMA together.
"""

from typing import Final, NamedTuple

from ocmap.geo.crs import equal_area


class Unit(NamedTuple):
    """A first-level unit.

    Attributes:
        place_id: ISO 3166-2 code.
        name: Name in Spanish.
        department: INEI's code of the department, two digits.
        capital: GeoNames id of the capital.
    """

    place_id: str
    name: str
    department: str
    capital: int


UNITS: Final = (
    Unit("PE-AMA", "Amazonas", "01", 3698540),
    Unit("PE-ANC", "Áncash", "02", 3696378),
    Unit("PE-APU", "Apurímac", "03", 3948642),
    Unit("PE-ARE", "Arequipa", "04", 3947322),
    Unit("PE-AYA", "Ayacucho", "05", 3947019),
    Unit("PE-CAJ", "Cajamarca", "06", 3699088),
    Unit("PE-CAL", "Callao", "07", 3946083),
    Unit("PE-CUS", "Cusco", "08", 3941584),
    Unit("PE-HUC", "Huánuco", "10", 3696417),
    Unit("PE-HUV", "Huancavelica", "09", 3939470),
    Unit("PE-ICA", "Ica", "11", 3938527),
    Unit("PE-JUN", "Junín", "12", 3939459),
    Unit("PE-LAL", "La Libertad", "13", 3691175),
    Unit("PE-LAM", "Lambayeque", "14", 3698350),
    Unit("PE-LIM", "Lima (región)", "15", 3940002),
    Unit("PE-LMA", "Lima Metropolitana", "15", 3936456),
    Unit("PE-LOR", "Loreto", "16", 3696183),
    Unit("PE-MDD", "Madre de Dios", "17", 3931470),
    Unit("PE-MOQ", "Moquegua", "18", 3934608),
    Unit("PE-PAS", "Pasco", "19", 3944797),
    Unit("PE-PIU", "Piura", "20", 3693528),
    Unit("PE-PUN", "Puno", "21", 3931276),
    Unit("PE-SAM", "San Martín", "22", 3694564),
    Unit("PE-TAC", "Tacna", "23", 3928128),
    Unit("PE-TUM", "Tumbes", "24", 3691148),
    Unit("PE-UCA", "Ucayali", "25", 3693345),
)

FRAME: Final = (-84.5, -21.0, -64.5, 3.0)
"""The extent of the map, as in ``geodata/profile.toml``: west, south, east, north, in degrees."""

PLANE: Final = equal_area((-75.0, -9.2))
"""The equal-area plane around the middle of the map."""

REGION_IDS: Final = frozenset(unit.place_id for unit in UNITS)
NAMES: Final = {unit.place_id: unit.name for unit in UNITS}
"""Names of the units by id."""

NEIGHBOURS: Final = {"BO": "Bolivia", "BR": "Brasil", "CL": "Chile", "CO": "Colombia", "EC": "Ecuador"}
"""Neighbouring countries: ISO alpha-2 code and name in Spanish."""

COUNTRIES: Final = {**NEIGHBOURS, "VE": "Venezuela"}
"""All other countries inside the frame of the map. Venezuela does not touch Peru."""

ISLANDS: Final = (
    ("PE-LAM", (-80.857, -6.427)),
    ("PE-ICA", (-76.450, -13.838)),
    ("PE-ICA", (-76.201, -14.278)),
)
"""Islands in Natural Earth and the unit that each belongs to, by a point inside (lon, lat).

No capital lies on them. INEI counts the area of Lobos de Tierra with Lambayeque, and the areas of San Gallán and La
Vieja with Ica.
"""

COUNTRY_POINTS: Final = {
    "BO": (-66.892, -15.341),
    "BR": (-68.567, -5.047),
    "CL": (-69.482, -19.243),
    "CO": (-71.993, -0.620),
    "EC": (-78.281, -1.789),
    "VE": (-65.762, 1.780),
}
"""A point inside each other country (lon, lat), which finds the country's face in the linework."""


def label(place_id: str) -> str:
    """Return a unit's name and its id: ``Pasco (PE-PAS)``."""
    return f"{NAMES[place_id]} ({place_id})"
