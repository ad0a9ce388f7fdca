"""The view of the routes: a diagram from origins to destinations, a list, and the card of the chosen route."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from ocmap.analysis.filters import Filters
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.routes import RouteSummary, count_by_market, count_hidden, summarize_routes
from ocmap.analysis.view_state import View
from ocmap.app import components
from ocmap.dataset.schema import DOUBTFUL, Hedge, Lang
from ocmap.web.diagrams.route_diagram import RouteDiagram, lay_out_routes
from ocmap.web.diagrams.still_map import StillMap, draw_thumbnail
from ocmap.web.panels import describe_route

LIST_FRAGMENT = "#list"  # makes a row's link differ from the diagram's, so that the focus returns to the row


def show_routes(page: PageContext) -> None:
    """Draw the view. The filters of markets and actors apply."""
    view = page.view
    rows = summarize_routes(page, page.filtered.routes)
    links = {row.route_id: page.href(view.select_route(row.route_id)) for row in rows}
    with st.container(key="routes"):
        components.show_linked(
            page,
            "routes.html",
            "routes_all",
            rows=rows,
            totals=count_by_market(rows),
            count=page.words.counted("count.routes", len(rows)),
            lines=_count_lines(page, rows),
            hidden=" ".join(_describe_hidden(page)),
            clear=page.clear_href,
            links=links,
            row_links={route_id: href + LIST_FRAGMENT for route_id, href in links.items()},
            diagram=_lay_out(page.profile, page.lang, page.filtered.routes),
            legend=list(_list_line_kinds(page, rows)),
            descriptions={row.route_id: _describe_line(page, row) for row in rows},
            labels={row.route_id: _label_line(page, row) for row in rows},
            doubtful={row.route_id for row in rows if row.hedge in DOUBTFUL},
            **_describe_chosen(page, rows),
        )


def _count_lines(page: PageContext, rows: Sequence[RouteSummary]) -> str:
    n = sum(row.drawn for row in rows)
    return page.words.counted("routes.lines", n) if n else page.words["routes.lines_none"]


def _describe_hidden(page: PageContext) -> Iterator[str]:
    """Yield how many routes each filter hides."""
    hidden = count_hidden(page.dataset, Filters.of(page.view))
    for key, n in (("routes.hidden_by_markets", hidden.by_markets), ("routes.hidden_by_actors", hidden.by_actors)):
        if n:
            yield page.words.counted(key, n)


def _list_line_kinds(page: PageContext, rows: Sequence[RouteSummary]) -> Iterator[tuple[str, str]]:
    """Yield the kinds of line in the diagram, each with its meaning."""
    words = page.words
    if any(row.drawn for row in rows):
        yield "drawn", words["routes.key_drawn"]
    if not all(row.drawn for row in rows):
        yield "undrawn", words["routes.key_undrawn"]
    if any(row.via for row in rows):
        yield "via", words["routes.key_via"]
    if any(not (row.origin and row.destination) for row in rows):
        yield "open", words["legend.open_end"]
    if any(row.inferred for row in rows):
        yield "inferred", words["legend.inferred"]
    if any(row.hedge in DOUBTFUL for row in rows):
        yield "hollow", words["routes.key_hollow"]


def _describe_line(page: PageContext, row: RouteSummary) -> str:
    """Describe a line of the diagram, for those who cannot see it."""
    words = page.words
    return (words["routes.alt_via"] if row.via else words["routes.alt"]).format(
        market=row.market,
        origin=row.marked[row.origin],
        via=row.name(row.via),
        destination=row.marked[row.destination],
        hedge=row.hedge_word,
        drawn=words["routes.drawn"] if row.drawn else words["routes.undrawn"],
    )


def _label_line(page: PageContext, row: RouteSummary) -> str:
    """Return a line's label in the diagram: whether the map draws it, which end is open, and a hedge that is one."""
    parts = (
        page.words["routes.drawn"] if row.drawn else "",
        "" if row.origin else page.words["route_end.origin"],
        "" if row.destination else page.words["route_end.destination"],
        "" if row.hedge is Hedge.STATED else row.hedge_word,
    )
    return " · ".join(filter(None, parts))


def _describe_chosen(page: PageContext, rows: Sequence[RouteSummary]) -> dict[str, object]:
    """Return the values of the chosen route's card, with links to the map; ``route`` is None if none is chosen."""
    chosen = page.view.route
    if chosen is None:
        return {"chosen": None, "route": None, "ends": ()}
    dataset = page.dataset
    on_map = replace(page, view=replace(page.view, view=View.MAP))
    return {
        "chosen": chosen,
        "route": describe_route(on_map, chosen),
        "ends": {point.place_id for point in dataset.points_of[chosen]},
        "is_hidden": chosen not in {row.route_id for row in rows},
        "thumbnail": _thumbnail(page.profile, chosen),
        "map_href": page.href(on_map.view),
        "close_href": page.href(page.view.select_place(None)),
    }


@lru_cache(maxsize=64)
def _lay_out(profile: CountryProfile, lang: Lang, route_ids: tuple[str, ...]) -> RouteDiagram:
    """Lay out routes; all of them take a quarter of a second, so each layout is made once."""
    return lay_out_routes(summarize_routes(LocalizedProfile(profile, lang), route_ids))


@lru_cache(maxsize=32)
def _thumbnail(profile: CountryProfile, route: str) -> StillMap | None:
    return draw_thumbnail(profile, route) if route in profile.routes_with_line else None
