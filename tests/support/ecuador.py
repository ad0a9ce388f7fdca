"""Write the second country of the tests: Ecuador on real shapes, with made-up sentences, which say so everywhere.

``python -m tests.support.ecuador CACHE`` writes ``tests/data/ecuador`` again; CACHE is where `ocmap fetch` put the
inputs. Only the shapes are real: Natural Earth 1:10m, and GeoNames for the capitals that tell the provinces apart.
"""

import csv
import hashlib
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from ocmap.boundaries.corridors import build_border, build_corridors
from ocmap.boundaries.coverage import SNAP, build_coverage, faces_of, merge, round_coordinates, simplify_coverage
from ocmap.boundaries.geojson import GeoJsonFeature, to_geojson
from ocmap.boundaries.sources import read_layer
from ocmap.dataset.tables import TABLES
from ocmap.geo.crs import distance_km, equal_area

Rows = list[dict[str, object]]
ROOT = Path(__file__).parents[2]
TARGET = ROOT / "tests" / "data" / "ecuador"
FRAME = (-92.5, -5.6, -74.4, 2.4)
TOLERANCE_M = 2500.0
PLANE = equal_area((-78.5, -1.5))
LEAST_ISLAND = 1e-3  # square degrees
ISLANDS = -88.0  # west of here all land is Galápagos
ES, EN = "Dato inventado para pruebas", "Made-up data for tests"
PROVINCES = {  # ISO code: name, INEC's code, longitude and latitude of the capital (GeoNames)
    "EC-A": ("Azuay", "01", -78.9963, -2.8953),
    "EC-B": ("Bolívar", "02", -78.99903, -1.59106),
    "EC-C": ("Carchi", "04", -77.71709, 0.8124),
    "EC-D": ("Orellana", "22", -76.99724, -0.44967),
    "EC-E": ("Esmeraldas", "08", -79.65397, 0.9592),
    "EC-F": ("Cañar", "03", -78.84561, -2.73982),
    "EC-G": ("Guayas", "09", -79.88621, -2.19616),
    "EC-H": ("Chimborazo", "06", -78.65887, -1.66506),
    "EC-I": ("Imbabura", "10", -78.12462, 0.34881),
    "EC-L": ("Loja", "11", -79.20422, -3.99313),
    "EC-M": ("Manabí", "13", -80.45145, -1.05764),
    "EC-N": ("Napo", "15", -77.81315, -0.9961),
    "EC-O": ("El Oro", "07", -79.95876, -3.25886),
    "EC-P": ("Pichincha", "17", -78.52495, -0.22985),
    "EC-R": ("Los Ríos", "12", -79.52492, -1.80493),
    "EC-S": ("Morona Santiago", "14", -78.12026, -2.30741),
    "EC-SD": ("Santo Domingo de los Tsáchilas", "23", -79.17628, -0.25368),
    "EC-SE": ("Santa Elena", "24", -80.85807, -2.22652),
    "EC-T": ("Tungurahua", "18", -78.61675, -1.24908),
    "EC-U": ("Sucumbíos", "21", -76.89528, 0.086),
    "EC-W": ("Galápagos", "20", -90.3138, -0.74018),
    "EC-X": ("Cotopaxi", "05", -78.6152, -0.93424),
    "EC-Y": ("Pastaza", "16", -78.00337, -1.49156),
    "EC-Z": ("Zamora Chinchipe", "19", -78.95123, -4.06446),
}
NEIGHBOURS = {"CO": ("Colombia", "Colombia", -75.5, 1.5), "PE": ("Peru", "Perú", -76.0, -4.5)}
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
    """Write the package into a folder."""
    shapes = _build_units(cache)
    country = merge(shapes[one] for one in sorted(PROVINCES))
    borders = {code: shapes[code] for code in NEIGHBOURS}
    (target / "coding").mkdir(parents=True, exist_ok=True)
    files: dict[str, list[GeoJsonFeature]] = {
        "regions": [GeoJsonFeature(one, {"place_id": one}, shapes[one]) for one in PROVINCES],
        "countries": [
            GeoJsonFeature(one, {"place_id": one}, shape) for one, shape in {**borders, "EC": country}.items()
        ],
        "corridors": [
            GeoJsonFeature(
                f"{key.place_id}/{key.side}", {"place_id": key.place_id, "side": key.side}, round_coordinates(one)
            )
            for key, one in build_corridors(country, borders, PLANE).items()
        ],
        "rivers": [],
        "paths": [],
    }
    for name, features in files.items():
        (target / f"{name}.geojson").write_text(to_geojson(features).replace("[\n\n]", "[]"), "utf-8", newline="\n")
    lengths = {code: _length(build_border(country, shape)) for code, shape in borders.items()}
    points = {
        code: shapely.Point(build_border(country, shape).interpolate(0.5, normalized=True))
        for code, shape in borders.items()
    }
    tables: dict[str, Rows] = {name: [] for name in TABLES} | _tables() | {"places": _places(lengths, points, shapes)}
    for name, table in TABLES.items():
        _write(target / table.file, tables[name], list(table.record.model_fields), table.key)
    for name in ("topics.csv",):
        shutil.copy(ROOT / "geodata" / name, target / name)


