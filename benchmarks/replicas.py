"""For ``load.py`` and ``hosting.py``: servers of the app, set up as the ``Containerfile`` does it; nginx in front."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
NOBODY = 65534
START_S = 120.0
LOG = """log_format seen '$http_user_agent|$request_uri|$status|$upstream_addr';
    access_log run/access.log seen;"""


@cache
def as_nobody() -> dict[str, Any]:
    """Return what makes root's child process an unprivileged one; nothing where only root may run this Python."""
    if os.geteuid():
        return {}
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        subprocess.run([sys.executable, "-c", "import ocmap"], check=True, cwd="/", **nobody)
    except (PermissionError, subprocess.CalledProcessError):
        return {}
    return nobody


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Replica:
    """One server of the app, unprivileged, on a folder that it cannot write."""

    app: Path
    port: int = field(default_factory=free_port)
    process: psutil.Popen | None = None

    @property
    def url(self) -> str:
        """Return its own address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> psutil.Popen:
        """Return its process."""
        if self.process is None:
            raise RuntimeError("the replica was not started")
        return self.process

    def start(self) -> float:
        """Start it and run its script once; return the seconds that this took."""
        began = time.monotonic()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": tempfile.gettempdir(),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(ROOT / "src"),
            "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "none",
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_HEADLESS": "true",
            "STREAMLIT_SERVER_PORT": str(self.port),
            "STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED": "true",
        }
        with (self.app.parent / f"replica-{self.port}.log").open("ab") as log:
            self.process = psutil.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py"],
                cwd=self.app,
                env=environment,
                stdout=log,
                stderr=log,
                **as_nobody(),
            )
        self._wait("health", began)
        self._wait("script-health-check", began)
        return time.monotonic() - began

    def _wait(self, path: str, began: float) -> None:
        while self.running.poll() is None and time.monotonic() - began < START_S:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/{path}", timeout=30):  # noqa: S310 - our own address
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"a replica did not answer {path}; see {self.app.parent}/*.log")

    def stop(self) -> float:
        """Ask it to end, as a container's engine does; return the seconds until it has."""
        began = time.monotonic()
        self.running.terminate()
        self.running.wait(30)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it without a chance to say goodbye."""
        self.running.kill()
        self.running.wait(10)

    def rss_mb(self) -> float:
        """Return its resident memory in MB (1e6 bytes)."""
        return float(self.running.memory_info().rss) / 1e6

    def cpu_s(self) -> float:
        """Return the seconds of CPU that it has used."""
        times = self.running.cpu_times()
        return float(times.user + times.system)


@dataclass(frozen=True)
class Deployment:
    """Replicas and nginx in front of them, in one folder."""

    folder: Path
    url: str
    replicas: Sequence[Replica]

    def where(self) -> dict[str, int]:
        """Return by the browser's name which replica, by port, answered its last request for the page."""
        found = {}
        for line in (self.folder / "web" / "run" / "access.log").read_text("utf-8").splitlines():
            agent, request, _, upstream = line.split("|")
            if request == "/" or request.startswith("/?"):
                found[agent] = int(upstream.rsplit(":", 1)[-1])
        return found


def build_app(folder: Path) -> Path:
    """Lay out what a replica needs; return the folder, which nobody can write."""
    app = folder / "app"
    app.mkdir()
    shutil.copy(ROOT / "app.py", app)
    shutil.copytree(ROOT / ".streamlit", app / ".streamlit")
    shutil.copytree(ROOT / "geodata", app / "geodata", ignore=shutil.ignore_patterns("raw"))
    for path in (app, *app.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return app


def build_web(folder: Path, app: Path, port: int) -> Path:
    """Lay out what nginx needs: the files that ``ocmap publish`` writes, and our configuration on a free port."""
    web = folder / "web"
    command = [sys.executable, "-m", "ocmap.cli", "publish", "--data", str(app / "geodata"), str(web / "site")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    run = web / "run"
    run.mkdir()
    run.chmod(0o777)
    shutil.copy(DEPLOY / "web.sh", web)
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for old, new in (("listen 8080;", f"listen 127.0.0.1:{port};"), ("access_log off;", LOG)):
        if text.count(old) != 1:
            raise ValueError(f"nginx.conf should say {old!r} once")
        text = text.replace(old, new)
    (web / "nginx.conf").write_text(text, "utf-8")
    return web


@contextmanager
def serve(count: int) -> Iterator[Deployment]:
    """Start the replicas and nginx; stop them when the block is left."""
    with tempfile.TemporaryDirectory(prefix="ocmap-hosting-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        app, port = build_app(folder), free_port()
        web = build_web(folder, app, port)
        replicas = [Replica(app) for _ in range(count)]
        nginx = None
        try:
            for replica in replicas:
                replica.start()
            names = " ".join(f"127.0.0.1:{replica.port}" for replica in replicas)
            environment = {"PATH": os.environ["PATH"], "REPLICAS": names, "RESOLVE": "", "PREFIX": str(web)}
            with (folder / "nginx.log").open("ab") as log:
                nginx = subprocess.Popen(
                    [web / "web.sh", "-g", "daemon off;"], env=environment, stdout=log, stderr=log, **as_nobody()
                )
            deployment = Deployment(folder, f"http://127.0.0.1:{port}", replicas)
            _wait_for(deployment.url, nginx)
            yield deployment
        finally:
            if nginx:
                nginx.terminate()
                nginx.wait(10)
            for replica in replicas:
                if replica.process and replica.process.poll() is None:
                    replica.kill()


def _wait_for(url: str, nginx: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_S
    while nginx.poll() is None and time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("nginx did not start")
