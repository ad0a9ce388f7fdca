"""Build hook: copy Leaflet, untouched, out of the django-leaflet wheel into a git-ignored folder.

django-leaflet is named in ``[build-system] requires``, so it is at hand while the package is built and
never when it runs. Its wheel carries Leaflet 1.9.3, the version that folium 0.20 is written for; the wheel
leaves out Leaflet's own licence (BSD-2-Clause), so that comes from ``licences/``.
"""

import importlib.metadata
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("leaflet.js", "leaflet.css")


class LeafletHook(BuildHookInterface):
    """Put Leaflet's files where the app publishes them from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Copy the files; hatchling calls this before it builds the wheel or the editable install."""
        dist = importlib.metadata.distribution("django-leaflet")
        source = Path(str(dist.locate_file("leaflet/static/leaflet")))
        target = Path(self.root) / "src" / "ocmap" / "vendor"
        target.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copyfile(source / name, target / name)
        shutil.copyfile(Path(self.root) / "licences" / "leaflet.txt", target / "LICENCE.txt")
