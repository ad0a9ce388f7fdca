"""What changed from one version of the data to the next, in both languages; ``CHANGELOG.md`` says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from ocmap.dataset.schema import Lang


@dataclass(frozen=True)
class Release:
    """A version of the data, with its day and what it added."""

    version: str
    day: date
    added: tuple[Mapping[Lang, str], ...]


def _both(es: str, en: str) -> Mapping[Lang, str]:
    return MappingProxyType({"es": es, "en": en})


RELEASES = (
    Release(
        "0.1.0",
        date(2026, 11, 23),
        (
            _both(
                "Las 172 oraciones del perfil 2025, leídas: 171 codificadas, en 252 afirmaciones, y 1 que no afirma "
                "nada que se pueda codificar.",
                "The 172 sentences of the 2025 profile, read: 171 coded, in 252 statements, and 1 that asserts nothing "
                "that could be coded.",
            ),
            _both(
                "24 rutas y los vínculos entre actores, cada uno con la afirmación en que se apoya; la lista de "
                "lugares y la de actores.",
                "24 routes and the ties between actors, each with the statement that it rests on; the lists of places "
                "and of actors.",
            ),
            _both(
                "Los puntajes del Perú en el Índice, por edición.",
                "The Index’s scores of Peru, by edition.",
            ),
            _both(
                "Las dos rondas de codificación y la decisión sobre cada diferencia.",
                "Both rounds of coding, and the decision on each difference.",
            ),
            _both(
                "Formas de las 26 regiones, los 5 corredores de frontera, los países vecinos y los ríos principales, y "
                "3 trazados esquemáticos.",
                "Shapes of the 26 regions, the 5 border corridors, the neighbouring countries and the main rivers, and "
                "3 schematic paths.",
            ),
        ),
    ),
)
"""Every version of the data, the newest first."""


def since(version: str) -> tuple[Release, ...]:
    """Return what has come after a version ``x.y.z`` of the data, the newest first."""

    def rank(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in text.split("."))

    return tuple(release for release in RELEASES if rank(release.version) > rank(version))
