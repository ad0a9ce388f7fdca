"""Fill the page's templates. Whatever goes in is escaped; Streamlit cleans what comes out once more."""

from functools import cache
from importlib.resources import files

import streamlit as st
from jinja2 import Environment, PackageLoader, StrictUndefined

ENVIRONMENT = Environment(
    loader=PackageLoader("ocmap.ui"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def show(template: str, **values: object) -> None:
    """Draw a template of ``ui/templates`` as HTML."""
    st.html(ENVIRONMENT.get_template(template).render(values))


@cache
def stylesheet(theme: str, filters: str) -> str:
    """Return the page's CSS with the colours of a theme, as a ``<style>`` element.

    ``filters`` is the word on the button that opens the filters on a small screen.
    """
    folder = files("ocmap.ui")
    parts = [folder.joinpath(name).read_text("utf-8") for name in (f"{theme}.css", "app.css")]
    return "\n".join(["<style>", f':root {{ --word-filters: "{filters}"; }}', *parts, "</style>"])
