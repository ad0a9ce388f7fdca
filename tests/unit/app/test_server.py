"""What the server answers besides Streamlit, on good data, on bad data, and to hostile requests."""

import io
import json
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from PIL import Image
from starlette.applications import Starlette
from tests.unit.app.asking import Answer, get

from ocmap.app.packed_files import IMMUTABLE, NO_CACHE
from ocmap.app.server import Server, send_at_once
from ocmap.web.index_page import streamlit_page

Get = Callable[..., Answer]


def app_on(data: Path) -> Starlette:
    server = Server(data)
    return Starlette(routes=server.routes(), middleware=server.middleware())


@pytest.fixture(scope="module")
def shipped(geodata: Path) -> Iterator[Get]:
    """Return a function that asks the server of the shipped data."""
    app = app_on(geodata)
    yield lambda path, query="", **headers: get(app, path, query, **headers)
    st.cache_resource.clear()


def test_the_page_is_in_the_language_of_the_link_or_the_browser(shipped: Get) -> None:
    asked = {
        ("", "en-GB,es;q=0.5"): "en",
        ("", "en"): "en",
        ("", "en;q=0.9"): "en",
        ("", "es-PE"): "es",
        ("", "fr,en"): "es",
        ("", ""): "es",
        ("lang=es", "en"): "es",
        ("lang=en", "es"): "en",
        ("lang=zz", "en"): "en",
    }
    found = {key: shipped("/", key[0], accept_language=key[1]).body.decode() for key in asked}
    assert {key: text.partition('<html lang="')[2][:2] for key, text in found.items()} == asked


def test_the_page_is_asked_for_again_each_time(shipped: Get) -> None:
    answer = shipped("/", accept_encoding="gzip")
    assert (answer.status, answer.headers["cache-control"]) == (200, NO_CACHE)
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Language" in answer.headers["vary"]


def test_the_picture_of_a_preview_has_an_absolute_address(shipped: Get) -> None:
    page = shipped("/", "place=PE-PUN&lang=en", host="ocmap.example").body.decode()
    assert '<meta property="og:image" content="https://ocmap.example/preview/PE-PUN.en.png">' in page


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"x_forwarded_proto": "https"}, "https://ocmap.example/preview/"),
        ({"x_forwarded_proto": "http, https"}, "http://ocmap.example/preview/"),
        ({"x_forwarded_proto": "javascript"}, "https://ocmap.example/preview/"),
        ({"x_forwarded_prefix": "/ocmap"}, "https://ocmap.example/ocmap/preview/"),
        ({"x_forwarded_prefix": '/"><script>'}, "https://ocmap.example/preview/"),
    ],
)
def test_the_picture_of_a_preview_is_where_readers_see_the_page(
    shipped: Get, headers: dict[str, str], address: str
) -> None:
    page = shipped("/", "lang=en", host="ocmap.example", **headers).body.decode()
    assert f'<meta property="og:image" content="{address}map.en.png">' in page


def test_under_a_path_the_page_is_found_without_its_slash(geodata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "maps/ocmap"}.get)
    answer = get(app_on(geodata), "/maps/ocmap", "place=PE-PUN&lang=en")
    assert (answer.status, answer.headers["location"]) == (307, "ocmap/?place=PE-PUN&lang=en")


@pytest.mark.parametrize(
    "query", ["embed=true", "place=PE-PUN&embed=true", "embed=true&lang=en&data=9.9.9", "embed=false&embed=true"]
)
def test_an_embedded_view_is_the_light_edition_of_the_same_state(shipped: Get, query: str) -> None:
    answer = shipped("/", query)
    assert (answer.status, answer.headers["location"]) == (307, f"light/#{query}")


@pytest.mark.parametrize("query", ["embed=false", "embed", "place=embed=true", "embed=TRUE"])
def test_other_links_are_the_page(shipped: Get, query: str) -> None:
    assert shipped("/", query).status == 200


def test_the_light_edition_links_to_the_dashboard(shipped: Get) -> None:
    answer = shipped("/light/")
    assert (answer.status, answer.headers["cache-control"]) == (200, NO_CACHE)
    assert 'data-dashboard="../"' in answer.body.decode()
    assert shipped("/light/index.html").body == answer.body


def test_the_light_edition_is_found_without_its_slash(shipped: Get) -> None:
    assert shipped("/light").headers["location"] == "light/"


