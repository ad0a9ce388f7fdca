"""Build the shapes offline and reproducibly; replace the files only if all of them pass the checks."""

import tempfile
from pathlib import Path

import shapely

from ocmap.boundaries.departments import build_departments
from ocmap.boundaries.geojson import to_geojson
from ocmap.boundaries.land import build_units
from ocmap.boundaries.origins import ORIGINS, check_cache
from ocmap.boundaries.shape_files import build_shapes
from ocmap.boundaries.towns import check_towns
from ocmap.boundaries.verification import check_shapes
from ocmap.dataset.errors import DataError, Problem


def build(raw_dir: Path, out_dir: Path, departments: Path | None = None) -> None:
    """Build the five files of shapes from the fetched inputs; a second build gives the same bytes.

    The files are written to a temporary directory, read again and checked. Only then they replace the old ones.

    Args:
        raw_dir: Directory with the records of the inputs and their cache.
        out_dir: Where the files go. The official areas are read from its ``places.csv``, or from the one beside
            ``raw_dir`` if it has none.
        departments: An official layer of Peru's 25 departments, to use instead of Natural Earth's units.

    Raises:
        DataError: An input is missing or differs from its record, the user's layer cannot be used, or the result
            fails its checks.
    """
    problems = [problem for origin in ORIGINS for problem in check_cache(raw_dir, origin)]
    if problems:
        raise DataError(problems)
    cache = raw_dir / "cache"
    differences = check_towns(cache / "cities500.json")
    if problems := [
        Problem("cities500.json", 0, "-", text, "the same as in the table of towns") for text in differences
    ]:
        raise DataError(problems)
    units = build_units(cache)
    if departments is not None:
        units = build_departments(departments, units)
    try:
        shapes = build_shapes(units, cache)
    except (ValueError, TypeError, shapely.GEOSException) as error:
        name = departments.name if departments else "natural-earth"
        raise DataError([Problem(name, 0, "geometry", str(error), "shapes that fit together")]) from error
    texts = {name: to_geojson(features) for name, features in shapes.items()}
    places = next((p for p in (out_dir / "places.csv", raw_dir.parent / "places.csv") if p.exists()), None)
    _replace(texts, out_dir, places)


def _replace(texts: dict[str, str], out_dir: Path, places: Path | None) -> None:
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=out_dir) as scratch:
        temporary = Path(scratch)
        for name, text in texts.items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
        if problems := check_shapes(temporary, places):
            raise DataError(problems)
        for name in texts:
            (temporary / name).replace(out_dir / name)
