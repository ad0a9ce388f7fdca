"""Search places, markets, actors, routes, indicators and statements by words in either language.

A query word matches the beginning of a word, ignoring case and accents; an entry must match every query word.
Results are shown in the page's language, whichever language matched.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.summaries import describe_kind, locator, route_name
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import COUNTRY, LANGUAGES, Basis, Lang, PlaceKind, Role, Statement, Topic, TopicKind
from ocmap.i18n.folding import fold

LONGEST_QUERY = 100
MOST_SHOWN = 5
EXCERPT = 110
BEFORE = 30  # characters of an excerpt before the first match, at most
ABROAD = 6  # from this class of precision on, a place is the whole country or abroad
WORD = re.compile(r"\w+")


class EntryKind(StrEnum):
    """A group of results, in the order shown."""

    PLACES = "places"
    MARKETS = "markets"
    ACTORS = "actors"
    ROUTES = "routes"
    INDICATORS = "indicators"
    STATEMENTS = "statements"


class MarkedText(NamedTuple):
    """A piece of text, and whether it matches the query."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class SearchEntry:
    """One entry of the search index.

    Attributes:
        entry_id: Its id in its table.
        place: The place whose panel shows a statement, or None if only the view of the whole country does.
        name: Its name in the page's language; empty for a statement.
        text: Its definition, or a statement's text, in the page's language.
        note: Its kind, its group, or a statement's sentence, in words.
        names: Its names in every language, folded, each with a blank before every word.
        folded: All its words in every language, folded, with a blank before each; ``exact`` has their accents.
    """

    kind: EntryKind
    entry_id: str
    place: str | None
    name: str
    text: str
    note: str
    names: tuple[str, ...]
    folded: str
    exact: str

    def open_in(self, view: ViewState) -> ViewState:
        """Return the state that shows it. A place keeps the filters; all else drops them, since they could hide it."""
        if self.kind is EntryKind.PLACES:
            return replace(view.select_place(self.entry_id), view=View.MAP)
        unfiltered = replace(view.select_place(None), view=View.MAP, markets=(), actors=(), basis=tuple(Basis))
        match self.kind:
            case EntryKind.MARKETS:
                return replace(unfiltered, markets=(self.entry_id,))
            case EntryKind.ACTORS:
                return replace(unfiltered, actors=(self.entry_id,), view=View.ACTORS)
            case EntryKind.ROUTES:
                return unfiltered.select_route(self.entry_id)
            case EntryKind.INDICATORS:
                return replace(unfiltered, view=View.RESILIENCE)
            case EntryKind.STATEMENTS:
                return unfiltered.select_place(self.place) if self.place else replace(unfiltered, view=View.NATIONAL)


class SearchHit(NamedTuple):
    """A result, as a list shows it.

    Attributes:
        excerpt: A part of its text, if the text matches or there is no name to show.
        other_language: Whether the match is in the other language or in another name, so that nothing is marked.
    """

    entry: SearchEntry
    name: tuple[MarkedText, ...]
    excerpt: tuple[MarkedText, ...]
    note: tuple[MarkedText, ...]
    other_language: bool


class HitGroup(NamedTuple):
    """The results of one kind: the first few, and how many more there are."""

    kind: EntryKind
    hits: tuple[SearchHit, ...]
    rest: int


class SearchResults(NamedTuple):
    """All results of a query, by kind, and their number."""

    groups: tuple[HitGroup, ...]
    total: int


def build_index(dataset: Dataset, lang: Lang) -> tuple[SearchEntry, ...]:
    """Return the entries of all searchable records, in the order in which equal matches are shown."""
    return (
        *_places(dataset, lang),
        *_markets(dataset, lang),
        *_actors(dataset, lang),
        *_routes(dataset, lang),
        *_indicators(dataset, lang),
        *_statements(dataset, lang),
    )


