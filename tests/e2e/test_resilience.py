"""The view on resilience: indicators, scores, filters, and the way to the map."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Reader

pytestmark = pytest.mark.e2e


def view_of(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-resilience")


def indicator(reader: Reader, name: str) -> Locator:
    return view_of(reader).locator(".in").filter(has=reader.page.locator("h4", has_text=name))


LAUNDERING = {
    "es-PE": ("Cómo responde el país", "Lucha contra el lavado", "4,5", "sin dato", "Bajó 0,5 de 2021 a 2023: peor"),
    "en-GB": ("How the country responds", "Anti-money", "4.5", "unknown", "Down 0.5 from 2021 to 2023: worse"),
}


@pytest.mark.parametrize("locale", ["en-GB", pytest.param("es-PE", marks=pytest.mark.long)])
def test_scores_are_beside_their_topic_and_unknown_scores_are_marked(
    reader_of: Callable[..., Reader], locale: str
) -> None:
    title, name, known, unknown, change = LAUNDERING[locale]
    reader = reader_of(locale=locale).open("?view=resilience")
    expect(view_of(reader).locator("h2")).to_have_text(title)
    expect(view_of(reader).locator(".in")).to_have_count(12)
    laundering = indicator(reader, name)
    expect(laundering.locator(".sc li")).to_have_count(3)
    expect(laundering.locator(".sc li").first).to_contain_text(known)
    expect(laundering.locator(".sc .unknown")).to_have_text(f"2025 {unknown}")
    expect(laundering.locator(".ch")).to_have_text(change)
    bars = laundering.locator(".tk i").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert bars[0] > bars[1] > bars[2] == 0


def test_a_link_of_the_index_opens_its_indicator(reader: Reader) -> None:
    reader.open("?view=resilience")
    prevention = indicator(reader, "Prevención")
    expect(prevention.locator(".st").first).to_be_hidden()
    view_of(reader).locator("nav a", has_text="Prevención").click()
    expect(prevention.locator(".st").first).to_be_in_viewport()
    expect(prevention.locator("h4")).to_be_in_viewport()
    reader.page.locator(".st-key-view button", has_text="Método").click()
    expect(view_of(reader)).to_have_count(0)
    reader.page.go_back()
    expect(view_of(reader)).to_be_visible()


def test_statements_under_other_topics_are_listed_separately(reader: Reader) -> None:
    reader.open("?view=resilience")
    borders = indicator(reader, "Integridad territorial")
    borders.locator("summary").first.click()
    also = borders.locator(".al")
    expect(also.locator(".st").first).to_be_hidden()
    also.locator("summary").first.click()
    expect(also.locator("h5").first).to_contain_text("En la sección «")
    expect(also.locator(".st").first).to_be_visible()


def test_the_view_shows_the_scores_of_markets_and_actor_types(reader: Reader) -> None:
    reader.open("?view=resilience")
    more = view_of(reader).locator(".ms")
    more.locator("summary").click()
    expect(more.locator(".sm > li")).to_have_count(20)
    expect(more.locator(".sm > li", has_text="Cocaína")).to_contain_text("Igual en 2021 y en 2025")
    expect(view_of(reader).locator(".sums .sm > li")).to_have_count(4)


def test_the_market_filter_counts_hidden_statements_and_can_be_removed(reader: Reader) -> None:
    reader.open("?view=resilience")
    leadership = indicator(reader, "Liderazgo").locator(".st")
    expect(leadership).to_have_count(9)
    reader.page.locator(".st-key-filters label", has_text="Opio y heroína").click()
    expect(leadership).to_have_count(5)
    expect(view_of(reader).get_by_role("status")).to_contain_text("Los filtros ocultan")
    reader.page.locator(".st-key-clear_resilience button").click()
    reader.expect_query(markets=None, view="resilience")
    expect(leadership).to_have_count(9)


def test_filters_without_results_show_a_message(reader: Reader) -> None:
    reader.open("?view=resilience&basis=none&lang=en")
    expect(indicator(reader, "Prevention").locator(".hid")).to_have_text(
        "The filters hide all that is said in this section."
    )
    expect(view_of(reader).locator(".tail .hid")).to_have_text("No response placed on the map matches these filters.")
    expect(indicator(reader, "Prevention").locator(".sc .unknown")).to_have_count(1)


def test_a_response_leads_to_its_place_on_the_map(reader: Reader) -> None:
    reader.open("?view=resilience")
    reader.page.locator(".st-key-responses button", has_text="Villa El Salvador").click()
    reader.expect_query(view=None, place="villa-el-salvador")
    expect(reader.heading).to_have_text("Villa El Salvador")
    expect(reader.page.locator(".st-key-map")).to_be_visible()
    assert reader.state("ocmapStarts") == "1"


@pytest.mark.long
def test_the_view_fits_a_phone_without_horizontal_scrolling(reader_of: Callable[..., Reader]) -> None:
    phone = reader_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open("?view=resilience")
    expect(view_of(phone).locator("h2")).to_be_visible()
    expect(view_of(phone).locator(".in")).to_have_count(12)
    for summary in view_of(phone).locator(".in > details:not([open]) > summary").all()[:3]:
        summary.click()
    assert phone.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    assert view_of(phone).evaluate("one => one.scrollWidth <= one.clientWidth")
