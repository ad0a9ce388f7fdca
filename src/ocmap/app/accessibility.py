"""What the page needs for all to use it and Streamlit lacks: its language, and links that skip to its parts."""

from ocmap.analysis.view_state import View
from ocmap.app import components
from ocmap.dataset.schema import LANGUAGES
from ocmap.web.page_context import PageContext

ACCESS = components.component("accessibility")


def show_accessibility(page: PageContext) -> None:
    """Draw the links to the map and the panel, seen only while they have the focus, and say the page's language."""
    words = page.words
    parts = (
        [
            {"name": words.ac_to_map, "selector": ".st-key-map iframe"},
            {"name": words.ac_to_panel, "selector": ".st-key-panel h2"},
        ]
        if page.view.view is View.MAP
        else []
    )
    data = {
        "lang": page.lang,
        "q": page.view.script_query(),
        "langs": LANGUAGES,
        "skip": words.ac_skip,
        "sidebar": words.filters,
        "label": words.ac_skips,
        "parts": parts,
    }
    ACCESS(key="access", data=data)
