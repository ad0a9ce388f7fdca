"""Firefox and WebKit behind the same few methods.

Playwright drives only its own builds of them. Firefox itself speaks WebDriver BiDi; WebKit's driver speaks the older
WebDriver, as Selenium does.
"""

import json
import os
import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from selenium import webdriver
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 20
KEYS = {"Tab": "\ue004", "Enter": "\ue007"}
PREFERENCES = """user_pref("intl.accept_languages", "es-PE, es");
user_pref("app.normandy.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""
REPORT_POLICY = """() => addEventListener("securitypolicyviolation", (stopped) => console.error(
    `policy: ${stopped.effectiveDirective} stopped ${stopped.blockedURI.slice(0, 80)}`))"""


class Driver(Protocol):
    """A browser with one window."""

    name: str
    version: str

    def open(self, url: str) -> None:
        """Load an address."""

    def run(self, function: str, *given: Any) -> Any:
        """Call a JavaScript function in the page with values that JSON can hold; return such a value."""

    def click(self, x: float, y: float) -> None:
        """Click with the mouse at a point of the window, in CSS pixels."""

    def press(self, key: str) -> None:
        """Press a key of ``KEYS``."""

    def go(self, steps: int) -> None:
        """Press the browser's button Back (-1) or Forward (1)."""

    def resize(self, width: int, height: int) -> None:
        """Make the page so large, or as near to it as the browser can."""

    def screenshot(self) -> bytes:
        """Return the page as PNG."""

    def errors(self) -> list[str]:
        """Return what the console has shown as an error since the last call."""


class Firefox:
    """Firefox by WebDriver BiDi."""

    name = "firefox"

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.numbers = count()
        self.found: list[str] = []
        self.version = self.send("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.send("session.subscribe", events=["log.entryAdded"])
        self.send("script.addPreloadScript", functionDeclaration=REPORT_POLICY)
        self.page: str = self.send("browsingContext.getTree")["contexts"][0]["context"]
        self.send("browsingContext.activate", context=self.page)

    def send(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv(timeout=PATIENCE_S))
            if answer["type"] == "event":
                entry = answer["params"]
                if entry["level"] == "error":
                    self.found.append(entry["text"])
            elif answer["id"] == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def act(self, kind: str, *actions: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.page, actions=[{"type": kind, "id": kind, "actions": actions}])

    def open(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def run(self, function: str, *given: Any) -> Any:
        answer = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify([await ({function})(...{json.dumps(given)})]))()",
            target={"context": self.page},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])[0]

    def click(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        self.act("pointer", move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0})

    def press(self, key: str) -> None:
        self.act("key", {"type": "keyDown", "value": KEYS[key]}, {"type": "keyUp", "value": KEYS[key]})

    def go(self, steps: int) -> None:
        self.send("browsingContext.traverseHistory", context=self.page, delta=steps)

    def resize(self, width: int, height: int) -> None:
        self.send("browsingContext.setViewport", context=self.page, viewport={"width": width, "height": height})

    def screenshot(self) -> bytes:
        return b64decode(self.send("browsingContext.captureScreenshot", context=self.page)["data"])

    def errors(self) -> list[str]:
        self.send("session.status")  # what the console has shown until now comes before its answer
        found, self.found = self.found, []
        return found


@contextmanager
def firefox(folder: Path, display: str) -> Iterator[Driver]:
    """Run Firefox with a new profile in a folder."""
    (folder / "user.js").write_text(PREFERENCES, "utf-8")
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, "no Firefox: run make test-browsers"
    command = [path, "--profile", str(folder), "--no-remote", "--remote-debugging-port", "0"]
    environment = {**os.environ, "DISPLAY": display, "HOME": str(folder)}
    log = folder / "log"
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process:  # noqa: S603
        try:
            with connect(f"{address_in(log, process)}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()


def address_in(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the address that Firefox writes to its log when it is ready."""
    while process.poll() is None:
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)\s", log.read_text("utf-8", "replace"))
        if found:
            return found[1]
    raise AssertionError(log.read_text("utf-8", "replace"))


class WebKit:
    """WebKitGTK by its driver."""

    name = "webkit"

    def __init__(self, window: webdriver.Remote) -> None:
        self.window = window
        self.version = window.capabilities["browserVersion"]

    def open(self, url: str) -> None:
        self.window.get(url)

    def run(self, function: str, *given: Any) -> Any:
        return self.window.execute_script(f"return ({function})(...arguments)", *given)

    def click(self, x: float, y: float) -> None:
        actions = ActionBuilder(self.window)
        actions.pointer_action.move_to_location(round(x), round(y)).click()  # type: ignore[no-untyped-call]
        actions.perform()

    def press(self, key: str) -> None:
        actions = ActionBuilder(self.window)
        actions.key_action.send_keys(KEYS[key])
        actions.perform()

    def go(self, steps: int) -> None:
        {-1: self.window.back, 1: self.window.forward}[steps]()

    def resize(self, width: int, height: int) -> None:
        """Make the window so large that the page has this size; MiniBrowser's is never narrower than 447 pixels."""
        frame = self.run("() => [outerWidth - innerWidth, outerHeight - innerHeight]")
        self.window.set_window_rect(0, 0, width + frame[0], height + frame[1])

    def screenshot(self) -> bytes:
        return self.window.get_screenshot_as_png()

    def errors(self) -> list[str]:
        """Return what ``listen.js`` has heard; fail where it was not loaded."""
        found: list[str] = self.run("() => top.faults.splice(0)")
        return found


@contextmanager
def webkit(folder: Path, display: str) -> Iterator[Driver]:
    """Run WebKit's MiniBrowser."""
    options = Options()
    options.binary_location = str(next(Path("/usr").glob("lib*/**/webkit2gtk-4*/MiniBrowser")))
    options.add_argument("--automation")
    path = shutil.which("WebKitWebDriver")
    assert path, "no WebKitWebDriver: run make test-browsers"
    environment = {**os.environ, "DISPLAY": display, "HOME": str(folder)}
    service = Service(executable_path=path, log_output=str(folder / "log"), env=environment)
    service.start()
    try:
        connection = RemoteConnection(client_config=ClientConfig(service.service_url))
        with webdriver.Remote(connection, options=options) as window:
            yield WebKit(window)
    finally:
        service.stop()
