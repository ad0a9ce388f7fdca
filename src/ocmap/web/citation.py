"""Cite a view: short, long, as BibTeX, as CSL-JSON; and write the HTML that embeds it."""

import json
import re
from dataclasses import dataclass
from datetime import date
from html import escape

from ocmap import i18n
from ocmap.dataset.changes import RELEASES
from ocmap.dataset.codebook import DATA_VERSION, PROFILE_URL, PROFILES
from ocmap.dataset.schema import Lang
from ocmap.web.tokens import TOKENS

CITATIONS: dict[Lang, str] = {
    "en": "ocmap, “{title}”, data version {version}{accessed}. A reading of one secondary source: {profile}, {url}.",
    "es": "ocmap, «{title}», versión {version} de los datos{accessed}. "
    "Lectura de una sola fuente secundaria: {profile}, {url}.",
}
ACCESSED: dict[Lang, str] = {"en": ", accessed {day}", "es": ", consultado el {day}"}
AUTHOR = "ocmap"
EMBED_HEIGHT_PX = 600
NOTES: dict[Lang, str] = {
    "en": "Reading of one secondary source, the 2025 country profile of Peru in the Global Organized Crime Index",
    "es": "Lectura de una sola fuente secundaria, el perfil 2025 del Perú en el Índice Global de Crimen Organizado",
}
SHORT: dict[Lang, str] = {
    "en": "ocmap ({year}), “{title}”, data version {version}.",
    "es": "ocmap ({year}), «{title}», versión {version} de los datos.",
}
BIBTEX_SPECIAL = re.compile(r"[\\{}%&#_$~^]")
BIBTEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class CitedView:
    """What a citation of a view needs.

    Attributes:
        name: A short id, such as the selected place's.
        url: The absolute link to the view, with the data's version.
        day: The day of access.
    """

    name: str
    title: str
    url: str
    lang: Lang
    day: date


def cite(title: str, lang: Lang, day: date | None = None) -> str:
    """Return a citation of a view, with the data's version and, if given, the day of access."""
    accessed = ACCESSED[lang].format(day=i18n.date_of(day, lang)) if day else ""
    return CITATIONS[lang].format(
        title=title, version=DATA_VERSION, accessed=accessed, profile=PROFILES[lang], url=PROFILE_URL
    )


def short_citation(view: CitedView) -> str:
    """Return a citation of one line, for a caption."""
    return SHORT[view.lang].format(year=_issued().year, title=view.title, version=DATA_VERSION)


def long_citation(view: CitedView) -> str:
    """Return the citation in full, with the link."""
    return f"{cite(view.title, view.lang, view.day)} {view.url}"


def bibtex(view: CitedView) -> str:
    """Return a BibTeX entry; characters that are special in TeX are escaped, except in the address."""
    fields = {
        "author": "{" + AUTHOR + "}",
        "title": "{" + _tex(view.title) + "}",
        "year": str(_issued().year),
        "version": DATA_VERSION,
        "url": re.sub(r"[{}\\\s]", "", view.url),
        "urldate": view.day.isoformat(),
        "note": _tex(NOTES[view.lang]),
        "language": {"en": "english", "es": "spanish"}[view.lang],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{_key(view)},", *lines, "}"])


def csl_json(view: CitedView) -> str:
    """Return the citation as CSL-JSON, a list of one item, as Zotero reads it."""
    item = {
        "id": _key(view),
        "type": "map",
        "title": view.title,
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [_parts(_issued())]},
        "accessed": {"date-parts": [_parts(view.day)]},
        "version": DATA_VERSION,
        "URL": view.url,
        "note": NOTES[view.lang],
        "language": view.lang,
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def embed_html(view: CitedView) -> str:
    """Return HTML that shows the view inside another page."""
    border = TOKENS["embed"]["embed-border"]
    return (
        f'<iframe src="{escape(embed_url(view.url))}" title="{escape(f"ocmap: {view.title}")}" '
        f'width="100%" height="{EMBED_HEIGHT_PX}" style="border:1px solid {border}" loading="lazy"></iframe>'
    )


def embed_url(url: str) -> str:
    """Return the link to the light edition that shows a view inside another page."""
    page, _, query = url.partition("?")
    return f"{page.rstrip('/')}/light/#{query}&embed=true"


def _issued() -> date:
    return next(release.day for release in RELEASES if release.version == DATA_VERSION)


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _key(view: CitedView) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "-", view.name).strip("-")
    return f"ocmap-{DATA_VERSION}-{name}"


def _tex(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda match: BIBTEX_WORDS.get(match[0], "\\" + match[0]), text)
