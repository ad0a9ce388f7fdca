"""The share panel: the link to a view, its citation, and its statements as a file."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from ocmap import labels
from ocmap.codebook import cite
from ocmap.model import Basis, Place, PlaceKind
from ocmap.narrative import route_course, statements_at
from ocmap.query import COUNTRY, RANK

if TYPE_CHECKING:
    from ocmap.ui.stage import Scene

EVIDENCE_KINDS = frozenset({PlaceKind.REGION, PlaceKind.CORRIDOR})


def show_share(scene: "Scene") -> None:
    """Offer the link to this view, its citation and a download of its statements."""
    words = scene.words

    def body() -> None:
        title, name, found = _selected(scene)
        st.caption(words.share_link)
        st.code(cite(title, scene.lang, datetime.now(tz=UTC).date()), language=None, wrap_lines=True)
        st.download_button(
            words.download,
            data=lambda: _to_csv(scene, found),
            file_name=f"ocmap-{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download",
        )

    st.dialog(words.share)(body)()


def _selected(scene: "Scene") -> tuple[str, str, Mapping[str, Basis]]:
    """Return the title of what is selected, its id, and its statements with their basis."""
    dataset = scene.app.world.dataset
    if scene.view.route:
        route = dataset.route[scene.view.route]
        market = labels.short_of(dataset.topic[route.market], scene.lang)
        title = f"{market}: {route_course(dataset, route, scene.lang)}"
        return title, route.route_id, {route.statement_id: Basis.NAMED}
    if scene.view.place:
        place = dataset.place[scene.view.place]
        return labels.name_of(place, scene.lang), place.place_id, found_at(scene, place)
    return scene.words.map_title, "peru", _everything(scene)


def found_at(scene: "Scene", place: Place) -> Mapping[str, Basis]:
    """Return the statements of a place that pass the filters, with their basis."""
    if place.kind in EVIDENCE_KINDS or place.place_id == COUNTRY:
        return scene.reading.of(place.place_id)
    shown = {one for found in scene.reading.reach.values() for one in found}
    return {one: Basis.NAMED for one in statements_at(scene.app.world.dataset, place) if one in shown}


def _everything(scene: "Scene") -> Mapping[str, Basis]:
    """Return every statement that passes the filters, with the strongest basis on which any place shows it."""
    found: dict[str, Basis] = {}
    for statements in scene.reading.reach.values():
        for one, basis in statements.items():
            found[one] = min(found.get(one, basis), basis, key=RANK.__getitem__)
    return dict(sorted(found.items()))


def _to_csv(scene: "Scene", found: Mapping[str, Basis]) -> str:
    """Return statements as CSV, with what a reader needs to cite them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["statement_id", "sentence_id", "basis", "hedge", "markets", "actors", "text_en", "text_es"])
    for statement_id, basis in found.items():
        one = scene.app.world.dataset.statement[statement_id]
        writer.writerow(
            [
                statement_id,
                one.sentence_id,
                basis.value,
                one.hedge.value,
                ";".join(one.markets),
                ";".join(one.actors),
                one.text_en,
                one.text_es,
            ]
        )
    return out.getvalue()
