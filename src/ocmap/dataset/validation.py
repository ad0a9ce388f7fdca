"""Check what no single cell can show: ids, references, languages, parents, order, coverage.

Each ``check_`` function yields `Problem`s and never raises.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ocmap.dataset.errors import Problem
from ocmap.dataset.reader import FIRST_ROW, HEADER, Dataset, shorten
from ocmap.dataset.schema import (
    FRAME,
    MARKETS,
    TABLES,
    Coding,
    Group,
    PlaceKind,
    PointRole,
    Record,
    Ref,
    Table,
    TopicKind,
)

PROFILE_SENTENCES = 172
LETTER, NUMBER = re.compile(r"-[a-z]"), re.compile(r"-r\d+")  # what ends the id of a statement and of a route
FOLLOWED_PATHS = frozenset({"panamericana", "amazon-rivers"})
SUMS = frozenset({"criminality", "criminal_markets", "criminal_actors", "resilience"})
PARENT_KINDS = {
    PlaceKind.REGION: {PlaceKind.COUNTRY},
    PlaceKind.CORRIDOR: {PlaceKind.COUNTRY},
    PlaceKind.SITE: {PlaceKind.REGION},
}
MEMBER_KINDS = {
    PlaceKind.MACRO_REGION: {PlaceKind.REGION},
    PlaceKind.ROAD: {PlaceKind.REGION},
    PlaceKind.BORDERS: {PlaceKind.CORRIDOR},
    PlaceKind.TRIPOINT: {PlaceKind.CORRIDOR},
}


DRAWN = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR, PlaceKind.SITE, PlaceKind.TRIPOINT})


def check_dataset(dataset: Dataset) -> list[Problem]:
    """Return every fault of the package, in the order of files and lines; none where it is sound."""
    checks = (
        check_keys,
        check_references,
        check_ids,
        check_languages,
        check_places,
        check_positions,
        check_routes,
        check_ties,
        check_topics,
        check_coverage,
        check_scores,
    )
    return sorted({problem for check in checks for problem in check(dataset)})


def _numbered(dataset: Dataset, name: str) -> Iterator[tuple[int, Record]]:
    """Yield a table's records with their line numbers."""
    yield from enumerate(getattr(dataset, name), FIRST_ROW)


def _key(record: Record, table: Table) -> tuple[str | int, ...]:
    return tuple(getattr(record, field) for field in table.key)


def check_keys(dataset: Dataset) -> Iterator[Problem]:
    """Keys must be unique, and every table sorted by them, so that two versions can be compared line by line."""
    for name, table in TABLES.items():
        column, before = table.key[0], None
        seen: dict[tuple[str | int, ...], int] = {}
        for line, record in _numbered(dataset, name):
            key = _key(record, table)
            shown = " ".join(map(str, key))
            if key in seen:
                found, expected = f"{shown} stands on line {seen[key]} already", "each once"
                yield Problem(table.file, line, column, found, expected)
            elif before is not None and key < before:
                found = f"{shown} stands after {' '.join(map(str, before))}"
                yield Problem(table.file, line, column, found, f"rows sorted by {', '.join(table.key)}")
            seen.setdefault(key, line)
            before = key


def check_references(dataset: Dataset) -> Iterator[Problem]:
    """Every id that points at another table must stand there."""
    known = {name: {getattr(r, t.key[0]) for r in getattr(dataset, name)} for name, t in TABLES.items()}
    groups = {group.value for group in Group}
    for name, table in TABLES.items():
        references = {
            field: ref
            for field, info in table.record.model_fields.items()
            for ref in info.metadata
            if isinstance(ref, Ref)
        }
        for line, record in _numbered(dataset, name):
            for field, ref in references.items():
                value = getattr(record, field)
                ids = value if isinstance(value, tuple) else (value,) if value is not None else ()
                for one in ids:
                    if one not in known[ref.table] and not (ref.groups and one in groups):
                        expected = f"an id of {TABLES[ref.table].file}"
                        yield Problem(table.file, line, field, f"{one!r} does not exist", expected)
                for one, count in _doubled(ids):
                    yield Problem(table.file, line, field, f"{one!r} stands {count} times", "each once")


def _doubled(ids: Sequence[str]) -> list[tuple[str, int]]:
    """Return the ids that stand there more than once, each with how often; mostly there is nothing to count."""
    if len(set(ids)) == len(ids):
        return []
    return [(one, count) for one, count in Counter(ids).items() if count > 1]


