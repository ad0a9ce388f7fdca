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


def publish(static: Path, map_data: Json, font_face: str = "") -> Published:
    """Write the map's script, style and data into the folder ``static`` where they are not there yet.

    A file is written beside its place and then renamed, so that two processes may publish at once and no
    reader sees half a file. A folder that holds them already may be read-only. ``font_face`` is CSS that goes
    before the style, for the fonts of the page around the map.

    Raises:
        OSError: A file is missing and the folder cannot be written.
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    package = files("ocmap")
    script = "\n;".join(
        package.joinpath(*parts).read_text("utf-8") for parts in (("vendor", "leaflet.js"), ("assets", "map.js"))
    )
    style = "\n".join(
        package.joinpath(*parts).read_text("utf-8") for parts in (("vendor", "leaflet.css"), ("assets", "map.css"))
    )
    data = json.dumps(map_data, ensure_ascii=False, separators=(",", ":"))
    return Published(
        folder=static,
        script=write(static, "map", ".js", script.replace("//# sourceMappingURL=leaflet.js.map", "").encode()),
        style=write(static, "map", ".css", (font_face + style).encode()),
        data=write(static, "peru", ".json", data.encode()),
    )


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
