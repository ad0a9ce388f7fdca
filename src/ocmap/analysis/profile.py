"""The country profile: the data package with its shapes and the joined evidence, shared by all sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd

from ocmap import i18n
from ocmap.analysis.filters import FilteredEvidence, Filters, apply_filters
from ocmap.analysis.package_checks import read_checked
from ocmap.analysis.view_state import Vocabulary
from ocmap.dataset.dataset import Dataset, RouteEnd, ends_of
from ocmap.dataset.schema import Evidence, Lang
from ocmap.geo.join import build_evidence, build_neighbours, build_touching
from ocmap.geo.route_lines import route_lines
from ocmap.geo.shapes import Shapes, read_shapes
from ocmap.i18n import Words

CACHED_FILTERS = 64


@dataclass(frozen=True, eq=False)
class CountryProfile:
    """Immutable data shared by all sessions: dataset, geometries, joined evidence.

    Attributes:
        corridors_of: For each region the corridors whose border it touches.
        neighbours: For each region the regions that it shares a border with.
        evidence: The join, one row a place, market and statement.
        route_lines: The lines of the routes that the map draws, as `route_lines` makes them.
    """

    dataset: Dataset
    shapes: Shapes
    corridors_of: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]
    route_lines: gpd.GeoDataFrame

    @cached_property
    def unfiltered(self) -> FilteredEvidence:
        """Return the evidence without any filter."""
        return self.apply_filters(Filters())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the ids that a URL may name."""
        return Vocabulary.of(self.dataset)

    @cached_property
    def via(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Return the coded places by which a statement reaches a place; the key is the place and the statement."""
        return MappingProxyType({(row.place_id, row.statement_id): row.via for row in self.evidence})

    @cached_property
    def line_ends(self) -> Mapping[str, tuple[RouteEnd, RouteEnd]]:
        """Return the start and the end of the line of each route that the map draws."""
        lines = self.route_lines.itertuples()
        return MappingProxyType({line.route_id: (RouteEnd(line.start), RouteEnd(line.end)) for line in lines})

    @cached_property
    def routes_with_line(self) -> frozenset[str]:
        """Return the ids of the routes that the map draws."""
        return frozenset(self.line_ends)

    def ends_of(self, route_id: str) -> tuple[RouteEnd, RouteEnd]:
        """Return what is known of a route's ends, as its line shows it, or its card where it has no line."""
        return self.line_ends.get(route_id) or ends_of(self.dataset.points_of[route_id])

    def regions_at(self, corridor_id: str) -> tuple[str, ...]:
        """Return the regions that touch a corridor's border."""
        return tuple(region for region, corridors in self.corridors_of.items() if corridor_id in corridors)

    def apply_filters(self, filters: Filters) -> FilteredEvidence:
        """Return the evidence that passes the filters; results are cached, since sessions share them."""
        return _apply_filters(self, filters)


@lru_cache(maxsize=CACHED_FILTERS)
def _apply_filters(profile: CountryProfile, filters: Filters) -> FilteredEvidence:
    return apply_filters(profile.dataset, profile.evidence, filters)


@dataclass(frozen=True)
class LocalizedProfile:
    """A country profile and the language that texts about it are written in."""

    profile: CountryProfile
    lang: Lang

    @property
    def dataset(self) -> Dataset:
        """Return the data package's tables."""
        return self.profile.dataset

    @property
    def words(self) -> Words:
        """Return the texts of the screen in the language."""
        return i18n.words_of(self.dataset, self.lang)


def read_profile(data: Path) -> CountryProfile:
    """Read and check the data package in a folder, and derive what the app derives when it starts.

    Raises:
        DataError: The package has faults.
    """
    dataset = read_checked(data)
    return build_profile(dataset, read_shapes(data, dataset))


def build_profile(dataset: Dataset, shapes: Shapes) -> CountryProfile:
    """Return the profile of a checked data package and its shapes."""
    return CountryProfile(
        dataset=dataset,
        shapes=shapes,
        corridors_of=build_touching(dataset, shapes),
        neighbours=build_neighbours(shapes),
        evidence=build_evidence(dataset, shapes),
        route_lines=route_lines(dataset, shapes),
    )
