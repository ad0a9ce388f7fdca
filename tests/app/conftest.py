"""The app as it is started, on a folder of its own, without a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

SECONDS = 30


def lay_out(folder: Path, root: Path, data: Path) -> Path:
    """Put app.py and a link to a data package into a folder; return the script."""
    (folder / "geodata").symlink_to(data, target_is_directory=True)
    return Path(shutil.copy(root / "app.py", folder / "app.py"))


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory, root: Path, geodata: Path) -> Iterator[str]:
    """Return the app's script beside the shipped data; what it publishes goes to a folder of the test's."""
    yield os.fspath(lay_out(tmp_path_factory.mktemp("app"), root, geodata))
    st.cache_resource.clear()


def opener(script: str) -> Callable[..., AppTest]:
    """Return a function that opens a script with parameters of the URL."""

    def run(**query: str | list[str]) -> AppTest:
        app = AppTest.from_file(script, default_timeout=SECONDS)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return run


@pytest.fixture
def open_app(script: str) -> Callable[..., AppTest]:
    """Return a function that opens the app with parameters of the URL."""
    return opener(script)


@pytest.fixture
def broken_app(tmp_path: Path, root: Path, package: Path) -> Callable[[], AppTest]:
    """Return a function that opens the app on the copy of the data package, as broken as it is by then."""

    def run() -> AppTest:
        folder = tmp_path / "app"
        folder.mkdir()
        return AppTest.from_file(os.fspath(lay_out(folder, root, package)), default_timeout=SECONDS).run()

    return run
