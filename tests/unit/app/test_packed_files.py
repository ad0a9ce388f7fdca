"""Installed files are sent packed, each packed once, and as they are to those who take no packed ones."""

import asyncio
import gzip
import shutil
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir
from tests.unit.app.asking import ask, get

from ocmap.app import packed_files
from ocmap.app.packed_files import IMMUTABLE, NO_CACHE, InstalledFiles, Once, ServeInstalled, caching_of
from ocmap.web import fonts
from ocmap.web.packed import PackedFile, pack

STATIC = Path(get_static_dir())
SCRIPT = max((STATIC / "static" / "js").glob("index.*.js"), key=lambda file: file.stat().st_size)
ADDRESS = f"/static/js/{SCRIPT.name}"
FOLIUM = "/component/streamlit_folium.st_folium/"


def app_at(prefix: str = "/") -> Starlette:
    """Return an application that says which paths come through to it."""
    routes = [Route("/{path:path}", lambda request: PlainTextResponse(f"through {request.url.path}"))]
    return Starlette(routes=routes, middleware=[Middleware(ServeInstalled, InstalledFiles(), prefix)])


def test_a_packed_file_is_the_same_after_unpacking() -> None:
    answer = get(app_at(), ADDRESS, accept_encoding="deflate, gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.body) == SCRIPT.read_bytes()


@pytest.mark.parametrize("takes", ["", "identity", "br", "gzip;q=0"])
def test_who_takes_no_gzip_gets_the_file_as_it_is(takes: str) -> None:
    answer = get(app_at(), ADDRESS, accept_encoding=takes)
    assert "content-encoding" not in answer.headers
    assert answer.body == SCRIPT.read_bytes()


def test_a_known_file_is_not_sent_again() -> None:
    app = app_at()
    tag = get(app, ADDRESS).headers["etag"]
    answer = get(app, ADDRESS, if_none_match=tag)
    assert (answer.status, answer.body) == (304, b"")


def test_a_hundred_first_readers_at_once_have_each_file_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[str] = []

    def count(name: str, content: bytes) -> PackedFile:
        packed.append(name)
        return pack(name, content)

    monkeypatch.setattr(packed_files, "pack", count)
    addresses = [ADDRESS, f"{FOLIUM}index.html"]

    async def everybody() -> set[bytes]:
        app = app_at()
        return {one.body for one in await asyncio.gather(*(ask(app, path) for path in addresses * 100))}

    assert len(asyncio.run(everybody())) == len(addresses)
    assert sorted(packed) == sorted([SCRIPT.name, "index.html"])


def test_a_reader_who_leaves_takes_nothing_from_the_others() -> None:
    async def leave() -> str:
        once, made = Once[str](2), asyncio.Event()

        async def make() -> str:
            await made.wait()
            return "made"

        first, second = (asyncio.ensure_future(once.get("a", make)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        made.set()
        return await second

    assert asyncio.run(leave()) == "made"


def test_what_failed_is_tried_again_and_the_oldest_is_forgotten() -> None:
    async def tell() -> list[object]:
        once, calls = Once[int](2), iter(range(10))
        found: list[object] = []

        async def make() -> int:
            if (number := next(calls)) == 0:
                raise OSError("the first time")
            return number

        for key in ("a", "a", "b", "a", "c", "a"):
            try:
                found.append(await once.get(key, make))
            except OSError:
                found.append(None)
        return found

    assert asyncio.run(tell()) == [None, 1, 2, 1, 3, 4]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/static/js/none.js",
        "/static/js/",
        "/static/../static/index.html",
        "/app/static/map.js",
        "/component/other/x.js",
        "//static/js",
    ],
)
def test_what_is_not_installed_comes_through(path: str) -> None:
    assert get(app_at(), path).body.startswith(b"through")


def test_a_part_of_a_file_and_another_method_come_through() -> None:
    assert get(app_at(), ADDRESS, range="bytes=0-9").body.startswith(b"through")
    assert asyncio.run(ask(app_at(), ADDRESS, method="POST")).status == 405


def test_files_are_served_under_the_base_path_alone() -> None:
    app = app_at("/maps/peru/")
    assert get(app, f"/maps/peru{ADDRESS}").body == SCRIPT.read_bytes()
    assert get(app, ADDRESS).body.startswith(b"through")


def test_the_start_page_of_a_component_is_found_by_its_folder() -> None:
    assert b"<!doctype html>" in get(app_at(), FOLIUM).body.lower()


def test_only_names_with_a_hash_are_kept_for_a_year() -> None:
    wanted = {
        ADDRESS: IMMUTABLE,
        "map.0123456789ab.js": IMMUTABLE,
        "main.521860b0.js": IMMUTABLE,
        "index.html": NO_CACHE,
        "bootstrap.min.css": NO_CACHE,
        "README-es.txt": NO_CACHE,
        "main.521860b0.js.map": NO_CACHE,
    }
    assert {name: caching_of(name) for name in wanted} == wanted


def test_a_font_that_cannot_be_cut_is_served_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    font = tmp_path / "SourceSansVF-Upright.ttf.0123abcd.woff2"
    font.write_bytes(b"no font")
    monkeypatch.setattr(packed_files, "INSTALLED", {"static/": tmp_path})
    monkeypatch.setattr(packed_files, "streamlit_fonts", lambda: {"SourceSansVF-Upright": font})
    assert get(app_at(), f"/static/{font.name}").body == b"no font"
    assert f"The font {font.name} is served whole" in caplog.text


def test_a_font_is_cut_once_and_stored_for_the_next_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    font = tmp_path / "media" / "SourceSansVF-Upright.ttf.0123abcd.woff2"
    font.parent.mkdir()
    shutil.copyfile(fonts.streamlit_fonts()["SourceSansVF-Upright"], font)
    monkeypatch.setattr(packed_files, "INSTALLED", {"static/": font.parent})
    monkeypatch.setattr(packed_files, "streamlit_fonts", lambda: {"SourceSansVF-Upright": font})
    monkeypatch.setattr(packed_files, "user_cache_path", lambda name: tmp_path / name)
    first = get(app_at(), f"/static/{font.name}").body
    assert 0 < len(first) < font.stat().st_size / 2
    font.write_bytes(b"no font")
    assert get(app_at(), f"/static/{font.name}").body == first
