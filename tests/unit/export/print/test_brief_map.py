"""The map of a brief shows where a place is, and never more than the evidence."""

from itertools import pairwise

from tests.support.shipped import BRIEF

from ocmap.analysis.filters import Filters, level
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import MARKETS, Basis
from ocmap.export.print.brief_map import LAYERS, BriefMap, draw_market, draw_place
from ocmap.web.diagrams.map_styles import LEVEL_COLOURS


def place_map(profile: CountryProfile, place: str) -> BriefMap:
    return draw_place(LocalizedProfile(profile, "en"), profile.dataset.place[place])


def market_map(profile: CountryProfile, market: str) -> BriefMap:
    page = PageContext(profile, "en", ViewState(markets=(market,), layers=LAYERS))
    return draw_market(page, profile.dataset.topic[market])


def of_look(drawing: BriefMap, *looks: str) -> list[str]:
    """Return of what the shapes of some looks are."""
    return [one.of for one in drawing.map.shapes if one.look in looks]


def grey(colour: str) -> float:
    """Return how light a colour is when it is printed in grey."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_colours_darken_step_by_step_in_greyscale() -> None:
    shades = [grey(one) for one in LEVEL_COLOURS]
    assert all(lighter - darker > 20 for lighter, darker in pairwise(shades))


def test_hatching_is_visible_on_each_colour_in_greyscale() -> None:
    assert BRIEF.hatching
    for colour, hatch in zip(LEVEL_COLOURS, BRIEF.hatching.colours, strict=True):
        assert abs(grey(colour) - grey(hatch)) > 60, colour


def test_one_region_is_selected_and_no_other_has_a_colour(profile: CountryProfile) -> None:
    drawing = place_map(profile, "PE-PUN")
    assert len(of_look(drawing, "level-0")) == 26
    assert of_look(drawing, "focus") == ["PE-PUN"]
    assert BRIEF.looks["focus"]["fill"] == "#17242b"
    assert drawing.alt == "Map of Peru, with Puno shaded dark. Hatched: Border with Bolivia."


def test_a_region_reached_by_an_area_shows_its_other_regions(profile: CountryProfile) -> None:
    drawing = place_map(profile, "PE-LOR")
    assert set(of_look(drawing, "area-0")) == set(profile.dataset.place["amazon"].members) - {"PE-LOR"}
    assert "Dotted: " in drawing.alt


def test_a_region_without_evidence_is_shown_alone(profile: CountryProfile) -> None:
    drawing = place_map(profile, "PE-APU")
    assert [one.look for one in drawing.key] == ["focus"]
    assert drawing.alt == "Map of Peru, with Apurímac shaded dark."


def test_a_region_that_is_too_small_to_be_seen_gets_a_ring(profile: CountryProfile) -> None:
    assert of_look(place_map(profile, "PE-CAL"), "ring") == ["PE-CAL"]
    assert of_look(place_map(profile, "PE-LOR"), "ring") == []


def test_a_corridor_is_shown_with_both_its_sides(profile: CountryProfile) -> None:
    drawing = place_map(profile, "border-EC")
    assert of_look(drawing, "limit", "focus") == ["border-EC", "border-EC"]
    assert BRIEF.looks["limit"] == BRIEF.looks["focus"]


def test_the_map_of_a_market_has_the_counts_of_the_app(profile: CountryProfile) -> None:
    for market in MARKETS:
        filtered, drawing = profile.apply_filters(Filters(markets=(market,))), market_map(profile, market)
        looks = {(one.look, one.of) for one in drawing.map.shapes}
        names = {one.of: one.lines[-1] for one in drawing.map.labels}
        for place in profile.shapes.regions.index:
            n, basis = filtered.count_direct(place), filtered.indirect_basis(place)
            assert (f"level-{level(n)}", place) in looks, (market, place)
            assert {f"{one}-{level(n)}" for one in Basis if (f"{one}-{level(n)}", place) in looks} == (
                {f"{basis}-{level(n)}"} if basis else set()
            ), (market, place)
            assert names.get(place) == (f"{profile.dataset.place[place].name_en} {n}" if n else None), (market, place)
        for place in set(profile.shapes.corridors["place_id"]):
            n = filtered.count_direct(place)
            assert names.get(place) == (str(n) if n else None), (market, place)


def test_a_market_without_places_shows_a_message(profile: CountryProfile) -> None:
    drawing = market_map(profile, "cyber")
    assert drawing.alt == "Map of Peru on which no region is coloured or hatched."
    assert drawing.levels == ()
