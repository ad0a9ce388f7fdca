"""The picture of a link's preview."""

import io

import pytest
from PIL import Image

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.export.print.preview import HEIGHT, WIDTH, build_preview


def picture(profile: CountryProfile, view: ViewState) -> Image.Image:
    return Image.open(io.BytesIO(build_preview(PageContext(profile, "es", view))))


def test_it_has_the_size_that_previews_want(profile: CountryProfile) -> None:
    found = picture(profile, ViewState(place="PE-PUN"))
    assert (found.format, found.size) == ("PNG", (WIDTH, HEIGHT))


@pytest.mark.parametrize("query", [{"place": "PE-PUN"}, {"place": "border-BO"}, {"route": "first"}, {}])
def test_what_is_selected_changes_the_picture(profile: CountryProfile, query: dict[str, str]) -> None:
    route = next(iter(profile.routes_with_line)) if "route" in query else None
    found = picture(profile, ViewState(place=query.get("place"), route=route))
    other = picture(profile, ViewState(place="PE-LOR"))
    assert found.tobytes() != other.tobytes()
