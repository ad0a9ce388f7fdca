"""The places that a reader can go to."""

from ocmap import i18n
from ocmap.dataset.schema import PlaceKind
from ocmap.web.page_context import PageContext

ABROAD = frozenset({PlaceKind.COUNTRY, PlaceKind.WORLD_AREA, PlaceKind.COAST})


def list_places(page: PageContext) -> list[tuple[str, str]]:
    """Return the ids and names of the places that a reader can go to: by their kind, then by name."""
    order = {kind: rank for rank, kind in enumerate(PlaceKind)}
    shown = [
        (order[one.kind], i18n.name_of(one, page.lang), one.place_id)
        for one in page.dataset.places
        if one.kind not in ABROAD
    ]
    return [(one, name) for _, name, one in sorted(shown, key=lambda row: (row[0], row[1].casefold()))]
