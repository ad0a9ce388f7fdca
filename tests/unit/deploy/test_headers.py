"""The headers of ``deploy/nginx.conf``, and Streamlit's settings that guard readers."""

import base64
import hashlib
import http.server
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir
from tests.support.nginx import Directive, choose, headers, shipped

ROOT = Path(__file__).parents[3]
POLICY = "Content-Security-Policy"
MAP = "/component/streamlit_folium.st_folium/index.html"
SERVER = shipped().find("server")[0]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def policy(address: str) -> dict[str, set[str]]:
    """Return the sources that the policy of an address allows, by directive."""
    parts = [part.split() for part in headers(f"http://ocmap.example{address}")[POLICY].split(";")]
    return {name: set(sources) for name, *sources in parts}


def everything_in(directive: Directive) -> Iterator[Directive]:
    for one in directive.block:
        yield one
        yield from everything_in(one)


def test_no_location_loses_the_headers() -> None:
    """One `add_header` in a location would switch off all those of the server."""
    locations = [one for one in everything_in(SERVER) if one.words[0] in {"location", "if"}]
    assert len(locations) >= 5
    assert [one.words for one in locations if one.find("add_header")] == []


def test_errors_have_the_headers() -> None:
    added = SERVER.find("add_header")
    assert [one.words[1] for one in added if one.words[-1] != "always"] == ["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/light/", "/static/js/a.js", MAP])
