"""The search box: a fragment, so that typing reruns nothing else."""

from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.search import LONGEST_QUERY, EntryKind, SearchEntry, SearchHit, SearchResults, build_index, search
from ocmap.app import components, session
from ocmap.dataset.schema import Lang
from ocmap.i18n import Words
from ocmap.web import html
from ocmap.web.page_context import PageContext

KEY = "search"
QUERY = "ocmap_query"  # session key: the text that the reader typed
OPENED = "ocmap_opened"  # session key: whether a result was just opened, so that the whole page is drawn anew
SEARCH_BOX = components.component("search_box")
NO_RESULTS = SearchResults((), 0)


class ResultLink(NamedTuple):
    """A result with its link; ``sought`` is the text of the statement that the browser scrolls to, if any."""

    hit: SearchHit
    href: str
    sought: str


class ResultGroup(NamedTuple):
    """The results of one kind, under a title."""

    kind: EntryKind
    title: str
    total: int
    links: tuple[ResultLink, ...]
    rest: str


@st.fragment
def show_search(page: PageContext) -> None:
    """Draw the box and its results. The query stays in the session; it is not part of the view."""
    if st.session_state.pop(OPENED, False):
        st.rerun()
    words, query = page.words, st.session_state.get(QUERY, "")
    # The index is built at the first search, not before.
    results = search(_index(page.profile, page.lang), query) if query.strip() else NO_RESULTS
    SEARCH_BOX(
        key=KEY,
        data={
            "label": words["search.label"],
            "placeholder": words["search.placeholder"],
            "results": words["search.results"],
            "longest": LONGEST_QUERY,
            "lang": page.lang,
            "query": query,
            "status": _describe_status(words, query, results),
            "html": _render_results(page, results) if query.strip() else "",
        },
        on_query_change=components.limit_calls(_on_query),
        on_go_change=components.limit_calls(lambda: _on_go(page.profile)),
    )


@lru_cache(maxsize=4)
def _index(profile: CountryProfile, lang: Lang) -> tuple[SearchEntry, ...]:
    """Return the entries to search; built once for all sessions."""
    return build_index(profile.dataset, lang)


def _on_query() -> None:
    query = st.session_state[KEY].get("query")
    st.session_state[QUERY] = query[:LONGEST_QUERY] if isinstance(query, str) else ""


def _on_go(profile: CountryProfile) -> None:
    href, before = st.session_state[KEY].get("go"), session.current()
    if isinstance(href, str):
        session.follow(profile, href)
        st.session_state[OPENED] = session.current() != before


def _describe_status(words: Words, query: str, results: SearchResults) -> str:
    if not query.strip():
        return ""
    return (
        words.counted("count.results", results.total)
        if results.total
        else words["search.none"].format(query=query.strip())
    )


def _render_results(page: PageContext, results: SearchResults) -> str:
    words = page.words
    titles = {
        EntryKind.PLACES: words["search.places"],
        EntryKind.MARKETS: words["search.markets"],
        EntryKind.ACTORS: words["search.actors"],
        EntryKind.ROUTES: words["search.routes"],
        EntryKind.INDICATORS: words["search.indicators"],
        EntryKind.STATEMENTS: words["search.statements"],
    }
    groups = [
        ResultGroup(
            kind,
            titles[kind],
            len(hits) + rest,
            tuple(_build_link(page, hit) for hit in hits),
            words.counted("search.rest", rest) if rest else "",
        )
        for kind, hits, rest in results.groups
    ]
    return html.render_localized(page, "search.html", groups=groups)


def _build_link(page: PageContext, hit: SearchHit) -> ResultLink:
    sought = hit.entry.text if hit.entry.kind is EntryKind.STATEMENTS else ""
    return ResultLink(hit, page.href(hit.entry.open_in(session.current())), sought)
