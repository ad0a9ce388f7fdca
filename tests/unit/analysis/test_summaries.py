"""Texts on places, routes and the map: they match the evidence, in both languages."""

from dataclasses import replace

import pytest

from ocmap.analysis.filters import FilteredEvidence, Filters
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.summaries import (
    badge,
    describe_coverage,
    kicker,
    locator,
    page_title,
    phrase,
    route_course,
    route_name,
    routes_near,
    statements_naming,
    summary,
)
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Lang


def summarize(profile: CountryProfile, place_id: str, lang: Lang = "es") -> str:
    """Return the summary of a place as running text."""
    localized = LocalizedProfile(profile, lang)
    parts = summary(localized, profile.unfiltered, profile.dataset.place[place_id])
    return "".join(part.text for part in parts)


def test_the_summary_of_a_blank_region_says_it_is_not_mentioned(profile: CountryProfile) -> None:
    assert "no menciona" in summarize(profile, "PE-HUC")


def test_the_summary_of_a_blank_region_says_there_may_be_crime(profile: CountryProfile) -> None:
    assert summarize(profile, "PE-HUC") == "El perfil no menciona Huánuco; eso no significa que allí no haya delitos."


def test_the_summary_of_a_blank_region_says_there_may_be_crime_in_english(profile: CountryProfile) -> None:
    assert summarize(profile, "PE-HUC", "en").endswith("that does not mean that there is no crime there.")


def test_the_summary_of_a_named_region_gives_its_markets(profile: CountryProfile) -> None:
    assert summarize(profile, "PE-CUS").startswith("El perfil nombra Cusco al hablar de trata")


def test_the_summary_of_a_located_region_gives_its_sites(profile: CountryProfile) -> None:
    text = summarize(profile, "PE-MDD")
    assert text.startswith("El perfil no nombra Madre de Dios, pero sí La Pampa (en su territorio) al hablar de")


def test_a_site_without_a_market_is_not_beside_the_markets_of_another_site(
    profile: CountryProfile,
) -> None:
    """cannabis.3-a speaks of the road, territorial_integrity.3-b of the tripoint and of no market."""
    text = summarize(profile, "PE-TAC")
    assert text.startswith("El perfil no nombra Tacna, pero sí la Panamericana Sur (en su territorio) al hablar de ")
    assert text.index("cannabis") < text.index(
        "y nombra también, en su territorio, la triple frontera con Bolivia y Chile"
    )


def test_the_summary_of_a_border_region_gives_the_border(profile: CountryProfile) -> None:
    assert "habla de la frontera con Bolivia, que la región toca" in summarize(profile, "PE-PUN")


def test_the_summary_of_a_region_on_two_borders_gives_both(profile: CountryProfile) -> None:
    """excisable.2-a and non_renewable.4-a on Bolivia, territorial_integrity.5-b on Bolivia and Brazil."""
    assert "habla de la frontera con Bolivia y de la frontera con Brasil, que la región toca" in summarize(
        profile, "PE-MDD"
    )


def test_the_summary_of_a_region_in_a_wider_area_gives_the_area(profile: CountryProfile) -> None:
    assert (
        summarize(profile, "PE-SAM")
        == "El perfil no nombra San Martín; habla de la Amazonía, donde contamos esta región."
    )


def test_el_and_de_are_joined(profile: CountryProfile) -> None:
    assert "del norte del país" in summarize(profile, "PE-LAM")


def test_the_summary_of_a_named_region_with_sites_gives_both(profile: CountryProfile) -> None:
    text = summarize(profile, "PE-LMA")
    assert text.startswith("El perfil nombra Lima Metropolitana")
    assert " y nombra también, en su territorio, Villa El Salvador y la Panamericana Sur" in text


def test_the_summary_of_a_corridor_gives_its_markets(profile: CountryProfile) -> None:
    text = summarize(profile, "border-BO")
    assert text.startswith("El perfil menciona esta frontera al hablar de ")
    assert "minería ilegal" in text


def test_the_summary_of_an_unnamed_corridor_says_it_is_not_mentioned(profile: CountryProfile) -> None:
    localized = LocalizedProfile(profile, "es")
    silent = FilteredEvidence({}, (), frozenset())
    parts = summary(localized, silent, profile.dataset.place["border-BR"])
    assert [part.text for part in parts] == [
        "El perfil no menciona esta frontera; eso no significa que allí no haya delitos."
    ]


