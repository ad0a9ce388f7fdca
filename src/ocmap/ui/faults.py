"""The page that stands in for the dashboard when its data cannot be used."""

import streamlit as st

from ocmap import labels
from ocmap.errors import DataError
from ocmap.labels import Lang
from ocmap.ui import html


def show_faults(error: DataError | OSError, lang: Lang) -> None:
    """List every fault as ``file:line:column: what is wrong, expected what``."""
    faults = [str(problem) for problem in error.problems] if isinstance(error, DataError) else [_reason(error)]
    with st.container(key="faults"):
        html.show("faults.html", words=labels.of(lang), lang=lang, faults=faults)


def _reason(error: OSError) -> str:
    """Return what the system said, with the file's name but without its folder."""
    name = str(error.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name}: {error.strerror or type(error).__name__}"
