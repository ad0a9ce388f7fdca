"""Collect the files that nginx can send itself, so that replicas need not."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ocmap.app.packed_files import InstalledFiles
from ocmap.export.static_site import build_site
from ocmap.web.app_data import App
from ocmap.web.packed import PackedFile, pack


def build_site_files(app: App) -> Mapping[str, Mapping[str, bytes]]:
    """Return what the server answers from memory, by folder and name, with a ``.gz`` beside each file that is packed.

    These are the files of the map's view, the light edition, and those of Streamlit and streamlit-folium.
    """
    ours = {"app/static": app.published.files, "light": build_site(app.profile, dashboard="../")}
    packed = [
        *((f"{folder}/{name}", pack(name, content)) for folder, own in ours.items() for name, content in own.items()),
        *asyncio.run(_pack_installed()),
    ]
    folders: dict[str, dict[str, bytes]] = defaultdict(dict)
    for path, content in _with_copies(packed):
        folder, _, name = path.rpartition("/")
        folders[folder][name] = content
    return folders


async def _pack_installed() -> list[tuple[str, PackedFile]]:
    installed = InstalledFiles()
    return [(name, await installed.get(name)) for name in installed.paths]


def _with_copies(files: Iterable[tuple[str, PackedFile]]) -> Iterable[tuple[str, bytes]]:
    for path, file in files:
        yield path, file.content
        if file.packed is not None:
            yield f"{path}.gz", file.packed
