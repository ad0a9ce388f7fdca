"""The image shows what the app's map shows of the same state, says what it is, and is the same for the same input."""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image as Picture

from ocmap import i18n
from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters, level
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.cli import main
from ocmap.dataset.schema import Basis, Evidence, Lang
from ocmap.export.files import ExportError
from ocmap.export.print.image_map import MAP
from ocmap.export.print.naming import Name
from ocmap.export.print.poster import HATCHES, PIXELS_PER_UNIT, WIDTH, Image, Stamp, build_image, lay_out, to_png
from ocmap.export.qgis_styles import TINTS
from ocmap.web.json_data import Json
from ocmap.web.scene import build_scene
from ocmap.web.tokens import TOKENS

LINK = "https://ocmap.example/?markets=arms&place=PE-PUN"
DAY = date(2026, 11, 23)
LARGEST = 150_000
SVG = "{http://www.w3.org/2000/svg}"
EVERY_LAYER = ViewState(layers=tuple(Layer))
STATES = {
    "everything": ViewState(),
    "every-layer": EVERY_LAYER,
    "no-layer": ViewState(layers=()),
    "cocaine": ViewState(markets=("cocaine",)),
    "cyber": ViewState(markets=("cyber",)),
    "doubtful": ViewState(markets=("excisable", "synthetic")),
    "by-border": ViewState(basis=(Basis.BORDER,)),
    "region": ViewState(place="PE-PUN"),
    "small": ViewState(place="PE-CAL"),
    "corridor": ViewState(place="border-EC"),
    "site": replace(EVERY_LAYER, place="villa-el-salvador"),
    "route": ViewState(route="arms.2-r1"),
    "abroad": ViewState(place="CN"),
    "nothing": ViewState(markets=("cyber",), basis=(Basis.BORDER,)),
}
LANGS: tuple[Lang, ...] = ("es", "en")
HOSTILE = "<script>alert(1)</script><image href=x>\"'&{{ 7*7 }}"

Draw = Callable[[ViewState], Image]
every_state = pytest.mark.parametrize("view", STATES.values(), ids=list(STATES))


@pytest.fixture(scope="session")
def filtered(profile: CountryProfile, evidence: tuple[Evidence, ...]) -> Callable[[ViewState], FilteredEvidence]:
    return cache(lambda view: apply_filters(profile.dataset, evidence, Filters.of(view)))


@pytest.fixture(scope="session")
def draw(profile: CountryProfile, filtered: Callable[[ViewState], FilteredEvidence]) -> Draw:
    """Return a function that lays out the image of a state in English."""
    return cache(lambda view: lay_out(profile, filtered(view), view, "en", Stamp(LINK, DAY)))


@pytest.fixture(scope="session")
def write(
    profile: CountryProfile, filtered: Callable[[ViewState], FilteredEvidence]
) -> Callable[[ViewState, Lang], str]:
    return lambda view, lang: build_image(profile, filtered(view), view, lang, LINK, DAY)


@pytest.fixture(scope="session")
def scene(profile: CountryProfile, filtered: Callable[[ViewState], FilteredEvidence]) -> Callable[[ViewState], Json]:
    return cache(lambda view: build_scene(profile, filtered(view), view, "en", "light"))


def texts(image: Image) -> str:
    return " ".join(one.text for one in image.texts)


def name_of(image: Image, text: str) -> Name:
    return next(one for one in image.plan.names if " ".join(one.lines) == text)


# ------------------------------------------------------------------------------------------- what the map draws


@every_state
def test_the_legend_explains_what_the_apps_map_explains(
    draw: Draw, scene: Callable[[ViewState], Json], view: ViewState
) -> None:
    image = draw(view)
    entries = (["levels"] if image.steps else []) + [one.sign for one in image.signs]
    assert entries == scene(view)["legend"]
    for sign in (one.sign for one in image.signs):
        assert i18n.of("en")[f"legend.{sign}"].split()[0] in texts(image)


