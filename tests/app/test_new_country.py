"""A package that `ocmap new` has just written, without a sentence: every view can be opened."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from shapely import LineString, box
from tests.app.conftest import lay_out, opener
from tests.app.reading import Open
from tests.support.small_world import World, write_inputs, write_regions

from ocmap.analysis.view_state import View
from ocmap.cli import main
from ocmap.dataset.schema import LANGUAGES, Lang


@pytest.fixture(scope="module")
def open_new(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Open]:
    folder = tmp_path_factory.mktemp("new")
    border = LineString([(12, 9), (12, 13)])
    world = World([box(10, 10, 16, 12)], [border], towns=[(10.5, 11, "EC"), (13.5, 11, "PE")])
    halves = (box(10, 10, 11, 12), box(11, 10, 12, 12))
    layer = write_regions(folder / "regions.geojson", halves, name=("North", "South"))
    inputs = write_inputs(folder / "inputs", world)
    package = folder / "package"
    assert main(["new", str(package), "--country", "EC", "--regions", str(layer), "--data", str(inputs)]) == 0
    (folder / "app").mkdir()
    yield opener(os.fspath(lay_out(folder / "app", root, package)))
    st.cache_resource.clear()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", View)
def test_every_view_opens_without_a_sentence(open_new: Open, view: View, lang: Lang) -> None:
    app = open_new(view=view.value, lang=lang)
    assert [fault.value for fault in app.exception] == []
    assert len(app.main) > 0
