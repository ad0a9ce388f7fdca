"""With ten times the regions or routes drawing the map costs at most ten times as much; a click what it changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, CDPSession, Page
from tests.support.grown_package import grown_package

from ocmap.analysis.profile import CountryProfile, build_profile
from ocmap.dataset.reader import read_dataset
from ocmap.export.static_site import build_site
from ocmap.geo.shapes import read_shapes

Size = tuple[int, int, int]
FEW, TIMES = (130, 100, 252), 10
MORE = {"regions": (1300, 100, 252), "routes": (130, 1000, 252)}
REGIONS = ("PE-CUS", "PE-LOR", "PE-PUN", "PE-ICA", "PE-TAC")
CLICK = """(id) => document.querySelector(`path[data-id="${id}"]`)
  .dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }))"""
SIZED = "() => new Promise((resolve) => new ResizeObserver(resolve).observe(document.body))"
LABELS = """() => [...document.querySelectorAll(".oc-labels text")].filter((el) => el.style.display !== "none")
  .map((el) => el.getAttribute("class") + el.innerHTML).sort()"""
LATER_MS = 1000  # by the page's clock, which the test moves: by then nothing more comes of what was done


class Cost(NamedTuple):
    """How many functions of our script are called when the map is drawn, and by a click."""

    drawing: int
    click: float


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Size], Path]:
    """Return the page of the static edition of a package of a size."""

    @cache
    def build(size: Size) -> Path:
        folder = tmp_path_factory.mktemp("grown")
        with grown_package(folder / "geodata", size) as package:
            return write_edition(folder, build_profile(read_dataset(package), read_shapes(package)))

    return build


def write_edition(folder: Path, profile: CountryProfile) -> Path:
    for name, content in build_site(profile).items():
        (folder / name).write_bytes(content)
    return folder / "index.html"


@pytest.fixture(scope="module")
def cost(browser: Browser, edition: Callable[[Size], Path]) -> Callable[[Size], Cost]:
    """Return what a package of a size costs a browser."""

    @cache
    def measure(size: Size) -> Cost:
        with new_page(browser) as page:
            cdp = page.context.new_cdp_session(page)
            cdp.send("Profiler.enable")
            cdp.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
            draw(page, edition(size).as_uri())
            drawing = count_calls(cdp)
            clicks = []
            for one in REGIONS:
                click(page, one)
                clicks.append(count_calls(cdp))
            return Cost(drawing, median(clicks))

    return measure


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="es-PE", viewport={"width": 1440, "height": 900})
    page.clock.install()
    yield page
    page.close()


def draw(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ocmap=ready]")
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.evaluate(SIZED)
    page.clock.run_for(LATER_MS)


def click(page: Page, region: str) -> None:
    page.evaluate(CLICK, region)
    page.clock.run_for(LATER_MS)
    assert page.locator(f'path[data-id="{region}"]').get_attribute("aria-pressed") == "true"


def count_calls(cdp: CDPSession) -> int:
    """Return how often functions of the page's script have been called since the last count."""
    scripts = cdp.send("Profiler.takePreciseCoverage")["result"]
    ours = (one for one in scripts if "/ocmap." in one["url"])
    return sum(function["ranges"][0]["count"] for one in ours for function in one["functions"])


@pytest.mark.parametrize("what", MORE)
def test_drawing_costs_by_the_number_of_marks(cost: Callable[[Size], Cost], what: str) -> None:
    assert cost(MORE[what]).drawing < TIMES * cost(FEW).drawing


@pytest.mark.parametrize("what", MORE)
def test_a_click_looks_at_few_of_the_marks(cost: Callable[[Size], Cost], what: str) -> None:
    assert cost(MORE[what]).click < cost(MORE[what]).drawing / 20


def test_a_click_costs_the_same_however_many_regions_there_are(cost: Callable[[Size], Cost]) -> None:
    assert cost(MORE["regions"]).click < 2 * cost(FEW).click


def test_labels_after_clicks_are_those_of_a_map_that_is_drawn_anew(
    browser: Browser, profile: CountryProfile, tmp_path: Path
) -> None:
    address = write_edition(tmp_path, profile).as_uri()
    with new_page(browser) as used:
        draw(used, address)
        for one in REGIONS:
            click(used, one)
            with new_page(browser) as fresh:
                draw(fresh, f"{address}#place={one}")
                assert used.evaluate(LABELS) == fresh.evaluate(LABELS) != []
