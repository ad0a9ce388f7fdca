"""What the map shows in a state of the page, as plain data."""

from collections.abc import Iterator

from ocmap.analysis.filters import INDIRECT, FilteredEvidence, level
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import related_to, statements_naming
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.dataset.schema import DOUBTFUL, POSITIONED_KINDS, Lang, PlaceKind
from ocmap.web.json_data import Json
from ocmap.web.map_data import FINEST_DRAWN, responses_at
from ocmap.web.tokens import Theme


def build_scene(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, lang: Lang, theme: Theme) -> Json:
    """Return what the map shows in a state: language, theme, selection, counts, visibility.

    Zeroes and blanks are left out. ``routesWithoutLine`` decides on the cards at the edge.
    """
    return {
        "lang": lang,
        "theme": theme,
        "selected": _selected(view),
        "layers": [layer.value for layer in view.layers],
        "regions": dict(_scene_regions(profile, filtered)),
        "corridors": _near(profile, view, {one: {"n": filtered.count_direct(one)} for one in _corridor_ids(profile)}),
        "routes": _near(profile, view, {one: {} for one in filtered.routes if one in profile.routes_with_line}),
        "sites": dict(_scene_sites(profile, filtered)),
        "tripoints": {place.place_id: {} for place in profile.dataset.places if place.kind is PlaceKind.TRIPOINT},
        "responses": dict(_scene_responses(profile, filtered)),
        "routesWithoutLine": sorted(filtered.route_ids - profile.routes_with_line)
        if Layer.ROUTES in view.layers
        else [],
        "legend": list(_legend(profile, filtered, view)),
    }


def _corridor_ids(profile: CountryProfile) -> list[str]:
    return [str(one) for one in profile.shapes.corridors["place_id"].unique()]


def _selected(view: ViewState) -> Json | None:
    if view.route:
        return {"kind": "route", "id": view.route}
    return {"kind": "place", "id": view.place} if view.place else None


def _near(profile: CountryProfile, view: ViewState, marks: dict[str, Json]) -> dict[str, Json]:
    """Return corridors or routes, highlighted those that are related to the selected place."""
    near = related_to(profile, view.place) if view.place else ()
    return {mark_id: mark | ({"near": True} if mark_id in near else {}) for mark_id, mark in marks.items()}


def _scene_regions(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[tuple[str, Json]]:
    for place_id in profile.shapes.regions.index:
        n, indirect = filtered.count_direct(place_id), filtered.indirect_basis(place_id)
        wider = {basis.value: filtered.count_on_markets(place_id).count(basis) for basis in INDIRECT}
        counts = {
            key: value for key, value in {"n": n, "level": level(n), **wider, "indirect": indirect}.items() if value
        }
        if counts:
            unseen = not n and profile.unfiltered.count_direct(place_id)
            yield place_id, counts | ({"hidden": True} if unseen else {})
        elif profile.unfiltered.of(place_id):
            yield place_id, {"hidden" if _drawable(profile, place_id) else "unmarked": True}


def _drawable(profile: CountryProfile, place_id: str) -> bool:
    """Return whether a region would have colour or hatching without any filter."""
    return bool(profile.unfiltered.count_direct(place_id) or profile.unfiltered.indirect_basis(place_id))


def _scene_sites(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[tuple[str, Json]]:
    for place in profile.dataset.places:
        if place.kind is PlaceKind.SITE:
            n = len(filtered.statement_ids.intersection(statements_naming(profile.dataset, place)))
            if n:
                yield place.place_id, {"n": n}


def _scene_responses(profile: CountryProfile, filtered: FilteredEvidence) -> Iterator[tuple[str, Json]]:
    for place in profile.dataset.places:
        if place.kind in POSITIONED_KINDS and (
            n := len(filtered.statement_ids.intersection(responses_at(profile.dataset, place)))
        ):
            yield f"response/{place.place_id}", {"n": n}


def _legend(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState) -> Iterator[str]:
    """Yield what the legend must explain: what is drawn, and nothing else."""
    drawn = [profile.dataset.route[one] for one in filtered.routes if one in profile.routes_with_line]
    on = frozenset(view.layers)
    if Layer.REGIONS in on:
        hatches = {filtered.indirect_basis(place_id) for place_id in profile.shapes.regions.index}
        if any(map(filtered.count_direct, profile.shapes.regions.index)):
            yield "levels"
        yield from (basis.value for basis in INDIRECT if basis in hatches)
        empty = [
            one
            for one in profile.shapes.regions.index
            if not filtered.count_direct(one) and not filtered.indirect_basis(one)
        ]
        if empty:
            yield "filtered" if any(_drawable(profile, one) for one in empty) else "blank"
    if Layer.ROUTES in on and drawn:
        yield "schematic"
        if any(route.hedge in DOUBTFUL for route in drawn):
            yield "hollow"
    if Layer.CORRIDORS in on:
        yield "corridor"
    if Layer.SITES in on:
        sites = {profile.dataset.place[one].precision > FINEST_DRAWN for one, _ in _scene_sites(profile, filtered)}
        yield from (swatch for rough, swatch in ((False, "site"), (True, "rough")) if rough in sites)
    if Layer.TRIPOINTS in on:
        yield "tripoint"
    if Layer.RESPONSES in on and any(_scene_responses(profile, filtered)):
        yield "response"
