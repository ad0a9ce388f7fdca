"""The table of actors by markets."""

from collections import Counter
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.actor_network import ActorMarketCount, build_market_counts, group_by_type
from ocmap.analysis.filters import level, markets_shown
from ocmap.app.views.actors_page import ActorsPage, MarketChip
from ocmap.app.views.actors_types import name_of_type
from ocmap.dataset.schema import Topic


class ActorCell(NamedTuple):
    """A cell of the table; a click opens its statements."""

    counted: ActorMarketCount
    tint: int
    name: str
    href: str
    is_open: bool


def describe_matrix(page: ActorsPage) -> dict[str, object]:
    """Return the table, limited to the chosen markets if any."""
    dataset = page.dataset
    columns = [dataset.topic[market] for market in markets_shown(dataset, page.view.markets)]
    parts = []
    for type_id, actors in group_by_type(dataset, page.actor_profiles).items():
        rows = [
            (page.actor_name(actor), page.open_href(actor), actor in page.view.actors, cells)
            for actor, cells in ((actor, _build_cells(page, actor, columns)) for actor in actors)
            if any(cell.counted.n for cell in cells)
        ]
        if rows:
            parts.append((name_of_type(page, type_id), rows))
    groups = Counter(topic.group for topic in columns)
    return {
        "groups": [(group, page.words[f"topic_group.{group}"], n) for group, n in groups.items()],
        "columns": [MarketChip(topic.group, i18n.short_of(topic, page.lang)) for topic in columns],
        "parts": parts,
    }


def _build_cells(page: ActorsPage, actor: str, columns: list[Topic]) -> list[ActorCell]:
    ids = [topic.topic_id for topic in columns]
    counts = build_market_counts(page.dataset, page.actor_profiles[actor], ids)
    return [
        ActorCell(
            count,
            level(count.n),
            f"{page.actor_name(actor)}, {i18n.short_of(topic, page.lang)}: "
            f"{page.words.counted('count.statements', count.n)}",
            page.open_href(actor, market=topic.topic_id),
            page.is_open(actor, market=topic.topic_id),
        )
        for topic, count in zip(columns, counts, strict=True)
    ]
