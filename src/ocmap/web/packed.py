"""Files packed once: for each reader anew, packing would cost more than running the script."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from threading import Lock

from ocmap.web.fonts import subset_font

LEAST = 500  # bytes below which packing gains nothing
PACKABLE = ("text/", "application/json", "application/javascript", "image/svg")
FONTS = ("SourceSansVF", "SourceSerifVariable", "MaterialSymbols")
LOCK = Lock()


@dataclass(frozen=True)
class PackedFile:
    """A file's content, and the same packed with gzip where that is smaller."""

    content: bytes
    packed: bytes | None
    media_type: str


def pack(name: str, content: bytes) -> PackedFile:
    """Return a file's content with a packed copy if its kind can be packed."""
    media_type = guess_type(name)[0] or "application/octet-stream"
    worth = len(content) >= LEAST and media_type.startswith(PACKABLE)
    return PackedFile(content, gzip.compress(content, 9, mtime=0) if worth else None, media_type)


def packed_file(file: Path) -> PackedFile:
    """Return a file of an installed package, read and packed at the first call; of Streamlit's fonts what we use."""
    with LOCK:  # everybody who comes first waits for one that packs
        return _packed_file(file)


@lru_cache(maxsize=1000)
def _packed_file(file: Path) -> PackedFile:
    is_font = file.suffix == ".woff2" and file.name.startswith(FONTS)
    return pack(file.name, subset_font(file) if is_font else file.read_bytes())
