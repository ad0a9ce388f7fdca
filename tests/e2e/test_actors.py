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
    actors(reader).get_by_role("tab", name=name).click()


def pill(reader: Reader, kind: str, name: str) -> Locator:
    return reader.page.locator(f".st-key-actors_type_{kind} button").get_by_text(name, exact=True)


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
    headings = reader.page.locator("[class*=st-key-actors_type_] h3")
    expect(headings).to_have_count(6)
    expect(headings.first).to_contain_text(types[0])
    expect(headings.last).to_contain_text(types[1])
    row = actors(reader).locator(".axrows li", has_text=actor).filter(has=reader.page.locator("h4", has_text=actor))
    expect(row).to_contain_text("Cannabis")


def test_a_chosen_actor_filters_map_and_panel_until_it_is_removed(reader: Reader) -> None:
    reader.open("?view=actors&place=PE-LMA")
    before = reader.mark("PE-CAJ").get_attribute("aria-label")
    assert before
    assert "afirmaciones" in before
    pill(reader, "foreign", "Tren de Aragua").click()
    reader.expect_query(view="actors", actors="tren-de-aragua", place="PE-LMA")
    expect(actors(reader).locator(".axrows li.on h4")).to_contain_text("Tren de Aragua")
    reader.page.locator(".st-key-actors_map button").click()
    reader.expect_query(view=None, actors="tren-de-aragua", place="PE-LMA")
    expect(reader.page.locator(".st-key-map")).to_be_visible()
    expect(reader.mark("PE-CAJ")).to_have_attribute("aria-label", "Cajamarca: Nada con estos filtros")
    expect(reader.mark("PE-LMA")).to_have_attribute("aria-label", re.compile("^Lima Metropolitana: 1 afirmación "))
    expect(reader.panel.locator("section .st:visible")).to_have_count(1)
    expect(reader.panel.locator("section .st:visible")).to_contain_text("Tren de Aragua")
    reader.page.go_back()
    reader.expect_query(view="actors", actors="tren-de-aragua")
    reader.page.locator(".st-key-actors_none button").click()
    reader.expect_query(view="actors", actors=None)
    expect(actors(reader).locator(".axrows li.on")).to_have_count(0)
    expect(reader.mark("PE-CAJ")).to_have_attribute("aria-label", before)


def test_actors_of_two_types_can_be_chosen_together(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    pill(reader, "foreign", "Chilean groups").click()
    reader.expect_query(actors="chilean-groups")
    pill(reader, "mafia_style", "Family clans").click()
    reader.page.wait_for_function("() => location.search.includes('family-clans')")
    assert reader.query()["actors"] == ["chilean-groups", "family-clans"]
    expect(reader.page.locator(".st-key-actors_bar")).to_contain_text("Chilean groups and Family clans")
    pill(reader, "foreign", "Chilean groups").click()
    reader.expect_query(actors="family-clans")


def test_the_matrix_counts_the_statements_of_an_actor_and_a_market(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    tab(reader, "Actors and markets")
    table = actors(reader).get_by_role("table", name="Actors and markets")
    expect(table.locator("thead tr:last-child th[scope=col]")).to_have_count(15)
    row = table.get_by_role("row", name="Tren de Aragua")
    expect(row.get_by_role("rowheader")).to_have_text("Tren de Aragua")
    expect(row.get_by_role("cell")).to_have_text(["1", "", "2", "2", *[""] * 6, "1", *[""] * 4])
    traffickers = table.get_by_role("row", name="Drug traffickers").get_by_role("cell")
    expect(traffickers.nth(6)).to_have_text("2")
    expect(traffickers.nth(10)).to_have_text("2*")
    expect(table.get_by_role("rowheader", name="Comando Vermelho")).to_have_count(0)


def test_the_market_filter_shows_only_its_column_and_its_actors(reader: Reader) -> None:
    reader.open("?view=actors&lang=en&markets=fauna")
    expect(actors(reader).locator(".axrows h4")).to_have_count(5)
    expect(reader.page.locator(".st-key-actors_type_mafia_style")).to_contain_text("No actor of this type")
    tab(reader, "Actors and markets")
    expect(actors(reader).locator("thead tr:last-child th[scope=col]")).to_have_text(["Fauna crimes"])
    tab(reader, "Ties")
    expect(actors(reader).locator(".axties > li")).to_have_count(2)


def test_each_tie_is_drawn_and_opens_the_statements_that_assert_it(reader: Reader) -> None:
    reader.open("?view=actors&lang=en")
    tab(reader, "Ties")
    ties = actors(reader).locator(".axties > li")
    expect(ties).to_have_count(22)
    drawing = actors(reader).get_by_role("img", name="Drawing of 22 ties between 18 actors")
    expect(drawing).to_be_visible()
    assert drawing.locator("img").evaluate("image => image.complete && image.naturalWidth > 0")
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
    reader.page.locator(".st-key-actors_clear button").click()
    reader.expect_query(view="actors", markets=None)
    expect(reader.page.locator("[class*=st-key-actors_type_] h3")).to_have_count(6)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_phone_scrolls_horizontally_only_inside_matrix_and_drawing(
    reader_of: Callable[..., Reader], lang: str
) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.open(f"?view=actors&lang={lang}")
    widths = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
        .map(one => one.scrollWidth)"""
    for number in range(3):
        actors(phone).get_by_role("tab").nth(number).click()
        expect(actors(phone).get_by_role("tabpanel").nth(0)).to_be_visible()
        assert max(phone.page.evaluate(widths)) <= 390
    scroller = actors(phone).locator(".axscroll:visible")
    assert scroller.evaluate("one => one.scrollWidth > one.clientWidth")
