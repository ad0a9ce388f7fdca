"""The lookups of the data package."""

from ocmap.dataset.dataset import Dataset, ids_of


def test_the_15_markets_are_in_the_order_of_their_groups(dataset: Dataset) -> None:
    groups = list(dict.fromkeys(topic.group.value for topic in dataset.markets))
    assert (len(dataset.markets), groups) == (15, ["people", "trade", "environment", "drugs", "cyber", "financial"])


def test_a_group_is_replaced_by_its_markets(dataset: Dataset) -> None:
    statement = dataset.statement["flora.4-a"]
    assert statement.markets == ("flora", "drugs")
    assert sorted(dataset.markets_of(statement)) == ["cannabis", "cocaine", "flora", "heroin", "synthetic"]


def test_a_market_that_is_its_own_group_does_not_change(dataset: Dataset) -> None:
    assert dataset.markets_of(dataset.statement["financial.1-a"]) == ("financial",)


def test_the_points_of_a_route_are_in_order(dataset: Dataset) -> None:
    points = dataset.points_of["cannabis.3-r1"]
    assert [point.place_id for point in points] == ["PE-LAL", "panamericana-sur", "CL"]


def test_the_places_of_a_statement_are_in_the_order_of_the_file(dataset: Dataset) -> None:
    rows = [row for row in dataset.statement_places if row.statement_id == "arms.1-a"]
    assert dataset.places_of["arms.1-a"] == tuple(rows)


def test_a_statement_that_names_a_place_in_two_roles_is_listed_once(dataset: Dataset) -> None:
    pairs = [(row.statement_id, row.place_id) for row in dataset.statement_places]
    twice = {pair for pair in pairs if pairs.count(pair) > 1}
    assert twice
    assert [pair for pair in twice if dataset.naming[pair[1]].count(pair[0]) != 1] == []


def test_a_site_is_inside_its_region(dataset: Dataset) -> None:
    assert "la-pampa" in dataset.inside["PE-MDD"]


def test_ids_are_those_of_a_field(dataset: Dataset) -> None:
    assert ids_of(dataset.actors, "actor_id") == dataset.actor.keys()
