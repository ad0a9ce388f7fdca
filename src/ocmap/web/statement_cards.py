"""Build the cards of statements in panels and lists, as plain records for the templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.summaries import badge, locator
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Group, Place, Role, Statement

SHA_SHOWN = 8
BY_DIRECTNESS = (
    ("direct", (Basis.NAMED, Basis.LOCATED)),
    ("border", (Basis.BORDER,)),
    ("area", (Basis.AREA,)),
)
"""The groups of a place's statements, in the order of a panel, with their bases."""


class CardContext(NamedTuple):
    """Display context of a statement: place, basis, market and number. Without a basis the card has no badge."""

    place_id: str
    basis: Basis | None
    market: str
    number: int


@dataclass(frozen=True)
class Card:
    """One statement as shown.

    Attributes:
        market: The market or other topic under which this card is listed.
        number: Its number in this panel, from 1, to which the summary's notes refer; 0 if it is ``hidden``: the
            statement is listed under another of its markets unless filters leave only this one.
        basis: Why the place shows it; ``badge`` is its text.
        remarks: Notes on its other markets, or on the group of markets that it is about.
        why: What the badge and the word for the certainty mean.
        locator: Where the sentence is in the source; ``where`` says how to reach it, ``source`` describes it for print.
    """

    statement_id: str
    market: str
    number: int
    text: str
    basis: str
    badge: str
    hedge: str
    hedge_word: str
    why: tuple[str, ...]
    actors: str
    remarks: tuple[str, ...]
    locator: str
    where: str
    source: str
    hidden: bool


@dataclass(frozen=True)
class Section:
    """Statements under one heading."""

    market_id: str
    group: str
    title: str
    note: str
    cards: tuple[Card, ...]

    @property
    def hidden(self) -> bool:
        """Return whether all its cards are hidden."""
        return all(card.hidden for card in self.cards)


def build_sections(
    localized: LocalizedProfile,
    place_id: str,
    bases: Mapping[str, Basis | None],
    chosen: Sequence[str] = (),
    first: int = 1,
) -> tuple[Section, ...]:
    """Return a place's statements grouped by market, each once, numbered from ``first`` in the order shown.

    ``bases`` gives each statement's basis at the place; ``chosen`` are the markets that the filters leave.
    """
    return _build_numbered(localized, place_id, bases, _group_by_market(localized.dataset, bases, chosen), first)


def build_sections_with_hidden(
    localized: LocalizedProfile, place_id: str, bases: Mapping[str, Basis | None], first: int
) -> tuple[Section, ...]:
    """Return the sections of `build_sections`, with each statement hidden under its other markets as well.

    The client shows these cards where its filters leave only another market.
    """
    hidden = _group_by_market(localized.dataset, bases, ())
    for statement_id in bases:
        for market in localized.dataset.markets_of(localized.dataset.statement[statement_id]):
            hidden[market].setdefault(statement_id, True)
    ordered = {market: {key: ids[key] for key in bases if key in ids} for market, ids in hidden.items()}
    return _build_numbered(localized, place_id, bases, ordered, first)


def split_by_directness(bases: Mapping[str, Basis]) -> tuple[tuple[str, Mapping[str, Basis]], ...]:
    """Return a place's statements in the groups of a panel: what names it comes first; the whole country is in none."""
    return tuple(
        (name, {statement_id: basis for statement_id, basis in bases.items() if basis in group})
        for name, group in BY_DIRECTNESS
    )


HiddenByMarket = dict[str, dict[str, bool]]
"""For each market or other topic the ids of its statements, in the order shown, and whether each is hidden."""


def _group_by_market(dataset: Dataset, bases: Iterable[str], chosen: Iterable[str]) -> HiddenByMarket:
    hidden: HiddenByMarket = {topic.topic_id: {} for topic in (*dataset.markets, *dataset.topics)}
    for statement_id in bases:
        hidden[primary_market(dataset, dataset.statement[statement_id], chosen)][statement_id] = False
    return hidden


def _build_numbered(
    localized: LocalizedProfile, place_id: str, bases: Mapping[str, Basis | None], hidden: HiddenByMarket, first: int
) -> tuple[Section, ...]:
    """Return the sections that are not empty; visible cards are numbered from ``first``, hidden ones have 0."""
    sections, number = [], first
    for market, ids in hidden.items():
        cards = []
        for statement_id, is_hidden in ids.items():
            context = CardContext(place_id, bases[statement_id], market, 0 if is_hidden else number)
            cards.append(build_card(localized, statement_id, context))
            number += not is_hidden
        if cards:
            sections.append(_section(localized, market, tuple(cards)))
    return tuple(sections)


