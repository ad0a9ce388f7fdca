"""Each route once, in words and in the drawing, with what is the source's told apart from what is ours."""

from itertools import pairwise

import pytest

from ocmap import i18n
from ocmap.analysis.filters import Evidence, Filters, apply_filters
from ocmap.analysis.routes import Node, Row, build_rows, count_crossings, count_hidden, count_markets, lay_out
from ocmap.analysis.summaries import Reader
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Hedge
from ocmap.i18n import Lang
from ocmap.web.diagrams.locator_map import build_sketches
from ocmap.web.map_data import CountryProfile


def rows_of(profile: CountryProfile, lang: Lang = "es", *routes: str) -> tuple[Row, ...]:
    return build_rows(Reader(profile.dataset, {}, lang), routes or profile.unfiltered.routes, profile.routes_with_line)


def row(profile: CountryProfile, route: str, lang: Lang = "es") -> Row:
    return rows_of(profile, lang, route)[0]


def test_each_route_has_one_row_by_market_in_the_index_order(profile: CountryProfile) -> None:
    rows = rows_of(profile)
    assert sorted(one.route_id for one in rows) == sorted(profile.dataset.route)
    assert len(rows) == 24
    assert list(dict.fromkeys(one.market_id for one in rows)) == [
        "human_smuggling",
        "arms",
        "excisable",
        "flora",
        "fauna",
        "heroin",
        "cocaine",
        "cannabis",
        "synthetic",
        "financial",
    ]
    for market in {one.market_id for one in rows}:
        same = [one.route_id for one in rows if one.market_id == market]
        assert same == sorted(same)


def test_a_route_that_the_map_draws_says_what_the_source_says(profile: CountryProfile) -> None:
    found = row(profile, "cannabis.3-r1")
    assert (found.market, found.group, found.goods) == ("Cannabis", "drugs", "cannabis")
    assert (found.origins, found.via, found.destinations) == (("PE-LAL",), ("panamericana-sur",), ("CL",))
    assert [found.name(ids) for ids in (found.origins, found.via, found.destinations)] == [
        "La Libertad",
        "Panamericana Sur",
        "Chile",
    ]
    assert (found.mode, found.mode_said, found.hedge) == ("por carretera", True, Hedge.STATED)
    assert (found.hedge_word, found.drawn) == ("afirmado", True)
    assert found.locator == "Comercio de cannabis, oración 3"


def test_a_route_without_a_line_says_so_and_leaves_open_what_the_source_leaves_open(profile: CountryProfile) -> None:
    found = row(profile, "synthetic.2-r1", "en")
    assert (found.drawn, found.via, found.mode_said, found.mode) == (False, (), False, "means not stated")
    assert (found.hedge, found.hedge_word) == (Hedge.POTENTIAL, "potential")


def test_a_country_can_be_the_way(profile: CountryProfile) -> None:
    found = row(profile, "human_smuggling.1-r2")
    assert (found.name(found.origins), found.name(found.via), found.name(found.destinations)) == (
        "Caribe",
        "Perú",
        "Brasil",
    )


def test_totals_add_up_to_the_rows(profile: CountryProfile) -> None:
    totals = count_markets(rows_of(profile))
    assert (sum(one.n for one in totals), sum(one.drawn for one in totals)) == (24, 5)
    assert {one.market_id: (one.n, one.drawn) for one in totals}["cocaine"] == (7, 1)


