"""Published files carry their content's hash, and hold what the browser needs."""

import hashlib
import json

import pytest

from ocmap.web.json_data import Json
from ocmap.web.publish import DASHBOARD_NAME, Published, publish

DATA: Json = {"regions": [], "name": "Perú"}
PANELS: dict[str, Json] = {"es": {"": "<p>es</p>"}, "en": {"": "<p>en</p>"}}
SEARCHES: dict[str, Json] = {"es": {"places": []}, "en": {"places": [{}]}}


@pytest.fixture(scope="module")
def published() -> Published:
    return publish(DATA, {"statements": []}, PANELS, SEARCHES, "@font-face{}")  # type: ignore[arg-type]


def text(published: Published, name: str) -> str:
    return published.files[name].decode()


def test_a_published_name_contains_the_hash_of_its_content(published: Published) -> None:
    wrong = [
        name
        for name, content in published.files.items()
        if name.split(".")[1] != hashlib.sha256(content).hexdigest()[:12]
    ]
    assert wrong == []


def test_exactly_the_named_files_are_published(published: Published) -> None:
    own = {published.script, published.style, published.data, published.evidence, published.dashboard}
    assert published.files.keys() == own | set(published.panels.values()) | set(published.searches.values())


def test_the_data_are_published_unchanged(published: Published) -> None:
    assert json.loads(text(published, published.data)) == DATA
    assert {lang: json.loads(text(published, name)) for lang, name in published.panels.items()} == PANELS
    assert {lang: json.loads(text(published, name)) for lang, name in published.searches.items()} == SEARCHES


def test_the_script_contains_leaflet_and_then_the_map(published: Published) -> None:
    script = text(published, published.script)
    assert script.index("Leaflet 1.9") < script.index("OcMap")


def test_the_script_refers_only_to_published_files(published: Published) -> None:
    assert "sourceMappingURL" not in text(published, published.script)


def test_fonts_are_written_before_the_style(published: Published) -> None:
    assert text(published, published.style).startswith("@font-face{}")


def test_the_components_name_the_published_bundle(published: Published) -> None:
    assert published.dashboard == DASHBOARD_NAME


def test_changed_data_get_a_new_name_and_the_rest_does_not(published: Published) -> None:
    other = publish({**DATA, "regions": [1]}, {"statements": []}, PANELS, SEARCHES, "@font-face{}")  # type: ignore[arg-type]
    assert other.data != published.data
    assert (other.script, other.style, other.evidence) == (published.script, published.style, published.evidence)