def consecutive_ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the first and last number of each run of consecutive numbers, in order."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)


def primary_market(dataset: Dataset, statement: Statement, chosen: Iterable[str]) -> str:
    """Return the market that a statement is listed under: its sentence's topic, unless ``chosen`` has only another."""
    markets = dataset.markets_of(statement)
    allowed = frozenset(chosen)
    candidates = [market for market in markets if market in allowed] or list(markets)
    topic = dataset.sentence[statement.sentence_id].topic_id
    return topic if topic in candidates or not candidates else candidates[0]


def _section(localized: LocalizedProfile, market: str, cards: tuple[Card, ...]) -> Section:
    words, topic = localized.words, localized.dataset.topic[market]
    count = words.counted("count.statements", sum(not card.hidden for card in cards))
    note = f"{words[f'topic_group.{topic.group}']} · {count}"
    return Section(market, topic.group, i18n.short_of(topic, localized.lang), note, cards)


def build_card(localized: LocalizedProfile, statement_id: str, context: CardContext) -> Card:
    """Return one statement as a record for a template."""
    dataset, lang, words = localized.dataset, localized.lang, localized.words
    statement = dataset.statement[statement_id]
    return Card(
        statement_id=statement_id,
        market=context.market,
        number=context.number,
        text=i18n.text_of(statement, lang),
        basis=context.basis or "",
        badge=badge(localized, statement_id, context.place_id, context.basis) if context.basis else "",
        hedge=statement.hedge,
        hedge_word=words[f"hedge.{statement.hedge}"],
        why=(
            *([words[f"basis_why.{context.basis}"]] if context.basis else []),
            words[f"hedge_why.{statement.hedge}"],
        ),
        actors=", ".join(i18n.name_of(dataset.actor[actor], lang) for actor in statement.actors),
        remarks=tuple(_remarks(localized, statement, context.market)),
        locator=locator(dataset, statement, lang),
        where=_where(localized, statement),
        source=_source(localized, statement),
        hidden=not context.number,
    )


def _remarks(localized: LocalizedProfile, statement: Statement, market: str) -> Iterable[str]:
    words = localized.words
    groups = {group.value for group in Group} - localized.dataset.topic.keys()
    others = [other for other in statement.markets if other not in groups and other != market]
    if others:
        names = [i18n.short_of(localized.dataset.topic[other], localized.lang) for other in others]
        yield words["statement.also_in"].format(markets=", ".join(names))
    for group in statement.markets:
        if group in groups:
            yield words["statement.of_group"].format(group=words[f"topic_group.{group}"])


def _where(localized: LocalizedProfile, statement: Statement) -> str:
    """Return how to reach the sentence, whose text is not ours to show, and how precisely it names places."""
    sentence = localized.dataset.sentence[statement.sentence_id]
    topic = localized.dataset.topic[sentence.topic_id]
    name, other = i18n.name_of(topic, localized.lang), i18n.name_of(topic, "es" if localized.lang == "en" else "en")
    text = localized.words["statement.where"].format(topic=name, other=other, n=sentence.ordinal, words=sentence.words)
    return _with_precision(localized, statement, text)


def _source(localized: LocalizedProfile, statement: Statement) -> str:
    """Return the sentence's length and hash, and the precision of the places that the statement names."""
    sentence = localized.dataset.sentence[statement.sentence_id]
    text = localized.words["statement.sentence"].format(words=sentence.words, sha=sentence.sha256[:SHA_SHOWN])
    return _with_precision(localized, statement, text)


def _with_precision(localized: LocalizedProfile, statement: Statement, text: str) -> str:
    precision, words = _precision(localized.dataset, statement), localized.words
    if precision is None:
        return text
    return f"{text} {words['statement.precision'].format(precision=words[f'precision.{precision}'])}"


def _precision(dataset: Dataset, statement: Statement) -> int | None:
    """Return the UCDP precision class of the most precise place that a statement names, nationalities aside."""
    rows = dataset.places_of.get(statement.statement_id, ())
    places: list[Place] = [dataset.place[row.place_id] for row in rows if row.role is not Role.NATIONALITY]
    return min((place.precision for place in places), default=None)
