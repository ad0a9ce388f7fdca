"""The parts of the map's view that the browser updates before the server answers: panel, filters, caption."""

from typing import Literal

from ocmap.app import session
from ocmap.web.app_data import App
from ocmap.web.page_context import PageContext

Part = Literal["panel", "filters", "title"]


def part(app: App, page: PageContext, name: Part, text: str | None) -> dict[str, str]:
    """Return the data of a part for ``linked.js``: its HTML, and the state that it belongs to.

    None as HTML leaves it to the browser, which has it in a file.
    """
    data: dict[str, str] = {
        "part": name,
        "q": page.view.script_query(),
        "lang": page.lang,
        "theme": session.theme(),
        "evidence": app.published.evidence,
    }
    return data if text is None else {**data, "html": text}
