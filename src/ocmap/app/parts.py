"""The parts of the map's view that the browser shows ahead of the server: panel, filters, the line above the map."""

from typing import Literal

from ocmap.app import session
from ocmap.web.page_context import Scene

Part = Literal["panel", "filters", "title"]


def part(scene: Scene, name: Part, text: str | None) -> dict[str, str]:
    """Return what ``linked.js`` is told of a part: its HTML, and the state that it belongs to.

    None as HTML leaves it to the browser, which has it in a file.
    """
    told: dict[str, str] = {
        "part": name,
        "q": session.query(scene.view),
        "lang": scene.lang,
        "theme": session.theme(),
        "reading": scene.app.published.reading,
    }
    return told if text is None else {**told, "html": text}
