"""Find Streamlit's fonts, and cut them down to what a page in Spanish or English can show: a seventh of their size."""

import hashlib
import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STREAMLIT = Path(str(distribution("streamlit").locate_file("streamlit")))  # not imported, which takes half a second
MEDIA = STREAMLIT / "static" / "static" / "media"
TEXT_FONTS = {
    "SourceSansVF-Upright": ("Source Sans", "normal"),
    "SourceSansVF-Italic": ("Source Sans", "italic"),
    "SourceSerifVariable-Roman": ("Source Serif", "normal"),
}
ICONS = "MaterialSymbols-Rounded"
SIGNS = "←↑→↓€−■▴▾▸✓"
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2040), *map(ord, SIGNS))
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum", "pnum", "onum", "sups", "rlig", "rvrn")
LIMITS = {"SourceSerifVariable": {"opsz": 20, "wght": (400, 700)}, "SourceSansVF": {"wght": (400, 700)}}
"""What of a font's axes our style sheets use: the serif at the size of headings, weights from regular to bold."""
LETTERS_OF_NAMES = "abcdefghijklmnopqrstuvwxyz0123456789_ "
NAMED = re.compile(
    rb'(?:material/|["\'`])([a-z0-9][a-z0-9_]{1,40})\b'
)  # ":material/menu:", and whatever else may be a name
OURS = ("download", "flag", "share")


def streamlit_fonts() -> dict[str, Path]:
    """Return the fonts that the page uses; their file names contain a hash, so they are looked up."""
    files = sorted(MEDIA.glob("*.woff2"))
    return {font: file for font in (*TEXT_FONTS, ICONS) for file in files if file.name.startswith(font)}


def font_face() -> str:
    """Return CSS that loads, in the map's frame, the fonts that Streamlit serves to the page around it.

    The frame is a separate document; relative to its style sheet the fonts are at ``../../static/media``. Where
    they are missing, the map uses the system's fonts.
    """
    return "".join(
        f'@font-face{{font-family:"{TEXT_FONTS[font][0]}";font-style:{TEXT_FONTS[font][1]};font-weight:200 900;'
        f'font-display:swap;src:url("../../static/media/{file.name}") format("woff2")}}\n'
        for font, file in streamlit_fonts().items()
        if font in TEXT_FONTS
    )


@cache
def fingerprint() -> str:
    """Return a name for what this module makes of a font, which depends on its code and on Streamlit's version."""
    code = Path(__file__).read_bytes() + distribution("streamlit").version.encode()
    return hashlib.sha256(code).hexdigest()[:12]


def subset_font(file: Path) -> bytes:
    """Return a font of Streamlit's as WOFF2, with Latin letters and signs, or with the icons that its scripts name."""
    font = TTFont(file)
    options = Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True)
    options.layout_closure = ICONS not in file.name  # all letters together would bring back every icon
    subsetter = Subsetter(options)
    if ICONS in file.name:
        scripts = file.parents[1].rglob("*.js")
        names = {name.decode() for script in scripts for name in NAMED.findall(script.read_bytes())}.union(OURS)
        glyphs = [glyph for name, glyph in icons_of(font) if name in names]
        subsetter.populate(unicodes=map(ord, LETTERS_OF_NAMES), glyphs=glyphs)
    else:
        subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    if limits := LIMITS.get(file.name.partition("-")[0]):
        instantiateVariableFont(font, limits, inplace=True)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def icons_of(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield the name and the glyph of each icon in a font: the glyph is a ligature of the name's letters."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for given in lookup.SubTable:
            table = getattr(given, "ExtSubTable", given)
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for ligature in ligatures:
                    name = "".join(letters.get(glyph, "?") for glyph in (first, *ligature.Component))
                    yield name, ligature.LigGlyph


if __name__ == "__main__":  # the server cuts fonts in processes of their own: two seconds each, in which it answers
    sys.stdout.buffer.write(subset_font(Path(sys.argv[1])))
