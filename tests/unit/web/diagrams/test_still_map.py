"""The one still map: names that can be read, lines that lead where the route leads."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from tests.support.shipped import BRIEF, COUNTRY, POSTER

from ocmap.analysis.filters import Filters
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import MARKETS, Basis, Lang, PlaceKind
from ocmap.web import html
from ocmap.web.diagrams.map_content import MapContent, content_of
from ocmap.web.diagrams.map_styles import MapStyle
from ocmap.web.diagrams.still_map import StillMap, draw_still_map, draw_thumbnail

NOTHING = {"nothing": ViewState(markets=("cyber",), basis=(Basis.BORDER,)), "no layer": ViewState(layers=())}
SHOWN = {PlaceKind.REGION, PlaceKind.CORRIDOR, PlaceKind.SITE, PlaceKind.TRIPOINT}
STYLES = {"poster": POSTER, "brief": BRIEF}


def states(profile: CountryProfile) -> Iterator[tuple[str, ViewState]]:
    """Yield a state for each market, and one in which each place or route is selected."""
    yield from NOTHING.items()
    yield from ((market, ViewState(markets=(market,))) for market in MARKETS)
    for place in profile.dataset.places:
        if place.kind in SHOWN:
            yield place.place_id, ViewState(place=place.place_id, layers=tuple(Layer))
    yield from ((route, ViewState(route=route)) for route in sorted(profile.routes_with_line))


def draw(profile: CountryProfile, view: ViewState, style: MapStyle, lang: Lang) -> StillMap:
    coarse = replace(style, projection=replace(style.projection, detail=0.5))  # quick; names do not depend on it
    return draw_still_map(profile, content_of(PageContext(profile, lang, view)), coarse, lang)


def faults(profile: CountryProfile, view: ViewState, drawn: StillMap) -> Iterator[str]:
    """Yield the names that cannot be read or are missing."""
    for part in filter(None, (drawn, drawn.inset)):
        for one, other in combinations(part.labels, 2):
            if one.box.intersects(other.box):
                yield f"{one.lines} lies over {other.lines}"
        for one in part.labels:
            if not part.style.projection.frame.contains(one.box):
                yield f"{one.lines} leaves the map"
    filtered, names = profile.apply_filters(Filters.of(view)), {one.of: " ".join(one.lines) for one in drawn.labels}
    for place, n in filtered.ranked_places:
        layer = Layer.REGIONS if place in profile.shapes.regions.index else Layer.CORRIDORS
        if place != COUNTRY and layer in view.layers and not names.get(place, "").endswith(str(n)):
            yield f"{place} lacks its number {n}"


@pytest.mark.parametrize(
    ("style", "lang"),
    [
        ("poster", "es"),
        ("brief", "en"),
        pytest.param("poster", "en", marks=pytest.mark.long),
        pytest.param("brief", "es", marks=pytest.mark.long),
    ],
)
def test_names_do_not_overlap_within_the_map_and_each_count_is_shown(
    profile: CountryProfile, style: str, lang: Lang
) -> None:
    found = {
        (name, fault)
        for name, view in states(profile)
        for fault in faults(profile, view, draw(profile, view, STYLES[style], lang))
    }
    assert found == set()


def test_a_style_without_regions_draws_the_country_and_its_neighbours(profile: CountryProfile) -> None:
    drawn = draw_still_map(profile, MapContent(), BRIEF, "es")
    assert [one.look for one in drawn.shapes] == ["sea", "abroad", "outline"]


def test_a_thumbnail_shows_its_route_and_links_to_it(profile: CountryProfile) -> None:
    ways = {}
    for route in profile.routes_with_line:
        drawn = draw_thumbnail(profile, route)
        way = ["route", "route-open"] if profile.line_ends[route][0] is RouteEnd.OPEN else ["route"]
        assert [one.look for one in drawn.shapes] == ["abroad", "outline", "casing", *way, "head"], route
        at = drawn.style.projection
        x0, y0, x, y = map(float, re.findall("[-0-9.]+", drawn.shapes[-1].path))
        assert 0 < x < at.width, route
        assert 0 < y < at.height, route
        ways[route] = (x - x0, y - y0)
    assert ways["cannabis.3-r1"][1] > 0, "southwards: downwards"
    assert ways["cocaine.1-r1"][0] > 0, "eastwards"


def test_a_thumbnail_uses_the_styles_of_the_page(profile: CountryProfile) -> None:
    template = html.ENVIRONMENT.from_string(
        """{% from "still_map.svg" import still_map %}{{ still_map(map, {"class": "rt-map"}) }}"""
    )
    svg = template.render(map=draw_thumbnail(profile, "arms.2-r1"))
    assert svg.count("<svg") == 1
    assert re.search('viewBox="0 0 [0-9.]+ [0-9.]+" class="rt-map"', svg)
    assert not re.search("#[0-9a-f]{6}", svg)
    assert svg.count("<marker ") == 2
    assert 'marker-end="url(#still-head)"' in svg
