"""Check an export request: whether its ids exist, and which downloads they can limit."""

from collections.abc import Iterable, Mapping, Sequence

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.text_files import shorten
from ocmap.export.files import Download, ExportError
from ocmap.i18n.folding import suggest_similar

NOT_LIMITED_BY_MARKET = frozenset({Download.PACKAGE})
IMAGES = frozenset({Download.SVG, Download.PNG})
NOT_LIMITED_BY_PLACE = frozenset({Download.PACKAGE, Download.GEOPACKAGE})


def view_of(dataset: Dataset, place: str | None, markets: Iterable[str]) -> ViewState:
    """Return the view of a place and markets.

    Raises:
        ExportError: One of them does not exist; the message suggests similar ones.
    """
    places = {row.place_id: (row.name_en, row.name_es) for row in dataset.places}
    topics = {row.topic_id: (row.name_en, row.name_es, row.short_en, row.short_es) for row in dataset.markets}
    chosen = tuple(sorted({_check_id("market", market, topics) for market in markets}))
    return ViewState(place=_check_id("place", place, places) if place is not None else None, markets=chosen)


def _check_id(kind: str, requested: str, names: Mapping[str, Sequence[str]]) -> str:
    if requested in names:
        return requested
    similar = suggest_similar(requested, names)
    hint = f"; did you mean {similar}?" if similar else f"; a {kind} is one of {', '.join(names)}"
    raise ExportError(f"there is no {kind} {shorten(requested)!r}{hint}")


def downloads_of(view: ViewState, formats: Iterable[str]) -> tuple[Download, ...]:
    """Return the downloads of these formats; without formats, all data downloads that the view can limit.

    Raises:
        ExportError: The view has a place or market that cannot limit one of the downloads.
    """
    unlimited = NOT_LIMITED_BY_PLACE if view.place else NOT_LIMITED_BY_MARKET if view.markets else frozenset[Download]()
    requested = {Download(name) for name in formats} or set(Download) - IMAGES - unlimited
    if refused := sorted(requested & unlimited):
        limit, option = ("a place", "--place") if view.place else ("a market", "--market")
        raise ExportError(f"{', '.join(refused)} cannot be limited to {limit}: choose other formats, or omit {option}")
    return tuple(download for download in Download if download in requested)
