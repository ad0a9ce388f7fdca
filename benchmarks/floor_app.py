"""A bare Leaflet map in a component of Streamlit's (v2), with the data and the panel of ocmap: its floor.

A click sends the region's id to the server, which answers with the panel. With ``?answers=browser`` the browser puts
up the panel, from the file that ocmap's page has as well, and only notifies the server. ``?markets=ID`` chooses a
market. Nothing else is here: no keyboard, no labels, no routes, no link to a view, no way back.
"""

from importlib.resources import files
from pathlib import Path

import streamlit as st

from ocmap.analysis.filters import Filters
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.view_state import ViewState
from ocmap.app.resources import load
from ocmap.dataset.schema import Lang
from ocmap.export.files import write_files
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.panels import describe_panel

HERE = Path(__file__).parent
LANG: Lang = "es"


@st.cache_resource(show_spinner=False)
def publish() -> tuple[App, dict[str, str]]:
    """Return the data, and what the browser fetches by the names that ``floor.js`` has for them."""
    app = load(HERE.parent / "geodata")
    leaflet = {
        f"leaflet{end}": files("ocmap").joinpath("vendor", f"leaflet{end}").read_bytes() for end in (".js", ".css")
    }
    names = (app.published.data, app.published.panels[LANG])
    write_files(HERE / "static", {**leaflet, **{name: app.published.files[name] for name in names}})
    return app, {"leaflet": "leaflet.js", "style": "leaflet.css", "peru": app.published.data}


MAP = st.components.v2.component("floor", js=(HERE / "floor.js").read_text("utf-8"), isolate_styles=False)


@st.fragment
def show(app: App, published: dict[str, str], asked: ViewState, panels: str) -> None:
    """Draw the map, and the panel of the region that was clicked."""
    filtered = app.profile.apply_filters(Filters.of(asked))
    tints = {str(one): filtered.count_direct(str(one)) for one in app.profile.shapes.regions.index}
    data = {**published, "tints": tints, "panels": panels}
    place = MAP(key="floor", data=data, on_place_change=lambda: None).place
    if place in app.profile.vocabulary.places and not panels:
        page = PageContext(app.profile, LANG, asked.select_place(place))
        st.html(html.render_localized(page, "panel.html", **describe_panel(page)))


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="floor", layout="wide")
    app, published = publish()
    asked = ViewState.from_query({"markets": st.query_params.get_all("markets")}, app.profile.vocabulary)
    show(app, published, asked, app.published.panels[LANG] if st.query_params.get("answers") == "browser" else "")


main()
