"""Search: places, markets, actors, routes, indicators and statements by words in either language.

A word is found by its beginning, in capitals or not, with its accents or without; several words must all be found in
one entry. What is found is shown in the page's language, whichever language it was found in.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY
from ocmap.analysis.summaries import kicker, locator, route_name
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, PlaceKind, Role, Statement, Topic, TopicKind
from ocmap.i18n import Lang

LANGS: tuple[Lang, ...] = ("es", "en")
LONGEST_QUERY = 100
MOST_SHOWN = 5
EXCERPT = 110
BEFORE = 30  # characters of an excerpt that may stand before what was found
MOST_LIKE = 3
LIKENESS = 0.6  # how alike a name must be to be offered for one that is unknown
ABROAD = 6  # from this class of precision on, a place is the country or outside
WORD = re.compile(r"\w+")


class Kind(StrEnum):
    """A group of results, in the order shown."""

    PLACES = "places"
    MARKETS = "markets"
    ACTORS = "actors"
    ROUTES = "routes"
    INDICATORS = "indicators"
    STATEMENTS = "statements"


class Part(NamedTuple):
    """A stretch of text, and whether it is what was sought."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Attributes:
        entry_id: Its id in its table.
        place: The place whose panel shows a statement, or None where only the view of the whole country does.
        name: What it is called, in the page's language; blank for a statement.
        text: What is said of it or what it says, in the page's language.
        note: What sort of thing it is, or where the source says it.
        names: Its names in every language, folded, each with a blank before every word.
        folded: All its words in every language, folded, with a blank before each; ``exact`` has their accents.
    """

    kind: Kind
    entry_id: str
    place: str | None
    name: str
    text: str
    note: str
    names: tuple[str, ...]
    folded: str
    exact: str

    def open_in(self, view: ViewState) -> ViewState:
        """Return the state that shows it. A place keeps the filters; anything else would be hidden by some."""
        if self.kind is Kind.PLACES:
            return replace(view.select_place(self.entry_id), view=View.MAP)
        free = replace(view.select_place(None), view=View.MAP, markets=(), actors=(), basis=tuple(Basis))
        match self.kind:
            case Kind.MARKETS:
                return replace(free, markets=(self.entry_id,))
            case Kind.ACTORS:
                return replace(free, actors=(self.entry_id,), view=View.ACTORS)
            case Kind.ROUTES:
                return free.select_route(self.entry_id)
            case Kind.INDICATORS:
                return replace(free, view=View.RESILIENCE)
            case Kind.STATEMENTS:
                return free.select_place(self.place) if self.place else replace(free, view=View.NATIONAL)


class Hit(NamedTuple):
    """An entry that was found, as a list shows it.

    Attributes:
        excerpt: A stretch of its text, where that is what was found, or all there is to show.
        other: Whether it was found in the other language or under another name, so that nothing is marked.
    """

    entry: Entry
    name: tuple[Part, ...]
    excerpt: tuple[Part, ...]
    note: tuple[Part, ...]
    other: bool


class Hits(NamedTuple):
    """What was found of one kind: the first few, and how many more there are."""

    kind: Kind
    hits: tuple[Hit, ...]
    rest: int


class Found(NamedTuple):
    """Everything that was found."""

    groups: tuple[Hits, ...]
    total: int


def build_index(dataset: Dataset, lang: Lang) -> tuple[Entry, ...]:
    """Return all that can be found in the data, to be shown in a language, in the order in which equals are shown."""
    return (
        *_places(dataset, lang),
        *_markets(dataset, lang),
        *_actors(dataset, lang),
        *_routes(dataset, lang),
        *_indicators(dataset, lang),
        *_statements(dataset, lang),
    )


def search(index: Iterable[Entry], query: str) -> Found:
    """Return what a query finds, by kind: first the names that begin so, then words of names, then words of texts.

    Of equals, what is written with the query's own accents comes first. Of a query that is too long, only the
    beginning counts; one without a letter or a digit finds nothing.
    """
    query = query[:LONGEST_QUERY]
    words, exact = _words(fold(query)), _words(_plain(query))
    ranked: dict[Kind, list[tuple[int, bool, Entry]]] = {kind: [] for kind in Kind}
    for entry in index if words else ():
        rank = _rank(entry, words)
        if rank is not None:
            ranked[entry.kind].append((rank, not _has_all(entry.exact, exact), entry))
    groups = []
    for kind, found in ranked.items():
        if found:
            found.sort(key=lambda one: one[:2])
            hits = tuple(_hit(entry, words) for _, _, entry in found[:MOST_SHOWN])
            groups.append(Hits(kind, hits, len(found) - len(hits)))
    return Found(tuple(groups), sum(len(found) for found in ranked.values()))


def fold(text: str) -> str:
    """Return a text without capitals and accents: ``extorsion`` for ``Extorsión``, ``nino`` for ``niño``."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def alike(wanted: str, names: Mapping[str, Sequence[str]]) -> str:
    """Return up to three ids like an unknown one, each with its first name; ``names`` are those of each id."""
    ids = {fold(text): one for one, texts in names.items() for text in (one, *texts)}
    near = (ids[text] for text in get_close_matches(fold(wanted), ids, n=2 * MOST_LIKE, cutoff=LIKENESS))
    return ", ".join(f"{one} ({names[one][0]})" for one in list(dict.fromkeys(near))[:MOST_LIKE])


