"""The evidence that passes the filters, on cases worked out by hand from the shipped data."""

import pytest

from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters, by_market, level, level_labels, routes_at
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Evidence

Rows = tuple[Evidence, ...]


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3), (5, 3), (6, 4), (9, 4), (10, 5), (50, 5)]
)
def test_a_count_has_its_level(count: int, expected: int) -> None:
    assert level(count) == expected


def test_each_level_has_a_label() -> None:
    assert level_labels() == ("1", "2", "3–5", "6–9", "10+")


def test_the_filters_of_a_state_are_its_markets_actors_and_basis() -> None:
    view = ViewState(place="PE-MDD", markets=("arms",), actors=("officials",), basis=(Basis.NAMED,))
    assert Filters.of(view) == Filters(("arms",), ("officials",), (Basis.NAMED,))


def test_statements_on_la_pampa_are_located_in_madre_de_dios(profile: CountryProfile) -> None:
    located = {
        statement_id for statement_id, basis in profile.unfiltered.of("PE-MDD").items() if basis is Basis.LOCATED
    }
    assert located == {"non_renewable.3-a", "non_renewable.3-b"}


@pytest.mark.parametrize(
    ("place", "basis", "count"),
    [
        ("PE-PUN", Basis.NAMED, 3),  # counterfeit.5-a, excisable.3-a, excisable.3-b
        ("PE-PUN", Basis.BORDER, 3),  # excisable.2-a, non_renewable.4-a; without a market territorial_integrity.5-b
        # counterfeit.1-b, extortion.2-a, extortion.3-b, human_trafficking.3-a, synthetic.2-b; without a market
        # cooperation.4-b, criminal_networks.1-b, leadership.1-b
        ("PE-LMA", Basis.NAMED, 8),
        ("PE-LMA", Basis.LOCATED, 2),  # arms.6-a (Villa El Salvador), cannabis.3-a (Panamericana Sur)
        ("PE-LAL", Basis.LOCATED, 1),  # criminal_networks.3-a (Pataz)
        ("PE-TAC", Basis.LOCATED, 2),  # cannabis.3-a (Panamericana Sur), territorial_integrity.3-b (a tripoint)
        ("PE-CUS", Basis.NAMED, 1),  # human_trafficking.3-a
        ("PE-MOQ", Basis.LOCATED, 1),  # cannabis.3-a
        # arms.2-a, counterfeit.4-b, policies_laws.5-b; without a market criminal_networks.1-b and
        # territorial_integrity.3-a
        ("border-EC", Basis.NAMED, 5),
        ("border-BO", Basis.NAMED, 3),  # excisable.2-a, non_renewable.4-a, territorial_integrity.5-b
        ("border-BO", Basis.LOCATED, 1),  # territorial_integrity.3-b (a tripoint)
        ("border-BR", Basis.NAMED, 1),  # territorial_integrity.5-b
        ("PE-ANC", Basis.NAMED, 0),
    ],
)
def test_each_statement_counts_once_for_a_place(profile: CountryProfile, place: str, basis: Basis, count: int) -> None:
    assert profile.unfiltered.count_all(place).count(basis) == count


def test_only_named_and_located_statements_count_as_direct(profile: CountryProfile) -> None:
    assert profile.unfiltered.count_direct("PE-LMA") == 7


def test_statements_on_the_border_do_not_count_as_direct(profile: CountryProfile) -> None:
    assert (profile.unfiltered.count_direct("PE-LOR"), profile.unfiltered.indirect_basis("PE-LOR")) == (0, Basis.BORDER)


def test_the_border_is_the_indirect_basis_before_the_wider_area(profile: CountryProfile) -> None:
    assert {Basis.BORDER, Basis.AREA} <= set(profile.unfiltered.of("PE-TUM").values())
    assert profile.unfiltered.indirect_basis("PE-TUM") is Basis.BORDER


def test_a_region_of_a_wider_area_only_has_the_area_as_indirect_basis(profile: CountryProfile) -> None:
    assert profile.unfiltered.indirect_basis("PE-SAM") is Basis.AREA


@pytest.mark.parametrize("place", ["PE-ANC", "PE-APU", "PE-AYA", "PE-CAL", "PE-HUC", "PE-HUV", "PE-JUN", "PE-PAS"])
def test_a_region_without_evidence_is_blank(profile: CountryProfile, place: str) -> None:
    assert dict(profile.unfiltered.of(place)) == {}


