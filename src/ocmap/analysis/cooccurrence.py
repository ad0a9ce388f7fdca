"""Find markets that a sentence, or a place, mentions together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from ocmap import i18n
from ocmap.analysis.filters import DIRECT, FilteredEvidence
from ocmap.analysis.matrix import Table
from ocmap.analysis.view_state import MatrixUnit
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Lang

Mentions = Mapping[str, tuple[str, ...]]
"""The statements of each sentence, or on each place: what can mention two markets together."""
Cooccurrences = Mapping[tuple[str, str], tuple[str, ...]]
"""For each pair of markets the sentences or places that mention both."""


def build_mentions(dataset: Dataset, filtered: FilteredEvidence, unit: MatrixUnit) -> Mentions:
    """Group the filtered statements on a market by their sentence, or by region and corridor.

    A place has the statements that name or locate it.
    """
    if unit is MatrixUnit.PLACES:
        return _mentions_by_place(dataset, filtered)
    order = dataset.profile_order
    mentions: dict[str, list[str]] = defaultdict(list)
    for statement_id in sorted(filtered.statement_ids - filtered.without_market, key=order.__getitem__):
        mentions[dataset.statement[statement_id].sentence_id].append(statement_id)
    return {sentence_id: tuple(ids) for sentence_id, ids in mentions.items()}


def _mentions_by_place(dataset: Dataset, filtered: FilteredEvidence) -> Mentions:
    mentions = {
        place_id: tuple(
            statement_id
            for statement_id, basis in filtered.of(place_id).items()
            if basis in DIRECT and statement_id not in filtered.without_market
        )
        for place_id in sorted(filtered.by_place)
        if place_id != dataset.country_id
    }
    return {place_id: ids for place_id, ids in mentions.items() if ids}


def market_pairs(dataset: Dataset, rows: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of one of these markets and any other, in the Index's order."""
    markets = (topic.topic_id for topic in dataset.markets)
    return tuple(pair for pair in combinations(markets, 2) if not set(rows).isdisjoint(pair))


def build_cooccurrences(dataset: Dataset, mentions: Mentions, rows: Sequence[str]) -> Cooccurrences:
    """Return the sentences or places that mention both, for each pair of one of these markets and any other.

    A statement on a market group counts for each of its markets, but never as two of them: a pair within one group
    needs statements on both markets themselves.
    """
    cooccurrences: dict[tuple[str, str], list[str]] = defaultdict(list)
    pairs = market_pairs(dataset, rows)
    for key, ids in mentions.items():
        statements = [dataset.statement[statement_id] for statement_id in ids]
        named = {market for statement in statements for market in statement.markets}
        with_groups = {market for statement in statements for market in dataset.markets_of(statement)}
        for first, second in pairs:
            same_group = dataset.topic[first].group is dataset.topic[second].group
            if {first, second} <= (named if same_group else with_groups):
                cooccurrences[first, second].append(key)
    return MappingProxyType({pair: tuple(keys) for pair, keys in cooccurrences.items()})


def statements_on_either(dataset: Dataset, statement_ids: Iterable[str], pair: Iterable[str]) -> tuple[str, ...]:
    """Return the statements that are on at least one of two markets."""
    wanted = frozenset(pair)
    return tuple(
        statement_id
        for statement_id in statement_ids
        if not wanted.isdisjoint(dataset.markets_of(dataset.statement[statement_id]))
    )


def cooccurrences_table(
    dataset: Dataset, mentions: Mentions, rows: Sequence[str], unit: MatrixUnit, lang: Lang
) -> Table:
    """Return the co-occurrences as a table with a line for each pair of markets, those without any included."""
    cooccurrences = build_cooccurrences(dataset, mentions, rows)
    lines = []
    for pair in market_pairs(dataset, rows):
        keys = cooccurrences.get(pair, ())
        ids = dict.fromkeys(
            statement_id for key in keys for statement_id in statements_on_either(dataset, mentions[key], pair)
        )
        names = (i18n.short_of(dataset.topic[market], lang) for market in pair)
        lines.append((*pair, *names, len(keys), ";".join(keys), ";".join(ids)))
    header = ("market_a_id", "market_b_id", "market_a", "market_b", unit, f"{unit.removesuffix('s')}_ids")
    return Table((*header, "statement_ids"), lines)
