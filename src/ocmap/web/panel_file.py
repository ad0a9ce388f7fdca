"""Build the panels of all places and routes as one file, so that a click need not wait for the server."""

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import TOUR_STEPS, ViewState
from ocmap.dataset.schema import Lang
from ocmap.web import html
from ocmap.web.panels import describe_panel, describe_tour


def build_panels(profile: CountryProfile, lang: Lang) -> dict[str, str]:
    """Return the HTML of each unfiltered panel, with what filters could show in it hidden, by place or route id.

    The steps of the tour are in it as ``tour/1`` and so on.
    """
    plain = ViewState()
    views = {
        "": plain,
        **{place_id: plain.select_place(place_id) for place_id in profile.dataset.place},
        **{route_id: plain.select_route(route_id) for route_id in profile.dataset.route},
    }
    pages = {key: PageContext(profile, lang, view) for key, view in views.items()}
    panels = {key: html.render_localized(page, "panel.html", **describe_panel(page)) for key, page in pages.items()}
    return panels | {
        f"tour/{n}": html.render_localized(pages[""], "tour.html", **describe_tour(pages[""], n))
        for n in range(1, TOUR_STEPS + 1)
    }
