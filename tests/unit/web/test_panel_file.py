"""The file of panels has every panel that the client may show."""

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import TOUR_STEPS
from ocmap.web.panel_file import build_panels


def test_the_file_has_a_panel_for_each_place_route_and_step_and_the_first_view(profile: CountryProfile) -> None:
    panels = build_panels(profile, "es")
    steps = (f"tour/{n}" for n in range(1, TOUR_STEPS + 1))
    assert panels.keys() == {"", *profile.dataset.place, *profile.dataset.route, *steps}
