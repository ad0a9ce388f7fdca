"""The poster shows what the app's map shows of the same state, says what it is, and is the same for the same input."""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image as Picture
from tests.support.shipped import DATASET, POSTER

from ocmap import i18n
from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters, level
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import Layer, ViewState
from ocmap.cli import main
from ocmap.dataset.schema import Basis, Evidence, Hedge, Lang, PlaceKind
from ocmap.export.files import ExportError
from ocmap.export.print.poster import PIXELS_PER_UNIT, WIDTH, Poster, build_image, lay_out, to_png
from ocmap.web.diagrams.map_labels import Label
from ocmap.web.diagrams.map_styles import HATCH_COLOURS, LEVEL_COLOURS
from ocmap.web.diagrams.still_map import Shape
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
LEGENDS = {
    "everything": "levels border area blank schematic open_end inferred corridor site rough",
    "every-layer": "levels border area blank schematic open_end inferred corridor site rough tripoint response",
    "no-layer": "",
    "cocaine": "area filtered schematic open_end corridor",
    "cyber": "filtered corridor",
    "doubtful": "levels border area filtered open_end inferred corridor",
    "by-border": "border filtered schematic open_end inferred corridor",
    "region": "levels border area blank schematic open_end inferred corridor site rough",
    "small": "levels border area blank schematic open_end inferred corridor site rough",
    "corridor": "levels border area blank schematic open_end inferred corridor site rough",
    "site": "levels border area blank schematic open_end inferred corridor site rough tripoint response",
    "route": "levels border area blank schematic open_end inferred corridor site rough",
    "abroad": "levels border area blank schematic open_end inferred corridor site rough",
    "nothing": "filtered corridor",
}
LANGS: tuple[Lang, ...] = ("es", "en")
HOSTILE = "<script>alert(1)</script><image href=x>\"'&{{ 7*7 }}"

Draw = Callable[[ViewState], Poster]


@pytest.fixture(scope="session")
def filtered(profile: CountryProfile, evidence: tuple[Evidence, ...]) -> Callable[[ViewState], FilteredEvidence]:
    return cache(lambda view: apply_filters(profile.dataset, evidence, Filters.of(view)))


@pytest.fixture(scope="session")
def draw(profile: CountryProfile) -> Draw:
    """Return a function that lays out the image of a state in English."""
    return cache(lambda view: lay_out(PageContext(profile, "en", view), LINK, DAY))


@pytest.fixture(scope="session")
def write(profile: CountryProfile) -> Callable[[ViewState, Lang], str]:
    return lambda view, lang: build_image(PageContext(profile, lang, view), LINK, DAY)


def texts(poster: Poster) -> str:
    return " ".join(one.text for one in poster.texts)


def name_of(poster: Poster, text: str) -> Label:
    return next(one for one in poster.map.labels if " ".join(one.lines).startswith(text))


def shapes_of(poster: Poster, *looks: str) -> list[Shape]:
    """Return the shapes of some looks, on the map and in its inset."""
    inset = poster.map.inset.shapes if poster.map.inset else ()
    return [one for one in (*poster.map.shapes, *inset) if one.look in looks]


# ------------------------------------------------------------------------------------------- what the map draws


def test_the_legend_explains_every_drawn_mark(draw: Draw) -> None:
    found = {}
    for state, view in STATES.items():
        poster = draw(view)
        found[state] = " ".join(["levels"] * bool(poster.levels) + [one.sign for one in poster.swatches])
        for sign in (one.sign for one in poster.swatches):
            assert i18n.words_of(DATASET, "en")[f"legend.{sign}"].split()[0] in texts(poster), (state, sign)
    assert found == LEGENDS


def test_each_region_has_the_colour_the_hatching_and_the_count_of_its_evidence(
    profile: CountryProfile, draw: Draw, filtered: Callable[[ViewState], FilteredEvidence]
) -> None:
    for state, view in STATES.items():
        poster, evidence = draw(view), filtered(view)
        on = Layer.REGIONS in view.layers
        looks = {(one.of, one.look) for one in poster.map.shapes if one.of in profile.shapes.regions.index}
        names = {one.of: " ".join(one.lines) for one in poster.map.labels}
        for place in profile.shapes.regions.index:
            n, basis = (evidence.count_direct(place), evidence.indirect_basis(place)) if on else (0, None)
            assert (place, f"level-{level(n)}") in looks, (state, place)
            assert ((place, f"{basis}-{level(n)}") in looks) == bool(basis), (state, place)
            if n:
                assert names[place] == f"{profile.dataset.place[place].name_en} {n}", state


