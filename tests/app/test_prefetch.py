"""The panels that the browser fetches ahead are those that the server would send."""

import json
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.app.reading import Open

from ocmap.dataset import Dataset
from ocmap.ui.load import App, load
from ocmap.ui.prefetch import build_panels, is_plain
from ocmap.view import ViewState


@pytest.fixture(scope="module")
def app(geodata: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    return load.__wrapped__(geodata, tmp_path_factory.mktemp("static"))  # type: ignore[attr-defined, no-any-return]


def panel(app: AppTest) -> str:
    data = (json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json)
    html: str = next(one["html"] for one in data if "panels" in one)
    return html


def test_each_place_and_route_has_its_panel_and_so_has_the_first_view(app: App, dataset: Dataset) -> None:
    panels = build_panels(app, "es")
    assert panels.keys() == {"", *dataset.place, *dataset.route}


@pytest.mark.parametrize(
    "query", [{}, {"place": "PE-LMA"}, {"place": "border-BO"}, {"place": "la-pampa"}, {"route": "heroin.1-r2"}]
)
def test_a_fetched_panel_is_what_the_server_sends(open_app: Open, app: App, query: dict[str, str]) -> None:
    assert panel(open_app(**query)) == build_panels(app, "es")[next(iter(query.values()), "")]


@pytest.mark.parametrize(
    ("view", "plain"),
    [
        (ViewState(), True),
        (ViewState(place="PE-CUS", lang="en", layers=()), True),
        (ViewState(markets=("arms",)), False),
        (ViewState(actors=("shining-path",)), False),
        (ViewState(basis=()), False),
        (ViewState(tour=1), False),
    ],
)
def test_only_a_state_without_filters_and_tour_is_plain(view: ViewState, *, plain: bool) -> None:
    assert is_plain(view) is plain


@pytest.fixture(autouse=True)
def _clear() -> None:
    st.cache_resource.clear()
