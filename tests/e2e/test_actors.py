"""The view on actors: a choice that filters map and panel, the matrix, and the ties with their statements."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e


def actors(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-actors_view")


def tab(reader: Reader, name: str) -> None:
    actors(reader).locator(".axtabs").get_by_role("link", name=name).click()
    expect(actors(reader).locator(".axtabs [aria-current]")).to_have_text(name)


def row(reader: Reader, name: str) -> Locator:
    return actors(reader).locator(".axrows li").filter(has=reader.page.locator("h4", has_text=name))


def choose(reader: Reader, name: str, word: str = "Filter the map") -> None:
    row(reader, name).get_by_role("link", name=f"{word}: {name}").click()


@pytest.mark.parametrize(
    ("lang", "title", "types", "actor"),
    [
        ("es", "A quién nombra el perfil", ["Grupos de tipo mafioso", "Tipo no indicado"], "Grupos chilenos"),
        ("en", "Whom the profile names", ["Mafia-style groups", "Type not stated"], "Chilean groups"),
    ],
)
def test_the_actors_are_listed_by_type_in_both_languages(
    reader: Reader, lang: str, title: str, types: list[str], actor: str
) -> None:
    reader.open(f"?view=actors&lang={lang}")
    expect(actors(reader).locator("h2")).to_have_text(title)
    headings = actors(reader).locator(".axtype h3")
    expect(headings).to_have_count(6)
    for name in types:
        expect(headings.filter(has_text=name)).to_have_count(1)
    expect(row(reader, actor)).to_contain_text("Cannabis")


def test_a_chosen_actor_filters_map_and_panel_until_it_is_removed(reader: Reader) -> None:
    reader.open("?view=actors&place=PE-LMA")
    before = reader.mark("PE-CAJ").get_attribute("aria-label")
    assert before
    assert "afirmaciones" in before
    choose(reader, "Tren de Aragua", "Filtrar el mapa")
    reader.expect_query(view="actors", actors="tren-de-aragua", place="PE-LMA")
    expect(actors(reader).locator(".axrows li.on h4")).to_contain_text("Tren de Aragua")
    actors(reader).locator(".axbar").get_by_role("link", name="Ver en el mapa").click()
    reader.expect_query(view=None, actors="tren-de-aragua", place="PE-LMA")
    expect(reader.page.locator(".st-key-map")).to_be_visible()
    expect(reader.mark("PE-CAJ")).to_have_attribute("aria-label", "Cajamarca: Nada con estos filtros")
    expect(reader.mark("PE-LMA")).to_have_attribute("aria-label", re.compile("^Lima Metropolitana: 1 afirmación "))
    expect(reader.panel.locator("section .st:visible")).to_have_count(1)
    expect(reader.panel.locator("section .st:visible")).to_contain_text("Tren de Aragua")
    reader.page.go_back()
    reader.expect_query(view="actors", actors="tren-de-aragua")
    actors(reader).get_by_role("link", name="Quitar el filtro de actores").click()
    reader.expect_query(view="actors", actors=None)
    expect(actors(reader).locator(".axrows li.on")).to_have_count(0)
    expect(reader.mark("PE-CAJ")).to_have_attribute("aria-label", before)


def test_actors_of_two_types_can_be_chosen_together(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    choose(reader, "Chilean groups")
    reader.expect_query(actors="chilean-groups")
    expect(actors(reader).locator(".axrows li.on")).to_have_count(1)
    choose(reader, "Family clans")
    reader.page.wait_for_function("() => location.search.includes('family-clans')")
    assert reader.query()["actors"] == ["chilean-groups", "family-clans"]
    expect(actors(reader).locator(".axbar li")).to_have_text(["Remove Chilean groups ×", "Remove Family clans ×"])
    actors(reader).get_by_role("link", name="Remove Chilean groups").click()
    reader.expect_query(actors="family-clans")


def test_the_matrix_counts_the_statements_of_an_actor_and_a_market(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    tab(reader, "Actors and markets")
    table = actors(reader).get_by_role("table", name="Actors and markets")
    expect(table.locator("thead tr:last-child th[scope=col]")).to_have_count(15)
    counts = table.get_by_role("row", name="Tren de Aragua")
    expect(counts.get_by_role("rowheader")).to_have_text("Tren de Aragua")
    expect(counts.get_by_role("cell")).to_have_text(["1", "", "2", "2", *[""] * 6, "1", *[""] * 4])
    traffickers = table.get_by_role("row", name="Drug traffickers").get_by_role("cell")
    expect(traffickers.nth(6)).to_have_text("2")
    expect(traffickers.nth(10)).to_have_text("2*")
    expect(table.get_by_role("rowheader", name="Comando Vermelho")).to_have_count(0)


def test_the_market_filter_shows_only_its_column_and_its_actors(reader: Reader) -> None:
    reader.open("?view=actors&lang=en&markets=fauna")
    expect(actors(reader).locator(".axrows h4")).to_have_count(5)
    expect(actors(reader).locator(".axtype h3", has_text="Mafia-style groups")).to_have_count(0)
    tab(reader, "Actors and markets")
    expect(actors(reader).locator("thead tr:last-child th[scope=col]")).to_have_text(["Fauna crimes"])
    tab(reader, "Ties")
    expect(actors(reader).locator(".axties > li")).to_have_count(2)


def test_each_tie_is_drawn_and_opens_the_statements_that_assert_it(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    tab(reader, "Ties")
    ties = actors(reader).locator(".axties > li")
    expect(ties).to_have_count(22)
    drawing = actors(reader).get_by_role("group", name="Drawing of 22 ties between 18 actors")
    expect(drawing.locator("svg a")).to_have_count(22)
    expect(drawing.locator(".bx")).to_have_count(18)
    rivals = ties.filter(has_text="2 statements")
    expect(rivals.locator(".st")).to_have_count(2)
    expect(rivals.locator(".st").first).to_be_hidden()
    rivals.locator("summary").first.click()
    expect(rivals.locator(".st").first).to_contain_text("Extortion and protection racketeering, sentence 3")
    expect(rivals.locator(".st").last).to_contain_text("Arms trafficking, sentence 3")


def test_a_chosen_actor_shows_only_its_own_ties(reader: Reader) -> None:
    reader.open("?view=actors&lang=en&actors=tren-de-aragua")
    tab(reader, "Ties")
    expect(actors(reader).locator(".axties > li")).to_have_count(2)
    expect(actors(reader).locator(".axnet .bx.on")).to_have_text(["Tren de Aragua"])
    reader.open("?view=actors&lang=en&actors=pharmacies")
    tab(reader, "Ties")
    expect(actors(reader)).to_contain_text("no sentence asserts a tie between actors")


def test_filters_without_actors_show_a_message_and_can_be_cleared(reader: Reader) -> None:
    reader.open("?view=actors&markets=counterfeit")
    expect(actors(reader)).to_contain_text("Ninguna afirmación sobre actores cumple estos filtros.")
    actors(reader).get_by_role("link", name="Quitar filtros").click()
    reader.expect_query(view="actors", markets=None)
    expect(actors(reader).locator(".axtype h3")).to_have_count(6)


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_a_phone_scrolls_horizontally_only_inside_matrix_and_drawing(
    reader_of: Callable[..., Reader], lang: str
) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.open(f"?view=actors&lang={lang}")
    widths = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
        .map(one => one.scrollWidth)"""
    for number, content in enumerate((".axrows", ".axm", ".axnet")):
        link = actors(phone).locator(".axtabs a").nth(number)
        link.tap()
        expect(link).to_have_attribute("aria-current", "true")
        expect(actors(phone).locator(content).first).to_be_visible()
        assert max(phone.page.evaluate(widths)) <= 390
    scroller = actors(phone).locator(".axscroll:visible")
    assert scroller.evaluate("one => one.scrollWidth > one.clientWidth")


