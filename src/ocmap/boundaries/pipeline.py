"""The build: offline, the same every time, and nothing replaced unless all of it is right."""

from __future__ import annotations

import tempfile
from pathlib import Path

import shapely

from ocmap.boundaries.checks import check_shapes
from ocmap.boundaries.departments import build_departments
from ocmap.boundaries.geojson import to_geojson
from ocmap.boundaries.land import build_units
from ocmap.boundaries.origins import ORIGINS, check_cache
from ocmap.boundaries.shapes import build_shapes
from ocmap.boundaries.towns import check_towns
from ocmap.dataset.errors import DataError, Problem


def build(raw_dir: Path, out_dir: Path, departments: Path | None = None) -> None:
    """Build the five files of shapes from what was fetched; a second build changes no byte.

    The files are written beside the old ones, checked as re-read, and only then take their place.

    Args:
        raw_dir: Directory with the records of the inputs, and their cache.
        out_dir: Where the files go. The official areas are read from its ``places.csv``, or where it has
            none, from the one beside ``raw_dir``.
        departments: An official layer of Peru's 25 departments to build on, in place of Natural Earth's.

    Raises:
        DataError: An input is missing or not what was recorded, the user's layer cannot be used, or the
            result fails its checks.
    """
    problems = [problem for origin in ORIGINS for problem in check_cache(raw_dir, origin)]
    if problems:
        raise DataError(problems)
    cache = raw_dir / "cache"
    faults = check_towns(cache / "cities500.json")
    if problems := [Problem("cities500.json", 0, "", fault, "the table of towns") for fault in faults]:
        raise DataError(problems)
    units = build_units(cache)
    if departments is not None:
        units = build_departments(departments, units)
    try:
        shapes = build_shapes(units, cache)
    except (ValueError, TypeError, shapely.GEOSException) as fault:
        name = departments.name if departments else "natural-earth"
        raise DataError([Problem(name, 0, "geometry", str(fault), "shapes that can be built on")]) from fault
    texts = {name: to_geojson(features) for name, features in shapes.items()}
    places = next((p for p in (out_dir / "places.csv", raw_dir.parent / "places.csv") if p.exists()), None)
    _replace(texts, out_dir, places)


def _replace(texts: dict[str, str], out_dir: Path, places: Path | None) -> None:
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=out_dir) as scratch:
        beside = Path(scratch)
        for name, text in texts.items():
            (beside / name).write_text(text, encoding="utf-8", newline="\n")
        if problems := check_shapes(beside, places):
            raise DataError(problems)
        for name in texts:
            (beside / name).replace(out_dir / name)