def test_every_answer_has_the_headers(address: str) -> None:
    found = headers(f"http://ocmap.example{address}")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "no-referrer"
    assert found["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in found["Permissions-Policy"]
    assert policy(address)["default-src"] == {"'none'"}


def test_nothing_may_be_loaded_from_elsewhere() -> None:
    for address in ("/", MAP):
        sources = set().union(*(found for name, found in policy(address).items() if name != "frame-ancestors"))
        assert {one for one in sources if not one.startswith("'")} <= {"blob:", "data:"}


def test_only_the_map_may_evaluate() -> None:
    loose = {"'unsafe-inline'", "'unsafe-eval'"}
    assert policy("/")["script-src"].isdisjoint(loose)
    assert policy(f"/?q={MAP}")["script-src"].isdisjoint(loose)
    assert policy(f"/elsewhere{MAP}")["script-src"].isdisjoint(loose)
    assert policy(MAP)["script-src"] == {"'self'", *loose}


def test_the_hashes_are_those_of_the_scripts_in_the_page() -> None:
    page = (Path(get_static_dir()) / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts}
    assert {one for one in policy("/")["script-src"] if one.startswith("'sha256-")} == hashes


@pytest.mark.parametrize(
    ("address", "framers"),
    [
        ("/", "'self'"),
        ("/?place=PE-CUS", "'self'"),
        ("/?embed=false", "'self'"),
        ("/?place=embed=true", "'self'"),
        ("/static/js/a.js?x|true", "'self'"),
        ("/?embed=true", "'self'"),  # leads to the light edition
        (MAP, "'self'"),
        ("/preview/map.es.png", "'self'"),
        ("/light", "'self'"),
        ("/elsewhere/light/", "'self'"),
        ("/light/", "*"),
        ("/light/index.html", "*"),
        ("/?place=/light/", "'self'"),
    ],
)
def test_frame_ancestors_depend_on_the_address(address: str, framers: str) -> None:
    assert policy(address)["frame-ancestors"] == {framers}


@pytest.mark.parametrize(
    ("host", "origin", "is_foreign"),
    [
        ("ocmap.example", "https://ocmap.example", False),
        ("ocmap.example:8080", "http://ocmap.example:8080", False),
        ("OCMAP.example", "https://ocmap.example", False),
        ("ocmap.example", "", False),
        ("ocmap.example", "https://elsewhere.example", True),
        ("ocmap.example", "https://ocmap.example.elsewhere.example", True),
        ("ocmap.example", "https://elsewhere.ocmap.example", True),
        ("ocmap.example:8080", "http://ocmap.example", True),
        ("ocmap.example", "null", True),
        (".", "https://x", True),
    ],
)
def test_a_web_socket_from_another_origin_is_detected(host: str, origin: str, is_foreign: bool) -> None:  # noqa: FBT001 - a parameter of the test
    table = next(one for one in shipped().find("map") if one.words[2] == "$foreign")
    assert bool(choose(table, f"websocket|{host}|{origin}")) is is_foreign
    assert not choose(table, f"|{host}|{origin}")


def test_streamlit_settings_protect_readers_and_hide_errors() -> None:
    client, browser, server = (SETTINGS[name] for name in ("client", "browser", "server"))
    assert (client["showErrorDetails"], client["showErrorLinks"], client["toolbarMode"]) == ("none", False, "minimal")
    assert browser["gatherUsageStats"] is False
    assert server["enableCORS"] is True
    assert server["enableXsrfProtection"] is True
    assert server["maxUploadSize"] == server["maxWidgetStateSize"] == 1


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers as a replica does, with a cookie and a header that nginx sets as well."""

    def do_GET(self) -> None:
        self.send_response(404 if "nothing" in self.path else 200)
        self.send_header("Set-Cookie", "_streamlit_xsrf=1")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run nginx with our configuration in front of a substitute for a replica; yield its address."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed; the same is tried above and in the browser without it")
    folder = tmp_path_factory.mktemp("nginx")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "run").mkdir()
    for name in ("app/static/map.0123456789ab.js", "light/index.html", "light/ocmap.0123456789ab.js"):
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("from nginx", "utf-8")
    shutil.copy(ROOT / "deploy" / "web.sh", folder)
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    (folder / "nginx.conf").write_text(text.replace("listen 8080;", f"listen 127.0.0.1:{port};"), "utf-8")
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    replica = f"127.0.0.1:{upstream.server_address[1]}"
    child = subprocess.Popen(  # noqa: S603 - our own script
        [folder / "web.sh", "-g", "daemon off; master_process off;"],
        env={"PATH": os.environ["PATH"], "PREFIX": str(folder), "REPLICAS": replica, "RESOLVE": ""},
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 30
        while not answers(url) and child.poll() is None and time.monotonic() < deadline:
            threading.Event().wait(0.05)
        yield url
    finally:
        child.terminate()
        child.wait(10)
        upstream.shutdown()
        upstream.server_close()


def answers(url: str) -> bool:
    try:
        return bool(get(url))
    except urllib.error.URLError:
        return False


def get(url: str, **sent: str) -> tuple[int, Message]:
    """Return status and headers of an answer, be it an error."""
    request = urllib.request.Request(url, headers=sent)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/light/", 200),
        (f"{MAP}?streamlitUrl=x", 200),
        ("/app/static/map.0123456789ab.js", 200),
        ("/app/static/map.ffffffffffff.js", 200),
        ("/light/ocmap.0123456789ab.js", 200),
        ("/light/README-es.txt", 200),
        ("/nothing", 404),
        ("/_stcore/metrics", 404),
        ("/_stcore/upload_file/a/b", 404),
    ],
)
def test_nginx_answers_with_the_configured_headers(nginx: str, address: str, status: int) -> None:
    found, answer = get(nginx + address)
    assert found == status
    wanted = headers(nginx + address)
    if status != 200:
        wanted.pop("Cache-Control", None)
    assert {name: answer.get_all(name) for name in wanted} == {name: [text] for name, text in wanted.items()}
    assert "Set-Cookie" not in answer
    assert answer["Server"] == "nginx"


def test_nginx_refuses_a_web_socket_from_another_origin(nginx: str) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
    assert get(f"{nginx}/_stcore/stream", Origin="https://elsewhere.example", **upgrade)[0] == 403
    assert get(f"{nginx}/_stcore/stream", Origin=nginx, **upgrade)[0] == 200
    assert get(f"{nginx}/", Origin="https://elsewhere.example")[0] == 200
