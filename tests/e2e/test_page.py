"""The page around the map: links, back, languages, small screens, and nothing from outside."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from threading import Event
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Route, expect
from tests.e2e.conftest import Reader
from tests.support.shipped import DATA_VERSION

pytestmark = pytest.mark.e2e


def test_a_permalink_opens_the_same_view_in_a_fresh_browser(reader_of: Callable[..., Reader]) -> None:
    first = reader_of().open()
    first.page.locator(".st-key-filters label", has_text="Armas").click()
    first.expect_query(markets="arms")
    first.page.locator(".st-key-filters label", has_text="Ríos").click()
    first.click("PE-TUM")
    first.expect_query(place="PE-TUM")
    expect(first.heading).to_have_text("Tumbes")
    second = reader_of(locale="es").open(first.page.url.removeprefix(first.base + "/"))
    expect(second.heading).to_have_text("Tumbes")
    expect(second.mark("PE-TUM")).to_have_attribute("aria-pressed", "true")
    assert second.panel.inner_text() == first.panel.inner_text()
    for identifier in ("PE-PIU", "PE-LMA", "PE-CUS"):
        label = first.mark(identifier).get_attribute("aria-label")
        assert label
        expect(second.mark(identifier)).to_have_attribute("aria-label", label)
    assert second.query() == first.query()


def test_back_and_forward_move_through_the_views(reader: Reader) -> None:
    reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.expect_query(place="PE-CUS")  # two choices before the server's answer may be one step of the history
    reader.page.locator(".st-key-filters label", has_text="Cocaína").click()
    reader.expect_query(markets="cocaine")
    reader.page.go_back()
    reader.expect_query(markets=None, place="PE-CUS")
    expect(reader.page.locator(".st-key-filters input[name=markets]:checked")).to_have_count(0)
    expect(reader.heading).to_have_text("Cusco")
    reader.page.go_back()
    expect(reader.heading).to_have_text("Elija un lugar")
    reader.page.go_forward()
    expect(reader.heading).to_have_text("Cusco")
    assert reader.state("ocmapStarts") == "1"


def test_the_list_of_places_has_the_same_effect_as_a_click(reader: Reader) -> None:
    reader.open("?markets=cannabis")
    places = reader.page.get_by_label("Ir a un lugar")
    places.select_option(label="Pataz")
    expect(reader.heading).to_have_text("Pataz")
    reader.expect_query(place="pataz", markets="cannabis", data=DATA_VERSION)
    expect(reader.mark("pataz").first).to_have_attribute("aria-pressed", "true")
    expect(places).to_have_value("pataz")
    places.select_option(label="Puno")
    expect(reader.heading).to_have_text("Puno")


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ("es-PE", "Elija un lugar"),
        ("en-GB", "Choose a place"),
        pytest.param("de-DE", "Elija un lugar", marks=pytest.mark.long),
    ],
)
def test_the_language_is_that_of_the_browser_or_spanish(
    reader_of: Callable[..., Reader], locale: str, heading: str
) -> None:
    reader = reader_of(locale=locale).open()
    expect(reader.heading).to_have_text(heading)


def test_switching_the_language_changes_every_text_without_rebuilding_the_map(reader: Reader) -> None:
    reader.open("?place=PE-CUS")
    reader.page.locator(".st-key-lang button", has_text="English").click()
    reader.expect_query(lang="en", place="PE-CUS")
    expect(reader.panel).to_contain_text("The profile names Cusco")
    expect(reader.mark("PE-JUN")).to_have_attribute("aria-label", "Junín: Not mentioned, which does not mean no crime")
    expect(reader.frame.get_by_text("Statements that name the region or a place in it")).to_be_visible()
    assert reader.state("ocmapStarts") == "1"


def test_changes_during_the_loading_of_the_map_reach_it(reader: Reader) -> None:
    held: list[Route] = []
    released = Event()

    def hold(route: Route) -> None:
        if released.is_set():
            route.continue_()
        else:
            held.append(route)

    reader.page.route("**/app/static/map.*.js", hold)
    reader.page.goto(f"{reader.base}/?place=PE-CUS", wait_until="commit")
    reader.page.locator(".st-key-lang button", has_text="English").click()
    expect(reader.panel).to_contain_text("The profile names Cusco")
    released.set()
    for route in held:
        route.continue_()
    reader.wait_for_map()
    expect(reader.mark("PE-JUN")).to_have_attribute("aria-label", "Junín: Not mentioned, which does not mean no crime")


def test_a_blank_region_is_described_as_not_mentioned_rather_than_calm(reader: Reader) -> None:
    reader.open("?place=PE-APU")
    expect(reader.panel).to_contain_text("El perfil no menciona Apurímac; eso no significa que allí no haya delitos.")


def test_each_statement_links_to_its_sentence(reader: Reader) -> None:
    reader.open("?place=PE-CAJ&markets=heroin")
    locator = reader.panel.locator("details", has_text="oración 1").first
    expect(locator.locator("p")).to_be_hidden()
    locator.locator("summary").click()
    expect(locator.locator("p")).to_contain_text(re.compile("Sección «Comercio de heroína».+busque la sección"))
    sources = reader.panel.locator("a:not([data-go], [data-to])").evaluate_all("links => links.map(one => one.href)")
    assert set(sources) == {"https://ocindex.net/2025/country/peru"}


def test_hidden_statements_are_counted_and_can_be_shown_again(reader: Reader) -> None:
    reader.open("?place=PE-PUN&markets=cyber")
    expect(reader.panel).to_contain_text("Los filtros ocultan las")
    reader.panel.get_by_role("link", name="Quitar filtros").click()
    reader.expect_query(markets=None, place="PE-PUN")
    expect(reader.panel).not_to_contain_text("Los filtros ocultan")


def test_the_other_views_do_not_change_the_map(reader: Reader) -> None:
    reader.open()
    reader.page.locator(".st-key-view button", has_text="Todo el país").click()
    expect(reader.page.locator(".st-key-national h2")).to_have_text("Lo que se dice de todo el país")
    expect(reader.page.locator(".st-key-map")).to_be_hidden()
    reader.page.locator(".st-key-view button", has_text="Método").click()
    expect(reader.page.locator(".st-key-method")).to_contain_text("Made with Natural Earth")
    reader.page.locator(".st-key-view button", has_text="Mapa").click()
    expect(reader.page.locator(".st-key-map")).to_be_visible()
    assert reader.state("ocmapStarts") == "1"


def test_a_phone_reaches_map_panel_and_filters_without_horizontal_scrolling(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open()
    width = "() => document.scrollingElement.scrollWidth"
    assert phone.page.evaluate(width) <= 390
    expect(phone.page.locator(".st-key-filters")).not_to_be_in_viewport()
    phone.click("PE-CUS")
    expect(phone.heading).to_have_text("Cusco")
    phone.heading.scroll_into_view_if_needed()
    expect(phone.heading).to_be_in_viewport()
    assert phone.page.evaluate(width) <= 390
    phone.page.locator(".bottom-bar").get_by_role("button", name="filtrar").click()
    phone.page.locator(".st-key-filters label", has_text="Armas").click()
    phone.expect_query(markets="arms", place="PE-CUS")


def test_the_dark_theme_has_its_own_colours_in_page_and_map(reader_of: Callable[..., Reader]) -> None:
    for scheme, page, blank in (
        ("light", "rgb(255, 255, 255)", "rgb(255, 255, 255)"),
        ("dark", "rgb(21, 31, 36)", "rgb(26, 37, 43)"),
    ):
        reader = reader_of(color_scheme=scheme).open()
        expect(reader.page.locator(".stApp")).to_have_css("background-color", page)
        expect(reader.mark("PE-JUN")).to_have_css("fill", blank)


def test_an_unknown_place_is_ignored_with_a_notice(reader: Reader) -> None:
    reader.open("?place=XX-NOPE")
    expect(reader.page.locator(".notice")).to_contain_text("(lugar)")
    expect(reader.page.locator("body")).not_to_contain_text("XX-NOPE")
    reader.page.locator(".st-key-dismiss button").click()
    expect(reader.page.locator(".notice")).to_have_count(0)
    assert reader.state("ocmapStarts") == "1"


def test_a_link_made_with_other_data_shows_a_notice(reader: Reader) -> None:
    reader.open("?place=PE-CUS&data=0.0.1")
    expect(reader.page.locator(".notice")).to_contain_text("0.0.1")
    reader.page.get_by_text("Qué cambió desde entonces").click()
    expect(reader.page.locator(".notice").get_by_text("Se leyeron las 172 oraciones")).to_be_visible()
    expect(reader.heading).to_have_text("Cusco")


def test_markup_in_every_parameter_does_nothing(reader: Reader) -> None:
    evil = quote("<script>alert(1)</script>\"'}]{{7*7}}")
    names = ("place", "route", "compare", "markets", "actors", "basis", "layers", "view", "lang", "data", "other")
    reader.open("?" + "&".join(f"{name}={evil}" for name in names))
    expect(reader.heading).to_have_text("Elija un lugar")
    expect(reader.page.locator("body")).not_to_contain_text("alert(1)")


def test_a_link_to_an_embedded_page_opens_the_light_edition(reader: Reader) -> None:
    reader.page.goto(f"{reader.base}/?embed=true&place=PE-CUS")
    expect(reader.page.locator("#panel h2")).to_have_text("Cusco")
    expect(reader.page.locator(".mast")).to_be_hidden()
    assert urlsplit(reader.page.url)[2:] == ("/light/", "", "embed=true&place=PE-CUS")


def test_the_page_makes_no_outside_request(reader: Reader) -> None:
    reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    expect(reader.page.get_by_text("Este enlace abre la misma vista")).to_be_visible()
    expect(reader.page.get_by_text("ocmap, «Cusco», versión ")).to_be_visible()
    assert reader.outside == []


def download(reader: Reader, key: str) -> tuple[str, bytes]:
    """Take a file out of the share panel; return its name and what is in it."""
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    with reader.page.expect_download() as waiting:
        reader.page.locator(f".st-key-{key} button").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def rows(archive: bytes) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        assert {"README.txt", "LICENSE.txt"} < set(members.namelist())
        return list(csv.DictReader(io.StringIO(members.read("evidence.csv").decode("utf-8-sig"))))


def test_the_filtered_statements_can_be_downloaded_from_the_first_view(reader: Reader) -> None:
    reader.open("?markets=heroin")
    name, archive = download(reader, "download_csv")
    assert name == f"ocmap-peru-heroin-{DATA_VERSION}-csv.zip"
    found = rows(archive)
    assert ("PE-CAJ", "named", "heroin.1-b") in {(row["place_id"], row["basis"], row["statement_id"]) for row in found}
    assert {row["market_id"] for row in found} == {"heroin"}


def test_the_statements_of_a_panel_can_be_downloaded(reader: Reader) -> None:
    reader.open("?place=PE-CAJ")
    name, archive = download(reader, "download_csv")
    assert name == f"ocmap-pe-caj-{DATA_VERSION}-csv.zip"
    assert {row["place_id"] for row in rows(archive)} == {"PE-CAJ"}


def test_a_brief_of_the_selected_place_can_be_downloaded(reader: Reader) -> None:
    reader.open("?place=PE-MDD")
    name, pdf = download(reader, "brief_PE-MDD_pdf")
    assert name == "ocmap-PE-MDD-es.pdf"
    assert pdf.startswith(b"%PDF-")


def test_the_filtered_map_can_be_downloaded_as_an_image(reader: Reader) -> None:
    reader.open("?markets=heroin")
    name, svg = download(reader, "download_svg")
    assert name == f"ocmap-peru-heroin-{DATA_VERSION}.svg"
    assert "Cajamarca" in svg.decode()
    assert "markets=heroin" in svg.decode()


def test_without_statements_to_show_only_the_whole_package_is_offered(reader: Reader) -> None:
    reader.open("?place=PE-HUC&markets=cyber&basis=named")
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    expect(reader.page.locator(".st-key-download_zip button")).to_be_visible()
    expect(reader.page.locator(".st-key-download_csv button")).to_have_count(0)
