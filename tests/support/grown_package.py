"""A data package ten times as large as the shipped one: ``grown_package(folder, (260, 240, 2000))``.

It is the shipped package and, besides, made-up rows that are copies of its rows at other places, so the shares of
hedges, natures, markets, actors and kinds of place stay about the same. Its regions are the cells of a lattice over
Peru's extent that share their edges exactly; its neighbours lie around. The same size gives the same bytes.

A statement on a border reaches every region at it, and one on an area all of its members. With more of both, their
product would have to be shown. So a copy of a statement on a border or an area names an area with five members, and
the number of such areas grows with the number of regions.
"""

import csv
import hashlib
import json
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from math import isqrt
from pathlib import Path
from typing import Any, NamedTuple

from ocmap.dataset.fields import LIST_SEPARATOR
from ocmap.dataset.schema import PlaceKind, PointBasis, PointRole
from ocmap.dataset.tables import TABLES
from ocmap.dataset.validation import POINT_ROLES

SOURCE = Path(__file__).parents[2] / "geodata"

Row = dict[str, str]
Tables = dict[str, list[Row]]
Point = tuple[float, float]
Line = list[Point]

NUMBERS = frozenset({"seq", "edition", "round", "ordinal", "reading", "row"})
KEPT = ("changes.toml", "CODEBOOK.md", "datapackage.json", "rivers.geojson", "paths.geojson")
WEST, SOUTH, EAST, NORTH = -81.0, -18.0, -69.0, 0.0
MARGIN = 2.5  # degrees by which the neighbours reach beyond Peru
OFF, HALF = 0.4, 0.4  # degrees: how far from the border the middle of a corridor's side lies, and half its width
CORRIDORS: dict[str, Point] = {  # a point of each border, before its line wobbles
    "EC": (WEST + 2, NORTH),
    "CO": (EAST - 2, NORTH),
    "BO": (EAST, SOUTH + 2),
    "BR": (EAST, NORTH - 4),
    "CL": ((WEST + EAST) / 2, SOUTH),
}
STEPS = 24  # of an edge
WOBBLE = 0.3  # how far an edge leaves the straight line at most, as a share of the way to its nearer end
MEMBERS = 5  # of an area
DIFFER = 10  # one in so many is coded differently by the second coder
READ = 3  # one in so many has been read against its source
MOVED = {  # of what kind the place is that a copy names instead
    PlaceKind.REGION: PlaceKind.REGION,
    PlaceKind.SITE: PlaceKind.SITE,
    PlaceKind.ROAD: PlaceKind.SITE,
    PlaceKind.TRIPOINT: PlaceKind.SITE,
    PlaceKind.MACRO_REGION: PlaceKind.MACRO_REGION,
    PlaceKind.CORRIDOR: PlaceKind.MACRO_REGION,
    PlaceKind.BORDERS: PlaceKind.MACRO_REGION,
    PlaceKind.RIVER_SYSTEM: PlaceKind.MACRO_REGION,
}


class Size(NamedTuple):
    """How many polygons (the regions), routes and statements a package has; never fewer than are shipped."""

    polygons: int
    routes: int
    statements: int


def grown_package(folder: Path, size: tuple[int, int, int]) -> Path:
    """Write a package of so many regions, routes and statements into a folder, and return it."""
    write_package(SOURCE, folder, Size(*size))
    return folder


def write_package(source: Path, target: Path, size: Size) -> None:
    """Write a package of a size into the folder ``target``, grown from the one in ``source``."""
    chance = random.Random(f"1 {size}")  # noqa: S311 - no secret
    tables: Tables = {name: _read(source / table.file) for name, table in TABLES.items()}
    cells, countries = _divide(size.polygons, chance)
    sides = _corridors()
    for row in tables["places"]:  # a corridor lies on its border, a neighbour beyond it
        if row["kind"] == PlaceKind.CORRIDOR:
            row["lon"], row["lat"] = map(str, CORRIDORS[row["place_id"].removeprefix("border-")])
        elif row["place_id"] in CORRIDORS:
            corner, _, opposite, *_ = sides[f"border-{row['place_id']}", "outer"]
            row["lon"], row["lat"] = (f"{(a + b) / 2:.3f}" for a, b in zip(corner, opposite, strict=True))
    _add_places(tables, cells, chance)
    grown = _Moves(tables["places"], chance)
    copies = _add_statements(tables, size.statements, grown, chance)
    _add_routes(tables, size.routes, copies, grown, chance)
    (target / "coding").mkdir(parents=True)
    for name in KEPT:
        shutil.copy(source / name, target / name)
    for name, table in TABLES.items():
        _write(target / table.file, tables[name], table.key)
    _write_settings(source, target, size.polygons, len(tables["sentences"]))
    regions = sorted(row["place_id"] for row in tables["places"] if row["kind"] == PlaceKind.REGION)
    _write_shapes(
        target / "regions.geojson", [({"place_id": one}, cell) for one, cell in zip(regions, cells, strict=True)]
    )
    _write_shapes(target / "countries.geojson", [({"place_id": one}, ring) for one, ring in sorted(countries.items())])
    _write_shapes(
        target / "corridors.geojson",
        [({"place_id": one, "side": side}, ring) for (one, side), ring in sorted(sides.items())],
    )


