"""The scene of a page state: the selection, counts, layers and legend that the map receives."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Evidence, Hedge
from ocmap.web.json_data import Json
from ocmap.web.scene import build_scene

Scene = Callable[[ViewState], Json]


@pytest.fixture
def scene(profile: CountryProfile, evidence: tuple[Evidence, ...]) -> Scene:
    """Return a function that builds the scene of a state, in Spanish and light."""

    def build(view: ViewState) -> Json:
        return build_scene(profile, apply_filters(profile.dataset, evidence, Filters.of(view)), view, "es", "light")

    return build


def near(marks: dict[str, Any]) -> set[str]:
    return {one for one, given in marks.items() if given.get("near")}


@pytest.mark.parametrize("view", [ViewState(), ViewState(place="PE-MDD"), ViewState(layers=(), basis=())], ids=str)
def test_a_scene_is_plain_json(scene: Scene, view: ViewState) -> None:
    built = scene(view)
    assert json.loads(json.dumps(built, allow_nan=False)) == built


@pytest.mark.parametrize(
    ("region", "counts"),
    [
        ("PE-MDD", {"n": 2, "level": 2, "border": 2, "area": 5, "indirect": "border"}),
        ("PE-LMA", {"n": 7, "level": 4}),
        ("PE-PUN", {"n": 3, "level": 3, "border": 2, "area": 2, "indirect": "border"}),
        ("PE-CUS", {"n": 1, "level": 1}),
        ("PE-SAM", {"area": 4, "indirect": "area"}),
        ("PE-LAM", {"area": 1, "indirect": "area"}),
        # arms.2-a, counterfeit.4-b, policies_laws.5-b; cocaine.1-b, cocaine.6-b, excisable.1-a, excisable.1-b,
        # human_trafficking.3-a, non_renewable.3-a
        ("PE-LOR", {"border": 3, "area": 6, "indirect": "border"}),
        ("PE-LAL", {"n": 2, "level": 2, "area": 1, "indirect": "area"}),  # cannabis.3-a, Pataz; counterfeit.5-a
        ("PE-TAC", {"n": 1, "level": 1, "border": 2, "area": 2, "indirect": "border"}),  # without the tripoint's
    ],
)
def test_a_region_has_its_counts_its_level_and_its_hatching(scene: Scene, region: str, counts: Json) -> None:
    assert scene(ViewState())["regions"][region] == counts


@pytest.mark.parametrize("region", ["PE-ANC", "PE-APU", "PE-AYA", "PE-CAL", "PE-HUC", "PE-HUV", "PE-JUN", "PE-PAS"])
@pytest.mark.parametrize("view", [ViewState(), ViewState(markets=("cyber",))], ids=["all", "filtered"])
def test_a_region_without_evidence_is_omitted_under_any_filters(scene: Scene, view: ViewState, region: str) -> None:
    assert region not in scene(view)["regions"]


def test_a_region_without_filtered_evidence_is_hidden_rather_than_blank(scene: Scene) -> None:
    assert scene(ViewState(markets=("cyber",)))["regions"]["PE-LMA"] == {"hidden": True}


def test_a_region_with_hidden_direct_evidence_differs_from_one_never_named(scene: Scene) -> None:
    """Otherwise the map would say of Puno that the profile does not name it."""
    regions = scene(ViewState(basis=(Basis.BORDER,)))["regions"]
    assert regions["PE-PUN"].keys() - regions["PE-LOR"].keys()


def test_a_corridor_has_its_count(scene: Scene) -> None:
    """EC: arms.2-a, counterfeit.4-b, policies_laws.5-b. BO: excisable.2-a, non_renewable.4-a. CL: excisable.2-a."""
    counts = {place: given["n"] for place, given in scene(ViewState())["corridors"].items()}
    assert counts == {"border-BO": 2, "border-BR": 0, "border-CL": 1, "border-CO": 0, "border-EC": 3}


@pytest.mark.parametrize(
    ("view", "selected"),
    [
        (ViewState(), None),
        (ViewState(place="PE-MDD"), {"kind": "place", "id": "PE-MDD"}),
        (ViewState(route="heroin.1-r1"), {"kind": "route", "id": "heroin.1-r1"}),
    ],
    ids=["nothing", "place", "route"],
)
def test_a_scene_names_the_selection(scene: Scene, view: ViewState, selected: Json | None) -> None:
    assert scene(view)["selected"] == selected


def test_the_corridors_that_a_selected_region_touches_are_near(scene: Scene) -> None:
    assert near(scene(ViewState(place="PE-MDD"))["corridors"]) == {"border-BO", "border-BR"}


def test_the_routes_of_a_selected_region_are_near(scene: Scene) -> None:
    assert near(scene(ViewState(place="PE-LAL"))["routes"]) == {"cannabis.3-r1"}


def test_without_a_selection_nothing_is_near(scene: Scene) -> None:
    built = scene(ViewState())
    assert near(built["corridors"]) | near(built["routes"]) == set()


def test_a_new_selection_resets_what_is_near(scene: Scene) -> None:
    scene(ViewState(place="PE-MDD"))
    assert near(scene(ViewState(place="PE-ICA"))["corridors"]) == set()


def test_a_selection_does_not_show_a_route_hidden_by_the_filters(scene: Scene) -> None:
    built = scene(ViewState(place="PE-CAJ", markets=("arms",)))
    assert set(built["routes"]) == {"arms.2-r1"}


def test_routes_that_the_filters_hide_are_not_in_the_scene(scene: Scene) -> None:
    built = scene(ViewState(markets=("heroin",)))
    assert (set(built["routes"]), built["routesWithoutLine"]) == ({"heroin.1-r1", "heroin.1-r2"}, [])


def test_every_route_is_a_line_or_a_card_but_not_both(scene: Scene, dataset: Dataset) -> None:
    built = scene(ViewState())
    assert sorted([*built["routes"], *built["routesWithoutLine"]]) == [route.route_id for route in dataset.routes]


def test_only_routes_that_can_be_drawn_have_lines(scene: Scene, profile: CountryProfile) -> None:
    assert set(scene(ViewState())["routes"]) == profile.routes_with_line


def test_a_market_filter_shows_only_its_own_cards(scene: Scene) -> None:
    assert scene(ViewState(markets=("arms",)))["routesWithoutLine"] == ["arms.1-r1", "arms.1-r2", "arms.1-r3"]


def test_cards_are_hidden_with_the_layer_of_routes(scene: Scene) -> None:
    assert scene(ViewState(layers=(Layer.REGIONS,)))["routesWithoutLine"] == []


def test_sites_have_their_counts(scene: Scene) -> None:
    assert scene(ViewState())["sites"] == {
        "gamarra": {"n": 1},
        "la-pampa": {"n": 2},
        "pataz": {"n": 1},  # criminal_networks.3-a
        "polvos-azules": {"n": 1},
        "villa-el-salvador": {"n": 1},
    }


def test_sites_that_the_filters_hide_are_not_in_the_scene(scene: Scene) -> None:
    assert set(scene(ViewState(markets=("arms",)))["sites"]) == {"villa-el-salvador"}


def test_a_scene_lists_the_visible_layers(scene: Scene) -> None:
    assert scene(ViewState(layers=(Layer.SITES,)))["layers"] == ["sites"]


def test_a_scene_has_its_language_and_its_theme(profile: CountryProfile) -> None:
    built = build_scene(profile, profile.unfiltered, ViewState(), "en", "dark")
    assert (built["lang"], built["theme"]) == ("en", "dark")


def test_a_scene_is_small_enough_to_send_with_every_click(scene: Scene) -> None:
    assert len(json.dumps(scene(ViewState(place="PE-MDD")))) < 4000


# Responses and statements without a market


def test_responses_are_off_at_first(scene: Scene) -> None:
    assert "responses" not in scene(ViewState())["layers"]


def test_responses_have_their_counts(scene: Scene) -> None:
    assert scene(ViewState())["responses"] == {
        "response/PE-LMA": {"n": 1},  # cooperation.4-b
        "response/PE-PIU": {"n": 1},  # arms.5-a
        "response/PE-TUM": {"n": 1},  # arms.5-a
        "response/border-BO": {"n": 1},  # territorial_integrity.5-b
        "response/border-BR": {"n": 1},  # territorial_integrity.5-b
        "response/border-CO": {"n": 1},  # territorial_integrity.5-b
        "response/border-EC": {"n": 3},  # counterfeit.4-b, policies_laws.5-b, territorial_integrity.3-a
        "response/tripoint-BO-CL": {"n": 1},  # territorial_integrity.3-b
        "response/villa-el-salvador": {"n": 1},  # arms.6-a
    }


def test_a_market_filter_shows_only_its_own_responses(scene: Scene) -> None:
    """arms.5-a, policies_laws.5-b, arms.6-a."""
    left = ("PE-PIU", "PE-TUM", "border-EC", "villa-el-salvador")
    assert scene(ViewState(markets=("arms",)))["responses"] == {f"response/{one}": {"n": 1} for one in left}


def test_a_region_with_only_indirect_evidence_without_a_market_is_blank(profile: CountryProfile, scene: Scene) -> None:
    without_market = next(one.statement_id for one in profile.dataset.statements if not one.markets)
    bare = replace(
        profile,
        evidence=(
            Evidence("PE-ANC", "", Basis.NAMED, without_market, ("PE-ANC",)),
            Evidence("PE-LOR", "", Basis.BORDER, without_market, ("border-BR",)),
        ),
    )
    built = build_scene(bare, bare.unfiltered, ViewState(), "es", "light")
    assert built["regions"] == {"PE-ANC": {"unmarked": True}, "PE-LOR": {"unmarked": True}}
    assert {"border", "area"}.isdisjoint(built["legend"])
    assert "indirect" in scene(ViewState())["regions"]["PE-LOR"]


def test_a_place_with_only_statements_without_a_market_is_hidden_rather_than_coloured(scene: Scene) -> None:
    """criminal_networks.1-b names Lima and reaches Piura by its border; no other market's statement is left there."""
    regions = scene(ViewState(actors=("criminal-networks",)))["regions"]
    assert (regions["PE-LMA"], regions["PE-PIU"]) == ({"hidden": True}, {"hidden": True})


