"""Each check finds its fault at the right position; the shipped package has no fault."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from ocmap.dataset import validation
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.fields import Record
from ocmap.dataset.schema import Coding, PointBasis, PointRole, TopicKind
from ocmap.dataset.tables import TABLES
from ocmap.dataset.validation import check_dataset

Check = Callable[[Dataset], Iterator[Problem]]
Change = Callable[[Dataset], Dataset]


def records(dataset: Dataset, table: str) -> tuple[Record, ...]:
    rows: tuple[Record, ...] = getattr(dataset, table)
    return rows


def with_rows(dataset: Dataset, table: str, rows: Iterable[Record]) -> Dataset:
    """Return the data package with other rows in a table."""
    changes: dict[str, Any] = {table: tuple(rows)}
    return replace(dataset, **changes)


def at(dataset: Dataset, table: str, key: str) -> int:
    """Return the index of a record by its key; the parts of a key are joined by spaces."""
    names = TABLES[table].key
    keys = [" ".join(str(getattr(record, name)) for name in names) for record in records(dataset, table)]
    return keys.index(key)


def line(dataset: Dataset, table: str, key: str) -> int:
    return at(dataset, table, key) + 2


def set_to(table: str, key: str, **values: Any) -> Change:
    """Return a change of one record's fields."""

    def change(dataset: Dataset) -> Dataset:
        rows = list(records(dataset, table))
        i = at(dataset, table, key)
        rows[i] = rows[i].model_copy(update=values)
        return with_rows(dataset, table, rows)

    return change


def having(section: str, **values: Any) -> Change:
    """Return a change of values in a section of ``profile.toml``."""

    def change(dataset: Dataset) -> Dataset:
        changed = getattr(dataset.settings, section).model_copy(update=values)
        return replace(dataset, settings=dataset.settings.model_copy(update={section: changed}))

    return change


def without(table: str, key: str) -> Change:
    """Return a change that removes one record."""

    def change(dataset: Dataset) -> Dataset:
        i = at(dataset, table, key)
        return with_rows(dataset, table, records(dataset, table)[:i] + records(dataset, table)[i + 1 :])

    return change


def duplicated(table: str, key: str) -> Change:
    def change(dataset: Dataset) -> Dataset:
        i = at(dataset, table, key)
        return with_rows(dataset, table, records(dataset, table)[: i + 1] + records(dataset, table)[i:])

    return change


def swapped(table: str, key: str) -> Change:
    """Return a change that swaps a record with the next one."""

    def change(dataset: Dataset) -> Dataset:
        rows = list(records(dataset, table))
        i = at(dataset, table, key)
        rows[i], rows[i + 1] = rows[i + 1], rows[i]
        return with_rows(dataset, table, rows)

    return change


def test_the_shipped_package_has_no_fault(dataset: Dataset) -> None:
    assert check_dataset(dataset) == []