def test_the_counts_equal_those_made_by_hand(draw: Draw) -> None:
    assert name_of(draw(ViewState()), "Metropolitan Lima").lines == ("Metropolitan Lima 7",)
    poster = draw(ViewState(markets=("arms", "cocaine", "excisable", "non_renewable")))
    assert name_of(poster, "Puno").lines == ("Puno 2",)


def test_corridors_routes_and_marks_are_drawn_if_their_layer_is_on(
    profile: CountryProfile, draw: Draw, filtered: Callable[[ViewState], FilteredEvidence]
) -> None:
    dataset = profile.dataset
    tripoints = {one.place_id for one in dataset.places if one.kind is PlaceKind.TRIPOINT}
    for state, view in STATES.items():
        poster, shown, on = draw(view), filtered(view).statement_ids, frozenset(view.layers)
        wanted = {
            Layer.CORRIDORS: {f"border-{one}" for one in ("BO", "BR", "CL", "CO", "EC")},
            Layer.ROUTES: profile.routes_with_line & filtered(view).route_ids,
            Layer.SITES: {one.place_id for one in dataset.places if one.kind is PlaceKind.SITE}
            & {row.place_id for one in shown for row in dataset.places_of.get(one, ())},
            Layer.TRIPOINTS: tripoints,
            Layer.RIVERS: set(profile.shapes.rivers["river_id"]),
        }
        looks = {
            Layer.CORRIDORS: ("corridor", "corridor-strong"),
            Layer.ROUTES: ("route", "route-strong"),
            Layer.SITES: ("site", "rough"),
            Layer.TRIPOINTS: ("tripoint",),
            Layer.RIVERS: ("river", "river-minor"),
        }
        for layer, places in wanted.items():
            found = {one.of for one in shapes_of(poster, *looks[layer])}
            assert found == (places if layer in on else set()), (state, layer)
        responses = {one.of for one in shapes_of(poster, "response")}
        assert bool(responses) == (Layer.RESPONSES in on), state


@pytest.mark.parametrize("layer", list(Layer))
def test_a_hidden_layer_has_no_marks_and_the_image_states_it(
    write: Callable[[ViewState, Lang], str], draw: Draw, layer: Layer
) -> None:
    off = replace(EVERY_LAYER, layers=tuple(one for one in Layer if one is not layer))
    with_it, without = (Counter(re.findall(r"<(path|circle|text)", write(one, "en"))) for one in (EVERY_LAYER, off))
    assert without["path"] < with_it["path"]
    if layer not in {Layer.TRIPOINTS, Layer.RESPONSES}:  # off by default
        assert f"Layers switched off: {i18n.words_of(DATASET, 'en')[f'layer.{layer}']}." in texts(draw(off))


def test_the_selection_is_outlined(draw: Draw) -> None:
    counts = {
        name: len(shapes_of(draw(STATES[name]), "focus")) for name in ("everything", "region", "corridor", "abroad")
    }
    assert counts == {"everything": 0, "region": 1, "corridor": 1, "abroad": 0}
    small = draw(STATES["small"]).map
    assert [one.look for one in small.shapes if one.look in {"focus", "ring"}] == ["focus", "ring"], "a ring to find it"
    assert small.inset
    assert [one.of for one in small.inset.shapes if one.look == "focus"] == ["PE-CAL"]
    assert [one.of for one in shapes_of(draw(STATES["site"]), "ring")] == ["villa-el-salvador"]
    assert [one.of for one in shapes_of(draw(STATES["route"]), "route-strong")] == ["arms.2-r1"]
    assert "Selected: Puno." in texts(draw(STATES["region"]))


