"""The drawing of who works with or against whom, and the same as a list that leads to the statements."""

from base64 import b64encode
from typing import NamedTuple

from ocmap.analysis.actor_network import ActorTie
from ocmap.app import components, session
from ocmap.app.views.actors_page import ActorsPage, Chip
from ocmap.dataset.schema import COUNTRY, TieKind
from ocmap.web import html
from ocmap.web.diagrams.network_layout import NetworkLayout, TieCurve, lay_out_network
from ocmap.web.statement_cards import Card, CardContext, build_card, primary_market
from ocmap.web.tokens import TOKENS, Theme

BOX_WIDTH = 190
BOX_LEFT = (150, 450, 834)  # the three columns of the layout, in pixels
BESIDE = 150  # room for ties inside an outer column, and for what is written at them
BEND = 70  # how far a line runs level before it turns
LEVEL = 120  # the same at its end beside the third column, where its market is written


def show_network(page: ActorsPage) -> None:
    """Draw the ties, of the chosen actors only where some are chosen, and list them with their statements."""
    chosen = set(page.view.actors)
    ties = [tie for tie in page.ties if not chosen or chosen & {tie.actor_a, tie.actor_b}]
    layout = lay_out_network(page.dataset, ties)
    names = {TieKind.WITH: page.words["actors.are_with"], TieKind.AGAINST: page.words["actors.are_against"]}
    kinds = [(kind.value, name, [_item(page, one) for one in ties if one.kind is kind]) for kind, name in names.items()]
    left, width = _frame(layout)
    components.show(
        "actors_network.html",
        words=page.words,
        lang=page.lang,
        alt=page.words["actors.network_alt"].format(n=len(ties), m=len(layout.boxes)),
        width=width,
        height=layout.height,
        box_width=BOX_WIDTH,
        boxes=[
            (BOX_LEFT[box.column] - left, box, page.actor(box.actor_id), box.actor_id in chosen) for box in layout.boxes
        ],
        marks=[(*_mark(one, left), page.chips(one.tie.markets)) for one in layout.curves if one.tie.markets],
        lines=_lines(layout, session.theme()),
        kinds=[kind for kind in kinds if kind[2]],
    )


def _frame(layout: NetworkLayout) -> tuple[int, int]:
    """Return where the drawing begins and how wide it is: only as wide as the columns that it uses."""
    columns = [box.column for box in layout.boxes] or [0]
    bulging = {curve.start[0] for curve in layout.curves if curve.out}
    left = BOX_LEFT[min(columns)] - (BESIDE if 0 in bulging else 2)
    right = BOX_LEFT[max(columns)] + BOX_WIDTH + (BESIDE if bulging & {max(columns)} - {0} else 2)
    return left, right - left


class Item(NamedTuple):
    """A tie in the list, with the statements that assert it."""

    actor_a: str
    actor_b: str
    markets: list[Chip]
    note: str
    cards: list[Card]


def _item(page: ActorsPage, tie: ActorTie) -> Item:
    profile = page.profile
    cards = []
    for number, one in enumerate(tie.statements, 1):
        market = primary_market(profile.dataset, profile.dataset.statement[one], tie.markets)
        card = build_card(page, one, CardContext(COUNTRY, None, market, number))
        cards.append(card)
    note = page.words.counted("count.statements", len(cards))
    first, second = sorted(page.actors((tie.actor_a, tie.actor_b)))
    return Item(first, second, page.chips(tie.markets), note, cards)


def _ends(curve: TieCurve) -> tuple[int, int]:
    """Return where a line leaves and reaches its boxes, from the left, in pixels."""
    first, last = curve.start[0], curve.end[0]
    if first == last:
        x = BOX_LEFT[first] + (0 if first == 0 else BOX_WIDTH)
        return x, x
    return BOX_LEFT[first] + BOX_WIDTH, BOX_LEFT[last]


def _mark(curve: TieCurve, origin: int) -> tuple[str, int, int]:
    """Return where a line's markets are written, and which way from there: at its outer end."""
    left, right = (x - origin for x in _ends(curve))
    if curve.out:
        toward = -1 if curve.start[0] == 0 else 1
        middle = (curve.start[1] + curve.end[1]) // 2
        return "end" if toward < 0 else "start", left + toward * curve.out * 3 // 4, middle
    if curve.start[0] == 0:
        return "start", left + 10, curve.start[1]
    return "end", right - 10, curve.end[1]


def _lines(layout: NetworkLayout, theme: Theme) -> str:
    """Return the lines alone as an SVG image's address; Streamlit would take an element out of the page."""
    paths = []
    for curve in layout.curves:
        (left, right), (_, top), (_, bottom) = _ends(curve), curve.start, curve.end
        near, far = left + BEND, right - (LEVEL if curve.end[0] > 1 else BEND)
        if curve.out:
            near = far = left + (-curve.out if curve.start[0] == 0 else curve.out)
        paths.append((curve.tie.kind.value, f"M{left} {top}C{near} {top} {far} {bottom} {right} {bottom}"))
    svg = html.ENVIRONMENT.get_template("actors_lines.html").render(
        colours=TOKENS[theme], frame=_frame(layout), height=layout.height, paths=paths
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
