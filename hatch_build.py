"""Build hook: copy Leaflet out of the django-leaflet wheel into a git-ignored folder; put the data into wheels.

django-leaflet is named in ``[build-system] requires``, so it is at hand while the package is built and
never when it runs. Its wheel carries Leaflet 1.9.3, untouched, the version that folium 0.20 is written for; the wheel
leaves out Leaflet's own licence (BSD-2-Clause), so that comes from ``licences/``.

A wheel has in ``ocmap/dashboard`` what ``ocmap serve`` starts, as it lies in the repository.
"""

import importlib.metadata
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("leaflet.js", "leaflet.css")
DASHBOARD = ("app.py", ".streamlit/config.toml")
DATA = ("*.csv", "*.geojson", "*.json", "*.md", "*.toml", "coding/*.csv", "raw/*.toml")


class BuildHook(BuildHookInterface):
    """Put Leaflet's files where the app publishes them from, and the dashboard with its data into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the files; hatchling calls this before it builds the wheel or the editable install."""
        dist = importlib.metadata.distribution("django-leaflet")
        source = Path(str(dist.locate_file("leaflet/static/leaflet")))
        root = Path(self.root)
        target = root / "src" / "ocmap" / "vendor"
        target.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copyfile(source / name, target / name)
        shutil.copyfile(root / "licences" / "leaflet.txt", target / "LICENCE.txt")
        if self.target_name == "wheel" and version != "editable":
            data = (path.relative_to(root) for pattern in DATA for path in (root / "geodata").glob(pattern))
            files = sorted([*map(Path, DASHBOARD), *data])
            build_data["force_include"].update({str(root / one): f"ocmap/dashboard/{one.as_posix()}" for one in files})