TIE = "extortion.3-a foreign-groups local-groups"
CASES: list[tuple[Check, Change, str]] = [
    (validation.check_keys, duplicated("actors", "officials"), "actor_id: officials is also on line"),
    (validation.check_keys, duplicated("route_points", "arms.1-r1 2"), "route_id: arms.1-r1 2 is also on line"),
    (
        validation.check_keys,
        duplicated("scores", "aml 2021"),
        "topic_id: aml 2021 is also on line 2, expected each",
    ),
    (
        validation.check_keys,
        swapped("places", "PE-AMA"),
        "place_id: PE-AMA is after PE-ANC, expected rows sorted by pl",
    ),
    (
        validation.check_keys,
        swapped("statement_places", "arms.1-a CO destination"),
        "arms.1-a CO destination is after",
    ),
    (
        validation.check_references,
        set_to("statements", "arms.3-a", actors=("nobody",)),
        "actors: 'nobody' does not exist, expected an id of actors.csv",
    ),
    (
        validation.check_references,
        set_to("statements", "arms.3-a", markets=("gold",)),
        "markets: 'gold' does not exist, expected an id of topics.csv",
    ),
    (
        validation.check_references,
        set_to("statements", "arms.5-a", indicators=("drugs",)),
        "indicators: 'drugs' does not",
    ),
    (
        validation.check_references,
        set_to("statements", "arms.1-a", sentence_id="arms.99"),
        "sentence_id: 'arms.99' does",
    ),
    (validation.check_references, set_to("sentences", "arms.1", topic_id="gold"), "topic_id: 'gold' does not exist"),
    (validation.check_references, set_to("places", "la-pampa", parent="PE-XXX"), "parent: 'PE-XXX' does not exist"),
    (validation.check_references, set_to("places", "north", members=("PE-XXX",)), "members: 'PE-XXX' does not exist"),
    (validation.check_references, set_to("actors", "officials", countries=("XX",)), "countries: 'XX' does not exist"),
    (validation.check_references, set_to("actors", "officials", topic_id="gold"), "topic_id: 'gold' does not exist"),
    (
        validation.check_references,
        set_to("routes", "arms.1-r1", statement_id="arms.1-z"),
        "statement_id: 'arms.1-z' does",
    ),
    (
        validation.check_references,
        set_to("route_points", "arms.1-r1 2", place_id="XX"),
        "place_id: 'XX' does not exist",
    ),
    (
        validation.check_references,
        set_to("statement_places", "arms.1-a CO destination", place_id="XX"),
        "place_id: 'XX' does not exist, expected an id of places.csv",
    ),
    (
        validation.check_references,
        set_to("statements", "arms.3-a", actors=("officials", "officials")),
        "actors: duplicate 'officials', expected each id once",
    ),
    (validation.check_ids, set_to("sentences", "arms.2", ordinal=3), "sentence_id: 'arms.2', expected arms.3"),
    (
        validation.check_ids,
        set_to("statements", "arms.2-a", sentence_id="arms.3"),
        "statement_id: 'arms.2-a', expected arms.3- and a letter",
    ),
    (
        validation.check_ids,
        set_to("routes", "arms.2-r1", statement_id="arms.1-a"),
        "route_id: 'arms.2-r1', expected arms.1-r and a number",
    ),
    (
        validation.check_languages,
        lambda dataset: set_to("statements", "arms.2-a", text_es=dataset.statement["arms.2-a"].text_en)(dataset),
        "text_es: the same as text_en, expected the text in Spanish",
    ),
    (
        validation.check_languages,
        lambda dataset: set_to("topics", "arms", definition_en=dataset.topic["arms"].definition_es)(dataset),
        "definition_es: the same as definition_en",
    ),
    (
        validation.check_places,
        set_to("places", "la-pampa", parent=None),
        "parent: a site in no place, expected a region",
    ),
    (validation.check_places, set_to("places", "la-pampa", parent="PE"), "parent: a site in PE, expected a region"),
    (
        validation.check_places,
        set_to("places", "PE-MDD", parent="BO-X"),
        "parent: a region in BO-X, expected a country",
    ),
    (
        validation.check_places,
        set_to("places", "border-BO", parent=None),
        "parent: a corridor in no place, expected a coun",
    ),
    (validation.check_places, set_to("places", "panamericana-sur", note=""), "note: no note on the members"),
    (validation.check_places, set_to("places", "amazon", note=""), "note: no note on the members"),
    (validation.check_places, set_to("places", "north", members=()), "members: none, expected members of kind region"),
    (
        validation.check_places,
        set_to("places", "amazon", members=("PE-LOR", "border-BR")),
        "members: PE-LOR;border-BR, expected members of kind region",
    ),
    (
        validation.check_places,
        set_to("places", "borders", members=("PE-LOR",)),
        "members: PE-LOR, expected members of kind corridor",
    ),
    (validation.check_places, set_to("places", "asia", parent="asia"), "parent: the place contains itself"),
    (
        validation.check_positions,
        set_to("places", "gamarra", lon=-12.0, lat=-77.0),
        "lon: -12.0, -77.0, expected longitude before latitude",
    ),
    (
        validation.check_positions,
        set_to("places", "PE-LMA", lon=77.0),
        "expected a position on the map: longitude -84.5 to -64.5, latitude -21.0 to 3.0",
    ),
    (
        validation.check_positions,
        set_to("places", "gamarra", lat=None),
        "lon: only one of lon and lat is set, expected both",
    ),
    (
        validation.check_positions,
        set_to("places", "gamarra", lon=None, lat=None),
        "lon: no position, expected a position, as for",
    ),
    (
        validation.check_positions,
        set_to("places", "PE-ICA", label_align=None),
        "label_lon: incomplete position of the label",
    ),
    (validation.check_routes, set_to("routes", "arms.1-r1", market="foreign"), "market: 'foreign' is not a market"),
    (
        validation.check_routes,
        set_to("routes", "arms.1-r1", path="nowhere"),
        "path: 'nowhere', expected blank or one of",
    ),
    (
        validation.check_routes,
        lambda dataset: without("route_points", "arms.1-r1 1")(without("route_points", "arms.1-r1 2")(dataset)),
        "route_id: no points, expected an origin or a destination",
    ),
    (
        validation.check_route_points,
        set_to("route_points", "arms.1-r1 2", seq=3),
        "seq: arms.1-r1: [1, 3], expected 1, 2, 3",
    ),
    (
        validation.check_route_points,
        set_to("route_points", "arms.2-r1 2", role=PointRole.DESTINATION),
        "role: arms.2-r1: origin → destination → destination, expected one origin, then via, then one",
    ),
    (
        validation.check_route_points,
        without("route_points", "excisable.2-r1 2"),
        "role: excisable.2-r1: via, expected one origin, then",
    ),
    (
        validation.check_route_points,
        set_to("route_points", "arms.1-r1 2", basis=PointBasis.INFERRED),
        "basis: arms.1-r1: europe as destination is inferred, expected named: arms.1-a names it in this role",
    ),
    (
        validation.check_route_points,
        set_to("route_points", "flora.2-r1 1", basis=PointBasis.NAMED),
        "basis: flora.2-r1: PE as origin is named, expected inferred: flora.2-b does not name it in this role",
    ),
    (
        validation.check_scores,
        set_to("scores", "aml 2021", score=None),
        "status: known with no score, expected a score if it is known",
    ),
    (
        validation.check_scores,
        set_to("scores", "aml 2025", score=5.0),
        "status: unknown with 5.0, expected a score if it is known",
    ),
    (validation.check_coverage, without("sentences", "aml.5"), "1:sentence_id: 171 sentences, expected 172 sentences"),
    (validation.check_coverage, without("sentences", "arms.2"), "ordinal: arms: 3 after 1, expected 2, without a gap"),
    (
        validation.check_coverage,
        set_to("sentences", "victim_support.1", coding=Coding.CODED),  # the only sentence that is context
        "coding: coding is coded, statements: 0, expected statements if coded, none otherwise",
    ),
    (
        validation.check_coverage,
        set_to("sentences", "arms.1", coding=Coding.PENDING),
        "coding: coding is pending, statements: 1, expected statements if coded, none otherwise",
    ),
    (
        validation.check_coverage,
        set_to("sentences", "aml.1", coding=Coding.CONTEXT),
        "note: no note, expected why the",
    ),
    (
        validation.check_coverage,
        lambda dataset: replace(
            dataset, sentences=tuple(sentence for sentence in dataset.sentences if sentence.topic_id != "cyber")
        ),
        "topic_id: cyber has no sentence, expected each topic in sentences.csv",
    ),
    (
        validation.check_topics,
        without("topics", "arms"),
        "topic_id: market arms missing, expected the Index's 15",
    ),
    (
        validation.check_topics,
        set_to("topics", "aml", kind=TopicKind.MARKET),
        "kind: 'aml' is not a market, expected one of",
    ),
    (
        validation.check_scores,
        set_to("scores", "aml 2021", topic_id="gold"),
        "topic_id: 'gold', expected a topic or one",
    ),
    (
        validation.check_ties,
        set_to("ties", f"{TIE} against", actor_a="local-groups", actor_b="foreign-groups"),
        "actor_b: local-groups and foreign-groups, expected two actors, the first by id as actor_a",
    ),
    (
        validation.check_ties,
        set_to("ties", f"{TIE} against", actor_b="officials"),
        "actor_b: 'officials' is not an actor of",
    ),
    (
        validation.check_ties,
        set_to("ties", f"{TIE} against", market="cyber"),
        "market: 'cyber' is not a market of extortion.",
    ),
    (
        validation.check_places,
        set_to("places", "border-BO", country=None),
        "country: none, expected the neighbouring country of a corridor",
    ),
    (validation.check_places, set_to("places", "PE-PUN", country="BO"), "country: BO, expected the neighbouring"),
    (validation.check_places, set_to("places", "PE-PUN", ubigeo="1"), "ubigeo: '1', expected a code of the form"),
    (validation.check_settings, having("country", id="PE-PUN"), "'PE-PUN', expected a country of places.csv"),
    (validation.check_settings, having("country", regions=25), "25, expected 26, as in places.csv"),
    (validation.check_settings, having("start", example="nowhere"), "'nowhere' does not exist, expected an id of"),
    (validation.check_settings, having("inset", places=("nowhere",)), "'nowhere' does not exist, expected an id of"),
]


