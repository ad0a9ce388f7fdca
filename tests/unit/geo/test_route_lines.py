"""Routes are drawn from their origin to their destination."""

from dataclasses import replace

import pytest
import shapely
from tests.support.shipped import FRAME

from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.dataset import Dataset, RouteEnd
from ocmap.dataset.schema import PointBasis
from ocmap.geo.route_lines import in_frame, route_lines
from ocmap.geo.shapes import Shapes

DEGREES_OFF = 0.2


def lines(dataset: Dataset, shapes: Shapes) -> dict[str, shapely.LineString]:
    frame = route_lines(dataset, shapes)
    return dict(zip(frame["route_id"], frame.geometry, strict=True))


def test_the_routes_that_can_be_drawn_are_those_with_two_points_in_the_frame(profile: CountryProfile) -> None:
    assert profile.routes_with_line == {"arms.2-r1", "cannabis.3-r1", "cocaine.1-r1", "heroin.1-r1", "heroin.1-r2"}


@pytest.mark.parametrize("end", [0, -1], ids=["origin", "destination"])
def test_a_drawn_route_runs_from_its_origin_to_its_destination(dataset: Dataset, shapes: Shapes, end: int) -> None:
    distances = {}
    for row in route_lines(dataset, shapes).itertuples():
        place = dataset.place[dataset.points_of[row.route_id][end].place_id]
        if (row.start, row.end)[end] != RouteEnd.OPEN:
            distance = shapely.Point(row.geometry.coords[end]).distance(shapely.Point(place.lon or 0, place.lat or 0))
            distances[row.route_id] = distance
    assert {route_id: distance for route_id, distance in distances.items() if distance > DEGREES_OFF} == {}


def test_the_line_along_the_rivers_is_open_at_its_start_and_begins_on_a_river(profile: CountryProfile) -> None:
    assert profile.line_ends["cocaine.1-r1"] == (RouteEnd.OPEN, RouteEnd.NAMED)
    others = {route: ends for route, ends in profile.line_ends.items() if route != "cocaine.1-r1"}
    assert set(others.values()) == {(RouteEnd.NAMED, RouteEnd.NAMED)}
    line = lines(profile.dataset, profile.shapes)["cocaine.1-r1"]
    assert profile.shapes.paths.geometry["amazon-rivers"].distance(shapely.Point(line.coords[0])) < 1e-9


def test_an_inferred_end_of_a_line_is_known_as_inferred(dataset: Dataset, shapes: Shapes) -> None:
    points = tuple(
        point.model_copy(update={"basis": PointBasis.INFERRED}) if point.route_id == "heroin.1-r1" else point
        for point in dataset.route_points
    )
    frame = route_lines(replace(dataset, route_points=points), shapes).set_index("route_id")
    assert list(frame.loc["heroin.1-r1", ["start", "end"]]) == [RouteEnd.INFERRED, RouteEnd.INFERRED]


def test_only_peru_as_a_whole_is_omitted_at_the_end_of_a_line(dataset: Dataset, shapes: Shapes) -> None:
    ends = {
        point.place_id
        for route_id in lines(dataset, shapes)
        for point in (dataset.points_of[route_id][0], dataset.points_of[route_id][-1])
        if not in_frame(dataset.place[point.place_id], FRAME)
    }
    assert ends == {"PE"}


def test_a_drawn_route_stays_in_the_frame(dataset: Dataset, shapes: Shapes) -> None:
    box = shapely.box(*FRAME)
    assert [route_id for route_id, line in lines(dataset, shapes).items() if not box.contains(line)] == []


def test_a_drawn_route_has_no_long_leg(dataset: Dataset, shapes: Shapes) -> None:
    """A leg of more than three degrees would be a straight line across the map."""
    longest = {
        route_id: max(
            shapely.Point(start).distance(shapely.Point(end))
            for start, end in zip(line.coords[:-1], line.coords[1:], strict=True)
        )
        for route_id, line in lines(dataset, shapes).items()
    }
    assert {route_id: leg for route_id, leg in longest.items() if leg > 3} == {}


def test_cannabis_follows_the_coast_road(dataset: Dataset, shapes: Shapes) -> None:
    road = shapes.paths.geometry["panamericana"]
    line = lines(dataset, shapes)["cannabis.3-r1"]
    middle = line.interpolate(0.5, normalized=True)
    assert road.distance(middle) < 0.05


def test_a_route_without_two_positions_has_no_line(dataset: Dataset, shapes: Shapes) -> None:
    nowhere = dataset.place["EC"].model_copy(update={"lon": None, "lat": None})
    places = tuple(nowhere if place.place_id == "EC" else place for place in dataset.places)
    assert "heroin.1-r1" not in lines(replace(dataset, places=places), shapes)


def test_an_arc_is_bent(dataset: Dataset, shapes: Shapes) -> None:
    line = lines(dataset, shapes)["heroin.1-r2"]
    straight = shapely.LineString([line.coords[0], line.coords[-1]])
    assert 0.01 < line.hausdorff_distance(straight) / straight.length < 0.2


@pytest.mark.parametrize(("place", "inside"), [("la-pampa", True), ("EC", True), ("europe", False), ("PE", False)])
def test_a_place_is_in_the_frame_if_its_position_is(
    dataset: Dataset,
    place: str,
    inside: bool,  # noqa: FBT001 - a table of cases
) -> None:
    assert in_frame(dataset.place[place], FRAME) is inside
