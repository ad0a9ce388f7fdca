"""Citations of a view, as text and as what reference managers read, and the snippet that embeds it."""

import json
import re
from datetime import date

import pytest
from tests.support.shipped import DATA_VERSION, DATASET, PROFILE_URL, RELEASES

from ocmap.dataset.schema import Lang
from ocmap.web.citation import CitedView, bibtex, cite, csl_json, embed_html, long_citation, short_citation

URL = f"https://example.org/?data={DATA_VERSION}&lang=es&place=PE-CUS"
CUSCO = CitedView("PE-CUS", "Cusco", URL, "es", date(2026, 12, 1), DATASET)
HOSTILE_TITLE = r"50 % & {a_b} \end $x$ #1 ~ ^ <b>"
HOSTILE = CitedView('"><script>', HOSTILE_TITLE, 'https://example.org/?x="><b>}', "en", CUSCO.day, DATASET)


def test_this_version_of_the_data_has_a_date() -> None:
    assert [release.version for release in RELEASES].count(DATA_VERSION) == 1


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_citation_has_title_version_date_and_source(lang: Lang) -> None:
    text = cite(DATASET, "Madre de Dios", lang, date(2026, 3, 1))
    day = {"es": "1 de marzo de 2026", "en": "1 March 2026"}[lang]
    assert all(part in text for part in ("Madre de Dios", DATA_VERSION, day, PROFILE_URL))


def test_a_citation_of_undated_data_has_no_date() -> None:
    assert "2026" not in cite(DATASET, "Madre de Dios", "en")


def test_a_short_citation_is_one_line_with_the_version() -> None:
    assert short_citation(CUSCO) == f"ocmap (2026), «Cusco», versión {DATA_VERSION} de los datos."


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_long_citation_names_the_source_of_the_map_and_its_address(lang: Lang) -> None:
    text = long_citation(CitedView("PE-CUS", "Cusco", URL, lang, CUSCO.day, DATASET))
    assert text.endswith(URL)
    assert {"es": "1 de diciembre de 2026", "en": "1 December 2026"}[lang] in text
    assert {"es": "Lectura de una sola fuente secundaria", "en": "A reading of one secondary source"}[lang] in text


def test_bibtex_contains_link_version_and_date() -> None:
    entry = bibtex(CUSCO)
    assert entry.startswith(f"@misc{{ocmap-{DATA_VERSION}-PE-CUS,\n")
    assert f"  url = {{{URL}}}," in entry
    assert "  title = {{Cusco}}," in entry
    assert "  urldate = {2026-12-01}," in entry
    assert "  year = {2026}," in entry


def test_bibtex_has_balanced_braces_for_any_title() -> None:
    entry = bibtex(HOSTILE)
    bare = re.sub(r"\\[{}]", "", entry)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert r"50 \% \& \{a\_b\} \textbackslash{}end \$x\$ \#1 \textasciitilde{} \textasciicircum{} <b>" in entry


def test_csl_json_can_be_parsed() -> None:
    (item,) = json.loads(csl_json(CUSCO))
    assert (item["type"], item["title"], item["URL"], item["version"]) == ("map", "Cusco", URL, DATA_VERSION)
    assert item["accessed"] == {"date-parts": [[2026, 12, 1]]}
    assert item["author"] == [{"literal": "ocmap"}]


def test_the_snippet_embeds_the_view() -> None:
    assert (
        f'src="https://example.org/light/#data={DATA_VERSION}&amp;lang=es&amp;place=PE-CUS&amp;embed=true"'
        in embed_html(CUSCO)
    )
    assert 'title="ocmap: Cusco"' in embed_html(CUSCO)


def test_the_snippet_is_one_element_for_any_view() -> None:
    assert re.findall(r"<[^>]*>", embed_html(HOSTILE)) == [embed_html(HOSTILE).removesuffix("</iframe>"), "</iframe>"]
