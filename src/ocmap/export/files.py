"""Name, zip and write files that leave the app; zips are reproducible and writing is atomic."""

import io
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.atomic_write import write_whole
from ocmap.dataset.codebook import name_of
from ocmap.dataset.dataset import Dataset

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}", re.ASCII)
UNSAFE = re.compile(r"[^a-z0-9]+")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can store
PLAIN_FILE = 0o644 << 16
UNIX = 3


class ExportError(Exception):
    """A file cannot be made or written; the message tells a user why."""


class EmptyExportError(ExportError):
    """The view and its filters leave nothing to export."""


class Download(StrEnum):
    """What can be downloaded: the data package, or a view as GeoPackage, GeoJSON, workbook, CSV or image."""

    PACKAGE = "zip"
    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"
    XLSX = "xlsx"
    CSV = "csv"
    SVG = "svg"
    PNG = "png"


ENDINGS: Mapping[Download, str] = {
    Download.PACKAGE: "-datapackage.zip",
    Download.GEOPACKAGE: ".gpkg",
    Download.GEOJSON: "-geojson.zip",
    Download.XLSX: ".xlsx",
    Download.CSV: "-csv.zip",
    Download.SVG: ".svg",
    Download.PNG: ".png",
}


def file_name(dataset: Dataset, download: Download, view: ViewState) -> str:
    """Return the name to offer for a download of a view: ``ocmap-pe-mdd-0.1.0-csv.zip``."""
    parts = [name_of(dataset)]
    if download not in {Download.PACKAGE, Download.GEOPACKAGE}:
        parts = [view.place or view.route or name_of(dataset)]
    if download is not Download.PACKAGE and view.is_filtered:
        parts.append(view.markets[0] if len(view.markets) == 1 and not view.actors else "selection")
    subject = UNSAFE.sub("-", "-".join(parts).lower()).strip("-")
    return f"ocmap-{subject}-{dataset.version}{ENDINGS[download]}"


def build_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name; the same files give the same bytes at any time, on any machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = UNIX
            info.external_attr = PLAIN_FILE
            archive.writestr(info, members[name])
    return out.getvalue()


def write_files(directory: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a directory, all of them or none; return their paths.

    Raises:
        ExportError: A name is not a plain file name, or the directory cannot be written to.
    """
    for name in files:
        if not NAME.fullmatch(name):
            raise ExportError(
                f"{name!r} is not a valid file name: use only letters, digits, '.', '-' and '_', and no folder"
            )
    try:
        return write_whole(directory, files)
    except FileExistsError as error:
        raise ExportError(f"{directory} is a file, not a folder") from error
    except OSError as error:
        raise ExportError(
            f"{directory} cannot be written to: {error.strerror or error}; nothing was written"
        ) from error
