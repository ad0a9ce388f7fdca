"""The ways from a count to what it counts, from a statement to its sentence, and out of the share dialog."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Reader
from tests.support.shipped import PROFILE_URL

from ocmap.analysis.view_state import View

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_the_counts_above_the_map_lead_to_what_they_count(reader: Reader) -> None:
    reader.open("?markets=cyber")
    reader.page.locator(".tally").get_by_text("hablan de todo el país").click()
    reader.expect_query(view="national", markets="cyber")
    expect(reader.page.locator(".st-key-national .st")).to_have_count(5)
    reader.page.go_back()
    expect(reader.heading).to_be_visible()
    reader.page.locator(".tally a").first.click()
    reader.expect_query(view="table", markets="cyber")


def test_the_first_panel_answers_the_filters_and_leads_to_the_whole_country(reader: Reader) -> None:
    reader.open("?markets=cyber")
    expect(reader.panel.locator(".sum")).to_contain_text(
        "Ciberdelitos: 5 afirmaciones; ninguna se puede ubicar en el mapa."
    )
    reader.panel.get_by_role("link", name="Leer las 5 que hablan de todo el país").click()
    reader.expect_query(view="national", markets="cyber")


def test_the_counts_of_a_panel_lead_to_what_they_count(reader: Reader) -> None:
    reader.open("?place=PE-MDD")
    reader.panel.locator("[data-basis=area] button").click()
    group = reader.panel.locator("[data-group=area]")
    expect(group).to_be_focused()
    expect(group.locator("h3").first).to_be_in_viewport()
    reader.panel.locator("[data-line=national] a").click()
    reader.expect_query(view="national")


def test_the_whole_country_has_an_index_with_jumps(reader: Reader) -> None:
    reader.open("?view=national")
    view = reader.page.locator(".st-key-national")
    topics = view.locator(".toc a")
    expect(view.locator(".part").last).to_be_visible()
    assert topics.count() == view.locator(".part").count() > 20
    topics.last.click()
    expect(view.locator(".part h3").last).to_be_in_viewport()
    view.get_by_role("link", name="Volver al índice").last.click()
    expect(topics.first).to_be_in_viewport()
    expect(view.locator("h2")).to_have_text("Lo que se dice de todo el país")


@pytest.mark.parametrize("options", [{}, pytest.param(PHONE, marks=pytest.mark.long)], ids=["desktop", "phone"])
def test_sharing_data_and_the_whole_country_are_in_reach_in_every_view(
    reader_of: Callable[..., Reader], options: dict[str, object]
) -> None:
    reader = reader_of(**options).open()
    missing = []
    for view in View:
        reader.go(f"?view={view}")
        national = ".st-key-tool_national button" if options else ".st-key-view button:nth-of-type(2)"
        for name in (".st-key-tool_share button", ".st-key-tool_data button", national):
            box = reader.page.locator(name).bounding_box()
            if not box or not 0 <= box["x"] <= box["x"] + box["width"] <= reader.page.evaluate("innerWidth"):
                missing.append(f"{view}: {name}")
    assert missing == []
    if options:
        reader.page.locator(".st-key-tool_national button").tap()
        reader.expect_query(view="national")


def test_data_opens_the_downloads_from_any_view(reader: Reader) -> None:
    reader.open("?view=method")
    reader.page.locator(".st-key-method a", has_text="Datos y libro de códigos").click()
    expect(reader.page.locator(".st-key-download_zip button")).to_be_visible()
    dialog = reader.page.get_by_role("dialog", name="Compartir, citar y descargar")
    expect(dialog.get_by_role("heading", level=3)).to_have_text(["Datos", "Enlace", "Imagen", "Insertar", "Cita"])
    expect(dialog.get_by_role("heading", level=3).first).to_be_in_viewport()


def test_the_link_in_the_head_keeps_a_filter_that_was_chosen_since(reader: Reader) -> None:
    reader.open()
    reader.page.locator(".st-key-filters label:has([value=arms])").click()
    reader.expect_query(markets="arms")
    reader.page.locator(".mast a[data-go]").click()
    reader.expect_query(view="method", markets="arms")


def test_closing_the_dialog_gives_the_focus_back(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    button = reader.page.locator(".st-key-tool_share button")
    button.focus()
    reader.page.keyboard.press("Enter")
    dialog = reader.page.get_by_role("dialog")
    copy = dialog.locator(".copied:visible button").first
    expect(copy).to_be_visible()
    for _ in range(6):
        reader.page.keyboard.press("Tab")
        if copy.evaluate("one => one === document.activeElement"):
            break
    expect(copy).to_be_focused()
    expect(dialog.get_by_role("button", name="Cerrar", exact=True)).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_back_closes_the_dialog_and_nothing_else(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(**PHONE).open("?markets=arms")
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.expect_query(place="PE-CUS")
    reader.page.locator(".st-key-tool_data button").tap()
    dialog = reader.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    reader.page.go_back()
    expect(dialog).to_have_count(0)
    reader.expect_query(place="PE-CUS", markets="arms")
    expect(reader.heading).to_have_text("Cusco")
    reader.page.locator(".st-key-tool_data button").tap()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cerrar", exact=True).tap()
    expect(dialog).to_have_count(0)
    reader.page.wait_for_function("() => history.state !== 'ocmap-dialog'")  # closing it is a step back of its own
    reader.page.go_back()
    reader.expect_query(place=None, markets="arms")


def test_a_statement_says_how_to_reach_its_sentence(reader: Reader) -> None:
    reader.open()
    reader.click("PE-PUN")
    expect(reader.heading).to_have_text("Puno")
    expect(reader.panel.locator(".own")).to_contain_text("Con nuestras palabras, no las del Índice.")
    expect(reader.panel.locator(".own a")).to_have_attribute("href", PROFILE_URL)
    locator = reader.panel.locator(".loc").first
    locator.locator("summary").click()
    expect(locator.locator("p")).to_contain_text("No reproducimos el texto del perfil")
    expect(locator.locator("p")).not_to_contain_text("SHA")
    expect(locator.locator("a")).to_have_attribute("href", PROFILE_URL)


def test_badge_and_certainty_are_explained_by_keyboard(reader: Reader) -> None:
    reader.open("?place=PE-PUN&basis=border")
    why = reader.panel.locator(".why:visible").first
    expect(why.locator("p").first).to_be_hidden()
    why.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    expect(why).to_contain_text("La oración nombra esa frontera, que este lugar toca.")
    expect(why).to_contain_text("Estimado: es la cifra de un estudio.")


def test_a_phone_shares_a_link_by_its_own_sheet(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(**PHONE)
    reader.lasts = False  # its page has a sheet
    reader.page.add_init_script("navigator.share = async (given) => { window.given = given; };")
    reader.open("?place=PE-PUN")
    reader.page.locator(".st-key-tool_share button").tap()
    reader.page.locator(".st-key-share_link").get_by_role("button", name="Compartir…").tap()
    reader.page.wait_for_function("() => window.given?.url?.includes('place=PE-PUN')")


def test_the_citation_names_the_filtered_view(reader: Reader) -> None:
    reader.open("?place=PE-PUN&markets=non_renewable")
    reader.page.locator(".st-key-tool_share button").click()
    code = reader.page.locator(".st-key-share_cite code")
    expect(code.first).to_contain_text("«Puno (minería ilegal)»")
    expect(code.nth(1)).to_contain_text("Índice Global de Crimen Organizado 2025, perfil del Perú")
