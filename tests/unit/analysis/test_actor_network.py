"""Actors with their statements, markets, places and ties."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ocmap.analysis.actor_network import (
    LISTED_KINDS,
    ActorProfile,
    ActorTie,
    build_market_counts,
    build_profiles,
    build_ties,
    group_by_type,
    statements_of,
)
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import ACTOR_TYPES, TieKind


@pytest.fixture(scope="session")
def every(dataset: Dataset) -> frozenset[str]:
    return frozenset(dataset.statement)


def actor_profile(dataset: Dataset, actor: str, *shown: str) -> ActorProfile:
    ids = frozenset(shown) or frozenset(dataset.statement)
    return build_profiles(dataset, ids, build_ties(dataset, ids))[actor]


def find_tie(ties: tuple[ActorTie, ...], a: str, b: str, kind: TieKind) -> ActorTie:
    return next(tie for tie in ties if (tie.actor_a, tie.actor_b, tie.kind) == (a, b, kind))


def test_each_coded_tie_is_in_exactly_one_edge(dataset: Dataset, every: frozenset[str]) -> None:
    said = [(one.actor_a, one.actor_b, one.kind, says) for one in build_ties(dataset, every) for says in one.statements]
    assert sorted(said) == sorted((one.actor_a, one.actor_b, one.tie, one.statement_id) for one in dataset.ties)


def test_a_pair_that_does_both_has_two_edges(dataset: Dataset, every: frozenset[str]) -> None:
    ties = build_ties(dataset, every)
    together = find_tie(ties, "foreign-groups", "local-groups", TieKind.WITH)
    apart = find_tie(ties, "foreign-groups", "local-groups", TieKind.AGAINST)
    assert (together.markets, together.statements) == (("arms",), ("arms.3-a",))
    assert (apart.markets, apart.statements) == (("extortion", "arms"), ("extortion.3-a", "arms.3-a"))


def test_a_market_filter_leaves_the_ties_in_that_market(dataset: Dataset, every: frozenset[str]) -> None:
    ties = build_ties(dataset, every, ("extortion",))
    assert ties == (ActorTie("foreign-groups", "local-groups", TieKind.AGAINST, ("extortion",), ("extortion.3-a",)),)


def test_a_tie_without_a_market_passes_under_its_statements_market(dataset: Dataset, every: frozenset[str]) -> None:
    ties = build_ties(dataset, every, ("non_renewable",))
    assert find_tie(ties, "criminal-networks", "private-actors", TieKind.WITH).markets == ()


def test_only_statements_that_are_shown_make_ties(dataset: Dataset) -> None:
    assert build_ties(dataset, ()) == ()
    assert {one.statements for one in build_ties(dataset, {"extortion.3-a", "aml.1-a"})} == {("extortion.3-a",)}


def test_a_profile_gathers_what_is_said_of_an_actor(dataset: Dataset) -> None:
    found = actor_profile(dataset, "tren-de-aragua")
    assert found.statements == ("extortion.2-a", "arms.3-a", "foreign.3-a")
    assert found.markets == ("human_trafficking", "extortion", "arms", "cocaine")
    assert found.places == ("PE-LMA",)
    assert (found.partners, found.opponents) == (("local-groups",), ("local-groups",))


def test_a_nationality_is_no_place_and_finer_places_come_first(dataset: Dataset) -> None:
    assert actor_profile(dataset, "venezuelan-groups").places == ()
    assert actor_profile(dataset, "criminal-networks").places == ("PE-LMA", "border-EC", "amazon")
    kinds = {
        dataset.place[one].kind for actor in dataset.actors for one in actor_profile(dataset, actor.actor_id).places
    }
    assert kinds <= set(LISTED_KINDS)


def test_a_group_stands_behind_the_markets(dataset: Dataset) -> None:
    assert actor_profile(dataset, "drug-traffickers").markets == ("flora", "drugs")


def test_what_is_hidden_is_in_no_profile(dataset: Dataset) -> None:
    found = actor_profile(dataset, "tren-de-aragua", "extortion.2-a")
    assert (found.statements, found.markets, found.partners) == (("extortion.2-a",), ("extortion",), ())
    assert "mexican-groups" not in build_profiles(dataset, {"extortion.2-a"}, ())


def test_all_five_types_are_listed_and_most_said_comes_first(dataset: Dataset, every: frozenset[str]) -> None:
    profiles = build_profiles(dataset, every, ())
    groups = group_by_type(dataset, profiles)
    assert tuple(groups) == ACTOR_TYPES
    assert sorted(one for ids in groups.values() for one in ids) == sorted(profiles)
    for ids in groups.values():
        counts = [len(profiles[one].statements) for one in ids]
        assert all(first >= second for first, second in pairwise(counts))
    assert tuple(group_by_type(dataset, {})) == ACTOR_TYPES


def test_statements_of_several_actors_are_counted_once(dataset: Dataset, every: frozenset[str]) -> None:
    profiles = build_profiles(dataset, every, ())
    assert statements_of(profiles, ("farc-remnants",)) == {"foreign.4-a"}
    assert statements_of(profiles, ("farc-remnants", "comando-vermelho", "primeiro-comando-da-capital")) == {
        "foreign.4-a",
        "foreign.5-a",
    }


def test_a_row_counts_statements_and_marks_those_of_a_group(dataset: Dataset) -> None:
    row = build_market_counts(dataset, actor_profile(dataset, "drug-traffickers"), ("flora", "fauna", "cocaine"))
    assert row == ((2, False), (0, False), (2, True))


def test_a_statement_of_a_market_and_its_group_counts_once(dataset: Dataset) -> None:
    changed = dataset.statement["flora.4-a"].model_copy(update={"markets": ("flora", "cocaine", "drugs")})
    statements = tuple(changed if one.statement_id == "flora.4-a" else one for one in dataset.statements)
    other = replace(dataset, statements=statements)
    assert build_market_counts(other, actor_profile(other, "drug-traffickers"), ("cocaine",)) == ((2, False),)
