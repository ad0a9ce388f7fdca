"""Every colour has one place, ``tokens.toml``, and reaches everything that is drawn from there."""

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL.ImageColor import colormap

from ocmap.analysis.view_state import View
from ocmap.web.html import standalone_style, stylesheet
from ocmap.web.publish import map_style
from ocmap.web.tokens import TOKENS, css_variables

NAMES = "|".join(sorted(colormap))
LITERALS = (
    re.compile(r"""(?<![\w&])\#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?=[\s"';,)}]|$)""", re.IGNORECASE),
    re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|luma|cmyk)\(\s*[\d.]"),
    re.compile(r"\b\d{1,3},\d{1,3},\d{1,3},\d{1,3}\b"),  # as QGIS writes a colour
    re.compile(
        rf"(?:fill|stroke|colou?r|background|border|outline|shadow)[\w-]*\s*[:=][^;{{}}\n]*?(?<![\w-])(?:{NAMES})(?![\w-])"
    ),
)
USED = re.compile(r"var\(--([\w-]+)")
SET = re.compile(r"--([\w-]+):")
ELSEWHERE = {"oc-print", "oc-more", "word-filters", "drawing-width", "drawing-height"}  # by scripts, in templates
# The token that each colour of the theme in config.toml repeats.
SETTINGS = {
    "primaryColor": "accent",
    "backgroundColor": "surface",
    "secondaryBackgroundColor": "surface2",
    "textColor": "ink",
    "borderColor": "rule",
    "linkColor": "accent",
    "grayColor": "ink2",
    "grayBackgroundColor": "surface2",
    "grayTextColor": "ink2",
}
SIDEBAR = {"backgroundColor": "bg", "secondaryBackgroundColor": "surface", "borderColor": "rule"}


def sources(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of ours."""
    package = root / "src/ocmap"
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if (
            path.is_file()
            and not {"bundles", "vendor", "__pycache__"} & set(inside.parts)
            and inside.name != "tokens.toml"
        ):
            yield str(inside), path.read_text("utf-8")


def literals(text: str) -> list[str]:
    return [found[0] for pattern in LITERALS for found in pattern.finditer(text)]


def styles() -> Iterator[tuple[str, str]]:
    """Yield every style sheet as a browser gets it."""
    yield "map", map_style()
    for own in ("site.css", "index.css"):
        yield own, standalone_style(own)
    for view in View:
        yield view.value, stylesheet("light", view, "Filtros")


@pytest.mark.parametrize(
    "text",
    [
        "fill: #17242b",
        'fill="#FFF"',
        "0 1px 3px rgb(0 0 0 / 10%)",
        "rgba(0,0,0,.1)",
        'textColor="23,36,43,255"',
        "fill: luma(30%)",
        "border: 1px solid white;",
        'stroke="black"',
        'fill="rebeccapurple"',
    ],
)
def test_the_search_for_colours_finds_a_colour_in_a_source(text: str) -> None:
    assert literals(text)


def test_no_source_has_a_colour_of_its_own(root: Path) -> None:
    assert [(path, found) for path, text in sources(root) for found in literals(text)] == []


def test_both_themes_have_the_same_names() -> None:
    assert list(TOKENS["light"]) == list(TOKENS["dark"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_classes_of_colour_stand_out_more_and_more(theme: str) -> None:
    colours = [TOKENS[theme][f"level-{i}"] for i in range(6)]
    contrasts = [contrast(TOKENS[theme]["level-0"], colour) for colour in colours]
    assert all(more > 1.2 * less for less, more in pairwise(contrasts)), contrasts


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [value / 255 for value in bytes.fromhex(colour.removeprefix("#"))]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_theme_as_css_has_each_token_once() -> None:
    rule = css_variables("dark", ".oc-dark")
    assert rule.startswith(".oc-dark {\n")
    assert dict(re.findall(r"--([\w-]+): (.+);", rule)) == TOKENS["dark"]


def test_every_variable_used_in_a_style_is_defined() -> None:
    unset = {name: set(USED.findall(text)) - set(SET.findall(text)) - ELSEWHERE for name, text in styles()}
    assert {name: found for name, found in unset.items() if found} == {}


def test_every_token_is_used(root: Path) -> None:
    text = "".join(text for _, text in sources(root))
    looked_up = set(re.findall(r"""var\(--([\w-]+)|colours\.(\w+)|["']([\w-]+)["']""", text))
    used = {name for found in looked_up for name in found}
    numbered = {f"{name}-{i}" for name in ("level", "hatch") for i in range(6)}  # the number is worked out in Python
    assert set(TOKENS["light"]) - used - numbered == set()
    short = {name.removeprefix("brief-") for name in TOKENS["brief"]}  # as brief.typ looks them up
    assert short - used == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_of_streamlit_repeats_the_tokens(root: Path, theme: str) -> None:
    found = tomllib.loads((root / ".streamlit/config.toml").read_text("utf-8"))["theme"][theme]
    sidebar = found.pop("sidebar")
    assert found == {name: TOKENS[theme][token] for name, token in SETTINGS.items()}
    assert sidebar == {name: TOKENS[theme][token] for name, token in SIDEBAR.items()}
