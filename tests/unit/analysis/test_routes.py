"""Each route in words: what the source says, and whether the map has a line of ours for it."""

import pytest
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.routes import OPEN, RouteSummary, count_by_market, count_hidden, summarize_routes
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Evidence, Hedge, Lang


def routes_of(profile: CountryProfile, lang: Lang = "es", *routes: str) -> tuple[RouteSummary, ...]:
    return summarize_routes(LocalizedProfile(profile, lang), routes or profile.unfiltered.routes)


def row(profile: CountryProfile, route: str, lang: Lang = "es") -> RouteSummary:
    return routes_of(profile, lang, route)[0]


def test_each_route_has_a_summary_by_market_in_the_index_order(profile: CountryProfile) -> None:
    rows = routes_of(profile)
    assert sorted(one.route_id for one in rows) == sorted(profile.dataset.route)
    assert len(rows) == 37
    assert list(dict.fromkeys(one.market_id for one in rows)) == [
        "human_smuggling",
        "arms",
        "excisable",
        "flora",
        "fauna",
        "heroin",
        "cocaine",
        "cannabis",
        "synthetic",
        "financial",
        "",
    ]
    for market in {one.market_id for one in rows}:
        same = [one.route_id for one in rows if one.market_id == market]
        assert same == sorted(same)


def test_a_drawn_route_is_summarized_as_in_the_source(profile: CountryProfile) -> None:
    found = row(profile, "cannabis.3-r1")
    assert (found.market, found.group, found.goods) == ("Cannabis", "drugs", "cannabis")
    assert (found.origin, found.via, found.destination) == ("PE-LAL", ("panamericana-sur",), "CL")
    assert found.name((found.origin, *found.via, found.destination)) == "La Libertad, Panamericana Sur, Chile"
    assert found.inferred == frozenset()
    assert (found.mode, found.mode_stated, found.hedge) == ("por carretera", True, Hedge.STATED)
    assert (found.hedge_word, found.drawn) == ("afirmado", True)
    assert found.locator == "Comercio de cannabis, oración 3"


def test_a_route_without_a_line_or_a_stated_mode_is_marked(profile: CountryProfile) -> None:
    found = row(profile, "synthetic.2-r1", "en")
    assert (found.drawn, found.via, found.mode_stated, found.mode) == (False, (), False, "transport not stated")
    assert (found.hedge, found.hedge_word) == (Hedge.POTENTIAL, "potential")


def test_a_country_can_be_on_the_way_and_an_origin_inferred(profile: CountryProfile) -> None:
    found = row(profile, "human_smuggling.1-r2")
    assert found.name((found.origin, *found.via, found.destination)) == "Caribe (se infiere), Perú, Brasil"
    assert found.inferred == {"caribbean"}
    assert found.places["caribbean"] == "Caribe"


@pytest.mark.parametrize(
    ("route", "ends", "words"),
    [
        ("cocaine.2-r1", (OPEN, "europe"), ("not stated", "Europe")),
        ("fauna.4-r1", ("EC", OPEN), ("Ecuador", "not stated")),
    ],
)
def test_an_end_that_the_source_leaves_open_is_said_to_be_open(
    profile: CountryProfile, route: str, ends: tuple[str, str], words: tuple[str, str]
) -> None:
    found = row(profile, route, "en")
    assert (found.origin, found.destination) == ends
    assert (found.marked[found.origin], found.marked[found.destination]) == words


def test_a_route_can_have_no_market(profile: CountryProfile) -> None:
    found = row(profile, "flora.4-r1", "en")
    assert (found.market_id, found.group, found.market) == ("", "", "No market named")


def test_totals_add_up_to_the_routes(profile: CountryProfile) -> None:
    totals = count_by_market(routes_of(profile))
    assert (sum(one.n for one in totals), sum(one.drawn for one in totals)) == (37, 5)
    assert {one.market_id: (one.n, one.drawn) for one in totals}["cocaine"] == (7, 1)


def test_a_market_filter_hides_the_other_routes_and_counts_them(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    filters = Filters(markets=("arms",))
    shown = apply_filters(profile.dataset, evidence, filters).routes
    rows = summarize_routes(LocalizedProfile(profile, "es"), shown)
    assert [one.route_id for one in rows] == [*(f"arms.1-r{number}" for number in range(1, 7)), "arms.2-r1"]
    assert [one.drawn for one in rows] == [False] * 6 + [True]
    assert count_hidden(profile.dataset, filters) == (30, 0)


def test_the_filter_of_actors_is_counted_by_itself(profile: CountryProfile) -> None:
    naming = [
        one for one in profile.dataset.routes if "tren-de-aragua" in profile.dataset.statement[one.statement_id].actors
    ]
    assert count_hidden(profile.dataset, Filters(actors=("tren-de-aragua",))) == (0, 37 - len(naming))
    assert count_hidden(profile.dataset, Filters()) == (0, 0)


def test_the_words_of_both_languages_differ(dataset: Dataset, profile: CountryProfile) -> None:
    spanish, english = (summarize_routes(LocalizedProfile(profile, lang), dataset.route) for lang in ("es", "en"))
    assert [one.route_id for one in spanish] == [one.route_id for one in english]
    assert {one.hedge_word for one in english} <= {i18n.words_of(DATASET, "en")[f"hedge.{one}"] for one in Hedge}
    assert spanish[0].goods == "migrantes"
    assert english[0].goods == "migrants"


def test_without_routes_there_is_no_summary(profile: CountryProfile) -> None:
    assert summarize_routes(LocalizedProfile(profile, "es"), ()) == ()


def test_the_routes_with_a_line_are_marked(profile: CountryProfile) -> None:
    assert {route.route_id for route in routes_of(profile) if route.drawn} == profile.routes_with_line
