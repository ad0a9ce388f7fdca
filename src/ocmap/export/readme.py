"""Write the README and licence of every download, and its title and citation."""

from typing import Literal

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import route_name
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.codebook import LICENCES
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Lang
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
    """Return the title of a view: its route, its place, or the map."""
    if view.route:
        return route_name(profile.dataset, profile.dataset.route[view.route], lang)
    return i18n.name_of(profile.dataset.place[view.place], lang) if view.place else i18n.of(lang)["map.title"]


def citation_of(profile: CountryProfile, view: ViewState, lang: Lang) -> str:
    """Return the citation of a view, without a day of access, so that a download is the same on any day."""
    return cite(profile.dataset, title_of(profile, view, lang), lang)