def test_only_a_doubtful_route_has_a_hollow_head(profile: CountryProfile, draw: Draw) -> None:
    data = profile.dataset
    doubtful = tuple(
        one.model_copy(update={"hedge": Hedge.ALLEGED}) if one.route_id == "arms.2-r1" else one for one in data.routes
    )
    changed = replace(profile, dataset=replace(data, routes=doubtful))
    poster = lay_out(PageContext(changed, "en", ViewState()), LINK, DAY)
    assert [one.of for one in shapes_of(poster, "head-hollow")] == ["arms.2-r1"]
    assert len(shapes_of(poster, "head")) == len(profile.routes_with_line) - 1
    assert "hollow" in [one.sign for one in poster.swatches]
    assert shapes_of(draw(ViewState()), "head-hollow") == []


def test_sites_close_together_are_shown_in_an_inset(draw: Draw) -> None:
    drawn = draw(ViewState()).map
    assert drawn.inset
    marks = [[one.of for one in part.shapes if one.look in {"site", "rough"}] for part in (drawn.inset, drawn)]
    assert marks == [["gamarra", "polvos-azules", "villa-el-salvador"], ["la-pampa", "pataz"]]
    assert {one.of for one in drawn.inset.labels} == set(marks[0])
    assert draw(STATES["cocaine"]).map.inset is None


def test_flows_without_a_line_are_listed(profile: CountryProfile, draw: Draw) -> None:
    flows = [one for one in profile.dataset.routes if one.route_id not in profile.routes_with_line]
    for state, view in STATES.items():
        wanted = [one for one in flows if not view.markets or one.market in view.markets]
        listed = Layer.ROUTES in view.layers and bool(wanted)
        assert (i18n.words_of(DATASET, "en")["map.flows"] in texts(draw(view))) == listed, state
        assert bool(re.search("[→←] ", texts(draw(view)))) == listed, state


def test_a_good_without_a_line_is_listed_once_with_its_ends(draw: Draw) -> None:
    lines = [one.text for one in draw(ViewState(markets=("cocaine",))).texts]
    listed = " ".join(lines[lines.index(next(one for one in lines if one.startswith("cocaine →"))) :][:6])
    assert listed.startswith("cocaine → Europe (open end), → Belgium (open end), → Türkiye (open end)")
    assert "→ North America (open end)" in listed


# ------------------------------------------------------------------------------------------------- what it says


def test_the_poster_describes_its_content_and_filters(draw: Draw) -> None:
    assert "No filters: all 15 markets, all actors, all statements." in texts(draw(ViewState()))
    one = draw(ViewState(markets=("cocaine",)))
    assert one.title == "Cocaine"
    assert "Cocaine: no region named, 10 only by their border or a wider area. 19 more statements speak" in texts(one)
    many = draw(ViewState(markets=("arms", "cocaine", "flora", "heroin"), basis=(Basis.NAMED,)))
    assert many.title == i18n.words_of(DATASET, "en")["map.title"]
    assert "Markets: Arms, cocaine, flora crimes and opium and heroin." in texts(many)
    assert "What the statement names: The place itself." in texts(many)


def test_a_poster_without_evidence_shows_a_message(draw: Draw) -> None:
    poster = draw(STATES["nothing"])
    assert i18n.words_of(DATASET, "en")["caption.nothing_shown"] in texts(poster)
    assert (
        poster.alt
        == f"{i18n.words_of(DATASET, 'en')['caption.nothing_shown']} {i18n.words_of(DATASET, 'en')['brief.alt_blank']}"
    )
    assert {one.look for one in poster.map.shapes} == {
        *("sea", "abroad", "level-0", "river", "river-minor", "corridor", "outline", "frame")
    }


def test_the_poster_warns_about_blank_regions_and_has_source_date_and_link(draw: Draw) -> None:
    for state, view in STATES.items():
        shown = texts(draw(view))
        assert ("no crime there" in shown) == (Layer.REGIONS in view.layers), state
        for part in (
            "Reading of one secondary source",
            "23 November 2026",
            "data version 0.2.0",
            "Made with Natural Earth",
            LINK,
        ):
            assert part in shown, state


