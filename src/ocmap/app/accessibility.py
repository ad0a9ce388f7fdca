"""What Streamlit lacks for accessibility: the page's language, and skip links."""

from ocmap.analysis.view_state import View
from ocmap.app import components
from ocmap.dataset.schema import LANGUAGES
from ocmap.web.page_context import PageContext

ACCESS = components.component("accessibility")


def show_accessibility(page: PageContext) -> None:
    """Draw the skip links to map and panel, visible while focused, and set the page's language."""
    words = page.words
    parts = (
        [
            {"name": words["accessibility.to_map"], "selector": ".st-key-map iframe"},
            {"name": words["accessibility.to_panel"], "selector": ".st-key-panel h2"},
        ]
        if page.view.view is View.MAP
        else []
    )
    data = {
        "lang": page.lang,
        "langs": LANGUAGES,
        "skip": words["accessibility.to_main"],
        "sidebar": words["filters.title"],
        "close": words["panel.close"],
        "label": words["accessibility.to_a_part"],
        "parts": parts,
    }
    ACCESS(key="access", data=data)
