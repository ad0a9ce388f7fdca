"""The types of cells, from which the records of the schema are built."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

LIST_SEPARATOR = ";"
LONGEST_TEXT = 2000
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
"""Control characters, which XML does not allow, and characters without width, which can disguise a text."""


@dataclass(frozen=True)
class Ref:
    """Marks a field with ids of another table.

    Attributes:
        table: The table's name.
        groups: Whether the id of a group of topics is allowed too.
    """

    table: str
    groups: bool = False


def split_list(cell: object) -> object:
    """Split a cell that holds a list; return a value that is not text unchanged, for pydantic to judge."""
    if not isinstance(cell, str):
        return cell
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR)) if cell.strip() else ()


def blank_as_none(cell: object) -> object:
    """Return None for an empty cell."""
    return None if cell == "" else cell


def showable(text: str) -> str:
    """Return the text if all of its characters are visible.

    Raises:
        PydanticCustomError: It contains a control character or a character without width.
    """
    if found := UNSHOWABLE.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise PydanticCustomError("unshowable", "text without the character {code}", {"code": code})
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$", max_length=80)]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, strip_whitespace=True), AfterValidator(showable)
]
Note = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(showable)]
Words = Annotated[tuple[Text, ...], BeforeValidator(split_list)]
Lon = Annotated[Annotated[float, Field(ge=-180, le=360, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)]
Lat = Annotated[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)]
Measure = Annotated[Annotated[float, Field(gt=0, allow_inf_nan=False)] | None, BeforeValidator(blank_as_none)]

TopicId = Annotated[Id, Ref("topics")]
OptionalTopicId = Annotated[Id | None, BeforeValidator(blank_as_none), Ref("topics")]
TopicIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("topics")]
MarketIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("topics", groups=True)]
PlaceId = Annotated[Id, Ref("places")]
PlaceIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("places")]
ActorIds = Annotated[tuple[Id, ...], BeforeValidator(split_list), Ref("actors")]


class Record(BaseModel):
    """A row of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")
