"""The legend explains what is drawn under the layers and filters of the moment, and nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import LightReader, Reader

from ocmap.analysis.filters import level
from ocmap.analysis.profile import CountryProfile
from ocmap.web.tokens import TOKENS

pytestmark = pytest.mark.e2e

TITLE = "Afirmaciones que nombran la región o un lugar en ella"
BORDER, AREA = "Se nombra su frontera", "Se nombra una zona más amplia"
BLANK, FILTERED = "Sin mención (no significa que no haya delitos)", "Sin mención, o nada con estos filtros"
OPEN, INFERRED = "Extremo abierto: no se dice", "Extremo que se infiere"
ROUTE, DOUBTFUL = "Ruta, trazado esquemático", "Punta de flecha hueca: presunto o posible"
CORRIDOR, TRIPOINT = "Corredor fronterizo (nuestro)", "Triple frontera"
SITE, ROUGH = "Sitio que se nombra", "Sitio, ubicación aproximada"
RESPONSE = "Respuesta del Estado o de sus aliados"
COLOURS = """(selector) => Promise.all(document.getAnimations().map((one) => one.finished)).then(() =>
  [...document.querySelectorAll(selector)].map((el) => {
    const { fill, backgroundColor } = getComputedStyle(el);
    return [el.dataset.id ?? "", el.dataset.id ? fill : backgroundColor];
  }))"""


def expect_rows(reader: Reader, *rows: str) -> None:
    expect(reader.frame.locator(".oc-legend-row")).to_have_text(list(rows))


def expect_ramp(reader: Reader, *, shown: bool) -> None:
    expect(reader.frame.locator(".oc-legend-body .oc-ramp")).to_have_count(int(shown))
    expect(reader.frame.locator(".oc-legend-body .oc-legend-title")).to_have_text([TITLE] if shown else [])


def layer(reader: Reader, name: str) -> None:
    reader.filters.locator("label", has_text=name).click()


def test_each_layer_adds_and_removes_its_own_legend_entries(light: LightReader) -> None:
    light.open()
    every = [BORDER, AREA, BLANK, ROUTE, OPEN, INFERRED, CORRIDOR, SITE, ROUGH]
    expect_rows(light, *every)
    expect_ramp(light, shown=True)
    dashes = "all => all.map((one) => getComputedStyle(one).strokeDasharray)"  # no line looks like the real way
    lines = light.frame.locator(".oc-map .oc-route-line").evaluate_all(dashes)
    assert len(lines) == 5
    assert "none" not in lines
    layer(light, "Triples fronteras")
    expect_rows(light, *every, TRIPOINT)
    layer(light, "Respuestas al crimen")
    expect_rows(light, *every, TRIPOINT, RESPONSE)
    layer(light, "Regiones")
    expect_rows(light, ROUTE, OPEN, INFERRED, CORRIDOR, SITE, ROUGH, TRIPOINT, RESPONSE)
    expect_ramp(light, shown=False)
    layer(light, "Rutas")
    expect_rows(light, CORRIDOR, SITE, ROUGH, TRIPOINT, RESPONSE)
    layer(light, "Sitios")
    expect_rows(light, CORRIDOR, TRIPOINT, RESPONSE)
    layer(light, "Corredores fronterizos")
    expect_rows(light, TRIPOINT, RESPONSE)
    layer(light, "Triples fronteras")
    expect_rows(light, RESPONSE)


def test_with_all_layers_off_there_is_no_legend(light: LightReader) -> None:
    light.open("?layers=none")
    expect(light.frame.locator(".oc-legend")).to_be_hidden()
    layer(light, "Sitios")
    expect(light.frame.locator(".oc-legend")).to_be_visible()
    expect_rows(light, SITE, ROUGH)


def test_marks_removed_by_the_filters_have_no_legend_entry(light: LightReader) -> None:
    wrong = []
    for query, present, absent in (
        ("?basis=named,located,national", (), (BORDER, AREA)),
        ("?basis=border", (BORDER,), (AREA,)),
        ("?markets=cyber", (CORRIDOR,), (BORDER, AREA, ROUTE, DOUBTFUL, SITE, ROUGH)),
        ("?markets=heroin", (FILTERED, ROUTE), (BLANK, ROUGH)),
    ):
        light.open(query)
        rows = light.frame.locator(".oc-legend-row").all_inner_texts()
        wrong += [f"{query} lacks {one}" for one in present if one not in rows]
        wrong += [f"{query} has {one}" for one in absent if one in rows]
    assert wrong == []


def test_without_coloured_regions_the_legend_has_no_colour_scale(light: LightReader) -> None:
    light.open("?markets=cyber")
    expect_ramp(light, shown=False)
    light.filters.get_by_role("link", name="Quitar filtros").click()
    expect_ramp(light, shown=True)


@pytest.mark.parametrize(("scheme", "blank"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(26, 37, 43)")])
def test_the_legend_swatches_have_the_colours_of_the_theme(
    light_of: Callable[..., LightReader], scheme: str, blank: str
) -> None:
    reader = light_of(color_scheme=scheme).open()
    swatch = reader.frame.locator(".oc-legend-row", has_text=BLANK).locator(".oc-swatch-ground")
    expect(swatch).to_have_css("fill", blank)
    expect(reader.mark("PE-APU")).to_have_css("fill", blank)


def test_on_a_phone_the_legend_is_short_and_opens(light_of: Callable[..., LightReader]) -> None:
    reader = light_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open()
    button = reader.frame.get_by_role("button", name="Leyenda")
    expect(reader.frame.locator(".oc-legend-row").first).to_be_hidden()
    box = reader.frame.locator(".oc-legend").bounding_box()
    assert box is not None
    assert box["height"] < 110
    expect(reader.frame.locator(".oc-legend-short .oc-ramp-cell")).to_have_text(["1", "2", "3–5", "6–9", "10+"])
    button.tap()
    expect(reader.frame.locator(".oc-legend-row").first).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.tap()
    expect(reader.frame.locator(".oc-legend-row").first).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_region_has_the_colour_of_its_count_and_so_has_the_scale(
    light_of: Callable[..., LightReader], profile: CountryProfile, theme: str
) -> None:
    page = light_of(color_scheme=theme).open().page
    found = dict(page.evaluate(COLOURS, "path.oc-region[data-id]"))
    colours = [rgb(TOKENS[theme][f"level-{number}"]) for number in range(6)]
    count = profile.unfiltered.count_direct
    assert found == {str(one): colours[level(count(str(one)))] for one in profile.shapes.regions.index}
    assert [colour for _, colour in page.evaluate(COLOURS, ".oc-legend-body .oc-ramp-colour")] == colours[1:]


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"
