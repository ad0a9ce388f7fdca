"""The map of a notebook, saved and opened from a disk without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import ocmap
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import RouteEnd
from ocmap.export.readme import title_of
from ocmap.web.diagrams.map_content import content_of

pytestmark = pytest.mark.e2e
LAYERS = {"regions": "Regions", "corridors": "Border corridors", "routes": "Routes", "sites": "Sites"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page without a network; an error or a request for another file fails the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.on("request", lambda request: None if request.is_navigation_request() else faults.append(request.url[:200]))
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize(
    "markets", [("arms", "non_renewable"), *(pytest.param(one, marks=pytest.mark.long) for one in ((), ("cocaine",)))]
)
def test_the_saved_map_draws_every_shape(
    page: Page, profile: CountryProfile, tmp_path: Path, markets: tuple[str, ...]
) -> None:
    shown_page = PageContext(profile, "en", ViewState(markets=markets))
    content = content_of(shown_page)
    path = tmp_path / "map.html"
    ocmap.load().map(markets=markets or None, lang="en").save(str(path))
    page.goto(path.as_uri())
    shown = {
        "region": len(profile.shapes.regions),
        "hatching": len(content.hatches),
        "corridor": len(content.corridors),
        "route": len(content.routes),
        "site": len(content.marks),
    }
    named = [profile.line_ends[route][0] is RouteEnd.NAMED for route in content.routes]
    expect(page.locator("path.ocmap-route.ocmap-start")).to_have_count(sum(named))
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("Made with Natural Earth")
    for name, count in shown.items():
        expect(page.locator(f"path.ocmap-{name}")).to_have_count(count)
    expect(page).to_have_title(title_of(shown_page))


def test_layers_can_be_switched_and_marks_say_what_they_are(
    page: Page, profile: CountryProfile, tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    ocmap.load().map(lang="en").save(str(path))
    page.goto(path.as_uri())
    puno = list(profile.shapes.regions.index).index("PE-PUN")
    page.locator("path.ocmap-region").nth(puno).hover()
    count = profile.unfiltered.count_direct("PE-PUN")
    expect(page.locator(".leaflet-tooltip")).to_contain_text(f"Puno{count} statements on markets name it")
    for name, label in LAYERS.items():
        marks = page.locator(f"path.ocmap-{name.removesuffix('s')}")
        expect(marks).not_to_have_count(0)
        page.get_by_label(label).uncheck()
        expect(marks).to_have_count(0)
        page.get_by_label(label).check()
        expect(marks).not_to_have_count(0)
