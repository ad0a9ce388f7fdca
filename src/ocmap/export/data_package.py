"""The whole data package as a zip that ``frictionless validate`` accepts."""

from collections.abc import Mapping
from pathlib import Path

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.codebook import SHAPE_FILES, TITLE, build_codebook, build_datapackage
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.tables import TABLES
from ocmap.export.files import Download, build_zip
from ocmap.export.readme import build_readme, build_rights
from ocmap.i18n import Lang
from ocmap.web.citation import cite
from ocmap.web.map_data import CountryProfile

ORIGINS = "raw/*.origin.toml"


def names_of_files(directory: Path) -> tuple[str, ...]:
    """Return the names of the package's files: tables, shapes, and the records of the inputs that are there."""
    origins = (path.relative_to(directory).as_posix() for path in directory.glob(ORIGINS))
    return (*(table.file for table in TABLES.values()), *(f"{name}.geojson" for name in SHAPE_FILES), *origins)


def read_files(directory: Path) -> dict[str, bytes]:
    """Read the package's files as they are.

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


def build_package(profile: CountryProfile, files: Mapping[str, bytes], lang: Lang) -> bytes:
    """Return a zip of the package's files with what is made from the model: the same bytes for the same data."""
    made = {
        "CODEBOOK.md": build_codebook(),
        "datapackage.json": build_datapackage(cite(TITLE, "en")),
        "README.txt": build_readme(profile, ViewState(), Download.PACKAGE, lang),
        "LICENSE.txt": build_rights(lang),
    }
    return build_zip({**files, **{name: text.encode() for name, text in made.items()}})
