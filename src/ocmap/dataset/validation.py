"""Validate the tables as a whole: keys, references, ids, languages, places, routes, coverage.

Each ``check_`` function yields `Problem`s and never raises.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.fields import Record, Ref
from ocmap.dataset.reader import FIRST_ROW, HEADER
from ocmap.dataset.schema import (
    AGGREGATES,
    MARKETS,
    POSITIONED_KINDS,
    Coding,
    Group,
    PlaceKind,
    PointBasis,
    PointRole,
    Role,
    Route,
    RoutePoint,
    ScoreStatus,
    TopicKind,
)
from ocmap.dataset.settings import is_in
from ocmap.dataset.tables import TABLES, TableSchema
from ocmap.dataset.text_files import shorten

LETTER, NUMBER = re.compile(r"-[a-z]"), re.compile(r"-r\d+")  # the endings of a statement's and of a route's id
POINT_ROLES = {
    PointRole.ORIGIN: Role.ORIGIN,
    PointRole.VIA: Role.TRANSIT,
    PointRole.DESTINATION: Role.DESTINATION,
}
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


def check_dataset(dataset: Dataset) -> list[Problem]:
    """Return all faults of the package, in the order of files and lines."""
    checks = (
        check_keys,
        check_references,
        check_ids,
        check_languages,
        check_places,
        check_positions,
        check_routes,
        check_route_points,
        check_ties,
        check_topics,
        check_coverage,
        check_scores,
        check_settings,
    )
    return sorted({problem for check in checks for problem in check(dataset)})


def _numbered(dataset: Dataset, name: str) -> Iterator[tuple[int, Record]]:
    """Yield a table's line numbers and records."""
    yield from enumerate(getattr(dataset, name), FIRST_ROW)


def _key(record: Record, table: TableSchema) -> tuple[str | int, ...]:
    return tuple(getattr(record, field) for field in table.key)


def check_keys(dataset: Dataset) -> Iterator[Problem]:
    """Keys are unique, and each table is sorted by them, so that two versions can be compared line by line."""
    for name, table in TABLES.items():
        column, previous = table.key[0], None
        lines: dict[tuple[str | int, ...], int] = {}
        for line, record in _numbered(dataset, name):
            key = _key(record, table)
            text = " ".join(map(str, key))
            if key in lines:
                yield Problem(table.file, line, column, f"{text} is also on line {lines[key]}", "each key once")
            elif previous is not None and key < previous:
                found = f"{text} is after {' '.join(map(str, previous))}"
                yield Problem(table.file, line, column, found, f"rows sorted by {', '.join(table.key)}")
            lines.setdefault(key, line)
            previous = key


def check_references(dataset: Dataset) -> Iterator[Problem]:
    """Each id that refers to another table exists there, and no list has an id twice."""
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
                for unknown in (i for i in ids if i not in known[ref.table] and not (ref.groups and i in groups)):
                    expected = f"an id of {TABLES[ref.table].file}"
                    yield Problem(table.file, line, field, f"{unknown!r} does not exist", expected)
                for duplicate in _duplicates(ids):
                    yield Problem(table.file, line, field, f"duplicate {duplicate!r}", "each id once")


def _duplicates(ids: Sequence[str]) -> list[str]:
    if len(set(ids)) == len(ids):  # nearly always, and much faster than counting
        return []
    return [duplicate for duplicate, count in Counter(ids).items() if count > 1]


def check_ids(dataset: Dataset) -> Iterator[Problem]:
    """An id begins with the id of the sentence or topic to which the record belongs."""
    for line, sentence in enumerate(dataset.sentences, FIRST_ROW):
        expected = f"{sentence.topic_id}.{sentence.ordinal}"
        if sentence.sentence_id != expected:
            yield Problem("sentences.csv", line, "sentence_id", repr(sentence.sentence_id), expected)
    for line, statement in enumerate(dataset.statements, FIRST_ROW):
        if not _is_part(statement.statement_id, statement.sentence_id, LETTER):
            expected = f"{statement.sentence_id}- and a letter"
            yield Problem("statements.csv", line, "statement_id", repr(statement.statement_id), expected)
    for line, route in enumerate(dataset.routes, FIRST_ROW):
        asserting = dataset.statement.get(route.statement_id)
        if asserting and not _is_part(route.route_id, asserting.sentence_id, NUMBER):
            expected = f"{asserting.sentence_id}-r and a number"
            yield Problem("routes.csv", line, "route_id", repr(route.route_id), expected)


