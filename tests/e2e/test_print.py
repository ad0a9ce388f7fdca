"""On paper: each view is whole on A4 in both directions, without backgrounds, with its source, address and day."""

import io
import math
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.e2e.conftest import LightReader, Reader

from ocmap import i18n
from ocmap.analysis.view_state import View
from ocmap.dataset.schema import Lang

pytestmark = pytest.mark.e2e
DIRECTIONS = {"portrait": False, "landscape": True}
DRAWINGS = ("routes", "actors&tab=ties")
OTHERS = ("routes&markets=arms", "table", "resilience")
QUERIES = {
    View.MAP: "place=PE-MDD&markets=non_renewable",
    View.COMPARE: "compare=PE-MDD&compare=PE-LOR&compare=PE-UCA",
}
MANY_FILTERS = "".join(
    f"&markets={market}" for market in ("cocaine", "arms", "human_trafficking", "extortion", "heroin", "cannabis")
) + "".join(f"&basis={basis}" for basis in ("named", "located", "border"))
SOURCES = {"es": "Lectura de una sola fuente secundaria", "en": "Reading of one secondary source"}
PRINTED = {"es": "Impreso el ", "en": "Printed on "}
SCREEN_ONLY = {
    "es": (
        "Buscar y filtrar",
        "Ir al panel",
        "Ir al mapa",
        "Ir a un lugar",
        "Preguntas para empezar",
        "Elija una ruta",
        "Lado a lado",
        "Los indicadores",
    ),
    "en": (
        "Search and filter",
        "Skip to the panel",
        "Skip to the map",
        "Go to a place",
        "Questions to start with",
        "Choose a route",
        "Side by side",
        "The indicators",
    ),
}


