"""Build the shapes offline and reproducibly; replace the files only if all of them pass the checks."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import shapely

from ocmap.boundaries.coverage import TOLERANCE_M, Geometries, merge
from ocmap.boundaries.departments import build_departments
from ocmap.boundaries.figures import check_capitals, measure_tripoints
from ocmap.boundaries.known_layers import read_known_layers
from ocmap.boundaries.land import build_units
from ocmap.boundaries.lines import build_paths, build_rivers
from ocmap.boundaries.origins import check_inputs
from ocmap.boundaries.recipe import Expected, Package, read_package
from ocmap.boundaries.repairs import Repair
from ocmap.boundaries.shape_files import Ground, Lines, Texts, draw
from ocmap.boundaries.sources import UserLayer
from ocmap.boundaries.verification import check_shapes
from ocmap.dataset.errors import DataError, Problem


def build(data: Path, out_dir: Path, source: UserLayer | None = None) -> list[str]:
    """Build the five files of shapes from the fetched inputs; a second build gives the same bytes.

    The files are written to a temporary directory, read again and checked. Only then they replace the old ones.

    Args:
        data: The data package: its tables, its recipe ``raw/shapes.toml`` and the inputs.
        out_dir: Where the files go.
        source: An official layer of the regions, to use instead of Natural Earth's units.

    Returns:
        What was repaired in the official layer, a line each.

    Raises:
        DataError: An input is missing or differs from its record, a table has a fault, the user's layer cannot be
            used, or the result fails its checks.
    """
    package = read_package(data)
    check_inputs(package.raw)
    repairs: Sequence[Repair] = ()
    expected, name = package.recipe.expected, "natural-earth"
    try:
        units = build_units(package)
        if source is not None:
            name = source.path.name
            units, repairs = build_departments(source, units, read_known_layers(package))
        texts, tolerance_m = _draw(package, units)
        if source is not None:
            country = merge(units[i] for i in sorted(package.regions))
            expected = measure_tripoints(country, units, package, tolerance_m)
    except (ValueError, TypeError, shapely.GEOSException) as error:
        raise DataError([Problem(name, 0, "geometry", str(error), "shapes that fit together")]) from error
    _replace(texts, out_dir, package, expected)
    report = [str(repair) for repair in repairs]
    if tolerance_m > TOLERANCE_M:
        report.append(f"{name}: too detailed for a browser: borders simplified by {tolerance_m:.0f} m")
    return report


def _draw(package: Package, units: Geometries) -> tuple[Texts, float]:
    """Return the files' texts by name, and the tolerance in metres with which they are small enough."""
    ground = Ground(package.country, sorted(package.regions), units, package.inputs.frame, package.plane)
    rivers = build_rivers(package)
    lines = Lines(rivers, lambda country, abroad: build_paths(package, rivers, country, abroad))
    drawn = draw(ground, lines, package.names)
    if problems := list(check_capitals(drawn.land.regions, package)):
        raise DataError(problems)
    return drawn.texts, drawn.tolerance_m


def _replace(texts: Texts, out_dir: Path, package: Package, expected: Expected) -> None:
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=out_dir) as scratch:
        temporary = Path(scratch)
        for name, text in texts.items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
        if problems := check_shapes(temporary, package, expected):
            raise DataError(problems)
        for name in texts:
            (temporary / name).replace(out_dir / name)
