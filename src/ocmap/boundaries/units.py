"""The 26 first-level units of Peru, their neighbours, and the table that links both to other codes.

Units: ISO 3166-2:PE, 24 departments, Callao and the Municipality of Lima (PE-LMA). Department codes: INEI's
UBIGEO, of which 15 is PE-LIM and PE-LMA together.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Unit(NamedTuple):
    """A first-level unit: ISO 3166-2 id, name in Spanish, INEI department, capital by GeoNames id."""

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

REGION_IDS: Final = frozenset(unit.place_id for unit in UNITS)

#: Neighbouring countries, ISO alpha-2 and their name in Spanish.
NEIGHBOURS: Final = {"BO": "Bolivia", "BR": "Brasil", "CL": "Chile", "CO": "Colombia", "EC": "Ecuador"}

#: Every other country that has a corner in the frame; Venezuela touches no border of Peru.
COUNTRIES: Final = {**NEIGHBOURS, "VE": "Venezuela"}

#: Where the map ends: west, south, east, north in degrees (WGS 84).
FRAME: Final = (-84.5, -21.0, -64.5, 3.0)

#: Islands of Peru that the source draws, by a point inside (lon, lat); no capital tells where they belong.
#: INEI counts the area of Lobos de Tierra with Lambayeque, that of San Gallán and La Vieja with Ica.
ISLANDS: Final = (
    ("PE-LAM", (-80.857, -6.427)),
    ("PE-ICA", (-76.450, -13.838)),
    ("PE-ICA", (-76.201, -14.278)),
)

#: A point inside each other country, for the face of the linework that is that country (lon, lat).
COUNTRY_POINTS: Final = {
    "BO": (-66.892, -15.341),
    "BR": (-68.567, -5.047),
    "CL": (-69.482, -19.243),
    "CO": (-71.993, -0.620),
    "EC": (-78.281, -1.789),
    "VE": (-65.762, 1.780),
}