def test_the_summary_of_a_corridor_without_a_market_gives_none(profile: CountryProfile) -> None:
    """territorial_integrity.5-b alone."""
    assert summarize(profile, "border-BR") == "El perfil menciona esta frontera."


def test_the_summary_of_a_site_gives_its_markets(profile: CountryProfile) -> None:
    assert summarize(profile, "la-pampa") == "El perfil menciona La Pampa al hablar de minería ilegal."


def test_the_summary_of_an_unnamed_place_says_it_is_not_mentioned(profile: CountryProfile) -> None:
    assert "no menciona" in summarize(profile, "tripoint-BR-BO")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_place_has_a_summary_that_is_one_sentence(profile: CountryProfile, lang: Lang) -> None:
    bad = {}
    for place in profile.dataset.places:
        text = summarize(profile, place.place_id, lang)
        if not text.endswith(".") or text.endswith("..") or "{" in text or "  " in text:
            bad[place.place_id] = text
    assert bad == {}


def test_a_summary_is_based_on_statements_of_the_place(profile: CountryProfile) -> None:
    localized = LocalizedProfile(profile, "es")
    for place_id, statements in profile.unfiltered.by_place.items():
        if place_id != "PE":
            parts = summary(localized, profile.unfiltered, profile.dataset.place[place_id])
            assert {statement_id for part in parts for statement_id in part.statements} <= set(statements)


@pytest.mark.parametrize(
    ("statement", "lang", "text"),
    [
        ("arms.2-a", "en", "Arms trafficking, sentence 2"),
        ("arms.2-a", "es", "Tráfico de armas, oración 2"),
        ("human_trafficking.9-b", "en", "Human trafficking, sentence 9"),
        ("foreign.4-a", "en", "Foreign actors, sentence 4"),
    ],
)
def test_a_locator_gives_the_topic_and_the_sentence(dataset: Dataset, statement: str, lang: Lang, text: str) -> None:
    assert locator(dataset, dataset.statement[statement], lang) == text


@pytest.mark.parametrize(
    ("statement", "place", "basis", "text"),
    [
        ("heroin.1-a", "PE-CAJ", Basis.NAMED, "Por su nombre"),
        ("non_renewable.3-b", "PE-MDD", Basis.LOCATED, "Dentro: La Pampa"),
        ("excisable.2-a", "PE-TAC", Basis.BORDER, "Frontera: Bolivia, Chile"),
        ("cocaine.6-b", "PE-LOR", Basis.AREA, "Zona: Amazonía peruana"),
        ("arms.3-a", "PE", Basis.NATIONAL, "Todo el país"),
    ],
)
def test_a_badge_gives_the_basis_and_the_place_it_came_by(
    profile: CountryProfile, statement: str, place: str, basis: Basis, text: str
) -> None:
    assert badge(LocalizedProfile(profile, "es"), statement, place, basis) == text


@pytest.mark.parametrize(
    ("place", "lang", "text"),
    [
        ("PE-TAC", "es", "Región · frontera con Bolivia y Chile"),
        ("PE-LOR", "en", "Region · border with Brazil, Colombia and Ecuador"),
        ("PE-ICA", "es", "Región"),
        ("border-BR", "es", "Corredor fronterizo · frontera de 2\u00a0822 km"),
        ("pataz", "es", "Sitio en La Libertad"),
        ("amazon", "es", "Zona más amplia"),
    ],
)
def test_a_kicker_gives_the_kind_of_a_place(profile: CountryProfile, place: str, lang: Lang, text: str) -> None:
    assert kicker(LocalizedProfile(profile, lang), profile.dataset.place[place]) == text


def test_a_corridor_is_phrased_as_the_border_with_its_neighbour(dataset: Dataset) -> None:
    assert phrase(dataset, dataset.place["border-BR"], "es") == "la frontera con Brasil"


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_place_has_a_phrase_and_a_kicker(profile: CountryProfile, dataset: Dataset, lang: Lang) -> None:
    for place in dataset.places:
        assert phrase(dataset, place, lang)
        assert "{" not in kicker(LocalizedProfile(profile, lang), place)


def test_a_route_is_named_by_its_goods_and_its_course(dataset: Dataset) -> None:
    assert route_name(dataset, dataset.route["heroin.1-r2"], "es") == "Opio: Cajamarca → Ecuador"


