"""What the server answers besides Streamlit: the page's files, and the light edition."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ocmap.app.resources import load
from ocmap.dataset.errors import DataError
from ocmap.export.static_site import build_site
from ocmap.web.app_data import App

IMMUTABLE = "public, max-age=31536000, immutable"


def routes(root: Path) -> list[BaseRoute]:
    """Return the routes for the data in ``root/geodata``, under Streamlit's base path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    prefix = f"/{base}" if base else ""

    async def show_file(request: Request) -> Response:
        return await _answer(root, lambda app: app.published.files, request.path_params["name"], IMMUTABLE)

    async def show_light(request: Request) -> Response:
        name = request.path_params["name"] or "index.html"
        return await _answer(root, _light_files, name, "no-cache" if name == "index.html" else IMMUTABLE)

    async def to_light(_: Request) -> Response:
        return RedirectResponse(f"{prefix}/light/")

    return [
        Route(f"{prefix}/app/static/{{name}}", show_file),
        Route(f"{prefix}/light", to_light),
        Route(f"{prefix}/light/{{name:path}}", show_light),
    ]


async def _answer(root: Path, files_of: Callable[[App], Mapping[str, bytes]], name: str, caching: str) -> Response:
    try:
        files = await run_in_threadpool(lambda: files_of(load(root / "geodata")))
    except (DataError, OSError):  # the page says what is wrong
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    if name not in files:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    return Response(files[name], media_type=guess_type(name)[0], headers={"Cache-Control": caching})


@lru_cache(maxsize=1)
def _light_files(app: App) -> Mapping[str, bytes]:
    return build_site(app.profile, dashboard="../")
