"""Search: what a query matches, in which order, and how a result is shown."""

from collections.abc import Iterable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocmap import i18n
from ocmap.analysis.filters import Filters, apply_filters
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.search import (
    EXCERPT,
    MOST_SHOWN,
    EntryKind,
    MarkedText,
    SearchEntry,
    SearchHit,
    SearchResults,
    build_index,
    search,
)
from ocmap.analysis.summaries import statements_naming
from ocmap.analysis.view_state import View, ViewState, Vocabulary
from ocmap.app.search_box import ResultGroup, ResultLink
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import COUNTRY, Evidence, Lang, TopicKind
from ocmap.i18n.folding import fold
from ocmap.web.html import render

FILTERED = ViewState(markets=("arms",), actors=("officials",), basis=(), view=View.METHOD, lang="es")


@pytest.fixture(scope="module")
def spanish(dataset: Dataset) -> tuple[SearchEntry, ...]:
    return build_index(dataset, "es")


@pytest.fixture(scope="module")
def english(dataset: Dataset) -> tuple[SearchEntry, ...]:
    return build_index(dataset, "en")


def text(parts: Iterable[MarkedText]) -> str:
    return "".join(part.text for part in parts)


def marked(parts: Iterable[MarkedText]) -> list[str]:
    return [part.text for part in parts if part.marked]


def hits(results: SearchResults, kind: EntryKind) -> tuple[SearchHit, ...]:
    return next((group.hits for group in results.groups if group.kind is kind), ())


def ids(results: SearchResults, kind: EntryKind) -> list[str]:
    return [hit.entry.entry_id for hit in hits(results, kind)]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_everything_can_be_found(dataset: Dataset, lang: Lang) -> None:
    known = Vocabulary.of(dataset)
    results: dict[EntryKind, set[str]] = {kind: set() for kind in EntryKind}
    for entry in build_index(dataset, lang):
        results[entry.kind].add(entry.entry_id)
    assert results == {
        EntryKind.PLACES: known.places,
        EntryKind.MARKETS: known.markets,
        EntryKind.ACTORS: known.actors,
        EntryKind.ROUTES: known.routes,
        EntryKind.INDICATORS: {topic.topic_id for topic in dataset.topics if topic.kind is TopicKind.INDICATOR},
        EntryKind.STATEMENTS: {statement.statement_id for statement in dataset.statements},
    }


@pytest.mark.parametrize("query", ["extorsion", "Extorsión", "EXTORSIO", "extorsio\u0301n", "  extorsión  "])
def test_accents_and_capitals_do_not_matter(spanish: tuple[SearchEntry, ...], query: str) -> None:
    assert ids(search(spanish, query), EntryKind.MARKETS) == ["extortion"]


def test_n_finds_the_letter_with_a_tilde(spanish: tuple[SearchEntry, ...]) -> None:
    shown = hits(search(spanish, "nino"), EntryKind.STATEMENTS)
    assert shown
    assert all("niño" in marked(hit.excerpt) for hit in shown)


def test_among_equal_matches_those_with_the_querys_accents_come_first() -> None:
    entries = tuple(
        SearchEntry(
            EntryKind.PLACES, name, None, name, "", "", (f" {fold(name)}",), f" {fold(name)}", f" {name.lower()}"
        )
        for name in ("Pena", "Peña", "Penacho")
    )
    assert ids(search(entries, "peña"), EntryKind.PLACES) == ["Peña", "Pena", "Penacho"]
    assert ids(search(entries, "pena"), EntryKind.PLACES) == ["Pena", "Penacho", "Peña"]


def test_names_that_begin_with_the_query_come_before_words_of_names(spanish: tuple[SearchEntry, ...]) -> None:
    results = ids(search(spanish, "ecuador"), EntryKind.PLACES)
    assert results[0] == "EC"
    assert set(results[1:]) == {"border-EC", "tripoint-EC-CO"}


def test_words_of_names_come_before_words_of_texts(spanish: tuple[SearchEntry, ...]) -> None:
    results = hits(search(spanish, "personas"), EntryKind.MARKETS)
    assert results[0].entry.entry_id == "human_trafficking"
    assert marked(results[0].name) == ["personas"]
    assert len(results) > 1


