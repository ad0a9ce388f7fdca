"""Whatever the data hold, the page shows it as text."""

from dataclasses import replace

import pytest
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.summaries import summary
from ocmap.analysis.view_state import View
from ocmap.dataset.schema import Basis
from ocmap.web.html import ENVIRONMENT, stylesheet
from ocmap.web.panels import Link, LinkGroup, StatementGroup
from ocmap.web.statement_cards import build_sections

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}"
RAW = ("<script", "<img", "49")
HREF = f'?place="><b>{HOSTILE}'
LINKS = {
    "clear": HREF,
    "close_href": HREF,
    "share_href": HREF,
    "links": [LinkGroup(HOSTILE, (Link(HOSTILE, HREF),))],
}


@pytest.fixture
def hostile(profile: CountryProfile) -> CountryProfile:
    """Return a world in which every text of a statement, a place, an actor and a topic is markup."""
    data = profile.dataset
    statements = tuple(one.model_copy(update={"text_en": HOSTILE, "text_es": HOSTILE}) for one in data.statements)
    places = tuple(
        one.model_copy(update={"name_en": HOSTILE, "name_es": HOSTILE, "note": HOSTILE}) for one in data.places
    )
    actors = tuple(one.model_copy(update={"name": HOSTILE, "name_es": HOSTILE}) for one in data.actors)
    topics = tuple(
        one.model_copy(update={"name_en": HOSTILE, "name_es": HOSTILE, "short_en": HOSTILE, "short_es": HOSTILE})
        for one in data.topics
    )
    changed = replace(data, statements=statements, places=places, actors=actors, topics=topics)
    return replace(profile, dataset=changed)


def fill(template: str, **values: object) -> str:
    return ENVIRONMENT.get_template(template).render(words=i18n.words_of(DATASET, "es"), lang="es", **values)


@pytest.mark.parametrize("place_id", ["PE-LMA", "border-BO", "PE-TAC"])
def test_markup_in_the_data_is_text_in_the_panel_of_a_place(hostile: CountryProfile, place_id: str) -> None:
    localized = LocalizedProfile(hostile, "es")
    found = hostile.unfiltered.of(place_id)
    sections = build_sections(localized, place_id, found)
    place = hostile.dataset.place[place_id]
    page = fill(
        "place.html",
        kicker=HOSTILE,
        name=place.name_es,
        code=HOSTILE,
        id=HOSTILE,
        summary=[(part.text, "1", (HOSTILE,)) for part in summary(localized, hostile.unfiltered, place)],
        basis_counts=[("named", 1, HOSTILE)],
        **LINKS,
        without_market=HOSTILE,
        groups=[StatementGroup("border", HOSTILE, sections)],
        national=HOSTILE,
        national_href=HOSTILE,
        note=place.note,
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not [raw for raw in RAW if raw in page]


def test_markup_in_the_data_is_text_in_the_national_view(hostile: CountryProfile) -> None:
    localized = LocalizedProfile(hostile, "es")
    page = fill("national.html", sections=build_sections(localized, "PE", hostile.unfiltered.of("PE")), figures={})
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_markup_in_the_data_is_text_in_the_panel_of_a_route(hostile: CountryProfile) -> None:
    localized = LocalizedProfile(hostile, "es")
    card = build_sections(localized, "PE-CAJ", {"heroin.1-b": Basis.NAMED})[0].cards[0]
    page = fill(
        "route.html",
        kicker=HOSTILE,
        name=HOSTILE,
        mode=HOSTILE,
        hedge=("stated", HOSTILE),
        points=[(HOSTILE, HOSTILE)],
        drawn=HOSTILE,
        **LINKS,
        card=card,
    )
    assert not [raw for raw in RAW if raw in page]


@pytest.mark.parametrize("template", ["faults.html", "notices.html"])
def test_markup_in_a_message_is_text(template: str) -> None:
    page = fill(template, title="", text="", faults=[HOSTILE], notices=[HOSTILE], changes=())
    assert "&lt;script&gt;" in page
    assert not [raw for raw in RAW if raw in page]


@pytest.mark.parametrize("template", sorted(ENVIRONMENT.list_templates()))
def test_every_template_escapes_its_values(template: str) -> None:
    assert ENVIRONMENT.loader is not None
    source, _, _ = ENVIRONMENT.loader.get_source(ENVIRONMENT, template)
    assert "safe" not in source
    assert "autoescape" not in source


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_of_a_theme_is_one_element(theme: str, view: View) -> None:
    text = stylesheet(theme, view, "Filtros")
    assert (text.count("<"), text[:7], text[-8:]) == (2, "<style>", "</style>")
