"""The page's state, a frozen `ViewState`, and its conversion from and to URL parameters."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Literal, Self, TypeVar
from urllib.parse import parse_qs, urlencode

from ocmap.dataset.dataset import Dataset, ids_of
from ocmap.dataset.schema import LANGUAGES, Basis

EMPTY = "none"  # the URL's value for a list that is empty on purpose
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)
MOST_COMPARED = 3
PAIR = 2  # markets in an open cell of co-occurring markets, actors of an open tie
BY_NAME = "name"  # the URL's value for a table sorted by name
TOUR_STEPS = 5
MOST_PARAMETERS = 1000  # of a link; our own have far fewer
AROUND = " \t\r\n\u00a0.,;:!?…\"'`´“”‘’„«»<>()[]{}*_"
"""What a link may have taken along from the text that it stood in; no id begins or ends with any of it."""
ESCAPED_AND = "amp;"  # before a name, where a link was copied out of HTML

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
    NATIONAL = "national"
    TABLE = "table"
    ROUTES = "routes"
    COMPARE = "compare"
    ACTORS = "actors"
    RESILIENCE = "resilience"
    METHOD = "method"


class MatrixUnit(StrEnum):
    """What the table counts: statements by place and market, or the sentences or places that mention two markets."""

    MARKETS = "markets"
    SENTENCES = "sentences"
    PLACES = "places"


class ActorsTab(StrEnum):
    """A part of the view on actors."""

    TYPES = "types"
    MARKETS = "markets"
    TIES = "ties"


DEFAULT_LAYERS = tuple(layer for layer in Layer if layer not in {Layer.TRIPOINTS, Layer.RESPONSES})


@dataclass(frozen=True)
class Vocabulary:
    """The ids that a URL may contain; all others are dropped."""

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
    """The reader's selection, filters and view.

    The map's pan and zoom are not part of it.

    Attributes:
        place: The selected place; at most one of ``place`` and ``route`` is set.
        compare: The compared places, at most `MOST_COMPARED`.
        markets: The market filter; empty means all. The same holds for ``actors``.
        matrix: What the table counts.
        cell: The open cell of the table: one market in the row of ``place``, or a pair of markets. In the view on
            actors, one market in the row of ``who``.
        tab: The part of the view on actors.
        who: The actor whose statements are open in the view on actors, or the two actors of an open tie.
        sort: The market by which the table is sorted, or `BY_NAME`; None means by total.
        lang: The chosen language; None means the browser's.
        data: The version of the data that a link was made with.
        tour: The step of the tour, from 1; 0 means no tour.
    """

    place: str | None = None
    route: str | None = None
    compare: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = tuple(Basis)
    layers: tuple[Layer, ...] = DEFAULT_LAYERS
    view: View = View.MAP
    matrix: MatrixUnit = MatrixUnit.MARKETS
    cell: tuple[str, ...] = ()
    tab: ActorsTab = ActorsTab.TYPES
    who: tuple[str, ...] = ()
    sort: str | None = None
    lang: Literal["es", "en"] | None = None
    data: str | None = None
    tour: int = 0

    @classmethod
    def from_query(cls, query: Query, known: Vocabulary) -> Self:
        """Return the state that a URL's parameters ask for.

        Never raises: unknown, repeated and malformed values are dropped. ``query`` maps a parameter's name to its
        value or to the list of its values. What a link takes along on its way through a text is ignored: punctuation
        around a value, another letter case, ``&amp;`` for ``&``.
        """
        query = _with_plain_names(query)
        place = _first_known(query, "place", known.places)
        return cls(
            place=place,
            route=None if place else _first_known(query, "route", known.routes),
            compare=_known_values(query, "compare", known.places)[:MOST_COMPARED],
            markets=_known_values(query, "markets", known.markets),
            actors=_known_values(query, "actors", known.actors),
            basis=_chosen_members(query, "basis", tuple(Basis), tuple(Basis)),
            layers=_chosen_members(query, "layers", tuple(Layer), DEFAULT_LAYERS),
            view=View(_first_known(query, "view", frozenset(View)) or View.MAP),
            matrix=MatrixUnit(_first_known(query, "matrix", frozenset(MatrixUnit)) or MatrixUnit.MARKETS),
            cell=_known_values(query, "cell", known.markets)[:PAIR],
            tab=ActorsTab(_first_known(query, "tab", frozenset(ActorsTab)) or ActorsTab.TYPES),
            who=_known_values(query, "who", known.actors)[:PAIR],
            sort=_first_known(query, "sort", known.markets | {BY_NAME}),
            lang=_as_lang(_first_known(query, "lang", frozenset(LANGUAGES))),
            data=next((value for value in _values(query, "data") if VERSION.fullmatch(value)), None),
            tour=int(_first_known(query, "tour", frozenset(map(str, range(1, TOUR_STEPS + 1)))) or 0),
        )

    def to_query(self) -> dict[str, str | list[str]]:
        """Return the URL's parameters, sorted, without those that have their default."""
        query: dict[str, str | list[str]] = {}
        for field in sorted(fields(self), key=lambda field: field.name):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            if isinstance(value, tuple):
                query[field.name] = [str(member) for member in value] or [EMPTY]
            else:
                query[field.name] = str(value)
        return query

    def href(self) -> str:
        """Return the link to this state: the part of a URL from the question mark on."""
        return "?" + urlencode(self.to_query(), doseq=True)

    def script_query(self) -> str:
        """Return the query that the browser's scripts compare: without the data's version."""
        return replace(self, data=None).href().removeprefix("?")

    @classmethod
    def from_href(cls, href: str, known: Vocabulary) -> Self:
        """Return the state of a link made by `href`; like `from_query`, never raises."""
        try:
            query = parse_qs(href.partition("?")[2], max_num_fields=MOST_PARAMETERS)
        except ValueError:
            query = {}
        return cls.from_query(query, known)

    @property
    def is_filtered(self) -> bool:
        """Return whether any filter is set."""
        return self != self.without_filters()

    def without_filters(self) -> Self:
        """Return the state without filters; the selection, the layers and the view stay."""
        return replace(self, markets=(), actors=(), basis=tuple(Basis))

    def select_place(self, place: str | None) -> Self:
        """Return the state with this place selected, or with nothing selected."""
        return replace(self, place=place, route=None)

    def select_route(self, route: str) -> Self:
        """Return the state with this route selected."""
        return replace(self, place=None, route=route)

    def compare_with(self, place: str) -> Self:
        """Return the state that compares this place with those chosen before, up to `MOST_COMPARED` in all."""
        others = [other for other in self.compare if other != place][: MOST_COMPARED - 1]
        return replace(self, view=View.COMPARE, compare=tuple(sorted((*others, place))))