def _is_part(part: str, whole: str, ending: re.Pattern[str]) -> bool:
    """Return whether an id is the id of the whole followed by an ending."""
    return part.startswith(whole) and ending.fullmatch(part, len(whole)) is not None


def check_languages(dataset: Dataset) -> Iterator[Problem]:
    """The texts in both languages are different."""
    for line, statement in enumerate(dataset.statements, FIRST_ROW):
        if statement.text_en == statement.text_es:
            yield Problem("statements.csv", line, "text_es", "the same as text_en", "the text in Spanish")
    for line, topic in enumerate(dataset.topics, FIRST_ROW):
        if topic.definition_en == topic.definition_es:
            yield Problem("topics.csv", line, "definition_es", "the same as definition_en", "the definition in Spanish")


def check_places(dataset: Dataset) -> Iterator[Problem]:
    """Parents and members have the right kind, members have a reason, and no place contains itself."""
    for line, place in enumerate(dataset.places, FIRST_ROW):
        at = ("places.csv", line)
        parent = dataset.place.get(place.parent or "")
        if place.kind in PARENT_KINDS and (parent is None or parent.kind not in PARENT_KINDS[place.kind]):
            kinds = " or ".join(sorted(PARENT_KINDS[place.kind]))
            yield Problem(*at, "parent", f"a {place.kind} in {place.parent or 'no place'}", f"a {kinds} as parent")
        if (place.kind is PlaceKind.CORRIDOR) is not (place.country is not None):
            expected = "the neighbouring country of a corridor, and none for any other place"
            yield Problem(*at, "country", place.country or "none", expected)
        if not re.fullmatch(dataset.settings.country.code_pattern, place.ubigeo):
            expected = f"a code of the form {dataset.settings.country.code_pattern}"
            yield Problem(*at, "ubigeo", repr(place.ubigeo), expected)
        if place.kind in MEMBER_KINDS:
            kinds = " and ".join(sorted(MEMBER_KINDS[place.kind]))
            members = [dataset.place[member] for member in place.members if member in dataset.place]
            if not members or any(member.kind not in MEMBER_KINDS[place.kind] for member in members):
                yield Problem(*at, "members", f"{';'.join(place.members) or 'none'}", f"members of kind {kinds}")
            if not place.note:
                yield Problem(*at, "note", "no note on the members", "why these are its members")
        if place.place_id in (place.parent, *place.members):
            yield Problem(*at, "parent", "the place contains itself", "another place")


def check_positions(dataset: Dataset) -> Iterator[Problem]:
    """Places on the map have a position inside its frame; positions of places and labels are complete."""
    frame = dataset.settings.map.frame
    for line, place in enumerate(dataset.places, FIRST_ROW):
        at = ("places.csv", line)
        if (place.lon is None) != (place.lat is None):
            yield Problem(*at, "lon", "only one of lon and lat is set", "both or neither")
        if place.kind in POSITIONED_KINDS and place.lon is None:
            yield Problem(*at, "lon", "no position", f"a position, as for every {place.kind}")
        known = place.kind in POSITIONED_KINDS and place.lon is not None and place.lat is not None
        if known and not is_in(frame, lon := place.lon or 0.0, lat := place.lat or 0.0):
            extent = "longitude {0} to {2}, latitude {1} to {3}".format(*frame)
            expected = "longitude before latitude" if is_in(frame, lat, lon) else f"a position on the map: {extent}"
            yield Problem(*at, "lon", f"{lon}, {lat}", expected)
        label = (place.label_lon, place.label_lat, place.label_align)
        if None in label and label != (None, None, None):
            yield Problem(*at, "label_lon", "incomplete position of the label", "label_lon, label_lat and label_align")


