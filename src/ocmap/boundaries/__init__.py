"""The build of the shapes: ``fetch`` the inputs, rarely and on record; ``build`` offline and the same again."""

from ocmap.boundaries.checks import check_shapes
from ocmap.boundaries.fetching import fetch
from ocmap.boundaries.pipeline import build

__all__ = ["build", "check_shapes", "fetch"]
