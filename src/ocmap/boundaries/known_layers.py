"""Read what is known of official layers: columns of codes, names of departments, lakes that are left out."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple

import shapely

from ocmap.boundaries.units import UNITS
from ocmap.i18n.folding import fold

FILE: Final = "departments.toml"
LIMA: Final = "15"
LIMA_PROVINCE: Final = "1501"
_WORD: Final = re.compile(r"\w+")


class Lake(NamedTuple):
    """A lake that layers leave out.

    Attributes:
        name: Its name.
        point: A point in the lake; in a lake on the national border, a point on Peru's side of it.
        region: The region that has Peru's side of a lake on the national border, else None.
        border: The national border through the lake, else None.
    """

    name: str
    point: shapely.Point
    region: str | None
    border: shapely.LineString | None


class KnownLayers(NamedTuple):
    """What is known of official layers.

    Attributes:
        code_columns: Columns of codes in lower case, the most detailed first; several make up one code.
        names: INEI's code by a department's name, as ``normalize`` returns it.
        ignored_words: Words that a name can have beside the department's own.
        lakes: Lakes that layers leave out.
    """

    code_columns: tuple[tuple[str, ...], ...]
    names: dict[str, str]
    ignored_words: frozenset[str]
    lakes: tuple[Lake, ...]

    def find_code(self, name: str) -> str | None:
        """Return the code of a department, or of the province of Lima, by its name."""
        whole = normalize(name)
        own = " ".join(word for word in whole.split() if word not in self.ignored_words)
        return self.names.get(whole) or self.names.get(own)


def normalize(name: str) -> str:
    """Return a name without capitals, accents and punctuation."""
    return " ".join(_WORD.findall(fold(name)))


def read_known_layers(raw_dir: Path) -> KnownLayers:
    """Read ``departments.toml`` of the directory with the records of the inputs.

    Raises:
        OSError: The file cannot be read.
    """
    table = tomllib.loads((raw_dir / FILE).read_text(encoding="utf-8"))
    ignored = frozenset(table["ignored_words"])
    names = {normalize(name): code for code, others in table["names"].items() for name in others}
    for unit in UNITS:
        own = " ".join(word for word in normalize(unit.name).split() if word not in ignored)
        names.setdefault(own, unit.department)
    columns = tuple(tuple(column.lower() for column in columns) for columns in table["code_columns"])
    return KnownLayers(columns, names, ignored, tuple(map(_lake, table["lakes"])))


def _lake(row: dict[str, Any]) -> Lake:
    border = shapely.LineString(row["border"]) if "border" in row else None
    return Lake(row["name"], shapely.Point(row["point"]), row.get("region"), border)