@pytest.mark.parametrize(("check", "change", "fault"), CASES, ids=[f"{case[0].__name__}-{case[2]}" for case in CASES])
def test_a_check_finds_its_fault(dataset: Dataset, check: Check, change: Change, fault: str) -> None:
    assert any(fault in str(problem) for problem in check(change(dataset)))


@pytest.mark.parametrize(("check", "change", "fault"), CASES, ids=[f"{case[0].__name__}-{case[2]}" for case in CASES])
def test_the_validation_includes_every_check(dataset: Dataset, check: Check, change: Change, fault: str) -> None:
    broken = change(dataset)
    assert fault
    assert set(check_dataset(broken)) >= set(check(broken))


def test_every_check_has_a_case() -> None:
    every = {name for name in vars(validation) if name.startswith("check_")} - {"check_dataset"}
    assert {case[0].__name__ for case in CASES} == every


@pytest.mark.parametrize(
    ("change", "file", "table", "key"),
    [
        (set_to("places", "la-pampa", parent=None), "places.csv", "places", "la-pampa"),
        (set_to("statements", "heroin.1-a", actors=("x",)), "statements.csv", "statements", "heroin.1-a"),
        (set_to("routes", "heroin.1-r2", market="foreign"), "routes.csv", "routes", "heroin.1-r2"),
        (set_to("scores", "aml 2023", topic_id="gold"), "scores.csv", "scores", "aml 2023"),
        (set_to("sentences", "arms.4", ordinal=9), "sentences.csv", "sentences", "arms.4"),
    ],
    ids=["places", "statements", "routes", "scores", "sentences"],
)
def test_a_fault_has_its_line(dataset: Dataset, change: Change, file: str, table: str, key: str) -> None:
    assert (file, line(dataset, table, key)) in {
        (problem.file, problem.line) for problem in check_dataset(change(dataset))
    }


