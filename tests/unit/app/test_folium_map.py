"""The map's script and its command: data to the script, never code."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from streamlit_folium import generate_leaflet_string

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.app.folium_map import Command, build_map
from ocmap.web.publish import Published, StaticFolder
from ocmap.web.scene import build_scene

HOSTILE = "</script><script>alert(1)</script><!-- ' \" \\ {{ 7*7 }} {{ 'abc' }} {% raw %} \u2028 \u2029 & ñ"
PUBLISHED = Published(
    static_folder=StaticFolder(Path("static")),
    script="map.0123.js",
    style="map.0123.css",
    data="peru.0123.json",
    evidence="evidence.0123.json",
)


def script_of(scene: dict[str, Any]) -> str:
    """Return the script that streamlit-folium evaluates in the map for a scene."""
    return cast("str", generate_leaflet_string(Command(scene), base_id="feature_group_0"))


def argument(script: str) -> str:
    """Return what the command hands to the map."""
    start = script.index("OcMap.show(") + len("OcMap.show(")
    return script[start : script.rindex(");")]


@pytest.mark.parametrize("raw", ["<", ">", "'", "&", "\u2028", "\u2029", "49"])
def test_nothing_in_a_scene_can_end_the_script_or_a_string_in_it(raw: str) -> None:
    assert raw not in argument(script_of({HOSTILE: [HOSTILE, {"tip": HOSTILE}]}))


def test_the_map_gets_the_scene_as_it_was_built() -> None:
    scene = {HOSTILE: [HOSTILE, {"tip": HOSTILE}], "n": [0, 1.5, True, None]}
    assert json.loads(argument(script_of(scene))) == scene


def test_the_map_gets_a_real_scene_as_it_was_built(profile: CountryProfile) -> None:
    scene = build_scene(profile, profile.unfiltered, ViewState(place="PE-MDD"), "es", "light")
    assert json.loads(argument(script_of(scene))) == scene


def test_two_maps_in_a_row_have_the_same_script() -> None:
    """Otherwise streamlit-folium would build the map anew on every run."""
    first, second = (generate_leaflet_string(build_map(PUBLISHED), base_id="div") for _ in range(2))
    assert first == second


def test_the_map_asks_nobody_but_the_app() -> None:
    bare_map = build_map(PUBLISHED)
    addresses = [address for _, address in (*bare_map.default_js, *bare_map.default_css)]
    assert addresses == ["../../app/static/map.0123.js", "../../app/static/map.0123.css"]


def test_the_map_has_no_tiles() -> None:
    assert "tileLayer" not in generate_leaflet_string(build_map(PUBLISHED), base_id="div")


def test_the_map_is_started_with_the_published_data() -> None:
    assert '"../../app/static/peru.0123.json"' in generate_leaflet_string(build_map(PUBLISHED), base_id="div")


def test_the_map_leaves_the_header_of_its_page_alone(profile: CountryProfile) -> None:
    """folium would ask other hosts for style sheets and scripts there."""
    scene = build_scene(profile, profile.unfiltered, ViewState(), "es", "light")
    bare_map = build_map(PUBLISHED)
    bare_map.add_child(Command(scene))
    assert "://" not in bare_map.get_root().render()