def _write_settings(source: Path, target: Path, regions: int, sentences: int) -> None:
    """Copy ``profile.toml`` with the numbers of regions and of sentences that the package has."""
    text = (source / "profile.toml").read_text("utf-8")
    for name, n in (("regions", regions), ("sentences", sentences)):
        text = re.sub(rf"^{name} = \d+$", f"{name} = {n}", text, flags=re.MULTILINE)
    (target / "profile.toml").write_text(text, encoding="utf-8", newline="\n")


def _corridors() -> dict[tuple[str, str], Line]:
    """Return a square on either side of each border."""
    found = {}
    for country, (x, y) in CORRIDORS.items():
        step = (0, OFF if y == NORTH else -OFF) if y in {NORTH, SOUTH} else (OFF, 0)
        for side, sign in (("inner", -1), ("outer", 1)):
            east, north = x + sign * step[0], y + sign * step[1]
            corners = ((-HALF, -HALF), (HALF, -HALF), (HALF, HALF), (-HALF, HALF))
            found[f"border-{country}", side] = _ring([(round(east + a, 4), round(north + b, 4)) for a, b in corners])
    return found


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row], key: Sequence[str]) -> None:
    def place(row: Mapping[str, Any]) -> list[Any]:
        return [int(row[name]) if name in NUMBERS else row[name] for name in key]

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=place))


