"""Write the second country of the tests: Ecuador on real shapes, with made-up sentences, which say so everywhere.

``python -m tests.support.ecuador CACHE`` writes ``tests/data/ecuador`` again; CACHE is where `ocmap fetch` put the
inputs. Only the shapes are real: what `ocmap new` makes of provinces from Natural Earth 1:10m.
"""

import csv
import hashlib
import sys
import tempfile
from datetime import date
from pathlib import Path
from unittest.mock import patch

import geopandas as gpd

from ocmap.boundaries import UserLayer, shape_files
from ocmap.boundaries.land import build_units
from ocmap.boundaries.new import new_package
from ocmap.boundaries.recipe import Package, Recipe
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.tables import TABLES
from ocmap.geo.crs import WGS84

Rows = list[dict[str, object]]
ROOT = Path(__file__).parents[2]
TARGET = ROOT / "tests" / "data" / "ecuador"
BY_HAND = {"profile.toml", "changes.toml", "README.md", "raw"}
LARGEST = 100_000  # bytes of the shapes: they are in the repository
ES, EN = "Dato inventado para pruebas", "Made-up data for tests"
PROVINCES = {  # ISO code: name, INEC's code, GeoNames id of the capital
    "EC-A": ("Azuay", "01", 3658666),
    "EC-B": ("Bolívar", "02", 3657571),
    "EC-C": ("Carchi", "04", 3650472),
    "EC-D": ("Orellana", "22", 3652743),
    "EC-E": ("Esmeraldas", "08", 3657990),
    "EC-F": ("Cañar", "03", 3660434),
    "EC-G": ("Guayas", "09", 3657509),
    "EC-H": ("Chimborazo", "06", 3652350),
    "EC-I": ("Imbabura", "10", 3655673),
    "EC-L": ("Loja", "11", 3654667),
    "EC-M": ("Manabí", "13", 3652941),
    "EC-N": ("Napo", "15", 3650721),
    "EC-O": ("El Oro", "07", 3654533),
    "EC-P": ("Pichincha", "17", 3652462),
    "EC-R": ("Los Ríos", "12", 3660418),
    "EC-S": ("Morona Santiago", "14", 3654541),
    "EC-SD": ("Santo Domingo de los Tsáchilas", "23", 3651297),
    "EC-SE": ("Santa Elena", "24", 3651438),
    "EC-T": ("Tungurahua", "18", 3660689),
    "EC-U": ("Sucumbíos", "21", 3655185),
    "EC-W": ("Galápagos", "20", 3652764),
    "EC-X": ("Cotopaxi", "05", 3654870),
    "EC-Y": ("Pastaza", "16", 3652584),
    "EC-Z": ("Zamora Chinchipe", "19", 3649959),
}
RECIPE = Recipe(lines="ECU", capitals={one: capital for one, (_, _, capital) in PROVINCES.items()})
PLACES: Rows = [
    {
        "place_id": "amazonia", "kind": "macro_region",
        "name_en": "Ecuadorian Amazon", "name_es": "Amazonía ecuatoriana",
        "phrase_en": "the Ecuadorian Amazon", "phrase_es": "la Amazonía ecuatoriana",
        "members": "EC-D;EC-N;EC-S;EC-U;EC-Y;EC-Z", "precision": 5, "source": "own",
    },
    {
        "place_id": "guayaquil", "kind": "site", "name_en": "Guayaquil", "name_es": "Guayaquil", "parent": "EC-G",
        "lon": -79.886, "lat": -2.196, "precision": 2, "source": "GeoNames",
    },
]  # fmt: skip
# Topic; nature; hedge; places with roles. The texts only say what they are.
STATEMENTS = (
    ("arms", "flow", "stated", "border-CO:transit;EC-C:destination"),
    ("cocaine", "flow", "reported", "CO:origin;EC-E:transit;europe:destination"),
    ("cocaine", "activity", "alleged", "EC-G:location"),
    ("cannabis", "activity", "stated", "border-PE:location"),
    ("counterfeit", "activity", "estimated", "EC-P:location"),
    ("cyber", "activity", "stated", ""),
    ("excisable", "flow", "potential", "PE:origin;EC-O:destination"),
    ("extortion", "activity", "stated", "guayaquil:location"),
    ("fauna", "activity", "reported", "EC-W:location"),
    ("financial", "activity", "stated", ""),
    ("flora", "activity", "stated", "amazonia:location"),
    ("heroin", "activity", "alleged", ""),
    ("human_smuggling", "flow", "stated", "border-PE:transit"),
    ("human_trafficking", "activity", "stated", "borders:location"),
    ("non_renewable", "activity", "stated", "EC-Z:location"),
    ("synthetic", "activity", "potential", "EC-R:location"),
    ("foreign", "actor", "reported", "CO:nationality"),
    ("mafia_style", "actor", "stated", "EC-G:location"),
    ("cooperation", "response", "stated", "europe:partner"),
    ("territorial_integrity", "response", "stated", "border-CO:location"),
)
MARKETS_END = 16
ACTORS = {"foreign": "foreign-groups", "mafia_style": "example-gang", "extortion": "example-gang"}
ROUTES = (  # statement, market, points
    ("arms.1-a", "arms", (("border-CO", "via", "named"), ("EC-C", "destination", "named"))),
    (
        "cocaine.1-a",
        "cocaine",
        (("CO", "origin", "named"), ("EC-E", "via", "named"), ("europe", "destination", "named")),
    ),
    ("excisable.1-a", "excisable", (("PE", "origin", "named"), ("EC-O", "destination", "named"))),
)


