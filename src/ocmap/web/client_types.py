"""The types of the data that the browser fetches; ``ocmap contract`` writes them as TypeScript.

Their keys are in the style of the language that reads them.
"""

from typing import Generic, Literal, NotRequired, TypedDict, TypeVar

from ocmap.analysis.view_state import Layer
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import Align, Basis, Lang

Properties = TypeVar("Properties")
Direction = Literal["in", "out"]


class StatementData(TypedDict):
    """A statement with what the filters compare; elsewhere it is an index in the list of these."""

    id: str
    topic: str
    markets: list[str]
    actors: list[str]


class RouteData(TypedDict):
    """A route with what the filters and the map's legend need; ``ends`` are as its line or its card shows them."""

    id: str
    market: str | None
    actors: list[str]
    hasLine: bool
    hollow: bool
    ends: tuple[RouteEnd, RouteEnd]


class SitePoint(TypedDict):
    """The statements that name a site, and whether its position is approximate."""

    statements: list[int]
    approximate: bool


class ClientData(TypedDict):
    """What the browser filters by itself.

    A rank is an index in ``bases``; ``levels`` are the lowest counts of the classes of colour. ``byPlace`` has pairs of
    a statement and the rank of its basis, in the order in which a panel lists them. ``near`` has the corridors and
    routes that are highlighted while a place is selected, ``phrases`` the names of places inside a sentence.
    """

    country: str
    bases: list[Basis]
    direct: list[int]
    indirect: list[int]
    levels: list[int]
    layers: list[Layer]
    defaultLayers: list[Layer]
    markets: list[tuple[str, dict[Lang, str]]]
    actors: list[str]
    places: list[str]
    regions: list[str]
    corridors: list[str]
    tripoints: list[str]
    statements: list[StatementData]
    byPlace: dict[str, list[tuple[int, int]]]
    routes: list[RouteData]
    sites: dict[str, SitePoint]
    responses: dict[str, list[int]]
    near: dict[str, list[str]]
    phrases: dict[Lang, dict[str, str]]
    words: dict[Lang, dict[str, str]]


class FlowEndData(TypedDict):
    """Where a flow without a line comes from or goes to; ``end`` is that of its two ends of which less is known."""

    route: str
    statement: str
    direction: Direction
    place: dict[Lang, str]
    course: dict[Lang, str]
    end: RouteEnd


class FlowData(TypedDict):
    """A good that flows without a line."""

    goods: dict[Lang, str]
    ends: list[FlowEndData]


class ShapeFeature(TypedDict, Generic[Properties]):
    """A shape. Its lines, rings included, are lists of arcs by their numbers; ``~n`` is arc n backwards."""

    id: str
    properties: Properties
    lines: list[list[int]]


class PointFeature(TypedDict, Generic[Properties]):
    """A point, longitude first."""

    id: str
    properties: Properties
    at: tuple[float, float]


class LabelData(TypedDict):
    """Where a shape's name stands, longitude first, if its place has a position."""

    label: NotRequired[tuple[float, float]]
    align: NotRequired[Align]


class PlaceData(LabelData):
    """A region or a country."""

    name: dict[Lang, str]


class CorridorData(PlaceData):
    """The part of a corridor on one side of the border."""

    place: str
    side: str


class RiverData(TypedDict):
    """A river; the smaller its rank, the larger it is."""

    name: dict[Lang, str]
    rank: int


class RouteLineData(TypedDict):
    """A route that has a line."""

    goods: dict[Lang, str]
    name: dict[Lang, str]
    note: dict[Lang, str]
    hollow: bool
    start: RouteEnd
    end: RouteEnd


class PointData(TypedDict):
    """A point with a note on it, such as a tripoint."""

    name: dict[Lang, str]
    note: dict[Lang, str]


class SiteData(PointData):
    """A site, and the region that it is in."""

    approximate: bool
    region: dict[Lang, str]


class ResponseData(PointData):
    """A mark of the responses at a place."""

    place: str


class MapData(TypedDict):
    """What is drawn, whatever the reader's filters and selection are. ``bounds`` are south-west and north-east.

    ``bounds`` are those of the first view; ``frame`` is west, south, east, north; ``centre`` is the middle of the first
    view, latitude first; ``inset`` are the regions of the inset, of which the first names it, and ``far`` is what it
    shows if that is land far away, which all of them name. Shapes are made of ``arcs``, so that neighbours have their
    border from one place. An arc is the longitude and latitude where it begins, then the steps to each next point, in
    units of which a degree has ``perDegree``.
    """

    country: str
    frame: tuple[float, float, float, float]
    centre: tuple[float, float]
    inset: list[str]
    far: NotRequired[tuple[float, float, float, float]]
    bounds: tuple[tuple[float, float], tuple[float, float]]
    words: dict[Lang, dict[str, str]]
    levels: list[str]
    flows: list[FlowData]
    perDegree: int
    arcs: list[list[int]]
    regions: list[ShapeFeature[PlaceData]]
    corridors: list[ShapeFeature[CorridorData]]
    countries: list[ShapeFeature[PlaceData]]
    rivers: list[ShapeFeature[RiverData]]
    routes: list[ShapeFeature[RouteLineData]]
    sites: list[PointFeature[SiteData]]
    tripoints: list[PointFeature[PointData]]
    responses: list[PointFeature[ResponseData]]


class SearchEntryData(TypedDict):
    """A record that can be found: what is shown of it, and the other texts in which it is searched.

    A statement has no name; its place is the one whose panel shows it. The note is not searched.
    """

    id: str
    name: str
    text: str
    note: str
    names: list[str]
    texts: list[str]
    place: NotRequired[str]


class SearchData(TypedDict):
    """What is searched in the page of a language."""

    places: list[SearchEntryData]
    markets: list[SearchEntryData]
    actors: list[SearchEntryData]
    routes: list[SearchEntryData]
    indicators: list[SearchEntryData]
    statements: list[SearchEntryData]
