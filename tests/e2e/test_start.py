"""Search, the questions to start with, and the tour."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import STANDS_STILL, Reader

pytestmark = pytest.mark.e2e


def box(reader: Reader) -> Locator:
    return reader.page.get_by_role("searchbox")


def found(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-search .found a")


def count(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-search [role=status]")


def card(reader: Reader, n: int) -> Locator:
    return reader.page.locator(f".tour.s{n}")


def test_a_word_is_found_while_typing_and_its_result_opens_by_keyboard(reader: Reader) -> None:
    reader.open()
    box(reader).click()
    reader.page.keyboard.type("extorsion", delay=20)
    expect(count(reader)).to_have_text("15 resultados")
    expect(found(reader).first.locator("mark")).to_have_text("Extorsión")
    reader.page.keyboard.press("ArrowDown")
    expect(found(reader).nth(0)).to_be_focused()
    reader.page.keyboard.press("ArrowDown")
    expect(found(reader).nth(1)).to_be_focused()
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("ArrowUp")
    expect(box(reader)).to_be_focused()
    reader.page.keyboard.press("Tab")
    expect(found(reader).nth(0)).to_be_focused()
    reader.page.keyboard.press("Enter")
    reader.expect_query(markets="extortion")
    expect(found(reader).nth(0)).to_be_focused()
    assert reader.state("ocmapStarts") == "1"


def test_enter_in_the_search_box_waits_for_the_answer_and_opens_its_first_result(reader: Reader) -> None:
    reader.open()
    box(reader).fill("pataz")
    box(reader).press("Enter")
    expect(found(reader).first).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text("Pataz")


def test_a_found_statement_is_opened_and_marked_in_the_panel_of_its_place(reader: Reader) -> None:
    reader.open("?markets=arms")
    box(reader).fill("homicidios lima")
    found(reader).first.click()
    reader.expect_query(place="PE-LMA", markets=None)
    expect(reader.panel.locator(".sought")).to_contain_text("casi la mitad de los homicidios en Lima")
    expect(reader.panel.locator(".sought")).to_be_in_viewport()


def test_a_found_statement_without_a_place_opens_in_the_national_view(reader: Reader) -> None:
    reader.open()
    box(reader).fill("dólares falsos")
    found(reader).first.click()
    reader.expect_query(view="national")
    expect(reader.page.locator(".st-key-national .sought")).to_be_in_viewport()


def test_a_result_adds_one_step_to_the_history_and_a_query_adds_none(reader: Reader) -> None:
    reader.open()
    box(reader).fill("aragua")
    found(reader).first.click()
    reader.expect_query(view="actors", actors="tren-de-aragua")
    assert "aragua" not in {name for name in reader.query() if name != "actors"}
    reader.page.go_back()
    reader.expect_query(view=None, actors=None)
    expect(box(reader)).to_have_value("aragua")


def test_a_query_without_results_shows_a_message_with_searchable_kinds(reader: Reader) -> None:
    reader.open()
    box(reader).fill("<b>xyzzy</b>")
    expect(count(reader)).to_have_text("Sin resultados para «<b>xyzzy</b>».")
    expect(reader.page.locator(".st-key-search .found")).to_contain_text("Se buscan lugares, mercados")
    box(reader).press("Escape")
    expect(box(reader)).to_have_value("")
    expect(count(reader)).to_be_empty()
    expect(reader.page.locator(".st-key-search .found")).to_be_hidden()


def test_typing_asks_the_server_nothing(reader: Reader) -> None:
    sent: list[str] = []
    reader.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(socket.url)))
    reader.open("?place=PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.page.evaluate(STANDS_STILL)  # some frames later the map shows the same state as the panel
    reader.page.evaluate("document.querySelector('.st-key-panel article').mine = true")
    scenes = reader.state("ocmapScenes")
    box(reader).fill("puno")
    expect(found(reader).first).to_contain_text("Puno")
    before = len(sent)
    assert before
    box(reader).fill("cusco")
    expect(found(reader).first).to_contain_text("Cusco")
    assert len(sent) == before
    assert reader.page.evaluate("document.querySelector('.st-key-panel article').mine")
    assert reader.state("ocmapScenes") == scenes


def test_the_file_of_the_search_is_fetched_at_the_first_focus_and_a_failure_is_shown(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.route("**/app/static/search-es.*", lambda route: route.abort())
    reader.open()
    assert not [url for url in asked if "/search-" in url]
    box(reader).fill("puno")
    expect(count(reader)).to_have_text("No se pudo cargar la búsqueda. Recargue la página.")
    reader.page.unroute("**/app/static/search-es.*")
    box(reader).fill("punos")
    box(reader).fill("puno")
    expect(found(reader).first).to_contain_text("Puno")
    reader.faults.clear()  # the browser itself reports the request that the test stopped
    reader.outside.clear()


def test_an_english_reader_can_search_in_both_languages(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(locale="en-GB").open()
    box(reader).fill("madera")
    expect(found(reader).filter(has_text="Wood: Peru (inferred) → China")).to_have_count(1)
    expect(found(reader).filter(has_text="Wood: Peru (inferred) → China")).to_contain_text("Matches in Spanish")
    box(reader).fill("wood")
    expect(found(reader).filter(has_text="Wood: Peru (inferred) → China").locator("mark")).to_have_text("Wood")
    reader.page.locator(".st-key-lang button", has_text="Español").click()
    expect(found(reader).filter(has_text="Madera: Perú (se infiere) → China")).to_have_count(1)


def test_on_a_phone_a_search_in_the_drawer_scrolls_to_the_opened_result(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open()
    phone.page.get_by_role("button", name="Buscar y filtrar").locator("visible=true").tap()
    box(phone).tap()
    box(phone).fill("homicidios lima")
    found(phone).first.tap()
    expect(phone.panel.locator(".sought")).to_be_focused()
    expect(phone.panel.locator(".sought")).to_be_in_viewport()
    expect(box(phone)).not_to_be_in_viewport()
    assert phone.page.evaluate("document.scrollingElement.scrollWidth") <= 390


ANSWERS = {
    "minería ilegal": ".st-key-map",
    "frontera con Ecuador?": ".st-key-panel",
    "extorsión": ".st-key-actors_view",
    "solo del país en general": ".st-key-national",
    "rutas dice que sale la cocaína": ".st-key-routes .rt-flow",
    "Puno y de Madre de Dios": ".st-key-compare_body",
}


def test_a_question_opens_the_view_that_answers_it(reader: Reader) -> None:
    reader.open()
    for question, shown in ANSWERS.items():
        reader.go("?basis=named")
        reader.expect_query(basis="named")
        reader.panel.get_by_role("link", name=question).click()
        reader.expect_query(basis=None)
        expect(reader.page.locator(shown), question).to_be_visible()


def test_the_tour_moves_forward_and_back_and_ends(reader: Reader) -> None:
    reader.open()
    expect(reader.page.locator(".tour")).to_have_count(0)
    reader.panel.get_by_role("link", name="Guía en 5 pasos").click()
    for n in range(1, 6):
        reader.expect_query(tour=str(n))
        expect(card(reader, n).locator("h2")).to_contain_text(f"Paso {n} de 5")
        expect(card(reader, n).locator("h2")).to_be_focused()
        if n < 5:
            card(reader, n).get_by_role("link", name="Siguiente").click()
    card(reader, 5).get_by_role("link", name="Anterior").click()
    reader.expect_query(tour="4", place="PE-PUN")
    expect(card(reader, 4).locator("h2")).to_be_focused()
    reader.page.go_back()
    expect(card(reader, 5)).to_be_visible()
    card(reader, 5).get_by_role("link", name="Terminar").click()
    reader.expect_query(tour=None, place="PE-PUN")
    expect(reader.page.locator(".tour")).to_have_count(0)
    expect(reader.heading).to_be_focused()
    assert reader.state("ocmapStarts") == "1"


def test_a_step_of_the_tour_survives_a_reload_and_can_be_closed(reader: Reader) -> None:
    reader.open("?tour=3")
    reader.page.reload()
    reader.wait_for_map()
    expect(card(reader, 3)).to_be_visible()
    expect(reader.page.locator('[data-testid="stSidebar"]')).to_have_css("outline-style", "solid")
    card(reader, 3).get_by_role("link", name="Salir de la guía").click()
    reader.expect_query(tour=None)
    expect(reader.page.locator('[data-testid="stSidebar"]')).not_to_have_css("outline-style", "solid")


def test_another_place_can_be_chosen_during_the_tour(reader: Reader) -> None:
    reader.open("?tour=2&place=PE-PUN")
    expect(card(reader, 2)).to_be_visible()
    reader.click("PE-CUS")
    reader.expect_query(tour="2", place="PE-CUS")
    expect(reader.panel.locator("article h2")).to_have_text("Cusco")
    expect(card(reader, 2)).to_be_visible()


def test_on_a_phone_each_step_of_the_tour_is_visible(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(locale="en-GB", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open()
    phone.panel.get_by_role("link", name="Tour in 5 steps").tap()
    for n in range(1, 5):
        expect(card(phone, n).locator("h2")).to_be_in_viewport()
        card(phone, n).get_by_role("link", name="Next").tap()
    expect(card(phone, 5).get_by_role("link", name="Finish")).to_be_in_viewport()
    assert phone.page.evaluate("document.scrollingElement.scrollWidth") <= 390