def _build_units(cache: Path) -> dict[str, BaseGeometry]:
    frame = shapely.box(*FRAME)
    parts = shapely.get_parts(read_layer(cache / "ne_10m_land.shp", FRAME).geometries)
    land = shapely.union_all([shapely.Polygon(part.exterior) for part in parts]).intersection(frame)
    lines = read_layer(cache / "ne_10m_admin_0_boundary_lines_land.shp", FRAME).geometries
    units = read_layer(cache / "ne_10m_admin_1_states_provinces_lines.shp", FRAME)
    own = [one for one, code in zip(units.geometries, units.fields["adm0_a3"], strict=True) if code == "ECU"]
    faces = [
        one
        for one in faces_of([land.boundary, *(line.intersection(frame) for line in lines), *own], SNAP)
        if land.contains(one.representative_point()) and one.area > LEAST_ISLAND
    ]
    seeds = {one: shapely.Point(lon, lat) for one, (*_, lon, lat) in {**PROVINCES, **NEIGHBOURS}.items()}
    tree = shapely.STRtree(faces)
    owner = {int(tree.nearest(point)): one for one, point in seeds.items() if one != "EC-W"}
    if len(owner) != len(seeds) - 1:
        raise ValueError(f"two of {sorted(seeds)} are in one face")
    main = shapely.STRtree([faces[i] for i in sorted(owner)])
    found: dict[str, list[BaseGeometry]] = {}
    for i, face in enumerate(faces):
        west = face.bounds[2] < ISLANDS
        one = "EC-W" if west else owner.get(i) or owner[sorted(owner)[int(main.nearest(face))]]
        found.setdefault(one, []).append(face)
    merged = build_coverage({one: merge(own) for one, own in found.items()}, SNAP)
    return {one: round_coordinates(shape) for one, shape in simplify_coverage(merged, TOLERANCE_M, PLANE).items()}


def _length(border: BaseGeometry) -> int:
    lines = [list(line.coords) for line in shapely.get_parts(border)]
    return round(sum(distance_km(a, b) for line in lines for a, b in pairwise(line)))


def _places(lengths: dict[str, int], points: dict[str, shapely.Point], shapes: dict[str, BaseGeometry]) -> Rows:
    rows = [
        _place(one, "region", name, name, parent="EC", lon=point.x, lat=point.y, precision=4, ubigeo=code)
        for one, (name, code, *_) in PROVINCES.items()
        for point in (shapely.Point(round(p.x, 3), round(p.y, 3)) for p in (_inside(shapes[one]),))
    ]
    for code, (en, es, lon, lat) in NEIGHBOURS.items():
        at = {"lon": lon, "lat": lat}
        label = {"label_lon": lon, "label_lat": lat, "label_align": "middle"}
        rows += [
            _place(code, "country", en, es, precision=7, **at, **label),
            _place(
                *(f"border-{code}", "corridor", f"Border with {en}", f"Frontera con {es}"),
                parent="EC", country=code, lon=round(points[code].x, 3), lat=round(points[code].y, 3),
                precision=5, border_km=lengths[code],
            ),
        ]  # fmt: skip
    return [
        *rows,
        _place("EC", "country", "Ecuador", "Ecuador", phrase_es="el Ecuador", lon=-78.5, lat=-1.5, precision=6),
        _place("borders", "borders", "Borders in general", "Fronteras en general", phrase_en="the borders in general",
               phrase_es="las fronteras en general", members="border-CO;border-PE", precision=5),
        _place("amazonia", "macro_region", "Ecuadorian Amazon", "Amazonía ecuatoriana",
               phrase_en="the Ecuadorian Amazon", phrase_es="la Amazonía ecuatoriana",
               members="EC-D;EC-N;EC-S;EC-U;EC-Y;EC-Z", precision=5),
        _place("europe", "world_area", "Europe", "Europa", precision=7),
        _place("guayaquil", "site", "Guayaquil", "Guayaquil", parent="EC-G", lon=-79.886, lat=-2.196, precision=2),
    ]  # fmt: skip


def _inside(shape: BaseGeometry) -> shapely.Point:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return max(parts, key=lambda part: part.area).representative_point()


def _place(place_id: str, kind: str, name_en: str, name_es: str, **values: object) -> dict[str, object]:
    names = {"place_id": place_id, "kind": kind, "name_en": name_en, "name_es": name_es}
    return {**names, "source": "Natural Earth, GeoNames", "note": f"{EN}.", **values}


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