def write_ecuador(cache: Path, target: Path) -> None:
    """Write the package into a folder: what `ocmap new` writes for a layer of provinces, and the made-up tables."""
    with tempfile.TemporaryDirectory() as folder, patch.object(shape_files, "TOTAL_BYTES", LARGEST):
        layer = _write_layer(cache, Path(folder) / "provinces.geojson")
        package = new_package("EC", UserLayer(layer), cache.parents[1], date(2026, 12, 1))
    for name in [name for name in package.files if name.split("/")[0] not in BY_HAND]:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(package.files[name])
    places: Rows = [*csv.DictReader(package.files["places.csv"].decode().splitlines()), *PLACES]
    for place in places:
        _, code, _ = PROVINCES.get(str(place["place_id"]), ("", "", 0))
        place |= {"ubigeo": code, "note": f"{EN}."}
    for name, rows in (_tables() | {"places": places}).items():
        table = TABLES[name]
        _write(target / table.file, rows, list(table.record.model_fields), table.key)


def _write_layer(cache: Path, path: Path) -> Path:
    """Write the layer of provinces that a user would bring, from the lines of the inputs."""
    units = build_units(Package(read_dataset(TARGET), RECIPE, cache.parent))
    columns = {"iso": list(PROVINCES), "name": [name for name, *_ in PROVINCES.values()]}
    gpd.GeoDataFrame(columns, geometry=[units[one] for one in PROVINCES], crs=WGS84).to_file(path)
    return path


def _tables() -> dict[str, Rows]:
    with (ROOT / "geodata" / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = [row["topic_id"] for row in csv.DictReader(file)]
    sentences: Rows = []
    statements: Rows = []
    places: Rows = []
    counts: dict[str, int] = {}
    for number, (topic, nature, hedge, named) in enumerate(STATEMENTS):
        ordinal = counts[topic] = counts.get(topic, 0) + 1
        sentence, statement = f"{topic}.{ordinal}", f"{topic}.{ordinal}-a"
        sentences.append(_sentence(topic, ordinal, "coded", f"{EN}."))
        statements.append({
            "statement_id": statement, "sentence_id": sentence, "nature": nature, "hedge": hedge,
            "markets": topic if number < MARKETS_END else "", "indicators": "" if number < MARKETS_END + 2 else topic,
            "actors": ACTORS.get(topic, ""),
            "text_en": f"{EN}: statement {number + 1} on {topic.replace('_', ' ')}.",
            "text_es": f"{ES}: afirmación {number + 1}, tema {topic.replace('_', ' ')}.",
        })  # fmt: skip
        places += [
            {"statement_id": statement, "place_id": place, "role": role}
            for place, role in (one.split(":") for one in named.split(";") if one)
        ]
    sentences += [_sentence(topic, 1, "pending", "") for topic in topics if topic not in counts]
    routes: Rows = []
    points: Rows = []
    for statement, market, along in ROUTES:
        route = f"{statement.removesuffix('-a')}-r1"
        routes.append({
            "route_id": route, "statement_id": statement, "market": market, "goods_en": "made-up goods",
            "goods_es": "bienes inventados", "mode": "unspecified", "hedge": "stated",
        })  # fmt: skip
        points += [
            {"route_id": route, "seq": n, "place_id": place, "role": role, "basis": basis}
            for n, (place, role, basis) in enumerate(along, 1)
        ]
    return {
        "sentences": sentences,
        "statements": statements,
        "statement_places": places,
        "routes": routes,
        "route_points": points,
        "actors": [
            {"actor_id": "example-gang", "name": "made-up gang", "name_es": "banda inventada",
             "topic_id": "mafia_style", "note": f"{EN}."},
            {"actor_id": "foreign-groups", "name": "Foreign groups", "name_es": "Grupos extranjeros",
             "topic_id": "foreign", "countries": "CO", "note": f"{EN}."},
        ],
        "scores": [
            {"topic_id": "criminality", "edition": 2025, "score": 5, "status": "known"},
            {"topic_id": "cocaine", "edition": 2025, "score": 5, "status": "known"},
        ],
    }  # fmt: skip


def _sentence(topic: str, ordinal: int, coding: str, note: str) -> dict[str, object]:
    digest = hashlib.sha256(f"{EN}: {topic}.{ordinal}".encode()).hexdigest()
    return {
        "sentence_id": f"{topic}.{ordinal}", "topic_id": topic, "ordinal": ordinal, "words": 6, "sha256": digest,
        "coding": coding, "note": note,
    }  # fmt: skip


def _write(path: Path, rows: Rows, columns: list[str], key: tuple[str, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: tuple(row[name] for name in key)))


if __name__ == "__main__":
    write_ecuador(Path(sys.argv[1]), TARGET)
