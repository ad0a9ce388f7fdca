"""Ways to break a data package. Each number gives one of them, always the same."""

import csv
import io
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ocmap.dataset.tables import TABLES

TABLE_FILES = [table.file for table in TABLES.values()]
SHAPE_FILES = ["regions.geojson", "corridors.geojson", "countries.geojson", "rivers.geojson", "paths.geojson"]
CELLS = [
    *("", " ", ";", ";;;", "a;a", "none", "NULL", "true", "0", "-1", "1.5", "1e999", "nan", "inf", "-inf", "1_0", "٣"),
    *(
        "9" * 4000,
        "9" * 5000,
        "x" * 2001,
        "x" * 140_000,
        "ñ" * 9999,
        "😀" * 500,
        "PE",
        "pe-lma",
        "PE-LMA ",
        "PE-LMA;PE-LMA",
    ),
    *("<img src=x onerror=alert(1)>", "</script><script>", "{{7*7}}", "{0}{n}{region}", "%s%n", "=1+1", "@SUM(A1)"),
    *("../../etc/passwd", "a\x00b", "a\x1bb", "a\u202eb", "a\u200bb", "a\ufffeb", "a\u0085b", "a\u2028b", "a\tb"),
    *("a\nb", "a\rb", 'a"b', "'", "\\", "-" * 90, "a" * 90, "PE-LMA:origin", "PE-LMA:nobody", "PE-LMA:", ":origin"),
]
Grid = list[list[str]]
Change = Callable[[Path, random.Random], str]


def _table(rng: random.Random) -> str:
    return rng.choice(TABLE_FILES)


def _of_grid(act: Callable[[Grid, random.Random], Any], delimiter: str = ",") -> Change:
    """Return a change of a table's rows, the first of which is its header."""

    def change(package: Path, rng: random.Random) -> str:
        file = _table(rng)
        rows = list(csv.reader(io.StringIO((package / file).read_text("utf-8"), newline="")))
        act(rows, rng)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n", delimiter=delimiter).writerows(rows)
        (package / file).write_text(out.getvalue(), encoding="utf-8", newline="")
        return file

    return change


def _of_bytes(act: Callable[[bytes, random.Random], bytes], files: list[str] | None = None) -> Change:
    """Return a change of a file's bytes."""

    def change(package: Path, rng: random.Random) -> str:
        file = rng.choice(files or [*TABLE_FILES, *SHAPE_FILES])
        (package / file).write_bytes(act((package / file).read_bytes(), rng))
        return file

    return change


def _of_collection(act: Callable[[dict[str, Any], random.Random], Any], **options: Any) -> Change:
    """Return a change of a GeoJSON file."""

    def change(package: Path, rng: random.Random) -> str:
        file = rng.choice(SHAPE_FILES)
        collection = json.loads((package / file).read_text("utf-8"))
        act(collection, rng)
        (package / file).write_text(json.dumps(collection, **options), encoding="utf-8")
        return file

    return change


def _of_feature(act: Callable[[dict[str, Any], random.Random], Any]) -> Change:
    return _of_collection(lambda whole, rng: act(rng.choice(whole["features"]), rng), indent=1)


def _row(rows: Grid, rng: random.Random) -> int:
    return rng.randrange(1, len(rows))


def _set_cell(rows: Grid, rng: random.Random) -> None:
    row = rows[_row(rows, rng)]
    row[rng.randrange(len(row))] = rng.choice(CELLS)


def _swap_cell(rows: Grid, rng: random.Random) -> None:
    """Give a cell the value of the same column in another row: a valid value at a wrong place."""
    column = rng.randrange(len(rows[0]))
    rows[_row(rows, rng)][column] = rows[_row(rows, rng)][column]


def _swap_within(rows: Grid, rng: random.Random) -> None:
    row = rows[_row(rows, rng)]
    i, j = rng.sample(range(len(row)), 2)
    row[i], row[j] = row[j], row[i]


def _column(rows: Grid, rng: random.Random) -> int:
    return rng.randrange(len(rows[0]))


def _drop_column(rows: Grid, rng: random.Random) -> None:
    column = _column(rows, rng)
    for row in rows:
        del row[column]


