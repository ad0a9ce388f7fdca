"""What Streamlit lacks for accessibility: the page's language, and skip links."""

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import View
from ocmap.app import components
from ocmap.dataset.schema import LANGUAGES

ACCESS = components.component("accessibility")


def show_accessibility(page: PageContext) -> None:
    """Draw the skip links to map, panel and filters, visible while focused, and set the page's language."""
    words = page.words
    names = ("map", "panel", "filters") if page.view.view is View.MAP else ("filters",)
    data = {
        "lang": page.lang,
        "langs": LANGUAGES,
        "skip": words["accessibility.to_main"],
        "sidebar": words["filters.title"],
        "collapse": words["accessibility.hide_filters"],
        "close": words["panel.close"],
        "label": words["accessibility.to_a_part"],
        "parts": [{"name": words[f"accessibility.to_{name}"], "to": name} for name in names],
    }
    ACCESS(key="access", data=data)
