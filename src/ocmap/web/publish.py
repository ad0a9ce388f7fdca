"""Publish what the browser fetches as static files whose names carry their content's hash."""

import hashlib
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ocmap.dataset.atomic_write import PART, write_whole
from ocmap.web.json_data import Json, as_json
from ocmap.web.tokens import css_variables

HASH_LENGTH = 12
PUBLISHED_NAME = re.compile(r"(?:evidence|first|linked|map|panels-[a-z]{2}|peru)\.[0-9a-f]{12}\.(?:css|gz|js|json)")
DAY_S = 86_400
UNUSED_LIFETIME_S = 7 * DAY_S  # how long a file stays that nobody uses any more; a change of versions takes minutes


class StaticFolder:
    """A static folder and what this process published in it, which is put back when it is lost or spoilt."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder, which need not be there yet."""
        self.folder = folder
        self._files: dict[str, bytes] = {}
        self._seen: dict[str, Fingerprint | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of what was published."""
        return tuple(self._files)

    def put(self, stem: str, suffix: str, content: bytes) -> str:
        """Write a file under its hashed_name name where it is not there yet, or not as it should be; return the name.

        Two processes may do so at once, and no reader sees half a file. A folder that holds it may be read-only.

        Raises:
            OSError: It is missing or spoilt and the folder cannot be written.
        """
        name = hashed_name(stem, suffix, content)
        self._files[name] = content
        self._ensure(name, content)
        return name

    def restore(self) -> None:
        """Put back what was deleted or changed, and clear away what nobody has used for `UNUSED_LIFETIME_S`.

        To be called when a page is opened: where all is well it costs a look at the folder and at each file.

        Raises:
            OSError: A file is missing or spoilt and the folder cannot be written.
        """
        for name, content in tuple(self._files.items()):
            self._ensure(name, content)
        self._clear()

    def _ensure(self, name: str, content: bytes) -> None:
        target = self.folder / name
        found = _fingerprint(target)
        if found is None or (found != self._seen.get(name) and target.read_bytes() != content):
            write_whole(self.folder, {name: content}, public=True)
        elif time.time() - found.mtime > DAY_S:
            # The time of a file says when it was used last, so that another version's process leaves it alone.
            with suppress(OSError):
                target.touch()
        self._seen[name] = _fingerprint(target)

    def _clear(self) -> None:
        """Remove files of other versions, and what a process that was killed left half written.

        What cannot be removed stays, such as anything in a folder that is read-only.
        """
        with suppress(OSError):
            for file in tuple(self.folder.iterdir()):
                part = PART.fullmatch(file.name)
                if PUBLISHED_NAME.fullmatch(part[1] if part else file.name) and file.name not in self._files:
                    _remove_unused(file)


class Fingerprint(NamedTuple):
    """What changes with a file's content, and can be had without reading it."""

    size: int
    mtime: float
    inode: int


def _fingerprint(path: Path) -> Fingerprint | None:
    """Return a file's sign; None where there is no file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Fingerprint(found.st_size, found.st_mtime, found.st_ino)


def _remove_unused(file: Path) -> None:
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > UNUSED_LIFETIME_S:
            file.unlink()


@dataclass(frozen=True)
class Published:
    """The static folder, and the names of the map's files in it."""

    static_folder: StaticFolder
    script: str
    style: str
    data: str
    evidence: str


def publish(static: Path, map_data: Json, client_data: Json, font_face: str = "") -> Published:
    """Publish what the map is made of, and what the browser reads, in the folder ``static``.

    ``font_face`` is CSS that goes before the style, for the fonts of the page around the map.

    Raises:
        OSError: A file is missing or spoilt and the folder cannot be written.
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    static_folder = StaticFolder(static)
    return Published(
        static_folder=static_folder,
        script=static_folder.put("map", ".js", map_script().encode()),
        style=static_folder.put("map", ".css", (font_face + map_style()).encode()),
        data=static_folder.put("peru", ".json", as_json(map_data).encode()),
        evidence=static_folder.put("evidence", ".json", as_json(client_data).encode()),
    )


def map_script() -> str:
    """Return the script of the map: Leaflet, the evidence under filters, and the map.

    Raises:
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    leaflet = asset("vendor", "leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    return "\n;".join((leaflet, evidence_script(), asset("web", "client", "map.js")))


def evidence_script() -> str:
    """Return the script that applies the filters to the evidence."""
    return asset("web", "client", "evidence.js")


def map_style() -> str:
    """Return the map's style sheet. The document and a light map have the light colours, a dark map the dark ones.

    Raises:
        FileNotFoundError: As for `map_script`.
    """
    colours = css_variables("light", ":root, .oc-light"), css_variables("dark", ".oc-dark")
    return "\n".join((asset("vendor", "leaflet.css"), *colours, asset("web", "styles", "map.css")))


def asset(*parts: str) -> str:
    """Return a text file of the installed package."""
    return files("ocmap").joinpath(*parts).read_text("utf-8")


def hashed_name(stem: str, suffix: str, content: bytes) -> str:
    """Return the name of a published file: it carries its content's hash, so that a browser may keep it for ever."""
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{suffix}"
