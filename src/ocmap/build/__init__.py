"""The build of the shapes: ``fetch`` the inputs, rarely and on record; ``build`` offline and the same again."""

from ocmap.build.checks import check_shapes
from ocmap.build.fetching import fetch
from ocmap.build.pipeline import build

__all__ = ["build", "check_shapes", "fetch"]
