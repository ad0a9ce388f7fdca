"""The two images, started as ``deploy/compose.yaml`` wants them: read-only, as an ordinary user, without privileges.

Made and run by ``deploy/build_images.sh``, in a network of their own.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.conftest import NOT_OURS, RESULTS, Reader, wait_until_healthy
from tests.e2e.conftest import browser as browser  # noqa: PLC0414 - a fixture
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from ocmap.analysis.view_state import View

APP, WEB = "http://127.0.0.1:8501", "http://127.0.0.1:8080"
DATA = "/srv/ocmap/geodata"
FORMATS = ("zip", "gpkg", "geojson", "csv", "svg", "png")
# What compose.yaml asks of an engine, done by hand: buildah cannot start a container read-only.
START = """set -eu
mount --bind "$ROOT" "$ROOT"
mount --bind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
mkdir -p "$ROOT$WRITABLE"
mount -o remount,bind,ro "$ROOT"
mount -t tmpfs -o mode=1777 tmpfs "$ROOT$WRITABLE"
exec chroot "$ROOT" setpriv --reuid "${OWNER%:*}" --regid "${OWNER#*:}" --clear-groups --no-new-privs \
    --bounding-set=-all --inh-caps=-all env --ignore-environment --chdir "$FOLDER" "$@"
