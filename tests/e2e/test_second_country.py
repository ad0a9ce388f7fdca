"""The light edition of a second country, whose sentences are made up, in both languages."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.conftest import ROOT

from ocmap.cli import main
from ocmap.dataset.schema import Lang

MADE_UP = {"es": "DATOS INVENTADOS PARA PRUEBAS", "en": "MADE-UP DATA FOR TESTS"}
NAMES = {"es": "Frontera con Perú", "en": "Border with Peru"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the light edition of the second country; return the address of its page on the disk."""
    folder: Path = tmp_path_factory.mktemp("ecuador")
    assert main(["export", "--data", str(ROOT / "tests" / "data" / "ecuador"), "--site", str(folder)]) == 0
    return (folder / "index.html").as_uri()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_map_has_all_regions_and_opens_them(browser: Browser, address: str, lang: Lang) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}#lang={lang}")
    expect(page.locator("html")).to_have_attribute("data-ocmap", "ready")
    expect(page.locator("path.oc-region[role=button]")).to_have_count(24)
    expect(page.locator(".oc-inset")).to_be_hidden()
    expect(page.locator("body")).to_contain_text(MADE_UP[lang])
    page.locator('path.oc-region[data-id="EC-W"]').dispatch_event("click")
    expect(page.locator("#panel h2")).to_have_text("Galápagos")
    page.goto(f"{address}#lang={lang}&place=border-PE")
    expect(page.locator("#panel h2")).to_have_text(NAMES[lang])
    assert faults == []
    page.close()
