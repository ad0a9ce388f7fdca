"""What the page needs for all to use it and Streamlit lacks: its language, and links that skip to its parts."""

from ocmap import i18n
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import session
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html

ACCESS = html.component("accessibility")


def show_access(view: ViewState, lang: Lang) -> None:
    """Draw the links to the map and the panel, seen only while they have the focus, and say the page's language."""
    words = i18n.of(lang)
    parts = (
        [
            {"name": words["accessibility.to_map"], "selector": ".st-key-map iframe"},
            {"name": words["accessibility.to_panel"], "selector": ".st-key-panel h2"},
        ]
        if view.view is View.MAP
        else []
    )
    data = {
        "lang": lang,
        "q": session.query(view),
        "langs": LANGUAGES,
        "skip": words["accessibility.to_main"],
        "sidebar": words["filters.title"],
        "label": words["accessibility.to_a_part"],
        "parts": parts,
    }
    ACCESS(key="access", data=data)
