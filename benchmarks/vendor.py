"""For ``run.py``: a server on this machine in place of the CDNs of the naive app, as fast as a CDN could ever be.

The packages come from the npm registry into ``out/vendor`` (git-ignored) and are laid out there by host and
path, as the CDNs have them. Answers are compressed and may be cached for a year, as those of CDNs.

Stubs, empty because nothing on the naive map needs them: the style sheets ``bootstrap-glyphicons.css`` and
``leaflet.awesome.rotate.min.css``. Fonts of icons are left out too; no marker shows one.
"""

import gzip
import mimetypes
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OUT = Path(__file__).parent / "out"
VENDOR = OUT / "vendor"
JSDELIVR = "cdn.jsdelivr.net/npm"
CDNJS = "cdnjs.cloudflare.com/ajax/libs"

# npm package, file or folder in it, where the CDN has it
FILES = (
    ("leaflet@1.9.3", "dist", f"{JSDELIVR}/leaflet@1.9.3/dist"),
    ("jquery@3.7.1", "dist/jquery.min.js", "code.jquery.com/jquery-3.7.1.min.js"),
    ("bootstrap@5.2.2", "dist", f"{JSDELIVR}/bootstrap@5.2.2/dist"),
    ("d3@3.5.5", "d3.min.js", f"{CDNJS}/d3/3.5.5/d3.min.js"),
    ("d3@4.13.0", "build/d3.min.js", "d3js.org/d3.v4.min.js"),
    ("leaflet.awesome-markers@2.0.5", "dist", f"{CDNJS}/Leaflet.awesome-markers/2.0.2"),
    (
        "@fortawesome/fontawesome-free@6.2.0",
        "css/all.min.css",
        f"{JSDELIVR}/@fortawesome/fontawesome-free@6.2.0/css/all.min.css",
    ),
)
# streamlit-folium asks for the marker's pictures at addresses that lack a slash; a CDN would answer 404
PICTURES = tuple(
    ("leaflet@1.9.3", f"dist/images/{name}", f"{JSDELIVR}/leaflet@1.9.3/dist{name}")
    for name in ("marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")
)
STUBS = (
    "netdna.bootstrapcdn.com/bootstrap/3.0.0/css/bootstrap-glyphicons.css",
    "cdn.jsdelivr.net/gh/python-visualization/folium/folium/templates/leaflet.awesome.rotate.min.css",
)


def prepare() -> None:
    """Fetch what is not there yet.

    Raises:
        FileNotFoundError: npm is not installed.
        subprocess.CalledProcessError: npm could not fetch a package.
    """
    for package, inside, address in FILES + PICTURES:
        if not (VENDOR / address).exists():
            _place(_unpack(package) / inside, VENDOR / address)
    for address in STUBS:
        (VENDOR / address).parent.mkdir(parents=True, exist_ok=True)
        (VENDOR / address).touch()


def _unpack(package: str) -> Path:
    """Return the folder of an npm package, fetched and unpacked."""
    folder = OUT / "npm" / package.replace("/", "+")
    if not (folder / "package").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes())


class Handler(BaseHTTPRequestHandler):
    """Answers with the files of ``out/vendor``, or 404."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send one file."""
        path = (VENDOR / self.path.split("?")[0].lstrip("/")).resolve()
        if not path.is_relative_to(VENDOR.resolve()) or not path.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write no log."""


@contextmanager
def serve() -> Iterator[str]:
    """Answer for the CDNs on a free port; yield the address that stands for ``https://``."""
    prepare()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
