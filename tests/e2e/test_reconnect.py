"""A page whose server was replaced: its session is gone, the view stays, and clicks are answered."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from tests.e2e.conftest import ROOT, Reader, free_port, wait_for_fonts, wait_until_healthy

CLICK = """() => {
  const map = document.querySelector(".st-key-map iframe").contentDocument;
  map.querySelector('[data-id="PE-PUN"][tabindex="0"]').dispatchEvent(new MouseEvent("click", { bubbles: true }));
  return location.search.includes("place=PE-PUN");
}"""
Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def server() -> Iterator[tuple[str, Start]]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own server
        started.append(child)
        wait_until_healthy(f"http://localhost:{port}", child)
        return child

    yield f"http://localhost:{port}", start
    for child in started:
        child.kill()
        child.wait(10)


@pytest.mark.long
def test_a_page_opened_before_a_restart_is_answered_by_the_next_server(
    server: tuple[str, Start], reader_of: Callable[..., Reader]
) -> None:
    url, start = server
    first = start()
    wait_for_fonts(url)
    reader = reader_of(url).open("?place=PE-CUS&lang=es")
    reader.page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
    )
    first.kill()
    first.wait(10)
    reader.page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'"
    )
    start()
    reader.page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED'"
    )
    reader.expect_query(place="PE-CUS")
    # A click in the very moment of the new connection may be lost; the next one must not be.
    reader.page.wait_for_function(CLICK, polling=500)
    # The browser tells of the server that was away; nothing else may have gone wrong.
    reader.faults[:] = [fault for fault in reader.faults if "ERR_CONNECTION_REFUSED" not in fault]
