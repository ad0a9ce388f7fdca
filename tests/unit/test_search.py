"""Search: what words find, in which order, and what is shown of it."""

from collections.abc import Iterable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocmap import i18n
from ocmap.analysis.filters import COUNTRY, Evidence, Filters, apply_filters
from ocmap.analysis.search import EXCERPT, MOST_SHOWN, Entry, Found, Hit, Kind, Part, build_index, fold, search
from ocmap.analysis.summaries import statements_at
from ocmap.analysis.view_state import View, ViewState, Vocabulary
from ocmap.app.search_box import Group, Link
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import TopicKind
from ocmap.i18n import Lang
from ocmap.web.html import render
from ocmap.web.map_data import CountryProfile

FILTERED = ViewState(markets=("arms",), actors=("officials",), basis=(), view=View.METHOD, lang="es")


@pytest.fixture(scope="module")
def spanish(dataset: Dataset) -> tuple[Entry, ...]:
    return build_index(dataset, "es")


@pytest.fixture(scope="module")
def english(dataset: Dataset) -> tuple[Entry, ...]:
    return build_index(dataset, "en")


def text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)


def marked(parts: Iterable[Part]) -> list[str]:
    return [part.text for part in parts if part.marked]


def hits(found: Found, kind: Kind) -> tuple[Hit, ...]:
    return next((group.hits for group in found.groups if group.kind is kind), ())


def ids(found: Found, kind: Kind) -> list[str]:
    return [hit.entry.entry_id for hit in hits(found, kind)]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_everything_can_be_found(dataset: Dataset, lang: Lang) -> None:
    known = Vocabulary.of(dataset)
    found: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for entry in build_index(dataset, lang):
        found[entry.kind].add(entry.entry_id)
    assert found == {
        Kind.PLACES: known.places,
        Kind.MARKETS: known.markets,
        Kind.ACTORS: known.actors,
        Kind.ROUTES: known.routes,
        Kind.INDICATORS: {one.topic_id for one in dataset.topics if one.kind is TopicKind.INDICATOR},
        Kind.STATEMENTS: {one.statement_id for one in dataset.statements},
    }


@pytest.mark.parametrize("query", ["extorsion", "Extorsión", "EXTORSIO", "extorsio\u0301n", "  extorsión  "])
def test_accents_and_capitals_do_not_matter(spanish: tuple[Entry, ...], query: str) -> None:
    assert ids(search(spanish, query), Kind.MARKETS) == ["extortion"]


def test_n_finds_the_letter_with_a_tilde(spanish: tuple[Entry, ...]) -> None:
    shown = hits(search(spanish, "nino"), Kind.STATEMENTS)
    assert shown
    assert all("niño" in marked(hit.excerpt) for hit in shown)


def test_of_equals_the_ones_with_the_querys_own_accents_come_first() -> None:
    entries = tuple(
        Entry(Kind.PLACES, name, None, name, "", "", (f" {fold(name)}",), f" {fold(name)}", f" {name.lower()}")
        for name in ("Pena", "Peña", "Penacho")
    )
    assert ids(search(entries, "peña"), Kind.PLACES) == ["Peña", "Pena", "Penacho"]
    assert ids(search(entries, "pena"), Kind.PLACES) == ["Pena", "Penacho", "Peña"]


def test_names_that_begin_so_come_before_words_of_names(spanish: tuple[Entry, ...]) -> None:
    found = ids(search(spanish, "ecuador"), Kind.PLACES)
    assert found[0] == "EC"
    assert set(found[1:]) == {"border-EC", "tripoint-EC-CO"}


def test_words_of_names_come_before_words_of_texts(spanish: tuple[Entry, ...]) -> None:
    found = hits(search(spanish, "personas"), Kind.MARKETS)
    assert found[0].entry.entry_id == "human_trafficking"
    assert marked(found[0].name) == ["personas"]
    assert len(found) > 1


def test_an_english_word_finds_in_the_spanish_page_and_is_shown_in_spanish(spanish: tuple[Entry, ...]) -> None:
    found = search(spanish, "timber")
    (route,) = hits(found, Kind.ROUTES)
    assert text(route.name) == "Madera: Perú → China"
    assert route.other
    assert all(
        "timber" not in text((*hit.name, *hit.excerpt, *hit.note)) for group in found.groups for hit in group.hits
    )


def test_a_spanish_word_finds_in_the_english_page(english: tuple[Entry, ...]) -> None:
    (market,) = hits(search(english, "extorsión"), Kind.MARKETS)
    assert text(market.name) == "Extortion"
    assert market.other


def test_what_is_found_in_the_pages_own_language_is_not_said_to_be_in_another(spanish: tuple[Entry, ...]) -> None:
    assert not any(hit.other for group in search(spanish, "Puno").groups for hit in group.hits)


def test_several_words_must_all_match(spanish: tuple[Entry, ...]) -> None:
    both = search(spanish, "lima extors")
    assert ids(both, Kind.STATEMENTS) == ["extortion.2-a", "extortion.3-b"]
    assert both.total == 2
    assert not search(spanish, "lima xyzzy").total


def test_words_may_be_of_both_languages(spanish: tuple[Entry, ...]) -> None:
    assert "extortion.3-b" in ids(search(spanish, "homicidios extortion"), Kind.STATEMENTS)


def test_words_are_found_by_their_beginning_only(spanish: tuple[Entry, ...]) -> None:
    assert not search(spanish, "xtorsion").total


def test_an_alias_finds_a_place(spanish: tuple[Entry, ...]) -> None:
    assert ids(search(spanish, "Turkey"), Kind.PLACES) == ["TR"]


def test_a_border_is_not_found_by_another_countrys_name(spanish: tuple[Entry, ...]) -> None:
    assert "border-BO" not in ids(search(spanish, "Colombia"), Kind.PLACES)


