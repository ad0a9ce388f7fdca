"""A brief has every statement on its subject once, and describes what it omits."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from tests.support.shipped import COUNTRY

from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import route_name
from ocmap.cli import main
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import MARKETS, Basis, Evidence, Lang, PlaceKind
from ocmap.export.print.brief import Brief, Count, Run, UnknownSubjectError, build_brief

DAY = date(2026, 11, 23)
LANGS: tuple[Lang, ...] = ("es", "en")


def places(dataset: Dataset) -> list[str]:
    return [one.place_id for one in dataset.places if one.kind in {PlaceKind.REGION, PlaceKind.CORRIDOR}]


def ids(brief: Brief) -> list[str]:
    return [card.statement_id for card in brief.cards]


def everything_numbered(brief: Brief) -> bool:
    numbers = list(range(1, len(brief.cards) + 1))
    return [card.number for card in brief.cards] == numbers == [note.number for note in brief.notes]


def test_each_region_and_corridor_has_a_brief(dataset: Dataset) -> None:
    assert len(places(dataset)) == 26 + 5


@pytest.mark.parametrize("lang", LANGS)
def test_the_brief_of_a_place_has_each_of_its_statements_once(profile: CountryProfile, lang: Lang) -> None:
    for place in places(profile.dataset):
        brief = build_brief(profile, place, lang, DAY)
        assert sorted(ids(brief)) == sorted(profile.unfiltered.of(place)), place
        assert everything_numbered(brief), place


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("market", MARKETS)
def test_the_brief_of_a_market_has_each_of_its_statements_once(
    profile: CountryProfile, market: str, lang: Lang
) -> None:
    brief = build_brief(profile, market, lang, DAY)
    said = [one.statement_id for one in profile.dataset.statements if market in profile.dataset.markets_of(one)]
    assert sorted(ids(brief)) == sorted(said)
    assert everything_numbered(brief)


def test_every_route_refers_to_a_note(profile: CountryProfile) -> None:
    for subject in (*places(profile.dataset), *MARKETS):
        for route in build_brief(profile, subject, "es", DAY).routes:
            assert route.runs, (subject, route.text)


def test_a_note_has_the_locator_in_the_source(profile: CountryProfile) -> None:
    brief = build_brief(profile, "PE-PUN", "es", DAY)
    notes = {card.statement_id: note.text for card, note in zip(brief.cards, brief.notes, strict=True)}
    sentence = profile.dataset.sentence["excisable.3"]
    assert notes["excisable.3-a"].startswith("Comercio ilícito de bienes sujetos a impuestos especiales, oración 3. ")
    assert f"{sentence.words} palabras; su huella SHA-256 empieza por {sentence.sha256[:8]}" in notes["excisable.3-a"]


def test_statements_on_a_wider_area_come_last(profile: CountryProfile) -> None:
    brief = build_brief(profile, "PE-PUN", "en", DAY)
    assert [chapter.title for chapter in brief.chapters] == ["What the profile says", "Said only of a wider area"]
    near, wide = ([card.basis for one in chapter.sections for card in one.cards] for chapter in brief.chapters)
    assert Counter(near) == {Basis.NAMED: 3, Basis.BORDER: 3}
    assert wide == [Basis.AREA] * 4
    named = "the place itself", "a place inside it", "its border", "a wider area"
    assert brief.counts == tuple(map(Count, (3, 0, 3, 4), named))


def test_the_summary_has_the_numbers_of_its_notes(profile: CountryProfile) -> None:
    brief = build_brief(profile, "PE-PUN", "en", DAY)
    assert [one.runs for one in brief.summary] == [(Run(1, 3),), (Run(4, 6),), (Run(7, 10),), ()]
    bases = {card.number: card.basis for card in brief.cards}
    assert {bases[number] for number in range(1, 4)} == {Basis.NAMED}
    assert brief.summary[0].text.startswith("The profile names Puno")


def test_a_brief_of_a_region_that_is_not_mentioned_states_it(profile: CountryProfile) -> None:
    brief = build_brief(profile, "PE-APU", "es", DAY)
    assert "".join(one.text for one in brief.summary) == (
        "El perfil no menciona Apurímac; eso no significa que allí no haya delitos."
    )
    assert (brief.chapters, brief.notes, brief.routes) == ((), (), ())
    assert brief.national
    assert brief.limits


def test_the_brief_of_a_place_counts_statements_on_the_whole_country_without_printing_them(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    brief = build_brief(profile, "PE-PUN", "en", DAY)
    national = {row.statement_id for row in evidence if row.place_id == COUNTRY}
    assert f"There are {len(national)} more statements" in brief.national_said
    assert not national & set(ids(brief))
    heroin = {row.statement_id for row in evidence if row.place_id == COUNTRY and row.market_id == "heroin"}
    assert Count(len(heroin), "Opium and heroin") in brief.national


def test_the_brief_of_a_market_prints_the_whole_country_after_the_places(
    profile: CountryProfile, evidence: tuple[Evidence, ...]
) -> None:
    brief = build_brief(profile, "cocaine", "en", DAY)
    national = {row.statement_id for row in evidence if (row.place_id, row.market_id) == (COUNTRY, "cocaine")}
    local, wide = ([card.statement_id for card in chapter.sections[0].cards] for chapter in brief.chapters)
    assert set(wide) == national
    assert not national & set(local)
    assert "".join(one.text for one in brief.summary) == (
        f"The profile makes {len(ids(brief))} statements on this market: "
        f"{len(local)} speak of places in Peru; {len(wide)} speak of the whole country."
    )
    assert brief.national == ()
    assert any(route.text == "Cocaine: origin not stated → Türkiye" for route in brief.routes)
    assert "Peru’s score, 0 to 10: " in brief.facts[1]


def test_the_brief_of_a_market_without_places_has_one_chapter(profile: CountryProfile) -> None:
    brief = build_brief(profile, "cyber", "es", DAY)
    assert [chapter.title for chapter in brief.chapters] == ["Lo que se dice de todo el país"]


@pytest.mark.parametrize("market", MARKETS)
def test_the_brief_of_a_market_equals_the_filter_of_the_app(
    profile: CountryProfile, evidence: tuple[Evidence, ...], market: str
) -> None:
    filtered = apply_filters(profile.dataset, evidence, Filters(markets=(market,)))
    brief = build_brief(profile, market, "en", DAY)
    assert sorted(ids(brief)) == sorted(filtered.statement_ids)
    routes = [route_name(profile.dataset, profile.dataset.route[one], "en") for one in filtered.routes]
    assert [route.text for route in brief.routes] == routes


def test_the_citation_has_the_version_and_the_date(profile: CountryProfile) -> None:
    brief = build_brief(profile, "border-EC", "es", DAY)
    assert "«Frontera con Ecuador», versión 0.2.0 de los datos, consultado el 23 de noviembre de 2026" in brief.citation


@pytest.mark.parametrize(
    ("subject", "meant"),
    [
        ("PE-PUM", "PE-PUN (Puno)"),
        ("junin", "PE-JUN (Junín)"),
        ("Junín", "PE-JUN (Junín)"),
        ("cocain", "cocaine (Cocaine)"),
        ("frontera con chile", "border-CL (Border with Chile)"),
    ],
)
def test_an_unknown_subject_is_reported_with_similar_ones(profile: CountryProfile, subject: str, meant: str) -> None:
    with pytest.raises(UnknownSubjectError) as caught:
        build_brief(profile, subject, "es", DAY)
    message = str(caught.value)
    assert message.startswith(f"there is no brief of '{subject}'")
    assert meant in message


@pytest.mark.parametrize("subject", ["", "PE", "la-pampa", "amazon", "leadership", "drugs", "../PE-PUN", "\x1b[31m"])
def test_a_subject_without_a_brief_is_refused(profile: CountryProfile, subject: str) -> None:
    with pytest.raises(UnknownSubjectError) as caught:
        build_brief(profile, subject, "es", DAY)
    assert str(caught.value).isprintable()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> Sequence[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize(
    ("options", "name", "start"),
    [
        ([], "ocmap-PE-APU-es.pdf", b"%PDF-1.7"),
        (["--lang", "en", "--html"], "ocmap-PE-APU-en.html", b"<!doctype html>"),
        (["--html", "--out", "my.htm"], "my.htm", b"<!doctype html>"),
    ],
)
def test_the_command_writes_one_file(  # noqa: PLR0913, PLR0917 - a table of cases
    empty: Path,
    geodata: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    name: str,
    start: bytes,
) -> None:
    assert main(["brief", "PE-APU", "--data", str(geodata), *options]) == 0
    assert names(empty) == [name]
    assert (empty / name).read_bytes().startswith(start)
    assert capsys.readouterr().out == f"{name}\n"


def test_the_command_writes_nothing_for_an_unknown_subject(
    empty: Path, geodata: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", "puno", "--data", str(geodata)]) == 1
    assert "did you mean PE-PUN (Puno)" in capsys.readouterr().err
    assert names(empty) == []


def test_the_command_leaves_no_partial_file(empty: Path, geodata: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / "taken").mkdir()
    assert main(["brief", "PE-APU", "--data", str(geodata), "--out", "taken"]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert names(empty) == ["taken"]
