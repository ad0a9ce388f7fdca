"""Load the data once for all sessions, and log changed data when a session starts."""

import gc
import logging
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ocmap.web.app_data import App, build_app, changed_names, modification_times

LOGGER = logging.getLogger("ocmap")


@st.cache_resource(show_spinner=False)
def load(data: Path) -> App:
    """Build the app once for all sessions; after an error the next run tries again.

    Raises:
        DataError: As `build_app`.
        OSError: As `build_app`.
    """
    gc.disable()  # these objects live for the whole process; collecting during loading doubles its time
    try:
        app = build_app(data)
    finally:
        gc.enable()
    # Streamlit collects garbage after every run; freeze what stays for the life of the process.
    gc.collect()
    gc.freeze()
    return app


def log_changed_data(app: App) -> None:
    """Log where the data on disk have changed since they were read.

    Readers get no message: what they see is complete and shows its version.
    """
    _log(changed_names(app.times, modification_times(app.data)))


@lru_cache(maxsize=1)
def _log(changed: tuple[str, ...]) -> None:
    """Log the names of changed files, once for each set of names."""
    if changed:
        LOGGER.warning(
            "Data changed on disk since they were read: %s. The app goes on with what it read until it is restarted.",
            ", ".join(changed),
        )
