"""Streamlit's fonts, cut down: smaller, and still with everything that the page can show."""

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from ocmap.web.fonts import ICONS, STREAMLIT, TEXT_FONTS, font_face, icons_of, streamlit_fonts, subset_font

ROOT = Path(__file__).parents[3]
SHOWN = (
    *(ROOT / "src" / "ocmap" / "i18n").glob("*.toml"),
    *(ROOT / "src" / "ocmap" / "web" / "templates").glob("*"),
    *(ROOT / "src" / "ocmap" / "web" / "styles").glob("*.css"),
    *(ROOT / "geodata").glob("*.csv"),
)
MOST = 60_000  # bytes of a font that was cut
# Of the icons that Streamlit draws itself: menus, dialogs, expanders, downloads, copying, the sidebar and messages.
REACHED = {
    "keyboard_double_arrow_left", "keyboard_double_arrow_right", "expand_more", "keyboard_arrow_down", "close", "menu",
    "chevron_right", "download", "content_copy", "check", "more_vert", "error", "warning", "info",
}  # fmt: skip


@pytest.fixture(scope="module")
def cut() -> dict[str, TTFont]:
    """Return the fonts after they are cut."""
    return {name: TTFont(io.BytesIO(subset_font(file))) for name, file in streamlit_fonts().items()}


def names_in(font: TTFont) -> set[str]:
    """Return the names that a font shows as an icon."""
    return {name for name, _ in icons_of(font)}


def test_every_font_of_the_page_is_found() -> None:
    assert [*streamlit_fonts()] == [*TEXT_FONTS, ICONS]
    assert (STREAMLIT / "static" / "index.html").is_file()


def test_fonts_are_small(cut: dict[str, TTFont]) -> None:
    sizes = {name: font.reader.file.getbuffer().nbytes for name, font in cut.items()}
    assert {name: size for name, size in sizes.items() if size > MOST} == {}


def test_a_text_font_keeps_each_character_that_we_show(cut: dict[str, TTFont]) -> None:
    shown = {ord(sign) for file in SHOWN for sign in file.read_text("utf-8")}
    lost = {
        name: {
            chr(one)
            for one in shown & TTFont(streamlit_fonts()[name]).getBestCmap().keys() - cut[name].getBestCmap().keys()
        }
        for name in TEXT_FONTS
    }
    assert lost == {name: set() for name in TEXT_FONTS}


def test_text_fonts_keep_the_weights_of_our_styles_and_their_figures(cut: dict[str, TTFont]) -> None:
    for name in TEXT_FONTS:
        (weight,) = cut[name]["fvar"].axes
        assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", 400, 700)
    # The figures of the sans are of one width and height from the start.
    assert {"tnum", "lnum"} <= features(cut["SourceSerifVariable-Roman"])
    assert {"tnum", "lnum"}.isdisjoint(features(TTFont(streamlit_fonts()["SourceSansVF-Upright"])))


def features(font: TTFont) -> set[str]:
    return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_every_icon_that_streamlit_or_we_name_is_kept(cut: dict[str, TTFont]) -> None:
    whole, kept = names_in(TTFont(streamlit_fonts()[ICONS])), names_in(cut[ICONS])
    texts = [*(STREAMLIT / "static" / "static" / "js").glob("*.js"), *(ROOT / "src").rglob("*.py")]
    named = {name for file in texts for name in re.findall(r":material/(\w+):", file.read_text("utf-8"))}
    assert len(named) > 60
    assert ((REACHED | named) & whole) - kept == set()
    assert kept < whole


def test_the_frame_loads_the_fonts_that_are_there() -> None:
    css = font_face()
    assert css.count("@font-face") == len(TEXT_FONTS)
    assert all(f"../../static/media/{streamlit_fonts()[name].name}" in css for name in TEXT_FONTS)
