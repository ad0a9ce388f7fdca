"""The panels that the browser fetches ahead, and when the server leaves a panel to it."""

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.app.reading import Open

from ocmap.analysis.view_state import ViewState
from ocmap.app.components import HAVE
from ocmap.app.resources import load
from ocmap.dataset.dataset import Dataset
from ocmap.web.app_data import App
from ocmap.web.panel_file import build_panels, is_in_file


@pytest.fixture(scope="module")
def app(geodata: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    return load.__wrapped__(geodata, tmp_path_factory.mktemp("static"))  # type: ignore[attr-defined, no-any-return]


def panel(app: AppTest) -> dict[str, Any]:
    """Return the arguments of the panel component."""
    data = (json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json)
    told: dict[str, Any] = next(one for one in data if one.get("part") == "panel")
    return told


def test_the_file_has_a_panel_for_each_place_route_and_step_and_the_first_view(app: App, dataset: Dataset) -> None:
    panels = build_panels(app.profile, "es")
    assert panels.keys() == {"", *dataset.place, *dataset.route, *(f"tour/{n}" for n in range(1, 6))}


def test_a_browser_with_the_panels_receives_only_the_state(open_app: Open) -> None:
    app = open_app(place="PE-LMA")
    assert "Lima Metropolitana" in panel(app)["html"]
    app.session_state[HAVE] = panel(app)["panels"]
    app.query_params["place"] = "PE-CUS"
    app.run()
    assert "html" not in panel(app)
    assert panel(app)["q"] == "place=PE-CUS"


@pytest.mark.parametrize("have", ["", None, 7, ["panels"], "panels-en.0123.gz"])
def test_a_browser_with_other_panels_receives_the_panel(open_app: Open, have: object) -> None:
    app = open_app(place="PE-LMA")
    app.session_state[HAVE] = have
    app.query_params["place"] = "PE-CUS"
    app.run()
    assert "Cusco" in panel(app)["html"]


@pytest.mark.parametrize(
    ("view", "kept"),
    [
        (ViewState(), True),
        (ViewState(place="PE-CUS", lang="en", layers=()), True),
        (ViewState(markets=("arms",), actors=("shining-path",), basis=()), True),
        (ViewState(tour=1), False),
        (ViewState(compare=("PE-PUN",)), False),
    ],
)
def test_the_file_has_only_states_without_tour_and_comparison(view: ViewState, *, kept: bool) -> None:
    assert is_in_file(view) is kept


@pytest.fixture(autouse=True)
def _clear() -> None:
    st.cache_resource.clear()