def search(index: Iterable[SearchEntry], query: str) -> SearchResults:
    """Return the matches of a query by kind: names that begin with it first, then words of names, then other words.

    Among equal matches, those with the query's own accents come first. Only the first `LONGEST_QUERY` characters
    count; a query without a letter or a digit matches nothing.
    """
    query = query[:LONGEST_QUERY]
    words, exact = _words(fold(query)), _words(_plain(query))
    ranked: dict[EntryKind, list[tuple[int, bool, SearchEntry]]] = {kind: [] for kind in EntryKind}
    for entry in index if words else ():
        rank = _rank(entry, words)
        if rank is not None:
            ranked[entry.kind].append((rank, not _has_all(entry.exact, exact), entry))
    groups = []
    for kind, matches in ranked.items():
        if matches:
            matches.sort(key=lambda match: match[:2])
            hits = tuple(_hit(entry, words) for _, _, entry in matches[:MOST_SHOWN])
            groups.append(HitGroup(kind, hits, len(matches) - len(hits)))
    return SearchResults(tuple(groups), sum(len(matches) for matches in ranked.values()))


def _plain(text: str) -> str:
    """Return a text in lower case, each accented letter one character."""
    return unicodedata.normalize("NFC", text).casefold()


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text))


def _line(text: str) -> str:
    """Return a text's words with a blank before each, so that ``" ext"`` matches the beginning of a word."""
    return "".join(f" {word}" for word in _words(text))


def _has_all(line: str, words: Iterable[str]) -> bool:
    return all(f" {word}" in line for word in words)


def _rank(entry: SearchEntry, words: Sequence[str]) -> int | None:
    """Return how well words match an entry, 0 being best, or None if one of them does not."""
    if not _has_all(entry.folded, words):
        return None
    phrase = "".join(f" {word}" for word in words)
    if any(name.startswith(phrase) for name in entry.names):
        return 0
    return 1 if _has_all("".join(entry.names), words) else 2


def _hit(entry: SearchEntry, words: Sequence[str]) -> SearchHit:
    name, note = tuple(_mark(entry.name, words)), tuple(_mark(entry.note, words))
    name_is_enough = entry.name and (_has_all(_line(fold(entry.name)), words) or not any(_spans(entry.text, words)))
    excerpt = () if name_is_enough else _excerpt(entry.text, words)
    return SearchHit(
        entry, name, excerpt, note, other_language=not any(part.marked for part in (*name, *excerpt, *note))
    )