@every_state
def test_each_region_has_the_tint_the_hatch_and_the_number_of_the_reading(
    profile: CountryProfile, draw: Draw, filtered: Callable[[ViewState], FilteredEvidence], view: ViewState
) -> None:
    image, found = draw(view), filtered(view)
    on = Layer.REGIONS in view.layers
    assert len(image.plan.regions) == 26
    numbers = {" ".join(one.lines): one.number for one in image.plan.names if one.number}
    expected = {}
    for one in image.plan.regions:
        n = found.count_direct(one.place) if on else 0
        assert one.level == level(n)
        assert one.hatch == ((found.indirect_basis(one.place) or "") if on else "")
        if n:
            expected[profile.dataset.place[one.place].name_en] = str(n)
    assert numbers == expected


def test_the_numbers_are_those_counted_by_hand(draw: Draw) -> None:
    assert name_of(draw(ViewState()), "Lima Metropolitana").number == "7"
    image = draw(ViewState(markets=("arms", "cocaine", "excisable", "non_renewable")))
    assert name_of(image, "Puno").number == "2"


@every_state
def test_corridors_routes_and_marks_are_those_of_the_scene(
    draw: Draw, scene: Callable[[ViewState], Json], view: ViewState
) -> None:
    plan, told = draw(view).plan, scene(view)
    on = {layer.value for layer in view.layers}
    assert {one.place for one in plan.corridors} == set(told["corridors"] if "corridors" in on else ())
    assert {one.route for one in plan.lines} == set(told["routes"] if "routes" in on else ())
    drawn = {*plan.marks, *(plan.inset.marks if plan.inset else ())}
    for layer, kinds in (("sites", {"site", "rough"}), ("tripoints", {"tripoint"}), ("responses", {"response"})):
        wanted = {one.removeprefix("response/") for one in (told[layer] if layer in on else ())}
        assert {one.place for one in drawn if one.kind in kinds} == wanted
    assert bool(plan.rivers) == ("rivers" in on)


@pytest.mark.parametrize("layer", list(Layer))
def test_a_layer_that_is_off_leaves_no_mark_and_the_image_says_so(
    write: Callable[[ViewState, Lang], str], draw: Draw, layer: Layer
) -> None:
    off = replace(EVERY_LAYER, layers=tuple(one for one in Layer if one is not layer))
    with_it, without = (Counter(re.findall(r"<(path|circle|text)", write(one, "en"))) for one in (EVERY_LAYER, off))
    assert without["path"] < with_it["path"]
    if layer not in {Layer.TRIPOINTS, Layer.RESPONSES}:  # off by default
        assert f"Layers switched off: {i18n.of('en')[f'layer.{layer}']}." in texts(draw(off))


def test_what_is_selected_is_outlined(draw: Draw) -> None:
    counts = {name: len(draw(STATES[name]).plan.rings) for name in ("everything", "region", "corridor", "abroad")}
    assert counts == {"everything": 0, "region": 1, "corridor": 1, "abroad": 0}
    small = draw(STATES["small"]).plan
    assert [bool(one.path) for one in small.rings] == [True, False], "an outline, and a circle to find it by"
    assert small.inset
    assert small.inset.ring
    assert [one.route for one in draw(STATES["route"]).plan.lines if one.strong] == ["arms.2-r1"]
    assert "Selected: Puno." in texts(draw(STATES["region"]))


def test_a_doubtful_route_has_a_hollow_head_and_the_others_have_not(profile: CountryProfile, draw: Draw) -> None:
    lines = draw(ViewState()).plan.lines
    assert {one.route: one.hollow for one in lines} == {
        one.route: profile.dataset.route[one.route].hedge.value in {"alleged", "potential"} for one in lines
    }


def test_sites_that_lie_close_together_stand_in_a_window(draw: Draw) -> None:
    plan = draw(ViewState()).plan
    assert plan.inset
    assert {one.place for one in plan.inset.marks} == {"gamarra", "polvos-azules", "villa-el-salvador"}
    assert {one.place for one in plan.marks} == {"la-pampa", "pataz"}
    assert draw(STATES["cocaine"]).plan.inset is None


@every_state
def test_flows_without_a_line_are_listed(profile: CountryProfile, draw: Draw, view: ViewState) -> None:
    shown = draw(view)
    flows = [one for one in profile.dataset.routes if one.route_id not in profile.routes_with_line]
    wanted = [one for one in flows if not view.markets or one.market in view.markets]
    listed = Layer.ROUTES in view.layers and bool(wanted)
    assert (i18n.of("en")["poster.flows"] in texts(shown)) == listed
    assert bool(re.search("[→←] ", texts(shown))) == listed