def test_a_filter_leaves_its_routes_and_says_how_many_it_hides(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    filters = Filters(markets=("arms",))
    shown = apply_filters(profile.dataset, evidence, filters).routes
    rows = build_rows(Reader(profile.dataset, {}, "es"), shown, profile.routes_with_line)
    assert [one.route_id for one in rows] == ["arms.1-r1", "arms.1-r2", "arms.1-r3", "arms.2-r1"]
    assert [one.drawn for one in rows] == [False, False, False, True]
    assert count_hidden(Reader(profile.dataset, {}, "es"), filters) == (20, 0)


def test_the_filter_of_actors_is_counted_by_itself(profile: CountryProfile) -> None:
    reader = Reader(profile.dataset, {}, "es")
    naming = [
        one for one in profile.dataset.routes if "tren-de-aragua" in profile.dataset.statement[one.statement_id].actors
    ]
    assert count_hidden(reader, Filters(actors=("tren-de-aragua",))) == (0, 24 - len(naming))
    assert count_hidden(reader, Filters()) == (0, 0)


def test_without_routes_there_is_an_empty_drawing(profile: CountryProfile) -> None:
    assert build_rows(Reader(profile.dataset, {}, "es"), (), profile.routes_with_line) == ()
    empty = lay_out(())
    assert (empty.bands, empty.origins, empty.destinations, empty.links) == ((), (), (), ())


def test_each_route_is_one_line_between_its_own_two_bars(profile: CountryProfile) -> None:
    diagram = lay_out(rows_of(profile))
    assert sorted(one.row.route_id for one in diagram.links) == sorted(profile.dataset.route)
    for link in diagram.links:
        origin = next(one for one in diagram.origins if one.place_id == link.row.origins[0])
        destination = next(one for one in diagram.destinations if one.place_id == link.row.destinations[-1])
        assert origin.top <= link.start <= origin.top + origin.height
        assert destination.top <= link.end <= destination.top + destination.height
        assert link.left.startswith(f"M0 {link.start}C")
        assert link.right.endswith(f"100 {link.end}")


def test_lines_are_grouped_by_market_under_its_name(profile: CountryProfile) -> None:
    diagram = lay_out(rows_of(profile))
    heads = {one.total.market_id: one.y for one in diagram.bands}
    assert len(heads) == 10
    order = [one.row.market_id for one in sorted(diagram.links, key=lambda one: one.y)]
    assert [one for one, after in pairwise([*order, ""]) if one != after] == sorted(heads, key=heads.__getitem__)
    for link in diagram.links:
        above = max((y, market) for market, y in heads.items() if y < link.y)
        assert above[1] == link.row.market_id


def apart(nodes: tuple[Node, ...]) -> bool:
    return all(one.top + one.height < two.top for one, two in pairwise(sorted(nodes, key=lambda one: one.top)))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_nothing_lies_over_another_and_few_lines_cross(profile: CountryProfile, lang: Lang) -> None:
    diagram = lay_out(rows_of(profile, lang))
    assert apart(diagram.origins)
    assert apart(diagram.destinations)
    assert len({one.y for one in diagram.links}) == 24
    assert len({(one.row.origins, one.start) for one in diagram.links}) == 24
    assert len({(one.row.destinations, one.end) for one in diagram.links}) == 24
    lowest = max(one.top + one.height for one in (*diagram.origins, *diagram.destinations))
    assert max(lowest, *(one.y for one in diagram.links)) < diagram.height
    assert count_crossings(diagram) <= 12


def test_lines_that_change_sides_cross(profile: CountryProfile) -> None:
    ecuador = rows_of(profile, "es", "heroin.1-r1", "arms.1-r2")
    assert count_crossings(lay_out(ecuador)) == 0
    diagram = lay_out(ecuador)
    one, two = diagram.links
    twisted = diagram._replace(links=(one._replace(end=two.end), two._replace(end=one.end)))
    assert count_crossings(twisted) == 1


def test_only_routes_with_a_line_have_a_still_map(profile: CountryProfile) -> None:
    sketches = build_sketches(profile.dataset, profile.shapes)
    assert (
        sketches.keys() == profile.routes_with_line == {one for one in profile.dataset.route if row(profile, one).drawn}
    )
    assert len(sketches) == 5


def test_a_still_map_leads_where_the_route_leads(profile: CountryProfile) -> None:
    sketches = build_sketches(profile.dataset, profile.shapes)
    chile, brazil = sketches["cannabis.3-r1"], sketches["cocaine.1-r1"]
    assert 0 < chile.angle < 180  # southwards: downwards
    assert -90 < brazil.angle < 90  # eastwards
    for one in sketches.values():
        x, y = one.tip
        left, top, width, height = one.box
        assert left < x < left + width
        assert top < y < top + height
        assert one.line.endswith(f"L{x:.2f} {y:.2f}")


def test_the_words_of_both_languages_differ(dataset: Dataset, profile: CountryProfile) -> None:
    spanish, english = (
        build_rows(Reader(dataset, {}, lang), dataset.route, profile.routes_with_line) for lang in ("es", "en")
    )
    assert [one.route_id for one in spanish] == [one.route_id for one in english]
    assert {one.hedge_word for one in english} <= {i18n.word(i18n.of("en"), f"hedge_{one}") for one in Hedge}
    assert spanish[0].goods == "migrantes"
    assert english[0].goods == "migrants"