def test_a_course_names_every_point_in_order(dataset: Dataset) -> None:
    course = route_course(dataset, dataset.route["cannabis.3-r1"], "es")
    assert course == "La Libertad → Panamericana Sur → Chile"


@pytest.mark.parametrize(
    ("route", "course"),
    [
        ("cocaine.2-r1", "origin not stated → Europe"),
        ("fauna.4-r1", "Ecuador → Peru → destination not stated"),
        ("flora.2-r1", "Peru (inferred) → China"),
    ],
)
def test_a_course_says_what_is_open_and_what_is_inferred(dataset: Dataset, route: str, course: str) -> None:
    assert route_course(dataset, dataset.route[route], "en") == course


def test_the_statements_naming_a_place(dataset: Dataset) -> None:
    assert statements_naming(dataset, dataset.place["la-pampa"]) == ("non_renewable.3-a", "non_renewable.3-b")


def test_a_place_with_two_roles_in_a_statement_lists_it_once(dataset: Dataset) -> None:
    assert statements_naming(dataset, dataset.place["PE"]).count("arms.1-a") == 1


def test_routes_near_a_region_are_those_in_it_and_on_its_border(profile: CountryProfile) -> None:
    assert set(routes_near(profile, profile.dataset.place["PE-TAC"])) == {
        "cannabis.3-r1",
        "excisable.2-r1",
        "excisable.2-r2",
    }


@pytest.mark.parametrize(
    ("filters", "es", "en"),
    [
        # arms.5-a names Piura and Tumbes, arms.6-a a site in Lima; arms.2-a the border of Ecuador, which these two
        # touch and Amazonas, Cajamarca and Loreto besides.
        (
            Filters(("arms",)),
            ("Armas: 3 regiones nombradas (o un lugar en ellas), 3 solo por su frontera o zona."),
            "Arms: 3 regions named (or a place in them), 3 only by their border or a wider area.",
        ),
        (
            Filters(("arms", "excisable")),
            ("Armas y bienes con ISC: 4 regiones nombradas (o un lugar en ellas), 6 solo por su frontera o zona."),
            ("Arms and excisable goods: 4 regions named (or a place in them), 6 only by their border or a wider area."),
        ),
        (Filters(("cyber",)), "Ciberdelitos: ninguna región nombrada.", "Cybercrime: no region named."),
        # excisable.3-a names Puno, excisable.1-a the borders, which nine regions touch, Puno among them.
        (
            Filters(("excisable",)),
            ("Bienes con ISC: 1 región nombrada (o un lugar en ella), 8 solo por su frontera o zona."),
            "Excisable goods: 1 region named (or a place in it), 8 only by their border or a wider area.",
        ),
        (
            Filters(("arms",), basis=(Basis.NAMED,)),
            "Armas: 2 regiones nombradas (o un lugar en ellas), con los filtros elegidos.",
            "Arms: 2 regions named (or a place in them), under the filters chosen.",
        ),
        (
            Filters(("arms", "cyber", "excisable"), basis=()),
            "3 mercados: ninguna región nombrada, con los filtros elegidos.",
            "3 markets: no region named, under the filters chosen.",
        ),
        (
            Filters(),
            ("Los 15 mercados: 14 regiones nombradas (o un lugar en ellas), 4 solo por su frontera o zona."),
            "All 15 markets: 14 regions named (or a place in them), 4 only by their border or a wider area.",
        ),
    ],
)
def test_the_coverage_of_the_map_is_described(profile: CountryProfile, filters: Filters, es: str, en: str) -> None:
    page = PageContext(profile, "es", ViewState(**filters._asdict()))
    assert describe_coverage(page) == es
    assert describe_coverage(replace(page, lang="en")) == en


@pytest.mark.parametrize(
    ("view", "title"),
    [
        (ViewState(), "The 2025 profile of Peru in the Global Organized Crime Index, sentence by sentence · ocmap"),
        (ViewState(place="border-EC"), "Border with Ecuador · ocmap"),
        (ViewState(route="heroin.1-r2"), "Opium: Cajamarca → Ecuador · ocmap"),
        (ViewState(place="PE-PUN", view=View.TABLE), "Table · ocmap"),
    ],
)
def test_the_pages_title_is_the_view_or_the_selection(profile: CountryProfile, view: ViewState, title: str) -> None:
    assert page_title(PageContext(profile, "en", view)) == title
