"""What is shown, or everything, as CSV or GeoJSON, each in a small zip with its README and licence."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from ocmap.analysis.filters import FilteredEvidence
from ocmap.analysis.matrix import write_csv
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import statements_of_place
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.codebook import DATA_VERSION, LICENCES
from ocmap.dataset.schema import Lang
from ocmap.export.features import Feature, build_features, place_properties
from ocmap.export.files import Download, build_zip
from ocmap.export.readme import build_readme, build_rights, citation_of, title_of
from ocmap.export.rows import (
    EvidenceRow,
    ExportContent,
    RouteRow,
    build_content,
    build_evidence_rows,
    build_route_rows,
)
from ocmap.web.map_data import DIGITS

SPREADSHEET_UTF8 = "utf-8-sig"  # without the mark a spreadsheet breaks the accents


def build_csv(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, lang: Lang) -> bytes:
    """Return a zip with ``evidence.csv`` and ``routes.csv`` of what a view shows.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    selection = build_content(profile, filtered, view)
    rows = build_evidence_rows(profile, selection, view.markets)
    routes = build_route_rows(profile.dataset, selection.routes)
    return build_zip(
        {
            "evidence.csv": write_csv(EvidenceRow._fields, rows).encode(SPREADSHEET_UTF8),
            "routes.csv": write_csv(RouteRow._fields, routes).encode(SPREADSHEET_UTF8),
            "README.txt": build_readme(profile, view, Download.CSV, lang).encode(),
            "LICENSE.txt": build_rights(lang).encode(),
        }
    )


def build_geojson(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, lang: Lang) -> bytes:
    """Return a zip with ``ocmap.geojson`` of what a view shows.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    selection = build_content(profile, filtered, view)
    collection = {
        "type": "FeatureCollection",
        "metadata": {
            "title": title_of(profile, view, lang),
            "version": DATA_VERSION,
            "citation": citation_of(profile, view, lang),
            "licenses": LICENCES,
        },
        "features": list(_features(profile, filtered, view, selection)),
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return build_zip(
        {
            "ocmap.geojson": f"{text}\n".encode(),
            "README.txt": build_readme(profile, view, Download.GEOJSON, lang).encode(),
            "LICENSE.txt": build_rights(lang).encode(),
        }
    )


def _features(
    profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, selection: ExportContent
) -> Iterator[dict[str, Any]]:
    """Yield the features of a selection, each with its statements; where nothing is selected, blank places too."""
    whole = not (view.place or view.route)
    features = build_features(profile, filtered, build_route_rows(profile.dataset, selection.routes))
    left = dict(selection.places)
    statements = _statements(profile, view, selection, filtered if whole else None)
    for feature in features:
        if whole or feature.layer == "routes" or feature.identifier in selection.places:
            left.pop(feature.identifier, None)
            yield _written(feature, statements.get(feature.identifier, []))
    for place_id in left:  # the whole country, and places without a shape
        place = profile.dataset.place[place_id]
        yield _written(Feature("no_shape", place_id, None, place_properties(place)), statements.get(place_id, []))


def _statements(
    profile: CountryProfile, view: ViewState, selection: ExportContent, filtered: FilteredEvidence | None
) -> Mapping[str, list[dict[str, Any]]]:
    """Return the statements of each place, once for each of its markets; with a ``reading``, of all sites too."""
    places = dict(selection.places)
    if filtered is not None:
        others = (place for place in profile.dataset.places if place.place_id not in places)
        places |= {place.place_id: statements_of_place(profile.dataset, filtered, place) for place in others}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in build_evidence_rows(profile, ExportContent(places, ()), view.markets):
        said = row._asdict()
        place_id = said.pop("place_id")
        found[place_id].append({name: value for name, value in said.items() if name not in {"place_es", "place_en"}})
    return found


def _written(feature: Feature, statements: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a feature after RFC 7946: outlines run anticlockwise, coordinates have as many digits as the map's."""
    geometry = None
    if feature.geometry is not None:
        oriented = shapely.orient_polygons(feature.geometry, exterior_cw=False)
        geometry = json.loads(shapely.to_geojson(shapely.transform(oriented, lambda xy: np.round(xy, DIGITS))))
    said = {} if feature.layer == "routes" else {"statements": statements}
    return {
        "type": "Feature",
        "id": feature.identifier,
        "properties": {"layer": feature.layer, **feature.properties, **said},
        "geometry": geometry,
    }
