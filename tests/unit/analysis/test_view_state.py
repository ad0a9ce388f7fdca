"""The state and the URL: any URL gives a valid state, and each state gives one canonical URL."""

from dataclasses import fields
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocmap.analysis.view_state import (
    BY_NAME,
    DEFAULT_LAYERS,
    MOST_COMPARED,
    PAIR,
    TOUR_STEPS,
    Layer,
    MatrixUnit,
    View,
    ViewState,
    Vocabulary,
    dropped_parameters,
)
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis

KNOWN = Vocabulary(
    places=frozenset({"PE-LMA", "PE-MDD", "PE-PUN", "PE-TUM", "border-BO", "la-pampa", "BO"}),
    routes=frozenset({"arms.2-r1", "cocaine.1-r1", "heroin.1-r2"}),
    markets=frozenset({"arms", "cocaine", "flora", "heroin"}),
    actors=frozenset({"tren-de-aragua", "officials", "foreign-groups"}),
)
PARAMETERS = [field.name for field in fields(ViewState)]
HOSTILE = "<script>alert(1)</script>"

ids = st.sampled_from(sorted(KNOWN.places | KNOWN.routes | KNOWN.markets | KNOWN.actors))
words = st.sampled_from([*Basis, *Layer, *View, *MatrixUnit, BY_NAME, "es", "en", "none", "true", "0.1.0", "٠.١.٠", ""])
junk = st.one_of(st.text(), st.just(HOSTILE), st.sampled_from([HOSTILE * 500, "," * 5000, "ñ" * 9999]))
values = st.one_of(ids, words, junk, st.lists(st.one_of(ids, words)).map(",".join))
queries = st.dictionaries(
    st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=8)),
    st.one_of(values, st.lists(values, max_size=5)),
    max_size=12,
)


def subsets(members: frozenset[str], most: int | None = None) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(members)), unique=True, max_size=most).map(lambda one: tuple(sorted(one)))