def squeeze(text: str) -> str:
    """Return a text without spaces and ligatures, which a PDF sets as it likes."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text))


def sheets(reader: Reader, *, landscape: bool, least: float = 6.5) -> list[str]:
    """Print the page with the browser's own settings; return the text of each sheet, squeezed.

    It fails where letters are smaller than ``least``, in points.
    """
    pdf = PdfReader(io.BytesIO(reader.page.pdf(format="A4", landscape=landscape)))
    for page in pdf.pages:
        assert (page.mediabox.width > page.mediabox.height) is landscape
    return [squeeze(page.extract_text(visitor_text=check(float(page.mediabox.width), least))) for page in pdf.pages]


def check(width: float, least: float) -> Callable[..., None]:
    """Fail where a text begins outside of the sheet, or is too small."""

    def visit(text: str, user: list[float], matrix: list[float], _: object, size: float) -> None:
        x = user[0] * matrix[4] + user[2] * matrix[5] + user[4]
        up = (user[0] * matrix[2] + user[2] * matrix[3], user[1] * matrix[2] + user[3] * matrix[3])
        assert not text.strip() or 0 <= x < width, f"{text!r} at {x}"
        assert not text.strip() or size * math.hypot(*up) >= least, f"{text!r} has {size * math.hypot(*up):.2f} pt"

    return visit


def printed(reader: Reader, least: float = 6.5) -> Iterator[tuple[str, list[str]]]:
    for name, landscape in DIRECTIONS.items():
        yield name, sheets(reader, landscape=landscape, least=least)


@pytest.mark.long  # all views, on paper both ways
@pytest.mark.parametrize("lang", ["es", "en"])
def test_each_view_has_its_source_address_and_day_and_nothing_of_the_screen(reader: Reader, lang: Lang) -> None:
    reader.open(f"?lang={lang}")
    wrong = []
    for view in View:
        reader.go(f"?view={view}&lang={lang}&{QUERIES.get(view, '')}")
        if view is View.MAP:
            expect(reader.heading).to_have_text("Madre de Dios")
        day = reader.page.evaluate("lang => new Date().toLocaleDateString(lang, {dateStyle: 'long'})", f"{lang}-GB")
        for name, texts in printed(reader):
            wanted = (SOURCES[lang], PRINTED[lang] + (day if lang == "en" else ""), reader.page.url)
            wrong += [f"{view} {name} lacks {one}" for one in wanted if squeeze(one) not in texts[0]]
            wrong += [f"{view} {name} has {one}" for one in SCREEN_ONLY[lang] for text in texts if squeeze(one) in text]
            wrong += [f"{view} {name}: sheet {n} of {len(texts)} is blank" for n, one in enumerate(texts) if not one]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize("opened", [pytest.param("", marks=pytest.mark.long), "&place=PE-MDD&cell=non_renewable"])
def test_the_table_has_all_rows_and_columns(reader: Reader, lang: Lang, opened: str) -> None:
    reader.open(f"?view=table&lang={lang}{opened}")
    expect(reader.page.locator(".tbt tbody").first).to_be_visible()
    heads = reader.page.locator(".tbt th:not(.gp)").all_inner_texts()
    cells = reader.page.locator(".tbt tbody tr:not(.blank) > td").all_inner_texts()
    assert len(heads) > 40
    for name, texts in printed(reader):
        text = "".join(texts)
        assert [one for one in heads if squeeze(one) not in text] == [], name
        assert sum(one.strip().isdigit() for one in cells) > 50
        numbers = [n for one in cells for n in re.findall(r"\d+", one)]
        assert len(re.findall(r"\d", text)) >= sum(map(len, numbers)), name


@pytest.mark.long
def test_the_unfiltered_map_is_on_the_first_sheet_with_the_flows_that_have_no_line(reader: Reader) -> None:
    reader.open("?lang=es")
    flows = reader.frame.locator(".oc-flow-goods").all_text_contents()
    assert len(flows) > 5
    for name, texts in printed(reader):
        assert [one for one in ("Tacna", *flows) if squeeze(one) not in texts[0]] == [], name


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_the_map_is_whole_on_one_sheet_with_its_legend_and_filters(reader: Reader, lang: Lang) -> None:
    more = MANY_FILTERS if lang == "en" else ""  # of several lines, and an address of two
    reader.open(f"?markets=non_renewable&place=PE-MDD&lang={lang}{more}")
    words = i18n.of(lang)
    label = reader.frame.locator(".oc-label:visible", has_text="Madre de Dios")
    expect(label).to_be_attached()
    expect(reader.heading).to_have_text("Madre de Dios")
    expect(reader.page.locator(".chosen span")).not_to_be_empty()
    market = reader.page.locator(".chosen span").text_content() or ""
    assert market
    for name, texts in printed(reader):
        first = texts[0]
        wanted = ("Loreto", "Tacna", "Tumbes", words["legend.title"], f"{words['print.filters']}: {market}")
        assert [one for one in wanted if squeeze(one) not in first] == [], name
        assert squeeze("La Pampa") in "".join(texts), name
    expect(reader.frame.locator(".oc-print")).to_have_count(0)


@pytest.mark.long
def test_what_is_folded_is_printed_and_folded_again(reader: Reader) -> None:
    reader.open("?place=PE-MDD&lang=es")
    folds = reader.panel.locator("details.loc:visible")
    expect(folds.first).to_be_visible()
    where = folds.first.locator("p").evaluate("one => one.firstChild.textContent")
    how = i18n.of("es")["statement.how"]
    text = "".join(sheets(reader, landscape=False))
    assert squeeze(where) in text
    assert text.count(squeeze(how)) == 1  # not again in each statement
    expect(reader.panel.locator("details.loc[open]")).to_have_count(0)


def test_signs_are_printed_though_backgrounds_are_not(reader: Reader) -> None:
    reader.open("?view=table&lang=es")
    reader.page.emulate_media(media="print")
    adjust = "one => getComputedStyle(one).printColorAdjust"
    assert reader.page.locator(".tbt td .c.n1").first.evaluate(adjust) == "exact"
    assert reader.page.locator(".tbh .key .c").first.evaluate(adjust) == "exact"
    assert reader.page.locator("body").evaluate(adjust) == "economy"
    assert reader.frame.locator(".oc-ramp-colour").first.evaluate(adjust) == "exact"


def test_what_is_for_the_screen_is_not_printed(reader: Reader) -> None:
    shown = [reader.page.get_by_text(one).filter(visible=True) for one in SCREEN_ONLY["es"]]
    for query in ("place=PE-MDD", "tour=1"):
        reader.open(f"?lang=es&{query}")
        assert sum(one.count() > 0 for one in shown) > 2
        reader.page.emulate_media(media="print")
        assert [one.first.text_content() for one in shown if one.count()] == []
        reader.page.emulate_media(media="screen")


def test_the_light_edition_lays_its_map_out_for_a_sheet(light: LightReader) -> None:
    light.open()
    laid_out = light.page.locator("#map > .oc-print")
    light.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(laid_out).to_be_visible()
    expect(light.page.locator("[data-print=address]")).to_have_text(light.page.url)
    light.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(laid_out).to_have_count(0)


def test_a_dark_page_is_printed_in_light_colours(reader_of: Callable[..., Reader]) -> None:
    reader = reader_of(color_scheme="dark")
    reader.open("?place=PE-MDD&lang=es")
    ink = "() => getComputedStyle(document.documentElement).getPropertyValue('--ink')"
    dark = reader.page.evaluate(ink)
    reader.page.emulate_media(media="print", color_scheme="dark")
    assert reader.page.evaluate(ink) != dark
    assert reader.frame.locator(".oc-frame").evaluate(
        "one => getComputedStyle(one).getPropertyValue('--ink')"
    ) == reader.page.evaluate(ink)


@pytest.mark.long
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_light_edition_is_printed_whole(light: LightReader, lang: Lang) -> None:
    light.open(f"?markets=non_renewable&place=PE-MDD&lang={lang}")
    words = i18n.of(lang)
    expect(light.panel.locator("h2")).to_have_text("Madre de Dios")
    for name, texts in printed(light):
        wanted = (SOURCES[lang], PRINTED[lang], light.page.url, "Loreto", "Tacna", words["legend.title"])
        assert [one for one in wanted if squeeze(one) not in texts[0]] == [], name
        assert [one for one in SCREEN_ONLY[lang] for text in texts if squeeze(one) in text] == [], name
        assert squeeze("La Pampa") in "".join(texts), name


@pytest.mark.long  # three views, on paper both ways
@pytest.mark.parametrize("lang", ["es", "en"])
def test_each_part_of_the_actors_view_has_all_actors_and_ties(reader: Reader, lang: Lang) -> None:
    reader.open(f"?view=actors&lang={lang}")
    wrong = []
    for tab, names in (("types", ".axrows h4"), ("markets", ".axm tbody tr:not(.tp) .who"), ("ties", ".axties .pr")):
        reader.go(f"?view=actors&tab={tab}&lang={lang}")
        expect(reader.page.locator(names).first).to_be_visible()
        wanted = reader.page.locator(names).all_text_contents()
        assert len(wanted) > 20
        for name, texts in printed(reader):
            wrong += [f"{tab} {name} lacks {one}" for one in wanted if squeeze(one) not in "".join(texts)]
            boxes = reader.page.locator(".axnet .bx").all_text_contents()
            wrong += [f"{tab} {name} lacks the box {one}" for one in boxes if squeeze(one) not in texts[0]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.long  # on paper both ways
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_diagram_of_routes_is_on_one_sheet_with_its_key(reader: Reader, lang: Lang) -> None:
    reader.open(f"?view=routes&lang={lang}")
    expect(reader.page.locator(".rt-svg text").first).to_be_attached()
    drawing = reader.page.locator(".rt-svg text").all_text_contents()
    wanted = [*drawing, *reader.page.locator(".rt-key li").all_text_contents()]
    assert len(wanted) > 50
    for name, texts in printed(reader, least=7):
        sheet = max(texts, key=lambda text: text.count(squeeze(i18n.of(lang)["route_end.origin"])))
        assert [one for one in wanted if squeeze(one) not in sheet] == [], name
        assert len(texts) <= 4, name


@pytest.mark.parametrize("views", [DRAWINGS, pytest.param(OTHERS, marks=pytest.mark.long)], ids=["drawings", "others"])
def test_no_drawing_is_larger_than_a_sheet(reader: Reader, views: tuple[str, ...]) -> None:
    reader.open("?lang=es")
    wrong = []
    for query in (f"?view={view}" for view in views):
        reader.go(query)
        reader.page.emulate_media(media="print")
        for width, height in ((703, 979), (1032, 703)):
            reader.page.set_viewport_size({"width": width, "height": height})
            boxes = reader.page.evaluate(
                "() => [...document.querySelectorAll('main :is(iframe, svg, table, .axnet, .axnet .ml)')]"
                ".map(one => [one.className.baseVal ?? one.className, one.getBoundingClientRect()])"
                ".map(([name, box]) => [name, box.left, box.right, /tbt|rt-tb/.test(name) ? 0 : box.height])"
            )
            wrong += [
                (query, width, name, left, right, high)
                for name, left, right, high in boxes
                if left < 0 or right > width or high > height
            ]
        assert reader.page.locator(".rt-svg .bar:not(:visible)").count() == 0  # places in the diagram of routes
        reader.page.emulate_media(media="screen")
    assert not wrong, wrong


@pytest.mark.long  # long views, on paper both ways
def test_long_views_take_few_sheets(reader: Reader) -> None:
    reader.open("?lang=es&view=resilience")
    for view, most in (("resilience", 14), ("national", 23)):
        reader.go(f"?lang=es&view={view}")
        for name, texts in printed(reader):
            assert len(texts) <= most, f"{view} {name}"
