"""Write the README and licence of every download, and its title and citation."""

from typing import Literal

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from ocmap import i18n
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import MOST_NAMED, name_markets, route_name
from ocmap.analysis.view_state import View
from ocmap.dataset.codebook import LICENCES
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Lang
from ocmap.export.files import Download
from ocmap.web.citation import cite
from ocmap.web.tokens import TOKENS

ENVIRONMENT = Environment(
    loader=ChoiceLoader([PackageLoader(f"ocmap.{name}") for name in ("export", "export.print", "web")]),
    autoescape=select_autoescape(("html", "qml", "svg")),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)
ENVIRONMENT.globals["colours"] = {**TOKENS["light"], **TOKENS["brief"]}


def build_readme(page: PageContext, download: Download | Literal["site"]) -> str:
    """Return the README of a download of a page, or of the static edition."""
    dataset, view, lang, words = page.dataset, page.view, page.lang, page.words
    markets = [i18n.short_of(dataset.topic[market], lang) for market in view.markets]
    actors = [i18n.name_of(dataset.actor[actor], lang) for actor in view.actors]
    return ENVIRONMENT.get_template(f"readme_{lang}.txt").render(
        title=title_of(page),
        version=dataset.version,
        country=i18n.phrase_of(dataset.place[dataset.country_id], lang),
        of_country=i18n.of_phrase(i18n.phrase_of(dataset.place[dataset.country_id], lang), lang),
        country_id=dataset.country_id,
        download=str(download),
        markets=", ".join(markets) or words["filters.markets_all"],
        actors=", ".join(actors) or words["filters.actors_all"],
        bases="; ".join(words[f"basis.{basis}"] for basis in view.basis),
        profile=dataset.settings.source.full(lang),
        profile_url=dataset.settings.source.url,
        citation=citation_of(page),
    )


def build_rights(dataset: Dataset, lang: Lang) -> str:
    """Return the licences of the parts of a download."""
    return ENVIRONMENT.get_template(f"licence_{lang}.txt").render(
        licence=LICENCES[0]["path"], terms=LICENCES[1]["path"], country=dataset.settings.country
    )


def title_of(page: PageContext) -> str:
    """Return the title of a page: what it is about and, in brackets, its filters."""
    dataset, view, lang, words = page.dataset, page.view, page.lang, page.words
    markets = i18n.lower_first(name_markets(page)) if view.markets else ""
    actors = i18n.and_list([i18n.name_of(dataset.actor[one], lang) for one in view.actors[:MOST_NAMED]], lang)
    if len(view.actors) > MOST_NAMED:
        actors = words.counted("filters.actors_some", len(view.actors))
    bases = "" if view.basis == tuple(Basis) else words["filters.basis_some"]
    filters = "; ".join(filter(None, (markets, actors, bases)))
    subject = subject_of(page)
    return f"{subject} ({filters})" if filters else subject


def subject_of(page: PageContext) -> str:
    """Return what a page is about: on the map its route, its place, or the map itself."""
    view, words = page.view, page.words
    if view.view is View.COMPARE:
        names = [page.name(one) for one in view.compare]
        return f"{words['compare.title']}: {i18n.and_list(names, page.lang)}" if names else words["compare.title"]
    if view.view is not View.MAP:
        return words.texts.get(f"{view.view}.title", words["map.title"])
    if view.route:
        return route_name(page.dataset, page.dataset.route[view.route], page.lang)
    return page.name(view.place) if view.place else words["map.title"]


def citation_of(page: PageContext) -> str:
    """Return the citation of a page, without a day of access, so that a download is the same on any day."""
    return cite(page.dataset, title_of(page), page.lang)
