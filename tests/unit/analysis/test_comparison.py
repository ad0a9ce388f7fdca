"""What two or three places share, what only one of them has, and on what basis, on cases worked out by hand."""

from collections.abc import Mapping

import pytest
from tests.support.shipped import COMPARISONS

from ocmap.analysis.comparison import (
    Comparison,
    ComparisonCell,
    Overlap,
    compare,
    is_of_group,
    most_similar,
    shared_statements,
)
from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_naming
from ocmap.analysis.view_state import MOST_COMPARED, View, ViewState
from ocmap.dataset.schema import Basis, Evidence

AREA, BORDER, LOCATED, NAMED = Basis.AREA, Basis.BORDER, Basis.LOCATED, Basis.NAMED


def statements_of(profile: CountryProfile, *places: str) -> dict[str, Mapping[str, Basis]]:
    return {place: profile.unfiltered.of(place) for place in places}


def compared(profile: CountryProfile, *places: str) -> Comparison:
    return compare(profile, statements_of(profile, *places), profile.unfiltered.routes, ())


def filtered(profile: CountryProfile, evidence: tuple[Evidence, ...], filters: Filters, *places: str) -> Comparison:
    filtered = apply_filters(profile.dataset, evidence, filters)
    return compare(
        profile,
        {place: filtered.of(place) for place in places},
        filtered.routes,
        filters.markets,
    )


def keys(overlaps: tuple[Overlap, ...]) -> dict[tuple[str, ...], tuple[set[str], set[str]]]:
    """Return for each set of places the keys of its rows, and of those that rest on a wider area alone."""
    return {
        overlap.places: ({row.key for row in overlap.rows}, {row.key for row in overlap.area_only})
        for overlap in overlaps
    }


def cells(overlaps: tuple[Overlap, ...], key: str) -> tuple[ComparisonCell, ...]:
    return next(row.cells for overlap in overlaps for row in (*overlap.rows, *overlap.area_only) if row.key == key)


def test_madre_de_dios_and_puno_share_the_statements_on_the_border_with_bolivia(profile: CountryProfile) -> None:
    result = compared(profile, "PE-MDD", "PE-PUN")
    common, puno = ("PE-MDD", "PE-PUN"), ("PE-PUN",)
    # excisable.1-b speaks of borders in general, of timber, gold and all drugs: that alone makes a market "wider".
    assert keys(result.markets) == {
        common: (
            {"human_trafficking", "excisable", "non_renewable"},
            {"flora", "heroin", "cocaine", "cannabis", "synthetic"},
        ),
        puno: ({"counterfeit"}, set()),
    }
    mining = cells(result.markets, "non_renewable")
    assert mining[0].statements == (
        ("non_renewable.3-a", LOCATED),
        ("non_renewable.3-b", LOCATED),
        ("non_renewable.4-a", BORDER),
        ("excisable.1-b", AREA),
    )
    assert mining[0].counts == ((LOCATED, 2), (BORDER, 1), (AREA, 1))
    assert mining[1].counts == ((BORDER, 1), (AREA, 1))
    assert cells(result.markets, "counterfeit") == (ComparisonCell(()), ComparisonCell((("counterfeit.5-a", NAMED),)))


def test_the_counts_by_basis_are_those_of_each_panel(profile: CountryProfile) -> None:
    assert dict(compared(profile, "PE-MDD", "PE-PUN").counts) == {
        NAMED: (0, 3),
        LOCATED: (2, 0),
        BORDER: (3, 3),
        AREA: (8, 4),
        Basis.NATIONAL: (0, 0),
    }


def test_shared_statements_come_first_and_each_is_listed_once(profile: CountryProfile) -> None:
    statements = compared(profile, "PE-MDD", "PE-PUN").statements
    assert [overlap.places for overlap in statements] == [("PE-MDD", "PE-PUN"), ("PE-MDD",), ("PE-PUN",)]
    assert [row.key for row in statements[0].rows] == [
        "excisable.2-a",
        "non_renewable.4-a",
        "territorial_integrity.5-b",
    ]
    listed = [row.key for overlap in statements for row in (*overlap.rows, *overlap.area_only)]
    assert sorted(listed) == sorted(profile.unfiltered.of("PE-MDD").keys() | profile.unfiltered.of("PE-PUN").keys())


