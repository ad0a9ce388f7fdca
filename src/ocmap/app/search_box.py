"""The search box, which the browser searches in by itself; a result is opened as any link of the map's view."""

from ocmap.analysis.page_context import PageContext
from ocmap.app import components
from ocmap.web.app_data import App

SEARCH = components.component("search")


def show_search(app: App, page: PageContext) -> None:
    """Draw the box: the same in every state of a language."""
    words = page.words.tables("count", "search")
    SEARCH(key="search", data={"lang": page.lang, "words": words, "file": app.published.searches[page.lang]})
