"""Load the data once for all sessions; restore published files and log changed data when a session starts."""

import gc
import logging
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ocmap.web.app_data import App, build_app, differing, times_of

LOGGER = logging.getLogger("ocmap")


@st.cache_resource(show_spinner=False)
def load(data: Path, static: Path) -> App:
    """Build the app once for all sessions; where it cannot be built nothing is kept, and the next run tries again.

    Raises:
        DataError: As `build_app`.
        OSError: As `build_app`.
    """
    gc.disable()  # these objects live for the whole process; collecting during loading doubles its time
    try:
        app = build_app(data, static)
    finally:
        gc.enable()
    # Streamlit collects garbage after every run; what is loaded by now never becomes any.
    gc.collect()
    gc.freeze()
    return app


def restore_files(app: App) -> None:
    """Put back published files that were lost, and tell who runs the app where the data on disk are others by now.

    Readers are not told: what they see is whole, and says which version it is of.

    Raises:
        OSError: A published file is missing and cannot be written.
    """
    app.published.shelf.mend()
    _tell(differing(app.times, times_of(app.data)))


@lru_cache(maxsize=1)
def _tell(changed: tuple[str, ...]) -> None:
    """Write one line to the log, and not again until what has changed is something else."""
    if changed:
        LOGGER.warning(
            "Data changed on disk since they were read: %s. The app goes on with what it read until it is restarted.",
            ", ".join(changed),
        )