# The legend


def test_the_legend_of_the_first_view_has_the_expected_entries(scene: Scene) -> None:
    explained = ["levels", "border", "area", "blank", "schematic", "corridor", "site", "rough"]
    assert scene(ViewState())["legend"] == explained


@pytest.mark.parametrize(
    ("layer", "rows"),
    [
        (Layer.REGIONS, {"levels", "border", "area", "blank"}),
        (Layer.ROUTES, {"schematic", "hollow"}),
        (Layer.CORRIDORS, {"corridor"}),
        (Layer.SITES, {"site", "rough"}),
    ],
)
def test_a_layer_that_is_off_is_not_explained(scene: Scene, layer: Layer, rows: set[str]) -> None:
    layers = tuple(one for one in ViewState().layers if one is not layer)
    assert rows.isdisjoint(scene(ViewState(layers=layers))["legend"])


def test_tripoints_are_explained_with_their_layer(scene: Scene) -> None:
    assert scene(ViewState(layers=(Layer.TRIPOINTS,)))["legend"] == ["tripoint"]


def test_responses_are_explained_with_their_layer(scene: Scene) -> None:
    assert scene(ViewState(layers=(Layer.RESPONSES,)))["legend"] == ["response"]


def test_responses_hidden_by_the_filters_are_not_explained(scene: Scene) -> None:
    assert scene(ViewState(layers=(Layer.RESPONSES,), markets=("heroin",)))["legend"] == []


