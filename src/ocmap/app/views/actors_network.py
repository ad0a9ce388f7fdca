"""The network of actors: a drawing of the ties between them, and a list with the statements."""

from base64 import b64encode
from typing import NamedTuple

from ocmap.analysis.actor_network import ActorTie
from ocmap.app import components, session
from ocmap.app.views.actors_page import ActorsPage, MarketChip
from ocmap.dataset.schema import TieKind
from ocmap.web import html
from ocmap.web.diagrams.network_layout import NetworkLayout, TieCurve, lay_out_network
from ocmap.web.statement_cards import Card, CardContext, build_card, primary_market
from ocmap.web.tokens import TOKENS, Theme

BOX_WIDTH = 190
BOX_LEFT = (150, 450, 834)  # the three columns of the layout, in pixels
MARGIN = 150  # pixels for the ties inside an outer column and their markets
BEND = 70  # pixels that a line runs level before it turns
LONG_BEND = 120  # the same at the third column, where the line's markets are written


def show_network(page: ActorsPage) -> None:
    """Draw the ties, limited to the chosen actors if any, and list them with their statements."""
    chosen = set(page.view.actors)
    ties = [tie for tie in page.ties if not chosen or chosen & {tie.actor_a, tie.actor_b}]
    layout = lay_out_network(page.dataset, ties)
    names = {TieKind.WITH: page.words["actors.are_with"], TieKind.AGAINST: page.words["actors.are_against"]}
    kinds = [
        (kind.value, name, [_build_item(page, tie) for tie in ties if tie.kind is kind]) for kind, name in names.items()
    ]
    left, width = _find_extent(layout)
    components.show(
        page,
        "actors_network.html",
        alt=page.words["actors.network_alt"].format(n=len(ties), m=len(layout.boxes)),
        width=width,
        height=layout.height,
        box_width=BOX_WIDTH,
        boxes=[
            (BOX_LEFT[box.column] - left, box, page.actor_name(box.actor_id), box.actor_id in chosen)
            for box in layout.boxes
        ],
        labels=[
            (*_place_label(curve, left), page.chips(curve.tie.markets)) for curve in layout.curves if curve.tie.markets
        ],
        lines=_draw_lines(layout, session.theme()),
        kinds=[kind for kind in kinds if kind[2]],
    )


def _find_extent(layout: NetworkLayout) -> tuple[int, int]:
    """Return the left edge and the width of the drawing, in pixels; it has room for the columns in use only."""
    columns = [box.column for box in layout.boxes] or [0]
    bulging_columns = {curve.start[0] for curve in layout.curves if curve.out}
    left = BOX_LEFT[min(columns)] - (MARGIN if 0 in bulging_columns else 2)
    right = BOX_LEFT[max(columns)] + BOX_WIDTH + (MARGIN if bulging_columns & {max(columns)} - {0} else 2)
    return left, right - left


class TieItem(NamedTuple):
    """A tie in the list, with the statements that assert it."""

    actor_a: str
    actor_b: str
    markets: list[MarketChip]
    note: str
    cards: list[Card]


def _build_item(page: ActorsPage, tie: ActorTie) -> TieItem:
    profile = page.profile
    cards = []
    for number, statement_id in enumerate(tie.statements, 1):
        market = primary_market(profile.dataset, profile.dataset.statement[statement_id], tie.markets)
        cards.append(build_card(page, statement_id, CardContext(page.dataset.country_id, None, market, number)))
    note = page.words.counted("count.statements", len(cards))
    first, second = sorted(page.actor_names((tie.actor_a, tie.actor_b)))
    return TieItem(first, second, page.chips(tie.markets), note, cards)


def _find_ends(curve: TieCurve) -> tuple[int, int]:
    """Return the x of both ends of a line, in pixels."""
    first, last = curve.start[0], curve.end[0]
    if first == last:
        x = BOX_LEFT[first] + (0 if first == 0 else BOX_WIDTH)
        return x, x
    return BOX_LEFT[first] + BOX_WIDTH, BOX_LEFT[last]


def _place_label(curve: TieCurve, origin: int) -> tuple[str, int, int]:
    """Return the anchor, x and y of the label with a line's markets, which is at its outer end."""
    left, right = (x - origin for x in _find_ends(curve))
    if curve.out:
        toward = -1 if curve.start[0] == 0 else 1
        middle = (curve.start[1] + curve.end[1]) // 2
        return "end" if toward < 0 else "start", left + toward * curve.out * 3 // 4, middle
    if curve.start[0] == 0:
        return "start", left + 10, curve.start[1]
    return "end", right - 10, curve.end[1]


def _draw_lines(layout: NetworkLayout, theme: Theme) -> str:
    """Return the lines as an SVG in a data URL; Streamlit removes an SVG element from the page."""
    paths = []
    for curve in layout.curves:
        (left, right), (_, top), (_, bottom) = _find_ends(curve), curve.start, curve.end
        near, far = left + BEND, right - (LONG_BEND if curve.end[0] > 1 else BEND)
        if curve.out:
            near = far = left + (-curve.out if curve.start[0] == 0 else curve.out)
        paths.append((curve.tie.kind.value, f"M{left} {top}C{near} {top} {far} {bottom} {right} {bottom}"))
    svg = html.ENVIRONMENT.get_template("actors_lines.html").render(
        colours=TOKENS[theme], extent=_find_extent(layout), height=layout.height, paths=paths
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
