"""Fill the page's templates. Whatever goes in is escaped."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from ocmap.analysis.view_state import View
from ocmap.web.publish import evidence_script, hashed_name, map_style
from ocmap.web.tokens import Theme, css_variables

ENVIRONMENT = Environment(
    loader=PackageLoader("ocmap.web"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,  # otherwise each template's file is looked up again each time
)
FOLDER = files("ocmap.web")
STYLES = FOLDER / "styles"


def render(template: str, **values: object) -> str:
    """Return a template of ``web/templates`` as HTML."""
    return ENVIRONMENT.get_template(template).render(values)


# The script of linked elements is published beside the map's, so that a message only names it.
LINKED_JS = "\n".join((evidence_script(), FOLDER.joinpath("client", "linked.js").read_text("utf-8"))).encode()
LINKED_NAME = hashed_name("linked", ".js", LINKED_JS)


@cache
def stylesheet(theme: Theme, view: View, filters: str) -> str:
    """Return the page's CSS with the colours of a theme, as a ``<style>`` element.

    A view may have a file of its own, ``web/styles/VIEW.css``; what fingers need comes last. ``filters`` is the word
    on the button that opens the filters on a small screen.
    """
    own = STYLES / f"{view}.css"
    sheets = (STYLES / "app.css", *([own] if own.is_file() else []), STYLES / "touch.css")
    parts = [sheet.read_text("utf-8") for sheet in sheets]
    word = f':root {{ --word-filters: "{filters}"; }}'
    return "\n".join(["<style>", word, css_variables(theme), *parts, "</style>"])


def standalone_style(*own: str) -> str:
    """Return the style sheets of map, panel and filters for a page without Streamlit, and ``own`` ones after them.

    The page is dark where the reader's system asks for it.
    """
    dark = f"@media (prefers-color-scheme: dark) {{\n{css_variables('dark')}}}"
    parts = (STYLES.joinpath(name).read_text("utf-8") for name in ("app.css", "touch.css", *own))
    return "\n".join((map_style(), dark, *parts))
