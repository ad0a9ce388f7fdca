"""What the browser needs to read the profile for itself, under any filters: plain data for ``client/reading.js``.

The script works out from it what `ocmap.analysis.filters.read` and `ocmap.web.map_data.build_scene` do here, so that
a change of the filters need not wait for the server, and so that the static edition needs none.
"""

from collections.abc import Mapping

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, DIRECT, INDIRECT, LEVELS, RANK
from ocmap.analysis.summaries import routes_near, statements_at
from ocmap.analysis.view_state import DEFAULT_LAYERS, Layer
from ocmap.dataset.schema import POSITIONED_KINDS, Basis, PlaceKind
from ocmap.i18n import LANGUAGES
from ocmap.web.map_data import DOUBTFUL, FINEST_DRAWN, CountryProfile, Json, responses_at

COUNTED = (
    "statements",
    "beyond",
    "hidden",
    "ac_opened",
    "ac_named",
    "ac_implied",
    "national_more",
)
PLAIN = (
    "hidden_all",
    "national_said",
    "ac_named_none",
    "ac_all_markets",
    "ac_markets",
    "ac_filtered",
    "nothing_shown",
    "markets_all",
    "markets_some",
    "actors_all",
    "actors_some",
    "notice_version",
    "notice_dropped",
    "st_missing",
    "fp_wait",
    "fp_alone",
)
WORDS = (*COUNTED, *(f"{name}_one" for name in COUNTED), *PLAIN)


def build_reading_data(profile: CountryProfile) -> Json:
    """Return the statements with what filters ask of them, where they reach, and what else a scene counts.

    ``statements`` are in the profile's order and are named by their index in it everywhere else; ``reach`` holds for
    each place pairs of a statement and its basis, in the order in which a panel lists them.
    """
    dataset, order = profile.dataset, profile.dataset.profile_order
    return {
        **_vocabulary(profile),
        "statements": [
            {
                "id": one.statement_id,
                "own": dataset.sentence[one.sentence_id].topic_id,
                "markets": dataset.markets_of(one),
                "actors": one.actors,
            }
            for one in sorted(dataset.statements, key=lambda one: order[one.statement_id])
        ],
        "reach": {
            place_id: [[order[one], RANK[basis]] for one, basis in found.items()]
            for place_id, found in profile.unfiltered.by_place.items()
        },
        "routes": [
            {
                "id": route.route_id,
                "market": route.market,
                "actors": dataset.statement[route.statement_id].actors,
                "drawn": route.route_id in profile.routes_with_line,
                "hollow": route.hedge in DOUBTFUL,
            }
            for route in dataset.routes
        ],
        "sites": {
            place.place_id: {
                "at": [order[one] for one in statements_at(dataset, place)],
                "rough": place.precision > FINEST_DRAWN,
            }
            for place in dataset.places
            if place.kind is PlaceKind.SITE
        },
        "responses": _responses(profile, order),
        "near": _near(profile),
        "words": {lang: {name: i18n.word(i18n.of(lang), name) for name in WORDS} for lang in LANGUAGES},
    }


def _vocabulary(profile: CountryProfile) -> Json:
    """Return what a link may name, and what bases and layers there are and mean."""
    dataset = profile.dataset
    return {
        "country": COUNTRY,
        "bases": [basis.value for basis in Basis],
        "tinting": sorted(RANK[basis] for basis in DIRECT),
        "hatching": [RANK[basis] for basis in INDIRECT],
        "levels": [low for low, _ in LEVELS],
        "layers": [layer.value for layer in Layer],
        "on": [layer.value for layer in DEFAULT_LAYERS],
        "markets": [
            [topic.topic_id, {lang: i18n.short_of(topic, lang) for lang in LANGUAGES}] for topic in dataset.markets
        ],
        "actors": [actor.actor_id for actor in dataset.actors],
        "places": [place.place_id for place in dataset.places],
        "regions": [str(one) for one in profile.shapes.regions.index],
        "corridors": [str(one) for one in profile.shapes.corridors["place_id"].unique()],
        "tripoints": [place.place_id for place in dataset.places if place.kind is PlaceKind.TRIPOINT],
    }


def _responses(profile: CountryProfile, order: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the statements on a response by the place that the map marks with them."""
    return {
        place.place_id: [order[one] for one in found]
        for place in profile.dataset.places
        if place.kind in POSITIONED_KINDS and (found := responses_at(profile.dataset, place))
    }


def _near(profile: CountryProfile) -> dict[str, list[str]]:
    """Return the corridors and routes that are brought out where a place is selected."""
    found = {
        place.place_id: [*profile.corridors_of.get(place.place_id, ()), *routes_near(profile.dataset, place, {})]
        for place in profile.dataset.places
    }
    return {place_id: near for place_id, near in found.items() if near}
