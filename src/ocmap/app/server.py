"""What the server answers besides Streamlit: the page, its files, the light edition, the data, and link previews."""

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import View, ViewState
from ocmap.app.packed_files import NO_CACHE, InstalledFiles, Once, ServeInstalled, answer, caching_of
from ocmap.app.resources import load
from ocmap.dataset.errors import DataError
from ocmap.dataset.schema import LANGUAGES
from ocmap.export.data_package import build_package
from ocmap.export.files import Download, file_name
from ocmap.export.print.preview import build_preview
from ocmap.export.static_site import build_site
from ocmap.web.app_data import App
from ocmap.web.index_page import build_index, streamlit_page
from ocmap.web.packed import PackedFile, pack

MOST_PAGES, MOST_PICTURES = 64, 32  # in memory: a page has 100 KB with its packed copy, a picture 200
PREFIX = re.compile(r"(/[\w.-]+){1,4}", re.ASCII)
DAY = "public, max-age=86400"
Respond = Callable[[App, Request], Awaitable[Response]]


class Server:
    """The server of the data in a folder."""

    def __init__(self, data: Path) -> None:
        """Serve the data package in a folder, which is read at the first request."""
        self.data = data
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        self.prefix = f"/{base}/" if base else "/"
        self.installed = InstalledFiles()
        self._folders = Once[Mapping[str, PackedFile]](2)
        self._pages = Once[PackedFile](MOST_PAGES)
        self._pictures = Once[PackedFile](MOST_PICTURES)

    def routes(self) -> list[BaseRoute]:
        """Return the routes, under Streamlit's base path."""
        return [
            *([] if self.prefix == "/" else [Route(self.prefix.rstrip("/"), self._add_slash)]),
            self._route("", self._index, lambda: HTMLResponse(streamlit_page(), headers={"Cache-Control": NO_CACHE})),
            self._route("app/static/{name}", self._published),
            Route(f"{self.prefix}light", lambda _: RedirectResponse("light/")),
            self._route("light/{name:path}", self._light),
            self._route("preview/{name}.{lang}.png", self._preview),
            self._route("data/{lang}.zip", self._package),
        ]

    def middleware(self) -> list[Middleware]:
        """Return what answers before Streamlit."""
        return [Middleware(ServeInstalled, self.installed, self.prefix)]

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """When the server starts, let it answer at once, and cut the fonts, so that no reader waits for them."""
        send_at_once()
        task = asyncio.create_task(self.installed.cut_fonts())
        yield
        task.cancel()

    def _route(self, path: str, respond: Respond, otherwise: Callable[[], Response] | None = None) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                app = await run_in_threadpool(load, self.data)
            except (DataError, OSError):  # the page says what is wrong
                return otherwise() if otherwise else Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
            return await respond(app, request)

        return Route(self.prefix + path, endpoint)

    def _add_slash(self, request: Request) -> Response:
        """Lead to the page by a relative address: an absolute one would say http where a proxy in front speaks TLS."""
        query = request.scope["query_string"].decode("latin-1")
        return RedirectResponse(self.prefix.split("/")[-2] + "/" + (f"?{query}" if query else ""))

    async def _index(self, app: App, request: Request) -> Response:
        query = request.scope["query_string"].decode("latin-1")
        if "true" in request.query_params.getlist("embed"):
            return RedirectResponse(f"light/#{query}")
        view = ViewState.from_href(f"?{query}", app.profile.vocabulary)
        lang = view.lang or i18n.language_of(request.headers.get("accept-language", "").split(",")[0].split(";")[0])
        address = public_address(request)

        def build() -> PackedFile:
            return pack("index.html", build_index(app, view, lang, address).encode())

        page = await self._pages.get((view, lang, address), lambda: run_in_threadpool(build))
        return answer(request, page, NO_CACHE, Vary="Accept-Encoding, Accept-Language")

    async def _published(self, app: App, request: Request) -> Response:
        return await self._from_folder(request, "published", lambda: app.published.files)

    async def _light(self, app: App, request: Request) -> Response:
        return await self._from_folder(request, "light", lambda: build_site(app.profile, dashboard="../"))

    async def _from_folder(self, request: Request, folder: str, build: Callable[[], Mapping[str, bytes]]) -> Response:
        def packed() -> Mapping[str, PackedFile]:
            return {name: pack(name, content) for name, content in build().items()}

        name = request.path_params["name"] or "index.html"
        file = (await self._folders.get(folder, lambda: run_in_threadpool(packed))).get(name)
        return Response(status_code=HTTPStatus.NOT_FOUND) if file is None else answer(request, file, caching_of(name))

    async def _preview(self, app: App, request: Request) -> Response:
        name, lang = request.path_params["name"], request.path_params["lang"]
        known = app.profile.vocabulary
        if lang not in LANGUAGES or not (name == "map" or name in known.places or name in known.routes):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        view = ViewState.from_query({"place": name, "route": name}, known)

        def build() -> PackedFile:
            return pack("preview.png", build_preview(PageContext(app.profile, lang, view)))

        return answer(request, await self._pictures.get((name, lang), lambda: run_in_threadpool(build)), DAY)

    async def _package(self, app: App, request: Request) -> Response:
        lang = request.path_params["lang"]
        if lang not in LANGUAGES:
            return Response(status_code=HTTPStatus.NOT_FOUND)

        def build() -> PackedFile:
            return pack("data.zip", build_package(app.profile, app.files, lang))

        file = await self._pictures.get(("data", lang), lambda: run_in_threadpool(build))
        name = file_name(app.profile.dataset, Download.PACKAGE, ViewState(view=View.MAP))
        return answer(request, file, NO_CACHE, **{"Content-Disposition": f'attachment; filename="{name}"'})


def public_address(request: Request) -> str:
    """Return the page's address as readers see it, without its query; proxies in front say what they changed of it."""
    address = str(request.url).partition("?")[0]
    scheme = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip()
    if scheme in {"http", "https"}:
        address = scheme + "://" + address.partition("://")[2]
    prefix = request.headers.get("x-forwarded-prefix", "")
    if PREFIX.fullmatch(prefix):
        host, _, path = address.partition("://")[2].partition("/")
        address = f"{address.partition('://')[0]}://{host}{prefix}/{path}"
    return address


def send_at_once() -> None:
    """Let each answer leave at once (``TCP_NODELAY``), on all sockets of this process that listen.

    asyncio does this only for sockets that were opened with their protocol, which Streamlit's is not: a browser then
    waited 40 ms between the headers and the body of each answer, until it acknowledged the headers.
    """
    for file in Path("/dev/fd").glob("*"):
        if not file.is_socket():
            continue
        with socket.socket(fileno=os.dup(int(file.name))) as one:
            listens = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            if listens and one.family in {socket.AF_INET, socket.AF_INET6}:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
