"""Publish what the browser fetches as static files whose names carry their content's hash."""

import hashlib
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ocmap.dataset.atomic_write import PART, write_whole
from ocmap.web.json_data import as_json
from ocmap.web.tokens import css_variables

HASH_LENGTH = 12
PUBLISHED_NAME = re.compile(r"(?:evidence|first|linked|map|panels-[a-z]{2}|peru)\.[0-9a-f]{12}\.(?:css|gz|js|json)")
DAY_S = 86_400
UNUSED_LIFETIME_S = 7 * DAY_S  # an unused file is deleted after this time; a deployment takes only minutes


class StaticFolder:
    """Writes content-hashed files to a static folder and restores any that are missing or modified."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which is created with the first file."""
        self.folder = folder
        self._files: dict[str, bytes] = {}
        self._fingerprints: dict[str, Fingerprint | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the published files."""
        return tuple(self._files)

    def put(self, stem: str, suffix: str, content: bytes) -> str:
        """Write a file under its hashed name if it is missing or modified; return the name.

        Several processes may do this at once: writing is atomic. The folder may be read-only if it has the file.

        Raises:
            OSError: The file is missing or modified and the folder cannot be written.
        """
        name = hashed_name(stem, suffix, content)
        self._files[name] = content
        self._write_if_changed(name, content)
        return name

    def restore(self) -> None:
        """Restore files that were deleted or modified; delete files unused for `UNUSED_LIFETIME_S`.

        Called when a page is opened: usually it costs one directory listing and one stat per file.

        Raises:
            OSError: A file is missing or modified and the folder cannot be written.
        """
        for name, content in tuple(self._files.items()):
            self._write_if_changed(name, content)
        self._delete_unused()

    def _write_if_changed(self, name: str, content: bytes) -> None:
        target = self.folder / name
        fingerprint = _fingerprint(target)
        if fingerprint is None or (fingerprint != self._fingerprints.get(name) and target.read_bytes() != content):
            write_whole(self.folder, {name: content}, public=True)
        elif time.time() - fingerprint.mtime > DAY_S:
            # A recent modification time marks the file as in use for processes of other versions.
            with suppress(OSError):
                target.touch()
        self._fingerprints[name] = _fingerprint(target)

    def _delete_unused(self) -> None:
        """Delete unused files of other versions and partial files of processes that were killed.

        Files that cannot be deleted stay, as in a read-only folder.
        """
        with suppress(OSError):
            for file in tuple(self.folder.iterdir()):
                partial = PART.fullmatch(file.name)
                if PUBLISHED_NAME.fullmatch(partial[1] if partial else file.name) and file.name not in self._files:
                    _delete_if_unused(file)


class Fingerprint(NamedTuple):
    """Metadata that changes when a file's content does, available without reading the file."""

    size: int
    mtime: float
    inode: int


def _fingerprint(path: Path) -> Fingerprint | None:
    """Return a file's fingerprint; None if there is no file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Fingerprint(status.st_size, status.st_mtime, status.st_ino)


def _delete_if_unused(file: Path) -> None:
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


def publish(
    static: Path, map_data: Mapping[str, object], client_data: Mapping[str, object], font_face: str = ""
) -> Published:
    """Publish the map's script, style and data in the folder ``static``.

    ``font_face`` is CSS that precedes the style: the fonts of the page around the map.

    Raises:
        OSError: A file is missing or modified and the folder cannot be written.
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
    """Return the map's style sheet, with light colours for the document and dark ones within ``.oc-dark``.

    Raises:
        FileNotFoundError: As for `map_script`.
    """
    colours = css_variables("light", ":root, .oc-light"), css_variables("dark", ".oc-dark")
    return "\n".join((asset("vendor", "leaflet.css"), *colours, asset("web", "styles", "map.css")))


def asset(*parts: str) -> str:
    """Return a text file of the installed package."""
    return files("ocmap").joinpath(*parts).read_text("utf-8")


def hashed_name(stem: str, suffix: str, content: bytes) -> str:
    """Return a published file's name; its content's hash in it lets browsers cache the file without limit."""
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{suffix}"
