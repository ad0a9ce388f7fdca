"""The page as the server sends it: Streamlit's, with a description and a picture of what a link asks for."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from ocmap import i18n
from ocmap.analysis.summaries import page_title
from ocmap.analysis.view_state import View, ViewState
from ocmap.dataset.schema import LANGUAGES, Lang
from ocmap.web import html
from ocmap.web.app_data import STREAMLIT, App
from ocmap.web.diagrams.map_content import content_of
from ocmap.web.diagrams.map_styles import INDEX
from ocmap.web.diagrams.still_map import draw_still_map
from ocmap.web.map_caption import describe_caption
from ocmap.web.page_context import PageContext
from ocmap.web.publish import asset
from ocmap.web.tokens import css_variables

HTML, TITLE, HEAD, ROOT, BODY = (
    '<html lang="en">',
    "<title>Streamlit</title>",
    "<head>",
    '<div id="root"></div>',
    "</body>",
)


@lru_cache(maxsize=1)
def streamlit_page() -> str:
    """Return Streamlit's own page.

    Raises:
        ValueError: It lacks a mark where our parts go, as another version of Streamlit may.
    """
    page = (STREAMLIT / "static" / "index.html").read_text("utf-8")
    if missing := [mark for mark in (HTML, TITLE, HEAD, ROOT, BODY) if page.count(mark) != 1]:
        raise ValueError(f"Streamlit's page has no {missing[0]}: ocmap needs the version that it was tested with")
    return page


def build_index(app: App, view: ViewState, lang: Lang, host: str) -> str:
    """Return the page for a state. ``host`` is the address before the path of the picture that link previews show."""
    page = PageContext(app.profile, lang, view)
    title = page_title(page.dataset, view, lang)
    light = "light/#" + page.href(replace(view, view=View.MAP, lang=lang)).removeprefix("?")
    published = app.published
    head = html.render(
        "index_head.html",
        title=title,
        description=_caption(app, view, lang) if view.view is View.MAP else page.words["page.tagline"],
        image=f"{host}preview/{view.place or view.route or 'map'}.{lang}.png",
        dashboard=published.dashboard,
        files=(published.evidence, published.panels[lang], published.script, published.data, published.style),
        style=_style(),
    )
    foot = html.render_localized(page, "index_foot.html", light=light, noscript=_words())
    root = f'<div id="root">{_picture(app, replace(view, data=None, tour=0), lang, light)}</div>'
    filled = streamlit_page()
    for mark, text in (
        (HTML, f'<html lang="{lang}">'),
        (TITLE, html.render("index_title.html", title=title)),
        (HEAD, HEAD + head),
        (ROOT, root),
        (BODY, foot + BODY),
    ):
        filled = filled.replace(mark, text, 1)
    return filled


@lru_cache(maxsize=1)
def _style() -> str:
    dark = f"@media (prefers-color-scheme: dark) {{\n{css_variables('dark')}}}"
    return "\n".join((css_variables("light"), dark, asset("web", "styles", "index.css")))


def _words() -> Mapping[Lang, i18n.Words]:
    return {lang: i18n.of(lang) for lang in LANGUAGES}


def _caption(app: App, view: ViewState, lang: Lang) -> str:
    return describe_caption(PageContext(app.profile, lang, view))


@lru_cache(maxsize=256)
def _picture(app: App, view: ViewState, lang: Lang, light: str) -> str:
    page = PageContext(app.profile, lang, view)
    return html.render_localized(
        page,
        "index_root.html",
        title=page.words["map.title"],
        caption=describe_caption(page),
        map=draw_still_map(app.profile, content_of(app.profile, page.filtered, view), INDEX, lang),
        light=light,
    )
