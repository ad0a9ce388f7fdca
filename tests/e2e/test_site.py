"""The static edition: opened from a disk and from a plain web server, the same map, filters and panels as the app's."""

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from tests.e2e.conftest import ROOT
from tests.e2e.test_phone import FINGER, TOO_SMALL

MOST_BYTES = 1_000_000
MOST_BYTES_AT_FIRST = 250_000
VIOLATIONS = """addEventListener("securitypolicyviolation",
  ({ violatedDirective }) => console.error(`policy: ${violatedDirective}`))"""
HREFS = "all => all.map((a) => a.getAttribute('href'))"


class Quiet(SimpleHTTPRequestHandler):
    """A plain web server that writes no log."""

    def log_message(self, *_: Any) -> None:
        """Write no log."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(params=["disk", pytest.param("server", marks=pytest.mark.long)])
def address(site: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "disk":
        yield (site / "index.html").as_uri()
    else:
        with served(site) as url:
            yield url


@pytest.fixture
def open_site(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open the page in a context without a network; whatever goes wrong in it fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def make(fragment: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"locale": "es-PE", "viewport": {"width": 1360, "height": 900}, **options})
        contexts.append(context)
        context.add_init_script(VIOLATIONS)
        context.route(lambda url: urlsplit(url).hostname not in {"127.0.0.1", None, ""}, lambda route: route.abort())
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
        page.goto(address + fragment)
        expect(page.locator("html")).to_have_attribute("data-ocmap", "ready")
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults


def mark(page: Page, identifier: str) -> Any:
    return page.locator(f'[data-id="{identifier}"][tabindex="0"]')


def fragment(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).fragment)


def heading(page: Page) -> Any:
    return page.locator("#panel h2")


def test_the_page_has_map_panel_and_filters(open_site: Callable[..., Page]) -> None:
    page = open_site()
    expect(page.locator('[data-kind="region"][tabindex="0"]')).to_have_count(26)
    expect(heading(page)).to_have_text("Elija un lugar")
    expect(page.locator(".tally")).to_contain_text(
        "Los 15 mercados: 14 regiones nombradas (o un lugar en ellas), 4 solo por su frontera"
    )
    expect(page.locator("#filters input[name=markets]")).to_have_count(15)
    expect(mark(page, "PE-LMA")).to_have_attribute(
        "aria-label", "Lima Metropolitana: 7 afirmaciones sobre mercados nombran la región o un lugar en ella"
    )


def test_a_region_chosen_by_key_is_in_the_address(open_site: Callable[..., Page]) -> None:
    page = open_site()
    mark(page, "PE-CUS").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Cusco")
    expect(page).to_have_title("Cusco · ocmap")
    assert fragment(page)["place"] == ["PE-CUS"]
    page.go_back()
    expect(heading(page)).to_have_text("Elija un lugar")
    page.go_forward()
    expect(heading(page)).to_have_text("Cusco")


def test_a_filter_changes_map_panel_and_counts(open_site: Callable[..., Page]) -> None:
    page = open_site("#place=PE-LMA")
    page.locator("#filters label", has_text="Armas").click()
    expect(page.locator("#panel")).to_contain_text("Los filtros ocultan 9 afirmaciones de este lugar.")
    expect(page.locator(".tally")).to_contain_text(
        "Armas: 3 regiones nombradas (o un lugar en ellas), 3 solo por su frontera"
    )
    expect(mark(page, "PE-MDD")).to_have_attribute("aria-label", "Madre de Dios: Nada con estos filtros")
    assert (fragment(page)["markets"], fragment(page)["place"]) == (["arms"], ["PE-LMA"])
    page.locator("#filters").get_by_role("link", name="Quitar filtros").click()
    expect(page.locator(".tally")).to_contain_text("Los 15 mercados")
    assert "markets" not in fragment(page)


def test_a_link_opens_the_same_view_in_the_other_language(open_site: Callable[..., Page]) -> None:
    page = open_site("#lang=en&markets=heroin&route=heroin.1-r2")
    expect(heading(page)).to_have_text("Opium: Cajamarca → Ecuador")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#filters input[name=markets]:checked")).to_have_count(1)
    page.get_by_role("link", name="Español").press("Enter")
    expect(heading(page)).to_have_text("Opio: Cajamarca → Ecuador")
    expect(page.get_by_role("link", name="Español")).to_be_focused()
    assert fragment(page)["route"] == ["heroin.1-r2"]


def test_the_first_language_is_that_of_the_browser(open_site: Callable[..., Page]) -> None:
    expect(heading(open_site(locale="en-GB"))).to_have_text("Choose a place")


def test_every_link_leads_to_an_existing_target(open_site: Callable[..., Page]) -> None:
    page = open_site("#place=PE-TUM&layers=regions")
    expect(heading(page)).to_have_text("Tumbes")
    hrefs = page.locator("#panel a[data-go], #filters a[data-go]").evaluate_all(HREFS)
    assert hrefs
    assert [one for one in hrefs if not one.startswith("#") or "view=" in one or "tour=" in one] == []
    page.locator("#panel").get_by_role("link", name="Piura", exact=True).click()
    expect(heading(page)).to_have_text("Piura")
    assert fragment(page)["layers"] == ["regions"]
    expect(page.locator("#panel nav:not(:has(a))")).to_have_count(0)
    expect(page.locator("#panel [data-line=national]")).to_contain_text("hablan de todo el país")  # as text
    expect(page.locator("#panel [data-line=national] a[href], .tally a[href]")).to_have_count(0)


def test_a_place_is_found_in_the_list(open_site: Callable[..., Page]) -> None:
    page = open_site()
    page.get_by_label("Ir a un lugar").select_option(label="La Pampa")
    expect(heading(page)).to_have_text("La Pampa")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("#place=nowhere", "No se pudo leer una parte del enlace (lugar)"),
        ("#data=0.0.9", "Este enlace se hizo con la versión 0.0.9 de los datos"),
        ("#markets=%3Cimg%20src=x%20onerror=alert(1)%3E", "(mercados)"),
    ],
)
def test_a_link_with_unknown_values_shows_a_notice(open_site: Callable[..., Page], asked: str, said: str) -> None:
    page = open_site(asked)
    expect(page.locator("#notice")).to_contain_text(said)
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize(
    "options",
    [{}, pytest.param({"viewport": {"width": 390, "height": 844}, "has_touch": True}, marks=pytest.mark.long)],
    ids=["wide", "phone"],
)
def test_the_static_edition_is_accessible(open_site: Callable[..., Page], options: dict[str, Any]) -> None:
    page = open_site("#place=PE-PUN", **options)
    expect(heading(page)).to_have_text("Puno")
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if options:
        assert page.evaluate(TOO_SMALL, FINGER) == []


def test_the_static_edition_is_small_and_makes_no_outside_request(site: Path) -> None:
    assert sum(len(gzip.compress(file.read_bytes())) for file in site.iterdir()) < MOST_BYTES
    page = (site / "index.html").read_text("utf-8")
    assert "//" not in page.replace("<!doctype", "")
    assert not [one for one in site.iterdir() if one.is_dir()]


def test_a_first_load_fetches_the_panels_of_one_language_and_is_light(browser: Browser, site: Path) -> None:
    fetched: list[str] = []
    with served(site) as address, browser.new_page(locale="es-PE") as page:
        page.on("request", lambda request: fetched.append(urlsplit(request.url).path.lstrip("/")))
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("data-ocmap", "ready")
        expect(heading(page)).to_have_text("Elija un lugar")
    assert sorted(name.split(".")[0] for name in fetched) == ["data", "index", "leaflet", "ocmap", "ocmap", "panels-es"]
    packed = {name: len(gzip.compress((site / name).read_bytes())) for name in fetched}
    assert sum(packed.values()) < MOST_BYTES_AT_FIRST, packed


@pytest.mark.long
def test_writing_the_static_edition_again_gives_the_same_files(site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ocmap.cli", "export", "--site", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
        one.name: one.read_bytes() for one in site.iterdir()
    }
