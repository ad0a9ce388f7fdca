"""The texts of the screen: one TOML file for each language, read by key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import Problem
from ocmap.dataset.schema import LANGUAGES, MARKETS, Lang, Place

GAPS = (
    "country",
    "of_country",
    "edition",
    "code_name",
    "office",
    "by_office",
    "n_editions",
    "n_markets",
    "n_regions",
    "source_url",
    "source_site",
    "source_name",
    "data_version",
)
"""What a text can say of the country of a data package."""
GAP = re.compile(rf"\{{({'|'.join(GAPS)})\}}")
BRACES = re.compile(r"[{}]")
FIELD = re.compile(r"\{\w+\}")


@dataclass(frozen=True, eq=False)
class Words:
    """The texts in one language: ``words["table.total"]`` is ``total`` in the table ``[table]``.

    Attributes:
        lang: The language.
        texts: Every text by its key; one that counts has two, such as ``count.places.one`` and ``count.places.other``.
    """

    lang: Lang
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return a text; what is to be filled in stands in it as ``{name}``, for `str.format`.

        Raises:
            KeyError: There is no such text.
        """
        if key not in self.texts:
            raise KeyError(f"no text {key!r} in {self.lang}.toml")
        return self.texts[key]

    def counted(self, key: str, n: int) -> str:
        """Return the form of a text for a number, filled with it: ``1 place``, ``2 places``."""
        return self[f"{key}.{'one' if n == 1 else 'other'}"].format(n=n)

    def tables(self, *names: str) -> dict[str, str]:
        """Return the texts of some tables by key, for the browser."""
        return {key: text for key, text in self.texts.items() if key.partition(".")[0] in names}


@cache
def of(lang: Lang) -> Words:
    """Return the texts in a language that say nothing of a country, for where no package is at hand."""
    return Words(lang, MappingProxyType({key: text for key, text in _catalogue(lang).items() if not GAP.search(text)}))


@lru_cache(maxsize=8)
def words_of(dataset: Dataset, lang: Lang) -> Words:
    """Return the texts in a language for the country of a data package."""
    gaps = _gaps(dataset, lang)
    texts = _catalogue(lang) | own_texts(dataset, lang)
    return Words(lang, MappingProxyType({key: GAP.sub(lambda gap: gaps[gap[1]], one) for key, one in texts.items()}))


def own_texts(dataset: Dataset, lang: Lang) -> dict[str, str]:
    """Return the texts that a data package has in its own words, by key."""
    return _flat(dataset.settings.texts.get(lang, {}))


def check_texts(dataset: Dataset) -> Iterator[Problem]:
    """A text of ``profile.toml`` has the key of a text of the catalogue, and no gap that this has not."""
    for lang in LANGUAGES:
        catalogue = _catalogue(lang)
        for key, text in own_texts(dataset, lang).items():
            fault = partial(dataset.settings.problem, f"texts.{lang}.{key}")
            if key not in catalogue:
                yield fault(f"no text {key!r}", f"a key of {lang}.toml")
            elif unknown := set(FIELD.findall(text)) - set(FIELD.findall(catalogue[key])) - {f"{{{g}}}" for g in GAPS}:
                yield fault(f"the gap {', '.join(sorted(unknown))}", f"only gaps of {catalogue[key]!r}")


def _gaps(dataset: Dataset, lang: Lang) -> Mapping[str, str]:
    settings, country = dataset.settings, phrase_of(dataset.place[dataset.country_id], lang)
    gaps = {
        "country": country,
        "of_country": of_phrase(country, lang),
        "edition": str(settings.source.edition),
        "code_name": settings.country.code.of(lang),
        "office": settings.country.office,
        "by_office": settings.country.office_es if lang == "es" else settings.country.office,
        "n_editions": str(len({score.edition for score in dataset.scores})),
        "n_markets": str(len(MARKETS)),
        "n_regions": str(settings.country.regions),
        "source_url": settings.source.url,
        "source_site": settings.source.site,
        "source_name": settings.source.full(lang),
        "data_version": dataset.version,
    }
    return {name: BRACES.sub("", value) for name, value in gaps.items()}  # else they would be gaps of the text


def phrase_of(place: Place, lang: Lang) -> str:
    """Return a place's name as it stands in a sentence, with its article: ``la Amazonía``."""
    return (place.phrase_es or place.name_es) if lang == "es" else (place.phrase_en or place.name_en)


def of_phrase(phrase: str, lang: Lang) -> str:
    """Return ``of`` and a phrase; in Spanish «de el» becomes «del»."""
    if lang == "en":
        return f"of {phrase}"
    return f"del {phrase.removeprefix('el ')}" if phrase.startswith("el ") else f"de {phrase}"


@cache
def _catalogue(lang: Lang) -> dict[str, str]:
    return _flat(tomllib.loads(files("ocmap.i18n").joinpath(f"{lang}.toml").read_text("utf-8")))


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in table.items():
        texts |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return texts
