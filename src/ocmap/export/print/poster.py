"""The poster: the map as shown, with its legend, its limits, its source, its link and the day: SVG, or PNG from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import NamedTuple

import typst

from ocmap import i18n
from ocmap.analysis.filters import level_labels
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import DEFAULT_LAYERS, Layer, ViewState
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import Basis, Lang
from ocmap.export.files import ExportError
from ocmap.export.print.brief_map import describe, list_items
from ocmap.export.readme import ENVIRONMENT, subject_of
from ocmap.i18n import Words
from ocmap.web.client_types import FlowData
from ocmap.web.diagrams.map_content import MapContent, content_of, legend_rows
from ocmap.web.diagrams.map_labels import LETTER
from ocmap.web.diagrams.map_styles import GLYPHS, LEVEL_COLOURS, LOOKS, POSTER_WIDTH, poster_style
from ocmap.web.diagrams.still_map import StillMap, draw_still_map
from ocmap.web.flows import build_flows
from ocmap.web.map_caption import describe_caption

WIDTH, EDGE = 1000.0, 24.0
ASIDE_X = EDGE + POSTER_WIDTH + 24
SIGN_ROOM = 34.0  # what a sign of the legend takes before its words
HANG = 19.0
CELL = 48.0  # the width of a colour class in the legend
MOST_IN_TITLE = 3
PIXELS_PER_UNIT = 2
POINTS_PER_INCH = 72
PAGE = b"""#set page(width: eval(sys.inputs.width), height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


class TextSize(NamedTuple):
    """The size of a kind of text, and how far it is to the next line."""

    size: float
    leading: float


SIZES = {
    "title": TextSize(28, 33),
    "lead": TextSize(15.5, 20),
    "quiet": TextSize(13, 17),
    "heading": TextSize(14, 19),
    "body": TextSize(13, 17),
    "foot": TextSize(11.5, 15),
}


class Text(NamedTuple):
    """A line of text in its place; ``y`` is its base."""

    x: float
    y: float
    kind: str
    text: str


class Swatch(NamedTuple):
    """A sign of the legend: what it stands for, and the base of the words beside it."""

    x: float
    y: float
    sign: str


class LevelSwatch(NamedTuple):
    """A colour class in the legend: where it stands, its colour and the counts that it takes in."""

    x: float
    y: float
    fill: str
    text: str


@dataclass(frozen=True)
class Poster:
    """All that the template writes down. Lengths are in units, 1000 of which are the poster's width.

    Attributes:
        alt: What the map shows, in words, for readers who do not see it.
        top: Where the map begins.
    """

    lang: Lang
    title: str
    alt: str
    height: float
    top: float
    content: MapContent
    map: StillMap
    texts: tuple[Text, ...]
    swatches: tuple[Swatch, ...]
    levels: tuple[LevelSwatch, ...]


class Column:
    """A column of text, written from the top down."""

    def __init__(self, x: float, width: float, y: float) -> None:
        """Begin at ``y``."""
        self.x, self.width, self.y = x, width, y
        self.texts: list[Text] = []

    def write(self, kind: str, text: str, indent: float = 0.0, hang: float = 0.0) -> float:
        """Write a paragraph; return the base of its first line. ``hang`` indents the lines after that."""
        size, leading = SIZES[kind]
        first = round(self.y + leading, 1)
        for i, line in enumerate(wrap(text, int((self.width - indent - hang) / (size * LETTER)))):
            self.y = round(self.y + leading, 1)
            self.texts.append(Text(self.x + indent + (hang if i else 0), self.y, kind, line))
        return first

    def skip(self, room: float) -> None:
        """Leave room."""
        self.y += room


def build_image(page: PageContext, link: str, day: date) -> str:
    """Return the map of a page as SVG: light, the whole country, the same text for the same input.

    ``link`` is the absolute link to the page; the command line knows none, and leaves it empty. Nothing in the image is
    fetched from anywhere.
    """
    return ENVIRONMENT.get_template("poster.svg").render(
        poster=lay_out(page, link, day),
        sizes=SIZES,
        looks=LOOKS,
        glyphs=GLYPHS,
        width=WIDTH,
        edge=EDGE,
        frame=poster_style(page.dataset.settings).projection,
    )


