"""ocmap: a map of organized crime in a country in which every mark leads back to the sentence it rests on.

In a notebook: ``profile = ocmap.load()``; what it returns is in docs/python.md.
"""

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocmap.notebook import Profile

__all__ = ["load"]


def load(data: str | PathLike[str] | None = None) -> "Profile":
    """Read and check a data package.

    Args:
        data: Its folder; None for the data that come with ocmap.

    Raises:
        NotADirectoryError: ``data`` is not a folder.
        DataError: The package has faults (`ocmap.dataset.errors`); the message has one a line.
    """
    from ocmap.notebook import Profile  # noqa: PLC0415 - geopandas is slow to import, and not every import needs it

    return Profile.read(data)
