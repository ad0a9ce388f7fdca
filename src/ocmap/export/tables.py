"""Write a view as CSV or GeoJSON, in a zip with README and licence."""

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

SPREADSHEET_UTF8 = "utf-8-sig"  # without the byte order mark, spreadsheets show accents wrongly


def build_csv(profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, lang: Lang) -> bytes:
    """Return a zip with ``evidence.csv`` and ``routes.csv`` of what a view shows.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    content = build_content(profile, filtered, view)
    rows = build_evidence_rows(profile, content, view.markets)
    routes = build_route_rows(profile.dataset, content.routes)
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
    content = build_content(profile, filtered, view)
    collection = {
        "type": "FeatureCollection",
        "metadata": {
            "title": title_of(profile, view, lang),
            "version": DATA_VERSION,
            "citation": citation_of(profile, view, lang),
            "licenses": LICENCES,
        },
        "features": list(_features(profile, filtered, view, content)),
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
    profile: CountryProfile, filtered: FilteredEvidence, view: ViewState, content: ExportContent
) -> Iterator[dict[str, Any]]:
    """Yield the features of a view with their statements; if nothing is selected, blank places too."""
    unselected = not (view.place or view.route)
    features = build_features(profile, filtered, build_route_rows(profile.dataset, content.routes))
    without_shape = dict(content.places)
    statements = _statements(profile, view, content, filtered if unselected else None)
    for feature in features:
        if unselected or feature.layer == "routes" or feature.identifier in content.places:
            without_shape.pop(feature.identifier, None)
            yield _geojson_feature(feature, statements.get(feature.identifier, []))
    for place_id in without_shape:  # such as the whole country
        place = profile.dataset.place[place_id]
        yield _geojson_feature(
            Feature("no_shape", place_id, None, place_properties(place)), statements.get(place_id, [])
        )


def _statements(
    profile: CountryProfile, view: ViewState, content: ExportContent, filtered: FilteredEvidence | None
) -> Mapping[str, list[dict[str, Any]]]:
    """Return the statements of each place, once for each of their markets; with ``filtered``, of all places."""
    places = dict(content.places)
    if filtered is not None:
        others = (place for place in profile.dataset.places if place.place_id not in places)
        places |= {place.place_id: statements_of_place(profile.dataset, filtered, place) for place in others}
    statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in build_evidence_rows(profile, ExportContent(places, ()), view.markets):
        values = row._asdict()
        place_id = values.pop("place_id")
        statements[place_id].append({key: values[key] for key in values if key not in {"place_es", "place_en"}})
    return statements


def _geojson_feature(feature: Feature, statements: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a feature as in RFC 7946: rings run anticlockwise; coordinates are rounded as in the map."""
    geometry = None
    if feature.geometry is not None:
        oriented = shapely.orient_polygons(feature.geometry, exterior_cw=False)
        geometry = json.loads(shapely.to_geojson(shapely.transform(oriented, lambda xy: np.round(xy, DIGITS))))
    evidence = {} if feature.layer == "routes" else {"statements": statements}
    return {
        "type": "Feature",
        "id": feature.identifier,
        "properties": {"layer": feature.layer, **feature.properties, **evidence},
        "geometry": geometry,
    }
