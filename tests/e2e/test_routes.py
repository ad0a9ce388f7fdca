"""The view of the routes: drawing, list, statement, and the way to the map."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e

CANNABIS = "cannabis.3-r1"


def view_of(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-routes")


def line(reader: Reader, route: str) -> Locator:
    return view_of(reader).locator(f'.rt-svg a[href$="route={route}&view=routes"]')


def row(reader: Reader, route: str) -> Locator:
    return view_of(reader).locator("tbody tr", has=reader.page.locator(f'a[href*="route={route}&"]'))


def chosen(reader: Reader) -> Locator:
    return view_of(reader).locator(".rt-side article")


def test_each_route_is_a_line_and_a_row(reader: Reader) -> None:
    reader.open("?view=routes")
    expect(view_of(reader).locator("h1")).to_have_text("Rutas según el perfil")
    expect(view_of(reader).locator(".rt-n")).to_have_text("37 rutas, 5 con línea en el mapa.")
    expect(view_of(reader).locator(".rt-svg a")).to_have_count(37)
    expect(view_of(reader).locator(".rt-svg a.drawn")).to_have_count(5)
    expect(view_of(reader).locator("tbody tr")).to_have_count(37)
    expect(row(reader, CANNABIS)).to_contain_text("línea esquemática")
    expect(row(reader, CANNABIS)).to_contain_text("afirmado")
    expect(row(reader, "synthetic.2-r1")).to_contain_text("sin línea")
    expect(line(reader, CANNABIS)).to_have_attribute(
        "aria-label",
        "Cannabis. Origen: La Libertad. Pasa por: Panamericana Sur. Destino: Chile. Certeza: afirmado. "
        "En el mapa: línea esquemática.",
    )


def test_drawn_and_undrawn_lines_differ_in_form(reader: Reader) -> None:
    reader.open("?view=routes")
    dashes = [
        line(reader, one).locator("path.ln").first.evaluate("one => getComputedStyle(one).strokeDasharray")
        for one in (CANNABIS, "synthetic.2-r1")
    ]
    assert dashes[0] != dashes[1]
    sizes = (
        view_of(reader)
        .locator(".rt-svg text")
        .evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    )
    assert min(sizes) >= 12


def test_a_row_opens_its_statement_without_moving_the_focus(reader: Reader) -> None:
    reader.open("?view=routes")
    row(reader, CANNABIS).locator("a").click()
    reader.expect_query(view="routes", route=CANNABIS)
    expect(chosen(reader).locator("h2")).to_have_text("Cannabis: La Libertad → Panamericana Sur → Chile")
    expect(chosen(reader).locator(".st")).to_contain_text("Comercio de cannabis, oración 3")
    expect(chosen(reader).locator(".st summary", has_text="oración 3")).to_be_visible()
    expect(chosen(reader)).to_contain_text("El trazado entre los extremos es nuestro")
    expect(row(reader, CANNABIS).locator("a")).to_have_attribute("aria-current", "true")
    expect(row(reader, CANNABIS).locator("a")).to_be_focused()
    expect(line(reader, CANNABIS)).to_have_attribute("aria-current", "true")


def test_a_line_opens_its_route_by_mouse_and_by_enter(reader: Reader) -> None:
    reader.open("?view=routes")
    line(reader, CANNABIS).locator("rect").click()
    expect(chosen(reader).locator("h2")).to_contain_text("La Libertad")
    line(reader, "heroin.1-r2").focus()
    reader.page.keyboard.press("Enter")
    reader.expect_query(view="routes", route="heroin.1-r2")
    expect(chosen(reader).locator("h2")).to_have_text("Opio: Cajamarca → Ecuador")
    expect(line(reader, "heroin.1-r2")).to_be_focused()
    widths = [
        line(reader, one).locator("path.ln").first.evaluate("one => parseFloat(getComputedStyle(one).strokeWidth)")
        for one in ("heroin.1-r2", "heroin.1-r1")
    ]
    assert widths[0] > widths[1]
    reader.page.go_back()
    expect(chosen(reader).locator("h2")).to_contain_text("La Libertad")
    chosen(reader).locator(".cls a").click()
    reader.expect_query(view="routes", route=None)
    expect(chosen(reader)).to_have_count(0)
    expect(view_of(reader).locator(".rt-tb th a:focus")).to_have_count(1)


def test_a_route_without_a_line_has_no_still_map_and_links_to_its_card(reader: Reader) -> None:
    reader.open("?view=routes&route=synthetic.2-r1&lang=en")
    expect(chosen(reader)).to_contain_text("there is no line: it stands in the list")
    expect(chosen(reader).locator(".rt-map")).to_have_count(0)
    expect(chosen(reader).locator(".rt-show a")).to_have_text("Show it in the map’s list")


def test_the_link_to_the_map_keeps_the_route_selected(reader: Reader) -> None:
    reader.open(f"?view=routes&route={CANNABIS}&lang=en")
    expect(chosen(reader).locator(".rt-map")).to_be_visible()
    chosen(reader).locator(".rt-show a", has_text="Show the route on the map").click()
    reader.expect_query(view=None, route=CANNABIS)
    expect(reader.heading).to_contain_text("Cannabis: La Libertad")
    expect(reader.mark(CANNABIS)).to_be_visible()


def test_a_place_of_a_route_opens_on_the_map(reader: Reader) -> None:
    reader.open(f"?view=routes&route={CANNABIS}")
    chosen(reader).get_by_role("link", name="La Libertad", exact=True).click()
    reader.expect_query(view=None, route=None, place="PE-LAL")
    expect(reader.heading).to_have_text("La Libertad")


def test_the_market_filter_shows_only_its_routes_and_can_be_removed(reader: Reader) -> None:
    reader.open("?view=routes")
    reader.page.locator(".st-key-filters label", has_text="Opio y heroína").click()
    expect(view_of(reader).locator("tbody tr")).to_have_count(2)
    expect(view_of(reader).locator(".rt-svg a")).to_have_count(2)
    expect(view_of(reader).get_by_role("status")).to_contain_text("El filtro de mercados oculta 35 rutas.")
    view_of(reader).get_by_role("status").get_by_role("link").click()
    reader.expect_query(view="routes", markets=None)
    expect(view_of(reader).locator("tbody tr")).to_have_count(37)


def test_filters_without_routes_show_a_message(reader: Reader) -> None:
    reader.open("?view=routes&markets=cyber&lang=en&route=heroin.1-r1")
    expect(view_of(reader).get_by_role("status")).to_have_text(
        "No route matches these filters. The market filter hides 37 routes. Clear filters"
    )
    expect(view_of(reader).locator(".rt-svg, table")).to_have_count(0)
    expect(chosen(reader)).to_contain_text("The filters hide this route")


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_the_view_fits_a_phone_without_horizontal_scrolling(reader_of: Callable[..., Reader], lang: str) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.open(f"?view=routes&lang={lang}")
    widths = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
        .map(one => one.scrollWidth)"""
    expect(view_of(phone).locator(".rt-svg")).to_be_visible()
    assert max(phone.page.evaluate(widths)) <= 390
    right = "one => Math.max(...[...one.querySelectorAll('text')].map(text => text.getBoundingClientRect().right))"
    assert view_of(phone).locator(".rt-svg").evaluate(right) <= 390
    row(phone, CANNABIS).locator("a").tap()
    expect(chosen(phone).locator("h2")).to_be_in_viewport()
    expect(row(phone, CANNABIS)).to_be_in_viewport()
    assert max(phone.page.evaluate(widths)) <= 390
    view_of(phone).locator(".rt-side > summary").tap()
    expect(chosen(phone)).to_be_hidden()


def test_a_route_chosen_while_the_map_is_hidden_is_in_view_when_the_map_is_shown(reader: Reader) -> None:
    """A hidden map has no size and cannot move; it moves when it is shown."""
    reader.open()
    reader.frame.evaluate("() => map.setView([-4, -73], 8, { animate: false })")  # far from the route
    reader.page.locator(".st-key-view button", has_text="Rutas").click()
    expect(reader.page.locator(".st-key-map")).to_be_hidden()
    row(reader, CANNABIS).locator("a").first.click()
    expect(chosen(reader)).to_contain_text("Panamericana Sur")
    reader.page.locator(".st-key-view button", has_text="Mapa").click()
    expect(reader.page.locator(".st-key-map")).to_be_visible()
    box = f"""() => {{
      const {{ x, y, width, height }} = document.querySelector('[data-id="{CANNABIS}"]').getBoundingClientRect();
      return x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight;
    }}"""
    reader.frame.wait_for_function(box)
    assert all(isinstance(one, (int, float)) for one in reader.camera())