def check_ids(dataset: Dataset) -> Iterator[Problem]:
    """Ids are built from the ids of what they belong to, so that a locator can be read off them."""
    for line, sentence in enumerate(dataset.sentences, FIRST_ROW):
        expected = f"{sentence.topic_id}.{sentence.ordinal}"
        if sentence.sentence_id != expected:
            yield Problem("sentences.csv", line, "sentence_id", repr(sentence.sentence_id), expected)
    for line, statement in enumerate(dataset.statements, FIRST_ROW):
        if not _is_part(statement.statement_id, statement.sentence_id, LETTER):
            expected = f"{statement.sentence_id}- and one letter"
            yield Problem("statements.csv", line, "statement_id", repr(statement.statement_id), expected)
    for line, route in enumerate(dataset.routes, FIRST_ROW):
        rests_on = dataset.statement.get(route.statement_id)
        if rests_on and not _is_part(route.route_id, rests_on.sentence_id, NUMBER):
            expected = f"{rests_on.sentence_id}-r and a number"
            yield Problem("routes.csv", line, "route_id", repr(route.route_id), expected)


def _is_part(part: str, whole: str, ending: re.Pattern[str]) -> bool:
    """Return whether an id is that of the whole and an ending."""
    return part.startswith(whole) and ending.fullmatch(part, len(whole)) is not None


def check_languages(dataset: Dataset) -> Iterator[Problem]:
    """Each text has both languages, and neither is a copy of the other."""
    for line, statement in enumerate(dataset.statements, FIRST_ROW):
        if statement.text_en == statement.text_es:
            yield Problem("statements.csv", line, "text_es", "the same as text_en", "the statement in Spanish")
    for line, topic in enumerate(dataset.topics, FIRST_ROW):
        if topic.definition_en == topic.definition_es:
            yield Problem("topics.csv", line, "definition_es", "the same as definition_en", "it in Spanish")


def frames(lon: float, lat: float) -> bool:
    """Return whether a position lies inside the map's frame."""
    west, south, east, north = FRAME
    return west < lon < east and south < lat < north


def check_places(dataset: Dataset) -> Iterator[Problem]:
    """Parents and members are of the right kind; no place lies in itself."""
    for line, place in enumerate(dataset.places, FIRST_ROW):
        at = ("places.csv", line)
        parent = dataset.place.get(place.parent or "")
        if place.kind in PARENT_KINDS and (parent is None or parent.kind not in PARENT_KINDS[place.kind]):
            kinds = " or ".join(sorted(PARENT_KINDS[place.kind]))
            yield Problem(*at, "parent", f"a {place.kind} in {place.parent or 'nothing'}", f"a {kinds}")
        if place.kind in MEMBER_KINDS:
            kinds = " and ".join(sorted(MEMBER_KINDS[place.kind]))
            members = [dataset.place[member] for member in place.members if member in dataset.place]
            if not members or any(member.kind not in MEMBER_KINDS[place.kind] for member in members):
                yield Problem(*at, "members", f"{';'.join(place.members) or 'none'}", f"members of kind {kinds}")
            if not place.note:
                yield Problem(*at, "note", "no reason for the members", "why these are its members")
        if place.place_id in (place.parent, *place.members):
            yield Problem(*at, "parent", "the place lies in itself", "another place")


def check_positions(dataset: Dataset) -> Iterator[Problem]:
    """What is drawn has a position on the map; a position and a label's have all of their parts."""
    for line, place in enumerate(dataset.places, FIRST_ROW):
        at = ("places.csv", line)
        if (place.lon is None) != (place.lat is None):
            yield Problem(*at, "lon", "half a position", "lon and lat, or neither")
        if place.kind in DRAWN and place.lon is None:
            yield Problem(*at, "lon", "no position", f"one, as for every {place.kind}")
        if place.kind in DRAWN and place.lon is not None and place.lat is not None:
            if frames(place.lat, place.lon):
                yield Problem(*at, "lon", f"{place.lon}, {place.lat}", "longitude and latitude the other way round")
            elif not frames(place.lon, place.lat):
                frame = "longitude {0} to {2}, latitude {1} to {3}".format(*FRAME)
                yield Problem(*at, "lon", f"{place.lon}, {place.lat}", f"a position on the map: {frame}")
        label = (place.label_lon, place.label_lat, place.label_align)
        if None in label and label != (None, None, None):
            yield Problem(*at, "label_lon", "part of a label's position", "label_lon, label_lat and label_align")


