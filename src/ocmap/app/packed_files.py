"""Answer with packed files, each made once per process: at its first request, or when the server starts."""

import asyncio
import logging
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from importlib.metadata import distribution
from pathlib import Path
from typing import Generic, TypeVar

from platformdirs import user_cache_path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ocmap.dataset.atomic_write import write_whole
from ocmap.web import fonts
from ocmap.web.fonts import STREAMLIT, streamlit_fonts
from ocmap.web.packed import PackedFile, pack

LOGGER = logging.getLogger("ocmap")
IMMUTABLE = "public, max-age=31536000, immutable"
NO_CACHE = "no-cache"  # kept by the browser, which asks each time whether it has changed
HASHED = re.compile(r"\.(?:[0-9a-f]{12}|[\w-]{8})\.\w+$")
FOLIUM = Path(str(distribution("streamlit-folium").locate_file("streamlit_folium")))  # importing it needs a session
INSTALLED = {
    "static/": STREAMLIT / "static" / "static",
    "component/streamlit_folium.st_folium/": FOLIUM / "frontend" / "build",
}
Made = TypeVar("Made")


class Once(Generic[Made]):
    """Makes each value once: who asks first has it made, and everybody who asks meanwhile waits for the same."""

    def __init__(self, most: int) -> None:
        """Hold at most so many values; the oldest is forgotten first."""
        self.most = most
        self._tasks: dict[object, asyncio.Future[Made]] = {}

    async def get(self, key: object, make: Callable[[], Awaitable[Made]]) -> Made:
        """Return the value of a key; after an error the next request makes it again."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(make())
            if len(self._tasks) > self.most:
                del self._tasks[next(iter(self._tasks))]
        try:
            return await asyncio.shield(task)  # others wait for it, even if this request ends
        except Exception:
            self._tasks.pop(key, None)
            raise


def answer(request: Request, file: PackedFile, caching: str, **more: str) -> Response:
    """Return the response with a file, packed for browsers that take that."""
    headers = {"Cache-Control": caching, "ETag": file.etag, "Vary": "Accept-Encoding", **more}
    if file.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if file.packed is not None and "gzip" in re.split(r"[\s,]+", request.headers.get("accept-encoding", "").lower()):
        return Response(file.packed, media_type=file.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(file.content, media_type=file.media_type, headers=headers)


def caching_of(name: str) -> str:
    """Return how long browsers may keep a file: for a year, if its name carries a hash of its content."""
    return IMMUTABLE if HASHED.search(name) else NO_CACHE


class InstalledFiles:
    """The files of Streamlit and streamlit-folium, which those send unpacked; of Streamlit's fonts what we use."""

    def __init__(self) -> None:
        """Look up the files; nothing is read yet."""
        self.paths = {
            prefix + file.relative_to(folder).as_posix(): file
            for prefix, folder in INSTALLED.items()
            for file in folder.rglob("*")
            if file.is_file()
        }
        self._fonts = tuple(streamlit_fonts().values())
        self._packed = Once[PackedFile](len(self.paths))

    async def get(self, name: str) -> PackedFile:
        """Return a file by its path below the page's address."""
        return await self._packed.get(name, lambda: self._pack(self.paths[name]))

    async def cut_fonts(self) -> None:
        """Cut the fonts that the page uses, one after another."""
        names = {file: name for name, file in self.paths.items()}
        for font in self._fonts:
            await self.get(names[font])

    async def _pack(self, file: Path) -> PackedFile:
        content = await _cut(file) if file in self._fonts else b""
        return await run_in_threadpool(lambda: pack(file.name, content or file.read_bytes()))


async def _cut(font: Path) -> bytes:
    """Return a font with what the page can show, or nothing where it cannot be cut: then it is served whole.

    Cutting takes two seconds, so a user's cache directory stores the result for the next start.
    """
    cached = user_cache_path("ocmap") / f"{fonts.fingerprint()}-{font.name}"
    with suppress(OSError):
        return cached.read_bytes()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ocmap.web.fonts", str(font), stdout=PIPE, stderr=PIPE
    )
    try:
        content, errors = await process.communicate()
    except asyncio.CancelledError:  # the server ends
        process.kill()
        raise
    if process.returncode:
        LOGGER.warning("The font %s is served whole: %s", font.name, errors.decode(errors="replace").strip()[-200:])
        return b""
    with suppress(OSError):  # such as a read-only container
        write_whole(cached.parent, {cached.name: content})
    return content


class ServeInstalled:
    """Middleware that answers for installed files. Streamlit keeps their paths for itself, so a route cannot."""

    def __init__(self, app: ASGIApp, installed: InstalledFiles, prefix: str) -> None:
        """Wrap an application that stands at ``prefix``."""
        self.app, self.installed, self.prefix = app, installed, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file that a package has; leave everything else to the application."""
        name = self._name(scope)
        if name is None:
            await self.app(scope, receive, send)
            return
        response = answer(Request(scope), await self.installed.get(name), caching_of(name))
        await response(scope, receive, send)

    def _name(self, scope: Scope) -> str | None:
        if (
            scope["type"] != "http"
            or scope["method"] not in {"GET", "HEAD"}
            or not scope["path"].startswith(self.prefix)
        ):
            return None
        name = scope["path"].removeprefix(self.prefix)
        name += "index.html" if name in INSTALLED else ""
        is_part = any(key.lower() == b"range" for key, _ in scope["headers"])
        return name if name in self.installed.paths and not is_part else None