def to_png(svg: str, width: float = WIDTH, pixels_per_unit: int = PIXELS_PER_UNIT) -> bytes:
    """Return an image as PNG. ``width`` is in units, with 72 of which Typst fills an inch.

    Typst uses only the fonts in its own wheel, so that the bytes are the same wherever they are made.

    Raises:
        ExportError: The text is no SVG.
    """
    try:
        made = typst.compile(
            PAGE,
            format="png",
            ppi=pixels_per_unit * POINTS_PER_INCH,
            sys_inputs={"svg": svg, "width": f"{width:g}pt"},
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise ExportError(f"the PNG cannot be made: {error}") from error
    if not isinstance(made, bytes):
        raise ExportError("the PNG cannot be made: it came out as several pages")
    return made


def lay_out(page: PageContext, link: str, day: date) -> Poster:
    """Return the poster as plain data."""
    words, layers, content = page.words, page.view.layers, content_of(page)
    title, lead = _title(page), _lead(page)
    head = Column(EDGE, WIDTH - 2 * EDGE, 14)
    head.write("title", title)
    head.write("lead", lead)
    head.write("quiet", _state(page))
    top = round(head.y + 16, 1)
    aside = Column(ASIDE_X, WIDTH - EDGE - ASIDE_X, top - 6)
    rows = list(legend_rows(page, content))
    levels = _write_levels(aside, words) if "levels" in rows else ()
    swatches = tuple(_write_signs(aside, [row for row in rows if row != "levels"], words))
    if Layer.ROUTES in layers:
        _write_flows(aside, page)
    if Layer.REGIONS in layers:
        aside.skip(12)
        aside.write("quiet", words["start.blank"] if "filtered" not in rows else words["poster.blank_filtered"])
    drawn = draw_still_map(page.profile, content, poster_style(page.dataset.settings), page.lang)
    foot = Column(EDGE, WIDTH - 2 * EDGE, max(top + drawn.style.projection.height, aside.y) + 8)
    for line in _source(page, link, day):
        foot.write("foot", line)
    return Poster(
        lang=page.lang,
        title=title,
        alt=f"{lead} {describe(list_items(page, content), words)}",
        height=round(foot.y + 16, 1),
        top=top,
        content=content,
        map=drawn,
        texts=(*head.texts, *aside.texts, *foot.texts),
        swatches=swatches,
        levels=levels,
    )


def _markets(page: PageContext) -> str:
    """Return the names of the chosen markets; only the first begins with a capital."""
    return i18n.name_list((i18n.short_of(page.dataset.topic[one], page.lang) for one in page.view.markets), page.lang)


def _title(page: PageContext) -> str:
    return _markets(page) if _markets_are_title(page.view) else page.words["map.title"]


def _markets_are_title(view: ViewState) -> bool:
    return 0 < len(view.markets) <= MOST_IN_TITLE


def _lead(page: PageContext) -> str:
    """Return what stands above the app's map: what is shown of the regions, or that nothing is."""
    return describe_caption(page) if page.filtered.by_place else page.words["caption.nothing_shown"]


def _state(page: PageContext) -> str:
    """Return the filters, the layers and the selection of a page in words."""
    view, words = page.view, page.words
    parts = [] if view.is_filtered else [words["poster.unfiltered"]]
    if _markets_are_title(view):
        parts.append(f"{words['map.title']}.")
    elif view.markets:
        parts.append(f"{words['filters.markets']}: {_markets(page)}.")
    if view.actors:
        names = [i18n.name_of(page.dataset.actor[one], page.lang) for one in view.actors]
        parts.append(f"{words['filters.actors']}: {', '.join(names)}.")
    if view.basis != tuple(Basis):
        bases = [words[f"basis.{one}"] for one in view.basis]
        parts.append(f"{words['filters.basis']}: {'; '.join(bases) or words['poster.none']}.")
    if hidden := [words[f"layer.{one}"] for one in DEFAULT_LAYERS if one not in view.layers]:
        parts.append(words["poster.hidden"].format(names=", ".join(hidden)))
    if view.place or view.route:
        parts.append(words["poster.selected"].format(name=subject_of(page)))
    return " ".join(parts)


def _write_levels(aside: Column, words: Words) -> tuple[LevelSwatch, ...]:
    aside.write("heading", words["legend.title"])
    top = aside.y + 7
    aside.skip(36)
    classes = zip(LEVEL_COLOURS[1:], level_labels(), strict=True)
    return tuple(LevelSwatch(aside.x + i * CELL, top, colour, text) for i, (colour, text) in enumerate(classes))


def _write_signs(aside: Column, signs: Iterable[str], words: Words) -> Iterator[Swatch]:
    for sign in signs:
        aside.skip(4)
        yield Swatch(aside.x, aside.write("body", words[f"legend.{sign}"], SIGN_ROOM), sign)


def _write_flows(aside: Column, page: PageContext) -> None:
    """Write the flows without a line: of what, and where they come from or lead to."""
    flows = build_flows(page.profile)
    shown = [(flow["goods"][page.lang], ends) for flow in flows if (ends := _ends(page, flow))]
    if shown:
        aside.skip(14)
        aside.write("heading", page.words["map.flows"])
    for goods, ends in shown:
        aside.skip(2)
        aside.write("body", f"{goods} {', '.join(ends)}", hang=HANG)


def _ends(page: PageContext, flow: FlowData) -> list[str]:
    """Return where a good flows, once each, with what is not known of the flow's ends."""
    texts = list[str]()
    for one in flow["ends"]:
        if one["route"] in page.filtered.route_ids:
            arrow, end = "→" if one["direction"] == "out" else "←", one["end"]
            known = "" if end is RouteEnd.NAMED else f" ({page.words[f'flow_end.{end}']})"
            texts.append(f"{arrow} {one['place'][page.lang]}{known}")
    return list(dict.fromkeys(texts))


def _source(page: PageContext, link: str, day: date) -> Iterator[str]:
    words = page.words
    data = words["brief.data"].format(version=page.dataset.version, day=i18n.date_of(day, page.lang))
    yield f"{words['source.note']}. ocmap, {data}. {words['map.attribution']}."
    if link:
        yield "".join(one for one in link if one.isprintable())  # anything else is no XML
