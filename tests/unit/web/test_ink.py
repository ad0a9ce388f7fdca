"""The more a place is named, the more ink it has, also for the colour-blind and where there is no colour."""

from itertools import pairwise
from math import dist, pi

import pytest
from tests.support.shipped import POSTER

from ocmap.web.tokens import TOKENS

Colour = tuple[float, ...]

# What each kind of eye makes of linear red, green and blue: the simulation of Machado, Oliveira and Fernandes (2009).
EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
}
WHITE = (0.9505, 1.0, 1.089)
TO_XYZ: tuple[Colour, ...] = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
APART = 11  # a difference in CIELAB that nobody overlooks between two areas
INK_APART = 12  # how much lighter or darker, of 100, the first tint is than a hatched blank
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
EACH_EYE = pytest.mark.parametrize("eye", EYES)


def linear(colour: str) -> Colour:
    """Return a colour's red, green and blue as amounts of light."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)


def apply(matrix: tuple[Colour, ...], colour: Colour) -> Colour:
    return tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)


def seen(colour: Colour, eye: str) -> Colour:
    """Return lightness and two hues (CIELAB) as an eye sees them."""
    light = tuple(min(max(one, 0), 1) for one in apply(EYES[eye], colour))
    x, y, z = (one / white for one, white in zip(apply(TO_XYZ, light), WHITE, strict=True))
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def hatched_blank(theme: str, covered: float) -> Colour:
    """Return what hatching and the ground under it are from afar."""
    ground, ink = (linear(TOKENS[theme][name]) for name in ("level-0", "hatch-0"))
    return tuple(a + covered * (b - a) for a, b in zip(ground, ink, strict=True))


@THEMES
@EACH_EYE
def test_neighbours_in_the_scale_stay_apart(theme: str, eye: str) -> None:
    scale = [seen(linear(TOKENS[theme][f"level-{i}"]), eye) for i in range(6)]
    close = {i: dist(a, b) for i, (a, b) in enumerate(pairwise(scale)) if dist(a, b) < APART}
    assert close == {}
    lightness = [one[0] for one in scale]
    assert lightness == sorted(lightness, reverse=theme == "light")


@THEMES
@EACH_EYE
def test_a_hatched_blank_has_less_ink_than_the_first_tint(theme: str, eye: str) -> None:
    assert POSTER.hatching
    (line_step, line), (dot_step, radius) = POSTER.hatching.lines, POSTER.hatching.dots
    blank, tint = (seen(linear(TOKENS[theme][name]), eye)[0] for name in ("level-0", "level-1"))
    for covered in (line / line_step, pi * radius**2 / dot_step**2):
        hatched = seen(hatched_blank(theme, covered), eye)[0]
        assert abs(tint - blank) > abs(tint - hatched) > INK_APART, covered
