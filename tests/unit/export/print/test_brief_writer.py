"""A brief as a file: self-contained, tagged, the same for the same input, and every text only a text."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader
from tests.support.shipped import PROFILE_URL

from ocmap.analysis.profile import CountryProfile
from ocmap.dataset.schema import MARKETS, Lang
from ocmap.export.files import ExportError
from ocmap.export.print.brief import Brief, build_brief
from ocmap.export.print.brief_writer import to_html, to_pdf

DAY = date(2026, 11, 23)
HOSTILE = "#panic() $x$ *b* _i_ [c] <script>alert(1)</script> @n1 \\u{41} {{ 7*7 }} \"' // n"
LARGEST_MAP = 60_000
LANGS: tuple[Lang, ...] = ("es", "en")
LONGEST = ("human_trafficking", "cocaine", "non_renewable", "PE-AMA", "PE-LOR", "PE-LMA", "PE-APU", "border-EC")


class Page(HTMLParser):
    """What a test wants to know of an HTML file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.lang = ""
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src", "xlink:href") if name in values]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.lang = values["lang"]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read_pdf(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def text_of(data: bytes) -> str:
    """Return a PDF's text with its line breaks as blanks."""
    return " ".join(" ".join(page.extract_text() for page in read_pdf(data).pages).split())


@pytest.fixture(scope="module")
def puno(profile: CountryProfile) -> Brief:
    return build_brief(profile, "PE-PUN", "es", DAY)


@pytest.fixture(scope="module")
def puno_pdf(puno: Brief) -> bytes:
    return to_pdf(puno)


@pytest.fixture
def hostile(profile: CountryProfile) -> CountryProfile:
    """Return a world in which the texts of statements, places, actors and topics are markup."""
    data = profile.dataset
    statements = tuple(one.model_copy(update={"text_en": HOSTILE, "text_es": HOSTILE}) for one in data.statements)
    places = tuple(one.model_copy(update={"name_en": HOSTILE, "name_es": HOSTILE}) for one in data.places)
    actors = tuple(one.model_copy(update={"name": HOSTILE, "name_es": HOSTILE}) for one in data.actors)
    topics = tuple(
        one.model_copy(update=dict.fromkeys(("name_en", "name_es", "short_en", "short_es"), HOSTILE))
        for one in data.topics
    )
    return replace(profile, dataset=replace(data, statements=statements, places=places, actors=actors, topics=topics))


@pytest.mark.parametrize("subject", ["PE-PUN", "PE-APU", "border-BO", "cocaine"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_html_makes_no_outside_request(profile: CountryProfile, subject: str, lang: Lang) -> None:
    text = to_html(build_brief(profile, subject, lang, DAY))
    page = Page(text)
    outside = [link for link in page.links if not link.startswith("#")]
    assert outside == [PROFILE_URL]
    assert not {"script", "link", "img", "iframe", "object", "embed"} & page.tags.keys()
    assert "@import" not in text
    assert page.lang == lang


@pytest.mark.parametrize("subject", ["PE-PUN", "PE-APU", "border-BO", "cocaine"])
def test_the_html_has_working_links_and_ordered_headings(profile: CountryProfile, subject: str) -> None:
    brief = build_brief(profile, subject, "es", DAY)
    page = Page(to_html(brief))
    assert len(set(page.ids)) == len(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(page.headings))
    # Each statement leads to its note and each note back.
    for n in range(1, len(brief.notes) + 1):
        assert f"#n{n}" in page.links
        assert f"#s{n}" in page.links


def test_no_map_is_large(profile: CountryProfile) -> None:
    places = [one for one, found in profile.unfiltered.by_place.items() if found and one != "PE"]
    for subject in (*places, *MARKETS):
        text = to_html(build_brief(profile, subject, "es", DAY))
        assert text.index("</svg>") - text.index("<svg") < LARGEST_MAP, subject


def test_the_html_shows_markup_as_text(hostile: CountryProfile) -> None:
    for subject in ("PE-PUN", "cocaine"):
        page = Page(to_html(build_brief(hostile, subject, "en", DAY)))
        assert "script" not in page.tags
        assert HOSTILE in "".join(page.text)


def test_the_pdf_shows_markup_as_text(hostile: CountryProfile) -> None:
    for subject in ("PE-CUS", "cyber"):
        data = to_pdf(build_brief(hostile, subject, "en", DAY))
        # Where a line is full, a break may fall inside.
        text = text_of(data).replace(" ", "")
        assert text.count(HOSTILE.replace(" ", "")) >= 3


def test_the_pdf_is_tagged_and_titled(puno: Brief, puno_pdf: bytes) -> None:
    reader = read_pdf(puno_pdf)
    root: Any = reader.root_object
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Puno · ocmap: mercados criminales en el Perú"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    kinds: Counter[str] = Counter()
    alts = []
    todo: list[Any] = [root["/StructTreeRoot"]]
    while todo:
        node = todo.pop()
        kinds[node.get("/S", "")] += 1
        alts += [node["/Alt"]] if "/Alt" in node else []
        below = node.get("/K", [])
        for one in below if isinstance(below, list) else [below]:
            child = one.get_object()
            todo += [child] if isinstance(child, dict) else []
    assert (kinds["/H1"], kinds["/Figure"]) == (1, 1)
    # Two chapters, the routes, the whole country, notes, limits, how to cite.
    assert kinds["/H2"] == 7
    sections = [section for chapter in puno.chapters for section in chapter.sections]
    assert kinds["/H3"] == len(sections)
    assert kinds["/LI"] == 2 * len(puno.cards) + len(puno.routes) + len(puno.limits)
    assert alts == [f"{puno.map.title}. {puno.map.alt}"]


def test_the_pdfs_text_can_be_copied_with_its_accents(puno: Brief, puno_pdf: bytes) -> None:
    text = text_of(puno_pdf)
    for card in puno.cards:
        assert card.text in text
    assert "región" in text
    assert "Página 1 de" in text


@pytest.mark.parametrize("subject", LONGEST)
def test_a_brief_has_one_or_two_pages(profile: CountryProfile, subject: str) -> None:
    for lang in LANGS:
        assert len(read_pdf(to_pdf(build_brief(profile, subject, lang, DAY))).pages) <= 2


def test_the_same_brief_gives_the_same_bytes(profile: CountryProfile, puno_pdf: bytes) -> None:
    again = build_brief(profile, "PE-PUN", "es", DAY)
    assert to_pdf(again) == puno_pdf
    assert to_html(again) == to_html(build_brief(profile, "PE-PUN", "es", DAY))
    assert to_pdf(build_brief(profile, "PE-PUN", "es", date(2026, 11, 24))) != puno_pdf


def test_a_character_missing_in_every_font_is_named_in_the_error(puno: Brief) -> None:
    with pytest.raises(ExportError, match=r"PDF of PE-PUN cannot be made: .*漢"):
        to_pdf(replace(puno, title="漢"))
