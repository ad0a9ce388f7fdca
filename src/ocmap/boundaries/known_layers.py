"""Read what is known of official layers: columns of codes, names of regions, lakes that are left out."""

import re
from typing import Final

import shapely

from ocmap.boundaries.recipe import Package
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.fields import Id, Text
from ocmap.dataset.settings import Position, Section
from ocmap.dataset.toml_files import problem_at, read_toml
from ocmap.i18n.folding import fold

FILE: Final = "raw/departments.toml"
_WORD: Final = re.compile(r"\w+")


class Lake(Section):
    """A lake that layers leave out.

    Attributes:
        name: Its name.
        point: A point in the lake; in a lake on the national border, a point on the country's side of it.
        region: The region that has the country's side of a lake on the national border, else None.
        border: The national border through the lake, else None.
    """

    name: Text
    point: Position
    region: Id | None = None
    border: tuple[Position, ...] | None = None

    @property
    def at(self) -> shapely.Point:
        """The point as a shape."""
        return shapely.Point(self.point)


class LayerFacts(Section):
    """``raw/departments.toml``.

    Attributes:
        code_columns: Columns of codes, the most detailed first; several make up one code.
        names: Other names by code.
        ignored_words: Words that a name can have beside the region's own.
        lakes: Lakes that layers leave out.
    """

    code_columns: tuple[tuple[Text, ...], ...]
    names: dict[str, tuple[Text, ...]]
    ignored_words: frozenset[str]
    lakes: tuple[Lake, ...] = ()


class KnownLayers:
    """What is known of official layers of a package's regions.

    Attributes:
        package: The package.
        lakes: Lakes that layers leave out.
        code_columns: Columns of codes in lower case, the most detailed first; several make up one code.
        regions: The regions' ids by official code. A code that begins with another one is of a part of that unit,
            which is a region of its own.
        width: Digits of the code of a first-level unit; each finer level has as many more.
        units: The ids of the regions that are no such part, by code.
    """

    def __init__(self, package: Package, facts: LayerFacts) -> None:
        """Prepare the lookups."""
        self.package, self.lakes = package, facts.lakes
        self.code_columns = [tuple(column.lower() for column in columns) for columns in facts.code_columns]
        self.regions = {place.ubigeo: place_id for place_id, place in package.regions.items()}
        self.width = min(map(len, self.regions))
        self.units = {code: place_id for code, place_id in self.regions.items() if len(code) == self.width}
        self._ignored = facts.ignored_words
        self._codes = {normalize(name): code for code, others in facts.names.items() for name in others}
        for code, place_id in self.regions.items():
            self._codes.setdefault(self._own_words(package.names[place_id]), code)

    def _own_words(self, name: str) -> str:
        return " ".join(word for word in normalize(name).split() if word not in self._ignored)

    def find_code(self, name: str) -> str | None:
        """Return the code of a region by its name."""
        return self._codes.get(normalize(name)) or self._codes.get(self._own_words(name))

    def region_of(self, code: str) -> str:
        """Return the id of the region of a unit: of the longest code with which the unit's begins."""
        return self.regions[max((own for own in self.regions if code.startswith(own)), key=len)]

    def parts_in(self, codes: list[str]) -> dict[str, str]:
        """Return the parts that a layer with these codes does not divide from their unit: ids of part and unit."""
        parts = {code: place_id for code, place_id in self.regions.items() if len(code) > self.width}
        found = {}
        for part, place_id in parts.items():
            unit = part[: self.width]
            if {code.startswith(part) for code in codes if code.startswith(unit)} != {True, False}:
                found[place_id] = self.units[unit]
        return found


def normalize(name: str) -> str:
    """Return a name without capitals, accents and punctuation."""
    return " ".join(_WORD.findall(fold(name)))


def read_known_layers(package: Package) -> KnownLayers:
    """Read ``departments.toml`` of the folder with the records of the inputs.

    Raises:
        DataError: It cannot be read or has a fault, names an unknown region, or a region has no official code.
    """
    problems: list[Problem] = []
    if (found := read_toml(package.raw.parent, FILE, LayerFacts, problems)) is None:
        raise DataError(problems)
    facts, lines = found
    if blank := [place_id for place_id, place in package.regions.items() if not place.ubigeo]:
        no_code = f"no code of {', '.join(blank)}"
        raise DataError([Problem("places.csv", 0, "ubigeo", no_code, "the official code of each region")])
    for number, lake in enumerate(facts.lakes):
        if lake.region and lake.region not in package.regions:
            problems.append(problem_at(FILE, lines, f"lakes.{number}.region", lake.region, "a region of places.csv"))
    if problems:
        raise DataError(problems)
    return KnownLayers(package, facts)
