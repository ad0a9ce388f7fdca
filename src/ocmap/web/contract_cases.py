"""The cases that hold the client to Python's rules: states and addresses, seeded, with what Python makes of them."""

import random
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlencode

from shapely import LineString, Polygon

from ocmap.analysis.answers import answer, answer_of_place, national_answer
from ocmap.analysis.filters import FilteredEvidence, Filters, by_market
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_of_place
from ocmap.analysis.view_state import Layer, ViewState, Vocabulary, dropped_parameters
from ocmap.dataset.dataset import Dataset, RouteEnd
from ocmap.dataset.schema import LANGUAGES, Basis, PlaceKind
from ocmap.web import html
from ocmap.web.arcs import PER_DEGREE, share_arcs
from ocmap.web.diagrams.map_content import content_of, legend_rows
from ocmap.web.filter_form import describe_filters
from ocmap.web.map_caption import describe_caption
from ocmap.web.panel_file import build_panels
from ocmap.web.statement_cards import build_sections, split_by_directness

SEED = 20250
STATES, ADDRESSES, PANELS = 60, 150, 150
KINDS = (PlaceKind.CORRIDOR, PlaceKind.MACRO_REGION, PlaceKind.SITE)
"""Besides regions and the country, the kinds of place that have a panel of their own kind."""
NOISE = (
    ("place", "nowhere"),
    ("route", "nothing"),
    ("markets", "__proto__"),
    ("actors", "\0"),
    ("basis", ""),
    ("layers", "constructor"),
    ("lang", "fr"),
    ("data", "1.0.0"),
    ("data", "new"),
)
WEST = [(-70, -10), (-70, -9.5), (-71.25, -9), (-71, -10), (-70, -10)]
EAST = [(-70, -10), (-69, -10), (-69, -9), (-70, -9.5), (-70, -10)]
ENCLAVE = [(-69.75, -9.75), (-69.5, -9.75), (-69.5, -9.5005), (-69.75, -9.75)]
ROAD = [(-72, -8), (-70, -9.5), (-70, -10)]
SHAPES = (Polygon(WEST), Polygon(EAST, [ENCLAVE]), Polygon(ENCLAVE[::-1]), LineString(ROAD))
"""Neighbours, one with another inside it, and a line that ends along their border."""


def _places(profile: CountryProfile) -> tuple[str, ...]:
    """Return places of each kind of panel: the example, what is compared, a blank region, the most named of a kind."""
    dataset, settings = profile.dataset, profile.dataset.settings
    compared = (one for comparison in settings.compare.suggested for one in comparison.places)
    inset = settings.inset.places if settings.inset else ()
    blank = (one for one in profile.shapes.regions.index if not profile.unfiltered.of(one))
    kinds = filter(None, (_most_named(dataset, kind) for kind in KINDS))
    return tuple(
        dict.fromkeys((settings.start.example, dataset.country_id, *compared, *inset, *islice(blank, 1), *kinds))
    )


def _most_named(dataset: Dataset, kind: PlaceKind) -> str:
    ids = (place.place_id for place in dataset.places if place.kind is kind)
    return max(ids, key=lambda one: len(dataset.naming.get(one, ())), default="")


def _route(profile: CountryProfile) -> str:
    """Return the first route whose ends are both named."""
    return next(one for one, ends in profile.line_ends.items() if set(ends) == {RouteEnd.NAMED})


def _edges(profile: CountryProfile) -> tuple[str, ...]:
    """Return addresses that are easily misunderstood."""
    one, other, *_ = _places(profile)
    route, version = _route(profile), profile.dataset.version
    return (
        f"place={one}&place={other}",
        f"place=nowhere&route={route}",
        f"place={one}&route={route}",
        "markets=heroin,arms&markets=nothing&actors=%00",
        "basis=none&layers=none",
        "basis=border,named&layers=tripoints",
        "basis=&layers=&markets=&lang=fr",
        "basis=named,located,border,area,national",
        "place=%3Cscript%3E&markets=__proto__,constructor&lang=en&lang=es",
        "place=%FF%C3&markets=%ED%A0%80&lang=%",
        "&&==%%&place",
        f"data={version}&place={other}",
        "data=1.0.0",
        "data=1.0",
        "data=1.0.0,2.0.0",
        f"place={one}.",
        f"place={one})&lang=en.",
        f"place={one.lower()}&markets=ARMS",
        f"lang=en&amp;place={one}&amp;amp;markets=arms",
        f"place=%20%22{one}%22%20&basis=Named,BORDER.&layers=None",
        f"place=%C2%AB{one}%C2%BB.&data={version}.",
        f"place=...&route={route.upper()}%3E",
        f"place={one}xyz&basis=NAMED,located,border,area,national.",
    )


