"""The first page: map, filters and panel, which the browser draws while Streamlit is still on its way.

Streamlit's page can be used once some 3 MB of scripts are there and have asked the server what to show. What a reader
came for is a tenth of that, so it goes into the same page in a frame that stands before it (``client/first.js``).
"""

import re
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ocmap.analysis.view_state import View, ViewState
from ocmap.app.resources import load
from ocmap.dataset.codebook import DATA_VERSION
from ocmap.dataset.errors import DataError
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html
from ocmap.web.app_data import STREAMLIT, App, font_face
from ocmap.web.filter_form import describe_filters
from ocmap.web.json_data import Json, as_json
from ocmap.web.page_context import PageContext
from ocmap.web.panel_file import publish_panels
from ocmap.web.place_list import list_places
from ocmap.web.publish import PUBLISHED_NAME, asset

START = re.compile(r'<script type="module"( (?:crossorigin )?)src="([^"]+)"></script>')
# Streamlit's scripts are fetched at once, and run when the first page is drawn or could not be, or after a while.
WAIT = """<script>
window.ocmapDrawn = () => import(document.getElementById("streamlit").href);
setTimeout(window.ocmapDrawn, 3000);
</script>"""
OTHERS = frozenset({"tour", "compare"})  # in a link: what is left to the dashboard


def index_route(root: Path) -> Route:
    """Return the route of the page: Streamlit's own, with the first page in it where that is what a link asks for.

    ``root`` is the folder that holds ``geodata`` and ``static``. Where the data cannot be used, the dashboard says so.
    """
    index = (STREAMLIT / "static" / "index.html").read_text("utf-8").replace("<title>Streamlit<", "<title>ocmap<")
    patient = START.sub(rf'<link rel="modulepreload"\1href="\2" id="streamlit">{WAIT}', index)

    async def show(request: Request) -> HTMLResponse:
        asked = request.query_params
        page = index
        if asked.get("view", View.MAP) == View.MAP and OTHERS.isdisjoint(asked):
            ahead, frame = await run_in_threadpool(_parts, root, embed=asked.get("embed") == "true")
            if frame:
                page = patient.replace("<head>", f"<head>{ahead}", 1).replace("</body>", f"{frame}</body>")
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return Route(f"/{base}/" if base else "/", show)


def _parts(root: Path, *, embed: bool) -> tuple[str, str]:
    """Return what of the first page goes into head and body; nothing where its data or its files cannot be had."""
    try:
        app = load(root / "geodata", root / "static")
        first = build_first(app, embed=embed)
        app.published.static_folder.restore()
    except (DataError, OSError):
        return "", ""
    return first


class KeepHashed:
    """Middleware that lets browsers keep our published files, whose names carry a hash of what they hold.

    So the first page, the map's frame and the page around it fetch each of them once.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with one header more."""
        ours = scope["type"] == "http" and PUBLISHED_NAME.fullmatch(scope["path"].rsplit("/app/static/", 1)[-1])

        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
                MutableHeaders(scope=message)["Cache-Control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self.app(scope, receive, send_kept if ours else send)


@lru_cache(maxsize=2)
def build_first(app: App, *, embed: bool) -> tuple[str, str]:
    """Publish what the first page fetches; return links that fetch it before Streamlit's scripts, and its frame.

    Raises:
        OSError: A file is missing and the static folder cannot be written.
    """
    panels = {f"panels-{lang}": publish_panels(app, lang) for lang in LANGUAGES}
    put = app.published.static_folder.put
    script = "\n;".join(asset("web", "client", name) for name in ("site.js", "first.js"))
    pages: Json = {lang: _pages(app, lang) for lang in LANGUAGES}
    names = {
        "map": app.published.data,
        "evidence": app.published.evidence,
        "pages": put("first", ".json", as_json(pages).encode()),
        **panels,
    }
    own = ("first.css", *(["embed.css"] if embed else []))
    style = put("first", ".css", (font_face() + html.standalone_style(*own)).encode())
    scripts = [app.published.script, put("first", ".js", script.encode())]
    page = html.render("first.html", style=style, scripts=scripts, embed=embed, version=DATA_VERSION, names=names)
    ahead = html.render(
        "first_ahead.html", style=style, scripts=scripts, data=[names[name] for name in ("pages", "map", "evidence")]
    )
    return ahead, html.render("first_frame.html", page=page)


def _pages(app: App, lang: Lang) -> dict[str, str]:
    """Return the HTML of the parts of the page that only depend on the language, by their ids."""
    page = PageContext(app.profile, lang, ViewState(lang=lang))
    words = page.words
    parts = html.ENVIRONMENT.get_template("first_parts.html").make_module(
        {
            "words": words,
            "lang": lang,
            "edition": words["page.edition"].format(version=DATA_VERSION),
            "views": [words[f"view.{one}"] for one in View],
        }
    )
    return {
        **{
            name: str(getattr(parts, name)())
            for name in ("top", "tongue", "find", "tabs", "source", "bottom_bar", "open")
        },
        "head": html.render_localized(page, "site_head.html", places=list_places(page)),
        "filters": html.render_localized(page, "filters.html", **describe_filters(page)),
    }
