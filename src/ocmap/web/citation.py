"""How to cite a view: short, long, BibTeX, CSL-JSON; and the snippet that embeds it."""

import json
import re
from dataclasses import dataclass
from datetime import date
from html import escape

from ocmap.dataset.changes import RELEASES
from ocmap.dataset.codebook import DATA_VERSION, PROFILE, PROFILE_URL
from ocmap.dataset.schema import Lang
from ocmap.web.tokens import TOKENS

CITATIONS: dict[Lang, str] = {
    "en": "ocmap, “{title}”, data {version}{accessed}. A reading of one secondary source: {profile}, {url}.",
    "es": "ocmap, «{title}», datos {version}{accessed}. Lectura de una sola fuente secundaria: {profile}, {url}.",
}
ACCESSED: dict[Lang, str] = {"en": ", accessed {day}", "es": ", consultado el {day}"}
AUTHOR = "ocmap"
EMBED_HEIGHT_PX = 600
NOTES: dict[Lang, str] = {
    "en": "Reading of one secondary source, the 2025 country profile of Peru in the Global Organized Crime Index",
    "es": "Lectura de una sola fuente secundaria, el perfil 2025 del Perú en el Índice Global de Crimen Organizado",
}
SHORT: dict[Lang, str] = {
    "en": "ocmap ({year}), “{title}”, data {version}.",
    "es": "ocmap ({year}), «{title}», datos {version}.",
}
BIBTEX_SPECIAL = re.compile(r"[\\{}%&#_$~^]")
BIBTEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Work:
    """A view as something that can be cited.

    Attributes:
        name: A short id, such as that of the place that is selected.
        url: The absolute link to the view, with the data's version.
        day: When it was looked at.
    """

    name: str
    title: str
    url: str
    lang: Lang
    day: date


def cite(title: str, lang: Lang, day: date | None = None) -> str:
    """Return a citation of a view, with the data's version and, if given, the day of access."""
    accessed = ACCESSED[lang].format(day=day.isoformat()) if day else ""
    return CITATIONS[lang].format(
        title=title, version=DATA_VERSION, accessed=accessed, profile=PROFILE, url=PROFILE_URL
    )


def short(work: Work) -> str:
    """Return a citation of one line, for a caption."""
    return SHORT[work.lang].format(year=_issued().year, title=work.title, version=DATA_VERSION)


def long(work: Work) -> str:
    """Return the citation in full, with the link."""
    return f"{cite(work.title, work.lang, work.day)} {work.url}"


def bibtex(work: Work) -> str:
    """Return a BibTeX entry; what BibTeX or TeX would take for a command is escaped, the address apart."""
    fields = {
        "author": "{" + AUTHOR + "}",
        "title": "{" + _tex(work.title) + "}",
        "year": str(_issued().year),
        "version": DATA_VERSION,
        "url": re.sub(r"[{}\\\s]", "", work.url),
        "urldate": work.day.isoformat(),
        "note": _tex(NOTES[work.lang]),
        "language": {"en": "english", "es": "spanish"}[work.lang],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{_key(work)},", *lines, "}"])


def csl_json(work: Work) -> str:
    """Return the entry as CSL-JSON, which Zotero and others read: a list of one item."""
    item = {
        "id": _key(work),
        "type": "map",
        "title": work.title,
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [_parts(_issued())]},
        "accessed": {"date-parts": [_parts(work.day)]},
        "version": DATA_VERSION,
        "URL": work.url,
        "note": NOTES[work.lang],
        "language": work.lang,
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def embed(work: Work) -> str:
    """Return HTML that shows the view inside another page."""
    border = TOKENS["light"]["rule"]
    return (
        f'<iframe src="{escape(embedded(work.url))}" title="{escape(f"ocmap: {work.title}")}" '
        f'width="100%" height="{EMBED_HEIGHT_PX}" style="border:1px solid {border}" loading="lazy"></iframe>'
    )


def embedded(url: str) -> str:
    """Return the link to a view, to be shown inside another page."""
    return f"{url}&embed=true" if "?" in url else f"{url}?embed=true"


def _issued() -> date:
    return next(release.day for release in RELEASES if release.version == DATA_VERSION)


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _key(work: Work) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "-", work.name).strip("-")
    return f"ocmap-{DATA_VERSION}-{name}"


def _tex(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda found: BIBTEX_WORDS.get(found[0], "\\" + found[0]), text)
