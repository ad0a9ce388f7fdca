"""The session's `ViewState`: read from the URL, changed by callbacks, written back to the URL."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from time import monotonic

import streamlit as st

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import View, ViewState, dropped_parameters, truncated_parameters
from ocmap.dataset.schema import Lang
from ocmap.web.tokens import Theme

VIEW = "ocmap_view"
LAST_URL = "ocmap_written"
DROPPED = "ocmap_dropped"
TRUNCATED = "ocmap_cut"
OLD_DATA = "ocmap_old_data"
LEFT_URLS = "ocmap_left"
SHARE_ASKED = "ocmap_share"  # the part with which this run is to open the share dialog
SHARE, DATA = "share", "data"
"""The parts with which it begins, as the fragments of links."""
LATE_S = 2  # how long a click may take to reach the server

UrlParameters = dict[str, list[str]]


def current() -> ViewState:
    """Return the state of this session."""
    view = st.session_state.get(VIEW)
    return view if isinstance(view, ViewState) else ViewState()


def follow_url(profile: CountryProfile) -> ViewState:
    """Return the session's state, read anew from the URL where the reader changed it: by a link or the back button.

    Each full run sets the widgets' values from the state before it draws them.
    """
    parameters = _url_parameters()
    if st.session_state.get(LAST_URL) != parameters:
        view = ViewState.from_query(parameters, profile.vocabulary)
        st.session_state[VIEW] = view
        st.session_state[LAST_URL] = parameters
        st.session_state[DROPPED] = dropped_parameters(parameters, view)
        st.session_state[TRUNCATED] = truncated_parameters(parameters, profile.vocabulary)
        st.session_state[OLD_DATA] = view.data if view.data not in (None, profile.dataset.version) else None
    return current()


def go(profile: CountryProfile, view: ViewState) -> None:
    """Set the session's state and write it to the URL, as one entry of the browser's history.

    If the URL is neither the last one that was written nor the one just before it, the reader is going back through
    the history, and the URL decides: Streamlit may call a widget's callback late, with an old value, when the run
    before was interrupted. The URL just before is that of a second click which was faster than the first answer.

    Unknown ids are dropped as in a link, since a browser may send any text as the value of some widgets.
    """
    view = ViewState.from_query(replace(view, data=profile.dataset.version).to_query(), profile.vocabulary)
    parameters = _url_parameters()
    if view == current() or not (st.session_state.get(LAST_URL, parameters) == parameters or _is_late(parameters)):
        return
    st.session_state[VIEW] = view
    forget_notices()
    st.query_params.from_dict(view.to_query())
    st.session_state[LAST_URL] = _url_parameters()
    st.session_state[LEFT_URLS] = (*_recent_urls(), (monotonic(), parameters))


def go_to_view(profile: CountryProfile, view: View) -> None:
    """Show another view under the same filters."""
    go(profile, replace(current(), view=view))


def has_notices() -> bool:
    """Return whether the page shows a notice about the link that was opened."""
    return any(map(st.session_state.get, (DROPPED, TRUNCATED, OLD_DATA)))


def forget_notices() -> None:
    """Remove the notices about the link that was opened."""
    st.session_state[DROPPED] = ()
    st.session_state[TRUNCATED] = {}
    st.session_state[OLD_DATA] = None


def _is_late(parameters: UrlParameters) -> bool:
    """Return whether this is the previous URL, which the browser still had when it sent a click."""
    return any(left == parameters for _, left in _recent_urls())


def _recent_urls() -> tuple[tuple[float, UrlParameters], ...]:
    """Return the URLs that this session left in the last seconds, each with the time."""
    now = monotonic()
    return tuple(one for one in st.session_state.get(LEFT_URLS, ()) if now - one[0] < LATE_S)


def follow(profile: CountryProfile, href: str) -> None:
    """Set the state that one of our links leads to, or open the share dialog where its fragment says so.

    A link to a part of the method view may be older than the last filter, which it must not undo.
    """
    query, _, fragment = href.partition("#")
    if fragment in {SHARE, DATA}:
        ask_for_share(fragment)
    elif fragment.startswith("method-"):
        go_to_view(profile, View.METHOD)
    else:
        go(profile, ViewState.from_href(query, profile.vocabulary))


def ask_for_share(part: str) -> None:
    """Open the share dialog in this run."""
    st.session_state[SHARE_ASKED] = part


def language(view: ViewState) -> Lang:
    """Return the language to write in: the state's, otherwise the browser's."""
    return view.lang or i18n.language_of(st.context.locale)


def theme() -> Theme:
    """Return whether Streamlit shows its light or its dark theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def today() -> date:
    """Return today's date in the reader's time zone, for citations and briefs.

    The browser sends how many minutes UTC is ahead of its clock; without a valid value UTC is used.
    """
    zone = UTC
    if ahead := st.context.timezone_offset:
        with suppress(ValueError, OverflowError):
            zone = timezone(timedelta(minutes=-ahead))
    return datetime.now(tz=zone).date()


def _url_parameters() -> UrlParameters:
    return {name: st.query_params.get_all(name) for name in st.query_params}
