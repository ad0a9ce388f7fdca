"""The browser and Python agree under any filters: scenes, links, panels, filters."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ocmap.analysis.filters import Filters
from ocmap.analysis.view_state import Layer, ViewState, Vocabulary
from ocmap.app.resources import load
from ocmap.dataset.schema import Basis, Lang
from ocmap.web import html
from ocmap.web.app_data import App
from ocmap.web.client_data import build_client_data
from ocmap.web.filter_form import describe_filters
from ocmap.web.map_caption import describe_caption
from ocmap.web.page_context import PageContext
from ocmap.web.panel_file import build_panels
from ocmap.web.panels import describe_panel
from ocmap.web.publish import evidence_script
from ocmap.web.scene import build_scene

SEED = 20250
LANGS: tuple[Lang, Lang] = ("es", "en")

# What a reader sees of some HTML: its text without what is hidden, and the addresses of its links.
SEEN = """
window.seen = (html) => {
  const root = document.createElement("div");
  if (typeof html === "string") root.innerHTML = html;
  else html(root);
  root.querySelectorAll("[hidden], [data-announce]").forEach((el) => el.remove());
  const links = [...root.querySelectorAll("a[data-go]")].map((el) => el.getAttribute("href"));
  const boxes = [...root.querySelectorAll("input")].map((el) => [el.name, el.value, el.checked]);
  const zero = [...root.querySelectorAll(".zero")].map((el) => el.dataset.basis);
  root.normalize();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const text = [];
  while (walker.nextNode()) text.push(walker.currentNode.data.replace(/\\s+/g, " ").trim());
  return { text: text.filter(Boolean), links, boxes, zero };
};
"""


@pytest.fixture(scope="module")
def app(geodata: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    return load.__wrapped__(geodata, tmp_path_factory.mktemp("static"))  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(scope="module")
def client(browser: Browser, app: App) -> Iterator[Page]:
    """A page without a server that has the script and the data."""
    page = browser.new_page()
    page.add_script_tag(content=evidence_script())
    page.evaluate("(data) => { window.evidence = new OcEvidence(data); }", build_client_data(app.profile))
    page.add_script_tag(content=SEEN)
    yield page
    page.close()


def some(rng: random.Random, ids: list[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(rng.sample(ids, rng.randint(0, most))))


def states(known: Vocabulary, n: int) -> list[ViewState]:
    """Return states of the map's view: the plain one, then any filters, layers and selections."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    places, routes = sorted(known.places), sorted(known.routes)
    found = [ViewState()]
    while len(found) < n:
        place, route = rng.choice(((None, None), (rng.choice(places), None), (None, rng.choice(routes))))
        found.append(
            ViewState(
                place=place,
                route=route,
                markets=some(rng, sorted(known.markets), rng.choice((0, 1, 1, 2, 6))),
                actors=some(rng, sorted(known.actors), rng.choice((0, 0, 1, 3))),
                basis=tuple(one for one in Basis if rng.random() < rng.choice((0.4, 1, 1))),
                layers=tuple(one for one in Layer if rng.random() < rng.choice((0.3, 0.7, 1))),
                lang=rng.choice((None, "es", "en")),
            )
        )
    return found


def test_scenes_are_the_same(app: App, client: Page) -> None:
    views = states(app.profile.vocabulary, 400)
    asked = [{"q": view.script_query(), "lang": "es", "theme": "dark"} for view in views]
    scenes = client.evaluate("(asked) => asked.map((one) => ({ ...evidence.scene(one), contentKey: 0 }))", asked)
    for view, scene in zip(views, scenes, strict=True):
        ours = build_scene(app.profile, app.profile.apply_filters(Filters.of(view)), view, "es", "dark")
        assert scene == {**ours, "contentKey": 0}, view


def test_links_are_the_same(app: App, client: Page) -> None:
    queries = [view.script_query() for view in states(app.profile.vocabulary, 400)]
    again = client.evaluate("(all) => all.map((one) => String(evidence.query(evidence.state(one))))", queries)
    assert again == queries


@pytest.mark.parametrize(
    "query",
    [
        "place=PE-LMA&place=PE-PUN",
        "place=nowhere&route=heroin.1-r1",
        "place=PE-LMA&route=heroin.1-r1",
        "markets=heroin,arms&markets=nothing&actors=%00",
        "basis=none&layers=none",
        "basis=border,named&layers=tripoints",
        "basis=&layers=&markets=&lang=fr",
        "place=%3Cscript%3E&markets=__proto__,constructor&lang=en&lang=es",
        "&&==%%&place",
    ],
)
def test_invalid_links_are_understood_the_same(app: App, client: Page, query: str) -> None:
    ours = ViewState.from_href(f"?{query}", app.profile.vocabulary)
    theirs = client.evaluate("(query) => String(evidence.query(evidence.state(query)))", query)
    assert theirs == ours.script_query()


def seen(page: Page, text: str) -> Any:
    return page.evaluate("(html) => seen(html)", text)


@pytest.mark.parametrize("lang", LANGS)
def test_panels_equal_those_of_the_server(app: App, client: Page, lang: Lang) -> None:
    views = [replace(view, lang=lang) for view in states(app.profile.vocabulary, 250)]
    panels = build_panels(app.profile, lang)
    for view in views:
        context = PageContext(app.profile, lang, view)
        ours = html.render_localized(context, "panel.html", **describe_panel(context))
        theirs = client.evaluate(
            """([html, query, lang]) =>
              seen((root) => evidence.showPanel(root, html, evidence.state(query), lang, query))""",
            [panels[view.place or view.route or ""], view.script_query(), lang],
        )
        assert theirs == seen(client, ours), view


@pytest.mark.parametrize("lang", LANGS)
def test_the_line_above_the_map_and_the_filters_equal_those_of_the_server(app: App, client: Page, lang: Lang) -> None:
    views = [replace(view, lang=lang) for view in states(app.profile.vocabulary, 120)]
    unfiltered = PageContext(app.profile, lang, ViewState())
    blank = html.render_localized(unfiltered, "filters.html", **describe_filters(unfiltered))
    for view in views:
        context = PageContext(app.profile, lang, view)
        filters, tally = client.evaluate(
            """([html, query, lang]) => {
              const fill = (root) => {
                root.innerHTML = html;
                evidence.showFilters(root, evidence.state(query), lang, query);
              };
              return [seen(fill), evidence.caption(evidence.state(query), lang)];
            }""",
            [blank, view.script_query(), lang],
        )
        ours = html.render_localized(context, "filters.html", **describe_filters(context))
        assert filters == seen(client, ours), view
        assert tally == describe_caption(context)