def check_routes(dataset: Dataset) -> Iterator[Problem]:
    """A route has a market or none, follows a known path, and has points."""
    paths = dataset.settings.map.paths
    for line, route in enumerate(dataset.routes, FIRST_ROW):
        topic = dataset.topic.get(route.market or "")
        if topic and topic.kind is not TopicKind.MARKET:
            yield Problem("routes.csv", line, "market", f"{route.market!r} is not a market", "the id of a market")
        if route.path and route.path not in paths:
            expected = f"blank or one of {', '.join(sorted(paths))}"
            yield Problem("routes.csv", line, "path", repr(route.path), expected)
        if route.route_id not in dataset.points_of:
            yield Problem("routes.csv", line, "route_id", "no points", "an origin or a destination")


def check_route_points(dataset: Dataset) -> Iterator[Problem]:
    """Points lead from an origin to a destination, one of which may be open; those named are in the statement."""
    lines: dict[str, int] = {}
    for line, point in enumerate(dataset.route_points, FIRST_ROW):
        lines.setdefault(point.route_id, line)
        if route := dataset.route.get(point.route_id):
            yield from _check_basis(dataset, route, point, line)
    for route_id, points in dataset.points_of.items():
        roles = [point.role for point in points]
        at = ("route_points.csv", lines[route_id])
        if [point.seq for point in points] != list(range(1, len(points) + 1)):
            yield Problem(*at, "seq", f"{route_id}: {[point.seq for point in points]}", "1, 2, 3 … without a gap")
        start, end = roles.count(PointRole.ORIGIN), roles.count(PointRole.DESTINATION)
        if start + end == 0 or roles != sorted(roles, key=list(PointRole).index) or start > 1 or end > 1:
            found = f"{route_id}: {' → '.join(roles)}"
            yield Problem(*at, "role", found, "one origin, then via, then one destination; one of the two can be open")


def _check_basis(dataset: Dataset, route: Route, point: RoutePoint, line: int) -> Iterator[Problem]:
    """A point is named if the statement has the place in the same role, and inferred otherwise."""
    rows = dataset.places_of.get(route.statement_id, ())
    named = (point.place_id, POINT_ROLES[point.role]) in {(row.place_id, row.role) for row in rows}
    expected = PointBasis.NAMED if named else PointBasis.INFERRED
    if point.basis is not expected:
        found = f"{point.route_id}: {point.place_id} as {point.role} is {point.basis}"
        how = "names" if named else "does not name"
        yield Problem(
            "route_points.csv", line, "basis", found, f"{expected}: {route.statement_id} {how} it in this role"
        )


def check_ties(dataset: Dataset) -> Iterator[Problem]:
    """A tie joins two actors of its statement, in the order of ids, in one of the statement's markets."""
    for line, tie in enumerate(dataset.ties, FIRST_ROW):
        if tie.actor_a >= tie.actor_b:
            expected = "two actors, the first by id as actor_a"
            yield Problem("ties.csv", line, "actor_b", f"{tie.actor_a} and {tie.actor_b}", expected)
        statement = dataset.statement.get(tie.statement_id)
        if statement is None:
            continue
        for column, actor in (("actor_a", tie.actor_a), ("actor_b", tie.actor_b)):
            if actor not in statement.actors:
                found = f"{actor!r} is not an actor of {tie.statement_id}"
                yield Problem("ties.csv", line, column, found, "one of the statement's actors")
        if tie.market is not None and tie.market not in dataset.markets_of(statement):
            found = f"{tie.market!r} is not a market of {tie.statement_id}"
            yield Problem("ties.csv", line, "market", found, "blank or one of the statement's markets")


