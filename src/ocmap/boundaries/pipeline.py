"""Build the shapes offline and reproducibly; replace the files only if all of them pass the checks."""

import tempfile
from pathlib import Path
from typing import Final

import shapely

from ocmap.boundaries.coverage import TOLERANCE_M, Geometries, merge
from ocmap.boundaries.departments import UserLayer, build_departments
from ocmap.boundaries.expected import TOTAL_BYTES, TRIPOINTS, Tripoints
from ocmap.boundaries.figures import measure_tripoints
from ocmap.boundaries.geojson import to_geojson
from ocmap.boundaries.known_layers import read_known_layers
from ocmap.boundaries.land import build_units
from ocmap.boundaries.origins import ORIGINS, check_cache
from ocmap.boundaries.repairs import Repair
from ocmap.boundaries.shape_files import build_shapes
from ocmap.boundaries.towns import check_towns
from ocmap.boundaries.units import REGION_IDS
from ocmap.boundaries.verification import check_shapes
from ocmap.dataset.errors import DataError, Problem

TOLERANCES_M: Final = (TOLERANCE_M, 750.0, 1_000.0, 1_500.0, 2_000.0)
"""Tolerances of the simplification, in metres; the first is used with which the files are small enough."""


def build(raw_dir: Path, out_dir: Path, source: UserLayer | None = None) -> list[str]:
    """Build the five files of shapes from the fetched inputs; a second build gives the same bytes.

    The files are written to a temporary directory, read again and checked. Only then they replace the old ones.

    Args:
        raw_dir: Directory with the records of the inputs and their cache.
        out_dir: Where the files go. The official areas are read from its ``places.csv``, or from the one beside
            ``raw_dir`` if it has none.
        source: An official layer of Peru's departments, to use instead of Natural Earth's units.

    Returns:
        What was repaired in the official layer, a line each.

    Raises:
        DataError: An input is missing or differs from its record, the user's layer cannot be used, or the result
            fails its checks.
    """
    _check_inputs(raw_dir)
    cache = raw_dir / "cache"
    units = build_units(cache)
    repairs: list[Repair] = []
    tripoints, name = TRIPOINTS, "natural-earth"
    try:
        if source is not None:
            name = source.path.name
            units, repairs = build_departments(source, units, read_known_layers(raw_dir))
            tripoints = measure_tripoints(merge(units[i] for i in sorted(REGION_IDS)), units)
        texts, tolerance_m = _build_texts(units, cache)
    except (ValueError, TypeError, shapely.GEOSException) as error:
        raise DataError([Problem(name, 0, "geometry", str(error), "shapes that fit together")]) from error
    places = next((p for p in (out_dir / "places.csv", raw_dir.parent / "places.csv") if p.exists()), None)
    _replace(texts, out_dir, places, tripoints)
    report = [str(repair) for repair in repairs]
    if tolerance_m > TOLERANCE_M:
        report.append(f"{name}: too detailed for a browser: borders simplified by {tolerance_m:.0f} m")
    return report


def _check_inputs(raw_dir: Path) -> None:
    problems = [problem for origin in ORIGINS for problem in check_cache(raw_dir, origin)]
    if problems:
        raise DataError(problems)
    differences = check_towns(raw_dir / "cache" / "cities500.json")
    if problems := [
        Problem("cities500.json", 0, "-", text, "the same as in the table of towns") for text in differences
    ]:
        raise DataError(problems)


def _build_texts(units: Geometries, cache: Path) -> tuple[dict[str, str], float]:
    """Return the files' texts by name, and the tolerance in metres with which they are small enough."""
    for tolerance_m in TOLERANCES_M:
        texts = {name: to_geojson(features) for name, features in build_shapes(units, cache, tolerance_m).items()}
        if sum(len(text.encode()) for text in texts.values()) <= TOTAL_BYTES:
            break
    return texts, tolerance_m


def _replace(texts: dict[str, str], out_dir: Path, places: Path | None, tripoints: Tripoints) -> None:
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=out_dir) as scratch:
        temporary = Path(scratch)
        for name, text in texts.items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
        if problems := check_shapes(temporary, places, tripoints):
            raise DataError(problems)
        for name in texts:
            (temporary / name).replace(out_dir / name)
