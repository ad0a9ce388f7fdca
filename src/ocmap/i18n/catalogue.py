"""The texts of the screen: one TOML file for each language, read by key."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ocmap.dataset.schema import Lang


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
    """Return the texts in a language."""
    tables = tomllib.loads(files("ocmap.i18n").joinpath(f"{lang}.toml").read_text("utf-8"))
    return Words(lang, MappingProxyType(_flat(tables)))


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in table.items():
        texts |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return texts
