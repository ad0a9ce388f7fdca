"""ocmap's map as plain files, drawn by the same script without Streamlit: what the map itself takes to load."""

from pathlib import Path

from jinja2.utils import htmlsafe_json_dumps

from ocmap.dataset import read_dataset
from ocmap.geometry import read_shapes
from ocmap.layers import build_map_data, build_scene, build_world
from ocmap.render.publish import publish
from ocmap.view import ViewState

PAGE = """<!doctype html>
<html lang="es">
<meta charset="utf-8">
<title>static</title>
<link rel="stylesheet" href="{style}">
<div id="map" style="height:600px"></div>
<script src="{script}"></script>
<script>
OcMap.start(L.map("map", {{ center: [-9.2, -75], zoom: 5, zoomControl: false }}), {{ data: "{data}" }});
OcMap.show({scene});
</script>
"""


def build(geodata: Path, folder: Path) -> None:
    """Write the page and its files into a folder."""
    dataset, shapes = read_dataset(geodata), read_shapes(geodata)
    world = build_world(dataset, shapes)
    published = publish(folder, build_map_data(dataset, shapes))
    scene = build_scene(world, world.everything, ViewState(), "es", "light")
    page = PAGE.format(
        style=published.style,
        script=published.script,
        data=published.data,
        scene=htmlsafe_json_dumps(scene),
    )
    (folder / "index.html").write_text(page, "utf-8")