def test_every_file_that_the_light_edition_names_is_served(shipped: Get) -> None:
    page = shipped("/light/").body.decode()
    names = [
        part.partition('"')[0] for part in page.split('="')[1:] if part.partition('"')[0].endswith((".js", ".css"))
    ]
    assert len(names) >= 4
    assert {
        name: (shipped(f"/light/{name}").status, shipped(f"/light/{name}").headers["cache-control"]) for name in names
    } == (dict.fromkeys(names, (200, IMMUTABLE)))


def test_our_files_are_kept_for_a_year_and_have_a_type(shipped: Get) -> None:
    page = shipped("/").body.decode()
    names = {part.partition('"')[0] for part in page.split('href="app/static/')[1:]}
    found = {name: shipped(f"/app/static/{name}") for name in names}
    assert {one.headers["cache-control"] for one in found.values()} == {IMMUTABLE}
    types = {name.rsplit(".", 1)[1]: one.headers["content-type"].partition(";")[0] for name, one in found.items()}
    assert types == {"js": "text/javascript", "json": "application/json", "css": "text/css"}
    assert all(json.loads(one.body) for name, one in found.items() if name.endswith(".json"))


def test_a_preview_is_a_picture_of_what_exists(shipped: Get) -> None:
    answer = shipped("/preview/PE-PUN.es.png")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)
    assert shipped("/preview/map.en.png").status == 200


def test_each_place_route_and_language_has_its_own_preview(shipped: Get) -> None:
    names = ("PE-PUN.es", "PE-PUN.en", "PE-CUS.es", "heroin.1-r2.es", "map.es")
    for _ in ("drawn", "from memory"):
        pictures = {name: shipped(f"/preview/{name}.png").body for name in names}
        assert len(set(pictures.values())) == len(names)


@pytest.mark.parametrize(
    "path",
    [
        "/preview/nowhere.es.png",
        "/preview/PE-PUN.fr.png",
        "/preview/../etc.es.png",
        "/preview/<script>.es.png",
        "/preview/.es.png",
        "/preview/PE-PUN.es.svg",
        "/app/static/none.js",
        "/app/static/../app.py",
        "/light/none",
        "/light/../app.py",
        "/data/fr.zip",
        "/data/es",
    ],
)
def test_nothing_else_is_found(shipped: Get, path: str) -> None:
    assert shipped(path).status == 404


def test_the_data_can_be_had_without_scripts(shipped: Get) -> None:
    answer = shipped("/data/es.zip")
    assert answer.headers["content-disposition"].startswith('attachment; filename="ocmap-peru-')
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert "statements.csv" in archive.namelist()


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("place=%22%3E%3Cimg%20src=x%3E&lang=%00", {}),
        ("&".join(f"a{number}=1" for number in range(2000)), {}),
        ("", {"host": "["}),
        ("", {"host": '"><script>alert(1)</script>'}),
        ("", {"accept_language": ";;,,-"}),
    ],
)
def test_a_hostile_request_gets_a_page_without_its_text(shipped: Get, query: str, headers: dict[str, str]) -> None:
    answer = shipped("/", query, **headers)
    assert answer.status == 200
    assert b"<img src=x" not in answer.body
    assert b"<script>alert" not in answer.body


def test_on_data_with_faults_streamlits_page_is_served_and_nothing_else(
    package: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    app = app_on(package)
    assert get(app, "/").body.decode() == streamlit_page()
    assert [get(app, path).status for path in ("/light/", "/app/static/a.js", "/preview/map.es.png")] == [503] * 3
    edit("statements.csv", "activity,sure", "activity,stated")
    assert get(app, "/light/").status == 200


def test_everything_stands_under_the_base_path(geodata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "/maps/peru/"}.get)
    app = app_on(geodata)
    page = get(app, "/maps/peru/", "lang=es").body.decode()
    assert 'content="https://ocmap.example/maps/peru/preview/map.es.png"' in page
    assert [get(app, f"/maps/peru/{path}").status for path in ("light/", "preview/map.es.png")] == [200, 200]
    assert get(app, "/light/").status == 404


def test_every_socket_that_listens_answers_at_once_and_no_other_is_changed() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    with socket.socket() as listening, socket.socket() as other:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_at_once()
        found = [bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)) for one in (listening, other)]
    assert found == [True, False]
    assert len(list(Path("/dev/fd").iterdir())) == before
