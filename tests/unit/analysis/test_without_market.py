"""Statements without a market are in the panels and never on the map, on cases worked out by hand."""

import pytest

from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters
from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Evidence

Rows = tuple[Evidence, ...]


def test_without_market_holds_the_statements_without_a_market_and_no_others(
    dataset: Dataset, profile: CountryProfile
) -> None:
    assert profile.unfiltered.without_market == {one.statement_id for one in dataset.statements if one.markets == ()}
    assert "cooperation.4-b" in profile.unfiltered.without_market
    assert "policies_laws.5-b" not in profile.unfiltered.without_market  # a law, but on arms


@pytest.mark.parametrize(
    ("place", "every", "on_markets"),
    [
        # named 8, located 2; without a market cooperation.4-b, criminal_networks.1-b, leadership.1-b
        ("PE-LMA", 10, 7),
        ("PE-TAC", 2, 1),  # cannabis.3-a; without a market territorial_integrity.3-b
        ("border-EC", 5, 3),  # without a market criminal_networks.1-b, territorial_integrity.3-a
        ("border-BO", 4, 2),  # without a market territorial_integrity.3-b, territorial_integrity.5-b
        ("border-BR", 1, 0),  # territorial_integrity.5-b, without a market
        ("border-CO", 1, 0),  # the same
    ],
)
def test_a_statement_without_a_market_does_not_count_as_direct(
    profile: CountryProfile, place: str, every: int, on_markets: int
) -> None:
    assert profile.unfiltered.count_all(place).direct == every
    assert profile.unfiltered.count_direct(place) == on_markets


@pytest.mark.parametrize("basis", [Basis.BORDER, Basis.AREA])
def test_a_statement_without_a_market_gives_no_indirect_basis(basis: Basis) -> None:
    bare = FilteredEvidence({"PE-ANC": {"x.1-a": basis}}, (), frozenset({"x.1-a"}))
    assert (
        bare.count_all("PE-ANC").count(basis),
        bare.count_on_markets("PE-ANC").count(basis),
        bare.indirect_basis("PE-ANC"),
    ) == (
        1,
        0,
        None,
    )


def test_a_statement_without_a_market_does_not_hide_the_indirect_basis_of_another() -> None:
    reach = {"PE-ANC": {"x.1-a": Basis.BORDER, "arms.1-a": Basis.AREA}}
    assert FilteredEvidence(reach, (), frozenset({"x.1-a"})).indirect_basis("PE-ANC") is Basis.AREA


def test_with_a_chosen_market_no_statement_without_one_passes(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters(markets=("arms",)))
    assert set(filtered.of("border-EC")) == {"arms.2-a", "policies_laws.5-b"}
    assert [one for found in filtered.by_place.values() for one in found if one in filtered.without_market] == []


def test_a_statement_without_a_market_that_names_a_chosen_actor_passes_but_is_not_counted(
    dataset: Dataset, evidence: Rows
) -> None:
    """criminal_networks.1-b names Lima, the Amazon and the border with Ecuador, and no market."""
    rows = [row for row in evidence if row.statement_id != "cannabis.3-a"]  # it names a road through Lima
    filtered = apply_filters(dataset, rows, Filters(actors=("criminal-networks",)))
    assert dict(filtered.of("PE-LMA")) == {"criminal_networks.1-b": Basis.NAMED}
    assert dict(filtered.of("PE-PIU")) == {"criminal_networks.1-b": Basis.BORDER}
    assert (filtered.count_direct("PE-LMA"), filtered.indirect_basis("PE-PIU"), filtered.indirect_basis("PE-SAM")) == (
        0,
        None,
        None,
    )