def _duplicate_column(rows: Grid, rng: random.Random) -> None:
    column = _column(rows, rng)
    for row in rows:
        row.append(row[column])


def _shuffle_columns(rows: Grid, rng: random.Random) -> None:
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    rows[:] = [[row[i] for i in order] for row in rows]


def _rename_column(rows: Grid, rng: random.Random) -> None:
    column = _column(rows, rng)
    rows[0][column] = rng.choice(
        ["", " ", rows[0][column].upper(), f" {rows[0][column]}", "<b>x</b>", "a\x00b", "x" * 999]
    )


def _shift_header(rows: Grid, rng: random.Random) -> None:
    i, j = rng.sample(range(len(rows[0])), 2)
    rows[0][i], rows[0][j] = rows[0][j], rows[0][i]


def _shuffle_rows(rows: Grid, rng: random.Random) -> None:
    body = rows[1:]
    rng.shuffle(body)
    rows[1:] = body


def _duplicate_row(rows: Grid, rng: random.Random) -> None:
    i = _row(rows, rng)
    rows.insert(rng.choice([i, len(rows)]), list(rows[i]))


def _long_row(rows: Grid, rng: random.Random) -> None:
    rows[_row(rows, rng)] += [rng.choice(CELLS)] * rng.choice([1, 3, 5000])


def _short_row(rows: Grid, rng: random.Random) -> None:
    del rows[_row(rows, rng)][rng.randrange(len(rows[0])) :]


def _unclose(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + b'"' + data[at:]


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _insert(*what: bytes) -> Callable[[bytes, random.Random], bytes]:
    def insert(data: bytes, rng: random.Random) -> bytes:
        at = rng.randrange(len(data))
        return data[:at] + rng.choice(what) + data[at:]

    return insert


def _recode(*encodings: str) -> Callable[[bytes, random.Random], bytes]:
    return lambda data, rng: data.decode().encode(rng.choice(encodings), "replace")


def _missing(package: Path, rng: random.Random) -> str:
    file = rng.choice([*TABLE_FILES, *SHAPE_FILES])
    (package / file).unlink()
    how = rng.randrange(4)
    if how == 1:
        (package / file).mkdir()
    if how == 2:
        (package / file).symlink_to(package / "nowhere")
    if how == 3:
        (package / file).symlink_to(package / file)
    return file


def _coordinates(feature: dict[str, Any]) -> list[Any]:
    """Return the innermost list of positions that comes first."""
    line: list[Any] = feature["geometry"]["coordinates"]
    while isinstance(line[0][0], list):
        line = line[0]
    return line


def _each(node: Any, act: Callable[[list[float]], list[float]]) -> Any:
    if node and not isinstance(node[0], list):
        return act(node)
    return [_each(part, act) for part in node]


def _map_all(act: Callable[[list[float]], list[float]]) -> Callable[[dict[str, Any], random.Random], None]:
    """Return a change of all positions, of the whole file or of one feature."""

    def change(node: dict[str, Any], _rng: random.Random) -> None:
        for feature in node.get("features", [node]):
            feature["geometry"]["coordinates"] = _each(feature["geometry"]["coordinates"], act)

    return change


def _utm(position: list[float]) -> list[float]:
    return [500_000 + (position[0] + 75) * 110_000, 10_000_000 + position[1] * 110_600]


def _cross(feature: dict[str, Any], _rng: random.Random) -> None:
    feature["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[-70, -9], [-69, -8], [-69, -9], [-70, -8], [-70, -9]]],
    }


def _position(feature: dict[str, Any], rng: random.Random) -> None:
    line = _coordinates(feature)
    huge = 10**400
    odd = [float("nan"), float("inf"), 1e308, huge, "west", None, True, [], {}, -9999]
    line[rng.randrange(len(line))] = rng.choice(
        [
            *([lon, -9] for lon in odd),
            [-75],
            [],
            None,
            "x",
            {},
            [-75, -9, 100],
            [-75, -9, float("nan")],
            [-75, -9, 1, 2, 3],
        ]
    )


def _geometry(feature: dict[str, Any], rng: random.Random) -> None:
    deep: Any = []
    for _ in range(200):
        deep = [deep]
    feature["geometry"] = rng.choice(
        [
            None,
            {},
            [],
            7,
            "POINT (0 0)",
            {"type": "Point", "coordinates": [-75, -9]},
            {"type": "MultiPoint", "coordinates": [[-75, -9]]},
            {"type": "LineString", "coordinates": [[-75, -9], [-75, -9]]},
            {"type": "LineString", "coordinates": [[-75, -9]]},
            {"type": "Polygon", "coordinates": []},
            {"type": "Polygon", "coordinates": [[]]},
            {"type": "Polygon", "coordinates": [[[-75, -9], [-74, -9]]]},
            {"type": "Polygon", "coordinates": [[[-75, -9], [-74, -9], [-75, -9], [-75, -9]]]},
            {"type": "Polygon", "coordinates": [[[-75, -9], [-74, -9], [-74, -8], [-75, -9]], None]},
            {"type": "Polygon", "coordinates": deep},
            {"type": "MultiPolygon", "coordinates": [[[[-75, -9], [-74, -9], [-74, -8], [-75, -9]]]] * 2},
            {"type": "GeometryCollection", "geometries": []},
            {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [-75, -9]}]},
            {"type": "Feature"},
            {"type": None, "coordinates": []},
            {"type": ["Polygon"], "coordinates": [[[-75, -9], [-74, -9], [-74, -8], [-75, -9]]]},
            {"type": "Polygon"},
            {"coordinates": []},
        ]
    )