def test_the_text_alternative_contains_the_counts(draw: Draw) -> None:
    alt = draw(STATES["everything"]).alt
    assert "Metropolitan Lima 7" in alt
    assert "Border with Ecuador 3" in alt
    assert "Dotted: " in alt


# ------------------------------------------------------------------------------------------------- how it lies


def test_every_line_of_text_is_within_the_page(draw: Draw) -> None:
    for state, view in STATES.items():
        poster = draw(view)
        assert all(0 < one.y < poster.height and one.x + len(one.text) * 4 < WIDTH for one in poster.texts), state
        assert poster.top + POSTER.projection.height < poster.height, state


def test_a_long_link_is_wrapped_without_losing_characters(profile: CountryProfile) -> None:
    link = "https://ocmap.example/?" + "markets=cocaine&" * 60
    poster = lay_out(PageContext(profile, "en", ViewState()), link, DAY)
    foot = [one.text for one in poster.texts if one.kind == "foot"]
    assert link in "".join(foot)


# ------------------------------------------------------------------------------------------------- as a file


@pytest.mark.parametrize("lang", LANGS)
def test_the_poster_is_small_well_formed_and_self_contained(
    write: Callable[[ViewState, Lang], str], lang: Lang
) -> None:
    allowed = {
        *("svg", "title", "desc", "defs", "pattern", "marker"),
        *("g", "rect", "path", "circle", "text", "tspan"),
    }
    for state, view in STATES.items():
        svg = write(view, lang)
        assert len(svg.encode()) < LARGEST, state
        root = ET.fromstring(svg)  # noqa: S314 - our own text
        assert root.tag == f"{SVG}svg"
        assert root.get("lang") == lang
        named = {one.get("id"): one.text for one in root if one.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert [bool(named[one]) for one in (root.get("aria-labelledby") or "").split()] == [True, True], state
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= allowed, state
        values = [value for one in root.iter() for value in one.attrib.values()]
        assert not any("http" in value for value in values), state
        ids = [one.get("id") for one in root.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), state
        assert {one for value in values for one in re.findall(r"url\(#([^)]+)\)", value)} <= set(ids), state


def test_every_text_of_the_data_and_the_link_is_shown_as_text(profile: CountryProfile) -> None:
    data = profile.dataset
    places = tuple(one.model_copy(update={"name_en": HOSTILE, "name_es": HOSTILE}) for one in data.places)
    topics = tuple(one.model_copy(update={"short_en": HOSTILE, "short_es": HOSTILE}) for one in data.topics)
    routes = tuple(one.model_copy(update={"goods_en": HOSTILE, "goods_es": HOSTILE}) for one in data.routes)
    hostile = replace(profile, dataset=replace(data, places=places, topics=topics, routes=routes))
    view = replace(EVERY_LAYER, place="PE-PUN", markets=("arms", "cocaine"))
    svg = build_image(PageContext(hostile, "en", view), f"{LINK}\0\ufffe{HOSTILE}", DAY)
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
    assert (LEVEL_COLOURS[4] in colours) == (state == "everything"), (
        "Lima's tint is there only where something tints it"
    )


def test_an_invalid_svg_gives_no_png() -> None:
    with pytest.raises(ExportError, match="the PNG cannot be made"):
        to_png("no svg")


def test_the_colours_are_those_of_the_light_map_theme(write: Callable[[ViewState, Lang], str]) -> None:
    light = TOKENS["light"]
    colours = set(re.findall("#[0-9a-f]{6}", write(EVERY_LAYER, "es")))
    assert {light["sea"], light["neighbour"], *HATCH_COLOURS, *LEVEL_COLOURS} <= colours <= set(light.values())


def test_the_command_writes_an_image_only_on_request(geodata: Path, tmp_path: Path) -> None:
    asked = ["export", "--data", str(geodata), "--format", "svg", "--format", "png", "--market", "arms"]
    assert main([*asked, "--place", "PE-LOR", "--out", str(tmp_path)]) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "ocmap-pe-lor-arms-0.2.0.png",
        "ocmap-pe-lor-arms-0.2.0.svg",
    ]
    svg = (tmp_path / "ocmap-pe-lor-arms-0.2.0.svg").read_text("utf-8")
    assert "Selección: Loreto." in svg
