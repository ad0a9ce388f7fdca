"""The page's state: one frozen `ViewState`, and its way to and from the URL."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Literal, Self, TypeVar
from urllib.parse import parse_qs, urlencode

from ocmap.dataset.dataset import Dataset, ids_of
from ocmap.dataset.schema import LANGUAGES, Basis

NONE = "none"  # how the URL says that a list is empty on purpose
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)
MOST_COMPARED = 3
A_PAIR = 2
BY_NAME = "name"  # how the URL says that the table's rows are sorted by name
TOUR_STEPS = 5
MOST_FIELDS = 1000  # in a link; a longer one is none of ours

Query = Mapping[str, str | Sequence[str]]
Member = TypeVar("Member", bound=StrEnum)


class Layer(StrEnum):
    """A layer of the map that can be switched on and off."""

    REGIONS = "regions"
    CORRIDORS = "corridors"
    ROUTES = "routes"
    SITES = "sites"
    RIVERS = "rivers"
    TRIPOINTS = "tripoints"
    RESPONSES = "responses"


class View(StrEnum):
    """A view of the page."""

    MAP = "map"
    TABLE = "table"
    ROUTES = "routes"
    COMPARE = "compare"
    ACTORS = "actors"
    RESILIENCE = "resilience"
    NATIONAL = "national"
    METHOD = "method"


class Matrix(StrEnum):
    """What the table counts: statements by place and market, or how often two markets are named together."""

    MARKETS = "markets"
    SENTENCES = "sentences"
    PLACES = "places"


DEFAULT_LAYERS = tuple(layer for layer in Layer if layer not in {Layer.TRIPOINTS, Layer.RESPONSES})


@dataclass(frozen=True)
class Vocabulary:
    """The ids that a URL may name; everything else in it is dropped."""

    places: frozenset[str]
    routes: frozenset[str]
    markets: frozenset[str]
    actors: frozenset[str]

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        """Return the ids of a data package."""
        return cls(
            places=ids_of(dataset.places, "place_id"),
            routes=ids_of(dataset.routes, "route_id"),
            markets=ids_of(dataset.markets, "topic_id"),
            actors=ids_of(dataset.actors, "actor_id"),
        )


@dataclass(frozen=True)
class ViewState:
    """What the reader sees: the selection, the filters, the view.

    At most one of ``place`` and ``route`` is set. An empty ``markets`` or ``actors`` means all of them;
    ``lang`` is None as long as the browser's language decides; ``tour`` is the step of the tour that is shown, from 1,
    or 0. The map's pan and zoom are not part of it.

    Of the table, ``cell`` holds what is open besides the place: one market, or a pair of them; ``sort`` is a market
    or `BY_NAME`, and None means by total.
    """

    place: str | None = None
    route: str | None = None
    compare: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = tuple(Basis)
    layers: tuple[Layer, ...] = DEFAULT_LAYERS
    view: View = View.MAP
    matrix: Matrix = Matrix.MARKETS
    cell: tuple[str, ...] = ()
    sort: str | None = None
    lang: Literal["es", "en"] | None = None
    embed: bool = False
    data: str | None = None
    tour: int = 0

    @classmethod
    def from_query(cls, query: Query, known: Vocabulary) -> Self:
        """Return the state that a URL's parameters ask for.

        Total: whatever is unknown, doubled or malformed is dropped, and nothing raises. ``query`` maps a
        parameter's name to its value or to the list of its values.
        """
        place = _first(query, "place", known.places)
        return cls(
            place=place,
            route=None if place else _first(query, "route", known.routes),
            compare=_some(query, "compare", known.places)[:MOST_COMPARED],
            markets=_some(query, "markets", known.markets),
            actors=_some(query, "actors", known.actors),
            basis=_switches(query, "basis", tuple(Basis), tuple(Basis)),
            layers=_switches(query, "layers", tuple(Layer), DEFAULT_LAYERS),
            view=View(_first(query, "view", frozenset(View)) or View.MAP),
            matrix=Matrix(_first(query, "matrix", frozenset(Matrix)) or Matrix.MARKETS),
            cell=_some(query, "cell", known.markets)[:A_PAIR],
            sort=_first(query, "sort", known.markets | {BY_NAME}),
            lang=_language(_first(query, "lang", frozenset(LANGUAGES))),
            embed=_first(query, "embed", frozenset({"true"})) is not None,
            data=next((value for value in _values(query, "data") if VERSION.fullmatch(value)), None),
            tour=int(_first(query, "tour", frozenset(map(str, range(1, TOUR_STEPS + 1)))) or 0),
        )

    def to_query(self) -> dict[str, str | list[str]]:
        """Return the URL's parameters: canonical, sorted, without what is default."""
        query: dict[str, str | list[str]] = {}
        for field in sorted(fields(self), key=lambda field: field.name):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            if isinstance(value, tuple):
                query[field.name] = [str(one) for one in value] or [NONE]
            else:
                query[field.name] = "true" if value is True else str(value)
        return query

    def href(self) -> str:
        """Return the link to this state: the part of a URL from its question mark on."""
        return "?" + urlencode(self.to_query(), doseq=True)

    @classmethod
    def from_href(cls, href: str, known: Vocabulary) -> Self:
        """Return the state that a link of `href` leads to; total, as `from_query` is."""
        try:
            query = parse_qs(href.partition("?")[2], max_num_fields=MOST_FIELDS)
        except ValueError:
            query = {}
        return cls.from_query(query, known)

    def select_place(self, place: str | None) -> Self:
        """Return the state with this place selected, or nothing."""
        return replace(self, place=place, route=None)

    def select_route(self, route: str) -> Self:
        """Return the state with this route selected."""
        return replace(self, place=None, route=route)

    def compare_with(self, place: str) -> Self:
        """Return the state that compares this place with those chosen before, as many of them as go with it."""
        others = [one for one in self.compare if one != place][: MOST_COMPARED - 1]
        return replace(self, view=View.COMPARE, compare=tuple(sorted((*others, place))))


def cut(query: Query, known: Vocabulary) -> dict[str, int]:
    """Return the parameters that name more than a state takes, each with how many it takes."""
    limits = {"cell": (known.markets, A_PAIR), "compare": (known.places, MOST_COMPARED)}
    return {name: most for name, (ids, most) in limits.items() if len(_some(query, name, ids)) > most}


def _values(query: Query, name: str) -> Iterable[str]:
    """Yield a parameter's values; a comma parts values as well as repetition does."""
    value = query.get(name, ())
    for one in (value,) if isinstance(value, str) else value:
        yield from one.split(",")


def _some(query: Query, name: str, known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(known.intersection(_values(query, name))))


def _first(query: Query, name: str, known: frozenset[str]) -> str | None:
    return next((value for value in _values(query, name) if value in known), None)


def _language(value: str | None) -> Literal["es", "en"] | None:
    return "es" if value == "es" else "en" if value == "en" else None


def _switches(query: Query, name: str, every: tuple[Member, ...], default: tuple[Member, ...]) -> tuple[Member, ...]:
    """Return the chosen members in their own order; the default where the parameter names none of them."""
    values = set(_values(query, name))
    chosen = tuple(member for member in every if member.value in values)
    return chosen or (() if NONE in values else default)
