"""The view that puts two or three places side by side."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from ocmap import i18n
from ocmap.analysis.comparison import most_similar, shared_statements
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import kicker, statements_of_place, summary
from ocmap.analysis.view_state import MOST_COMPARED, View, ViewState
from ocmap.app import components, session
from ocmap.app.views.compare_tables import ComparisonPage, build_comparison, find_statements, join_phrases
from ocmap.dataset.schema import MAPPED_KINDS
from ocmap.web.place_list import ABROAD

LEAST_COMPARED = 2
MOST_SUGGESTED = 6


class PlaceHead(NamedTuple):
    """The head of one of the places compared."""

    name: str
    kicker: str
    summary: str
    href: str
    remove_href: str


class SuggestedComparison(NamedTuple):
    """A comparison that the view suggests before one is chosen."""

    name: str
    note: str
    text: str
    href: str


def show_compare(page: PageContext) -> None:
    """Draw the chosen places side by side, or suggest which to choose."""
    template, values = "compare_start.html", _build_start(page)
    if len(page.view.compare) >= LEAST_COMPARED:
        template, values = "compare.html", build_comparison(ComparisonPage(page.profile, page.lang, page.view))
    with st.container(key="compare_view"):
        components.show(page, "compare_head.html")
        _show_picker(page)
        names = i18n.and_list([page.name(place_id) for place_id in page.view.compare], page.lang)
        components.show(page, "compare_now.html", text=page.words["compare.now"].format(places=names) if names else "")
        components.show_linked(
            page,
            template,
            "compare_body",
            heads=[_build_head(page, place_id) for place_id in page.view.compare],
            **values,
        )


def _show_picker(page: PageContext) -> None:
    places = page.dataset.place
    full = len(page.view.compare) >= MOST_COMPARED
    options = (
        place_id for place_id in places if places[place_id].kind not in ABROAD and place_id not in page.view.compare
    )
    st.session_state["compare"] = None
    st.selectbox(
        page.words["compare.add"],
        sorted(
            options,
            key=lambda place_id: (places[place_id].kind not in MAPPED_KINDS, page.name(place_id).casefold()),
        ),
        index=None,
        key="compare",
        placeholder=page.words["compare.full"] if full else page.words["place_list.choose"],
        format_func=page.name,
        on_change=_on_pick,
        args=(page.profile,),
        disabled=full,
    )


def _on_pick(profile: CountryProfile) -> None:
    if chosen := st.session_state["compare"]:
        session.go(profile, session.current().compare_with(chosen))


def _on_map(page: PageContext, place_id: str) -> ViewState:
    return replace(page.view.select_place(place_id), view=View.MAP)


def _build_head(page: PageContext, place_id: str) -> PlaceHead:
    profile = page.profile
    place = profile.dataset.place[place_id]
    hidden = statements_of_place(profile.dataset, profile.unfiltered, place) and not statements_of_place(
        page.dataset, page.filtered, place
    )
    parts = [] if hidden else summary(page, profile.unfiltered, place)
    others = tuple(other for other in page.view.compare if other != place_id)
    return PlaceHead(
        name=page.name(place_id),
        kicker=kicker(page, place),
        summary="".join(part.text for part in parts),
        href=page.href(_on_map(page, place_id)),
        remove_href=page.href(replace(page.view, compare=others)),
    )


def _build_start(page: PageContext) -> dict[str, object]:
    """Return the values of the template ``compare_start.html``, shown until two places are chosen."""
    words = page.words
    title = words.counted("compare.choose", LEAST_COMPARED - len(page.view.compare))
    if not page.view.compare:
        return {"title": title, "text": words["compare.start_text"], "suggestions": list(_suggest_comparisons(page))}
    chosen = page.view.compare[0]
    suggestions = list(_suggest_partners(page, chosen))
    text = words["compare.one_text"] if suggestions else words["compare.one_none"]
    return {"title": title, "text": text.format(place=join_phrases(page, [chosen])), "suggestions": suggestions}


def _suggest_comparisons(page: PageContext) -> Iterator[SuggestedComparison]:
    """Yield the suggested comparisons; they count statements in common without filters."""
    unfiltered = replace(page, view=page.view.without_filters())
    for comparison in page.dataset.settings.compare.suggested:
        n = len(shared_statements(find_statements(unfiltered, comparison.places)))
        name = join_phrases(page, comparison.places)
        yield SuggestedComparison(
            name=name[0].upper() + name[1:],
            note=page.words.counted("compare.in_common", n),
            text=comparison.of(page.lang),
            href=page.href(replace(page.view, compare=comparison.places)),
        )


def _suggest_partners(page: PageContext, place_id: str) -> Iterator[SuggestedComparison]:
    """Yield the places that share most statements with one."""
    statements = statements_of_place(page.dataset, page.filtered, page.dataset.place[place_id])
    others = {
        other: ids for other, ids in page.filtered.by_place.items() if other not in {page.dataset.country_id, place_id}
    }
    for other, n in most_similar(statements, others, MOST_SUGGESTED):
        yield SuggestedComparison(
            name=page.name(other),
            note=page.words.counted("compare.in_common", n),
            text="",
            href=page.href(page.view.compare_with(other)),
        )
