"""What is looked after whenever a page is opened: files that were published, and data that changed after the start."""

import logging
from functools import lru_cache

from ocmap.web.app_data import App, differing, times_of

LOGGER = logging.getLogger("ocmap")


def look_after(app: App) -> None:
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
