"""The map in the dashboard: a folium map that the browser builds once.

Its geometry comes from a file of its own, so its script is short and never changes. What it shows comes from the page
around its frame (``frontend/src/streamlit/map_view.ts``), not from the server.
"""

import folium
from folium.template import Template
from streamlit_folium import st_folium

from ocmap.dataset.settings import Position
from ocmap.web.publish import Published

STATIC = "../../app/static/"  # as seen from streamlit-folium's frame
ZOOM = 5
HEIGHT_PX = 600  # until the page's CSS gives the frame its real height


class Start(folium.MacroElement):
    """Starts ``web/bundles/map_frame.js`` on the Leaflet map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        OcMap.start({{ this._parent.get_name() }}, {{ this.data|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, data: str) -> None:
        """Store the address of the map's data."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.data = data


class BareMap(folium.Map):
    """A map without folium's style sheets and scripts.

    folium writes style sheets and scripts into the header of the page that a map stands on, and compiles a
    template for each, again on every run. The frame has its style from web/styles/map.css and needs none of that.
    """

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - folium's signature
        """Write nothing into the header."""
        return ""


def show_map(published: Published, centre: Position) -> None:
    """Draw the map. The browser builds it once; the page around it then shows each state on it."""
    st_folium(
        build_map(published, centre), key="map_value", height=HEIGHT_PX, use_container_width=True, returned_objects=[]
    )


def build_map(published: Published, centre: Position) -> folium.Map:
    """Return the folium map around a point (lon, lat).

    Each run needs a new one, since streamlit-folium cannot draw the same map twice.
    """
    bare_map = BareMap(location=centre[::-1], zoom_start=ZOOM, tiles=None, zoom_control=False)
    bare_map.default_js = [("map", STATIC + published.script)]
    bare_map.default_css = [("map", STATIC + published.style)]
    bare_map.add_child(Start(STATIC + published.data))
    return bare_map
