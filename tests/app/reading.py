"""What a reader finds on a page of the app."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from ocmap.analysis.profile import read_profile
from ocmap.dataset.schema import Lang
from ocmap.web.panel_file import build_panels

Open = Callable[..., AppTest]
Edit = Callable[[str, str, str], None]
HOSTILE = "<script>alert('owned')</script>"


def bodies(app: AppTest) -> str:
    """Return all HTML that the page writes, its style sheets apart, and the panel as it is without filters."""
    return "\n".join([*([_panel(app)] if map_state(app) else []), written(app)])


def written(app: AppTest) -> str:
    """Return all HTML that the page writes, its style sheets apart; the panel's is drawn by the browser."""
    plain = (one.proto.body for one in app.get("html") if not one.proto.body.startswith("<style>"))
    data = (json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json)
    return "\n".join([*(one["html"] for one in data if "html" in one), *plain])


def map_state(app: AppTest) -> dict[str, Any]:
    """Return what the server sends of the session's state to the map's view; nothing if the page is of faults."""
    data = (json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json)
    return next((one for one in data if one.get("part") == "panel"), {})


def _panel(app: AppTest) -> str:
    state = map_state(app)
    asked = parse_qs(state["q"])
    return panels_of(state["lang"])[asked.get("place", asked.get("route", [""]))[0]]


@cache
def panels_of(lang: Lang) -> dict[str, str]:
    """Return the panels of the shipped data, from which the browser draws the panel of a state."""
    data = Path(__file__).parents[2] / "geodata"
    return build_panels(read_profile(data), lang)


def links(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """Return the parameters of each link of ours on the page by what is written on it."""
    found = re.findall(r'<a [^>]*?data-go[^>]*? href="([^"]*)"[^>]*>(.*?)</a>', bodies(app), re.DOTALL)
    return {
        " ".join(unescape(re.sub(r"<[^>]*>", " ", name)).split()): parse_qs(unescape(href).removeprefix("?"))
        for href, name in found
    }


def text(app: AppTest) -> str:
    """Return what a reader sees of that HTML: not what is hidden, of which only single lines hold plain text."""
    seen = re.sub(r"<(\w+)[^>]* hidden>[^<]*</\1>", "", bodies(app))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", seen)).split())


def heading(app: AppTest) -> str:
    found = re.search(r"<h2[^>]*>(.*?)</h2>", bodies(app))
    return unescape(found[1]) if found else ""


def pill(app: AppTest, key: str) -> Any:
    return next(one for one in app.get("button_group") if one.key == key)


def boxes(app: AppTest) -> set[tuple[str, str]]:
    """Return the name and the value of each box that is ticked."""
    found = re.findall(r'<input [^>]*?name="([^"]*)" value="([^"]*)"[^>]*? checked>', bodies(app))
    return {(unescape(name), unescape(value)) for name, value in found}


def sent(app: AppTest) -> str:
    """Return everything that goes to the browser, the map's command included."""
    return "\n".join(_protos(app))


def _protos(app: AppTest) -> Iterator[str]:
    for element in app:
        proto = getattr(element, "proto", None)
        if proto is not None:
            yield str(getattr(proto, "body", "")) + str(getattr(proto, "json_args", "")) + str(proto)
