"""Read how the shapes of a data package are built: ``raw/shapes.toml``, ``profile.toml`` and ``places.csv``."""

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self

import shapely
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ocmap.boundaries.sources import Inputs, Town, read_towns
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError, Problem
from ocmap.dataset.fields import Id, Text
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import Place, PlaceKind
from ocmap.dataset.settings import Position, Section
from ocmap.dataset.toml_files import Lines, problem_at, read_toml
from ocmap.geo.crs import equal_area

FILE: Final = "raw/shapes.toml"

Ring = Annotated[tuple[Position, ...], Field(min_length=3)]
Share = Annotated[float, Field(gt=0, lt=1)]


class Island(Section):
    """An island without a capital: its region, a point on it."""

    region: Id
    point: Position


class Sketch(Section):
    """Our own outline of a region.

    Attributes:
        rest: The region that has the land around it.
        parts: The outline, a ring for each part.
        sea: Where the inputs draw land and there is sea.
    """

    region: Id
    rest: Id
    parts: tuple[Ring, ...]
    sea: Ring


class MainRiver(Section):
    """A river that is drawn.

    Attributes:
        number: Its number in Natural Earth.
        north_of: The town where the part begins that is meant, if only the northern one is.
        south_of: The same, if only the southern part is.
    """

    id: Id
    number: int
    name_es: Text
    name_en: Text
    rank: Literal[1, 2]
    north_of: int | None = None
    south_of: int | None = None

    @model_validator(mode="after")
    def _one_part(self) -> Self:
        if self.north_of is not None and self.south_of is not None:
            raise PydanticCustomError("part", "north_of or south_of, not both")
        return self


class PathRecipe(Section):
    """A schematic line that a route can follow.

    Attributes:
        towns: The towns that it passes in a straight line; with rivers, the one where it begins.
        rivers: The rivers that it goes down.
        tripoint: The two neighbours where it ends.
        towards: The town abroad towards which it ends at the border.
    """

    id: Id
    name_es: Text
    name_en: Text
    towns: Annotated[tuple[int, ...], Field(min_length=1)]
    rivers: tuple[Id, ...] = ()
    tripoint: tuple[Id, Id] | None = None
    towards: int | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        down_rivers = bool(self.rivers)
        if down_rivers != (self.tripoint is not None):
            raise PydanticCustomError("path", "rivers and a tripoint together, or neither")
        if down_rivers and (len(self.towns) > 1 or self.towards is not None):
            raise PydanticCustomError("path", "with rivers one town, and nothing in towards")
        if not down_rivers and len(self.towns) == 1 and self.towards is None:
            raise PydanticCustomError("path", "rivers, a second town or one in towards")
        return self


class Tripoint(Section):
    """A point where the country and two neighbours meet: their codes, its position."""

    countries: tuple[Id, Id]
    at: Position


class Expected(Section):
    """What the shapes must measure. What is left out is not checked.

    Attributes:
        area: Share of the official area by which a region may differ.
        area_of: Exceptions, by region.
        country: The same of the whole country.
        tripoint_km: Distance by which a three-country point may differ.
    """

    area: Share = math.inf
    area_of: dict[Id, Share] = Field(default_factory=dict)
    country: Share = math.inf
    tripoint_km: float = math.inf
    tripoints: tuple[Tripoint, ...] = ()