@st.composite
def views(draw: st.DrawFn) -> ViewState:
    """Draw a state that is possible: sorted, with a place or a route but not both."""
    place, route = draw(
        st.one_of(
            st.just((None, None)),
            st.tuples(st.sampled_from(sorted(KNOWN.places)), st.none()),
            st.tuples(st.none(), st.sampled_from(sorted(KNOWN.routes))),
        )
    )
    basis = draw(st.sets(st.sampled_from(list(Basis))))
    layers = draw(st.sets(st.sampled_from(list(Layer))))
    lang: Literal["es", "en"] | None = draw(st.sampled_from((None, "es", "en")))
    return ViewState(
        place=place,
        route=route,
        compare=draw(subsets(KNOWN.places, MOST_COMPARED)),
        markets=draw(subsets(KNOWN.markets)),
        actors=draw(subsets(KNOWN.actors)),
        basis=tuple(one for one in Basis if one in basis),
        layers=tuple(one for one in Layer if one in layers),
        view=draw(st.sampled_from(list(View))),
        matrix=draw(st.sampled_from(list(MatrixUnit))),
        cell=draw(subsets(KNOWN.markets, PAIR)),
        sort=draw(st.sampled_from((None, BY_NAME, *sorted(KNOWN.markets)))),
        lang=lang,
        tour=draw(st.integers(0, TOUR_STEPS)),
        data=draw(st.one_of(st.none(), st.from_regex(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}", fullmatch=True))),
    )


@given(queries)
def test_from_query_takes_anything_and_gives_known_ids_only(query: dict[str, str | list[str]]) -> None:
    view = ViewState.from_query(query, KNOWN)
    assert view.place is None or view.place in KNOWN.places
    assert view.route is None or view.route in KNOWN.routes
    assert KNOWN.places.issuperset(view.compare)
    assert KNOWN.markets.issuperset(view.markets)
    assert KNOWN.actors.issuperset(view.actors)
    assert set(Basis).issuperset(view.basis)
    assert set(Layer).issuperset(view.layers)
    assert view.view in set(View)
    assert view.matrix in set(MatrixUnit)
    assert KNOWN.markets.issuperset(view.cell)
    assert view.sort is None or view.sort in KNOWN.markets | {BY_NAME}
    assert view.lang in {None, "es", "en"}
    assert view.tour in range(TOUR_STEPS + 1)
    assert view.data is None or set(view.data) <= set("0123456789.")


@given(queries)
def test_a_place_and_a_route_are_never_both_selected(query: dict[str, str | list[str]]) -> None:
    view = ViewState.from_query(query, KNOWN)
    assert view.place is None or view.route is None


@given(views())
def test_a_state_is_the_same_after_a_round_trip_through_the_url(view: ViewState) -> None:
    assert ViewState.from_query(view.to_query(), KNOWN) == view


@given(queries)
def test_a_second_round_trip_through_the_url_changes_nothing(query: dict[str, str | list[str]]) -> None:
    once = ViewState.from_query(query, KNOWN).to_query()
    assert ViewState.from_query(once, KNOWN).to_query() == once


@given(views())
def test_parameters_come_in_alphabetical_order(view: ViewState) -> None:
    assert list(view.to_query()) == sorted(view.to_query())


def test_the_default_state_needs_no_parameter() -> None:
    assert ViewState().to_query() == {}


def test_default_values_are_left_out_of_the_query() -> None:
    assert ViewState(place="PE-MDD", view=View.MAP, basis=tuple(Basis)).to_query() == {"place": "PE-MDD"}


@pytest.mark.parametrize(
    "value", [HOSTILE, "' OR 1=1 --", "../../etc/passwd", "{{ 7*7 }}", "\x00", "PE MDD", "9" * 9999]
)
def test_hostile_text_in_every_parameter_gives_the_default_state(value: str) -> None:
    assert ViewState.from_query(dict.fromkeys(PARAMETERS, value), KNOWN) == ViewState()


@pytest.mark.parametrize("value", ["heroin,arms", ["heroin", "arms"], ["arms,heroin", "arms"], "arms,gold,heroin"])
def test_a_list_may_be_separated_by_commas_or_repeated(value: str | list[str]) -> None:
    assert ViewState.from_query({"markets": value}, KNOWN).markets == ("arms", "heroin")


def test_the_first_known_place_is_selected() -> None:
    assert ViewState.from_query({"place": ["PE-XXX", "PE-MDD", "PE-PUN"]}, KNOWN).place == "PE-MDD"


def test_a_place_is_selected_before_a_route() -> None:
    view = ViewState.from_query({"place": "PE-MDD", "route": "arms.2-r1"}, KNOWN)
    assert (view.place, view.route) == ("PE-MDD", None)


def test_a_route_is_selected_if_the_place_is_unknown() -> None:
    assert ViewState.from_query({"place": "PE-XXX", "route": "arms.2-r1"}, KNOWN).route == "arms.2-r1"


def test_no_more_than_three_places_are_compared() -> None:
    view = ViewState.from_query({"compare": ["PE-TUM", "PE-PUN", "PE-MDD", "PE-LMA"]}, KNOWN)
    assert view.compare == ("PE-LMA", "PE-MDD", "PE-PUN")


def test_every_layer_can_be_switched_off() -> None:
    assert ViewState.from_query({"layers": "none"}, KNOWN).layers == ()


def test_every_basis_can_be_switched_off() -> None:
    assert ViewState.from_query({"basis": "none"}, KNOWN).basis == ()


def test_unknown_layers_give_the_default() -> None:
    assert ViewState.from_query({"layers": "heat"}, KNOWN).layers == DEFAULT_LAYERS


def test_tripoints_are_off_at_first() -> None:
    assert {Layer.TRIPOINTS, Layer.RESPONSES}.isdisjoint(ViewState().layers)


def test_layers_are_in_their_own_order_whatever_the_order_in_the_url() -> None:
    assert ViewState.from_query({"layers": "sites,regions"}, KNOWN).layers == (Layer.REGIONS, Layer.SITES)


@pytest.mark.parametrize("value", ["1", "1.2", "1.2.3.4", "v1.2.3", "1.2.\n3", "٠.١.٠", "12345.0.0", "1.2.-3"])
def test_a_malformed_version_is_dropped(value: str) -> None:
    assert ViewState.from_query({"data": value}, KNOWN).data is None


@pytest.mark.parametrize(
    "href",
    [
        "?place=PE-MDD.",
        "?place=PE-MDD).",
        "?place=pe-mdd",
        "?lang=es&amp;place=PE-MDD",
        "?lang=es&amp;amp;place=PE-MDD",
        "?place=%20PE-MDD%20",
        "?place=%22PE-MDD%22",
        "?place=%E2%80%9CPE-MDD%E2%80%9D,",
        "?place=%C2%ABpe-mdd%C2%BB;",
        "?place=PE-MDD%3E",
    ],
)
def test_a_link_survives_its_way_through_a_text(href: str) -> None:
    assert ViewState.from_href(href, KNOWN).place == "PE-MDD"


def test_other_parameters_survive_it_too() -> None:
    view = ViewState.from_href("?markets=ARMS,Cocaine.&basis=NAMED)&layers=None&view=Table&data=1.2.3.", KNOWN)
    assert (view.markets, view.basis, view.layers) == (("arms", "cocaine"), (Basis.NAMED,), ())
    assert (view.view, view.data) == (View.TABLE, "1.2.3")


def test_a_parameter_after_an_escaped_ampersand_is_named_where_it_is_unknown() -> None:
    query = {"amp;place": ["nowhere"]}
    assert dropped_parameters(query, ViewState.from_query(query, KNOWN)) == ("place",)


def test_selecting_a_place_deselects_the_route() -> None:
    assert ViewState(route="arms.2-r1", markets=("arms",)).select_place("PE-MDD") == ViewState(
        place="PE-MDD", markets=("arms",)
    )


def test_selecting_a_route_deselects_the_place() -> None:
    assert ViewState(place="PE-MDD").select_route("arms.2-r1") == ViewState(route="arms.2-r1")


def test_selecting_nothing_deselects_both() -> None:
    assert ViewState(route="arms.2-r1").select_place(None) == ViewState()


def test_the_vocabulary_holds_the_ids_of_the_data(dataset: Dataset) -> None:
    known = Vocabulary.of(dataset)
    assert (len(known.places), len(known.routes), len(known.markets), len(known.actors)) == (
        len(dataset.places),
        len(dataset.routes),
        15,
        len(dataset.actors),
    )


def test_no_id_of_the_data_contains_the_separator_of_a_list_in_the_url(dataset: Dataset) -> None:
    known = Vocabulary.of(dataset)
    every = known.places | known.routes | known.markets | known.actors
    assert not [one for one in every if "," in one or one == "none"]


@pytest.mark.parametrize(
    ("query", "dropped"),
    [
        ({"place": ["PE-LMA", "nowhere"], "markets": ["nothing,arms"]}, ()),
        ({"place": ["nowhere"], "view": ["nothing"], "foreign": ["x"]}, ("place", "view")),
        ({"place": ["PE-LMA"], "route": ["arms.2-r1"]}, ("route",)),
        ({"place": [""], "markets": []}, ()),
        ({"basis": [",".join(Basis)], "view": ["map"]}, ()),
        ({"basis": ["nothing"], "data": ["new"]}, ("basis", "data")),
    ],
)
def test_a_parameter_without_any_known_value_is_named(query: dict[str, list[str]], dropped: tuple[str, ...]) -> None:
    assert dropped_parameters(query, ViewState.from_query(query, KNOWN)) == dropped
