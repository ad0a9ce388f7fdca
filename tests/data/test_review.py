"""The shipped coding keeps its rules on routes, actors, scores and parts of sentences, and each review row decided."""

from collections import defaultdict

from tests.support.shipped import COUNTRY

from ocmap.dataset.dataset import Dataset, RouteEnd, ends_of
from ocmap.dataset.schema import Hedge, Nature, PlaceKind, PointBasis, Role, ScoreStatus, TopicKind

FLOW_ROLES = frozenset({Role.ORIGIN, Role.TRANSIT, Role.DESTINATION})
WITHOUT_ROUTE = {
    "excisable.1-a": "borders in general",
    "excisable.1-b": "borders in general",
    "fauna.1-a": "Peru alone",
    "fauna.4-b": "Peru alone",
    "heroin.1-a": "Peru alone",
    "heroin.2-a": "no place",
    "human_trafficking.1-a": "Peru alone",
    "synthetic.3-a": "the area that Peru belongs to",
}
"""Why a flow has no route; the codebook has the rule."""
WIDER = frozenset({"latin-america", "caribbean"})  # said together, of the area that Peru belongs to


def test_every_flow_has_a_route_or_a_reason(dataset: Dataset) -> None:
    flows = {one.statement_id for one in dataset.statements if one.nature is Nature.FLOW}
    assert flows - {route.statement_id for route in dataset.routes} == WITHOUT_ROUTE.keys()


def test_every_route_is_of_a_flow(dataset: Dataset) -> None:
    natures = {route.route_id: dataset.statement[route.statement_id].nature for route in dataset.routes}
    assert {route: nature for route, nature in natures.items() if nature is not Nature.FLOW} == {}


def test_a_flow_without_a_route_names_no_particular_place_on_its_way(dataset: Dataset) -> None:
    particular = {
        statement: [
            row.place_id
            for row in dataset.places_of.get(statement, ())
            if row.role in FLOW_ROLES
            and row.place_id not in {COUNTRY, *WIDER}
            and dataset.place[row.place_id].kind is not PlaceKind.BORDERS
        ]
        for statement in WITHOUT_ROUTE
    }
    assert {statement: places for statement, places in particular.items() if places} == {}


def test_every_place_on_a_flow_that_has_a_route_is_on_a_route(dataset: Dataset) -> None:
    on_route: dict[str, set[str]] = defaultdict(set)
    for route in dataset.routes:
        on_route[route.statement_id] |= {point.place_id for point in dataset.points_of[route.route_id]}
    missing = {
        (row.statement_id, row.place_id)
        for row in dataset.statement_places
        if row.role in FLOW_ROLES and row.statement_id in on_route and row.place_id not in on_route[row.statement_id]
    }
    assert missing == {("cocaine.1-b", "amazon-rivers")}  # the line follows them


def test_only_the_country_and_nationalities_are_inferred(dataset: Dataset) -> None:
    nationalities = {
        (row.statement_id, row.place_id) for row in dataset.statement_places if row.role is Role.NATIONALITY
    }
    others = [
        (point.route_id, point.place_id)
        for point in dataset.route_points
        if point.basis is PointBasis.INFERRED
        and point.place_id != COUNTRY
        and (dataset.route[point.route_id].statement_id, point.place_id) not in nationalities
    ]
    assert others == []


def test_a_route_hedges_as_its_statement(dataset: Dataset) -> None:
    differ = [one.route_id for one in dataset.routes if one.hedge is not dataset.statement[one.statement_id].hedge]
    assert differ == []


def test_a_route_is_on_a_market_of_its_statement_or_on_none(dataset: Dataset) -> None:
    strange = [
        one.route_id
        for one in dataset.routes
        if one.market is not None and one.market not in dataset.statement[one.statement_id].markets
    ]
    assert strange == []


def test_the_routes_with_an_open_end_are_those_whose_sentence_leaves_it_open(dataset: Dataset) -> None:
    found = {route: ends_of(points) for route, points in dataset.points_of.items()}
    statements = {dataset.route[route].statement_id for route, ends in found.items() if RouteEnd.OPEN in ends}
    assert statements == {
        "arms.1-a",
        "cocaine.2-a",
        "cocaine.5-b",
        "excisable.2-a",
        "fauna.2-b",
        "fauna.4-a",
        "flora.4-b",
        "territorial_integrity.2-b",
    }


def test_every_statement_on_actors_names_one(dataset: Dataset) -> None:
    """Nature actor is for statements on offenders; a bare ‘criminal groups’ under a market names none."""
    bare = {one.statement_id for one in dataset.statements if one.nature is Nature.ACTOR and not one.actors}
    assert bare == {"cocaine.4-a"}


def test_every_actor_is_named_by_a_statement(dataset: Dataset) -> None:
    named = {actor for one in dataset.statements for actor in one.actors}
    assert sorted(dataset.actor.keys() - named) == []


def test_a_nationality_of_groups_goes_with_the_groups(dataset: Dataset) -> None:
    """A statement with Colombian groups has Colombia as a nationality, in each part of its sentence."""
    missing = [
        (one.statement_id, country)
        for one in dataset.statements
        for actor in one.actors
        if actor.endswith("-groups")
        for country in dataset.actor[actor].countries
        if country != COUNTRY
        and (country, Role.NATIONALITY)
        not in {(row.place_id, row.role) for row in dataset.places_of.get(one.statement_id, ())}
    ]
    assert missing == []


def test_the_source_gives_no_type_to_local_groups_and_traffickers(dataset: Dataset) -> None:
    untyped = {actor.actor_id for actor in dataset.actors if actor.topic_id is None}
    assert untyped == {"local-groups", "human-traffickers", "drug-traffickers"}


def test_what_was_not_assessed_was_added_to_the_index_later(dataset: Dataset) -> None:
    missing = {(one.topic_id, one.edition) for one in dataset.scores if one.status is ScoreStatus.NOT_ASSESSED}
    added = ("extortion", "counterfeit", "excisable", "cyber", "financial", "private_sector")
    assert missing == {(topic, 2021) for topic in added}


def test_money_laundering_and_prosecutors_have_their_indicator(dataset: Dataset) -> None:
    wanted = {"money laundering": "aml", "prosecutor": "judiciary"}
    missing = [
        (one.statement_id, indicator)
        for one in dataset.statements
        for words, indicator in wanted.items()
        if words in one.text_en.lower() and indicator not in one.indicators
    ]
    assert missing == []


def test_what_is_known_to_be_so_is_not_hedged(dataset: Dataset) -> None:
    hedged = [one.statement_id for one in dataset.statements if "known to" in one.text_en and one.hedge != Hedge.STATED]
    assert hedged == []


def test_a_score_is_of_a_topic_that_can_be_assessed(dataset: Dataset) -> None:
    kinds = {dataset.topic[one.topic_id].kind for one in dataset.scores if one.topic_id in dataset.topic}
    assert kinds == set(TopicKind)


def test_the_rows_of_the_review_are_decided_once_and_name_what_exists(dataset: Dataset) -> None:
    gone = {"forestry-officials", "environmental-authorities"}
    known = {
        *dataset.statement,
        *dataset.route,
        *dataset.actor,
        *dataset.place,
        *dataset.topic,
    }
    ids = {one for row in dataset.review for one in row.ids.split(";") if one}
    assert ids - known == gone
    assert dataset.review
