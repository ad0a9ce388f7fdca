"""Indexes and other shortcuts give the same results as a full scan, on a package ten times as large."""

import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.grown_package import grown_package

from ocmap.analysis.filters import DIRECT, INDIRECT, FilteredEvidence, Filters, apply_filters, routes_at
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.routes import RouteSummary
from ocmap.analysis.summaries import statements_naming, statements_of_place
from ocmap.dataset import validation
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import MAPPED_KINDS, Basis, PlaceKind
from ocmap.dataset.validation import check_dataset
from ocmap.geo.shapes import read_shapes
from ocmap.reliability import persons
from ocmap.reliability.persons import check_persons
from ocmap.reliability.rounds import check_coding
from ocmap.web.diagrams.route_diagram import RouteCurve, RouteDiagram, count_crossings

SMALL = (52, 40, 300)
FILES = 28


def test_a_grown_package_is_sound_and_has_the_requested_size(tmp_path: Path) -> None:
    package, again = grown_package(tmp_path / "one", SMALL), grown_package(tmp_path / "two", SMALL)
    dataset = read_dataset(package)
    shapes = read_shapes(package, dataset)
    assert [*check_dataset(dataset), *check_coding(dataset), *check_persons(dataset)] == []
    assert (len(shapes.regions), len(dataset.routes), len(dataset.statements)) == SMALL
    files = sorted(path.relative_to(package) for path in package.rglob("*.*"))
    assert len(files) == FILES
    assert [(package / one).read_bytes() for one in files] == [(again / one).read_bytes() for one in files]


def test_each_cell_of_a_grown_package_has_neighbours_and_some_touch_a_border(grown: CountryProfile) -> None:
    assert grown.neighbours.keys() == set(grown.shapes.regions.index)
    assert {one for own in grown.corridors_of.values() for one in own} == {
        place.place_id for place in grown.dataset.places if place.kind is PlaceKind.CORRIDOR
    }


def routes_at_plainly(dataset: Dataset, place_id: str) -> tuple[str, ...]:
    near = {place_id}
    for place in dataset.places:
        if place.kind in {PlaceKind.SITE, PlaceKind.ROAD} and place_id in (place.parent, *place.members):
            near.add(place.place_id)
    return tuple(sorted({point.route_id for point in dataset.route_points if point.place_id in near}))


def test_routes_of_each_place_equal_a_full_scan(grown: CountryProfile) -> None:
    dataset = grown.dataset
    found = {one: routes_at(dataset, one) for one in dataset.place}
    assert found == {one: routes_at_plainly(dataset, one) for one in dataset.place}
    assert sum(map(len, found.values())) > len(dataset.routes)


@pytest.fixture(
    params=[Filters(), Filters(markets=("cocaine", "fauna")), Filters(basis=(Basis.LOCATED, Basis.AREA))], ids=str
)
def filtered(grown: CountryProfile, request: pytest.FixtureRequest) -> FilteredEvidence:
    return apply_filters(grown.dataset, grown.evidence, request.param)


def test_statements_of_each_place_equal_a_full_scan(grown: CountryProfile, filtered: FilteredEvidence) -> None:
    shown = {one for found in filtered.by_place.values() for one in found}
    assert filtered.statement_ids == shown
    others = [place for place in grown.dataset.places if place.kind not in MAPPED_KINDS and place.place_id != "PE"]
    for place in others:
        assert list(statements_of_place(grown.dataset, filtered, place)) == [
            one for one in statements_naming(grown.dataset, place) if one in shown
        ]


def count_plainly(filtered: FilteredEvidence, place_id: str, *bases: Basis) -> int:
    return sum(basis in bases and one not in filtered.without_market for one, basis in filtered.of(place_id).items())


def test_counts_of_each_place_equal_a_full_scan(grown: CountryProfile, filtered: FilteredEvidence) -> None:
    regions = list(grown.shapes.regions.index)
    assert [filtered.count_direct(one) for one in regions] == [count_plainly(filtered, one, *DIRECT) for one in regions]
    assert [filtered.indirect_basis(one) for one in regions] == [
        next((basis for basis in INDIRECT if count_plainly(filtered, one, basis)), None) for one in regions
    ]
    counts: Mapping[str, int] = dict(filtered.ranked_places)
    assert counts == {one: n for one in filtered.by_place if (n := count_plainly(filtered, one, *DIRECT))}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


Heights = st.lists(st.tuples(*[st.integers(0, 8)] * 3), max_size=12)


@given(Heights)
def test_crossings_equal_a_scan_of_every_pair(heights: list[tuple[int, int, int]]) -> None:
    route = RouteSummary._make([None] * len(RouteSummary._fields))._replace(origin="PE", destination="EC")
    diagram = RouteDiagram(0, (), (), (), tuple(RouteCurve(route, *own) for own in heights))
    pairs = [(one, two, end) for one, two in combinations(diagram.curves, 2) for end in ("start", "end")]
    assert count_crossings(diagram) == sum(
        (one.y - two.y) * (getattr(one, end) - getattr(two, end)) < 0 for one, two, end in pairs
    )


IDS = st.text(alphabet="ab.1-r\n", max_size=6)


@given(IDS, IDS)
def test_the_check_of_part_ids_equals_a_regular_expression(whole: str, ending: str) -> None:
    for part in (whole + ending, ending):
        for pattern in (validation.LETTER, validation.NUMBER):
            plain = re.fullmatch(re.escape(whole) + pattern.pattern, part)
            assert validation._is_part(part, whole, pattern) is (plain is not None)


@given(st.text(alphabet="Aaé’'s .:“1-_\n", max_size=14))
def test_words_are_split_as_by_a_scan_of_the_whole_text(text: str) -> None:
    plain: list[persons.Token] = []
    end = 0
    for match in persons.WORD.finditer(text):
        before = text[: match.start()].rstrip(persons.OPENS_QUOTE)
        opens = not before or before[-1] in persons.ENDS_SENTENCE
        word = re.sub(r"[’']s$", "", match.group())
        plain.append(persons.Token(word, opens, bool(plain) and not text[end : match.start()].strip()))
        end = match.end()
    assert persons._tokens(text) == tuple(plain)