@pytest.mark.parametrize(
    ("places", "statement", "bases"),
    [
        # It names La Libertad, and the Panamericana Sur, which passes through Arequipa.
        (("PE-ARE", "PE-LAL"), "cannabis.3-a", (LOCATED, NAMED)),
        # It names Lima and the Amazon, of which Ucayali is a member, and the border with Ecuador.
        (("PE-LMA", "PE-UCA", "border-EC"), "criminal_networks.1-b", (NAMED, AREA, NAMED)),
        (("PE-LOR", "PE-UCA"), "criminal_networks.1-b", (BORDER, AREA)),
    ],
)
def test_a_shared_statement_keeps_its_basis_in_each_place(
    profile: CountryProfile, places: tuple[str, ...], statement: str, bases: tuple[Basis, ...]
) -> None:
    result = compared(profile, *places)
    assert result.statements[0].places == places
    assert [cell.statements for cell in cells(result.statements, statement)] == [
        ((statement, basis),) for basis in bases
    ]


def test_three_places_separate_what_all_two_and_one_of_them_have(profile: CountryProfile) -> None:
    result = compared(profile, "PE-CAJ", "PE-PIU", "PE-TUM")
    assert [(overlap.places, len(overlap.rows) + len(overlap.area_only)) for overlap in result.statements] == [
        (("PE-CAJ", "PE-PIU", "PE-TUM"), 10),
        (("PE-PIU", "PE-TUM"), 1),  # arms.5-a names both
        (("PE-CAJ",), 2),  # heroin.1-a and -b name Cajamarca
    ]
    arms = cells(result.markets, "arms")
    assert [cell.counts for cell in arms] == [((BORDER, 2),), ((NAMED, 1), (BORDER, 2)), ((NAMED, 1), (BORDER, 2))]


def test_statements_on_the_group_only_are_marked_for_each_place(profile: CountryProfile) -> None:
    heroin = cells(compared(profile, "PE-CAJ", "PE-PIU").markets, "heroin")
    assert [is_of_group(profile.dataset, "heroin", cell) for cell in heroin] == [False, True]
    assert not is_of_group(profile.dataset, "heroin", ComparisonCell(()))


def test_actors_are_shared_by_the_statements_that_name_them(profile: CountryProfile) -> None:
    actors = keys(compared(profile, "PE-MDD", "PE-PUN").actors)
    gangs = {"brazilian-groups", "comando-vermelho", "primeiro-comando-da-capital"}  # foreign.5-a, of border regions
    assert actors == {
        ("PE-MDD", "PE-PUN"): (set(), gangs),
        ("PE-MDD",): (set(), {"criminal-networks", "foreign-tourists"}),
    }


def test_a_route_counts_where_it_touches_a_place_that_its_statement_reaches(profile: CountryProfile) -> None:
    routes = compared(profile, "PE-CAJ", "PE-TUM").routes
    assert keys(routes) == {
        ("PE-CAJ", "PE-TUM"): ({"arms.2-r1"}, set()),  # from the border with Ecuador
        ("PE-CAJ",): ({"heroin.1-r2"}, set()),
    }
    assert cells(routes, "heroin.1-r2")[0].statements == (("heroin.1-b", NAMED),)


def test_markets_that_no_place_has_are_listed(profile: CountryProfile) -> None:
    result = compared(profile, "PE-MDD", "PE-PUN")
    assert result.unmentioned == ("human_smuggling", "extortion", "arms", "fauna", "cyber", "financial")


