"""Fill the page's templates; all values are escaped."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.view_state import View
from ocmap.web.publish import map_style, print_style
from ocmap.web.tokens import Theme, css_variables

ENVIRONMENT = Environment(
    loader=PackageLoader("ocmap.web"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,  # otherwise every render checks the template's file for changes
)
STYLES = files("ocmap.web") / "styles"


def render(template: str, **values: object) -> str:
    """Return a template of ``web/templates``, filled with ``values``, as HTML."""
    return ENVIRONMENT.get_template(template).render(values)


def render_localized(localized: LocalizedProfile, template: str, **values: object) -> str:
    """Return a template as HTML; its values include the ``words`` and ``lang`` of the page."""
    return render(template, words=localized.words, lang=localized.lang, **values)


@cache
def stylesheet(theme: Theme, view: View, filters: str) -> str:
    """Return the page's CSS with the colours of a theme, as a ``<style>`` element.

    A view may have a style sheet, ``web/styles/VIEW.css``; rules for touch screens and for paper come last.
    ``filters`` is the label of the button that opens the filters on a small screen.
    """
    view_style = STYLES / f"{view}.css"
    files_of_view = (STYLES / "app.css", *([view_style] if view_style.is_file() else []), STYLES / "touch.css")
    parts = [file.read_text("utf-8") for file in files_of_view]
    label = f':root {{ --word-filters: "{filters}"; }}'
    return "\n".join(["<style>", label, css_variables(theme), *parts, print_style(), "</style>"])


def standalone_style(*names: str) -> str:
    """Return the CSS of map, panel and filters for a page without Streamlit, followed by the style sheets ``names``.

    The page is dark if the reader's system prefers dark colours.
    """
    dark = f"@media (prefers-color-scheme: dark) {{\n{css_variables('dark')}}}"
    parts = (STYLES.joinpath(name).read_text("utf-8") for name in ("app.css", "touch.css", *names))
    return "\n".join((map_style(), dark, *parts, print_style()))
