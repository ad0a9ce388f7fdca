"""Tasks of first-time readers, with the most steps that each may take, in both languages on a laptop and on a phone."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import STANDS_STILL, Reader
from tests.support.steps import Steps

from ocmap import i18n
from ocmap.dataset.schema import Lang

pytestmark = pytest.mark.e2e

IS_IN = "() => document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().left === 0"
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
KINDS = {
    "es-laptop": ("es", False),
    "en-phone": pytest.param(("en", True), marks=pytest.mark.long),
    "es-phone": pytest.param(("es", True), marks=pytest.mark.long),
    "en-laptop": pytest.param(("en", False), marks=pytest.mark.long),
}


@dataclass
class Task:
    """A reader with a task."""

    reader: Reader
    lang: Lang
    touch: bool

    def open(self, query: str = "") -> None:
        self.reader.open(f"?lang={self.lang}{query}")
        expect(self.reader.heading).to_be_visible()

    def steps(self, laptop: int, phone: int) -> Steps:
        return Steps(self.reader.page, phone if self.touch else laptop, self.touch)

    def find(self, selector: str, text: str | None = None) -> Locator:
        return self.reader.page.locator(selector, has_text=text)

    def view(self, step: Steps, view: str) -> None:
        name = i18n.of(self.lang)[f"view.{view}"]
        step.press(self.find(".st-key-view").get_by_role("radio", name=name, exact=True))
        self.reader.expect_query(view=view)

    def filter(self, step: Steps, market: str) -> None:
        """Choose a market; on a phone in the drawer, which is then left for the results."""
        if self.touch:
            step.press(self.find(".bottom-bar [data-part=filters]"))
        step.press(self.find(f".st-key-filters label:has(input[value={market}])"))
        self.reader.expect_query(markets=market)
        if self.touch:
            step.press(self.find(".st-key-filters .results a"))
            expect(self.find('[data-testid=stSidebar][data-collapsed="false"]')).to_have_count(0)

    def expect_top(self) -> None:
        """Wait until the page is at its top."""
        self.reader.page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop === 0")


@pytest.fixture(params=KINDS.values(), ids=list(KINDS))
def task(reader_of: Callable[..., Reader], request: pytest.FixtureRequest) -> Task:
    lang, touch = request.param
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    return Task(reader_of(viewport=PHONE if touch else LAPTOP, **options), lang, touch)


def test_human_trafficking_in_the_table(task: Task) -> None:
    """Which regions are named, which only by a border or a wider area; with which markets it is named."""
    task.open()
    step = task.steps(laptop=4, phone=6)
    task.filter(step, "human_trafficking")
    task.view(step, "table")
    cell = task.find('.tbt a[aria-label^="Madre de Dios"]')
    expect(cell).to_have_class(re.compile("border area"))
    task.reader.settle()  # what is above the table is drawn too
    before = cell.bounding_box()
    step.press(cell)
    expect(task.find(".tbp .st").first).to_be_visible()
    if not task.touch:
        assert before
        after = cell.bounding_box()
        assert after
        assert abs(after["y"] - before["y"]) < 1  # no row moved under the pointer
    pairs = i18n.of(task.lang)["table.matrix_sentences"]
    step.press(task.find(".tbh nav").get_by_role("link", name=pairs))
    expect(task.find(".tbt.pairs tbody tr")).to_have_count(1)
    expect(task.find(".tbt.pairs td a.c")).to_have_count(10)


def test_routes_of_cocaine(task: Task) -> None:
    """From the question at the start to the statement of one route."""
    task.open()
    step = task.steps(laptop=2, phone=2)
    step.press(task.reader.panel.locator("a[href*='view=routes']").first)
    expect(task.find(".rt-flow")).to_be_visible()
    task.expect_top()
    step.press(task.find(".rt-tb tbody tr").first)
    expect(task.find(".rt-side .st").first).to_be_visible()


def test_three_places_side_by_side(task: Task) -> None:
    """All three can be seen at once."""
    task.open()
    step = task.steps(laptop=7, phone=7)
    task.view(step, "compare")
    field = task.find(".st-key-compare input")
    border = {"es": "Frontera con Brasil", "en": "Border with Brazil"}[task.lang]
    for number, name in enumerate(("Madre de Dios", "Loreto", border), 1):
        expect(field).to_have_value("")  # the server empties it after each choice
        step.type(field, name)
        expect(task.find("[role=option][data-focused]")).to_have_text(name)  # Enter chooses no other
        step.key("Enter")
        expect(task.find(".cpn")).to_contain_text(name)
        assert len(task.reader.query()["compare"]) == number
    heads = task.find(".cpt").first.locator("thead th")
    expect(heads).to_have_count(4)
    right = heads.evaluate_all("all => Math.max(...all.map((one) => one.getBoundingClientRect().right))")
    assert right <= (PHONE if task.touch else LAPTOP)["width"]


def test_who_is_named_in_extortion(task: Task) -> None:
    """Two steps from the start to the sentences on Tren de Aragua; the page begins at its top."""
    task.open()
    step = task.steps(laptop=2, phone=2)
    step.press(task.reader.panel.locator("a[href*='view=actors']").first)
    expect(task.find(".axv h2")).to_be_in_viewport()
    task.expect_top()
    expect(task.find(".axline")).to_contain_text({"es": "no afirma que", "en": "no cooperation"}[task.lang])
    expect(task.find(".axtype .hid")).to_have_count(0)
    step.press(task.find(".axrows a.all", "Tren de Aragua"))
    expect(task.find(".tbp h2")).to_be_in_viewport()
    expect(task.find(".tbp .st summary").first).to_be_visible()


def test_a_link_to_a_region_then_a_filter_then_back(task: Task) -> None:
    """The filter is named beside the map; Back removes it."""
    task.open("&place=PE-TUM")
    step = task.steps(laptop=2, phone=4)
    task.filter(step, "arms")
    chosen = task.find(".mt .chosen")
    name = {"es": "Armas", "en": "Arms"}[task.lang]
    if task.touch:
        expect(chosen).to_contain_text(name)
        task.reader.page.evaluate(STANDS_STILL)
        expect(chosen).to_be_in_viewport(ratio=1)
        expect(task.find(".st-key-map iframe")).to_be_in_viewport(ratio=0.8)
    step.count("back")
    task.reader.page.go_back()
    task.reader.expect_query(markets=None, place="PE-TUM")
    expect(chosen).to_be_hidden()


def test_search_forgives_and_leads_to_what_it_found(task: Task) -> None:
    """A misspelt place, a usual word for a market, all results of a kind, an actor."""
    task.open()
    step = task.steps(laptop=8, phone=9)
    if task.touch:
        step.press(task.find(".bottom-bar [data-part=filters]"))
    box, found = task.find("#ocmap-search"), task.find(".sr .found")
    step.type(box, "Cajamarka")
    expect(found.get_by_role("link", name="Cajamarca").first).to_be_visible()
    step.type(box, {"es": "oro", "en": "gold"}[task.lang])
    market = {"es": "Minería ilegal", "en": "Illegal mining"}[task.lang]
    expect(found.get_by_role("link", name=market).first).to_be_visible()
    step.type(box, {"es": "frontera", "en": "border"}[task.lang])
    links = found.locator("section").first.get_by_role("link")
    expect(links).to_have_count(5)
    step.press(found.locator("section").first.locator("button.rest"))
    expect(links).not_to_have_count(5)
    step.type(box, "Tren de Aragua")
    step.press(found.locator("section", has_text=i18n.of(task.lang)["search.actors"]).get_by_role("link").first)
    expect(task.find(".tbp h2")).to_have_text("Tren de Aragua")
    expect(task.find(".tbp h2")).to_be_in_viewport()


def test_a_group_of_markets_and_the_other_language(task: Task) -> None:
    """One step chooses all drugs, one changes the language; both survive a reload. Nothing moves meanwhile."""
    task.open()
    step = task.steps(laptop=2, phone=3)
    if task.touch:
        step.press(task.find(".bottom-bar [data-part=filters]"))
        task.reader.page.wait_for_function(IS_IN)
    drugs = task.find(".st-key-filters fieldset:has([value=cocaine]) [data-all]")
    height = task.find(".st-key-filters .flt").evaluate("one => one.scrollHeight")
    step.press(drugs)
    expect(task.find(".st-key-filters input[name=markets]:checked")).to_have_count(4)
    assert task.find(".st-key-filters .flt").evaluate("one => one.scrollHeight") == height
    other = {"es": "en", "en": "es"}[task.lang]
    step.press(task.find(f".bottom-bar [lang={other}]" if task.touch else f".st-key-lang button[lang={other}]"))
    task.reader.expect_query(lang=other)
    task.reader.page.reload()
    task.reader.wait_for_map()
    assert sorted(task.reader.query()["markets"]) == ["cannabis", "cocaine", "heroin", "synthetic"]
    expect(task.find("html")).to_have_attribute("lang", other)


def test_a_question_on_a_phone_shows_its_answer(task: Task) -> None:
    """The map with its filter, from a question further down the panel."""
    task.open()
    step = task.steps(laptop=1, phone=1)
    step.press(task.reader.panel.locator("a[href*='markets=non_renewable']").first)
    task.reader.expect_query(markets="non_renewable")
    expect(task.find(".mt h1")).to_be_in_viewport()
    if task.touch:
        expect(task.find(".mt .chosen")).to_be_in_viewport()
