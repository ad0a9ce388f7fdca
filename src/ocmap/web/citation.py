"""Cite a view: short, long, as BibTeX, as CSL-JSON; and write the HTML that embeds it."""

import json
import re
from dataclasses import dataclass
from datetime import date
from html import escape

from ocmap import i18n
from ocmap.dataset.changes import Release
from ocmap.dataset.dataset import Dataset
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
    dataset: Dataset


def cite(dataset: Dataset, title: str, lang: Lang, day: date | None = None) -> str:
    """Return a citation of a view, with the data's version and, if given, the day of access."""
    accessed = ACCESSED[lang].format(day=i18n.date_of(day, lang)) if day else ""
    source = dataset.settings.source
    return CITATIONS[lang].format(
        title=title, version=dataset.version, accessed=accessed, profile=source.full(lang), url=source.url
    )


def short_citation(view: CitedView) -> str:
    """Return a citation of one line, for a caption."""
    return SHORT[view.lang].format(year=_release(view).day.year, title=view.title, version=view.dataset.version)


def long_citation(view: CitedView) -> str:
    """Return the citation in full, with the link."""
    return f"{cite(view.dataset, view.title, view.lang, view.day)} {view.url}"


def bibtex(view: CitedView) -> str:
    """Return a BibTeX entry; characters that are special in TeX are escaped, except in the address."""
    fields = {
        "author": "{" + AUTHOR + "}",
        "title": "{" + _tex(view.title) + "}",
        "year": str(_release(view).day.year),
        "version": view.dataset.version,
        "url": re.sub(r"[{}\\\s]", "", view.url),
        "urldate": view.day.isoformat(),
        "note": _tex(_note(view)),
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
        "issued": {"date-parts": [_parts(_release(view).day)]},
        "accessed": {"date-parts": [_parts(view.day)]},
        "version": view.dataset.version,
        "URL": view.url,
        "note": _note(view),
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


def _release(view: CitedView) -> Release:
    return view.dataset.releases[0]


def _note(view: CitedView) -> str:
    return i18n.words_of(view.dataset, view.lang)["source.note"]


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _key(view: CitedView) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "-", view.name).strip("-")
    return f"ocmap-{view.dataset.version}-{name}"


def _tex(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda match: BIBTEX_WORDS.get(match[0], "\\" + match[0]), text)
