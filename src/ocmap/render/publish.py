"""Publish what the browser fetches as static files whose names carry their content's hash."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ocmap.layers import Json

HASH_LENGTH = 12


@dataclass(frozen=True)
class Published:
    """The static folder, and the names of the published files in it."""

    folder: Path
    script: str
    style: str
    data: str
    reading: str


def publish(static: Path, map_data: Json, reading_data: Json, font_face: str = "") -> Published:
    """Write what the map is made of, and what the browser reads, into the folder ``static`` where it is not yet.

    A file is written beside its place and then renamed, so that two processes may publish at once and no
    reader sees half a file. A folder that holds them already may be read-only. ``font_face`` is CSS that goes
    before the style, for the fonts of the page around the map.

    Raises:
        OSError: A file is missing and the folder cannot be written.
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    return Published(
        folder=static,
        script=write(static, "map", ".js", map_script().encode()),
        style=write(static, "map", ".css", (font_face + map_style()).encode()),
        data=write(static, "peru", ".json", as_json(map_data).encode()),
        reading=write(static, "reading", ".json", as_json(reading_data).encode()),
    )


def as_json(data: Json) -> str:
    """Return data as JSON, as short as it can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def map_script() -> str:
    """Return the script of the map: Leaflet, what reads the profile, and what draws it.

    Raises:
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    leaflet = asset("vendor", "leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    return "\n;".join((leaflet, reading_script(), asset("assets", "map.js")))


def reading_script() -> str:
    """Return the script that reads the profile under the reader's filters."""
    return asset("assets", "reading.js")


def map_style() -> str:
    """Return the map's style sheet.

    Raises:
        FileNotFoundError: As for `map_script`.
    """
    return f"{asset('vendor', 'leaflet.css')}\n{asset('assets', 'map.css')}"


def asset(*parts: str) -> str:
    """Return a text file of the installed package."""
    return files("ocmap").joinpath(*parts).read_text("utf-8")


def hashed(stem: str, suffix: str, content: bytes) -> str:
    """Return the name of a published file: it carries its content's hash, so that a browser may keep it for ever."""
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{suffix}"


def write(folder: Path, stem: str, suffix: str, content: bytes) -> str:
    """Write a file under its hashed name where it is not there yet, as `publish`; return the name.

    Raises:
        OSError: It is missing and the folder cannot be written.
    """
    name = hashed(stem, suffix, content)
    target = folder / name
    if target.is_file() and target.stat().st_size == len(content):
        return name
    folder.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".", suffix=suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o644)
        Path(beside).replace(target)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
    return name