def test_faults_of_several_tables_are_reported_together(dataset: Dataset) -> None:
    broken = set_to("actors", "officials", topic_id="gold")(dataset)
    broken = set_to("places", "la-pampa", parent=None)(broken)
    broken = set_to("scores", "aml 2021", topic_id="gold")(broken)
    assert {problem.file for problem in check_dataset(broken)} == {"actors.csv", "places.csv", "scores.csv"}


def test_sentences_can_be_listed_step_by_step_while_their_number_is_not_given(dataset: Dataset) -> None:
    listed = tuple(one for one in dataset.sentences if one.topic_id == "aml")
    partial = having("source", sentences=0)(with_rows(dataset, "sentences", listed))
    assert list(validation.check_coverage(partial)) == []
    assert list(validation.check_coverage(having("source", sentences=172)(partial)))


def test_a_group_is_a_market_of_a_statement_but_not_of_a_route(dataset: Dataset) -> None:
    broken = set_to("routes", "arms.1-r1", market="drugs")(dataset)
    assert any("'drugs' does not exist" in str(problem) for problem in validation.check_references(broken))


@pytest.mark.parametrize("table", TABLES)
def test_no_check_raises_if_a_whole_table_is_empty(dataset: Dataset, table: str) -> None:
    problems = check_dataset(with_rows(dataset, table, ()))
    may_be_empty = table in {"ties", "scores"} or TABLES[table].folder == "coding"
    assert bool(problems) is not may_be_empty
