"""A small locator map for each route that has a line."""

from ocmap.analysis.profile import CountryProfile
from ocmap.web.diagrams.locator_map import build_sketches


def test_only_routes_with_a_line_have_a_locator_map(profile: CountryProfile) -> None:
    sketches = build_sketches(profile.dataset, profile.shapes)
    assert sketches.keys() == profile.routes_with_line
    assert len(sketches) == 5


def test_the_line_on_a_locator_map_points_to_the_destination(profile: CountryProfile) -> None:
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
