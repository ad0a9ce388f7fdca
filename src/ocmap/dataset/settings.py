"""The schema of ``profile.toml``: what a data package says of its country and no table holds."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints
from pydantic_core import PydanticCustomError

from ocmap.dataset.errors import Problem
from ocmap.dataset.fields import Id, Note, Text
from ocmap.dataset.schema import Lang
from ocmap.dataset.toml_files import Lines, problem_at, read_toml

FILE = "profile.toml"

Longitude = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Position = tuple[Longitude, Latitude]
Extent = tuple[Longitude, Latitude, Longitude, Latitude]
"""West, south, east, north, in degrees. East of 180° in a country that crosses that line."""
Texts = dict[str, Text | dict[str, Text]]


def _in_order(extent: Extent) -> Extent:
    west, south, east, north = extent
    if west >= east or south >= north:
        raise PydanticCustomError("extent", "west, south, east, north, in that order")
    return extent


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PydanticCustomError("expression", "a regular expression") from error
    return pattern


def is_in(extent: Extent, lon: float, lat: float) -> bool:
    """Return whether a position is inside an extent."""
    west, south, east, north = extent
    return west < lon < east and south < lat < north


OrderedExtent = Annotated[Extent, AfterValidator(_in_order)]


class Section(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class InBoth(Section):
    """A text in both languages."""

    en: Text
    es: Text

    def of(self, lang: Lang) -> str:
        """Return the text in a language."""
        return self.es if lang == "es" else self.en


class Country(Section):
    """The country. Its names are in places.csv, like those of every other place.

    Attributes:
        id: ISO 3166-1 alpha-2, as in places.csv.
        regions: How many first-level units it has.
        units: What they are, in English.
        people_en: What its people and goods are called in English, for the rules of coding.
        code: The name of the official code of its units, as it stands before one of them.
        codes: Such codes, as they stand in a list.
        code_pattern: The regular expression that such a code matches as a whole.
        office: Who publishes the codes and the areas; in Spanish also with the article.
    """

    id: Id
    regions: Annotated[int, Field(ge=1)]
    units: Note = ""
    people_en: Text
    code: InBoth
    codes: InBoth
    code_pattern: Annotated[str, AfterValidator(_expression)] = ".*"
    office: Text
    office_es: Text
    office_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Map(Section):
    """The map.

    Attributes:
        frame: All that the map can show.
        centre: The middle of the equal-area projection and of the first view.
        home: What the first view shows, where not the whole country, as some of its islands are far away.
        paths: The lines of paths.geojson that routes can follow.
    """

    frame: OrderedExtent
    centre: Position
    home: OrderedExtent | None = None
    paths: tuple[Id, ...] = ()


class Source(Section):
    """The profile that is coded.

    Attributes:
        title: The title of the whole work, without its edition.
        profile: What part of it the country's profile is.
        sentences: How many sentences it has; 0 while not all of them are listed.
    """

    publisher: Text
    title: InBoth
    edition: Annotated[int, Field(ge=1900, le=2200)]
    profile: InBoth
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    sentences: Annotated[int, Field(ge=0)]

    @property
    def site(self) -> str:
        """The host of its address, as a label of links to it."""
        return (urlsplit(self.url).hostname or self.url).removeprefix("www.")

    def full(self, lang: Lang) -> str:
        """Return publisher, title, edition and part."""
        return f"{self.publisher}, {self.title.of(lang)} {self.edition}, {self.profile.of(lang)}"


class Inset(Section):
    """A window on regions that are too small on the whole map, or on land that is far away.

    Attributes:
        places: The regions; the first names it, and all of them name land that is far away.
        window: What it shows in print; of land that is far away, what it shows on the screen.
        at: Where it lies on the poster's map, in units of 1/640 of the map's width. Land that is far away has none: the
            poster has it in its place.
    """

    places: Annotated[tuple[Id, ...], Field(min_length=1)]
    window: OrderedExtent
    at: tuple[int, int] | None = None


class Print(Section):
    """What is shown on paper: on the poster and on the smaller map of a brief."""

    poster: OrderedExtent
    brief: OrderedExtent


class Question(InBoth):
    """A question to start with, and the link to the view that answers it."""

    link: Annotated[str, StringConstraints(pattern=r"^\?\S*$")]


class Start(Section):
    """What a new reader starts with.

    Attributes:
        example: The place that the tour opens.
    """

    example: Id
    questions: tuple[Question, ...] = ()


class Comparison(InBoth):
    """A comparison to begin with, and what it shows."""

    places: Annotated[tuple[Id, ...], Field(min_length=2, max_length=3)]


class Compare(Section):
    """The comparisons to begin with."""

    suggested: tuple[Comparison, ...] = ()


class Method(Section):
    """What the method view says of this country alone.

    Attributes:
        example: How a place is worked out, after "The rest is worked out:".
        boundaries: How far the shapes are off, as it was measured.
        assigned: Why no place is assigned to a region by its position, as it was measured.
        limits: What else a reader must know.
    """

    example: InBoth | None = None
    boundaries: tuple[InBoth, ...] = ()
    assigned: InBoth | None = None
    limits: tuple[InBoth, ...] = ()


class Coding(Section):
    """What the rules of coding say of this country alone.

    Attributes:
        places: What place is meant by a name that could be two.
        example: An example of how a place is coded.
    """

    places: Text | None = None
    example: Text | None = None


class Settings(Section):
    """``profile.toml``.

    Attributes:
        place_notes: Which regions are counted in a wider area, and why, by its id.
        names: Names in the package's texts that are in no table, each with what it is. None of them is a person.
        texts: Texts of the screen that this country has in its own words, by language, table and key.
    """

    country: Country
    map: Map
    source: Source
    print: Print
    start: Start
    inset: Inset | None = None
    compare: Compare = Compare()
    method: Method = Method()
    coding: Coding = Coding()
    place_notes: dict[Id, InBoth] = Field(default_factory=dict)
    names: dict[str, Text] = Field(default_factory=dict)
    texts: dict[Lang, dict[str, Texts]] = Field(default_factory=dict)
    _lines: Lines = PrivateAttr(default_factory=dict)

    def problem(self, key: str, found: str, expected: str) -> Problem:
        """Return a fault of the value under a key such as ``start.example``."""
        return problem_at(FILE, self._lines, key, found, expected)


def read_settings(directory: Path, problems: list[Problem]) -> Settings | None:
    """Return the settings in a package's ``profile.toml``; None after appending its faults to ``problems``."""
    if (found := read_toml(directory, FILE, Settings, problems)) is None:
        return None
    settings, lines = found
    settings._lines = lines  # noqa: SLF001 - not part of what the file says
    return settings
