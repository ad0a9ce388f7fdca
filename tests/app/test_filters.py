"""Filters change what the browser is asked to show; what they leave is the client's part (frontend/test)."""

from tests.app.reading import Open, map_state


def test_the_map_receives_the_filters_and_layers_of_the_url(open_app: Open) -> None:
    state = map_state(
        open_app(place="PE-LMA", markets=["heroin", "arms"], actors="pharmacies", basis="named", layers="regions")
    )
    assert state["q"] == "actors=pharmacies&basis=named&layers=regions&markets=arms&markets=heroin&place=PE-LMA"


def test_the_map_receives_filters_that_leave_nothing(open_app: Open) -> None:
    assert map_state(open_app(basis="none"))["q"] == "basis=none"
