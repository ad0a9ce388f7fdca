"""Markets that a sentence or a place mentions together, on cases worked out by hand from the shipped data."""

from dataclasses import replace

import pytest

from ocmap.analysis.cooccurrence import (
    build_cooccurrences,
    build_mentions,
    cooccurrences_table,
    statements_on_either,
)
from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters, markets_shown
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import MatrixUnit, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Evidence

Rows = tuple[Evidence, ...]
NOTHING = ViewState(basis=())


def filter_evidence(profile: CountryProfile, evidence: Rows, view: ViewState) -> FilteredEvidence:
    return apply_filters(profile.dataset, evidence, Filters.of(view))


def count_pairs(
    profile: CountryProfile, evidence: Rows, unit: MatrixUnit, view: ViewState | None = None
) -> dict[tuple[str, str], int]:
    view = view or ViewState()
    on_all_markets = filter_evidence(profile, evidence, replace(view, markets=()))
    mentions = build_mentions(profile.dataset, on_all_markets, unit)
    return {
        pair: len(keys)
        for pair, keys in build_cooccurrences(
            profile.dataset, mentions, markets_shown(profile.dataset, view.markets)
        ).items()
    }


@pytest.mark.parametrize(
    ("pair", "sentences"),
    [
        (("human_trafficking", "extortion"), 2),  # criminal_networks.3, foreign.3
        (("human_trafficking", "human_smuggling"), 1),  # human_smuggling.2
        (("human_trafficking", "non_renewable"), 3),  # criminal_networks.3, flora.3, non_renewable.4
        (("human_trafficking", "fauna"), 3),  # prevention.1, prevention.2, state_embedded.4
        (("arms", "fauna"), 1),  # criminal_networks.4, in two statements of one sentence
        (("flora", "heroin"), 3),  # excisable.1, flora.4; policies_laws.2 of the environment and of drugs
        (("flora", "non_renewable"), 3),  # excisable.1, flora.3, private_sector.1: both named themselves
        (("heroin", "cocaine"), 0),  # only ever together as drugs
        (("flora", "fauna"), 0),  # policies_laws.2 names fauna, but flora only as part of the environment
        (("cyber", "financial"), 0),
    ],
)
def test_a_sentence_counts_once_for_each_pair_of_markets(
    profile: CountryProfile, evidence: Rows, pair: tuple[str, str], sentences: int
) -> None:
    assert count_pairs(profile, evidence, MatrixUnit.SENTENCES).get(pair, 0) == sentences


@pytest.mark.parametrize(
    ("pair", "places"),
    [
        (("human_trafficking", "extortion"), 2),  # Lima, La Libertad
        (("human_trafficking", "non_renewable"), 2),  # La Libertad, the border with Bolivia
        (("arms", "counterfeit"), 2),  # Lima, the border with Ecuador
        (("counterfeit", "excisable"), 1),  # Puno
        (("arms", "heroin"), 0),  # Cajamarca borders on Ecuador, but only heroin is placed in it
        (("cannabis", "synthetic"), 1),  # Lima
    ],
)
def test_a_place_counts_once_for_each_pair_of_markets(
    profile: CountryProfile, evidence: Rows, pair: tuple[str, str], places: int
) -> None:
    assert count_pairs(profile, evidence, MatrixUnit.PLACES).get(pair, 0) == places


@pytest.mark.parametrize("unit", [MatrixUnit.SENTENCES, MatrixUnit.PLACES])
def test_pairs_follow_the_filters(profile: CountryProfile, evidence: Rows, unit: MatrixUnit) -> None:
    whole = count_pairs(profile, evidence, unit)
    chosen = ViewState(markets=("extortion",))
    with_it = {pair: n for pair, n in whole.items() if "extortion" in pair}
    assert with_it[("human_trafficking", "extortion")] == 2
    assert len(with_it) < len(whole)
    assert count_pairs(profile, evidence, unit, chosen) == with_it
    assert count_pairs(profile, evidence, unit, NOTHING) == {}
    assert count_pairs(profile, evidence, MatrixUnit.PLACES, ViewState(basis=(Basis.AREA,))) == {}


def test_a_pair_opens_the_statements_statements_on_either_market(dataset: Dataset) -> None:
    ids = ("criminal_networks.4-a", "criminal_networks.4-b", "criminal_networks.4-c", "criminal_networks.4-d")
    assert statements_on_either(dataset, ids, ("arms", "fauna")) == ("criminal_networks.4-b", "criminal_networks.4-c")


def test_the_table_of_cooccurrences_matches_the_counts(profile: CountryProfile, evidence: Rows) -> None:
    filtered = filter_evidence(profile, evidence, ViewState())
    columns = markets_shown(profile.dataset, ())
    for unit, name, ids in (
        (MatrixUnit.SENTENCES, "sentence_ids", "criminal_networks.4"),
        (MatrixUnit.PLACES, "place_ids", ""),
    ):
        mentions = build_mentions(profile.dataset, filtered, unit)
        table = cooccurrences_table(profile.dataset, mentions, columns, unit, "en")
        lines = [dict(zip(table.header, line, strict=True)) for line in table.lines]
        counts = {(line["market_a_id"], line["market_b_id"]): line[unit] for line in lines}
        assert len(lines) == 15 * 14 / 2
        assert {pair: n for pair, n in counts.items() if n} == count_pairs(profile, evidence, unit)
        arms = next(line for line in lines if (line["market_a_id"], line["market_b_id"]) == ("arms", "fauna"))
        assert (arms["market_b"], arms[name]) == ("Fauna crimes", ids)
