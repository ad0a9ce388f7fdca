"""Make the files that the browser fetches; their names carry their content's hash, so browsers may cache them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from ocmap.dataset.schema import Lang
from ocmap.web.json_data import as_json
from ocmap.web.tokens import css_variables

HASH_LENGTH = 12


@dataclass(frozen=True)
class Published:
    """The files that the browser fetches, by name, and the name of each.

    Attributes:
        files: All of them.
        script: Leaflet, and the map in its frame.
        style: The style sheet of the frame.
        data: What the map draws.
        evidence: What the client filters.
        panels: The panels of each language.
        searches: What is searched in each language.
        dashboard: The scripts of Streamlit's page.
    """

    files: Mapping[str, bytes]
    script: str
    style: str
    data: str
    evidence: str
    panels: Mapping[Lang, str]
    searches: Mapping[Lang, str]
    dashboard: str


def publish(
    map_data: Mapping[str, object],
    client_data: Mapping[str, object],
    panels: Mapping[Lang, Mapping[str, object]],
    searches: Mapping[Lang, Mapping[str, object]],
    font_face: str,
) -> Published:
    """Return the files for these data; ``font_face`` is CSS with the fonts of the page around the map.

    Raises:
        FileNotFoundError: The package was installed without its build step, so that Leaflet is not there.
    """
    published: dict[str, bytes] = {}

    def put(stem: str, suffix: str, text: str) -> str:
        content = text.encode()
        name = hashed_name(stem, suffix, content)
        published[name] = content
        return name

    return Published(
        files=published,
        script=put("map", ".js", f"{leaflet_script()}\n;{asset('web', 'bundles', 'map_frame.js')}"),
        style=put("map", ".css", font_face + map_style() + print_style()),
        data=put("shapes", ".json", as_json(map_data)),
        evidence=put("evidence", ".json", as_json(client_data)),
        panels={lang: put(f"panels-{lang}", ".json", as_json(one)) for lang, one in panels.items()},
        searches={lang: put(f"search-{lang}", ".json", as_json(one)) for lang, one in searches.items()},
        dashboard=put("dashboard", ".js", asset("web", "bundles", "dashboard.js")),
    )


def leaflet_script() -> str:
    """Return Leaflet.

    Raises:
        FileNotFoundError: The package was installed without its build step.
    """
    return asset("vendor", "leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")


def map_style() -> str:
    """Return the map's style sheet, with light colours for the document and dark ones within ``.oc-dark``.

    Raises:
        FileNotFoundError: As for `leaflet_script`.
    """
    colours = css_variables("light", ":root, .oc-light"), css_variables("dark", ".oc-dark")
    return "\n".join((asset("vendor", "leaflet.css"), *colours, asset("web", "styles", "map.css")))


def print_style() -> str:
    """Return the rules for paper, which come after all others: light colours, and what stands on a sheet."""
    colours = css_variables("light", ":root, .oc-light, .oc-dark")
    return f"@media print {{\n{colours}}}\n{asset('web', 'styles', 'print.css')}"


def asset(*parts: str) -> str:
    """Return a text file of the installed package."""
    return files("ocmap").joinpath(*parts).read_text("utf-8")


def hashed_name(stem: str, suffix: str, content: bytes) -> str:
    """Return a published file's name; its content's hash in it lets browsers cache the file without limit."""
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{suffix}"


DASHBOARD_NAME = hashed_name("dashboard", ".js", asset("web", "bundles", "dashboard.js").encode())
