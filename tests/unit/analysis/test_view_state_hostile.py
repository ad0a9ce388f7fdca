"""Ten thousand hostile links: each gives a valid state, and no output contains text of the link."""

import json
import re
from datetime import date
from urllib.parse import parse_qs

import pytest
from tests.support.hostile_links import ATTACKS, MARK, link, queries

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import page_title
from ocmap.analysis.view_state import ViewState, Vocabulary
from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Lang
from ocmap.export.files import NAME, Download, ExportError, file_name
from ocmap.export.readme import build_readme, title_of
from ocmap.export.request import downloads_of, view_of
from ocmap.web.citation import CitedView, bibtex, csl_json, embed_html, long_citation, short_citation

LINKS = 10_000
DAY = date(2026, 11, 23)
LANGS: tuple[Lang, ...] = ("es", "en")
HREF = re.compile(r"\?[A-Za-z0-9&=._-]*")


@pytest.fixture(scope="module")
def known(dataset: Dataset) -> Vocabulary:
    return Vocabulary.of(dataset)


@pytest.fixture(scope="module")
def states(known: Vocabulary) -> frozenset[ViewState]:
    """Return the states of all the links: what Streamlit reads of them, and what our own links are read by."""
    asked = (ViewState.from_query(queries(number)[0], known) for number in range(LINKS))
    followed = (ViewState.from_href(link(number), known) for number in range(LINKS))
    return frozenset((*asked, *followed))


def test_the_links_are_many_and_lead_to_many_states(states: frozenset[ViewState]) -> None:
    assert len({link(number) for number in range(LINKS)}) > LINKS * 0.9
    assert len(states) > 800


def test_a_state_is_canonical_and_has_known_ids_only(states: frozenset[ViewState], known: Vocabulary) -> None:
    for state in states:
        href = state.href()
        assert HREF.fullmatch(href)
        assert MARK not in href
        assert ViewState.from_href(href, known) == state
        assert ViewState.from_query(parse_qs(href[1:]), known) == state
        assert {state.place}.issubset(known.places | {None})
        assert {state.route}.issubset(known.routes | {None})
        assert state.data is None or re.fullmatch(r"[0-9.]{5,14}", state.data)


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_of_a_link_is_in_a_title_a_citation_or_a_file_name(
    states: frozenset[ViewState], profile: CountryProfile, lang: Lang
) -> None:
    for state in states:
        page = PageContext(profile, lang, state)
        title = title_of(page)
        work = CitedView(state.place or state.route or "peru", title, state.href(), lang, DAY, profile.dataset)
        texts = [write(work) for write in (short_citation, long_citation, bibtex, csl_json, embed_html)]
        texts += [page_title(page), build_readme(page, Download.CSV)]
        names = [file_name(profile.dataset, one, state) for one in Download]
        assert not [one for one in (*texts, *names) if MARK in one or "<script" in one]
        assert all(NAME.fullmatch(name) for name in names)
        assert json.loads(texts[3])


@pytest.mark.parametrize("length", [100_000, 2_000_000])
def test_a_very_long_link_is_read_in_the_same_way(known: Vocabulary, length: int) -> None:
    assert ViewState.from_href(f"?place={'x' * length}&route=heroin.1-r2", known).route == "heroin.1-r2"
    assert ViewState.from_href("?" + "place=PE-LMA&" * (length // 13), known) in {
        ViewState(),
        ViewState(place="PE-LMA"),
    }
    assert ViewState.from_query({"markets": "arms," * (length // 5)}, known) == ViewState(markets=("arms",))


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_no_id_on_the_command_line(dataset: Dataset, attack: str) -> None:
    with pytest.raises(ExportError) as caught:
        view_of(dataset, attack, ())
    assert str(caught.value).isprintable()
    with pytest.raises(ExportError):
        view_of(dataset, None, [attack])
    with pytest.raises(ValueError, match="is not a valid Download"):
        downloads_of(ViewState(), [attack])


@pytest.mark.parametrize("attack", ["../../x", "<script>", "a\x00b", "\udcff", "{{7*7}}", "--"])
@pytest.mark.parametrize("command", [["brief"], ["export", "--place"], ["export", "--market"]])
def test_the_command_line_refuses_hostile_ids_in_a_line(
    capsys: pytest.CaptureFixture[str], geodata: object, command: list[str], attack: str
) -> None:
    if attack == "--":
        attack = "-"
    assert main([*command, attack, "--data", str(geodata)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert error.strip().isprintable()