def _spans(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each match in a text."""
    for match in WORD.finditer(text):
        folded = fold(match[0])
        lengths = [len(word) for word in words if folded.startswith(word)]
        if lengths:
            yield match.start(), match.start() + _matched_length(match[0], max(lengths))


def _matched_length(word: str, length: int) -> int:
    """Return how many characters of a word give ``length`` folded ones."""
    return next((i for i in range(1, len(word)) if len(fold(word[:i])) >= length), len(word))


def _mark(text: str, words: Sequence[str]) -> Iterator[MarkedText]:
    """Yield a text in pieces, the matches marked."""
    at = 0
    for start, end in _spans(text, words):
        if start > at:
            yield MarkedText(text[at:start])
        yield MarkedText(text[start:end], marked=True)
        at = end
    if at < len(text):
        yield MarkedText(text[at:])


def _excerpt(text: str, words: Sequence[str]) -> tuple[MarkedText, ...]:
    """Return the part of a text around the first match, cut between words."""
    first = next((start for start, _ in _spans(text, words)), 0)
    latest = min(first - BEFORE, len(text) - EXCERPT)
    start = min(text.find(" ", latest) + 1, first) if latest > 0 else 0
    end = len(text) if len(text) <= start + EXCERPT else text.rfind(" ", first, start + EXCERPT + 1)
    end = end if end > first else start + EXCERPT
    cut = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
    return tuple(_mark(cut, words))


def _entry(  # noqa: PLR0913 - the fields of an entry
    kind: EntryKind,
    entry_id: str,
    *,
    names: Sequence[str],
    texts: Sequence[str],
    shown: tuple[str, str, str],
    place: str = "",
) -> SearchEntry:
    all_texts = (*names, *texts)
    return SearchEntry(
        kind,
        entry_id,
        place or None,
        *shown,
        names=tuple(_line(fold(name)) for name in names),
        folded="".join(_line(fold(text)) for text in all_texts),
        exact="".join(_line(_plain(text)) for text in all_texts),
    )


def _places(dataset: Dataset, lang: Lang) -> Iterator[SearchEntry]:
    order = {kind: rank for rank, kind in enumerate(PlaceKind)}
    for place in sorted(dataset.places, key=lambda place: (order[place.kind], fold(i18n.name_of(place, lang)))):
        # A corridor's aliases are phrases of the source that also name other neighbours.
        aliases = () if place.kind is PlaceKind.CORRIDOR else place.aliases
        shown = (i18n.name_of(place, lang), "", describe_kind(dataset, place, lang))
        yield _entry(
            EntryKind.PLACES, place.place_id, names=(place.name_es, place.name_en, *aliases), texts=(), shown=shown
        )


def _markets(dataset: Dataset, lang: Lang) -> Iterator[SearchEntry]:
    return (_topic(topic, EntryKind.MARKETS, i18n.short_of(topic, lang), lang) for topic in dataset.markets)


def _indicators(dataset: Dataset, lang: Lang) -> Iterator[SearchEntry]:
    for topic in dataset.topics:
        if topic.kind is TopicKind.INDICATOR:
            yield _topic(topic, EntryKind.INDICATORS, i18n.name_of(topic, lang), lang)


def _topic(topic: Topic, kind: EntryKind, name: str, lang: Lang) -> SearchEntry:
    groups = {each: i18n.of(each)[f"topic_group.{topic.group}"] for each in LANGUAGES}
    return _entry(
        kind,
        topic.topic_id,
        names=(topic.name_es, topic.name_en, topic.short_es, topic.short_en),
        texts=(topic.definition_es, topic.definition_en, *groups.values()),
        shown=(name, topic.definition_es if lang == "es" else topic.definition_en, groups[lang]),
    )


def _actors(dataset: Dataset, lang: Lang) -> Iterator[SearchEntry]:
    for actor in sorted(dataset.actors, key=lambda actor: fold(i18n.name_of(actor, lang))):
        topic = dataset.topic[actor.topic_id]
        yield _entry(
            EntryKind.ACTORS,
            actor.actor_id,
            names=(actor.name_es, actor.name, *actor.aliases),
            texts=(topic.name_es, topic.name_en),
            shown=(i18n.name_of(actor, lang), "", i18n.name_of(topic, lang)),
        )


def _routes(dataset: Dataset, lang: Lang) -> Iterator[SearchEntry]:
    for route in dataset.routes:
        topic = dataset.topic[route.market]
        yield _entry(
            EntryKind.ROUTES,
            route.route_id,
            names=tuple(route_name(dataset, route, each) for each in LANGUAGES),
            texts=(topic.name_es, topic.name_en, topic.short_es, topic.short_en),
            shown=(route_name(dataset, route, lang), "", i18n.short_of(topic, lang)),
        )


def _statements(dataset: Dataset, lang: Lang) -> Iterator[SearchEntry]:
    order = dataset.profile_order
    for statement in sorted(dataset.statements, key=lambda statement: order[statement.statement_id]):
        yield _entry(
            EntryKind.STATEMENTS,
            statement.statement_id,
            names=(),
            texts=(statement.text_es, statement.text_en, *(locator(dataset, statement, each) for each in LANGUAGES)),
            shown=("", i18n.text_of(statement, lang), locator(dataset, statement, lang)),
            place=_most_precise_place(dataset, statement) or "",
        )


def _most_precise_place(dataset: Dataset, statement: Statement) -> str | None:
    """Return the most precise place in the country that a statement names; None if it names none."""
    rows = dataset.places_of.get(statement.statement_id, ())
    places = [dataset.place[row.place_id] for row in rows if row.role is not Role.NATIONALITY]
    inside = [place for place in places if place.precision < ABROAD and place.place_id != COUNTRY]
    return min(inside, key=lambda place: place.precision).place_id if inside else None