def _plain(text: str) -> str:
    """Return a text without capitals, each accented letter one character."""
    return unicodedata.normalize("NFC", text).casefold()


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text))


def _line(text: str) -> str:
    """Return a text's words with a blank before each, so that ``" ext"`` is found where a word begins so."""
    return "".join(f" {word}" for word in _words(text))


def _has_all(line: str, words: Iterable[str]) -> bool:
    return all(f" {word}" in line for word in words)


def _rank(entry: Entry, words: Sequence[str]) -> int | None:
    """Return how well words fit an entry, 0 best, or None where one of them is not in it."""
    if not _has_all(entry.folded, words):
        return None
    phrase = "".join(f" {word}" for word in words)
    if any(name.startswith(phrase) for name in entry.names):
        return 0
    return 1 if _has_all("".join(entry.names), words) else 2


def _hit(entry: Entry, words: Sequence[str]) -> Hit:
    name, note = tuple(_mark(entry.name, words)), tuple(_mark(entry.note, words))
    enough = entry.name and (_has_all(_line(fold(entry.name)), words) or not any(_spans(entry.text, words)))
    excerpt = () if enough else _excerpt(entry.text, words)
    return Hit(entry, name, excerpt, note, other=not any(part.marked for part in (*name, *excerpt, *note)))


