"""Actors with their statements, markets, places and ties."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ocmap.analysis.actor_network import (
    LISTED_KINDS,
    UNTYPED,
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
def all_statements(dataset: Dataset) -> frozenset[str]:
    return frozenset(dataset.statement)


def actor_profile(dataset: Dataset, actor: str, *shown: str) -> ActorProfile:
    ids = frozenset(shown) or frozenset(dataset.statement)
    return build_profiles(dataset, ids, build_ties(dataset, ids, ()))[actor]


def find_tie(ties: tuple[ActorTie, ...], a: str, b: str, kind: TieKind) -> ActorTie:
    return next(tie for tie in ties if (tie.actor_a, tie.actor_b, tie.kind) == (a, b, kind))


def test_each_coded_tie_is_in_exactly_one_actor_tie(dataset: Dataset, all_statements: frozenset[str]) -> None:
    pairs = [
        (tie.actor_a, tie.actor_b, tie.kind, statement_id)
        for tie in build_ties(dataset, all_statements, ())
        for statement_id in tie.statements
    ]
    assert sorted(pairs) == sorted((tie.actor_a, tie.actor_b, tie.tie, tie.statement_id) for tie in dataset.ties)


def test_a_pair_with_both_kinds_has_two_ties(dataset: Dataset, all_statements: frozenset[str]) -> None:
    ties = build_ties(dataset, all_statements, ())
    together = find_tie(ties, "foreign-groups", "local-groups", TieKind.WITH)
    apart = find_tie(ties, "foreign-groups", "local-groups", TieKind.AGAINST)
    assert (together.markets, together.statements) == (("arms",), ("arms.3-a",))
    assert (apart.markets, apart.statements) == (("extortion", "arms"), ("extortion.3-a", "arms.3-a"))


def test_with_a_chosen_market_its_ties_pass(dataset: Dataset, all_statements: frozenset[str]) -> None:
    ties = build_ties(dataset, all_statements, ("extortion",))
    assert ties == (ActorTie("foreign-groups", "local-groups", TieKind.AGAINST, ("extortion",), ("extortion.3-a",)),)


def test_a_tie_without_a_market_passes_under_its_statements_market(
    dataset: Dataset, all_statements: frozenset[str]
) -> None:
    ties = build_ties(dataset, all_statements, ("non_renewable",))
    assert find_tie(ties, "criminal-networks", "private-actors", TieKind.WITH).markets == ()


def test_only_the_given_statements_make_ties(dataset: Dataset) -> None:
    assert build_ties(dataset, (), ()) == ()
    assert {tie.statements for tie in build_ties(dataset, {"extortion.3-a", "aml.1-a"}, ())} == {("extortion.3-a",)}


def test_a_profile_collects_the_statements_on_an_actor(dataset: Dataset) -> None:
    tren_de_aragua = actor_profile(dataset, "tren-de-aragua")
    assert tren_de_aragua.statements == ("extortion.2-a", "arms.3-a", "foreign.3-a")
    assert tren_de_aragua.markets == ("human_trafficking", "extortion", "arms", "cocaine")
    assert tren_de_aragua.places == ("PE-LMA",)
    assert (tren_de_aragua.partners, tren_de_aragua.opponents) == (("local-groups",), ("local-groups",))


def test_who_works_with_an_actor_is_apart_from_who_works_against_it(dataset: Dataset) -> None:
    clans = actor_profile(dataset, "family-clans")
    assert clans.partners == ("brazilian-groups", "colombian-groups", "foreign-groups", "mexican-groups")
    assert clans.opponents == ()
    foreign = actor_profile(dataset, "foreign-groups", "extortion.3-a")
    assert (foreign.partners, foreign.opponents) == ((), ("local-groups",))


def test_a_nationality_is_no_place_and_places_are_in_the_order_of_their_kinds(dataset: Dataset) -> None:
    assert actor_profile(dataset, "venezuelan-groups").places == ()
    assert actor_profile(dataset, "criminal-networks").places == (
        "PE-LAL",
        "PE-LMA",
        "pataz",
        "border-EC",
        "amazon",
        "panamericana-sur",
    )
    kinds = {
        dataset.place[place].kind for actor in dataset.actors for place in actor_profile(dataset, actor.actor_id).places
    }
    assert kinds <= set(LISTED_KINDS)


def test_a_group_comes_after_the_markets(dataset: Dataset) -> None:
    assert actor_profile(dataset, "drug-traffickers").markets == ("flora", "drugs")


def test_a_hidden_statement_is_in_no_profile(dataset: Dataset) -> None:
    tren_de_aragua = actor_profile(dataset, "tren-de-aragua", "extortion.2-a")
    assert (tren_de_aragua.statements, tren_de_aragua.markets, tren_de_aragua.partners) == (
        ("extortion.2-a",),
        ("extortion",),
        (),
    )
    assert "mexican-groups" not in build_profiles(dataset, {"extortion.2-a"}, ())


def test_all_five_types_are_listed_and_actors_with_most_statements_come_first(
    dataset: Dataset, all_statements: frozenset[str]
) -> None:
    profiles = build_profiles(dataset, all_statements, ())
    groups = group_by_type(dataset, profiles)
    assert tuple(groups) == (*ACTOR_TYPES, UNTYPED)
    assert sorted(actor_id for ids in groups.values() for actor_id in ids) == sorted(profiles)
    for ids in groups.values():
        counts = [len(profiles[actor_id].statements) for actor_id in ids]
        assert all(first >= second for first, second in pairwise(counts))
    assert tuple(group_by_type(dataset, {})) == ACTOR_TYPES


def test_statements_of_several_actors_are_counted_once(dataset: Dataset, all_statements: frozenset[str]) -> None:
    profiles = build_profiles(dataset, all_statements, ())
    assert statements_of(profiles, ("farc-remnants",)) == {"foreign.4-a"}
    assert statements_of(profiles, ("farc-remnants", "comando-vermelho", "primeiro-comando-da-capital")) == {
        "foreign.4-a",
        "foreign.5-a",
    }


def test_market_counts_mark_those_of_a_group_only(dataset: Dataset) -> None:
    row = build_market_counts(dataset, actor_profile(dataset, "drug-traffickers"), ("flora", "fauna", "cocaine"))
    assert row == ((2, False), (0, False), (2, True))


def test_a_statement_of_a_market_and_its_group_counts_once(dataset: Dataset) -> None:
    changed = dataset.statement["flora.4-a"].model_copy(update={"markets": ("flora", "cocaine", "drugs")})
    statements = tuple(changed if one.statement_id == "flora.4-a" else one for one in dataset.statements)
    other = replace(dataset, statements=statements)
    assert build_market_counts(other, actor_profile(other, "drug-traffickers"), ("cocaine",)) == ((2, False),)
