"""Hostile links, a package full of markup, broken packages: a page that works, and text that is text."""

import os
import shutil
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.app.conftest import lay_out, opener
from tests.app.reading import Open, bodies, heading, text
from tests.support.hostile_links import queries
from tests.support.hostile_markup import PARTS, Elements, mark_up
from tests.support.mutations import CHANGES, mutate

from ocmap.analysis.view_state import View
from ocmap.app import components
from ocmap.dataset.reader import read_dataset

LINKS = 240
AT_ONCE = 30
FIRST = 60  # of the links; the others are long
PAGES = [
    *({"view": view} for view in View),
    {"place": "PE-LMA"},
    {"place": "border-EC"},
    {"place": "la-pampa"},
    {"place": "amazon"},
    {"route": "heroin.1-r2"},
    {"view": "compare", "compare": ["PE-LMA", "PE-PUN"]},
    {"view": "table", "cell": ["arms", "cocaine"], "matrix": "sentences"},
    {"view": "actors", "actors": ["foreign-groups", "officials"]},
    {"place": "PE-LMA", "embed": "true"},
    {"tour": "2"},
]


def sendable(value: Any) -> Any:
    """Return a text, or each of several, as a browser would send it: without half of a surrogate pair."""
    return [sendable(one) for one in value] if isinstance(value, list) else value.encode("utf-8", "replace").decode()


def is_sound(app: AppTest) -> bool:
    """Return whether a page was drawn without an exception and holds nothing but text and elements of ours."""
    return not app.exception and not app.error and bool(heading(app) or bodies(app)) and not Elements(bodies(app)).live


@pytest.mark.parametrize(
    "start",
    [
        *range(0, FIRST, AT_ONCE),
        *(pytest.param(start, marks=pytest.mark.long) for start in range(FIRST, LINKS, AT_ONCE)),
    ],
)
def test_a_hostile_link_opens_a_working_page_that_repeats_nothing(open_app: Open, start: int) -> None:
    for number in range(start, start + AT_ONCE):
        query, marks = queries(number)
        app = open_app(**{sendable(name): sendable(value) for name, value in query.items() if name})
        assert is_sound(app), number
        shown = bodies(app)
        assert [one for one in marks if one in shown or escape(one) in shown] == [], number


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, geodata: Path) -> Path:
    package = tmp_path_factory.mktemp("marked") / "package"
    shutil.copytree(geodata, package, ignore=shutil.ignore_patterns("raw"))
    mark_up(package)
    return package


@pytest.fixture(scope="module")
def marked_app(marked: Path, root: Path) -> Iterator[Callable[..., AppTest]]:
    yield opener(os.fspath(lay_out(marked.parent, root, marked)))
    st.cache_resource.clear()


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("query", PAGES, ids=str)
def test_markup_in_the_data_is_text_on_every_page(
    marked_app: Callable[..., AppTest], marked: Path, query: dict[str, Any], lang: str
) -> None:
    dataset = read_dataset(marked)
    app = marked_app(**query, lang=lang)
    assert is_sound(app)
    if place := query.get("place"):
        name = getattr(dataset.place[place], f"name_{lang}")
        assert name in text(app) or " ".join(name.split()) in text(app)
    if query.get("view") in {"national", "actors", "resilience", "routes"} or place:
        assert sum(escape(part) in bodies(app) for part in PARTS) >= 3
    named = Elements(bodies(app)).named
    assert not [one for one in named if "&lt;img" in one or "&amp;amp;" in one]


@pytest.mark.parametrize("number", range(3, 2 * len(CHANGES), 7))
def test_a_broken_package_shows_its_faults_or_the_map(
    broken_app: Callable[[], AppTest], package: Path, number: int
) -> None:
    mutate(package, number)
    app = broken_app()
    assert is_sound(app)
    told = "Los datos contienen errores" in heading(app)
    assert told is ("<code>" in bodies(app)) or heading(app) == "Elija un lugar"
    st.cache_resource.clear()


@pytest.mark.parametrize("name", PARTS)
def test_no_label_is_rendered_as_markdown(name: str) -> None:
    label = components.as_label(name)
    assert label.replace("\\", "").replace("\u2060", "") == name.replace("\\", "")
    assert not [i for i, sign in enumerate(label) if sign in "*_[]<>$:`~&" and label[i - 1] != "\\"]