def _property(feature: dict[str, Any], rng: random.Random) -> None:
    name = rng.choice(list(feature["properties"]))
    odd: list[Any] = [
        *CELLS,
        None,
        7,
        -1,
        1.5,
        True,
        [],
        {},
        [["a"]],
        {"a": 1},
        "\ud800",
        "XX",
        "PE-LMA",
        "border-EC",
        "EC",
    ]
    feature["properties"][name] = rng.choice(odd)


def _properties(feature: dict[str, Any], rng: random.Random) -> None:
    feature["properties"] = rng.choice([None, [], 7, "x", {}, {"place_id": "PE-LMA"}])


def _crs(name: str) -> Callable[[dict[str, Any], random.Random], None]:
    return lambda whole, _rng: whole.update(crs={"type": "name", "properties": {"name": name}})


def _crs_odd(whole: dict[str, Any], rng: random.Random) -> None:
    odd = [7, [], "EPSG:32718", {}, {"properties": 7}, {"properties": {"name": ["x"]}}, {"properties": {"name": "<b>"}}]
    whole["crs"] = rng.choice(odd)


def _features(whole: dict[str, Any], rng: random.Random) -> None:
    features = whole["features"]
    act = rng.randrange(6)
    if act == 0:
        features.pop(rng.randrange(len(features)))
    elif act == 1:
        features.append(rng.choice(features))
    elif act == 2:
        features.clear()
    elif act == 3:
        features.insert(rng.randrange(len(features)), rng.choice([None, 7, "x", [], {}, {"type": "Feature"}]))
    elif act == 4:
        whole["features"] = rng.choice([None, {}, "x", 7, features[0]])
    else:
        del whole["features"]


def _many(whole: dict[str, Any], _rng: random.Random) -> None:
    whole["features"] *= 8


def _swap_ids(whole: dict[str, Any], rng: random.Random) -> None:
    first, second = rng.sample(whole["features"], 2)
    first["properties"], second["properties"] = second["properties"], first["properties"]


JSON_TEXTS = (
    *(
        b"",
        b" ",
        b"null",
        b"7",
        b"[]",
        b"{}",
        b'"x"',
        b"{",
        b"[" * 100_000,
        b'{"features":' * 50_000,
        b'{"features": [}',
    ),
    *(b'{"features": [' + b"9" * 9999 + b"]}", b'{"features": [NaN]}', b'{"features": []}', b'{"features": [{}]}x'),
    *(b"\x00\x01\x02", b"PK\x03\x04", b"<html></html>", b'{"features": [{"properties": {}, "geometry": ' + b"[" * 3000),
)