def build_cases(profile: CountryProfile) -> dict[str, list[Any]]:
    """Return the cases by what they are about."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    known = profile.vocabulary
    states = [ViewState(), *(_state(rng, known) for _ in range(STATES))]
    places = _places(profile)
    addresses = [*_edges(profile), *(_address(rng, _state(rng, known)) for _ in range(ADDRESSES))]
    panels = [replace(_state(rng, known), place=rng.choice(places), route=None) for _ in range(PANELS)]
    return {
        "version": [profile.dataset.version],
        "addresses": [_read_address(profile, query) for query in addresses],
        "states": [_count(profile, view) for view in states],
        "panels": [_list_statements(profile, view) for view in panels],
        "shapes": [_share_arcs()],
    }


def build_pages(profile: CountryProfile) -> dict[str, Any]:
    """Return the HTML, in Spanish, into which the cases are written: some panels, and the filters."""
    panels = build_panels(profile, "es")
    page = PageContext(profile, "es", ViewState())
    filters = html.render_localized(page, "filters.html", **describe_filters(page))
    keys = ("", *_places(profile), _route(profile), "tour/1", "tour/2", "tour/3")
    return {"panels": {key: panels[key] for key in keys}, "filters": filters}


def _state(rng: random.Random, known: Vocabulary) -> ViewState:
    """Return a state of the map's view: any selection, filters and layers."""
    place = rng.choice((None, rng.choice(sorted(known.places))))
    return ViewState(
        place=place,
        route=None if place else rng.choice((None, rng.choice(sorted(known.routes)))),
        markets=_some(rng, known.markets, rng.choice((0, 1, 1, 2, 6))),
        actors=_some(rng, known.actors, rng.choice((0, 0, 1, 3))),
        basis=tuple(one for one in Basis if rng.random() < rng.choice((0.4, 1, 1))),
        layers=tuple(one for one in Layer if rng.random() < rng.choice((0.3, 0.7, 1))),
        lang=rng.choice((None, "es", "en")),
    )


def _some(rng: random.Random, ids: frozenset[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(rng.sample(sorted(ids), rng.randint(0, most))))


def _address(rng: random.Random, view: ViewState) -> str:
    """Return a link to a state as another hand may write it: in any order, with unknown and repeated values."""
    pairs = [
        (name, rng.choice((",".join(values), one)))
        for name, given in view.to_query().items()
        for values in ([given] if isinstance(given, str) else given,)
        for one in values
    ]
    pairs += rng.sample(NOISE, rng.choice((0, 1, 3)))
    rng.shuffle(pairs)
    return urlencode(pairs)


def _read_address(profile: CountryProfile, query: str) -> dict[str, object]:
    """Return an address with what it is understood as."""
    parameters = parse_qs(query, keep_blank_values=True)
    view = ViewState.from_query(parameters, profile.vocabulary)
    return {
        "query": query,
        "canonical": view.script_query(),
        "dropped": dropped_parameters(parameters, view),
        "old": view.data if view.data != profile.dataset.version else None,
    }


def _count(profile: CountryProfile, view: ViewState) -> dict[str, object]:
    """Return what a state's filters leave, as it is counted, drawn and put in words."""
    page = PageContext(profile, "es", view)
    dataset, filtered = page.dataset, page.filtered
    content = content_of(replace(page, view=replace(view, layers=tuple(Layer))))
    any_market = _filter(profile, replace(view, markets=()))
    any_basis = _filter(profile, replace(view, basis=tuple(Basis)))
    groups = by_market(dataset, any_market.statement_ids)
    return {
        "query": view.script_query(),
        "counts": {
            place: [filtered.count_all(place).count(basis) for basis in Basis] for place in sorted(filtered.by_place)
        },
        "levels": content.levels,
        "hatches": content.hatches,
        "routes": sorted(content.routes),
        "marks": sorted(content.marks),
        "legend": list(legend_rows(page, content_of(page))),
        "caption": {lang: describe_caption(replace(page, lang=lang)) for lang in LANGUAGES},
        "answer": {
            own.lang: [answer(own), national_answer(own)] for own in (replace(page, lang=lang) for lang in LANGUAGES)
        },
        "markets": {market: len(groups[market]) for market in sorted(groups.keys() - {""})},
        "basis": [any_basis.basis_counts.count(basis) for basis in Basis],
    }


def _filter(profile: CountryProfile, view: ViewState) -> FilteredEvidence:
    return profile.apply_filters(Filters.of(view))


def _list_statements(profile: CountryProfile, view: ViewState) -> dict[str, object]:
    """Return the statements that a panel shows, in its order, and what it answers."""
    page = PageContext(profile, "es", view)
    place = profile.dataset.place[view.place or ""]
    found = statements_of_place(profile.dataset, page.filtered, place)
    whole = statements_of_place(profile.dataset, profile.unfiltered, place)
    sections = [
        section
        for _, bases in split_by_directness(found)
        for section in build_sections(page, place.place_id, bases, view.markets)
    ]
    return {
        "query": view.script_query(),
        "statements": [card.statement_id for section in sections for card in section.cards],
        "found": len(found),
        "answer": answer_of_place(page, found) if whole and view.is_filtered else "",
    }


def _share_arcs() -> dict[str, object]:
    """Return some shapes as they are sent, and the positions of their lines."""
    arcs, lines = share_arcs({"shapes": SHAPES})
    positions = ([WEST], [EAST, ENCLAVE], [ENCLAVE[::-1]], [ROAD])
    return {"perDegree": PER_DEGREE, "arcs": arcs, "lines": lines["shapes"], "positions": positions}