def test_statements_come_from_the_strongest_basis_to_the_weakest(profile: CountryProfile) -> None:
    ranks = [list(Basis).index(basis) for basis in profile.unfiltered.of("PE-MDD").values()]
    assert ranks == sorted(ranks)


def test_the_statements_of_a_chosen_market_pass(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters(markets=("heroin",)))
    assert {statement_id for statement_id, basis in filtered.of("PE-CAJ").items() if basis is Basis.NAMED} == {
        "heroin.1-b",
        "heroin.1-c",
    }


@pytest.mark.parametrize("market", ["cannabis", "cocaine", "heroin", "synthetic"])
def test_statements_on_drugs_as_a_group_pass_for_each_of_the_four(
    dataset: Dataset, evidence: Rows, market: str
) -> None:
    filtered = apply_filters(dataset, evidence, Filters(markets=(market,)))
    assert {"flora.4-a", "flora.4-b"} <= set(filtered.of("PE"))
    assert filtered.of("border-CO")["excisable.1-b"] is Basis.AREA


def test_with_two_markets_the_statements_of_either_pass(dataset: Dataset, evidence: Rows) -> None:
    first, second, both = (
        set(apply_filters(dataset, evidence, Filters(markets=markets)).of("PE"))
        for markets in (("arms",), ("cyber",), ("arms", "cyber"))
    )
    assert both == first | second
    assert first
    assert second


def test_the_statements_that_name_a_chosen_actor_pass(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters(actors=("tren-de-aragua",)))
    assert {place: set(statements) for place, statements in filtered.by_place.items()} == {
        "PE": {"arms.3-a", "foreign.3-a"},
        "PE-LMA": {"extortion.2-a"},
    }


def test_with_two_actors_the_statements_that_name_either_pass(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters(actors=("pharmacies", "sendero-luminoso")))
    assert {place: set(statements) for place, statements in filtered.by_place.items()} == {
        "PE": {"cocaine.3-a", "cocaine.3-b", "mafia_style.1-b"},
        "PE-LMA": {"synthetic.2-b"},
    }


def test_market_and_actor_must_both_hold(dataset: Dataset, evidence: Rows) -> None:
    """foreign.3-a stands under another heading and speaks of arms too; extortion.2-a does not."""
    filtered = apply_filters(dataset, evidence, Filters(markets=("arms",), actors=("tren-de-aragua",)))
    assert {place: set(statements) for place, statements in filtered.by_place.items()} == {
        "PE": {"arms.3-a", "foreign.3-a"}
    }


def test_the_evidence_on_a_chosen_basis_passes(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters(basis=(Basis.LOCATED,)))
    road = {"PE-ARE", "PE-ICA", "PE-LIM", "PE-LMA", "PE-MOQ", "PE-TAC"}  # cannabis.3-a
    sites = {"PE-LAL", "PE-LMA", "PE-MDD"}  # criminal_networks.3-a, arms.6-a, non_renewable.3-a and -b
    tripoint = {"PE-TAC", "border-BO", "border-CL"}  # territorial_integrity.3-b
    assert set(filtered.by_place) == road | sites | tripoint


def test_without_any_basis_nothing_passes(dataset: Dataset, evidence: Rows) -> None:
    assert dict(apply_filters(dataset, evidence, Filters(basis=())).by_place) == {}


def test_without_filters_everything_passes(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters())
    passed = {
        (place_id, statement_id, basis)
        for place_id, statements in filtered.by_place.items()
        for statement_id, basis in statements.items()
    }
    assert passed == {(row.place_id, row.statement_id, row.basis) for row in evidence}


def test_filtered_evidence_is_immutable(profile: CountryProfile) -> None:
    with pytest.raises(TypeError):
        profile.unfiltered.by_place["PE-ANC"] = {}  # type: ignore[index]


def test_the_routes_of_a_chosen_market_pass(dataset: Dataset, evidence: Rows) -> None:
    assert apply_filters(dataset, evidence, Filters(markets=("heroin",))).routes == ("heroin.1-r1", "heroin.1-r2")


def test_the_routes_of_statements_that_name_a_chosen_actor_pass(dataset: Dataset, evidence: Rows) -> None:
    assert apply_filters(dataset, evidence, Filters(actors=("timber-networks",))).routes == ("flora.2-r1",)  # flora.2-b


def test_an_actor_of_another_statement_in_the_sentence_passes_no_route(dataset: Dataset, evidence: Rows) -> None:
    """synthetic.2-b names pharmacies; the flow is synthetic.2-a's, which names no actor."""
    assert apply_filters(dataset, evidence, Filters(actors=("pharmacies",))).routes == ()


