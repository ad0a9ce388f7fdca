"""A second country, whose sentences are made up: the dashboard and the light edition, in both languages."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.conftest import ROOT, Reader, free_port, serving

from ocmap.analysis.view_state import View
from ocmap.cli import main
from ocmap.dataset.schema import LANGUAGES, Lang

DATA = ROOT / "tests" / "data" / "ecuador"
SHIPPED = re.compile(r".{0,30}\b(?:Per[uú]|PE|INEI|Lima)\b.{0,30}|.{0,30}\b(?:[Pp]eruvian|peruan).{0,30}")
"""What is of the country of the shipped data."""
NEIGHBOUR = re.compile(
    r"[Ff]rontera con\s?(?:el )?Perú|[Bb]order with Peru|^\s*Per[uú](?= →|\s*$)|\tPer[uú]\t", re.MULTILINE
)
"""That country as a neighbour of this one: a border, an end of a route, a row of the table."""
MADE_UP = {"es": "DATOS INVENTADOS PARA PRUEBAS", "en": "MADE-UP DATA FOR TESTS"}
NAMES = {"es": "Frontera con el Perú", "en": "Border with Peru"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the light edition of the second country; return the address of its page on the disk."""
    folder: Path = tmp_path_factory.mktemp("ecuador")
    assert main(["export", "--data", str(DATA), "--site", str(folder)]) == 0
    return (folder / "index.html").as_uri()


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_the_map_has_all_regions_and_opens_them(browser: Browser, address: str, lang: Lang) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}#lang={lang}")
    expect(page.locator("html")).to_have_attribute("data-ocmap", "ready")
    expect(page.locator("path.oc-region[role=button]")).to_have_count(24)
    expect(page.locator("body")).to_contain_text(MADE_UP[lang])
    inset, islands = page.locator(".oc-inset"), page.locator('path.oc-region[data-id="EC-W"]')
    expect(islands).not_to_be_in_viewport()  # they are far away
    expect(inset.locator(".oc-inset-title")).to_have_text("Galápagos")
    drawn, around = (inset.locator(one).bounding_box() for one in ("path.oc-region", ".oc-inset-map"))
    assert drawn
    assert around
    assert around["x"] < drawn["x"] < drawn["x"] + drawn["width"] < around["x"] + around["width"]
    assert drawn["width"] > around["width"] / 3
    inset.locator("path.oc-region").dispatch_event("click")
    expect(page.locator("#panel h2")).to_have_text("Galápagos")
    page.goto(f"{address}#lang={lang}&place=EC-W")
    page.reload()
    expect(page.locator('path.oc-region[data-id="EC-P"]')).to_be_in_viewport()  # the inset shows the islands
    page.goto(f"{address}#lang={lang}&place=border-PE")
    expect(page.locator("#panel h2")).to_have_text(NAMES[lang])
    far = page.locator("button.oc-far-button", has_text="Galápagos")
    expect(far).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})  # no room for the inset
    expect(inset).to_be_hidden()
    page.locator(".oc-buttons button").last.click()
    expect(islands).not_to_be_in_viewport()
    far.click()
    expect(islands).to_be_in_viewport(ratio=0.99)
    assert faults == []
    page.close()


def test_a_link_to_far_land_that_no_inset_shows_moves_the_map_there(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    settings = (data / "profile.toml").read_text("utf-8")
    without = re.sub(r"\[inset\]\n(?:.+\n)+", "", settings)
    assert without != settings
    (data / "profile.toml").write_text(without, "utf-8")
    assert main(["export", "--data", str(data), "--site", str(tmp_path / "site")]) == 0
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{(tmp_path / 'site' / 'index.html').as_uri()}#place=EC-W")
    expect(page.locator('path.oc-region[data-id="EC-W"]')).to_be_in_viewport()
    expect(page.locator('path.oc-region[data-id="EC-P"]')).not_to_be_in_viewport()
    page.close()


@pytest.mark.e2e
@pytest.mark.long  # it starts a server of its own
def test_every_view_of_the_dashboard_is_of_this_country(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ocmap.cli", "serve", "--data", str(DATA), "--port", str(port)]
    with serving(command, port, tmp_path) as url:
        reader = reader_of(url).open("?lang=es")
        body = reader.page.locator("body")
        elsewhere = []
        for lang in LANGUAGES:
            for view in View:
                reader.go(f"?view={view.value}&lang={lang}")
                expect(body).to_contain_text(MADE_UP[lang], ignore_case=True)
                expect(reader.page.locator(f"html[lang={lang}]")).to_be_attached()
                shown = body.inner_text() + (reader.frame.locator("body").inner_text() if view is View.MAP else "")
                elsewhere += [(lang, view.value, text) for text in SHIPPED.findall(NEIGHBOUR.sub("", shown))]
        assert elsewhere == []
        reader.lasts = False
