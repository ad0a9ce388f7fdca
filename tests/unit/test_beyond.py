"""What speaks of no market is read in the panel and never drawn, on cases worked out by hand from the shipped data."""

import pytest

from ocmap.analysis.filters import Evidence, FilteredEvidence, Filters, apply_filters
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis
from ocmap.web.map_data import CountryProfile

Rows = tuple[Evidence, ...]


def test_beyond_the_map_are_the_statements_without_a_market_and_no_others(
    dataset: Dataset, profile: CountryProfile
) -> None:
    assert profile.unfiltered.without_market == {one.statement_id for one in dataset.statements if one.markets == ()}
    assert "cooperation.4-b" in profile.unfiltered.without_market
    assert "policies_laws.5-b" not in profile.unfiltered.without_market  # a law, but on arms


@pytest.mark.parametrize(
    ("place", "said", "tint"),
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
def test_a_statement_without_a_market_is_said_of_a_place_and_does_not_tint_it(
    profile: CountryProfile, place: str, said: int, tint: int
) -> None:
    tinting = (Basis.NAMED, Basis.LOCATED)
    assert (profile.unfiltered.count(place, *tinting), profile.unfiltered.count_direct(place)) == (said, tint)


@pytest.mark.parametrize("basis", [Basis.BORDER, Basis.AREA])
def test_a_statement_without_a_market_does_not_hatch_a_region(basis: Basis) -> None:
    bare = FilteredEvidence({"PE-ANC": {"x.1-a": basis}}, (), frozenset({"x.1-a"}))
    assert (bare.count("PE-ANC", basis), bare.count_on_markets("PE-ANC", basis), bare.indirect_basis("PE-ANC")) == (
        1,
        0,
        None,
    )


def test_a_statement_without_a_market_does_not_hide_the_hatching_of_another() -> None:
    reach = {"PE-ANC": {"x.1-a": Basis.BORDER, "arms.1-a": Basis.AREA}}
    assert FilteredEvidence(reach, (), frozenset({"x.1-a"})).indirect_basis("PE-ANC") is Basis.AREA


def test_a_market_leaves_no_statement_without_one(dataset: Dataset, evidence: Rows) -> None:
    filtered = apply_filters(dataset, evidence, Filters(markets=("arms",)))
    assert set(filtered.of("border-EC")) == {"arms.2-a", "policies_laws.5-b"}
    assert [one for found in filtered.by_place.values() for one in found if one in filtered.without_market] == []


def test_an_actor_leaves_a_statement_without_a_market_to_be_read_and_not_drawn(
    dataset: Dataset, evidence: Rows
) -> None:
    """criminal_networks.1-b names Lima, the Amazon and the border with Ecuador, and no market."""
    filtered = apply_filters(dataset, evidence, Filters(actors=("criminal-networks",)))
    assert dict(filtered.of("PE-LMA")) == {"criminal_networks.1-b": Basis.NAMED}
    assert dict(filtered.of("PE-PIU")) == {"criminal_networks.1-b": Basis.BORDER}
    assert (filtered.count_direct("PE-LMA"), filtered.indirect_basis("PE-PIU"), filtered.indirect_basis("PE-SAM")) == (
        0,
        None,
        None,
    )
