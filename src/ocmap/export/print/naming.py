"""Where the names on a map stand, so that none lies over another."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.schema import Align
from ocmap.export.print.projection import LETTER

CAPITAL = 0.68  # as `LETTER`, for capitals
SHARE_LEFT = {Align.START: 0.0, Align.MIDDLE: 0.5, Align.END: 1.0}


class Style(NamedTuple):
    """A kind of name: its size and spacing; its colour and slant are the template's."""

    size: float
    spacing: float = 0.0

    @property
    def leading(self) -> float:
        """Return the distance between two lines."""
        return self.size * 1.08

    def width(self, text: str) -> float:
        """Return about the room that a text takes."""
        return sum((CAPITAL if one.isupper() else LETTER) * self.size + self.spacing for one in text)


STYLES = {
    "region": Style(12.5),
    "blank": Style(12),
    "selected": Style(14),
    "corridor": Style(11.5),
    "country": Style(10.5, 1.7),
    "route": Style(12),
    "site": Style(11.5),
    "tripoint": Style(11),
    "river": Style(11),
}


class Try(NamedTuple):
    """One way to write a name: its lines, and how far from its place."""

    lines: tuple[str, ...]
    align: Align
    dx: float
    dy: float


class Candidate(NamedTuple):
    """A name that would like to be written.

    Attributes:
        rank: The lowest is placed first.
        tries: Best first.
        avoid: What it would rather not lie on; ``strict`` leaves it out rather than that.
        number: A count behind its last line.
        inside: The shape that its middle must not leave, in whichever place.
        must: It is written even where it lies over another.
    """

    style: str
    rank: int
    at: tuple[float, float]
    tries: tuple[Try, ...]
    avoid: tuple[BaseGeometry, ...]
    strict: bool = False
    number: str = ""
    inside: BaseGeometry | None = None
    must: bool = False


class Name(NamedTuple):
    """A name in its place; ``y`` is the base of its first line."""

    x: float
    y: float
    anchor: str
    lines: tuple[str, ...]
    number: str
    style: str

    @property
    def box(self) -> BaseGeometry:
        """Return about the room that it takes."""
        style = STYLES[self.style]
        last = f"{self.lines[-1]} {self.number}" if self.number else self.lines[-1]
        width = max(style.width(one) for one in (*self.lines[:-1], last))
        left = self.x - width * SHARE_LEFT[Align(self.anchor)]
        below = (len(self.lines) - 1) * style.leading
        return shapely.box(left - 1, self.y - style.size * 0.85, left + width + 1, self.y + below + style.size * 0.3)


def place_names(candidates: Iterable[Candidate], taken: Sequence[BaseGeometry], frame: BaseGeometry) -> Iterator[Name]:
    """Yield the names that find room within ``frame``, beside what is ``taken`` and beside each other."""
    full = list(taken)
    for one in sorted(candidates, key=lambda one: one.rank):
        if name := _place(one, STRtree(full), frame):
            full.append(name.box)
            yield name


def _place(one: Candidate, full: STRtree, frame: BaseGeometry) -> Name | None:
    unwanted = STRtree(one.avoid)
    free = None
    within = [name for each in one.tries if (name := _name(one, each)) and frame.contains(name.box)]
    for name in within:
        if not full.query(name.box, "intersects").size:
            if not unwanted.query(name.box, "intersects").size:
                return name
            free = free or name
    return None if one.strict else free or (within[0] if one.must and within else None)


def _name(one: Candidate, each: Try) -> Name | None:
    """Return a name written one way, or None where its middle would leave its shape."""
    style = STYLES[one.style]
    x, y = one.at[0] + each.dx, one.at[1] + each.dy
    moved = bool(each.dx or each.dy)
    if moved and one.inside is not None and not one.inside.contains(shapely.Point(x, y)):
        return None
    base = y + style.size * 0.33 - (len(each.lines) - 1) * style.leading / 2
    return Name(round(x, 1), round(base, 1), each.align.value, each.lines, one.number, one.style)


def around(
    lines: tuple[str, ...], align: Align, downs: Iterable[float], asides: Sequence[float] = (0,)
) -> tuple[Try, ...]:
    """Return the same lines in several places, the nearest first."""
    tries = [Try(lines, align, dx, dy) for dy in downs for dx in asides]
    return tuple(sorted(tries, key=lambda one: abs(one.dx) + 1.5 * abs(one.dy)))