TABLES_BROKEN: Mapping[str, Change] = {
    "cell": _of_grid(_set_cell),
    "cell of another row": _of_grid(_swap_cell),
    "cells swapped": _of_grid(_swap_within),
    "row dropped": _of_grid(lambda rows, rng: rows.pop(_row(rows, rng))),
    "row duplicated": _of_grid(_duplicate_row),
    "rows shuffled": _of_grid(_shuffle_rows),
    "rows reversed": _of_grid(lambda rows, _: rows.__setitem__(slice(1, None), rows[:0:-1])),
    "row too long": _of_grid(_long_row),
    "row too short": _of_grid(_short_row),
    "blank row": _of_grid(lambda rows, rng: rows.insert(_row(rows, rng), [])),
    "header again": _of_grid(lambda rows, rng: rows.insert(_row(rows, rng), list(rows[0]))),
    "no header": _of_grid(lambda rows, _: rows.pop(0)),
    "no rows": _of_grid(lambda rows, _: rows.__delitem__(slice(1, None))),
    "column dropped": _of_grid(_drop_column),
    "column duplicated": _of_grid(_duplicate_column),
    "column renamed": _of_grid(_rename_column),
    "header shifted": _of_grid(_shift_header),
    "semicolons": _of_grid(lambda *_: None, delimiter=";"),
    "tabs": _of_grid(lambda *_: None, delimiter="\t"),
}
FILES_BROKEN: Mapping[str, Change] = {
    "latin-1 or UTF-16": _of_bytes(_recode("latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-7")),
    "truncated": _of_bytes(lambda data, rng: data[: rng.randrange(len(data))]),
    "head cut off": _of_bytes(lambda data, rng: data[rng.randrange(len(data)) :]),
    "a bit flipped": _of_bytes(_flip),
    "a stray quote": _of_bytes(_unclose),
    "stray bytes": _of_bytes(
        _insert(b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\r", b"\n", b"\x1a", b"\xef\xbb\xbf")
    ),
    "noise": _of_bytes(lambda _, rng: rng.randbytes(5000)),
    "empty": _of_bytes(lambda *_: b""),
    "twice": _of_bytes(lambda data, _: data + data),
    "missing": _missing,
}
SHAPES_BROKEN: Mapping[str, Change] = {
    "text": _of_bytes(lambda _, rng: rng.choice(JSON_TEXTS), SHAPE_FILES),
    "features": _of_collection(_features),
    "hundreds of features": _of_collection(_many),
    "ids swapped": _of_collection(_swap_ids, indent=2),
    "crossing itself": _of_feature(_cross),
    "position": _of_feature(_position),
    "geometry": _of_feature(_geometry),
    "property": _of_feature(_property),
    "properties": _of_feature(_properties),
    "axes swapped": _of_collection(_map_all(lambda position: position[::-1])),
    "axes of one swapped": _of_feature(_map_all(lambda position: position[::-1])),
    "metres": _of_collection(_map_all(_utm)),
    "metres in one": _of_feature(_map_all(_utm)),
    "elsewhere": _of_feature(_map_all(lambda position: [position[0] + 90, position[1]])),
    "a coordinate system": _of_collection(_crs("urn:ogc:def:crs:EPSG::32718")),
    "an odd coordinate system": _of_collection(_crs_odd),
}
HARMLESS: Mapping[str, Change] = {
    "columns in another order": _of_grid(_shuffle_columns),
    "byte order mark": _of_bytes(lambda data, _: b"\xef\xbb\xbf" + data),
    "Windows line ends": _of_bytes(lambda data, _: data.replace(b"\n", b"\r\n")),
    "old Mac line ends": _of_bytes(lambda data, _: data.replace(b"\n", b"\r")),
    "no last line end": _of_bytes(lambda data, _: data.rstrip(b"\n")),
    "another layout": _of_collection(lambda *_: None, indent=4),
    "in ASCII": _of_collection(lambda *_: None, ensure_ascii=True),
    "with height": _of_collection(_map_all(lambda position: [*position, 100.0])),
    "longitude first": _of_collection(_crs("urn:ogc:def:crs:OGC:1.3:CRS84")),
}
CHANGES = {**TABLES_BROKEN, **FILES_BROKEN, **SHAPES_BROKEN, **HARMLESS}


def mutate(package: Path, number: int) -> tuple[str, str]:
    """Break a copy of the package in the way of this number; return the name of the way and the file."""
    names = list(CHANGES)
    name = names[number % len(names)]
    return name, CHANGES[name](package, random.Random(number))  # noqa: S311 - no secret