def _spans(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a text's words begin with one of these, as start and end."""
    for match in WORD.finditer(text):
        folded = fold(match[0])
        lengths = [len(word) for word in words if folded.startswith(word)]
        if lengths:
            yield match.start(), match.start() + _reach(match[0], max(lengths))


def _reach(word: str, length: int) -> int:
    """Return how many characters of a word make up so many folded ones."""
    return next((i for i in range(1, len(word)) if len(fold(word[:i])) >= length), len(word))


def _mark(text: str, words: Sequence[str]) -> Iterator[Part]:
    """Yield a text in parts, those marked that were sought."""
    at = 0
    for start, end in _spans(text, words):
        if start > at:
            yield Part(text[at:start])
        yield Part(text[start:end], marked=True)
        at = end
    if at < len(text):
        yield Part(text[at:])


def _excerpt(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """Return a stretch of a text around what was first found, cut between words."""
    first = next((start for start, _ in _spans(text, words)), 0)
    latest = min(first - BEFORE, len(text) - EXCERPT)
    start = min(text.find(" ", latest) + 1, first) if latest > 0 else 0
    end = len(text) if len(text) <= start + EXCERPT else text.rfind(" ", first, start + EXCERPT + 1)
    end = end if end > first else start + EXCERPT
    cut = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
    return tuple(_mark(cut, words))


def _entry(  # noqa: PLR0913 - what an entry is made of
    kind: Kind,
    entry_id: str,
    *,
    names: Sequence[str],
    texts: Sequence[str],
    shown: tuple[str, str, str],
    place: str = "",
) -> Entry:
    every = (*names, *texts)
    return Entry(
        kind,
        entry_id,
        place or None,
        *shown,
        names=tuple(_line(fold(name)) for name in names),
        folded="".join(_line(fold(text)) for text in every),
        exact="".join(_line(_plain(text)) for text in every),
    )


def _places(dataset: Dataset, lang: Lang) -> Iterator[Entry]:
    order = {kind: rank for rank, kind in enumerate(PlaceKind)}
    for place in sorted(dataset.places, key=lambda one: (order[one.kind], fold(i18n.name_of(one, lang)))):
        # A corridor's aliases are phrases of the source, which name the neighbours of others as well.
        aliases = () if place.kind is PlaceKind.CORRIDOR else place.aliases
        shown = (i18n.name_of(place, lang), "", kicker(dataset, place, {}, lang))
        yield _entry(Kind.PLACES, place.place_id, names=(place.name_es, place.name_en, *aliases), texts=(), shown=shown)


def _markets(dataset: Dataset, lang: Lang) -> Iterator[Entry]:
    return (_topic(topic, Kind.MARKETS, i18n.short_of(topic, lang), lang) for topic in dataset.markets)


def _indicators(dataset: Dataset, lang: Lang) -> Iterator[Entry]:
    for topic in dataset.topics:
        if topic.kind is TopicKind.INDICATOR:
            yield _topic(topic, Kind.INDICATORS, i18n.name_of(topic, lang), lang)


def _topic(topic: Topic, kind: Kind, name: str, lang: Lang) -> Entry:
    groups = {one: i18n.word(i18n.of(one), f"group_{topic.group}") for one in LANGS}
    return _entry(
        kind,
        topic.topic_id,
        names=(topic.name_es, topic.name_en, topic.short_es, topic.short_en),
        texts=(topic.definition_es, topic.definition_en, *groups.values()),
        shown=(name, topic.definition_es if lang == "es" else topic.definition_en, groups[lang]),
    )


def _actors(dataset: Dataset, lang: Lang) -> Iterator[Entry]:
    for actor in sorted(dataset.actors, key=lambda one: fold(i18n.name_of(one, lang))):
        topic = dataset.topic[actor.topic_id]
        yield _entry(
            Kind.ACTORS,
            actor.actor_id,
            names=(actor.name_es, actor.name, *actor.aliases),
            texts=(topic.name_es, topic.name_en),
            shown=(i18n.name_of(actor, lang), "", i18n.name_of(topic, lang)),
        )


def _routes(dataset: Dataset, lang: Lang) -> Iterator[Entry]:
    for route in dataset.routes:
        topic = dataset.topic[route.market]
        yield _entry(
            Kind.ROUTES,
            route.route_id,
            names=tuple(route_name(dataset, route, one) for one in LANGS),
            texts=(topic.name_es, topic.name_en, topic.short_es, topic.short_en),
            shown=(route_name(dataset, route, lang), "", i18n.short_of(topic, lang)),
        )


def _statements(dataset: Dataset, lang: Lang) -> Iterator[Entry]:
    order = dataset.profile_order
    for statement in sorted(dataset.statements, key=lambda one: order[one.statement_id]):
        yield _entry(
            Kind.STATEMENTS,
            statement.statement_id,
            names=(),
            texts=(statement.text_es, statement.text_en, *(locator(dataset, statement, one) for one in LANGS)),
            shown=("", i18n.text_of(statement, lang), locator(dataset, statement, lang)),
            place=_finest(dataset, statement) or "",
        )


def _finest(dataset: Dataset, statement: Statement) -> str | None:
    """Return the most precise place in the country that a statement names; None where it names none."""
    rows = dataset.places_of.get(statement.statement_id, ())
    places = [dataset.place[row.place_id] for row in rows if row.role is not Role.NATIONALITY]
    inside = [place for place in places if place.precision < ABROAD and place.place_id != COUNTRY]
    return min(inside, key=lambda place: place.precision).place_id if inside else None
