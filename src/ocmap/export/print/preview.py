"""The picture that a link's preview shows: the map with what the link selects, 1200 × 630 pixels."""

from textwrap import wrap

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import page_title
from ocmap.export.print.poster import to_png
from ocmap.export.readme import ENVIRONMENT
from ocmap.web.diagrams.map_content import content_of
from ocmap.web.diagrams.map_styles import index_style
from ocmap.web.diagrams.still_map import draw_still_map

WIDTH, HEIGHT = 1200, 630
TITLE_CHARACTERS, NOTE_CHARACTERS = 22, 46  # in a line beside the map


def build_preview(page: PageContext) -> bytes:
    """Return the PNG of a page: what is selected, its title, and what kind of map this is.

    Raises:
        ExportError: As `to_png`.
    """
    style = index_style(page.dataset.settings)
    svg = ENVIRONMENT.get_template("preview.svg").render(
        map=draw_still_map(page.profile, content_of(page), style, page.lang),
        title=wrap(page_title(page).removesuffix(" · ocmap"), TITLE_CHARACTERS),
        note=wrap(page.words["source.note"], NOTE_CHARACTERS),
        width=WIDTH,
        height=HEIGHT,
    )
    return to_png(svg, WIDTH, 1)
