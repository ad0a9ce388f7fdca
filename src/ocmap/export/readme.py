"""Write the README and licence of every download, and its title and citation."""

from typing import Literal

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import MOST_NAMED, name_markets, route_name
from ocmap.analysis.view_state import View, ViewState
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


def build_readme(profile: CountryProfile, view: ViewState, download: Download | Literal["site"], lang: Lang) -> str:
    """Return the README of a download of a view, or of the static edition."""
    dataset, words = profile.dataset, i18n.words_of(profile.dataset, lang)
    markets = [i18n.short_of(dataset.topic[market], lang) for market in view.markets]
    actors = [i18n.name_of(dataset.actor[actor], lang) for actor in view.actors]
    return ENVIRONMENT.get_template(f"readme_{lang}.txt").render(
        title=title_of(profile, view, lang),
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
        citation=citation_of(profile, view, lang),
    )


def build_rights(dataset: Dataset, lang: Lang) -> str:
    """Return the licences of the parts of a download."""
    return ENVIRONMENT.get_template(f"licence_{lang}.txt").render(
        licence=LICENCES[0]["path"], terms=LICENCES[1]["path"], country=dataset.settings.country
    )


def title_of(profile: CountryProfile, view: ViewState, lang: Lang) -> str:
    """Return the title of a view: what it is about and, in brackets, its filters."""
    dataset, words = profile.dataset, i18n.words_of(profile.dataset, lang)
    markets = i18n.lower_first(name_markets(dataset, view.markets, lang)) if view.markets else ""
    actors = i18n.and_list([i18n.name_of(dataset.actor[one], lang) for one in view.actors[:MOST_NAMED]], lang)
    if len(view.actors) > MOST_NAMED:
        actors = words.counted("filters.actors_some", len(view.actors))
    bases = "" if view.basis == tuple(Basis) else words["filters.basis_some"]
    filters = "; ".join(filter(None, (markets, actors, bases)))
    subject = subject_of(profile, view, lang)
    return f"{subject} ({filters})" if filters else subject


def subject_of(profile: CountryProfile, view: ViewState, lang: Lang) -> str:
    """Return what a view is about: on the map its route, its place, or the map itself."""
    dataset, words = profile.dataset, i18n.words_of(profile.dataset, lang)
    if view.view is View.COMPARE:
        names = [i18n.name_of(dataset.place[one], lang) for one in view.compare]
        return f"{words['compare.title']}: {i18n.and_list(names, lang)}" if names else words["compare.title"]
    if view.view is not View.MAP:
        return words.texts.get(f"{view.view}.title", words["map.title"])
    if view.route:
        return route_name(dataset, dataset.route[view.route], lang)
    return i18n.name_of(dataset.place[view.place], lang) if view.place else words["map.title"]


def citation_of(profile: CountryProfile, view: ViewState, lang: Lang) -> str:
    """Return the citation of a view, without a day of access, so that a download is the same on any day."""
    return cite(profile.dataset, title_of(profile, view, lang), lang)