class Recipe(Section):
    """``raw/shapes.toml``.

    Attributes:
        lines: The country's code in Natural Earth's lines of first-level units.
        capitals: The capital of each region.
    """

    lines: Text
    capitals: dict[Id, int]
    islands: tuple[Island, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    rivers: tuple[MainRiver, ...] = ()
    paths: tuple[PathRecipe, ...] = ()
    expected: Expected = Expected()


@dataclass(frozen=True, eq=False)
class Package:
    """A data package whose shapes are built: its tables, its recipe, the folder of the inputs."""

    dataset: Dataset
    recipe: Recipe
    raw: Path

    @property
    def country(self) -> str:
        """The id of the country."""
        return self.dataset.country_id

    @cached_property
    def inputs(self) -> Inputs:
        """The fetched inputs, inside the map's frame."""
        return Inputs(self.raw / "cache", 0, self.dataset.settings.map.frame)

    @cached_property
    def plane(self) -> str:
        """The equal-area plane around the middle of the map."""
        return equal_area(self.dataset.settings.map.centre)

    @cached_property
    def regions(self) -> Mapping[str, Place]:
        """The regions by id."""
        return {place.place_id: place for place in self.dataset.places if place.kind is PlaceKind.REGION}

    @cached_property
    def neighbours(self) -> Mapping[str, str]:
        """The neighbouring countries by the id of their corridor."""
        return {place.place_id: place.country for place in self.dataset.places if place.country}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of all places in Spanish, by id."""
        return {place.place_id: place.name_es for place in self.dataset.places}

    @cached_property
    def _towns(self) -> Mapping[str, Town]:
        return read_towns(self.inputs.cache)

    def town(self, geonames_id: int) -> shapely.Point:
        """Return the position of a town of GeoNames, with 4 decimals of a degree.

        Raises:
            ValueError: There is no such town.
        """
        if (town := self._towns.get(str(geonames_id))) is None:
            raise ValueError(f"GeoNames has no town {geonames_id}")
        return shapely.Point(round(town["longitude"], 4), round(town["latitude"], 4))

    def label(self, place_id: str) -> str:
        """Return a region's name and its id: ``Name (XX-ID)``."""
        return f"{self.names[place_id]} ({place_id})"


def read_package(data: Path) -> Package:
    """Read the tables of a package and its recipe.

    Raises:
        DataError: One of them has a fault, or the package has no recipe.
    """
    problems: list[Problem] = []
    if not (data / FILE).exists():
        found, expected = "the package has no recipe for its shapes", "one; what `ocmap new` has made stays as it is"
        raise DataError([Problem(FILE, 0, "-", found, expected)])
    if (read := read_toml(data, FILE, Recipe, problems)) is None:
        raise DataError(problems)
    recipe, lines = read
    package = Package(read_dataset(data), recipe, data / "raw")
    if problems := list(_check_references(package, lines)):
        raise DataError(problems)
    return package


def _check_references(package: Package, lines: Lines) -> Iterator[Problem]:
    """Check that what the recipe names is in the list of places or in the recipe."""
    recipe, regions = package.recipe, package.regions.keys()
    region = (regions, "a region of places.csv")
    neighbour = (set(package.neighbours.values()), "a neighbour of places.csv")
    river = ({river.id for river in recipe.rivers}, "rivers of the recipe")
    tripoints = recipe.expected.tripoints
    references: list[tuple[str, Iterable[str], tuple[AbstractSet[str], str]]] = [
        *((f"capitals.{one}", [one], region) for one in recipe.capitals),
        *((f"islands.{n}.region", [island.region], region) for n, island in enumerate(recipe.islands)),
        *((f"sketches.{n}.region", [sketch.region], region) for n, sketch in enumerate(recipe.sketches)),
        *((f"sketches.{n}.rest", [sketch.rest], region) for n, sketch in enumerate(recipe.sketches)),
        *((f"paths.{n}.rivers", path.rivers, river) for n, path in enumerate(recipe.paths)),
        *((f"paths.{n}.tripoint", path.tripoint or (), neighbour) for n, path in enumerate(recipe.paths)),
        ("expected.area_of", recipe.expected.area_of, region),
        *((f"expected.tripoints.{n}.countries", one.countries, neighbour) for n, one in enumerate(tripoints)),
    ]
    for key, ids, (known, expected) in references:
        if unknown := sorted(set(ids) - known):
            yield problem_at(FILE, lines, key, ", ".join(unknown), expected)
    if missing := sorted(regions - recipe.capitals.keys()):
        yield problem_at(FILE, lines, "capitals", f"{', '.join(missing)} missing", "a capital for each region")
