"""Where the names on a still map stand, so that none lies over another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from ocmap.dataset.schema import Align

# Widths as a share of the type's size: of letters on average, of bold ones as a share of those.
LETTER, CAPITAL, BLANK, BOLD = 0.5, 0.68, 0.25, 1.08
SHARE_LEFT = {Align.START: 0.0, Align.MIDDLE: 0.5, Align.END: 1.0}
STEP = 2  # units: how finely free room is looked for above and below
MARGIN = 2.0  # units between a name and the frame

Need = Literal["clear", "apart", "always"]


class TextLook(NamedTuple):
    """How a kind of name is written: its size and spacing in units, and the SVG attributes of its type."""

    size: float
    attributes: Mapping[str, str | float | None]
    spacing: float = 0.0

    @property
    def leading(self) -> float:
        """The distance between two lines."""
        return round(self.size * 1.08, 1)

    def width(self, text: str) -> float:
        """Return about the room that a text takes."""
        shares = (CAPITAL if letter.isupper() else BLANK if letter.isspace() else LETTER for letter in text)
        bold = BOLD if self.attributes["font-weight"] else 1
        return sum(bold * self.size * share + self.spacing for share in shares)


class Anchor(NamedTuple):
    """A place where a name may stand: the middle of its height, and what of its width."""

    x: float
    y: float
    align: Align = Align.MIDDLE


class Wanted(NamedTuple):
    """A name that is to be written.

    Attributes:
        of: The place, route or river that it names.
        anchors: Where it may stand, best first.
        avoid: What it should not lie on.
        need: ``clear``: only where neither a name nor what it avoids is; ``apart``: over that rather than not at all;
            ``always``: if there is no room, then above or below its first anchor.
    """

    kind: str
    of: str
    lines: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    avoid: BaseGeometry
    need: Need


class Label(NamedTuple):
    """A name in its place; ``y`` is the base of its first line, ``box`` about the room that it takes."""

    kind: str
    of: str
    lines: tuple[str, ...]
    x: float
    y: float
    align: Align
    box: BaseGeometry


def place_labels(names: Iterable[Wanted], texts: Mapping[str, TextLook], frame: BaseGeometry) -> Iterator[Label]:
    """Yield the names that find room within the frame; the first in order are placed first."""
    taken: list[BaseGeometry] = []
    for name in names:
        labels = [_label(name, anchor, texts[name.kind], frame) for anchor in name.anchors]
        apart = [label for label in labels if _is_free(label, taken)]
        clear = [label for label in apart if not label.box.intersects(name.avoid)]
        found = next(iter(clear if name.need == "clear" else (*clear, *apart)), None)
        if found is None and name.need == "always":
            first, height = name.anchors[0], int(frame.bounds[3])
            aside = (first._replace(y=first.y + dy) for dy in sorted(range(-height, height, STEP), key=abs))
            moved = (_label(name, anchor, texts[name.kind], frame) for anchor in aside)
            found = next((label for label in moved if _is_free(label, taken)), None)
        if found:
            taken.append(found.box)
            yield found


def _is_free(label: Label, taken: Sequence[BaseGeometry]) -> bool:
    return not any(label.box.intersects(box) for box in taken)


def _label(name: Wanted, anchor: Anchor, look: TextLook, frame: BaseGeometry) -> Label:
    """Return a name at an anchor, moved into the frame where it would leave it."""
    width, below = max(map(look.width, name.lines)), (len(name.lines) - 1) * look.leading
    left = anchor.x - width * SHARE_LEFT[anchor.align]
    base = anchor.y + look.size * 0.33 - below / 2
    box = shapely.box(left - 1, base - look.size * 0.85, left + width + 1, base + below + look.size * 0.3)
    (west, north, east, south), (_, _, right, bottom) = box.bounds, frame.bounds
    dx = max(MARGIN - west, 0) or min(right - MARGIN - east, 0)
    dy = max(MARGIN - north, 0) or min(bottom - MARGIN - south, 0)
    x, y = round(anchor.x + dx, 1), round(base + dy, 1)
    return Label(name.kind, name.of, name.lines, x, y, anchor.align, translate(box, dx, dy))