def truncated_parameters(query: Query, known: Vocabulary) -> dict[str, int]:
    """Return the parameters with more known values than a state can have, each with the limit."""
    query = _with_plain_names(query)
    limits = {
        "cell": (known.markets, PAIR),
        "compare": (known.places, MOST_COMPARED),
        "who": (known.actors, PAIR),
    }
    return {name: limit for name, (ids, limit) in limits.items() if len(_known_values(query, name, ids)) > limit}


def dropped_parameters(query: Mapping[str, Sequence[str]], view: ViewState) -> tuple[str, ...]:
    """Return the names of our parameters that held no known value; never the values themselves."""
    query = _with_plain_names(query)
    ours = {field.name for field in fields(ViewState)} - view.to_query().keys()
    return tuple(sorted(name for name in ours if any(_values(query, name)) and not _is_default(query, name)))


def _is_default(query: Query, name: str) -> bool:
    """Return whether a parameter only repeats the default."""
    default = getattr(ViewState(), name)
    known = {str(one) for one in default} if isinstance(default, tuple) else {str(default)}
    return known.issuperset(value.lower() for value in _values(query, name))


def _with_plain_names(query: Query) -> dict[str, list[str]]:
    """Return a query whose names are without what an escaped ``&`` leaves before them."""
    plain: dict[str, list[str]] = {}
    for name, value in query.items():
        while name.startswith(ESCAPED_AND):
            name = name.removeprefix(ESCAPED_AND)  # noqa: PLW2901
        plain.setdefault(name, []).extend((value,) if isinstance(value, str) else value)
    return plain


def _values(query: Query, name: str) -> Iterable[str]:
    """Yield a parameter's values, which are separated by commas or given by repeating the parameter."""
    value = query.get(name, ())
    for text in (value,) if isinstance(value, str) else value:
        yield from (one.strip(AROUND) for one in text.split(","))


def _known_in(query: Query, name: str, known: frozenset[str]) -> Iterator[str]:
    """Yield a parameter's known values, in whatever letter case they are written."""
    spelling = _spelling(known)
    for value in _values(query, name):
        if found := value if value in known else spelling.get(value.lower()):
            yield found


@lru_cache(maxsize=32)
def _spelling(known: frozenset[str]) -> Mapping[str, str]:
    return {one.lower(): one for one in known}


def _known_values(query: Query, name: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return a parameter's known values, sorted, each once."""
    return tuple(sorted(set(_known_in(query, name, known))))


def _first_known(query: Query, name: str, known: frozenset[str]) -> str | None:
    """Return a parameter's first known value."""
    return next(_known_in(query, name, known), None)


def _as_lang(value: str | None) -> Literal["es", "en"] | None:
    return "es" if value == "es" else "en" if value == "en" else None


def _chosen_members(
    query: Query, name: str, members: tuple[Member, ...], default: tuple[Member, ...]
) -> tuple[Member, ...]:
    """Return the chosen members in their own order; the default if the parameter has none of them, nor `EMPTY`."""
    values = {value.lower() for value in _values(query, name)}
    chosen = tuple(member for member in members if member.value in values)
    return chosen or (() if EMPTY in values else default)
