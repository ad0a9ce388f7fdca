"""Elements of the page: templates drawn as HTML, and components whose clicks come back to the server."""

import re
from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ocmap.web.html import FOLDER, LINKED_NAME, render

HAVE = "ocmap_have"  # the file of panels that the browser has said it has, if any
LONGEST_NAME = 100  # of such a file
MOST_AT_ONCE = 32  # clicks on an element that one run answers; nobody clicks faster
MARKDOWN = re.compile(r"[\\`*_\[\]<>$:~&!|/]")
SIGNS = re.compile(r"(?<=-)(?=[->])|(?<=<)(?=-)|(?<=:)(?=streamlit:)")
"""Where an arrow, a dash or a logo would be made."""


def component(name: str) -> ComponentRenderer:
    """Return a component of the page, in the page's own DOM, whose script is ``web/client/NAME.js``.

    Comments of whole lines and indents are left out, since the script goes along with every message.
    """
    lines = (line.strip() for line in FOLDER.joinpath("client", f"{name}.js").read_text("utf-8").splitlines())
    js = "\n".join(line for line in lines if line and not line.startswith(("/**", "//")))
    return st.components.v2.component(f"ocmap_{name}", js=js, isolate_styles=False)


def few(answer: Callable[[], None]) -> Callable[[], None]:
    """Limit the callback of a component to the first few calls of a run.

    One message of a browser may hold ten thousands of clicks: Streamlit calls back for each of them, and goes through
    all of them whenever one is looked up.
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
    """Return a text as the label of one of Streamlit's buttons or pills, which would read it as Markdown.

    Streamlit turns a few signs into others after it has read the Markdown; an invisible joint keeps them apart.
    """
    return MARKDOWN.sub(r"\\\g<0>", SIGNS.sub("\u2060", text))


def show(template: str, **values: object) -> None:
    """Draw a template of ``web/templates`` as HTML."""
    st.html(render(template, **values))


def show_linked(template: str, key: str, on_go: Callable[[str], None], **values: object) -> None:
    """Draw a template whose links are answered without leaving the page.

    A click on an ``<a data-go href="{{ view.href() }}">`` calls ``on_go`` with the address, which is as hostile as
    any URL. Opened in another tab, it is the link it says. Where the link that was followed is gone afterwards,
    the focus goes to the first element with a ``tabindex``: give the heading ``tabindex="-1"``.
    """
    mount(key, on_go, {"html": render(template, **values)})


def mount(key: str, on_go: Callable[[str], None], data: Mapping[str, str]) -> None:
    """Draw what `show_linked` draws: ``html`` out of ``data``, the rest of which is for the element's script."""

    def go() -> None:
        value = st.session_state[key].get("go")
        if isinstance(value, dict) and isinstance(value.get("href"), str):
            remember_panels(value.get("have"))
            on_go(value["href"])

    LINKED(key=key, data=dict(data), on_go_change=few(go))
