"""Files as they are sent: packed once, since packing for each reader would cost more than running the script."""

import gzip
import hashlib
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import PurePath

LEAST = 500  # bytes below which packing gains nothing
PACKABLE = ("text/", "application/json", "application/javascript", "image/svg")
TYPES = {".js": "text/javascript", ".woff2": "font/woff2"}  # what Python says of these depends on the system


@dataclass(frozen=True)
class PackedFile:
    """A file's content, and the same packed with gzip where that is smaller."""

    content: bytes
    packed: bytes | None
    media_type: str
    etag: str


def pack(name: str, content: bytes) -> PackedFile:
    """Return a file's content with a packed copy if its kind can be packed."""
    media_type = TYPES.get(PurePath(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    worth = len(content) >= LEAST and media_type.startswith(PACKABLE)
    packed = gzip.compress(content, 9, mtime=0) if worth else None
    return PackedFile(content, packed, media_type, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
