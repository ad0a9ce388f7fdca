"""The page as the server sends it: Streamlit's, with a description and a picture of what a link asks for."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import page_title
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.diagrams.map_content import content_of
from ocmap.web.diagrams.map_styles import index_style
from ocmap.web.diagrams.still_map import draw_still_map
from ocmap.web.fonts import STREAMLIT
from ocmap.web.map_caption import describe_caption
from ocmap.web.publish import asset
from ocmap.web.tokens import css_variables

MARKS = HTML, TITLE, HEAD, ROOT, NOSCRIPT, END_NOSCRIPT, BODY = (
    '<html lang="en">',
    "<title>Streamlit</title>",
    "<head>",
    '<div id="root"></div>',
    "<noscript>",
    "</noscript>",
    "</body>",
)
LOGGER = logging.getLogger("ocmap")


@cache
def streamlit_page() -> str:
    """Return Streamlit's own page."""
    return (STREAMLIT / "static" / "index.html").read_text("utf-8")


@cache
def missing_marks() -> tuple[str, ...]:
    """Return the marks at which our parts go and which Streamlit's page lacks, as that of another version may."""
    missing = tuple(mark for mark in MARKS if streamlit_page().count(mark) != 1)
    if missing:
        LOGGER.warning("Streamlit's page is served as it is: it lacks %s", " ".join(missing))
    return missing


def build_index(app: App, view: ViewState, lang: Lang, address: str) -> str:
    """Return the page for a state, or Streamlit's own where that cannot be filled.

    ``address`` is that of the page without its query, under which link previews find the picture.
    """
    if missing_marks():
        return streamlit_page()
    page = PageContext(app.profile, lang, view)
    title = page_title(page)
    light = "light/#" + page.href(replace(view, view=View.MAP, lang=lang)).removeprefix("?")
    before, rest = streamlit_page().split(NOSCRIPT)
    after = rest.partition(END_NOSCRIPT)[2]
    filled = before + html.render("index_noscript.html", texts=_words(page.dataset)) + after
    root = f'<div id="root">{_picture(page, light)}</div>'
    foot = html.render_localized(page, "index_foot.html", light=light)
    for mark, text in (
        (HTML, f'<html lang="{lang}">'),
        (TITLE, html.render("index_title.html", title=title)),
        (HEAD, HEAD + _head(app, page, title, address) + f"<style>{_style()}</style>\n"),
        (ROOT, root),
        (BODY, foot + BODY),
    ):
        filled = filled.replace(mark, text, 1)
    return filled


def _head(app: App, page: PageContext, title: str, address: str) -> str:
    view, published = page.view, app.published
    return html.render(
        "index_head.html",
        title=title,
        description=describe_caption(page) if view.view is View.MAP else page.words["page.tagline"],
        image=f"{address}preview/{view.place or view.route or 'map'}.{page.lang}.png",
        dashboard=published.dashboard,
        files=(published.evidence, published.panels[page.lang], published.script, published.data, published.style),
    )


@cache
def _style() -> str:
    dark = f"@media (prefers-color-scheme: dark) {{\n{css_variables('dark')}}}"
    return "\n".join((css_variables("light"), dark, asset("web", "styles", "index.css")))


def _words(dataset: Dataset) -> Mapping[Lang, i18n.Words]:
    return {lang: i18n.words_of(dataset, lang) for lang in LANGUAGES}


def _picture(page: PageContext, light: str) -> str:
    return html.render_localized(
        page,
        "index_root.html",
        title=page.words["map.title"],
        caption=describe_caption(page),
        map=draw_still_map(page.profile, content_of(page), index_style(page.dataset.settings), page.lang),
        light=light,
    )
