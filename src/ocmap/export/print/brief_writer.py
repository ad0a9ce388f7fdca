"""Write a brief down as HTML that needs nothing else, or as a tagged PDF."""

import json
from dataclasses import is_dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files

import typst

from ocmap.export.files import ExportError
from ocmap.export.print.brief import Brief
from ocmap.export.readme import ENVIRONMENT
from ocmap.web.diagrams.map_styles import GLYPHS
from ocmap.web.tokens import TOKENS, css_variables


def to_html(brief: Brief) -> str:
    """Return a brief as one HTML file, with its style and its map in it."""
    template = ENVIRONMENT.get_template("brief.html")
    return template.render(
        brief=brief,
        map=brief.map,
        glyphs=GLYPHS,
        words=brief.words,
        variables=css_variables("light"),
    )


def to_pdf(brief: Brief) -> bytes:
    """Return a brief as PDF/UA-1: the same bytes for the same brief.

    The texts go to Typst as data, which it never reads as markup, and it uses only the fonts in its own wheel.

    Raises:
        ExportError: A text has a letter that those fonts lack, which PDF/UA does not allow.
    """
    drawn = ENVIRONMENT.get_template("brief_map.svg").render(map=brief.map, glyphs=GLYPHS)
    values = {
        "brief": vars(brief) | {"map": drawn, "alt": f"{brief.map.title}. {brief.map.alt}", "words": ""},
        "words": dict(brief.words.texts),
        "url": brief.words["source.url"],
        "colours": TOKENS["brief"],
    }
    try:
        return typst.compile(
            _typst_template(),
            format="pdf",
            sys_inputs={"values": json.dumps(values, ensure_ascii=False, default=_plain)},
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=int(datetime.combine(brief.day, time(), UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise ExportError(f"the PDF of {brief.brief_id} cannot be made: {error}") from error


def _plain(value: object) -> object:
    return vars(value) if is_dataclass(value) else str(value)


@cache
def _typst_template() -> bytes:
    return files("ocmap.export.print").joinpath("templates", "brief.typ").read_bytes()