def _write_shapes(path: Path, rings: Sequence[tuple[Row, Line]]) -> None:
    features = [
        {
            "type": "Feature",
            "id": "/".join(properties.values()),
            "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for properties, ring in rings
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    path.write_text(text, encoding="utf-8", newline="\n")


def _divide(polygons: int, chance: random.Random) -> tuple[list[Line], dict[str, Line]]:
    """Return cells that fill Peru's extent as rings, and Peru and its neighbours by their ids."""
    columns = next(one for one in range(isqrt(polygons * 2 // 3) + 1, 0, -1) if polygons % one == 0)
    rows = polygons // columns
    width, height = (EAST - WEST) / columns, (NORTH - SOUTH) / rows

    def edge(start: Point, step: Point) -> Line:
        """Return a line that wobbles, and less so near its ends, so that no two of them cross."""
        line = []
        for i in range(STEPS + 1):
            t = i / STEPS
            off = chance.uniform(-WOBBLE, WOBBLE) * min(t, 1 - t) * min(width, height)
            x, y = start[0] + step[0] * t, start[1] + step[1] * t
            line.append((round(x + off * bool(step[1]), 4), round(y + off * bool(step[0]), 4)))
        return line

    def node(row: int, column: int) -> Point:
        return WEST + column * width, SOUTH + row * height

    across = [[edge(node(r, c), (width, 0)) for c in range(columns)] for r in range(rows + 1)]
    up = [[edge(node(r, c), (0, height)) for c in range(columns + 1)] for r in range(rows)]
    cells = [
        _ring(across[r][c], up[r][c + 1], across[r + 1][c][::-1], up[r][c][::-1])
        for r in range(rows)
        for c in range(columns)
    ]
    south, north = _joined(*across[0]), _joined(*across[-1])
    west, east = _joined(*(row[0] for row in up)), _joined(*(row[-1] for row in up))
    half, third = STEPS * (columns // 2), STEPS * (rows // 3)
    left, top, right, bottom = WEST - MARGIN, NORTH + MARGIN, EAST + MARGIN, SOUTH - MARGIN
    return cells, {
        "PE": _ring(south, east, north[::-1], west[::-1]),
        "EC": _ring(north[: half + 1], [(north[half][0], top), (left, top), (left, NORTH)]),
        "CO": _ring(north[half:], [(EAST, top), (north[half][0], top)]),
        "BO": _ring(east[: third + 1][::-1], [(right, SOUTH), (right, east[third][1])]),
        "BR": _ring(east[third:][::-1], [(right, east[third][1]), (right, NORTH)]),
        "CL": _ring(south[::-1], [(WEST, bottom), (EAST, bottom)]),
        "VE": _ring([(EAST + 1, NORTH + 1), (right, NORTH + 1), (right, top), (EAST + 1, top)]),
    }


def _joined(*lines: Line) -> Line:
    """Return lines that follow on each other as one."""
    return list(dict.fromkeys(chain.from_iterable(lines)))


def _ring(*lines: Line) -> Line:
    line = _joined(*lines)
    return [*line, line[0]]


def _add_places(tables: Tables, cells: Sequence[Line], chance: random.Random) -> None:
    """Add regions up to the number of cells, and sites and areas in proportion."""
    places = tables["places"]
    shipped = [row for row in places if row["kind"] == PlaceKind.REGION]

    def add(place_id: str, kind: PlaceKind, name_en: str, name_es: str, **values: str) -> None:
        own = {"place_id": place_id, "kind": kind, "name_en": name_en, "name_es": name_es, "source": "made up"}
        places.append(dict.fromkeys(places[0], "") | own | values)

    more = len(cells) // len(shipped) - 1
    sites = more * sum(row["kind"] == PlaceKind.SITE for row in places)
    areas = more * sum(row["kind"] == PlaceKind.MACRO_REGION for row in places)
    for n in range(len(shipped) + 1, len(cells) + 1):
        values = {"parent": "PE", "precision": "4", "ubigeo": f"{n:06d}", "area_km2": "500"}
        add(f"PE-X{n:06d}", PlaceKind.REGION, f"Unit {n}", f"Unidad {n}", **values)
    regions = sorted((row for row in places if row["kind"] == PlaceKind.REGION), key=lambda row: row["place_id"])
    for row, cell in zip(regions, cells, strict=True):
        row["lon"], row["lat"] = (f"{sum(xs) / len(xs):.3f}" for xs in zip(*cell, strict=True))
        row["label_lon"] = row["label_lat"] = row["label_align"] = ""
    for n in range(1, sites + 1):
        home = chance.choice(regions)
        values = {"parent": home["place_id"], "lon": home["lon"], "lat": home["lat"], "precision": "3"}
        add(f"site-{n}", PlaceKind.SITE, f"Site {n}", f"Sitio {n}", **values)
    for n in range(1, areas + 1):
        members = LIST_SEPARATOR.join(sorted(row["place_id"] for row in chance.sample(regions, MEMBERS)))
        values = {"parent": "PE", "precision": "5", "members": members, "note": "Made up."}
        add(f"area-{n}", PlaceKind.MACRO_REGION, f"Area {n}", f"Zona {n}", **values)


class _Moves:
    """Draws the places that copies name."""

    def __init__(self, places: Iterable[Row], chance: random.Random) -> None:
        self._kinds = {row["place_id"]: PlaceKind(row["kind"]) for row in places}
        self._ids: dict[PlaceKind, list[str]] = defaultdict(list)
        for one, kind in sorted(self._kinds.items()):
            self._ids[kind].append(one)
        self._chance = chance

    def of(self, place_id: str) -> str:
        """Return a place to name instead of one; what lies abroad stays."""
        kind = MOVED.get(self._kinds[place_id])
        return place_id if kind is None else self._chance.choice(self._ids[kind])


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _add_statements(tables: Tables, statements: int, moves: _Moves, chance: random.Random) -> dict[str, list[str]]:
    """Add sentences with their statements, and what coders made of them; return each statement's copies."""
    models = [row for row in tables["sentences"] if row["coding"] == "coded"]
    of_sentence = _by(tables["statements"], "sentence_id")
    places, ties = _by(tables["statement_places"], "statement_id"), _by(tables["ties"], "statement_id")
    ordinals = {topic: count(len(rows) + 1) for topic, rows in _by(tables["sentences"], "topic_id").items()}
    copies = {row["statement_id"]: [row["statement_id"]] for row in tables["statements"]}
    while len(tables["statements"]) < statements:
        model = chance.choice(models)
        n = next(ordinals[model["topic_id"]])
        sentence_id = f"{model['topic_id']}.{n}"
        sha = hashlib.sha256(sentence_id.encode()).hexdigest()
        tables["sentences"].append(model | {"sentence_id": sentence_id, "ordinal": str(n), "sha256": sha})
        new, named = [], set()
        for old in of_sentence[model["sentence_id"]][: statements - len(tables["statements"])]:
            own = {"statement_id": sentence_id + old["statement_id"][-2:], "sentence_id": sentence_id}
            texts = {"text_en": f"{old['text_en']} ({n})", "text_es": f"{old['text_es']} ({n})"}
            new.append(old | own | texts)
            copies[old["statement_id"]].append(own["statement_id"])
            rows = {(moves.of(row["place_id"]), row["role"]) for row in places[old["statement_id"]]}
            tables["statement_places"] += [
                {"statement_id": own["statement_id"], "place_id": place, "role": role} for place, role in rows
            ]
            named |= rows
            tables["ties"] += [row | {"statement_id": own["statement_id"]} for row in ties[old["statement_id"]]]
        tables["statements"] += new
        _add_codings(tables, sentence_id, new, sorted(f"{place}:{role}" for place, role in named))
    return copies


def _add_codings(tables: Tables, sentence_id: str, statements: Sequence[Row], places: Sequence[str]) -> None:
    """Add what two coders made of a sentence and of its statements, and how their differences were decided."""
    number = len(tables["round1_first"])
    values = {
        field: sorted({one for row in statements for one in row[field].split(LIST_SEPARATOR) if one})
        for field in ("markets", "actors", "nature", "hedge")
    }
    row = {name: LIST_SEPARATOR.join(own) for name, own in (values | {"places": list(places)}).items()}
    row |= {"sentence_id": sentence_id, "coding": "coded", "remark": ""}
    tables["round1_first"].append(row)
    tables["round1_second"].append(row)
    if number % DIFFER == 0:
        tables["round1_second"][-1] = row | {"hedge": _differ(tables, 1, sentence_id, row["hedge"])}
    for i, statement in enumerate(statements, number):
        own = {"statement_id": statement["statement_id"], "nature": statement["nature"], "hedge": statement["hedge"]}
        tables["round2_first"].append(own | {"remark": ""})
        tables["round2_second"].append(own | {"remark": ""})
        if i % DIFFER == 0:
            hedge = _differ(tables, 2, statement["statement_id"], statement["hedge"])
            tables["round2_second"][-1] = own | {"hedge": hedge, "remark": ""}
        if i % READ == 0:
            blank = {"reading": "1"} | dict.fromkeys(("before", "after", "sample"), "")
            filtered = {"statement_id": statement["statement_id"], "language": "both", "reason": "made up"}
            tables["readings"].append(filtered | blank)


def _differ(tables: Tables, number: int, unit: str, hedge: str) -> str:
    """Return another hedge for the second coder, and decide for the first."""
    other = "alleged" if hedge == "stated" else "stated"
    decided = {"field": "hedge", "first": hedge, "second": other, "final": hedge, "reason": "made up"}
    tables["adjudication"].append({"round": str(number), "unit_id": unit} | decided)
    return other


def _add_routes(
    tables: Tables, routes: int, copies: dict[str, list[str]], moves: _Moves, chance: random.Random
) -> None:
    """Add routes, each a copy of a shipped one at a copy of its statement."""
    models, points = list(tables["routes"]), _by(tables["route_points"], "route_id")
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(len(models) + 1))
    named = {(row["statement_id"], row["place_id"], row["role"]) for row in tables["statement_places"]}
    while len(tables["routes"]) < routes:
        model = chance.choice(models)
        statement = chance.choice(copies[model["statement_id"]])
        sentence = statement[:-2]
        route_id = f"{sentence}-r{next(numbers[sentence])}"
        tables["routes"].append(model | {"route_id": route_id, "statement_id": statement})
        passed: list[str] = []
        for old in points[model["route_id"]]:
            place = moves.of(old["place_id"])
            while place in passed:
                place = moves.of(old["place_id"])
            passed.append(place)
            role = POINT_ROLES[PointRole(old["role"])]
            basis = PointBasis.NAMED if (statement, place, role) in named else PointBasis.INFERRED
            tables["route_points"].append(old | {"route_id": route_id, "place_id": place, "basis": basis.value})
