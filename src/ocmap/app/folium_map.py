"""The map in the dashboard: a folium map that the browser builds once and then only updates.

Its geometry comes from a static file, so its script is short and never changes; whatever a rerun changes is
sent as one command (`Command`) that streamlit-folium evaluates inside the map that is already there.
"""

from collections.abc import Callable

import folium
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps
from streamlit_folium import st_folium

from ocmap.web.json_data import Json
from ocmap.web.publish import Published

STATIC = "../../app/static/"  # as seen from streamlit-folium's frame
CENTRE = (-9.2, -75.0)  # latitude first: folium's order
ZOOM = 5
HEIGHT_PX = 600  # until the page's CSS gives the frame its real height


class Start(folium.MacroElement):
    """Starts client/map.js on the Leaflet map and sends each selection to Streamlit."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        OcMap.start({{ this._parent.get_name() }}, {
            data: {{ this.data|tojson }},
            evidence: {{ this.evidence|tojson }},
            onSelect: function (value) {
                var have = window.parent.document.documentElement.dataset.ocmapPanels;
                Streamlit.setComponentValue({ kind: value.kind, id: value.id, n: value.n, have: have });
                queueMicrotask(function () {
                    window.parent.dispatchEvent(new window.parent.CustomEvent("ocmappick", { detail: value }));
                });
            }
        });
        {% endmacro %}
        """
    )

    def __init__(self, data: str, evidence: str) -> None:
        """Store the addresses of the map's data and of the evidence."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.data = data
        self.evidence = evidence


class BareMap(folium.Map):
    """A map without folium's style sheets and scripts.

    folium writes style sheets and scripts into the header of the page that a map stands on, and compiles a
    template for each, again on every run. The frame has its style from client/map.css and needs none of that.
    """

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - folium's signature
        """Write nothing into the header."""
        return ""


class Command(folium.FeatureGroup):
    """An empty feature group whose script sends the page's state to the map.

    The message goes in as JSON in which <, >, & and ' are escaped; it is data to the script, never code.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.featureGroup();
        OcMap.show({{ this.message }});
        {% endmacro %}
        """
    )

    def __init__(self, message: Json) -> None:
        """Store the message as compact JSON."""
        super().__init__(name="command", control=False)
        self.message = htmlsafe_json_dumps(message, separators=(",", ":"))

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 - folium's signature
        """Write nothing into the header, as `BareMap`."""
        return ""


def show_map(published: Published, message: Json, key: str, on_change: Callable[[], None]) -> None:
    """Draw the map, or send the page's state to the map that the browser already has.

    ``message`` is the state of the page: ``q``, the query of its link, with ``lang`` and ``theme``. What is selected
    in the map is put into the session's state under ``key`` before ``on_change`` is called, as ``{"kind": "place" or
    "route", "id": …, "n": a number that grows, "have": the file of panels that the page has fetched}``.
    """
    st_folium(
        build_map(published),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=Command(message),
        on_change=on_change,
    )


def build_map(published: Published) -> folium.Map:
    """Return the folium map. Each run needs a new one, since streamlit-folium cannot draw the same map twice."""
    bare_map = BareMap(location=CENTRE, zoom_start=ZOOM, tiles=None, zoom_control=False)
    bare_map.default_js = [("map", STATIC + published.script)]
    bare_map.default_css = [("map", STATIC + published.style)]
    bare_map.add_child(Start(STATIC + published.data, STATIC + published.evidence))
    return bare_map
