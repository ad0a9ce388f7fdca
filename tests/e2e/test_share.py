"""The share panel: the link, the citations, the snippet with its preview."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Reader
from tests.support.shipped import DATA_VERSION


def share(reader: Reader) -> Page:
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    expect(reader.page.locator(".st-key-share_files")).to_be_visible()
    return reader.page


def test_the_link_opens_the_same_view_for_somebody_else(reader: Reader, reader_of: Callable[..., Reader]) -> None:
    reader.open("?place=PE-CAJ&markets=heroin&layers=regions")
    page = share(reader)
    link = page.get_by_role("dialog").locator("code").first.inner_text()
    assert f"data={DATA_VERSION}" in link
    other = reader_of(locale="en-GB")
    other.page.goto(link)
    other.wait_for_map()
    expect(other.heading).to_have_text("Cajamarca")
    assert other.panel.inner_text() == reader.panel.inner_text()


def test_citations_come_in_four_forms(reader: Reader) -> None:
    reader.open("?route=heroin.1-r2")
    page = share(reader)
    codes = page.locator(".st-key-share_cite code")
    expect(codes).to_have_count(4)
    short, long, bibtex, csl = codes.all_inner_texts()
    assert short.startswith("ocmap (2026), «")
    assert "route=heroin.1-r2" in long
    assert bibtex.startswith("@misc{")
    assert '"type": "map"' in csl


def test_the_snippet_has_a_preview(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    page = share(reader)
    expect(page.locator(".st-key-share_embed code")).to_contain_text("embed=true")
    page.get_by_role("dialog").get_by_text("Vista previa").click()
    preview = page.get_by_role("dialog").frame_locator("iframe")
    expect(preview.locator("#panel h2")).to_have_text("Puno")
    expect(preview.locator(".emb")).to_be_visible()


def test_the_share_panel_closes_by_key_without_changing_the_map(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    share(reader)
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_test_id("stDialog")).to_have_count(0)
    expect(reader.heading).to_have_text("Puno")
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    assert reader.state("ocmapStarts") == "1"
