"""Layout of the routes: each route is one curve between its two bars, and few curves cross."""

from itertools import pairwise

import pytest

from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.routes import RouteSummary, summarize_routes
from ocmap.dataset.schema import Lang
from ocmap.web.diagrams.route_diagram import PlaceBar, count_crossings, lay_out_routes


def routes_of(profile: CountryProfile, lang: Lang = "es", *routes: str) -> tuple[RouteSummary, ...]:
    return summarize_routes(
        LocalizedProfile(profile, lang), routes or profile.unfiltered.routes, profile.routes_with_line
    )


def test_without_routes_the_diagram_is_empty() -> None:
    empty = lay_out_routes(())
    assert (empty.headings, empty.origins, empty.destinations, empty.curves) == ((), (), (), ())


def test_each_route_is_a_curve_between_its_own_two_bars(profile: CountryProfile) -> None:
    diagram = lay_out_routes(routes_of(profile))
    assert sorted(one.route.route_id for one in diagram.curves) == sorted(profile.dataset.route)
    for curve in diagram.curves:
        origin = next(one for one in diagram.origins if one.place_id == curve.route.origins[0])
        destination = next(one for one in diagram.destinations if one.place_id == curve.route.destinations[-1])
        assert origin.top <= curve.start <= origin.top + origin.height
        assert destination.top <= curve.end <= destination.top + destination.height
        assert curve.left.startswith(f"M0 {curve.start}C")
        assert curve.right.endswith(f"100 {curve.end}")


def test_curves_are_grouped_by_market_under_its_heading(profile: CountryProfile) -> None:
    diagram = lay_out_routes(routes_of(profile))
    heads = {one.total.market_id: one.y for one in diagram.headings}
    assert len(heads) == 10
    order = [one.route.market_id for one in sorted(diagram.curves, key=lambda one: one.y)]
    assert [one for one, after in pairwise([*order, ""]) if one != after] == sorted(heads, key=heads.__getitem__)
    for curve in diagram.curves:
        above = max((y, market) for market, y in heads.items() if y < curve.y)
        assert above[1] == curve.route.market_id


def apart(nodes: tuple[PlaceBar, ...]) -> bool:
    return all(one.top + one.height < two.top for one, two in pairwise(sorted(nodes, key=lambda one: one.top)))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_bars_do_not_overlap_and_few_curves_cross(profile: CountryProfile, lang: Lang) -> None:
    diagram = lay_out_routes(routes_of(profile, lang))
    assert apart(diagram.origins)
    assert apart(diagram.destinations)
    assert len({one.y for one in diagram.curves}) == 24
    assert len({(one.route.origins, one.start) for one in diagram.curves}) == 24
    assert len({(one.route.destinations, one.end) for one in diagram.curves}) == 24
    lowest = max(one.top + one.height for one in (*diagram.origins, *diagram.destinations))
    assert max(lowest, *(one.y for one in diagram.curves)) < diagram.height
    assert count_crossings(diagram) <= 12


def test_curves_with_swapped_ends_cross(profile: CountryProfile) -> None:
    ecuador = routes_of(profile, "es", "heroin.1-r1", "arms.1-r2")
    assert count_crossings(lay_out_routes(ecuador)) == 0
    diagram = lay_out_routes(ecuador)
    one, two = diagram.curves
    twisted = diagram._replace(curves=(one._replace(end=two.end), two._replace(end=one.end)))
    assert count_crossings(twisted) == 1
