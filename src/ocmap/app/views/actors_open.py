"""What is said of the open actor, or of the tie between two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocmap import i18n
from ocmap.analysis.actor_network import UNTYPED, ActorTie
from ocmap.analysis.view_state import View
from ocmap.app.views.actors_page import ActorsPage
from ocmap.app.views.actors_types import name_of_type
from ocmap.app.views.table_page import OpenCell
from ocmap.dataset.schema import TieKind
from ocmap.web.panels import Link
from ocmap.web.statement_cards import Card, CardContext, Section, build_card, build_sections, primary_market


def open_actors(page: ActorsPage) -> OpenCell | None:
    """Return the statements on the open actor or actors; None if none is open."""
    match page.view.who:
        case (actor_id,):
            return _open_actor(page, actor_id)
        case (_, _):
            return _open_ties(page)
        case _:
            return None


def build_tie_cards(page: ActorsPage, tie: ActorTie, first: int = 1) -> list[Card]:
    """Return the cards of the statements that assert a tie, numbered from ``first``."""
    dataset = page.dataset
    return [
        build_card(
            page,
            statement_id,
            CardContext(
                dataset.country_id, None, primary_market(dataset, dataset.statement[statement_id], tie.markets), number
            ),
        )
        for number, statement_id in enumerate(tie.statements, first)
    ]


def _open_actor(page: ActorsPage, actor_id: str) -> OpenCell:
    view, words, dataset = page.view, page.words, page.dataset
    actor_profile = page.actor_profiles.get(actor_id)
    market = view.cell[0] if len(view.cell) == 1 else ""
    ids = [
        statement_id
        for statement_id in (actor_profile.statements if actor_profile else ())
        if not market or market in dataset.markets_of(dataset.statement[statement_id])
    ]
    name = page.actor_name(actor_id)
    to_map = replace(page.closed, view=View.MAP, actors=(actor_id,), markets=(market,) if market else view.markets)
    whole = [Link(words["actors.whole"].format(actor=name), page.open_href(actor_id))] if market else []
    return OpenCell(
        kicker=name_of_type(page, dataset.actor[actor_id].topic_id or UNTYPED),
        title=f"{name}: {i18n.short_of(dataset.topic[market], page.lang)}" if market else name,
        text=words.counted("count.statements", len(ids)) if ids else words["actors.none_open"],
        sections=build_sections(page, dataset.country_id, dict.fromkeys(ids), (market,) if market else view.markets),
        links=[Link(words["actors.to_map"], page.href(to_map)), *whole],
        chips=(),
        self_href=page.href(page.view),
        close_href=page.href(page.closed),
        clear_href="" if ids else page.clear_href,
    )


def _open_ties(page: ActorsPage) -> OpenCell:
    words, who = page.words, page.view.who
    names = page.actor_names(who)
    ties = [tie for tie in page.ties if {tie.actor_a, tie.actor_b} == set(who)]
    return OpenCell(
        kicker=page.words["actors.tie"],
        title=i18n.and_list(sorted(names), page.lang),
        text="" if ties else words["actors.network_empty"],
        sections=tuple(_build_sections(page, ties)),
        links=[Link(words["actors.whole"].format(actor=page.actor_name(one)), page.open_href(one)) for one in who],
        chips=(),
        self_href=page.href(page.view),
        close_href=page.href(page.closed),
        clear_href="" if ties else page.clear_href,
    )


def _build_sections(page: ActorsPage, ties: Sequence[ActorTie]) -> Iterator[Section]:
    """Yield a section for each kind of tie."""
    names = {TieKind.WITH: page.words["actors.are_with"], TieKind.AGAINST: page.words["actors.are_against"]}
    number = 1
    for tie in ties:
        cards = tuple(build_tie_cards(page, tie, number))
        yield Section("", "", names[tie.kind], page.words.counted("count.statements", len(cards)), cards)
        number += len(cards)
