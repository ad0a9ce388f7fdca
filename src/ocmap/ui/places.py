"""The places that a reader can go to."""

from ocmap import labels
from ocmap.model import PlaceKind
from ocmap.ui.scene import Scene

ABROAD = frozenset({PlaceKind.COUNTRY, PlaceKind.WORLD_AREA, PlaceKind.COAST})


def list_places(scene: Scene) -> list[tuple[str, str]]:
    """Return the ids and names of the places that a reader can go to: by their kind, then by name."""
    order = {kind: rank for rank, kind in enumerate(PlaceKind)}
    shown = [
        (order[one.kind], labels.name_of(one, scene.lang), one.place_id)
        for one in scene.app.world.dataset.places
        if one.kind not in ABROAD
    ]
    return [(one, name) for _, name, one in sorted(shown, key=lambda row: (row[0], row[1].casefold()))]
