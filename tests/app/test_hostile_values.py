"""Whatever a browser sends as the value of a component: a page that works, and only known values are stored."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
import streamlit as st
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from streamlit.components.v2.types import ComponentRenderer
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from tests.app.conftest import opener
from tests.app.reading import bodies, heading
from tests.support.hostile_links import ATTACKS, KNOWN, MARK
from tests.support.hostile_markup import Elements

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import View, ViewState, Vocabulary
from ocmap.app import bottom_bar, components, session
from ocmap.dataset.dataset import Dataset

LONG = "x" * 100_000
MANY = 20_000
FIELDS = ["n", "id", "kind", "have", "href", "query", "go", "event", "value"]
WORDS = [*KNOWN, *ATTACKS, "place", "route", "?place=PE-CUS", "?view=table", "__proto__", "__class__", "", LONG]
texts = some.sampled_from(WORDS) | some.text(some.characters())  # half of a surrogate pair is a character of JSON's
plain = some.none() | some.booleans() | some.integers() | some.floats() | some.just(10**4000) | texts
values = some.recursive(
    plain, lambda inner: some.lists(inner) | some.dictionaries(some.sampled_from(FIELDS) | texts, inner), max_leaves=12
)
picks = some.fixed_dictionaries(
    {}, optional={"n": values, "id": values, "kind": some.sampled_from(["place", "route"]) | values, "have": values}
)
clicks = some.fixed_dictionaries({"href": values}, optional={"have": values})
events = some.fixed_dictionaries({"event": some.sampled_from(["go", "query"]), "value": values | clicks})
MAP = "map_value"  # streamlit-folium's component
LARGEST = 5_000  # of the data stored for a reader besides Streamlit's own, in characters


class Place(dict[str, Any]):
    """What Streamlit makes of an object: a dict of its own."""


class Session(NamedTuple):
    """A session without a page: its stored data, and the app."""

    kept: dict[str, Any]
    profile: CountryProfile


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, dataset: Dataset) -> Session:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(session, "go", lambda _app, view: kept.update({session.VIEW: view}))
    return Session(kept, cast("CountryProfile", SimpleNamespace(vocabulary=Vocabulary.of(dataset))))


each = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_known(fake: Session) -> bool:
    """Return whether a session holds a state that is known, and little else."""
    view = session.current()
    kept = {name: value for name, value in fake.kept.items() if name.startswith("ocmap_")}
    return ViewState.from_href(view.href(), fake.profile.vocabulary) == view and len(repr(kept)) < LARGEST


@each
@given(values)
@example("?place=" + LONG)
@example("?" + "place=PE-LMA&" * MANY)
@example("?markets=" + "arms," * MANY)
def test_any_link_from_the_bottom_bar_leads_to_a_known_state(fake: Session, value: Any) -> None:
    fake.kept[bottom_bar.KEY] = Place(go=value)
    bottom_bar._go(fake.profile)
    assert is_known(fake)


@each
@given(values | clicks | clicks.map(Place))
def test_any_click_on_a_linked_element_leads_to_a_known_state(fake: Session, value: Any) -> None:
    def renderer(on_go_change: Callable[[], None], **_: object) -> None:
        on_go_change()

    fake.kept["panel"] = Place(go=value)
    components.mount(cast("ComponentRenderer", renderer), "panel", {}, lambda href: session.follow(fake.profile, href))
    assert is_known(fake)


@pytest.fixture(scope="module")
def page(script: str) -> AppTest:
    return opener(script)()


def send(app: AppTest, key: str, *triggers: Any, value: Any = None, raw: str = "") -> AppTest:
    """Run a page on what a browser sends of one of its components: a value that stays, or what was triggered."""
    message = app._tree.get_widget_states()
    if key == MAP:
        ident = app.get("component_instance")[0].proto.id
    else:
        ident = next(one.proto.id for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}"))
    if triggers or raw:
        events = f"$$STREAMLIT_INTERNAL_KEY_{ident}__events"
        message.widgets.append(WidgetState(id=events, json_trigger_value=raw or json.dumps(triggers)))
    else:
        message.widgets.append(WidgetState(id=ident, json_value=json.dumps(value)))
    return app._run(message)


def is_sound(app: AppTest) -> bool:
    return not app.exception and not Elements(bodies(app)).live and MARK not in str(app.query_params)


@pytest.mark.parametrize("chosen", [[], ["zz"] * MANY], ids=["nothing", "unknown"])
@pytest.mark.parametrize("view", [View.MAP, View.COMPARE, View.ACTORS, View.RESILIENCE])
def test_a_page_still_works_after_any_choice_in_a_streamlit_widget(script: str, view: View, chosen: list[str]) -> None:
    app = opener(script)(view=view)
    for kind in ("button_group", "selectbox"):
        for widget in list(app.get(kind)):
            message = app._tree.get_widget_states()
            state_of = WidgetState(id=widget.proto.id)
            if kind == "selectbox":
                state_of.string_value = "".join(chosen[:1])
            else:
                state_of.string_array_value.data.extend(chosen)
            message.widgets.append(state_of)
            assert is_sound(app._run(message)), widget.key
            assert "zz" not in str(app.query_params)
            app = opener(script)(view=view)


KEYS = ["thumbs", "access", "panel", "filters", "places", MAP]


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=12)
@given(value=values | picks | some.dictionaries(some.sampled_from(FIELDS), values))
@example(value={"query": "\ud800<img src=x onerror=alert(1)>", "go": "?place=PE-XYZ"})
@example(value=[0] * MANY)
def test_a_page_still_works_after_any_value_of_a_component(page: AppTest, key: str, value: Any) -> None:
    assert is_sound(send(page, key, value=value))


@pytest.mark.parametrize("key", KEYS[:-1])
@settings(max_examples=12)
@given(triggers=some.lists(values | events, min_size=1))
def test_a_page_still_works_after_any_trigger(page: AppTest, key: str, triggers: list[Any]) -> None:
    assert is_sound(send(page, key, *triggers))


def test_only_the_first_clicks_of_a_long_message_are_answered(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(bottom_bar, "_go", lambda _: asked.append("go"))
    page.run()  # with a callback that counts
    send(page, "thumbs", *[{"event": "go", "value": "x"}] * MANY)
    assert len(asked) == components.MOST_AT_ONCE
    send(page, "thumbs", {"event": "go", "value": "x"})
    assert len(asked) == components.MOST_AT_ONCE + 1


@pytest.mark.parametrize("raw", ["[" * MANY, "9" * 5_000, '{"event":"go","value":' + "9" * 5_000 + "}", "{", "\x00"])
def test_a_page_recovers_after_a_message_that_streamlit_cannot_read(script: str, raw: str) -> None:
    page = opener(script)()  # one that has nothing left over from the tests above
    send(page, "thumbs", raw=raw)
    page.run()
    send(page, "panel", {"event": "go", "value": "?place=PE-CUS"})
    assert is_sound(page)
    assert heading(page) == "Cusco"
