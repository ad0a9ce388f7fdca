"""Write files atomically."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

PART = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")
"""The temporary name of a file that is being written; the group is its final name."""


def write_whole(directory: Path, files: Mapping[str, bytes], *, public: bool = False) -> tuple[Path, ...]:
    """Write files atomically into a directory, which is created if it is missing; return their paths.

    All files are first written under temporary names, and renamed when all of them are complete on the disk. So a full
    disk changes nothing, a reader sees the old or the new file, and two processes can write the same file. A process
    that is killed meanwhile leaves temporary files (see `PART`).

    Args:
        directory: The directory of the files.
        files: The content of each file by its name.
        public: Whether all users can read the files, whatever the process's umask is.

    Raises:
        OSError: The directory cannot be written to. The error names it.
    """
    staged: dict[Path, Path] = {}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            temporary = directory / f".{name}.{secrets.token_hex(4)}.part"
            staged[temporary] = directory / name
            _write(temporary, data)
            if public:
                temporary.chmod(0o644)
        for temporary, path in staged.items():
            temporary.replace(path)
    except OSError as error:
        # For a full disk the system names no file, otherwise the temporary one.
        error.filename = error.filename2 or os.fspath(directory)
        raise
    finally:
        for temporary in staged:
            temporary.unlink(missing_ok=True)
    return tuple(staged.values())


def reason_of(error: OSError) -> str:
    """Return the system's message, with the file if there is one: ``static: Permission denied``."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _write(path: Path, data: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
