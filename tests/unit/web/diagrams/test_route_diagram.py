"""Layout of the routes: each route is one curve between its two bars, and few curves cross."""

from itertools import pairwise

import pytest

from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.routes import RouteSummary, summarize_routes
from ocmap.dataset.schema import Lang
from ocmap.web.diagrams.route_diagram import PlaceBar, count_crossings, lay_out_routes


def routes_of(profile: CountryProfile, lang: Lang = "es", *routes: str) -> tuple[RouteSummary, ...]:
    return summarize_routes(LocalizedProfile(profile, lang), routes or profile.unfiltered.routes)


def test_without_routes_the_diagram_is_empty() -> None:
    empty = lay_out_routes(())
    assert (empty.headings, empty.origins, empty.destinations, empty.curves) == ((), (), (), ())


def test_each_route_is_a_curve_between_its_own_two_bars(profile: CountryProfile) -> None:
    diagram = lay_out_routes(routes_of(profile))
    assert sorted(one.route.route_id for one in diagram.curves) == sorted(profile.dataset.route)
    for curve in diagram.curves:
        for place, height, bars in (
            (curve.route.origin, curve.start, diagram.origins),
            (curve.route.destination, curve.end, diagram.destinations),
        ):
            bar = next((one for one in bars if one.place_id == place), None)
            assert (bar.top <= height <= bar.top + bar.height) if bar else (not place and height == curve.y)
        if curve.route.origin:
            assert curve.left.startswith(f"M0 {curve.start}C")
        if curve.route.destination:
            assert curve.right.endswith(f"100 {curve.end}")


def test_an_open_end_has_no_bar_and_a_short_line(profile: CountryProfile) -> None:
    (cocaine,) = (one for one in lay_out_routes(routes_of(profile, "es", "cocaine.2-r1")).curves)
    (fins,) = (one for one in lay_out_routes(routes_of(profile, "es", "fauna.4-r1")).curves)
    assert lay_out_routes(routes_of(profile, "es", "cocaine.2-r1")).origins == ()
    assert (cocaine.left, fins.right) == (f"M50 {cocaine.y}H100", f"M0 {fins.y}H50")


def test_curves_are_grouped_by_market_under_its_heading(profile: CountryProfile) -> None:
    diagram = lay_out_routes(routes_of(profile))
    heads = {one.total.market_id: one.y for one in diagram.headings}
    assert len(heads) == 11
    order = [one.route.market_id for one in sorted(diagram.curves, key=lambda one: one.y)]
    assert [one for one, after in pairwise([*order, None]) if one != after] == sorted(heads, key=heads.__getitem__)
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
    assert len({one.y for one in diagram.curves}) == 37
    assert len({(one.route.origin, one.start) for one in diagram.curves}) == 37
    assert len({(one.route.destination, one.end) for one in diagram.curves}) == 37
    lowest = max(one.top + one.height for one in (*diagram.origins, *diagram.destinations))
    assert max(lowest, *(one.y for one in diagram.curves)) < diagram.height
    assert count_crossings(diagram) <= 22


def test_curves_with_swapped_ends_cross(profile: CountryProfile) -> None:
    ecuador = routes_of(profile, "es", "heroin.1-r1", "arms.1-r2")
    assert count_crossings(lay_out_routes(ecuador)) == 0
    diagram = lay_out_routes(ecuador)
    one, two = diagram.curves
    twisted = diagram._replace(curves=(one._replace(end=two.end), two._replace(end=one.end)))
    assert count_crossings(twisted) == 1