WAYS = {  # what a click opens, and the heading over its statements
    "types&markets=extortion": (".axrows a.mk[href*='who=tren-de-aragua']", "Tren de Aragua: "),
    "markets": (".axm td a[aria-label^='Tren de Aragua, Ext']", "Tren de Aragua: Ext"),
    "types": (".axrows a[href*='who=tren-de-aragua']:not([href*=cell])", "Tren de Aragua"),
    "ties": (".axnet a.bx:text-is('Tren de Aragua')", "Tren de Aragua"),
}


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_every_mark_of_an_actor_opens_what_is_said_of_it(reader: Reader, lang: str) -> None:
    lead: Callable[[str], object] = reader.open
    for tab_name, (mark, heading) in WAYS.items():
        lead(f"?view=actors&lang={lang}&tab={tab_name}")
        lead = reader.go  # each to another tab, so that a mark is found in none but its own
        actors(reader).locator(mark).first.click()
        opened = actors(reader).locator(".tbp")
        expect(opened.locator("h2"), tab_name).to_contain_text(heading)
        expect(opened.locator("h2"), tab_name).to_be_focused()
        expect(opened.locator(".st summary").first, tab_name).to_be_visible()
        opened.press("Escape")
        expect(opened, tab_name).to_have_count(0)
        expect(actors(reader).locator("a[href*=tren-de-aragua]:focus"), tab_name).to_have_count(1)


def test_a_line_of_the_drawing_opens_the_statements_of_the_tie(reader: Reader) -> None:
    reader.open("?view=actors&lang=en&tab=ties&markets=extortion")
    actors(reader).locator(".axnet .hit").first.click(force=True)
    expect(actors(reader).locator(".tbp h2")).to_have_text("Foreign groups and Local or Peruvian groups")
    expect(actors(reader).locator(".tbp h3")).to_contain_text("Are rivals")
    expect(actors(reader).locator(".tbp .st")).to_have_count(1)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", "no afirma que unos actores cooperen con otros"),
        pytest.param("en", "states no cooperation between actors", marks=pytest.mark.long),
    ],
)
def test_a_market_without_cooperation_says_so(reader: Reader, lang: str, words: str) -> None:
    reader.open(f"?view=actors&lang={lang}&markets=extortion")
    expect(actors(reader).locator(".axline")).to_contain_text(words)
    actors(reader).locator(".axline a").click()
    expect(actors(reader).locator(".hid")).to_contain_text(words)


def test_the_part_and_what_is_open_survive_a_reload_and_go_with_back(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    tab(reader, "Ties")
    reader.expect_query(tab="ties")
    actors(reader).locator(".axnet a.bx:text-is('Tren de Aragua')").click()
    reader.expect_query(tab="ties", who="tren-de-aragua")
    reader.page.reload()
    expect(actors(reader).locator(".tbp h2")).to_have_text("Tren de Aragua")
    reader.page.go_back()
    expect(actors(reader).locator(".tbp")).to_have_count(0)
    expect(actors(reader).locator(".axtabs [aria-current]")).to_have_text("Ties")
    reader.page.go_back()
    expect(actors(reader).locator(".axtabs [aria-current]")).to_have_text("By type")
