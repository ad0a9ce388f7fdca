"""The session's `ViewState`: read from the URL, changed by callbacks, written back to the URL."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from time import monotonic

import streamlit as st

from ocmap import i18n
from ocmap.analysis.view_state import ViewState, cut
from ocmap.dataset.schema import Lang
from ocmap.web.app_data import App
from ocmap.web.map_data import Theme

VIEW = "ocmap_view"
WRITTEN = "ocmap_written"
DROPPED = "ocmap_dropped"
CUT = "ocmap_cut"
OLD_DATA = "ocmap_old_data"
LEFT = "ocmap_left"
LATE_S = 2  # how long a click may have been on its way

Asked = dict[str, list[str]]


def current() -> ViewState:
    """Return the state of this session."""
    view = st.session_state.get(VIEW)
    return view if isinstance(view, ViewState) else ViewState()


def follow_url(app: App) -> ViewState:
    """Take over the URL where it is not the one this session wrote last: a link, or the back button.

    Widgets follow the state: each full run sets their values from it before it draws them.
    """
    asked = _asked()
    if st.session_state.get(WRITTEN) != asked:
        view = ViewState.from_query(asked, app.known)
        st.session_state[VIEW] = view
        st.session_state[WRITTEN] = asked
        st.session_state[DROPPED] = _dropped(asked, view)
        st.session_state[CUT] = cut(asked, app.known)
        st.session_state[OLD_DATA] = view.data if view.data not in (None, app.version) else None
    return current()


def go(app: App, view: ViewState) -> None:
    """Make a state the session's own and write it to the URL, as one entry of the browser's history.

    Where the URL is neither the one written last nor the one just before it, the reader is on the way back through
    the history: then the URL decides. Streamlit may call a widget's callback all the same, with an old value, if the
    run before was cut short before that widget was drawn. The URL just before is that of a reader whose second click
    was faster than the answer to the first.

    What is no known id is dropped, as it is from a link: of some widgets a browser may send any text as the choice.
    """
    view = ViewState.from_query(replace(view, data=app.version).to_query(), app.known)
    asked = _asked()
    if view == current() or not (st.session_state.get(WRITTEN, asked) == asked or _is_late(asked)):
        return
    st.session_state[VIEW] = view
    forget_notices()
    st.query_params.from_dict({name: value for name, value in view.to_query().items() if name != "embed"})
    st.session_state[WRITTEN] = _asked()
    st.session_state[LEFT] = (*_left_lately(), (monotonic(), asked))


def forget_notices() -> None:
    """Forget what there was to say of the link that was followed."""
    st.session_state[DROPPED] = ()
    st.session_state[CUT] = {}
    st.session_state[OLD_DATA] = None


def _is_late(asked: Asked) -> bool:
    """Return whether this is the URL of a moment ago, which the browser had when it sent a click."""
    return any(left == asked for _, left in _left_lately())


def _left_lately() -> tuple[tuple[float, Asked], ...]:
    """Return the URLs that this session left a moment ago, each with the time."""
    now = monotonic()
    return tuple(one for one in st.session_state.get(LEFT, ()) if now - one[0] < LATE_S)


def follow(app: App, href: str) -> None:
    """Go where a link of ours leads; a view that is embedded stays so."""
    go(app, replace(ViewState.from_href(href, app.known), embed=current().embed))


def href(app: App, view: ViewState) -> str:
    """Return the link to a state of these data."""
    return replace(view, data=app.version, embed=False).href()


def query(view: ViewState) -> str:
    """Return the query of a state's link as the browser's scripts compare it: without the data's version."""
    return replace(view, data=None, embed=False).href().removeprefix("?")


def language(view: ViewState) -> Lang:
    """Return the language to write in: the state's, otherwise the browser's."""
    return view.lang or i18n.language_of(st.context.locale)


def theme() -> Theme:
    """Return whether Streamlit shows its light or its dark theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def today() -> date:
    """Return the day it is for the reader, which is what a citation and a brief are dated with.

    The browser says how many minutes UTC is ahead of its clock; where it says nothing that can be, UTC is taken.
    """
    zone = UTC
    if ahead := st.context.timezone_offset:
        with suppress(ValueError, OverflowError):
            zone = timezone(timedelta(minutes=-ahead))
    return datetime.now(tz=zone).date()


def _asked() -> Asked:
    """Return the URL's parameters, ``embed`` included, which Streamlit keeps to itself."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    return {**asked, "embed": ["true"]} if st.context.is_embedded else asked


def _dropped(asked: Mapping[str, list[str]], view: ViewState) -> tuple[str, ...]:
    """Return the names of the parameters of ours of which nothing was understood; never their values."""
    fields = ViewState.__dataclass_fields__
    default = ViewState()
    understood = view.to_query()
    return tuple(
        sorted(
            name
            for name, values in asked.items()
            if name in fields and any(values) and name not in understood and not _says_default(name, values, default)
        )
    )


def _says_default(name: str, values: list[str], default: ViewState) -> bool:
    """Return whether a parameter merely spells out what is default anyway."""
    value = getattr(default, name)
    said = {one for part in values for one in part.split(",")}
    return said <= ({str(one) for one in value} if isinstance(value, tuple) else {str(value)})
