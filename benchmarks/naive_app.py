"""What a tutorial would give on the same data: the app that ocmap is measured against.

It reads everything on every run, draws a ``folium.Choropleth`` with the usual layers on top, mounts it with
``st_folium`` as its documentation shows, and lists the statements of the clicked region. It costs less than most
tutorials: no map tiles (there may be no network, and they would only add to its cost), and the tooltip is attached to
the choropleth instead of drawing the regions twice.

Two environment variables, both set by ``run.py``:

- ``OCMAP_BENCH_CDN``: address of a server on this machine that answers for the CDNs from which folium and
  streamlit-folium load Leaflet, jQuery, Bootstrap, D3 and the marker icons, so that the app is not punished
  for a missing or slow network. What is an empty stub there is named in ``vendor.py``.
- ``OCMAP_BENCH_CACHED=1``: store what was read in ``st.cache_resource``, to see how much of the difference is the
  reading alone.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
import streamlit_folium
from streamlit_folium import st_folium

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import Place, PlaceKind
from ocmap.geo.join import build_evidence
from ocmap.geo.route_lines import route_lines
from ocmap.geo.shapes import Shapes, read_shapes

DATA = Path(__file__).parent.parent / "geodata"
CDN = os.environ.get("OCMAP_BENCH_CDN", "")
CACHED = os.environ.get("OCMAP_BENCH_CACHED") == "1"


def read_all() -> tuple[Dataset, Shapes, pd.DataFrame]:
    """Read the tables and the shapes, and join statements with regions."""
    dataset, shapes = read_dataset(DATA), read_shapes(DATA, read_dataset(DATA))
    evidence = pd.DataFrame(build_evidence(dataset, shapes))
    return dataset, shapes, evidence[evidence["place_id"].isin(shapes.regions.index)]


def build_map(dataset: Dataset, shapes: Shapes, evidence: pd.DataFrame) -> folium.Map:
    """Return the map with all its layers."""
    canvas = folium.Map(location=[-9.2, -75.0], zoom_start=5, tiles=None)
    names = {place.place_id: place.name_es for place in dataset.places}
    add_shapes(canvas, named(shapes.countries, names), "Países")
    add_regions(canvas, shapes, evidence, names)
    add_shapes(canvas, named(shapes.corridors, names), "Corredores")
    rivers = shapes.rivers.rename(columns={"name_es": "nombre"})
    add_shapes(canvas, rivers[["nombre", "geometry"]], "Ríos")
    add_routes(canvas, dataset, shapes)
    add_sites(canvas, dataset.places)
    folium.LayerControl().add_to(canvas)
    return canvas


def named(frame: gpd.GeoDataFrame, names: dict[str, str]) -> gpd.GeoDataFrame:
    """Return a layer's shapes with the names of their places."""
    return frame.assign(nombre=frame["place_id"].map(names))[["nombre", "geometry"]].reset_index(drop=True)


def add_regions(canvas: folium.Map, shapes: Shapes, evidence: pd.DataFrame, names: dict[str, str]) -> None:
    """Colour the 26 regions by their number of statements."""
    counts = evidence.groupby("place_id")["statement_id"].nunique()
    regions = shapes.regions[["place_id", "geometry"]].reset_index(drop=True)
    regions["nombre"] = regions["place_id"].map(names)
    regions["afirmaciones"] = regions["place_id"].map(counts).fillna(0).astype(int)
    choropleth = folium.Choropleth(
        geo_data=regions,
        data=regions,
        columns=["place_id", "afirmaciones"],
        key_on="feature.properties.place_id",
        fill_color="YlOrRd",
        fill_opacity=0.7,
        line_opacity=0.4,
        legend_name="Afirmaciones",
        name="Regiones",
        highlight=True,
    )
    canvas.add_child(choropleth)
    choropleth.geojson.add_child(folium.GeoJsonTooltip(["nombre", "afirmaciones"]))


def add_shapes(canvas: folium.Map, frame: gpd.GeoDataFrame, title: str) -> None:
    """Draw a layer as outlines with its names as tooltips."""
    folium.GeoJson(
        frame,
        name=title,
        style_function=lambda _: {"color": "#555555", "weight": 1, "fillOpacity": 0},
        tooltip=folium.GeoJsonTooltip(["nombre"]),
    ).add_to(canvas)


def add_routes(canvas: folium.Map, dataset: Dataset, shapes: Shapes) -> None:
    """Draw the routes as lines."""
    group = folium.FeatureGroup(name="Rutas").add_to(canvas)
    for row in route_lines(dataset, shapes).itertuples():
        line = [(lat, lon) for lon, lat in row.geometry.coords]
        folium.PolyLine(line, color="#2C3886", weight=3, tooltip=dataset.route[row.route_id].goods_es).add_to(group)


def add_sites(canvas: folium.Map, places: tuple[Place, ...]) -> None:
    """Mark the sites and where three countries meet."""
    group = folium.FeatureGroup(name="Sitios").add_to(canvas)
    for place in places:
        if place.kind in {PlaceKind.SITE, PlaceKind.TRIPOINT} and place.lat is not None and place.lon is not None:
            folium.Marker([place.lat, place.lon], tooltip=place.name_es, popup=place.name_es).add_to(group)


def show_panel(dataset: Dataset, evidence: pd.DataFrame, clicked: dict[str, Any] | None) -> None:
    """List the statements of the clicked region."""
    properties = (clicked or {}).get("properties", {})
    if "place_id" not in properties:
        st.info("Haga clic en una región.")
        return
    st.subheader(properties["nombre"])
    own = evidence[evidence["place_id"] == properties["place_id"]]
    st.metric("Afirmaciones", own["statement_id"].nunique())
    for market, rows in own.groupby("market_id"):
        st.markdown(f"**{dataset.topic[str(market)].name_es if market else 'Sin mercado'}**")
        for statement_id in rows["statement_id"]:
            st.markdown(f"- {dataset.statement[statement_id].text_es}")


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="naive", layout="wide")
    read = st.cache_resource(read_all) if CACHED else read_all
    dataset, shapes, evidence = read()
    markets = {topic.topic_id: topic.name_es for topic in dataset.markets}
    chosen = st.sidebar.multiselect("Mercados", list(markets), format_func=markets.__getitem__)
    if chosen:
        evidence = evidence[evidence["market_id"].isin(chosen)]
    st.title("Crimen organizado en el Perú")
    left, right = st.columns([2, 1])
    with left:
        out = st_folium(build_map(dataset, shapes, evidence), width=650, height=600)
    with right:
        show_panel(dataset, evidence, out["last_active_drawing"])


def _from_here(component: Callable[..., Any]) -> Callable[..., Any]:
    """Return streamlit-folium's component with its CDN addresses led to this machine; nothing else differs."""

    def call(**values: Any) -> Any:
        for name in ("js_links", "css_links"):
            values[name] = [link.replace("https://", CDN, 1) for link in values[name]]
        return component(**values)

    call.from_here = True  # type: ignore[attr-defined]
    return call


if CDN and not hasattr(streamlit_folium._component_func, "from_here"):  # noqa: SLF001
    streamlit_folium._component_func = _from_here(streamlit_folium._component_func)  # noqa: SLF001
main()
