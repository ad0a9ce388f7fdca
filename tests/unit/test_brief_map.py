"""The map of a brief shows where a place is, and never more than the evidence."""

from itertools import pairwise

import pytest

from ocmap.analysis.filters import level
from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.schema import MARKETS
from ocmap.export.print.brief import read_market
from ocmap.export.print.brief_map import HEIGHT, TINTS, WIDTH, Drawing, draw_market, draw_place
from ocmap.export.print.projection import LETTER


def place_map(profile: CountryProfile, place: str) -> Drawing:
    return draw_place(profile, profile.dataset.place[place], "en")


def market_map(profile: CountryProfile, market: str) -> Drawing:
    return draw_market(profile, "Market", read_market(profile, market), "en")


def grey(colour: str) -> float:
    """Return how light a colour is when it is printed in grey."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_tints_darken_step_by_step_in_greyscale() -> None:
    shades = [grey(one) for one in TINTS]
    assert all(lighter - darker > 20 for lighter, darker in pairwise(shades))


def test_one_region_is_selected_and_no_other_has_a_tint(profile: CountryProfile) -> None:
    drawing = place_map(profile, "PE-PUN")
    fills = [one.fill for one in drawing.regions]
    assert len(fills) == 26
    assert fills.count("selected") == 1
    assert fills.count(TINTS[0]) == 25
    assert drawing.alt == "Map of Peru. In dark, Puno. Hatched with lines: Border with Bolivia."


def test_a_region_reached_by_an_area_shows_its_other_regions(profile: CountryProfile) -> None:
    drawing = place_map(profile, "PE-LOR")
    dotted = [one for one in drawing.regions if one.hatch]
    members = set(profile.dataset.place["amazon"].members) - {"PE-LOR"}
    assert len(dotted) == len(members)
    assert "Dotted: " in drawing.alt


def test_a_region_that_nothing_reaches_is_shown_alone(profile: CountryProfile) -> None:
    drawing = place_map(profile, "PE-APU")
    assert [one.sign for one in drawing.key] == ["selected"]
    assert drawing.alt == "Map of Peru. In dark, Apurímac."


def test_a_region_that_is_too_small_to_be_seen_gets_a_ring(profile: CountryProfile) -> None:
    assert len(place_map(profile, "PE-CAL").rings) == 1
    assert place_map(profile, "PE-LOR").rings == ()


def test_a_corridor_is_shown_with_both_its_sides(profile: CountryProfile) -> None:
    drawing = place_map(profile, "border-EC")
    assert [one.fill for one in drawing.corridors] == ["selected", "selected"]
    assert not any(one.fill == "selected" for one in drawing.regions)


@pytest.mark.parametrize("market", MARKETS)
def test_a_markets_map_counts_as_the_app_does(profile: CountryProfile, market: str) -> None:
    filtered, drawing = read_market(profile, market), market_map(profile, market)
    regions = profile.shapes.regions.index
    assert [one.fill for one in drawing.regions] == [TINTS[level(filtered.count_direct(one))] for one in regions]
    assert [bool(one.hatch) for one in drawing.regions] == [filtered.indirect_basis(one) is not None for one in regions]
    labels = {one.text for one in drawing.labels}
    for place in regions:
        if n := filtered.count_direct(place):
            assert f"{profile.dataset.place[place].name_en} {n}" in labels


def test_a_market_without_a_place_says_so(profile: CountryProfile) -> None:
    drawing = market_map(profile, "cyber")
    assert drawing.alt == "Map of Peru on which no region is coloured or hatched."
    assert drawing.steps == ()


def test_no_name_leaves_the_drawing_or_lies_over_another(profile: CountryProfile) -> None:
    drawings = [place_map(profile, one) for one in (*profile.shapes.regions.index, "border-BO", "border-EC")]
    for drawing in drawings + [market_map(profile, one) for one in MARKETS]:
        boxes = []
        for one in drawing.labels:
            width = len(one.text) * one.size * LETTER
            left = one.x - width * {"start": 0, "middle": 0.5, "end": 1}[one.anchor]
            assert left >= 0, one
            assert left + width <= WIDTH, one
            assert one.y <= HEIGHT, one
            boxes.append((left, left + width, one.y - 0.8 * one.size, one.y, one.text))
        for i, (left, right, top, bottom, text) in enumerate(boxes):
            for other in boxes[:i]:
                apart = left >= other[1] or right <= other[0] or top >= other[3] or bottom <= other[2]
                assert apart, (drawing.title, text, other[4])