def test_a_flow_that_two_sentences_say_is_listed_once(draw: Draw) -> None:
    lines = [one.text for one in draw(ViewState(markets=("cocaine",))).texts]
    assert "→ North America: cocaine" in lines
    europe = " ".join(lines[lines.index(next(one for one in lines if one.startswith("→ Europe"))) :][:2])
    assert europe == "→ Europe: cocaine, cocaine (Belgium), cocaine (Türkiye)"


# ------------------------------------------------------------------------------------------------- what it says


def test_it_says_what_is_shown_under_which_filters(draw: Draw) -> None:
    assert "No filters: all 15 markets, all actors and every basis." in texts(draw(ViewState()))
    one = draw(ViewState(markets=("cocaine",)))
    assert one.title == "Cocaine"
    assert "Cocaine: no region named, 10 only implied. 18 more statements speak of the whole country." in texts(one)
    many = draw(ViewState(markets=("arms", "cocaine", "flora", "heroin"), basis=(Basis.NAMED,)))
    assert many.title == i18n.of("en")["map.title"]
    assert "Markets: Arms, cocaine, flora and opium and heroin." in texts(many)
    assert "Basis of the statement: Names the region." in texts(many)


def test_nothing_left_is_said_in_words(draw: Draw) -> None:
    image = draw(STATES["nothing"])
    assert i18n.of("en")["caption.nothing_shown"] in texts(image)
    assert image.alt == f"{i18n.of('en')['caption.nothing_shown']} {i18n.of('en')['brief.alt_blank']}"
    assert not image.plan.lines
    assert not image.plan.marks
    assert not any(one.level or one.hatch for one in image.plan.regions)


@every_state
def test_blank_is_never_quiet_and_the_source_the_day_and_the_link_are_there(draw: Draw, view: ViewState) -> None:
    image = draw(view)
    assert ("quiet" in texts(image)) == (Layer.REGIONS in view.layers)
    for part in ("Reading of one secondary source", "2026-11-23", "data 0.1.0", "Made with Natural Earth", LINK):
        assert part in texts(image)


def test_its_words_for_those_who_do_not_see_it_hold_the_counts(draw: Draw) -> None:
    alt = draw(STATES["everything"]).alt
    assert "Lima Metropolitana 7" in alt
    assert "Border with Ecuador 3" in alt
    assert "Dotted: " in alt


# ------------------------------------------------------------------------------------------------- how it lies


@every_state
@pytest.mark.parametrize("lang", LANGS)
def test_no_name_lies_over_another_or_leaves_the_map(
    profile: CountryProfile, filtered: Callable[[ViewState], FilteredEvidence], view: ViewState, lang: Lang
) -> None:
    plan = lay_out(profile, filtered(view), view, lang, Stamp(LINK, DAY)).plan
    for one, other in combinations(plan.names, 2):
        assert not one.box.intersects(other.box), (one.lines, other.lines)
    for one in plan.names:
        west, north, east, south = one.box.bounds
        assert west >= 0, one.lines
        assert north >= 0, one.lines
        assert east <= MAP.width, one.lines
        assert south <= MAP.height, one.lines


@every_state
def test_every_line_of_text_stands_on_the_page(draw: Draw, view: ViewState) -> None:
    image = draw(view)
    assert all(0 < one.y < image.height and one.x + len(one.text) * 4 < WIDTH for one in image.texts)
    assert image.top + MAP.height < image.height


def test_a_long_link_is_broken_and_kept_whole(profile: CountryProfile) -> None:
    link = "https://ocmap.example/?" + "markets=cocaine&" * 60
    image = lay_out(profile, profile.unfiltered, ViewState(), "en", Stamp(link, DAY))
    foot = [one.text for one in image.texts if one.kind == "foot"]
    assert link in "".join(foot)


# ------------------------------------------------------------------------------------------------- as a file


