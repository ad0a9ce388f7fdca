"""The route of the page: Streamlit's page with the first page in it, or without where it cannot be."""

import asyncio
import re
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir
from tests.app.conftest import lay_out

from ocmap.app import first_page
from ocmap.app.first_page import KeepHashed, build_first, index_route

KEPT = "public, max-age=31536000, immutable"


def ask(app: Starlette, path: str, query: str = "") -> tuple[int, dict[str, str], str]:
    """Return what an application answers: status, headers, text."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [],
    }
    asyncio.run(app(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(one.get("body", b"") for one in sent[1:]).decode()


@pytest.fixture
def root(tmp_path: Path, root: Path, geodata: Path) -> Iterator[Path]:
    """Return a folder with the app and the shipped data."""
    lay_out(tmp_path, root, geodata)
    yield tmp_path
    st.cache_resource.clear()
    build_first.cache_clear()


@pytest.fixture
def get(root: Path) -> Callable[[str], str]:
    """Return a function that asks for the page with a query."""
    app = Starlette(routes=[index_route(root)])

    def run(query: str) -> str:
        status, head, text = ask(app, "/", query)
        assert (status, head["cache-control"]) == (200, "no-cache")
        return text

    return run


def test_every_file_of_the_first_page_is_published(get: Callable[[str], str], root: Path) -> None:
    page = get("place=PE-PUN")
    names = set(re.findall(r"[\w-]+\.[0-9a-f]{12}\.\w+", page))
    assert {name.split(".")[0] for name in names} == {"first", "map", "panels-en", "panels-es", "peru", "evidence"}
    assert names <= {file.name for file in (root / "static").iterdir()}


def test_the_first_page_contains_the_whole_streamlit_page(get: Callable[[str], str]) -> None:
    """Each tag of its head is present; only its script runs later, and is fetched meanwhile."""
    own = (Path(get_static_dir()) / "index.html").read_text("utf-8")
    page = get("")
    tags = set(re.findall(r"<(?:link|script|meta)[^>]*>", own))
    (script,) = (tag for tag in tags if 'type="module"' in tag)
    assert {tag for tag in tags if tag not in page} == {script}
    source = re.search(r'src="([^"]+)"', script)
    assert source
    assert re.search(rf'<link rel="modulepreload"[^>]* href="{re.escape(source[1])}" id="streamlit">', page)
    assert page.index("app/static/map.") < page.index("./static/js/")  # what the map needs is asked for first
    assert '<div id="root"></div>' in page


@pytest.mark.parametrize(
    "query", ["view=table", "tour=2", "compare=PE-PUN", "view=%3Cscript%3E", "view=map&view=table"]
)
def test_other_views_than_the_map_get_the_streamlit_page(get: Callable[[str], str], query: str) -> None:
    page = get(query)
    assert "ocmap-first" not in page
    assert '<script type="module"' in page
    assert "<title>ocmap</title>" in page


def test_no_part_of_a_link_is_repeated_in_the_page(get: Callable[[str], str]) -> None:
    assert get("place=%22%3E%3Cimg%20src=x%3E&embed=%22x%22&lang=zz") == get("")


def test_without_usable_data_the_streamlit_page_is_served(get: Callable[[str], str], root: Path) -> None:
    (root / "geodata").unlink()
    page = get("")
    assert "ocmap-first" not in page
    assert '<script type="module"' in page  # it does not wait for what is not there


def test_without_a_static_folder_the_streamlit_page_is_served(get: Callable[[str], str], root: Path) -> None:
    (root / "static").write_text("no folder")
    assert "ocmap-first" not in get("")


def test_a_lost_file_is_restored(get: Callable[[str], str], root: Path) -> None:
    get("")
    (lost,) = (root / "static").glob("first.*.css")
    lost.unlink()
    get("")
    assert lost.exists()


def test_an_unknown_streamlit_page_is_not_changed(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A page whose script is written in another way starts as usual."""
    other = tmp_path / "streamlit"
    (other / "static").mkdir(parents=True)
    (other / "static" / "index.html").write_text("<html><head></head><body><script src='a.js'></script></body></html>")
    monkeypatch.setattr(first_page, "STREAMLIT", other)
    _, _, page = ask(Starlette(routes=[index_route(root)]), "/")
    assert "<script src='a.js'></script>" in page
    assert 'id="ocmap-first"' in page


def test_the_page_is_served_under_the_base_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "/maps/peru/"}.get)
    app = Starlette(routes=[index_route(root)])
    assert ask(app, "/maps/peru/")[0] == 200
    assert ask(app, "/")[0] == 404


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/app/static/first.0123456789ab.js", True),
        ("/maps/app/static/panels-es.0123456789ab.gz", True),
        ("/app/static/first.js", False),
        ("/app/static/other.0123456789ab.js", False),
        ("/first.0123456789ab.js", False),
        ("/app/static/", False),
        ("/", False),
        ("/app/static/first.ba9876543210.js", False),
    ],
)
def test_only_our_files_with_a_hash_are_cached(path: str, *, kept: bool) -> None:
    """The last of them is not found, and what is not found is asked for again."""
    routes = [
        Route("/app/static/first.ba9876543210.js", lambda _: PlainTextResponse("", 404)),
        Route("/{any:path}", lambda _: PlainTextResponse("")),
    ]
    _, head, _ = ask(Starlette(routes=routes, middleware=[Middleware(KeepHashed)]), path)
    assert head.get("cache-control") == (KEPT if kept else None)
