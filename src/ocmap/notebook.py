"""The Python interface for notebooks: what `ocmap.load` returns. Its counts are the app's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Literal, Self, get_args

import geopandas as gpd
import pandas as pd

from ocmap import i18n
from ocmap.analysis.filters import Filters
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, read_profile
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.fields import Record
from ocmap.dataset.files import shipped_folder
from ocmap.dataset.schema import LANGUAGES, Basis, Lang
from ocmap.dataset.text_files import shorten
from ocmap.export.features import build_features
from ocmap.export.folium_layers import build_folium_map
from ocmap.export.print.brief import UnknownSubjectError, build_brief
from ocmap.export.print.brief_writer import to_html, to_pdf
from ocmap.export.readme import citation_of
from ocmap.export.rows import EvidenceRow, ExportContent, RouteRow, build_evidence_rows, build_route_rows
from ocmap.geo.crs import WGS84
from ocmap.geo.folium_map import FoliumMap
from ocmap.i18n.folding import suggest_similar

Chosen = str | Iterable[str] | None
"""One id, several, or None for all."""
Form = Literal["pdf", "html"]


class Profile:
    """A country's data package for a notebook. It never changes; each table is a new one that may be changed.

    The filters ``markets``, ``actors`` and ``basis`` are those of the app: one id, several, or None for all.
    A statement passes if it is on one of the markets, names one of the actors and has one of the bases.
    """

    def __init__(self, profile: CountryProfile) -> None:
        """Wrap the profile that the app works on."""
        self._profile = profile

    @classmethod
    def read(cls, data: str | PathLike[str] | None = None) -> Self:
        """Read and check a data package; see `ocmap.load`."""
        folder = shipped_folder() / "geodata" if data is None else Path(data)
        if not folder.is_dir():
            raise NotADirectoryError(f"data: {str(folder)!r} is not a folder; allowed is one that holds a data package")
        return cls(read_profile(folder))

    @property
    def statements(self) -> pd.DataFrame:
        """All statements: the fields of ``statements.csv`` by ``statement_id``; a field of several ids is a list."""
        return _table(self._profile.dataset.statements)

    @property
    def places(self) -> pd.DataFrame:
        """All places: the fields of ``places.csv`` by ``place_id``; ``lon`` and ``lat`` in degrees, WGS 84."""
        return _table(self._profile.dataset.places)

    @property
    def actors(self) -> pd.DataFrame:
        """All actors: the fields of ``actors.csv`` by ``actor_id``."""
        return _table(self._profile.dataset.actors)

    @property
    def routes(self) -> pd.DataFrame:
        """All routes by ``route_id``, with the columns of the app's ``routes.csv``: course, goods, mode, locator.

        ``points`` holds each place with its role and basis, ``place:destination:named``, joined by ``;``.
        """
        rows = build_route_rows(self._profile.dataset, self._profile.unfiltered.routes)
        return pd.DataFrame(rows, columns=RouteRow._fields).set_index("route_id")

    def evidence(self, markets: Chosen = None, actors: Chosen = None, basis: Chosen = None) -> pd.DataFrame:
        """Return which statements reach which places, and why.

        A row is a place, a market and a statement, with the columns of the app's ``evidence.csv``. A statement on
        several markets has a row for each, so count unique ``statement_id``. The row of a statement on the whole
        country has the country as its place and the basis ``national``.

        Raises:
            ValueError: An id is not allowed; the message names the argument and what is allowed.
        """
        view = self._view(markets, actors, basis)
        found = self._profile.apply_filters(Filters.of(view)).by_place
        rows = build_evidence_rows(self._profile, ExportContent(found, ()), view.markets)
        return pd.DataFrame(rows, columns=EvidenceRow._fields)

    def regions(self, markets: Chosen = None, actors: Chosen = None, basis: Chosen = None) -> gpd.GeoDataFrame:
        """Return every region with its (multi)polygon and its counts, by ``place_id``, in EPSG:4326.

        ``named``, ``located``, ``border`` and ``area`` count statements on markets by basis; ``named_located`` is
        the number that colours the region in the app. ``area_km2`` is the official area in km².

        Raises:
            ValueError: As `evidence`.
        """
        return self._shapes("regions", "place_id", self._view(markets, actors, basis))

    def corridors(self, markets: Chosen = None, actors: Chosen = None, basis: Chosen = None) -> gpd.GeoDataFrame:
        """Return every border corridor with both of its sides and its counts, as `regions`.

        ``border_km`` is the official length of the border in km.

        Raises:
            ValueError: As `evidence`.
        """
        return self._shapes("corridors", "place_id", self._view(markets, actors, basis))

    def route_lines(self, markets: Chosen = None, actors: Chosen = None) -> gpd.GeoDataFrame:
        """Return the routes that the map draws, as lines from start to end, by ``route_id``, in EPSG:4326.

        The columns are those of `routes`, with ``start`` and ``end``: ``named``, ``inferred`` or ``open``. A line is
        schematic. A route without two places in the frame of the map has no line: it is in `routes` only.

        Raises:
            ValueError: As `evidence`.
        """
        lines = self._shapes("routes", "route_id", self._view(markets, actors, None))
        return lines.drop(columns=["drawn", "schematic"])

    def map(self, markets: Chosen = None, actors: Chosen = None, basis: Chosen = None, lang: Lang = "es") -> FoliumMap:
        """Return a `folium.Map` of regions, corridors, routes and sites, as layers that can be switched.

        Its saved HTML works without a network: ``profile.map().save("map.html")``.

        Raises:
            ValueError: As `evidence`, or ``lang`` is not a language of the app.
        """
        return build_folium_map(PageContext(self._profile, _language(lang), self._view(markets, actors, basis)))

    def brief(self, subject: str, lang: Lang = "es", form: Form = "pdf") -> bytes:
        """Return the brief of a region, a border corridor or a market, as a PDF or as one HTML file in UTF-8.

        Raises:
            ValueError: There is no brief of ``subject``, or ``lang`` or ``form`` is not allowed.
        """
        _check("form", form, get_args(Form))
        try:
            brief = build_brief(self._profile, subject, _language(lang), datetime.now(tz=UTC).date())
        except UnknownSubjectError as error:
            raise ValueError(f"subject: {error}") from error
        return to_pdf(brief) if form == "pdf" else to_html(brief).encode()

    def cite(self, lang: Lang = "es") -> str:
        """Return the citation of the whole map, with the version of the data and the source.

        Raises:
            ValueError: ``lang`` is not a language of the app.
        """
        return citation_of(PageContext(self._profile, _language(lang), ViewState()))

    def _shapes(self, layer: str, key: str, view: ViewState) -> gpd.GeoDataFrame:
        filtered = self._profile.apply_filters(Filters.of(view))
        routes = build_route_rows(self._profile.dataset, filtered.routes)
        rows = [
            {**one.properties, "geometry": one.geometry}
            for one in build_features(self._profile, filtered, routes)
            if one.layer == layer and one.geometry is not None
        ]
        columns = None if rows else [*RouteRow._fields, "start", "end", "drawn", "schematic", "geometry"]
        frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=WGS84)
        return frame.set_index(key)

    def _view(self, markets: Chosen, actors: Chosen, basis: Chosen) -> ViewState:
        dataset = self._profile.dataset
        chosen = _ids("basis", basis, {one.value: (i18n.words_of(dataset, "en")[f"basis.{one}"],) for one in Basis})
        return ViewState(
            markets=_ids("markets", markets, {one.topic_id: (one.name_en, one.name_es) for one in dataset.markets}),
            actors=_ids("actors", actors, {one.actor_id: (one.name, one.name_es) for one in dataset.actors}),
            basis=tuple(one for one in Basis if not chosen or one in chosen),
        )


def _table(records: Sequence[Record]) -> pd.DataFrame:
    frame = pd.DataFrame([record.model_dump(mode="json") for record in records])
    return frame.set_index(frame.columns[0])


def _ids(argument: str, given: Chosen, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the ids of an argument, sorted; none for None. ``names`` holds the ids that are allowed."""
    if given is None:
        return ()
    chosen = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    if not chosen:
        raise ValueError(f"{argument}: the list is empty; allowed: one id or more, or None for all")
    for one in chosen:
        _check(argument, one, names)
    return tuple(sorted(set(chosen)))


def _language(lang: str) -> Lang:
    _check("lang", lang, LANGUAGES)
    return "es" if lang == "es" else "en"


def _check(argument: str, value: object, allowed: Iterable[str]) -> None:
    ids = list(allowed)
    if isinstance(value, str) and value in ids:
        return
    similar = suggest_similar(value, allowed) if isinstance(value, str) and isinstance(allowed, Mapping) else ""
    hint = f"; similar: {similar}" if similar else ""
    raise ValueError(f"{argument}: {shorten(repr(value))} is not allowed{hint}; allowed: {', '.join(ids)}")