def test_an_english_word_finds_in_the_spanish_page_and_is_shown_in_spanish(spanish: tuple[SearchEntry, ...]) -> None:
    results = search(spanish, "timber")
    (route,) = hits(results, EntryKind.ROUTES)
    assert text(route.name) == "Madera: Perú → China"
    assert route.other_language
    assert all(
        "timber" not in text((*hit.name, *hit.excerpt, *hit.note)) for group in results.groups for hit in group.hits
    )


def test_a_spanish_word_finds_in_the_english_page(english: tuple[SearchEntry, ...]) -> None:
    (market,) = hits(search(english, "extorsión"), EntryKind.MARKETS)
    assert text(market.name) == "Extortion"
    assert market.other_language


def test_a_match_in_the_pages_language_is_not_marked_as_in_another(spanish: tuple[SearchEntry, ...]) -> None:
    assert not any(hit.other_language for group in search(spanish, "Puno").groups for hit in group.hits)


def test_several_words_must_all_match(spanish: tuple[SearchEntry, ...]) -> None:
    both = search(spanish, "lima extors")
    assert ids(both, EntryKind.STATEMENTS) == ["extortion.2-a", "extortion.3-b"]
    assert both.total == 2
    assert not search(spanish, "lima xyzzy").total


def test_words_may_be_of_both_languages(spanish: tuple[SearchEntry, ...]) -> None:
    assert "extortion.3-b" in ids(search(spanish, "homicidios extortion"), EntryKind.STATEMENTS)


def test_words_are_found_by_their_beginning_only(spanish: tuple[SearchEntry, ...]) -> None:
    assert not search(spanish, "xtorsion").total


def test_an_alias_finds_a_place(spanish: tuple[SearchEntry, ...]) -> None:
    assert ids(search(spanish, "Turkey"), EntryKind.PLACES) == ["TR"]


def test_a_border_is_not_found_by_another_countrys_name(spanish: tuple[SearchEntry, ...]) -> None:
    assert "border-BO" not in ids(search(spanish, "Colombia"), EntryKind.PLACES)


def test_goods_find_their_routes(spanish: tuple[SearchEntry, ...]) -> None:
    assert ids(search(spanish, "opio"), EntryKind.ROUTES) == ["heroin.1-r1", "heroin.1-r2"]


def test_an_excerpt_surrounds_the_match_and_marks_the_beginning_of_the_word(spanish: tuple[SearchEntry, ...]) -> None:
    shown = next(
        hit for hit in hits(search(spanish, "lima extors"), EntryKind.STATEMENTS) if hit.entry.place == "PE-LMA"
    )
    assert marked(shown.excerpt) == ["extors", "Lima"]
    assert text(shown.excerpt).startswith("…")
    assert len(text(shown.excerpt)) <= EXCERPT + 2


def test_every_excerpt_is_a_part_of_its_text(spanish: tuple[SearchEntry, ...]) -> None:
    for query in ("a", "de la", "per", "crim"):
        for group in search(spanish, query).groups:
            for hit in group.hits:
                assert text(hit.excerpt).strip("…") in hit.entry.text
                assert text(hit.name) == hit.entry.name
                assert text(hit.note) == hit.entry.note


def test_results_are_bounded_and_the_rest_is_counted(spanish: tuple[SearchEntry, ...]) -> None:
    results = search(spanish, "a")
    assert all(len(group.hits) <= MOST_SHOWN for group in results.groups)
    assert results.total == sum(len(group.hits) + group.rest for group in results.groups)
    assert max(group.rest for group in results.groups) > 100


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "\t\n",
        ".*",
        "(?",
        "[",
        "\\",
        "%",
        "'\"",
        "<script>alert(1)</script>",
        "x" * 100_000,
        "ﷺ" * 200,
        "\x00",
        "\ud800",
        "́",
    ],
)
def test_hostile_queries_find_nothing(spanish: tuple[SearchEntry, ...], query: str) -> None:
    assert search(spanish, query) == SearchResults((), 0)


def test_signs_between_words_are_ignored(spanish: tuple[SearchEntry, ...]) -> None:
    assert search(spanish, "<b>*lima*") == search(spanish, "b lima")
    assert ids(search(spanish, "(Pataz).*"), EntryKind.PLACES) == ["pataz"]


