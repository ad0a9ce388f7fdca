"""Elements of the page: templates drawn as HTML, and components whose clicks come back to the server."""

import re
from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ocmap.app import session
from ocmap.web.html import FOLDER, LINKED_NAME, render_localized
from ocmap.web.page_context import PageContext

HAVE = "ocmap_have"  # session key: the name of the panel file that the browser has fetched, if any
LONGEST_NAME = 100  # characters in the name of such a file
MOST_AT_ONCE = 32  # clicks on an element that one run answers; nobody clicks faster
MARKDOWN = re.compile(r"[\\`*_\[\]<>$:~&!|/]")
SIGNS = re.compile(r"(?<=-)(?=[->])|(?<=<)(?=-)|(?<=:)(?=streamlit:)")
"""Where Streamlit would make an arrow, a dash or a logo."""


def component(name: str) -> ComponentRenderer:
    """Return a component in the page's own DOM, with the script ``web/client/NAME.js``.

    The script is part of every message, so whole-line comments and indents are left out.
    """
    lines = (line.strip() for line in FOLDER.joinpath("client", f"{name}.js").read_text("utf-8").splitlines())
    js = "\n".join(line for line in lines if line and not line.startswith(("/**", "//")))
    return st.components.v2.component(f"ocmap_{name}", js=js, isolate_styles=False)


def limit_calls(answer: Callable[[], None]) -> Callable[[], None]:
    """Limit the callback of a component to the first ``MOST_AT_ONCE`` calls of a run.

    One message of a browser may hold ten thousand clicks. Streamlit calls back for each, and goes through all of them
    at each call.
    """
    left = iter(range(MOST_AT_ONCE))

    def call() -> None:
        if next(left, None) is not None:
            answer()

    return call


def remember_panels(have: object) -> None:
    """Store the name of the panel file that the browser has fetched; ignore any other value."""
    st.session_state[HAVE] = have if isinstance(have, str) and len(have) <= LONGEST_NAME else None


LINKED = st.components.v2.component(
    "ocmap_linked",
    js=f"""const script = import(new URL("app/static/{LINKED_NAME}", document.baseURI));
export default (component) => script.then((module) => module.default(component), () => {{
  component.parentElement.innerHTML = component.data.html ?? "";
}});""",
    isolate_styles=False,
)


def as_label(text: str) -> str:
    """Escape a text for the label of a button or pill of Streamlit, which reads labels as Markdown.

    Streamlit also joins some pairs of signs into one; an invisible character between them prevents it.
    """
    return MARKDOWN.sub(r"\\\g<0>", SIGNS.sub("\u2060", text))


def show(page: PageContext, template: str, **values: object) -> None:
    """Draw a template of ``web/templates`` as HTML, with the page's ``words`` and ``lang``."""
    st.html(render_localized(page, template, **values))


def show_linked(page: PageContext, template: str, key: str, **values: object) -> None:
    """Draw a template as `show` does; a click on a link changes the session's state without leaving the page.

    Such a link is an ``<a data-go href="{{ page.href(view) }}">``. It also works in another tab. If the link is gone
    after the click, the focus goes to the first element with a ``tabindex``: give the heading ``tabindex="-1"``.
    """
    data = {"html": render_localized(page, template, **values)}
    mount(key, lambda href: session.follow(page.profile, href), data)


def mount(key: str, on_go: Callable[[str], None], data: Mapping[str, str]) -> None:
    """Draw the ``html`` in ``data`` and call ``on_go`` with the address of each link that is clicked.

    The address is as hostile as any URL. The element's script gets all of ``data``.
    """

    def go() -> None:
        value = st.session_state[key].get("go")
        if isinstance(value, dict) and isinstance(value.get("href"), str):
            remember_panels(value.get("have"))
            on_go(value["href"])

    LINKED(key=key, data=dict(data), on_go_change=limit_calls(go))
