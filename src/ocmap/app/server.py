"""What the server answers besides Streamlit: the page, its files, the light edition, and pictures for link previews."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ocmap import i18n
from ocmap.analysis.view_state import MOST_PARAMETERS, ViewState
from ocmap.app.resources import load
from ocmap.dataset.errors import DataError
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.export.print.preview import build_preview
from ocmap.export.static_site import build_site
from ocmap.web.app_data import App
from ocmap.web.index_page import build_index, streamlit_page
from ocmap.web.packed import PackedFile, pack, packed_file

IMMUTABLE = "public, max-age=31536000, immutable"
ANEW = "no-cache"
INSTALLED = {
    "/static/": files("streamlit") / "static" / "static",
    "/component/streamlit_folium.st_folium/": files("streamlit_folium") / "frontend" / "build",
}

Answer = Callable[[App, Request], Response]


def routes(root: Path) -> list[BaseRoute]:
    """Return the routes for the data in ``root/geodata``, under Streamlit's base path."""
    prefix = _prefix()

    def from_app(answer: Answer, otherwise: Callable[[], Response]) -> Callable[[Request], Response]:
        def respond(request: Request) -> Response:
            try:
                return answer(load(root / "geodata"), request)
            except (DataError, OSError):  # the page says what is wrong
                return otherwise()

        return respond

    def unavailable() -> Response:
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)

    return [
        _route(f"{prefix}/", from_app(_index, lambda: HTMLResponse(streamlit_page(), headers={"Cache-Control": ANEW}))),
        _route(f"{prefix}/app/static/{{name}}", from_app(_published, unavailable)),
        _route(f"{prefix}/light", lambda _: RedirectResponse(f"{prefix}/light/")),
        _route(f"{prefix}/light/{{name:path}}", from_app(_light, unavailable)),
        _route(f"{prefix}/preview/{{name}}.{{lang}}.png", from_app(_preview, unavailable)),
    ]


def _prefix() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _route(path: str, respond: Callable[[Request], Response]) -> Route:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(respond, request)

    return Route(path, endpoint)


def _index(app: App, request: Request) -> Response:
    if request.query_params.get("embed") == "true":
        return RedirectResponse(f"light/#{request.url.query}")
    query = parse_qs(request.url.query, max_num_fields=MOST_PARAMETERS)
    view = ViewState.from_query(query, app.profile.vocabulary)
    lang = view.lang or i18n.language_of(request.headers.get("accept-language"))
    page = build_index(app, view, lang, str(request.base_url))
    return _packed(request, pack("index.html", page.encode()), ANEW)


def _published(app: App, request: Request) -> Response:
    return _of(_packed_files(app), request, IMMUTABLE)


def _light(app: App, request: Request) -> Response:
    return _of(_light_files(app), request, IMMUTABLE if "." in request.path_params["name"] else ANEW)


def _of(known: Mapping[str, PackedFile], request: Request, caching: str) -> Response:
    file = known.get(request.path_params["name"])
    return Response(status_code=HTTPStatus.NOT_FOUND) if file is None else _packed(request, file, caching)


@lru_cache(maxsize=1)
def _packed_files(app: App) -> Mapping[str, PackedFile]:
    return {name: pack(name, content) for name, content in app.published.files.items()}


@lru_cache(maxsize=1)
def _light_files(app: App) -> Mapping[str, PackedFile]:
    site = {name: pack(name, content) for name, content in build_site(app.profile, dashboard="../").items()}
    return {**site, "": site["index.html"]}


def _preview(app: App, request: Request) -> Response:
    name, lang = request.path_params["name"], request.path_params["lang"]
    known = app.profile.vocabulary
    if lang not in LANGUAGES or not (name == "map" or name in known.places or name in known.routes):
        return Response(status_code=HTTPStatus.NOT_FOUND)
    view = ViewState(place=name if name in known.places else None, route=name if name in known.routes else None)
    return Response(_picture(app, view, lang), media_type="image/png", headers={"Cache-Control": "max-age=86400"})


@lru_cache(maxsize=200)
def _picture(app: App, view: ViewState, lang: Lang) -> bytes:
    return build_preview(app.profile, view, lang)


def _packed(request: Request, file: PackedFile, caching: str) -> Response:
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, media_type=file.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(file.content, media_type=file.media_type, headers=headers)


class PackedPackages:
    """Middleware that answers for the files of Streamlit and streamlit-folium: packed, where those send them bare."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app
        self.folders = {f"{_prefix()}{path}": folder for path, folder in INSTALLED.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file that a package has; leave everything else to the application."""
        file = self._file(scope["path"]) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        if file is None:
            await self.app(scope, receive, send)
            return
        packed = await run_in_threadpool(packed_file, file)
        caching = ANEW if file.suffix == ".html" else IMMUTABLE
        await _packed(Request(scope), packed, caching)(scope, receive, send)

    def _file(self, path: str) -> Path | None:
        for prefix, folder in self.folders.items():
            if path.startswith(prefix):
                file = Path(str(folder), path.removeprefix(prefix) or "index.html")
                return file if ".." not in file.parts and file.is_file() else None
        return None