def test_without_layers_nothing_is_explained(scene: Scene) -> None:
    assert scene(ViewState(layers=()))["legend"] == []


def test_without_drawn_routes_no_route_is_explained(scene: Scene) -> None:
    assert "schematic" not in scene(ViewState(markets=("fauna",)))["legend"]


def test_without_drawn_sites_no_site_is_explained(scene: Scene) -> None:
    built = scene(ViewState(markets=("cyber",)))
    assert built["sites"] == {}
    assert {"site", "rough"}.isdisjoint(built["legend"])


def test_approximate_sites_alone_are_explained_as_approximate(scene: Scene) -> None:
    legend = scene(ViewState(markets=("non_renewable",)))["legend"]
    assert ("site" in legend, "rough" in legend) == (False, True)


def test_hatching_without_a_region_is_not_explained(scene: Scene) -> None:
    assert {"border", "area"}.isdisjoint(scene(ViewState(basis=(Basis.NAMED,)))["legend"])


def test_the_colour_scale_is_explained_only_with_coloured_regions(scene: Scene) -> None:
    built = scene(ViewState(markets=("cyber",)))
    assert not [one for one, given in built["regions"].items() if given.get("n")]
    assert "levels" not in built["legend"]
    assert "levels" in scene(ViewState(markets=("heroin",)))["legend"]


def test_a_drawn_hollow_route_is_explained(profile: CountryProfile) -> None:
    routes = tuple(
        route.model_copy(update={"hedge": Hedge.ALLEGED}) if route.route_id == "heroin.1-r1" else route
        for route in profile.dataset.routes
    )
    doubted = replace(profile, dataset=replace(profile.dataset, routes=routes))
    assert "hollow" in build_scene(doubted, profile.unfiltered, ViewState(), "es", "light")["legend"]
