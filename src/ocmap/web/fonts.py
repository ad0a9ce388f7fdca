"""Cut Streamlit's fonts down to what a page in Spanish or English can show: a seventh of their size."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2040), 0x20AC, *range(0x2190, 0x2194), 0x2212)
FIGURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum", "pnum", "onum", "sups", "rlig", "rvrn")
LIMITS = {"SourceSerifVariable": {"opsz": 20, "wght": (400, 700)}, "SourceSansVF": {"wght": (400, 700)}}
"""What of a font's axes our style sheets use: the serif at the size of headings, weights from regular to bold."""
ICONS = "MaterialSymbols"
LETTERS_OF_NAMES = "abcdefghijklmnopqrstuvwxyz0123456789_ "
QUOTED = re.compile(rb'["\'`]([a-z][a-z0-9_]{2,40})["\'`]')


def subset_font(file: Path) -> bytes:
    """Return a font of Streamlit's as WOFF2, with Latin letters and signs, or with the icons that its scripts name."""
    font = TTFont(file)
    options = Options(flavor="woff2", layout_features=FIGURES, notdef_outline=True)
    options.layout_closure = ICONS not in file.name  # all letters together would bring back every icon
    subsetter = Subsetter(options)
    if ICONS in file.name:
        names = {
            name.decode() for script in file.parents[1].rglob("*.js") for name in QUOTED.findall(script.read_bytes())
        }
        subsetter.populate(
            unicodes=[*map(ord, "abcdefghijklmnopqrstuvwxyz0123456789_ ")], glyphs=[*_icons(font, names)]
        )
    else:
        subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    if limits := LIMITS.get(file.name.partition("-")[0]):
        instantiateVariableFont(font, limits, inplace=True)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _icons(font: TTFont, names: set[str]) -> Iterator[str]:
    """Yield the glyphs that the font shows for some names: each is a ligature of the name's letters."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for given in lookup.SubTable:
            table = getattr(given, "ExtSubTable", given)
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for ligature in ligatures:
                    if "".join(letters.get(glyph, "?") for glyph in (first, *ligature.Component)) in names:
                        yield ligature.LigGlyph
