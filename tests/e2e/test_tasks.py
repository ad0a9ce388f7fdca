"""What readers come to do, in no more steps than it may take: on a laptop and on a phone, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import Reader
from tests.support.shipped import DATASET
from tests.support.steps import Steps

from ocmap import i18n
from ocmap.dataset.schema import Lang

LAPTOP, PHONE = (1366, 768), (390, 844)
LOCALES: dict[Lang, str] = {"es": "es-PE", "en": "en-US"}


@dataclass
class Task:
    """A reader at the start of a task, who may take so many steps on a laptop and on a phone."""

    reader: Reader
    words: i18n.Words
    touch: bool

    def steps(self, laptop: int, phone: int) -> Steps:
        return Steps(self.reader.page, phone if self.touch else laptop, self.touch)

    def button(self, name: str) -> Locator:
        return self.reader.page.get_by_role("button", name=self.words[name], exact=True)

    @property
    def dialog(self) -> Locator:
        return self.reader.page.get_by_role("dialog")

    def clipboard(self) -> str:
        return str(self.reader.page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture(
    params=[
        ("es", LAPTOP),
        pytest.param(("en", PHONE), marks=pytest.mark.long),
        pytest.param(("es", PHONE), marks=pytest.mark.long),
        pytest.param(("en", LAPTOP), marks=pytest.mark.long),
    ],
    ids=["es-laptop", "en-phone", "es-phone", "en-laptop"],
)
def task(request: pytest.FixtureRequest, reader_of: Callable[..., Reader]) -> Task:
    lang, (width, height) = request.param
    touch = (width, height) == PHONE
    reader = reader_of(
        locale=LOCALES[lang],
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        permissions=["clipboard-read", "clipboard-write"],
    )
    return Task(reader.open(), i18n.words_of(DATASET, lang), touch)


def test_a_journalist_in_puno_quotes_a_statement_on_illegal_mining(task: Task) -> None:
    """It took 7 clicks on a laptop and 11 taps on a phone."""
    reader, steps = task.reader, task.steps(laptop=3, phone=5)
    if task.touch:
        steps.press(reader.page.locator(".bottom-bar button[data-part=filters]"))
    steps.press(reader.page.locator(".st-key-filters label:has([value=non_renewable])"))
    if task.touch:
        steps.press(reader.page.locator(".bottom-bar button[data-part=map]"))
        expect(reader.page.locator('[data-testid=stSidebar][data-collapsed="false"]')).to_have_count(0)
    reader.expect_query(markets="non_renewable")
    steps.count("Puno on the map")
    reader.click("PE-PUN")
    reader.expect_query(place="PE-PUN")
    statement = reader.panel.locator(".st:visible").first
    locator = statement.locator(".loc summary").inner_text()
    steps.press(statement.locator(".cpy"))
    expect(statement.locator(".cpy")).to_have_text(task.words["copy.copied"])
    copied = task.clipboard()
    said = statement.locator(".tx").inner_text().lstrip("0123456789").strip()
    wanted = (said, locator, "ocmap", "place=PE-PUN", {"es": "Índice Global", "en": "Global"}[task.words.lang])
    assert [part for part in wanted if part not in copied] == []


def test_a_sceptic_learns_what_this_is_and_reports_an_error(task: Task) -> None:
    """Who made it and how was 5,092 px down in the view on method; there was no way to report an error."""
    page, words, steps = task.reader.page, task.words, task.steps(laptop=2, phone=2)
    expect(page.locator(".mast .tag")).to_be_in_viewport(ratio=1)
    expect(page.locator(".mast")).to_contain_text(words["page.about"])
    steps.press(page.get_by_role("link", name=words["page.report"]))
    expect(page.locator("#method-errors")).to_be_in_viewport()
    steps.press(task.button("share.files"))
    expect(task.dialog.get_by_text(words["share.package"])).to_be_visible()


def test_a_web_editor_takes_the_embed_and_the_image_of_a_place(task: Task) -> None:
    """Each takes 3 steps, both 4. It took 5 clicks for the snippet, and 7 with the image."""
    page, steps = task.reader.page, task.steps(laptop=4, phone=4)
    steps.choose(page.locator("[data-goto]"), "Cajamarca")
    expect(task.reader.heading).to_have_text("Cajamarca")
    steps.press(task.button("share.open"))
    assert len(steps.taken) == 2
    with page.expect_download() as waiting:
        steps.press(task.dialog.locator(".st-key-download_png button"))
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    copy = task.dialog.locator(".st-key-share_embed [data-copy=text]")
    steps.press(copy)
    expect(copy).to_contain_text(task.words["copy.copied"])
    assert task.clipboard().startswith("<iframe src=")


def test_an_analyst_takes_the_data_for_qgis(task: Task) -> None:
    """It took 3 clicks, 560 px of scrolling and a guess."""
    page, steps = task.reader.page, task.steps(laptop=2, phone=2)
    steps.press(task.button("share.files"))
    with page.expect_download() as waiting:
        steps.press(task.dialog.locator(".st-key-download_gpkg button"))
    assert waiting.value.suggested_filename.endswith(".gpkg")
