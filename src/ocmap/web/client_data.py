"""Prepare the data with which the browser filters the profile itself.

The client works out from it what `ocmap.analysis.filters.apply_filters` works out here, so that no choice needs the
server; ``ocmap contract`` writes the cases that hold both to the same results.
"""

from collections.abc import Mapping

from ocmap import i18n
from ocmap.analysis.filters import DIRECT, INDIRECT, LEVELS
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import phrase, related_to, statements_naming
from ocmap.analysis.view_state import DEFAULT_LAYERS, Layer
from ocmap.dataset.schema import DOUBTFUL, LANGUAGES, POSITIONED_KINDS, RANK, Basis, PlaceKind
from ocmap.web.client_types import ClientData, RouteData, SitePoint, StatementData
from ocmap.web.map_data import FINEST_DRAWN, responses_at

TEXTS = ("answer", "caption", "count", "filters", "light_edition", "link_part", "notice", "panel", "search")
"""The tables of texts that the client writes from."""


def build_client_data(profile: CountryProfile) -> ClientData:
    """Return the statements with the properties that filters compare, their evidence, and what else a scene counts.

    ``statements`` are in the profile's order; everywhere else a statement is its index there.
    """
    dataset, order = profile.dataset, profile.dataset.profile_order
    return {
        "country": dataset.country_id,
        "bases": list(Basis),
        "direct": sorted(RANK[basis] for basis in DIRECT),
        "indirect": [RANK[basis] for basis in INDIRECT],
        "levels": [low for low, _ in LEVELS],
        "layers": list(Layer),
        "defaultLayers": list(DEFAULT_LAYERS),
        "markets": [
            (topic.topic_id, {lang: i18n.short_of(topic, lang) for lang in LANGUAGES}) for topic in dataset.markets
        ],
        "actors": [actor.actor_id for actor in dataset.actors],
        "places": [place.place_id for place in dataset.places],
        "regions": [str(one) for one in profile.shapes.regions.index],
        "corridors": [str(one) for one in profile.shapes.corridors["place_id"].unique()],
        "tripoints": [place.place_id for place in dataset.places if place.kind is PlaceKind.TRIPOINT],
        "statements": _statements(profile, order),
        "byPlace": {
            place_id: [(order[one], RANK[basis]) for one, basis in found.items()]
            for place_id, found in profile.unfiltered.by_place.items()
        },
        "routes": _routes(profile),
        "sites": _sites(profile, order),
        "responses": _responses(profile, order),
        "near": _near(profile),
        "phrases": {
            lang: {place.place_id: phrase(dataset, place, lang) for place in dataset.places} for lang in LANGUAGES
        },
        "words": {lang: i18n.words_of(dataset, lang).tables(*TEXTS) for lang in LANGUAGES},
    }


def _statements(profile: CountryProfile, order: Mapping[str, int]) -> list[StatementData]:
    """Return the statements in the profile's order, with what the filters need."""
    dataset = profile.dataset
    return [
        {
            "id": statement.statement_id,
            "topic": dataset.sentence[statement.sentence_id].topic_id,
            "markets": list(dataset.markets_of(statement)),
            "actors": list(statement.actors),
        }
        for statement in sorted(dataset.statements, key=lambda statement: order[statement.statement_id])
    ]


def _routes(profile: CountryProfile) -> list[RouteData]:
    """Return the routes with what the filters and the map need."""
    dataset = profile.dataset
    return [
        {
            "id": route.route_id,
            "market": route.market,
            "actors": list(dataset.statement[route.statement_id].actors),
            "hasLine": route.route_id in profile.routes_with_line,
            "hollow": route.hedge in DOUBTFUL,
            "ends": profile.ends_of(route.route_id),
        }
        for route in dataset.routes
    ]


def _sites(profile: CountryProfile, order: Mapping[str, int]) -> dict[str, SitePoint]:
    """Return the sites with the statements that name them."""
    dataset = profile.dataset
    return {
        place.place_id: {
            "statements": [order[one] for one in statements_naming(dataset, place)],
            "approximate": place.precision > FINEST_DRAWN,
        }
        for place in dataset.places
        if place.kind is PlaceKind.SITE
    }


def _responses(profile: CountryProfile, order: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the statements on a response by the place that the map marks with them."""
    return {
        place.place_id: [order[one] for one in found]
        for place in profile.dataset.places
        if place.kind in POSITIONED_KINDS and (found := responses_at(profile.dataset, place))
    }


def _near(profile: CountryProfile) -> dict[str, list[str]]:
    """Return for each place the corridors and routes that are highlighted while it is selected."""
    related = {place.place_id: list(related_to(profile, place.place_id)) for place in profile.dataset.places}
    return {place_id: ids for place_id, ids in related.items() if ids}
