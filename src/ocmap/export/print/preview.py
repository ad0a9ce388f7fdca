"""The picture that a link's preview shows: the map with what the link selects, 1200 × 630 pixels."""

from textwrap import wrap

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import page_title
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import Lang
from ocmap.export.print.poster import to_png
from ocmap.export.readme import ENVIRONMENT
from ocmap.web.diagrams.map_content import content_of
from ocmap.web.diagrams.map_styles import index_style
from ocmap.web.diagrams.still_map import draw_still_map

WIDTH, HEIGHT = 1200, 630
TITLE_CHARACTERS, NOTE_CHARACTERS = 22, 46  # in a line beside the map


def build_preview(profile: CountryProfile, view: ViewState, lang: Lang) -> bytes:
    """Return the PNG for a state without filters: what is selected, its title, and what kind of map this is.

    Raises:
        ExportError: As `to_png`.
    """
    style, words = index_style(profile.dataset.settings), i18n.words_of(profile.dataset, lang)
    svg = ENVIRONMENT.get_template("preview.svg").render(
        map=draw_still_map(profile, content_of(profile, profile.unfiltered, view), style, lang),
        title=wrap(page_title(profile.dataset, view, lang).removesuffix(" · ocmap"), TITLE_CHARACTERS),
        note=wrap(words["source.note"], NOTE_CHARACTERS),
        width=WIDTH,
        height=HEIGHT,
    )
    return to_png(svg, WIDTH, 1)