"""


class Image:
    """A container of an image, and what its Containerfile says of it."""

    def __init__(self, root: Path, config: dict[str, Any], writable: str, **environment: str) -> None:
        self.config = config
        self.settings = [*config["Env"], *(f"{name}={value}" for name, value in environment.items())]
        self.environment = {
            "PATH": os.environ["PATH"],
            "ROOT": str(root),
            "WRITABLE": writable,
            "OWNER": config["User"],
            "FOLDER": config["WorkingDir"] or "/",
        }

    def start(self, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        """Start a command in the container."""
        isolated = ["unshare", "--mount", "sh", "-c", START, "sh"]
        return subprocess.Popen([*isolated, *self.settings, *command], env=self.environment, **options)  # noqa: S603

    def run(self, *command: str) -> tuple[int, str]:
        """Run a command in the container; return its exit code and what it printed."""
        with self.start(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            printed, _ = process.communicate(timeout=300)
        return process.returncode, printed.decode()


def buildah(*words: str) -> str:
    return subprocess.run(["buildah", *words], check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603, S607


@contextmanager
def container(name: str, writable: str, **environment: str) -> Iterator[Image]:
    identifier = buildah("from", "--pull-never", f"localhost/ocmap-{name}")
    try:
        config = json.loads(buildah("inspect", identifier))["Docker"]["config"]
        yield Image(Path(buildah("mount", identifier)), config, writable, **environment)
    finally:
        buildah("rm", identifier)


@contextmanager
def running(image: Image, url: str, log: str) -> Iterator[None]:
    RESULTS.mkdir(exist_ok=True)
    command = [*(image.config["Entrypoint"] or []), *image.config["Cmd"]]
    with (RESULTS / f"image-{log}.log").open("wb") as out, image.start(*command, stdout=out, stderr=out) as server:
        try:
            wait_until_healthy(url, server)
            yield
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def images() -> Iterator[dict[str, Image]]:
    """Start a replica, and nginx in front of it."""
    with ExitStack() as stack:
        app = stack.enter_context(container("app", "/tmp"))  # noqa: S108 - in the image
        # Debian's nginx cannot look names up again; that of the shipped image can.
        web = stack.enter_context(container("web", "/srv/ocmap/run", REPLICAS="127.0.0.1:8501", RESOLVE=""))
        stack.enter_context(running(app, APP, "app"))
        stack.enter_context(running(web, WEB, "web"))
        yield {"app": app, "web": web}


@pytest.fixture
def reader(browser: Browser, images: dict[str, Image]) -> Iterator[Reader]:  # noqa: ARG001 - they run
    context = browser.new_context(locale="es-PE", viewport={"width": 1360, "height": 900})
    reader = Reader(context.new_page(), WEB)
    reader.page.on("pageerror", lambda error: reader.faults.append(str(error)))
    reader.page.on("console", reader.listen)
    yield reader
    context.close()
    assert [fault for fault in reader.faults if not NOT_OURS.search(fault)] == []


def answer(url: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=60) as found:  # noqa: S310 - our own
            return found.status, dict(found.headers), found.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), b""


@pytest.mark.parametrize("name", ["app", "web"])
def test_an_image_passes_its_own_health_check(images: dict[str, Image], name: str) -> None:
    image = images[name]
    assert image.run(*image.config["Healthcheck"]["Test"][1:])[0] == 0


@pytest.mark.parametrize("name", ["app", "web"])
def test_an_image_runs_read_only_as_an_ordinary_user_without_privileges(images: dict[str, Image], name: str) -> None:
    image = images[name]
    assert image.run("id", "-u")[1].strip() == "10001"
    assert image.run("sh", "-c", "grep -E 'Cap(Eff|Bnd)|NoNewPrivs' /proc/self/status | tr -s '\\t ' ' '")[1] == (
        "CapEff: 0000000000000000\nCapBnd: 0000000000000000\nNoNewPrivs: 1\n"
    )
    for folder in ("/", "/srv/ocmap", "/var/tmp", "/usr", "/etc"):  # noqa: S108 - in the image
        assert "Read-only" in image.run("touch", f"{folder}/new")[1], folder
    assert image.run("touch", f"{image.environment['WRITABLE']}/new") == (0, "")


def test_nginx_serves_the_page_its_files_and_the_light_edition(images: dict[str, Image]) -> None:  # noqa: ARG001
    for path, cached in (("/", None), ("/light/", "no-cache"), ("/_stcore/health", None)):
        status, headers, body = answer(WEB + path)
        assert status == 200, path
        assert body, path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert cached is None or headers["Cache-Control"] == cached, path
    for path in ("/_stcore/metrics", "/_stcore/script-health-check"):
        assert answer(WEB + path)[0] == 404, path


def test_nginx_sends_packed_files_itself(images: dict[str, Image]) -> None:
    code, names = images["web"].run("sh", "-c", "cd /srv/ocmap/site && find app light static component -name '*.js'")
    assert code == 0
    found = names.split()
    assert {name.split("/")[0] for name in found} == {"app", "light", "static", "component"}
    for name in found:
        status, headers, body = answer(f"{WEB}/{name}")
        assert (status, headers.get("Content-Encoding")) == (200, "gzip") or len(body) < 1000, name


def test_a_websocket_is_passed_on_and_one_of_another_origin_is_refused(images: dict[str, Image]) -> None:  # noqa: ARG001
    address = WEB.replace("http", "ws") + "/_stcore/stream"
    with connect(address, origin=Origin(WEB), subprotocols=[Subprotocol("streamlit")], proxy=None):
        pass
    with pytest.raises(Exception, match="403"), connect(address, origin=Origin("https://other.example"), proxy=None):
        pass


def test_a_reader_clicks_through_nginx(reader: Reader) -> None:
    reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.page.locator(".st-key-filters label", has_text="Armas").click()
    reader.expect_query(markets="arms", place="PE-CUS")
    for view in View:
        reader.page.goto(f"{WEB}/?view={view}&lang=en")
        expect(reader.page.locator("[data-test-script-state=notRunning] .pn").first).to_be_attached()
        expect(reader.page.locator(".stException")).to_have_count(0)


def test_the_app_image_writes_every_download(images: dict[str, Image]) -> None:
    """What was removed from the image is needed by none of them."""
    formats = " ".join(f"--format {name}" for name in FORMATS)
    code, printed = images["app"].run(
        "sh",
        "-ec",
        f"cd /tmp; PATH=/opt/venv/bin; ocmap export --data {DATA} {formats}; ocmap brief --data {DATA} PE-MDD",
    )
    assert code == 0, printed
    written = [Path(line).name for line in printed.split()]
    endings = ("datapackage.zip", ".gpkg", "geojson.zip", "csv.zip", ".svg", ".png", ".pdf")
    assert [one for one in endings if not any(name.endswith(one) for name in written)] == [], printed