@every_state
@pytest.mark.parametrize("lang", LANGS)
def test_it_is_small_well_formed_and_needs_nothing_else(
    write: Callable[[ViewState, Lang], str], view: ViewState, lang: Lang
) -> None:
    svg = write(view, lang)
    assert len(svg.encode()) < LARGEST
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    assert root.tag == f"{SVG}svg"
    assert root.get("lang") == lang
    named = {one.get("id"): one.text for one in root if one.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert [bool(named[one]) for one in (root.get("aria-labelledby") or "").split()] == [True, True]
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {
        *("svg", "title", "desc", "defs", "pattern", "clipPath"),
        *("g", "rect", "path", "circle", "text", "tspan"),
    }
    values = [value for one in root.iter() for value in one.attrib.values()]
    assert not any("http" in value for value in values)
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    assert {one for value in values for one in re.findall(r"url\(#([^)]+)\)", value)} <= ids


def test_every_text_of_the_data_and_the_link_is_only_a_text(profile: CountryProfile) -> None:
    data = profile.dataset
    places = tuple(one.model_copy(update={"name_en": HOSTILE, "name_es": HOSTILE}) for one in data.places)
    topics = tuple(one.model_copy(update={"short_en": HOSTILE, "short_es": HOSTILE}) for one in data.topics)
    routes = tuple(one.model_copy(update={"goods_en": HOSTILE, "goods_es": HOSTILE}) for one in data.routes)
    hostile = replace(profile, dataset=replace(data, places=places, topics=topics, routes=routes))
    view = replace(EVERY_LAYER, place="PE-PUN", markets=("arms", "cocaine"))
    svg = build_image(hostile, profile.unfiltered, view, "en", f"{LINK}\0\ufffe{HOSTILE}", DAY)
    assert "<script" not in svg
    assert "<image" not in svg
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    assert "{{ 7*7 }}" in "".join(root.itertext())
    assert to_png(svg).startswith(b"\x89PNG")


def test_the_same_input_gives_the_same_bytes(write: Callable[[ViewState, Lang], str]) -> None:
    first, second = write(EVERY_LAYER, "es"), write(EVERY_LAYER, "es")
    assert first == second
    assert to_png(first) == to_png(second)


@pytest.mark.parametrize("state", ["everything", "nothing"])
def test_the_png_has_its_size_and_its_colours(write: Callable[[ViewState, Lang], str], state: str) -> None:
    svg = write(STATES[state], "es")
    height = float(ET.fromstring(svg).get("height") or 0)  # noqa: S314
    with Picture.open(io.BytesIO(to_png(svg))) as picture:
        assert picture.format == "PNG"
        assert picture.width == WIDTH * PIXELS_PER_UNIT
        assert picture.height == pytest.approx(height * PIXELS_PER_UNIT, abs=1)
        found = picture.convert("RGB").getcolors(maxcolors=2**20) or []
    assert len(found) > 50
    colours = {"#{:02x}{:02x}{:02x}".format(*colour) for n, colour in found if n > 100 and isinstance(colour, tuple)}
    assert {"#ffffff", "#e4ebef", "#f1f0ec"} <= colours
    assert (TINTS[3] in colours) == (state == "everything"), "Lima's tint is there only where something tints it"


def test_what_is_no_svg_is_no_png() -> None:
    with pytest.raises(ExportError, match="the PNG cannot be made"):
        to_png("no svg")


def test_the_colours_are_the_maps_in_its_light_theme(write: Callable[[ViewState, Lang], str]) -> None:
    light = TOKENS["light"]
    assert [light[f"hatch-{i}"] for i in range(6)] == list(HATCHES)
    assert [light[f"level-{i}"] for i in range(1, 6)] == list(TINTS)
    colours = set(re.findall("#[0-9a-f]{6}", write(EVERY_LAYER, "es")))
    assert {light["sea"], light["neighbour"], *HATCHES} <= colours <= set(light.values())


def test_the_command_writes_an_image_only_where_one_is_asked_for(geodata: Path, tmp_path: Path) -> None:
    asked = ["export", "--data", str(geodata), "--format", "svg", "--format", "png", "--market", "arms"]
    assert main([*asked, "--place", "PE-LOR", "--out", str(tmp_path)]) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "ocmap-pe-lor-arms-0.1.0.png",
        "ocmap-pe-lor-arms-0.1.0.svg",
    ]
    svg = (tmp_path / "ocmap-pe-lor-arms-0.1.0.svg").read_text("utf-8")
    assert "Selección: Loreto." in svg