def check_routes(dataset: Dataset) -> Iterator[Problem]:
    """A route runs from one origin to one destination without a gap, and belongs to a market."""
    for line, route in enumerate(dataset.routes, FIRST_ROW):
        topic = dataset.topic.get(route.market)
        if topic and topic.kind is not TopicKind.MARKET:
            yield Problem("routes.csv", line, "market", f"{route.market!r} is no market", "a market's id")
        if route.path and route.path not in FOLLOWED_PATHS:
            expected = f"blank or one of {', '.join(sorted(FOLLOWED_PATHS))}"
            yield Problem("routes.csv", line, "path", repr(route.path), expected)
        if route.route_id not in dataset.points_of:
            yield Problem("routes.csv", line, "route_id", "the route has no points", "an origin and a destination")
    lines: dict[str, int] = {}
    for line, point in enumerate(dataset.route_points, FIRST_ROW):
        lines.setdefault(point.route_id, line)
    for route_id, points in dataset.points_of.items():
        roles = [point.role for point in points]
        at = ("route_points.csv", lines[route_id])
        if [point.seq for point in points] != list(range(1, len(points) + 1)):
            yield Problem(*at, "seq", f"{route_id}: {[point.seq for point in points]}", "1, 2, 3 … without a gap")
        if roles != [PointRole.ORIGIN, *[PointRole.VIA] * (len(roles) - 2), PointRole.DESTINATION]:
            found = f"{route_id}: {' → '.join(roles)}"
            yield Problem(*at, "role", found, "one origin, then via, then one destination")


def check_ties(dataset: Dataset) -> Iterator[Problem]:
    """A tie joins two actors of its statement, each pair in one order, in one of the statement's markets."""
    for line, tie in enumerate(dataset.ties, FIRST_ROW):
        if tie.actor_a >= tie.actor_b:
            expected = "two actors, the first by id as actor_a"
            yield Problem("ties.csv", line, "actor_b", f"{tie.actor_a} and {tie.actor_b}", expected)
        statement = dataset.statement.get(tie.statement_id)
        if statement is None:
            continue
        for column, actor in (("actor_a", tie.actor_a), ("actor_b", tie.actor_b)):
            if actor not in statement.actors:
                found = f"{actor!r} is no actor of {tie.statement_id}"
                yield Problem("ties.csv", line, column, found, "one of the statement's actors")
        if tie.market is not None and tie.market not in dataset.markets_of(statement):
            found = f"{tie.market!r} is no market of {tie.statement_id}"
            yield Problem("ties.csv", line, "market", found, "blank or one of the statement's markets")


def check_coverage(dataset: Dataset) -> Iterator[Problem]:
    """Every sentence stands in the package; a coded one has statements, another has none."""
    if len(dataset.sentences) != PROFILE_SENTENCES:
        found = f"{len(dataset.sentences)} sentences"
        yield Problem("sentences.csv", HEADER, "sentence_id", found, f"{PROFILE_SENTENCES}")
    ordinals: dict[str, list[tuple[int, int]]] = defaultdict(list)
    statements = Counter(statement.sentence_id for statement in dataset.statements)
    for line, sentence in enumerate(dataset.sentences, FIRST_ROW):
        ordinals[sentence.topic_id].append((sentence.ordinal, line))
        count = statements[sentence.sentence_id]
        if (sentence.coding is Coding.CODED) != bool(count):
            found, expected = f"{sentence.coding} with {count} statements", "coded, with statements, or neither"
            yield Problem("sentences.csv", line, "coding", found, expected)
        if (sentence.coding is Coding.CONTEXT) and not sentence.note:
            yield Problem("sentences.csv", line, "note", "no reason", "why the sentence asserts nothing to code")
    for topic, numbers in ordinals.items():
        for wanted, (ordinal, line) in enumerate(sorted(numbers), 1):
            if ordinal != wanted:
                found = f"{topic}: {shorten(str(ordinal))} after {wanted - 1}"
                yield Problem("sentences.csv", line, "ordinal", found, f"{wanted}, without a gap")
                break
    for line, one in enumerate(dataset.topics, FIRST_ROW):
        if one.topic_id not in ordinals:
            found = f"{one.topic_id} has no sentence"
            yield Problem("topics.csv", line, "topic_id", found, "each topic in sentences.csv")


def check_topics(dataset: Dataset) -> Iterator[Problem]:
    """The package has the Index's 15 markets, and no other."""
    found = {
        topic.topic_id: line for line, topic in enumerate(dataset.topics, FIRST_ROW) if topic.kind is TopicKind.MARKET
    }
    for market in MARKETS:
        if market not in found:
            found_none = f"the market {market} is missing"
            yield Problem("topics.csv", HEADER, "topic_id", found_none, "the Index's 15 markets")
    for market in found.keys() - set(MARKETS):
        yield Problem("topics.csv", found[market], "kind", f"{market!r} is no market", "one of the Index's 15")


def check_scores(dataset: Dataset) -> Iterator[Problem]:
    """A score belongs to a topic or to one of the Index's sums."""
    for line, score in enumerate(dataset.scores, FIRST_ROW):
        if score.topic_id not in dataset.topic and score.topic_id not in SUMS:
            yield Problem("scores.csv", line, "topic_id", repr(score.topic_id), "a topic or one of the Index's sums")
