"""Build a plain folium map that needs no network: its page has Leaflet in it, and no tiles."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple, cast

import folium
from folium import Map as FoliumMap
from folium.template import Template

__all__ = ["FoliumMap", "MapLayer", "build_map"]

SITE_RADIUS_PX = 5


class MapLayer(NamedTuple):
    """A layer of a map.

    Attributes:
        name: Its name in the list of layers; none for the ground, which is always there.
        features: GeoJSON features. Their properties are ``style``, the options of a Leaflet path, and ``tooltip``,
            which is HTML.
        attribution: HTML in the corner of the map.
    """

    name: str
    features: Sequence[Mapping[str, Any]]
    attribution: str | None = None


class Raw(folium.Element):
    """HTML that is written as it is."""

    _template = Template("{{ this.html }}")

    def __init__(self, html: str) -> None:
        """Store the HTML."""
        super().__init__()
        self._name = "Raw"
        self.html = html


def build_map(layers: Iterable[MapLayer], bounds: Sequence[Sequence[float]], title: str, body: str) -> FoliumMap:
    """Return a map of layers, the lowest first.

    Args:
        layers: What is on it.
        bounds: The south-west and the north-east corner that it shows, latitude first.
        title: The title of the page.
        body: HTML for the page around the map, such as its style, patterns and the legend.
    """
    made = FoliumMap(tiles=None, zoom_snap=0.25)
    made.default_js, made.default_css = [], []  # links to other hosts
    page = cast("folium.Figure", made.get_root())
    page.title = title
    page.header.add_child(Raw(f"<style>{_leaflet('css')}</style><script>{_leaflet('js')}</script>"))
    page.html.add_child(Raw(body))
    for layer in layers:
        made.add_child(_features(layer))
    folium.LayerControl(collapsed=False).add_to(made)
    made.fit_bounds(bounds)
    return made


def _features(layer: MapLayer) -> folium.GeoJson:
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": list(layer.features)},
        name=layer.name,
        control=bool(layer.name),
        smooth_factor=0.5,  # each region is simplified by itself: with more, gaps would open between them
        marker=folium.CircleMarker(radius=SITE_RADIUS_PX),
        attribution=layer.attribution,
        tooltip=folium.GeoJsonTooltip(["tooltip"], labels=False) if layer.name and layer.features else None,
    )


def _leaflet(kind: str) -> str:
    """Return Leaflet's script or style sheet.

    Raises:
        FileNotFoundError: The package was installed without its build step.
    """
    text = files("ocmap").joinpath("vendor", f"leaflet.{kind}").read_text("utf-8")
    return text.replace("//# sourceMappingURL=leaflet.js.map", "")
