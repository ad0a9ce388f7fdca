"""The view of the routes: a drawing from origins to destinations, a list, and the statement of the chosen one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from ocmap.analysis.filters import Filters
from ocmap.analysis.routes import Row, build_rows, count_hidden, count_markets, lay_out
from ocmap.analysis.summaries import Reader
from ocmap.analysis.view_state import View, ViewState
from ocmap.app import session
from ocmap.dataset.schema import Basis, Hedge, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.diagrams.locator_map import Sketch, build_sketches
from ocmap.web.map_data import DOUBTFUL
from ocmap.web.page_context import Scene
from ocmap.web.panels import describe_route

IN_LIST = "#list"  # ends the link of a row, so that the focus comes back to it and not to the drawing


def show_routes(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the view. The filters of markets and actors apply."""
    scene = Scene(app, view, lang, app.apply_filters(Filters.of(view)))
    reader = Reader(app.profile.dataset, app.profile.corridors_of, lang)
    rows = build_rows(reader, scene.filtered.routes, app.profile.routes_with_line)
    links = {row.route_id: session.href(app, view.select_route(row.route_id)) for row in rows}
    with st.container(key="routes"):
        html.show_linked(
            "routes.html",
            "routes_all",
            lambda href: session.follow(app, href.removesuffix(IN_LIST)),
            words=scene.words,
            lang=lang,
            rows=rows,
            totals=count_markets(rows),
            count=scene.words.counted("count.routes", len(rows)),
            lines=_lines(scene, rows),
            hidden=" ".join(_hidden(scene, reader)),
            clear=session.href(app, replace(view, markets=(), actors=(), basis=tuple(Basis))),
            links=links,
            row_links={one: href + IN_LIST for one, href in links.items()},
            diagram=lay_out(rows),
            keys=list(_keys(scene, rows)),
            alts={row.route_id: _alt(scene, row) for row in rows},
            notes={row.route_id: _note(scene, row) for row in rows},
            doubtful={row.route_id for row in rows if row.hedge in DOUBTFUL},
            **_chosen(scene, rows),
        )


def _lines(scene: Scene, rows: Sequence[Row]) -> str:
    n = sum(row.drawn for row in rows)
    return scene.words.counted("routes.lines", n) if n else scene.words["routes.lines_none"]


def _hidden(scene: Scene, reader: Reader) -> Iterator[str]:
    """Yield how many routes each filter hides."""
    hidden = count_hidden(reader, Filters.of(scene.view))
    for name, n in (("routes.hidden_by_markets", hidden.by_markets), ("routes.hidden_by_actors", hidden.by_actors)):
        if n:
            yield scene.words.counted(name, n)


def _keys(scene: Scene, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield the forms of line that the drawing has, each with what it means."""
    words = scene.words
    if any(row.drawn for row in rows):
        yield "drawn", words["routes.key_drawn"]
    if not all(row.drawn for row in rows):
        yield "undrawn", words["routes.key_undrawn"]
    if any(row.via for row in rows):
        yield "via", words["routes.key_via"]
    if any(row.hedge in DOUBTFUL for row in rows):
        yield "hollow", words["routes.key_hollow"]


def _alt(scene: Scene, row: Row) -> str:
    """Return a line of the drawing in words."""
    words = scene.words
    return (words["routes.alt_via"] if row.via else words["routes.alt"]).format(
        market=row.market,
        origin=row.name(row.origins),
        via=row.name(row.via),
        destination=row.name(row.destinations),
        hedge=row.hedge_word,
        drawn=words["routes.drawn"] if row.drawn else words["routes.undrawn"],
    )


def _note(scene: Scene, row: Row) -> str:
    """Return what is written on a line of the drawing: a path of ours, and anything but a flat statement."""
    drawn = [scene.words["routes.drawn"]] if row.drawn else []
    return " · ".join([*drawn, *([row.hedge_word] if row.hedge is not Hedge.STATED else [])])


def _chosen(scene: Scene, rows: Sequence[Row]) -> dict[str, object]:
    """Return what the view shows of the chosen route, its links leading to the map; or that there is none."""
    chosen = scene.view.route
    if chosen is None:
        return {"chosen": None, "route": None, "ends": ()}
    app, dataset = scene.app, scene.app.profile.dataset
    on_map = replace(scene, view=replace(scene.view, view=View.MAP))
    return {
        "chosen": chosen,
        "route": describe_route(on_map, chosen),
        "ends": {point.place_id for point in dataset.points_of[chosen]},
        "filtered": chosen not in {row.route_id for row in rows},
        "sketch": _sketches(app).get(chosen),
        "route_hollow": dataset.route[chosen].hedge in DOUBTFUL,
        "show": session.href(app, on_map.view),
        "close_href": session.href(app, scene.view.select_place(None)),
    }


@lru_cache(maxsize=1)
def _sketches(app: App) -> Mapping[str, Sketch]:
    return build_sketches(app.profile.dataset, app.profile.shapes)
