"""The map's script: the same on each run, and without a word to other hosts."""

from streamlit_folium import generate_leaflet_string
from tests.support.shipped import CENTRE

from ocmap.app.folium_map import build_map
from ocmap.web.publish import Published

PUBLISHED = Published(
    files={},
    script="map.0123.js",
    style="map.0123.css",
    data="peru.0123.json",
    evidence="evidence.0123.json",
    panels={"es": "panels-es.0123.json", "en": "panels-en.0123.json"},
    searches={"es": "search-es.0123.json", "en": "search-en.0123.json"},
    dashboard="dashboard.0123.js",
)


def test_two_maps_in_a_row_have_the_same_script() -> None:
    """Otherwise streamlit-folium would build the map anew on every run."""
    first, second = (generate_leaflet_string(build_map(PUBLISHED, CENTRE), base_id="div") for _ in range(2))
    assert first == second


def test_the_map_asks_nobody_but_the_app() -> None:
    bare_map = build_map(PUBLISHED, CENTRE)
    addresses = [address for _, address in (*bare_map.default_js, *bare_map.default_css)]
    assert addresses == ["../../app/static/map.0123.js", "../../app/static/map.0123.css"]


def test_the_map_has_no_tiles() -> None:
    assert "tileLayer" not in generate_leaflet_string(build_map(PUBLISHED, CENTRE), base_id="div")


def test_the_map_is_started_with_the_published_data() -> None:
    assert '"../../app/static/peru.0123.json"' in generate_leaflet_string(build_map(PUBLISHED, CENTRE), base_id="div")


def test_the_map_leaves_the_header_of_its_page_alone() -> None:
    """folium would ask other hosts for style sheets and scripts there."""
    assert "://" not in build_map(PUBLISHED, CENTRE).get_root().render()
