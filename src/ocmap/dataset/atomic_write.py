"""Writing to disk: whole or not at all."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

PART = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")
"""The name of a file that is being written, with the name that it will have."""


def write_whole(directory: Path, files: Mapping[str, bytes], *, public: bool = False) -> tuple[Path, ...]:
    """Write files into a directory, which is made where it is missing; return their paths.

    All of them are written beside their places first and renamed only when every one is whole and on the disk. So a
    full disk leaves neither half a file nor a changed one, a reader sees the old file or the new one, and two
    processes may write the same at once. A process that is killed meanwhile leaves files named as `PART` says.

    Args:
        directory: Where they go.
        files: What is in each, by its plain name.
        public: Whether everybody may read them, whatever this process's mask for new files says.

    Raises:
        OSError: The directory cannot be written to; the error names it.
    """
    staged: dict[Path, Path] = {}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            beside = directory / f".{name}.{secrets.token_hex(4)}.part"
            staged[beside] = directory / name
            _write(beside, data)
            if public:
                beside.chmod(0o644)
        for beside, path in staged.items():
            beside.replace(path)
    except OSError as error:
        # What the system says of a full disk names no file, and otherwise the one beside.
        error.filename = error.filename2 or os.fspath(directory)
        raise
    finally:
        for beside in staged:
            beside.unlink(missing_ok=True)
    return tuple(staged.values())


def reason_of(error: OSError) -> str:
    """Return what the system said, with the file where it named one: ``static: Permission denied``."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _write(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