@given(query=st.text(max_size=150))
def test_any_text_can_be_searched_for(spanish: tuple[SearchEntry, ...], query: str) -> None:
    results = search(spanish, query)
    assert all(text(hit.name) == hit.entry.name for group in results.groups for hit in group.hits)


def test_a_search_is_quick(spanish: tuple[SearchEntry, ...]) -> None:
    def measure(query: str) -> float:
        start = perf_counter()
        search(spanish, query)
        return perf_counter() - start

    for query in ("extorsion", "lima extorsion", "a", "de la"):
        assert min(measure(query) for _ in range(20)) < 0.005


def open_first(index: tuple[SearchEntry, ...], query: str, kind: EntryKind) -> ViewState:
    return hits(search(index, query), kind)[0].entry.open_in(FILTERED)


def test_a_place_opens_its_panel_and_keeps_the_filters(spanish: tuple[SearchEntry, ...]) -> None:
    view = open_first(spanish, "pataz", EntryKind.PLACES)
    assert (view.view, view.place, view.markets, view.actors) == (View.MAP, "pataz", ("arms",), ("officials",))


def test_a_market_opens_the_map_filtered_by_it(spanish: tuple[SearchEntry, ...]) -> None:
    assert open_first(spanish, "extorsión", EntryKind.MARKETS) == ViewState(markets=("extortion",), lang="es")


def test_an_actor_opens_the_view_on_actors(spanish: tuple[SearchEntry, ...]) -> None:
    view = open_first(spanish, "aragua", EntryKind.ACTORS)
    assert view == ViewState(actors=("tren-de-aragua",), view=View.ACTORS, lang="es")


def test_a_route_opens_its_panel(spanish: tuple[SearchEntry, ...]) -> None:
    assert open_first(spanish, "fentanilo", EntryKind.ROUTES) == ViewState(route="synthetic.2-r1", lang="es")


def test_an_indicator_opens_the_view_on_resilience(spanish: tuple[SearchEntry, ...]) -> None:
    assert open_first(spanish, "prevención", EntryKind.INDICATORS) == ViewState(view=View.RESILIENCE, lang="es")


def test_each_statement_opens_where_it_is_shown(
    profile: CountryProfile, evidence: tuple[Evidence, ...], spanish: tuple[SearchEntry, ...]
) -> None:
    for entry in spanish:
        if entry.kind is EntryKind.STATEMENTS:
            view = entry.open_in(FILTERED)
            filtered = apply_filters(profile.dataset, evidence, Filters.of(view))
            if view.view is View.NATIONAL:
                shown = set(filtered.of(COUNTRY))
            else:
                assert view.place
                shown = {
                    *filtered.of(view.place),
                    *statements_naming(profile.dataset, profile.dataset.place[view.place]),
                }
            assert entry.entry_id in shown, entry.entry_id


def test_a_statement_opens_at_its_most_precise_place(spanish: tuple[SearchEntry, ...]) -> None:
    places = {entry.entry_id: entry.place for entry in spanish if entry.kind is EntryKind.STATEMENTS}
    assert places["arms.2-a"] == "border-EC"
    assert places["extortion.2-a"] == "PE-LMA"
    assert places["criminal_networks.3-a"] == "pataz"
    assert places["extortion.1-a"] is None


def test_markup_in_a_result_and_sought_is_text() -> None:
    evil = "<script>alert(1)</script>"
    hit = SearchHit(
        SearchEntry(EntryKind.STATEMENTS, "x", None, evil, evil, evil, (), "", ""),
        (MarkedText(evil), MarkedText(evil, marked=True)),
        (MarkedText(evil, marked=True),),
        (MarkedText(evil),),
        other_language=True,
    )
    group = ResultGroup(EntryKind.STATEMENTS, evil, 1, (ResultLink(hit, f'?"{evil}', f'"{evil}'),), evil)
    page = render("search.html", words=i18n.of("es"), lang="es", groups=[group])
    assert "<script" not in page
    assert "<mark>&lt;script&gt;" in page
    assert page.count('"') % 2 == 0