def check_coverage(dataset: Dataset) -> Iterator[Problem]:
    """All sentences are in the package if their number is known, and exactly the coded ones have statements."""
    expected_number = dataset.settings.source.sentences
    if expected_number and len(dataset.sentences) != expected_number:
        found = f"{len(dataset.sentences)} sentences"
        yield Problem(
            "sentences.csv", HEADER, "sentence_id", found, f"{expected_number} sentences, as profile.toml has it"
        )
    ordinals: dict[str, list[tuple[int, int]]] = defaultdict(list)
    statements = Counter(statement.sentence_id for statement in dataset.statements)
    for line, sentence in enumerate(dataset.sentences, FIRST_ROW):
        ordinals[sentence.topic_id].append((sentence.ordinal, line))
        count = statements[sentence.sentence_id]
        if (sentence.coding is Coding.CODED) != bool(count):
            found, expected = (
                f"coding is {sentence.coding}, statements: {count}",
                "statements if coded, none otherwise",
            )
            yield Problem("sentences.csv", line, "coding", found, expected)
        if (sentence.coding is Coding.CONTEXT) and not sentence.note:
            yield Problem("sentences.csv", line, "note", "no note", "why the sentence asserts nothing to code")
    for topic_id, numbers in ordinals.items():
        for expected_ordinal, (ordinal, line) in enumerate(sorted(numbers), 1):
            if ordinal != expected_ordinal:
                found = f"{topic_id}: {shorten(str(ordinal))} after {expected_ordinal - 1}"
                yield Problem("sentences.csv", line, "ordinal", found, f"{expected_ordinal}, without a gap")
                break
    for line, topic in enumerate(dataset.topics, FIRST_ROW):
        if expected_number and topic.topic_id not in ordinals:
            found = f"{topic.topic_id} has no sentence"
            yield Problem("topics.csv", line, "topic_id", found, "each topic in sentences.csv")


def check_topics(dataset: Dataset) -> Iterator[Problem]:
    """The markets are the Index's 15."""
    lines = {
        topic.topic_id: line for line, topic in enumerate(dataset.topics, FIRST_ROW) if topic.kind is TopicKind.MARKET
    }
    for market in set(MARKETS) - lines.keys():
        yield Problem("topics.csv", HEADER, "topic_id", f"market {market} missing", "the Index's 15 markets")
    for market in lines.keys() - set(MARKETS):
        yield Problem(
            "topics.csv", lines[market], "kind", f"{market!r} is not a market", "one of the Index's 15 markets"
        )


def check_scores(dataset: Dataset) -> Iterator[Problem]:
    """A score belongs to a topic or is one of the Index's aggregates, and is there if it is known."""
    for line, score in enumerate(dataset.scores, FIRST_ROW):
        if (score.score is None) is (score.status is ScoreStatus.KNOWN):
            found = f"{score.status} with {'no score' if score.score is None else score.score}"
            yield Problem("scores.csv", line, "status", found, "a score if it is known, and none otherwise")
        if score.topic_id not in dataset.topic and score.topic_id not in AGGREGATES:
            yield Problem(
                "scores.csv", line, "topic_id", repr(score.topic_id), "a topic or one of the Index's aggregates"
            )


def check_settings(dataset: Dataset) -> Iterator[Problem]:
    """The ids in profile.toml exist, and its country, with as many regions, is in places.csv."""
    settings = dataset.settings
    kinds = Counter(place.kind for place in dataset.places)
    place = dataset.place.get(settings.country.id)
    if place is None or place.kind is not PlaceKind.COUNTRY:
        yield settings.problem("country.id", repr(settings.country.id), "a country of places.csv")
    if kinds[PlaceKind.REGION] != settings.country.regions:
        expected = f"{kinds[PlaceKind.REGION]}, as in places.csv"
        yield settings.problem("country.regions", str(settings.country.regions), expected)
    references = {
        "start.example": (settings.start.example,),
        "inset.places": settings.inset.places if settings.inset else (),
        **{f"place_notes.{one}": (one,) for one in settings.place_notes},
        **{f"compare.suggested.{n}.places": one.places for n, one in enumerate(settings.compare.suggested)},
    }
    for key, ids in references.items():
        for unknown in (one for one in ids if one not in dataset.place):
            yield settings.problem(key, f"{unknown!r} does not exist", "an id of places.csv")