def test_with_a_chosen_market_only_its_statements_are_compared(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    result = filtered(profile, evidence, Filters(markets=("arms", "cyber")), "PE-CAJ", "PE-TUM")
    assert keys(result.markets) == {("PE-CAJ", "PE-TUM"): ({"arms"}, set())}
    assert result.unmentioned == ("cyber",)
    assert keys(result.statements) == {
        ("PE-CAJ", "PE-TUM"): ({"arms.2-a", "policies_laws.5-b"}, set()),
        ("PE-TUM",): ({"arms.5-a"}, set()),
    }
    assert keys(result.routes) == {("PE-CAJ", "PE-TUM"): ({"arms.2-r1"}, set())}


def test_without_the_border_basis_its_route_is_hidden_too(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    result = filtered(profile, evidence, Filters(basis=(NAMED, LOCATED)), "PE-CAJ", "PE-TUM")
    assert keys(result.routes) == {("PE-CAJ",): ({"heroin.1-r2"}, set())}
    assert keys(result.markets) == {("PE-CAJ",): ({"heroin"}, set()), ("PE-TUM",): ({"arms"}, set())}


def test_places_that_share_nothing_have_nothing_in_common(profile: CountryProfile) -> None:
    result = compared(profile, "PE-CUS", "PE-LIM")
    assert shared_statements(statements_of(profile, "PE-CUS", "PE-LIM")) == frozenset()
    assert {overlap.places for overlap in result.statements} == {("PE-CUS",), ("PE-LIM",)}


def test_places_that_are_not_mentioned_give_an_empty_comparison(profile: CountryProfile) -> None:
    result = compared(profile, "PE-CAL", "PE-HUC")
    assert (result.markets, result.actors, result.routes, result.statements) == ((), (), (), ())
    assert len(result.unmentioned) == 15
    assert all(numbers == (0, 0) for _, numbers in result.counts)


def test_filters_that_nothing_passes_give_an_empty_comparison(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    result = filtered(profile, evidence, Filters(basis=()), "PE-CAJ", "PE-TUM")
    assert (result.markets, result.actors, result.routes, result.statements) == ((), (), (), ())


def test_a_site_is_compared_by_the_statements_that_name_it(profile: CountryProfile) -> None:
    named = dict.fromkeys(statements_naming(profile.dataset, profile.dataset.place["la-pampa"]), NAMED)
    both = {"PE-MDD": profile.unfiltered.of("PE-MDD"), "la-pampa": named}
    result = compare(profile, both, (), ())
    assert keys(result.statements)["PE-MDD", "la-pampa"] == ({"non_renewable.3-a", "non_renewable.3-b"}, set())
    assert cells(result.statements, "non_renewable.3-b") == (
        ComparisonCell((("non_renewable.3-b", LOCATED),)),
        ComparisonCell((("non_renewable.3-b", NAMED),)),
    )


def test_the_suggested_comparisons_match_their_texts(profile: CountryProfile) -> None:
    assert [len(shared_statements(statements_of(profile, *ids))) for ids in COMPARISONS] == [7, 4, 10]
    assert all(tuple(sorted(ids)) == ids and len(ids) <= MOST_COMPARED for ids in COMPARISONS)
    corridors_of = profile.corridors_of
    assert all("border-BO" in corridors_of[place] for place in COMPARISONS[0])
    assert all(corridors_of[place] == ("border-EC",) for place in COMPARISONS[2])


def test_the_most_similar_places_share_most_statements(profile: CountryProfile) -> None:
    reach = profile.unfiltered.by_place
    others = {place: reach[place] for place in ("PE-CAJ", "PE-LAL", "PE-MDD", "PE-PIU", "PE-LIM")}
    # Tumbes shares 11 with Piura, 10 with Cajamarca, 3 on borders in general with Madre de Dios.
    assert most_similar(reach["PE-TUM"], others, 3)[:2] == (("PE-PIU", 11), ("PE-CAJ", 10))
    assert most_similar(reach["PE-CUS"], {"PE-LIM": reach["PE-LIM"]}, 3) == ()
    assert len(most_similar(reach["PE-TUM"], others, 1)) == 1


@pytest.mark.parametrize(
    ("chosen", "place", "compare_"),
    [
        ((), "PE-PUN", ("PE-PUN",)),
        (("PE-PUN",), "PE-MDD", ("PE-MDD", "PE-PUN")),
        (("PE-MDD", "PE-PUN"), "PE-PUN", ("PE-MDD", "PE-PUN")),
        (("PE-MDD", "PE-PUN", "PE-TAC"), "PE-PUN", ("PE-MDD", "PE-PUN", "PE-TAC")),
        (("PE-MDD", "PE-PUN", "PE-TAC"), "PE-CUS", ("PE-CUS", "PE-MDD", "PE-PUN")),
    ],
)
def test_a_place_is_added_to_those_chosen_up_to_three(
    chosen: tuple[str, ...], place: str, compare_: tuple[str, ...]
) -> None:
    view = ViewState(place="PE-LMA", compare=chosen, markets=("arms",)).compare_with(place)
    assert (view.view, view.compare, view.markets, view.place) == (View.COMPARE, compare_, ("arms",), "PE-LMA")
