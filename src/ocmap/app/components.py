"""Elements of the page: templates drawn as HTML, and components whose clicks come back to the server."""

import re
from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ocmap.analysis.page_context import PageContext
from ocmap.app import session
from ocmap.web.html import render_localized
from ocmap.web.publish import DASHBOARD_NAME

MOST_AT_ONCE = 32  # clicks on an element that one run answers; nobody clicks faster
MARKDOWN = re.compile(r"[\\`*_\[\]<>$:~&!|/]")
SIGNS = re.compile(r"(?<=-)(?=[->])|(?<=<)(?=-)|(?<=:)(?=streamlit:)")
"""Where Streamlit would make an arrow, a dash or a logo."""


def component(name: str) -> ComponentRenderer:
    """Return a component in the page's own DOM, whose script is the function ``name`` of ``web/bundles/dashboard.js``.

    The script is part of every message, so it only names the bundle, which the browser imports once. If the bundle is
    lost, the element shows the HTML ``lost`` of its data.
    """
    js = (
        f'const bundle = import(new URL("app/static/{DASHBOARD_NAME}", document.baseURI));\n'
        f"export default (component) => bundle.then((module) => module.{name}(component), () => {{\n"
        '  component.parentElement.innerHTML = component.data.lost?.panel ?? component.data.html ?? "";\n'
        "});"
    )
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


LINKED = component("linked")
MAP_PART = component("part")


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
    mount(LINKED, key, data, lambda href: session.follow(page.profile, href))


def show_part(page: PageContext, part: str, template: str, **values: object) -> None:
    """Draw a part of the map's view that is the same in every state of a language; the browser adds the state."""
    MAP_PART(key=part, data={"part": part, "html": render_localized(page, template, **values)})


def mount(renderer: ComponentRenderer, key: str, data: Mapping[str, object], on_go: Callable[[str], None]) -> None:
    """Draw a component, and call ``on_go`` with each address that the browser asks to go to: as hostile as any URL."""

    def go() -> None:
        href = st.session_state[key].get("go")
        if isinstance(href, str):
            on_go(href)

    renderer(key=key, data=dict(data), on_go_change=limit_calls(go))
