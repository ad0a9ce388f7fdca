"""What a panel or a list shows of statements, as plain records that a template only has to write down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.summaries import badge, locator
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Group, Place, Role, Statement

SHA_SHOWN = 8


class CardContext(NamedTuple):
    """Display context of a statement: place, basis, market and number. Without a basis the card has no badge."""

    place_id: str
    basis: Basis | None
    market: str
    number: int


@dataclass(frozen=True)
class Card:
    """One statement as a reader sees it.

    Attributes:
        market: The market or other topic under which it stands here.
        number: Its number in this panel, from 1, to which the summary's notes refer; 0 if it is ``hidden`` here, since
            it stands under another of its markets unless filters leave only this one.
        basis: Why the place shows it; ``badge`` says so in words.
        remarks: What else must be said of it: other markets, a group as such.
        locator: Where the source says it; ``source`` says more of that sentence.
    """

    statement_id: str
    market: str
    number: int
    text: str
    basis: str
    badge: str
    hedge: str
    hedge_word: str
    actors: str
    remarks: tuple[str, ...]
    locator: str
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
        """Return whether none of them is to be seen."""
        return all(card.hidden for card in self.cards)

    @property
    def seen(self) -> int:
        """Return how many of them are to be seen."""
        return sum(not card.hidden for card in self.cards)


def build_sections(
    localized: LocalizedProfile,
    place_id: str,
    found: Mapping[str, Basis | None],
    chosen: Sequence[str] = (),
    first: int = 1,
) -> tuple[Section, ...]:
    """Return a place's statements under their markets, each once, numbered from ``first`` in the order shown."""
    return _number(localized, place_id, found, _homes(localized.dataset, found, chosen), first)


def build_whole_sections(
    localized: LocalizedProfile, place_id: str, found: Mapping[str, Basis | None], first: int = 1
) -> tuple[Section, ...]:
    """Return a place's statements as `build_sections`, and hidden what a choice of markets could bring up besides.

    That is each of them under its other markets as well.
    """
    homes = _homes(localized.dataset, found, ())
    for statement_id in found:
        for market in localized.dataset.markets_of(localized.dataset.statement[statement_id]):
            homes[market].setdefault(statement_id, True)
    order = {one: rank for rank, one in enumerate(found)}
    sorted_homes = {market: dict(sorted(ids.items(), key=lambda item: order[item[0]])) for market, ids in homes.items()}
    return _number(localized, place_id, found, sorted_homes, first)


Homes = dict[str, dict[str, bool]]
"""The statements under each market or other topic, in the order shown, each with whether it is hidden there."""


def _homes(dataset: Dataset, found: Iterable[str], chosen: Iterable[str]) -> Homes:
    homes: Homes = {topic.topic_id: {} for topic in (*dataset.markets, *dataset.topics)}
    for statement_id in found:
        homes[home_market(dataset, dataset.statement[statement_id], chosen)][statement_id] = False
    return homes


def _number(
    localized: LocalizedProfile, place_id: str, found: Mapping[str, Basis | None], homes: Homes, first: int
) -> tuple[Section, ...]:
    """Return the sections that hold something; what is hidden has no number."""
    sections, number = [], first
    for market, ids in homes.items():
        cards = []
        for one, hidden in ids.items():
            cards.append(build_card(localized, one, CardContext(place_id, found[one], market, 0 if hidden else number)))
            number += not hidden
        if cards:
            sections.append(_section(localized, market, tuple(cards)))
    return tuple(sections)


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the first and last of each run of consecutive numbers, in order."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def home_market(dataset: Dataset, statement: Statement, chosen: Iterable[str] = ()) -> str:
    """Return the market to show a statement under: its sentence's own, unless the filter leaves only another."""
    markets = dataset.markets_of(statement)
    wanted = frozenset(chosen)
    left = [market for market in markets if market in wanted] or list(markets)
    own = dataset.sentence[statement.sentence_id].topic_id
    return own if own in left or not left else left[0]


def _section(localized: LocalizedProfile, market: str, cards: tuple[Card, ...]) -> Section:
    words, topic = i18n.of(localized.lang), localized.dataset.topic[market]
    count = words.counted("count.statements", sum(not card.hidden for card in cards))
    note = f"{words[f'topic_group.{topic.group}']} · {count}"
    return Section(market, topic.group, i18n.short_of(topic, localized.lang), note, cards)


def build_card(localized: LocalizedProfile, statement_id: str, context: CardContext) -> Card:
    """Return one statement as a record for a template."""
    dataset, lang = localized.dataset, localized.lang
    statement = dataset.statement[statement_id]
    words = i18n.of(lang)
    return Card(
        statement_id=statement_id,
        market=context.market,
        number=context.number,
        text=i18n.text_of(statement, lang),
        basis=context.basis or "",
        badge=badge(localized, statement_id, context.place_id, context.basis) if context.basis else "",
        hedge=statement.hedge,
        hedge_word=words[f"hedge.{statement.hedge}"],
        actors=", ".join(i18n.name_of(dataset.actor[actor], lang) for actor in statement.actors),
        remarks=tuple(_remarks(localized, statement, context.market)),
        locator=locator(dataset, statement, lang),
        source=_source(localized, statement),
        hidden=not context.number,
    )


def _remarks(localized: LocalizedProfile, statement: Statement, market: str) -> Iterable[str]:
    words = i18n.of(localized.lang)
    groups = {group.value for group in Group} - localized.dataset.topic.keys()
    others = [one for one in statement.markets if one not in groups and one != market]
    if others:
        names = [i18n.short_of(localized.dataset.topic[one], localized.lang) for one in others]
        yield words["statement.also_in"].format(markets=", ".join(names))
    for one in statement.markets:
        if one in groups:
            yield words["statement.of_group"].format(group=words[f"topic_group.{one}"])


def _source(localized: LocalizedProfile, statement: Statement) -> str:
    """Return what the locator does not say of the sentence: length, fingerprint, and how finely it places things."""
    dataset, words = localized.dataset, i18n.of(localized.lang)
    sentence = dataset.sentence[statement.sentence_id]
    text = words["statement.sentence"].format(words=sentence.words, sha=sentence.sha256[:SHA_SHOWN])
    finest = _precision(dataset, statement)
    if finest is None:
        return text
    return f"{text} {words['statement.precision'].format(precision=words[f'precision.{finest}'])}"


def _precision(dataset: Dataset, statement: Statement) -> int | None:
    """Return UCDP's class of the finest place that the statement names, nationalities apart."""
    rows = dataset.places_of.get(statement.statement_id, ())
    places: list[Place] = [dataset.place[row.place_id] for row in rows if row.role is not Role.NATIONALITY]
    return min((place.precision for place in places), default=None)
