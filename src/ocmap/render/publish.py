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
    """The names of the published files inside the static folder."""

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
        script=_write(static, "map", ".js", script.replace("//# sourceMappingURL=leaflet.js.map", "")),
        style=_write(static, "map", ".css", font_face + style),
        data=_write(static, "peru", ".json", data),
    )


def _write(folder: Path, stem: str, suffix: str, text: str) -> str:
    """Write a text under a name with its hash; return the name."""
    content = text.encode("utf-8")
    name = f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{suffix}"
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
