"""Build the shapes of the data package: ``fetch`` the inputs once, ``build`` offline and reproducibly."""

from ocmap.boundaries.fetching import fetch
from ocmap.boundaries.pipeline import build
from ocmap.boundaries.sources import UserLayer
from ocmap.boundaries.verification import check_shapes

__all__ = ["UserLayer", "build", "check_shapes", "fetch"]