def test_goods_find_their_routes(spanish: tuple[Entry, ...]) -> None:
    assert ids(search(spanish, "opio"), Kind.ROUTES) == ["heroin.1-r1", "heroin.1-r2"]


def test_an_excerpt_surrounds_what_was_found_and_marks_the_beginning_of_the_word(spanish: tuple[Entry, ...]) -> None:
    shown = next(hit for hit in hits(search(spanish, "lima extors"), Kind.STATEMENTS) if hit.entry.place == "PE-LMA")
    assert marked(shown.excerpt) == ["extors", "Lima"]
    assert text(shown.excerpt).startswith("…")
    assert len(text(shown.excerpt)) <= EXCERPT + 2


def test_every_excerpt_is_a_stretch_of_its_text(spanish: tuple[Entry, ...]) -> None:
    for query in ("a", "de la", "per", "crim"):
        for group in search(spanish, query).groups:
            for hit in group.hits:
                assert text(hit.excerpt).strip("…") in hit.entry.text
                assert text(hit.name) == hit.entry.name
                assert text(hit.note) == hit.entry.note


def test_results_are_bounded_and_the_rest_is_counted(spanish: tuple[Entry, ...]) -> None:
    found = search(spanish, "a")
    assert all(len(group.hits) <= MOST_SHOWN for group in found.groups)
    assert found.total == sum(len(group.hits) + group.rest for group in found.groups)
    assert max(group.rest for group in found.groups) > 100


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
def test_hostile_queries_find_nothing(spanish: tuple[Entry, ...], query: str) -> None:
    assert search(spanish, query) == Found((), 0)


def test_signs_between_words_are_left_out(spanish: tuple[Entry, ...]) -> None:
    assert search(spanish, "<b>*lima*") == search(spanish, "b lima")
    assert ids(search(spanish, "(Pataz).*"), Kind.PLACES) == ["pataz"]


@given(query=st.text(max_size=150))
def test_any_text_can_be_sought(spanish: tuple[Entry, ...], query: str) -> None:
    found = search(spanish, query)
    assert all(text(hit.name) == hit.entry.name for group in found.groups for hit in group.hits)


def test_a_search_is_quick(spanish: tuple[Entry, ...]) -> None:
    def measure(query: str) -> float:
        start = perf_counter()
        search(spanish, query)
        return perf_counter() - start

    for query in ("extorsion", "lima extorsion", "a", "de la"):
        assert min(measure(query) for _ in range(20)) < 0.005


def open_first(index: tuple[Entry, ...], query: str, kind: Kind) -> ViewState:
    return hits(search(index, query), kind)[0].entry.open_in(FILTERED)


def test_a_place_opens_its_panel_and_keeps_the_filters(spanish: tuple[Entry, ...]) -> None:
    view = open_first(spanish, "pataz", Kind.PLACES)
    assert (view.view, view.place, view.markets, view.actors) == (View.MAP, "pataz", ("arms",), ("officials",))


def test_a_market_opens_the_map_filtered_by_it(spanish: tuple[Entry, ...]) -> None:
    assert open_first(spanish, "extorsión", Kind.MARKETS) == ViewState(markets=("extortion",), lang="es")


def test_an_actor_opens_the_view_on_actors(spanish: tuple[Entry, ...]) -> None:
    view = open_first(spanish, "aragua", Kind.ACTORS)
    assert view == ViewState(actors=("tren-de-aragua",), view=View.ACTORS, lang="es")


def test_a_route_opens_its_panel(spanish: tuple[Entry, ...]) -> None:
    assert open_first(spanish, "fentanilo", Kind.ROUTES) == ViewState(route="synthetic.2-r1", lang="es")


def test_an_indicator_opens_the_view_on_resilience(spanish: tuple[Entry, ...]) -> None:
    assert open_first(spanish, "prevención", Kind.INDICATORS) == ViewState(view=View.RESILIENCE, lang="es")


def test_each_statement_opens_where_it_is_shown(
    profile: CountryProfile, evidence: tuple[Evidence, ...], spanish: tuple[Entry, ...]
) -> None:
    for entry in spanish:
        if entry.kind is Kind.STATEMENTS:
            view = entry.open_in(FILTERED)
            filtered = apply_filters(profile.dataset, evidence, Filters.of(view))
            if view.view is View.NATIONAL:
                shown = set(filtered.of(COUNTRY))
            else:
                assert view.place
                shown = {*filtered.of(view.place), *statements_at(profile.dataset, profile.dataset.place[view.place])}
            assert entry.entry_id in shown, entry.entry_id


def test_a_statement_opens_at_its_most_precise_place(spanish: tuple[Entry, ...]) -> None:
    places = {entry.entry_id: entry.place for entry in spanish if entry.kind is Kind.STATEMENTS}
    assert places["arms.2-a"] == "border-EC"
    assert places["extortion.2-a"] == "PE-LMA"
    assert places["criminal_networks.3-a"] == "pataz"
    assert places["extortion.1-a"] is None


def test_markup_in_what_is_found_and_sought_is_text() -> None:
    evil = "<script>alert(1)</script>"
    hit = Hit(
        Entry(Kind.STATEMENTS, "x", None, evil, evil, evil, (), "", ""),
        (Part(evil), Part(evil, marked=True)),
        (Part(evil, marked=True),),
        (Part(evil),),
        other=True,
    )
    group = Group(Kind.STATEMENTS, evil, 1, (Link(hit, f'?"{evil}', f'"{evil}'),), evil)
    page = render("search.html", words=i18n.of("es"), lang="es", groups=[group])
    assert "<script" not in page
    assert "<mark>&lt;script&gt;" in page
    assert page.count('"') % 2 == 0
