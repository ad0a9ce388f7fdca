"""The whole data package as a zip that ``frictionless validate`` accepts."""

from pathlib import Path

from ocmap.codebook import SHAPE_FILES, build_codebook, build_datapackage
from ocmap.export.files import Download, ExportError, build_zip
from ocmap.export.readme import build_readme, build_rights
from ocmap.labels import Lang
from ocmap.layers import World
from ocmap.model import TABLES
from ocmap.view import ViewState

ORIGINS = "raw/*.origin.toml"


def build_package(world: World, directory: Path, lang: Lang) -> bytes:
    """Return a zip of the data package in ``directory``, its files as they are: the same bytes for the same data.

    Raises:
        ExportError: A file cannot be read.
    """
    shapes = [f"{name}.geojson" for name in SHAPE_FILES]
    origins = [path.relative_to(directory).as_posix() for path in directory.glob(ORIGINS)]
    try:
        files = {
            name: (directory / name).read_bytes()
            for name in (*(table.file for table in TABLES.values()), *shapes, *origins)
        }
    except OSError as error:
        raise ExportError(f"{error.filename} cannot be read: {error.strerror or error}") from error
    made = {
        "CODEBOOK.md": build_codebook(),
        "datapackage.json": build_datapackage(),
        "README.txt": build_readme(world, ViewState(), Download.PACKAGE, lang),
        "LICENSE.txt": build_rights(lang),
    }
    return build_zip(files | {name: text.encode() for name, text in made.items()})