def test_a_place_without_evidence_has_no_statements() -> None:
    assert dict(FilteredEvidence({}, (), frozenset()).of("PE-ANC")) == {}


def test_the_profiles_order_counts_sentences_as_numbers(dataset: Dataset) -> None:
    order = dataset.profile_order
    own = [one.statement_id for one in dataset.statements if one.sentence_id.startswith("human_trafficking.")]
    assert sorted(own, key=order.__getitem__) == sorted(own, key=lambda one: (int(one.split(".")[1][:-2]), one))


def test_the_profiles_order_begins_with_the_first_market(dataset: Dataset) -> None:
    order = dataset.profile_order
    first = min(order, key=order.__getitem__)
    assert dataset.sentence[dataset.statement[first].sentence_id].topic_id == dataset.markets[0].topic_id


def test_a_statement_is_grouped_under_each_of_its_markets(dataset: Dataset) -> None:
    assert dict(by_market(dataset, ["arms.4-a"])) == {"arms": ("arms.4-a",), "non_renewable": ("arms.4-a",)}


def test_markets_are_in_the_index_order_and_statements_without_one_come_last(dataset: Dataset) -> None:
    markets = [topic.topic_id for topic in dataset.markets]
    groups = list(by_market(dataset, [statement.statement_id for statement in dataset.statements]))
    assert groups == [*markets, ""]


def test_a_statement_without_a_market_is_grouped_under_the_empty_name(dataset: Dataset) -> None:
    assert dict(by_market(dataset, ["cooperation.4-b"])) == {"": ("cooperation.4-b",)}
    assert dict(by_market(dataset, ["cooperation.4-b"], ["arms"])) == {}


def test_chosen_markets_alone_are_listed(dataset: Dataset) -> None:
    assert dict(by_market(dataset, ["arms.4-a"], ["arms"])) == {"arms": ("arms.4-a",)}


@pytest.mark.parametrize(
    ("statement", "place", "basis", "via"),
    [
        ("non_renewable.3-b", "PE-MDD", Basis.LOCATED, ("la-pampa",)),
        ("cannabis.3-a", "PE-TAC", Basis.LOCATED, ("panamericana-sur",)),
        ("excisable.2-a", "PE-TAC", Basis.BORDER, ("border-BO", "border-CL")),
        ("excisable.2-a", "PE-PUN", Basis.BORDER, ("border-BO",)),
        ("cocaine.1-b", "PE-SAM", Basis.AREA, ("amazon", "amazon-rivers")),
        ("excisable.1-a", "PE-LOR", Basis.AREA, ("borders",)),
        ("excisable.1-a", "border-CL", Basis.AREA, ("borders",)),
        ("territorial_integrity.3-b", "border-CL", Basis.LOCATED, ("tripoint-BO-CL",)),
        ("territorial_integrity.5-b", "PE-MDD", Basis.BORDER, ("border-BO", "border-BR")),
        ("heroin.1-b", "PE-AMA", Basis.NAMED, ("PE-AMA",)),
        ("arms.3-a", "PE", Basis.NATIONAL, ()),
    ],
)
def test_a_statement_reaches_a_place_by_what_it_names(
    profile: CountryProfile, statement: str, place: str, basis: Basis, via: tuple[str, ...]
) -> None:
    assert {
        (row.basis, row.via) for row in profile.evidence if (row.statement_id, row.place_id) == (statement, place)
    } == {(basis, via)}
    assert profile.via[place, statement] == via


def test_every_row_of_the_evidence_can_say_by_what_it_came(evidence: Rows) -> None:
    lost = [row for row in evidence if (row.basis is Basis.NATIONAL) == bool(row.via)]
    assert lost == []


@pytest.mark.parametrize(
    ("place", "routes"),
    [
        ("PE-AMA", {"heroin.1-r1"}),
        ("PE-ARE", {"cannabis.3-r1"}),  # the Panamericana Sur
        ("PE-PUN", set()),  # statements name it, but no route does
        ("border-BO", {"excisable.2-r2"}),
        ("border-EC", {"arms.2-r1"}),
        ("PE-ANC", set()),
    ],
)
def test_the_routes_at_a_place_name_it_or_what_lies_in_it(dataset: Dataset, place: str, routes: set[str]) -> None:
    assert set(routes_at(dataset, place)) == routes


def test_the_routes_of_a_border_are_added_where_asked_for(dataset: Dataset) -> None:
    assert set(routes_at(dataset, "PE-PIU", ["border-EC"])) == {"arms.2-r1"}
