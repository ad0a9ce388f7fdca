"""A click costs by what it shows, and what nobody asked for is not built."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.app.reading import Open
from tests.support.call_count import count_steps

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import ViewState
from ocmap.app import search_box
from ocmap.app.resources import load
from ocmap.dataset.errors import DataError
from ocmap.web import html
from ocmap.web.page_context import PageContext
from ocmap.web.panels import describe_panel


def cost(profile: CountryProfile, view: ViewState) -> tuple[int, str]:
    """Return the instructions that a panel takes once one has been drawn, and the panel."""
    scene = PageContext(profile, "es", view)

    def draw() -> str:
        return html.render("panel.html", **describe_panel(scene))

    drawn = draw()
    return count_steps(draw), drawn


@pytest.mark.parametrize(
    "view",
    [
        ViewState(),
        ViewState(place="PE-CUS"),
        ViewState(place="PE-ANC"),
        ViewState(place="border-BO"),
        ViewState(place="la-pampa"),
        ViewState(place="tripoint-BO-CL"),
        ViewState(route="heroin.1-r2"),
    ],
    ids=lambda view: view.place or view.route or "start",
)
def test_a_panel_costs_by_what_it_shows(profile: CountryProfile, grown: CountryProfile, view: ViewState) -> None:
    (steps, drawn), (more, larger) = cost(profile, view), cost(grown, view)
    assert more / steps < 1.3 * max(1.0, len(larger) / len(drawn))


def test_the_index_of_the_search_is_built_when_someone_searches(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nobody has searched")

    monkeypatch.setattr(search_box, "build_index", refuse)
    search_box._index.cache_clear()
    assert not open_app().exception


def test_garbage_is_collected_again_after_a_load_and_after_one_that_failed(
    geodata: Path, tmp_path: Path, package: Path, edit: Callable[[str, str, str], None]
) -> None:
    load.__wrapped__(geodata, tmp_path / "static")  # type: ignore[attr-defined]
    assert gc.isenabled()
    edit("topics.csv", "topic_id", "topic")
    with pytest.raises(DataError):
        load.__wrapped__(package, tmp_path / "static")  # type: ignore[attr-defined]
    assert gc.isenabled()
