"""List the places that a reader can open."""

from ocmap.analysis.page_context import PageContext
from ocmap.dataset.schema import PlaceKind

ABROAD = frozenset({PlaceKind.COUNTRY, PlaceKind.WORLD_AREA, PlaceKind.COAST})


def list_places(page: PageContext) -> list[tuple[str, str]]:
    """Return ids and names of the places that a reader can open, by kind, then by name."""
    order = {kind: rank for rank, kind in enumerate(PlaceKind)}
    rows = [
        (order[place.kind], page.name(place.place_id), place.place_id)
        for place in page.dataset.places
        if place.kind not in ABROAD
    ]
    return [(place_id, name) for _, name, place_id in sorted(rows, key=lambda row: (row[0], row[1].casefold()))]
