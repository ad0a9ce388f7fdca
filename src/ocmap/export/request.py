"""What somebody asked to have exported, by ids: whether they exist, and which downloads that can narrow."""

from collections.abc import Iterable, Mapping, Sequence

from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.reader import shorten
from ocmap.export.files import Download, ExportError
from ocmap.i18n.folding import suggest_similar

WHOLE_WITH_MARKETS = frozenset({Download.PACKAGE})
IMAGES = frozenset({Download.SVG, Download.PNG})
WHOLE_WITH_PLACE = frozenset({Download.PACKAGE, Download.GEOPACKAGE})


def view_of(dataset: Dataset, place: str | None, markets: Iterable[str]) -> ViewState:
    """Return the view of a place and markets.

    Raises:
        ExportError: One of them does not exist; the message names those that are like it.
    """
    places = {one.place_id: (one.name_en, one.name_es) for one in dataset.places}
    topics = {one.topic_id: (one.name_en, one.name_es, one.short_en, one.short_es) for one in dataset.markets}
    chosen = tuple(sorted({_known("market", one, topics) for one in markets}))
    return ViewState(place=_known("place", place, places) if place is not None else None, markets=chosen)


def _known(what: str, wanted: str, names: Mapping[str, Sequence[str]]) -> str:
    if wanted in names:
        return wanted
    like = suggest_similar(wanted, names)
    hint = f"; did you mean {like}?" if like else f"; a {what} is one of {', '.join(names)}"
    raise ExportError(f"there is no {what} {shorten(wanted)!r}{hint}")


def downloads_of(view: ViewState, formats: Iterable[str]) -> tuple[Download, ...]:
    """Return the downloads of these formats, or without any those of data that a view can narrow.

    Raises:
        ExportError: A place or market is asked of a download that always holds everything.
    """
    whole = WHOLE_WITH_PLACE if view.place else WHOLE_WITH_MARKETS if view.markets else frozenset[Download]()
    wanted = {Download(one) for one in formats} or set(Download) - IMAGES - whole
    if refused := sorted(wanted & whole):
        narrowing = "a place" if view.place else "a market"
        raise ExportError(
            f"{', '.join(refused)} cannot be limited to {narrowing}: leave it out or choose other formats"
        )
    return tuple(one for one in Download if one in wanted)
