"""Collect the statements on each actor: its markets and places, and who works with or against whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import ACTOR_TYPES, PlaceKind, Role, TieKind, TopicKind

LISTED_KINDS = (
    PlaceKind.REGION,
    PlaceKind.SITE,
    PlaceKind.CORRIDOR,
    PlaceKind.BORDERS,
    PlaceKind.MACRO_REGION,
    PlaceKind.ROAD,
    PlaceKind.RIVER_SYSTEM,
    PlaceKind.TRIPOINT,
)
"""The kinds of place that an actor's profile lists, in its order."""


UNTYPED = ""
"""Stands for the type of actors to whom the source gives none."""


@dataclass(frozen=True)
class ActorProfile:
    """What the filtered statements assert about one actor.

    Attributes:
        statements: The statements that name it, in the profile's order.
        markets: Their markets, or a group's id for a statement on the whole group.
        places: The places in the country that they name; nationalities do not count.
        partners: The actors with whom, ``opponents`` those against whom a statement says that it works.
    """

    actor_id: str
    statements: tuple[str, ...]
    markets: tuple[str, ...]
    places: tuple[str, ...]
    partners: tuple[str, ...]
    opponents: tuple[str, ...]


class ActorMarketCount(NamedTuple):
    """How many statements link an actor to a market, and whether all of them are on the market's whole group."""

    n: int
    of_group: bool


class ActorTie(NamedTuple):
    """A pair of actors, the kind of their tie, its markets, and the statements that assert it."""

    actor_a: str
    actor_b: str
    kind: TieKind
    markets: tuple[str, ...]
    statements: tuple[str, ...]


def build_ties(dataset: Dataset, statement_ids: Collection[str], markets: Collection[str]) -> tuple[ActorTie, ...]:
    """Return the ties that these statements assert, one for each pair and kind, in the profile's order.

    ``markets`` limits them to ties in these markets, none meaning all; a tie without a market has its statement's.
    """
    groups: dict[tuple[str, str, TieKind], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    order = dataset.profile_order
    for tie in sorted(dataset.ties, key=lambda tie: order[tie.statement_id]):
        in_markets = (tie.market,) if tie.market else dataset.markets_of(dataset.statement[tie.statement_id])
        if tie.statement_id not in statement_ids or (markets and not set(in_markets) & set(markets)):
            continue
        tie_markets, tie_statements = groups[tie.actor_a, tie.actor_b, tie.tie]
        tie_markets += [tie.market] if tie.market else []
        tie_statements.append(tie.statement_id)
    return tuple(
        ActorTie(*key, tuple(dict.fromkeys(tie_markets)), tuple(dict.fromkeys(tie_statements)))
        for key, (tie_markets, tie_statements) in groups.items()
    )


def build_profiles(
    dataset: Dataset, statement_ids: Collection[str], ties: Iterable[ActorTie]
) -> Mapping[str, ActorProfile]:
    """Return a profile for each actor that one of the statements names, by its id, in the file's order."""
    order = dataset.profile_order
    naming: dict[str, list[str]] = defaultdict(list)
    for statement_id in sorted(statement_ids, key=order.__getitem__):
        for actor_id in dataset.statement[statement_id].actors:
            naming[actor_id].append(statement_id)
    tied: dict[tuple[str, TieKind], dict[str, None]] = defaultdict(dict)
    for tie in ties:
        tied[tie.actor_a, tie.kind][tie.actor_b] = None
        tied[tie.actor_b, tie.kind][tie.actor_a] = None
    return MappingProxyType(
        {
            actor.actor_id: ActorProfile(
                actor.actor_id,
                tuple(naming[actor.actor_id]),
                _markets(dataset, naming[actor.actor_id]),
                _places(dataset, naming[actor.actor_id]),
                tuple(tied[actor.actor_id, TieKind.WITH]),
                tuple(tied[actor.actor_id, TieKind.AGAINST]),
            )
            for actor in dataset.actors
            if actor.actor_id in naming
        }
    )


def _markets(dataset: Dataset, statement_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the statements' markets in the Index's order, then the groups."""
    markets = {market for statement_id in statement_ids for market in dataset.statement[statement_id].markets}
    order = [topic.topic_id for topic in dataset.markets]
    return (*(market for market in order if market in markets), *sorted(markets.difference(order)))


def _places(dataset: Dataset, statement_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the places in the country that the statements name, in the order of `LISTED_KINDS`."""
    rows = [row for statement_id in statement_ids for row in dataset.places_of.get(statement_id, ())]
    kinds = {row.place_id: dataset.place[row.place_id].kind for row in rows if row.role is not Role.NATIONALITY}
    return tuple(place_id for listed in LISTED_KINDS for place_id, kind in kinds.items() if kind is listed)


def group_by_type(dataset: Dataset, profiles: Mapping[str, ActorProfile]) -> Mapping[str, tuple[str, ...]]:
    """Return the actors of each type, those with most statements first; types without actors are included.

    Under the empty id, last, are the actors whose type the source does not give, if there are any.
    """
    groups: dict[str, list[str]] = {type_id: [] for type_id in ACTOR_TYPES if type_id in dataset.topic}
    for topic in dataset.topics:
        if topic.kind is TopicKind.ACTOR_TYPE:
            groups.setdefault(topic.topic_id, [])
    for actor_id in sorted(profiles, key=lambda actor_id: (-len(profiles[actor_id].statements), actor_id)):
        groups.setdefault(dataset.actor[actor_id].topic_id or UNTYPED, []).append(actor_id)
    return MappingProxyType({type_id: tuple(groups[type_id]) for type_id in sorted(groups, key=UNTYPED.__eq__)})


def statements_of(profiles: Mapping[str, ActorProfile], actor_ids: Iterable[str]) -> frozenset[str]:
    """Return the statements that name at least one of these actors."""
    return frozenset(statement_id for actor_id in actor_ids for statement_id in profiles[actor_id].statements)


def build_market_counts(
    dataset: Dataset, actor_profile: ActorProfile, columns: Sequence[str]
) -> tuple[ActorMarketCount, ...]:
    """Count an actor's statements on each market, zeroes included."""
    by_name: dict[str, int] = defaultdict(int)
    of_group: dict[str, int] = defaultdict(int)
    for statement_id in actor_profile.statements:
        statement = dataset.statement[statement_id]
        for market in dataset.markets_of(statement):
            (by_name if market in statement.markets else of_group)[market] += 1
    return tuple(
        ActorMarketCount(by_name[market] + of_group[market], bool(of_group[market]) and not by_name[market])
        for market in columns
    )
