"""What a still map shows, in ids of the data package: as the app's map shows it in a state of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from ocmap.analysis.filters import INDIRECT, FilteredEvidence, level, routes_at
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_naming
from ocmap.analysis.view_state import Layer
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import DOUBTFUL, Basis, PlaceKind
from ocmap.web.map_data import ANSWERED, FINEST_DRAWN, responses_at

END_SIGNS = MappingProxyType({RouteEnd.OPEN: "open_end", RouteEnd.INFERRED: "inferred"})
"""The legend's rows on ends of routes that the sentence does not name."""
BY_RANK = ("region", "site", "corridor", "route", "country", "blank", "tripoint", "river")
"""The kinds of name, the most wanted first, where nothing is counted."""


class Mark(NamedTuple):
    """A place with a point, and the kind of its mark: ``site``, ``rough``, ``tripoint`` or ``response``."""

    kind: str
    place: str


class Name(NamedTuple):
    """A place, a route or a river that is named; the number of statements stands behind its name."""

    kind: str
    of: str
    number: int = 0


@dataclass(frozen=True)
class MapContent:
    """What a map shows.

    Attributes:
        levels: The colour class of each region that has one; None: the country is drawn without its regions.
        hatches: The basis by which a region is hatched.
        corridors: The look of each corridor.
        routes: The look of each route; all of them have a line.
        cards: The routes without a line, which stand on cards.
        focus: The place or route that is selected.
        names: What is named, the most wanted first.
    """

    levels: Mapping[str, int] | None = None
    hatches: Mapping[str, Basis] = field(default_factory=dict)
    corridors: Mapping[str, str] = field(default_factory=dict)
    routes: Mapping[str, str] = field(default_factory=dict)
    cards: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    rivers: bool = False
    focus: str = ""
    names: tuple[Name, ...] = ()


def content_of(page: PageContext) -> MapContent:
    """Return what the app's map shows in a state of the page."""
    profile, filtered, view = page.profile, page.filtered, page.view
    on = frozenset(view.layers)
    regions = profile.shapes.regions.index if Layer.REGIONS in on else ()
    corridors = profile.shapes.corridors["place_id"].unique() if Layer.CORRIDORS in on else ()
    routes = [one for one in filtered.routes if one in profile.routes_with_line] if Layer.ROUTES in on else ()
    cards = [one for one in filtered.routes if one not in profile.routes_with_line] if Layer.ROUTES in on else ()
    marks = tuple(_marks(profile, filtered, on))
    strong = {view.place, view.route}
    if view.place:
        strong.update(profile.corridors_of.get(view.place, ()), routes_at(profile.dataset, view.place))
    drawn = {*regions, *corridors, *routes, *(mark.place for mark in marks)}
    focus = next((one for one in (view.place, view.route) if one in drawn), None) or ""
    counts = {place: n for place in (*regions, *corridors) if (n := filtered.count_direct(place))}
    hatches = {place: basis for place in regions if (basis := filtered.indirect_basis(place))}
    rivers = profile.shapes.rivers.sort_values("rank")["river_id"] if Layer.RIVERS in on else ()
    names = [
        *(Name("region" if one in {*counts, *hatches} else "blank", one, counts.get(one, 0)) for one in regions),
        *(Name("corridor", one, counts.get(one, 0)) for one in corridors),
        *(Name("tripoint" if one.kind == "tripoint" else "site", one.place) for one in marks if one.kind != "response"),
        *(Name("route", one) for one in routes),
        *(Name("country", one) for one in named_countries(profile)),
        *(Name("river", one) for one in rivers),
    ]
    return MapContent(
        levels={place: level(n) for place, n in counts.items() if place in regions},
        hatches=hatches,
        corridors={one: "corridor-strong" if one in strong else "corridor" for one in corridors},
        routes={one: "route-strong" if one in strong else "route" for one in routes},
        cards=tuple(cards),
        marks=marks,
        rivers=Layer.RIVERS in on,
        focus=focus,
        names=tuple(sorted(names, key=lambda name: (name.of != focus, -name.number, BY_RANK.index(name.kind)))),
    )


def legend_rows(page: PageContext, content: MapContent) -> Iterator[str]:
    """Yield what the legend explains: what is drawn, and nothing else."""
    profile = page.profile
    regions = profile.shapes.regions.index if Layer.REGIONS in page.view.layers else ()
    if content.levels:
        yield "levels"
    yield from (basis.value for basis in INDIRECT if basis in content.hatches.values())
    if blank := [one for one in regions if one not in {*(content.levels or ()), *content.hatches}]:
        whole = profile.unfiltered
        hidden = any(whole.count_direct(one) or whole.indirect_basis(one) for one in blank)
        yield "filtered" if hidden else "blank"
    if content.routes:
        yield "schematic"
    ends = {end for one in (*content.routes, *content.cards) for end in profile.ends_of(one)}
    yield from (sign for end, sign in END_SIGNS.items() if end in ends)
    if any(profile.dataset.route[one].hedge in DOUBTFUL for one in content.routes):
        yield "hollow"
    if content.corridors:
        yield "corridor"
    kinds = {mark.kind for mark in content.marks}
    yield from (kind for kind in ("site", "rough", "tripoint", "response") if kind in kinds)


def named_countries(profile: CountryProfile) -> Iterator[str]:
    """Yield the neighbours that have a place for their name."""
    for place in (profile.dataset.place[one] for one in profile.shapes.countries.index):
        if place.place_id != profile.dataset.country_id and place.label_lon is not None:
            yield place.place_id


def _marks(profile: CountryProfile, filtered: FilteredEvidence, on: frozenset[Layer]) -> Iterator[Mark]:
    dataset = profile.dataset
    placed = [place for place in dataset.places if place.lon is not None and place.lat is not None]
    for place in placed if Layer.SITES in on else ():
        if place.kind is PlaceKind.SITE and filtered.statement_ids.intersection(statements_naming(dataset, place)):
            yield Mark("rough" if place.precision > FINEST_DRAWN else "site", place.place_id)
    for place in placed if Layer.TRIPOINTS in on else ():
        if place.kind is PlaceKind.TRIPOINT:
            yield Mark("tripoint", place.place_id)
    for place in placed if Layer.RESPONSES in on else ():
        if place.kind in ANSWERED and filtered.statement_ids.intersection(responses_at(dataset, place)):
            yield Mark("response", place.place_id)
