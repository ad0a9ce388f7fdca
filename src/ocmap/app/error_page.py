"""The page that is shown when the data cannot be used."""

import logging

import streamlit as st

from ocmap import i18n
from ocmap.dataset.errors import DataError
from ocmap.dataset.schema import Lang
from ocmap.web import html

LOGGER = logging.getLogger("ocmap")


def show_error(error: DataError | OSError, lang: Lang) -> None:
    """Show what is wrong and what to do; faults of data as ``file:line:column: what is wrong, expected what``.

    The log gets the same with folders, which the page does not show.
    """
    words = i18n.of(lang)
    if isinstance(error, DataError):
        kind, faults = "data", [str(problem) for problem in error.problems]
    else:
        kind, faults = "files", [_reason(error)]
    LOGGER.error("The page cannot be shown: %s", error)
    with st.container(key="faults"):
        title, text = words[f"error.{kind}_title"], words[f"error.{kind}_text"]
        st.html(html.render("faults.html", title=title, text=text, lang=lang, faults=faults))


def _reason(error: OSError) -> str:
    """Return what the system said, with the file's name but without its folder."""
    name = str(error.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name}: {error.strerror or type(error).__name__}"
