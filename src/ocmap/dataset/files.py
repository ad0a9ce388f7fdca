"""The files of the data package, as bytes."""

from pathlib import Path

from ocmap.dataset import changes, settings
from ocmap.dataset.codebook import SHAPE_FILES
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.tables import TABLES

ORIGINS = "raw/*.origin.toml"


def shipped_folder() -> Path:
    """Return the folder with app.py and geodata: a wheel has its own, otherwise it is the repository."""
    package = Path(__file__).parents[1]
    installed = package / "dashboard"  # hatch_build.py puts it there
    return installed if installed.is_dir() else package.parents[1]


def names_of_files(directory: Path) -> tuple[str, ...]:
    """Return the names of the package's files: tables, shapes, and the records of inputs in the directory."""
    origins = (path.relative_to(directory).as_posix() for path in directory.glob(ORIGINS))
    own = (settings.FILE, changes.FILE)
    return (*own, *(table.file for table in TABLES.values()), *(f"{name}.geojson" for name in SHAPE_FILES), *origins)


def read_files(directory: Path) -> dict[str, bytes]:
    """Read the package's files.

    Raises:
        DataError: Files cannot be read.
    """
    files, problems = {}, []
    for name in names_of_files(directory):
        try:
            files[name] = (directory / name).read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.append(Problem(name, 0, "-", f"cannot be read ({reason})", "a file of the data package"))
    if problems:
        raise DataError(problems)
    return files
