"""The network of actors: a drawing of the ties between them, and a list with the statements."""

from collections.abc import Mapping
from typing import NamedTuple

from ocmap.analysis.actor_network import ActorTie
from ocmap.app.views.actors_open import build_tie_cards
from ocmap.app.views.actors_page import ActorsPage, MarketChip
from ocmap.dataset.schema import TieKind
from ocmap.web.diagrams.network_layout import NetworkLayout, TieCurve, lay_out_network
from ocmap.web.statement_cards import Card

BOX_WIDTH = 190
GAPS = (0, 110, 194)  # pixels before each column, unless it is the first in use; the last has room for labels
FLUID_COLUMNS = 2  # a drawing with no more columns shrinks to a narrow screen
MARGIN = 150  # pixels for the ties inside an outer column and their markets
BEND = 70  # pixels that a line runs level before it turns
LONG_BEND = 120  # the same at the third column, where the line's markets are written

Lefts = Mapping[int, int]
"""The left edge of each column in use, in pixels."""


def describe_network(page: ActorsPage) -> dict[str, object]:
    """Return the ties, limited to the chosen actors if any, as a drawing and as a list with their statements."""
    chosen = set(page.view.actors)
    ties = [tie for tie in page.ties if not chosen or chosen & {tie.actor_a, tie.actor_b}]
    layout = lay_out_network(page.dataset, ties)
    names = {TieKind.WITH: page.words["actors.are_with"], TieKind.AGAINST: page.words["actors.are_against"]}
    kinds = [
        (kind.value, name, [_build_item(page, tie) for tie in ties if tie.kind is kind]) for kind, name in names.items()
    ]
    lefts, width = _place_columns(layout)
    return {
        "alt": page.words["actors.network_alt"].format(n=len(ties), m=len(layout.boxes)),
        "fluid": len(lefts) <= FLUID_COLUMNS,
        "width": width,
        "height": layout.height,
        "box_width": BOX_WIDTH,
        "boxes": [
            (
                lefts[box.column],
                box,
                page.actor_name(box.actor_id),
                page.open_href(box.actor_id),
                box.actor_id in chosen,
            )
            for box in layout.boxes
        ],
        "labels": [
            (*_place_label(curve, lefts), page.chips(curve.tie.markets)) for curve in layout.curves if curve.tie.markets
        ],
        "lines": [_draw_line(page, curve, lefts) for curve in layout.curves],
        "kinds": [kind for kind in kinds if kind[2]],
        "absent": [page.words[f"actors.ties_absent_{kind}"] for kind, _, items in kinds if ties and not items],
    }


def _place_columns(layout: NetworkLayout) -> tuple[Lefts, int]:
    """Return the left edges of the columns in use, and the width of the drawing."""
    columns = sorted({box.column for box in layout.boxes}) or [0]
    bulging_columns = {curve.start[0] for curve in layout.curves if curve.out}
    x = MARGIN if 0 in bulging_columns else 2
    lefts: dict[int, int] = {}
    for column in columns:
        x += GAPS[column] if lefts else 0
        lefts[column] = x
        x += BOX_WIDTH
    return lefts, x + (MARGIN if bulging_columns & {columns[-1]} - {0} else 2)


class TieItem(NamedTuple):
    """A tie in the list, with the statements that assert it."""

    actor_a: str
    actor_b: str
    markets: list[MarketChip]
    note: str
    cards: list[Card]


def _build_item(page: ActorsPage, tie: ActorTie) -> TieItem:
    cards = build_tie_cards(page, tie)
    note = page.words.counted("count.statements", len(cards))
    first, second = sorted(page.actor_names((tie.actor_a, tie.actor_b)))
    return TieItem(first, second, page.chips(tie.markets), note, cards)


def _find_ends(curve: TieCurve, lefts: Lefts) -> tuple[int, int]:
    """Return the x of both ends of a line, in pixels."""
    first, last = curve.start[0], curve.end[0]
    if first == last:
        x = lefts[first] + (0 if first == 0 else BOX_WIDTH)
        return x, x
    return lefts[first] + BOX_WIDTH, lefts[last]


def _place_label(curve: TieCurve, lefts: Lefts) -> tuple[str, int, int]:
    """Return the anchor, x and y of the label with a line's markets, which is at its outer end."""
    left, right = _find_ends(curve, lefts)
    if curve.out:
        toward = -1 if curve.start[0] == 0 else 1
        middle = (curve.start[1] + curve.end[1]) // 2
        return "end" if toward < 0 else "start", left + toward * curve.out * 3 // 4, middle
    if curve.start[0] == 0:
        return "start", left + 10, curve.start[1]
    return "end", right - 10, curve.end[1]


def _draw_line(page: ActorsPage, curve: TieCurve, lefts: Lefts) -> tuple[str, str, str]:
    """Return a line's kind, its path, and the link that opens its statements."""
    (left, right), (_, top), (_, bottom) = _find_ends(curve, lefts), curve.start, curve.end
    near, far = left + BEND, right - (LONG_BEND if curve.end[0] > 1 else BEND)
    if curve.out:
        near = far = left + (-curve.out if curve.start[0] == 0 else curve.out)
    path = f"M{left} {top}C{near} {top} {far} {bottom} {right} {bottom}"
    return curve.tie.kind.value, path, page.open_href(curve.tie.actor_a, curve.tie.actor_b)
