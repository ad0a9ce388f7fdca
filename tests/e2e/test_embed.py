"""A view inside a page of another origin."""

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, expect
from tests.e2e.conftest import NO_ICON, Reader

SIZES = [(600, 400), (900, 600), (390, 600)]


@pytest.fixture
def host(tmp_path: Path, app_url: str) -> Iterator[str]:
    """Serve pages that embed the app; they are of another origin, since their host and port are others."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            return

    for width, height in SIZES:
        source = f"{app_url}/?place=PE-CUS&lang=es&embed=true"
        page = f'<iframe src="{source}" title="ocmap" width="{width}" height="{height}" style="border:0"></iframe>'
        (tmp_path / f"{width}.html").write_text(f'<!doctype html><html lang="es">{NO_ICON}{page}</html>', "utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def embed(reader_of: Callable[..., Reader], host: str) -> Callable[[int, int], tuple[Reader, FrameLocator]]:
    def show(width: int, height: int) -> tuple[Reader, FrameLocator]:
        reader = reader_of(host, viewport={"width": width + 20, "height": height + 20})
        reader.page.goto(f"{host}/{width}.html")
        inner = reader.page.frame_locator("iframe")
        expect(inner.locator("html")).to_have_attribute("data-ocmap", "ready")
        return reader, inner

    return show


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_embedded_view_has_a_map_a_panel_and_a_source_line(
    embed: Callable[[int, int], tuple[Reader, FrameLocator]], width: int, height: int
) -> None:
    _, inner = embed(width, height)
    expect(inner.locator("#panel h2")).to_have_text("Cusco")
    expect(inner.locator("#panel h2")).to_be_in_viewport()
    expect(inner.locator("#map")).to_be_in_viewport(ratio=0.5)
    expect(inner.locator(".emb a").first).to_be_in_viewport()
    expect(inner.locator(".mast")).to_be_hidden()
    assert inner.locator("html").evaluate("(el) => el.scrollWidth <= el.clientWidth")


def test_a_click_opens_a_region_in_an_embedded_view(
    embed: Callable[[int, int], tuple[Reader, FrameLocator]],
) -> None:
    _, inner = embed(600, 400)
    region = inner.locator('[role="button"][aria-label^="Puno"]').first
    region.dispatch_event("click")
    expect(inner.locator("#panel h2")).to_have_text("Puno")


def test_the_source_line_links_to_the_whole_page(
    embed: Callable[[int, int], tuple[Reader, FrameLocator]], app_url: str
) -> None:
    reader, inner = embed(600, 400)
    expect(inner.locator(".emb a").first).to_have_attribute("href", "https://ocindex.net/2025/country/peru")
    link = inner.locator(".emb .all")
    expect(link).to_have_attribute("target", "_blank")
    with reader.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator(".st-key-panel h2")).to_have_text("Cusco")
    expect(opened.value.locator(".st-key-mast")).to_be_visible()
    assert opened.value.url.startswith(app_url)
    assert "embed" not in opened.value.url
    opened.value.close()
