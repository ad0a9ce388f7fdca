"""Write a view as CSV or GeoJSON, in a zip with README and licence."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from ocmap.analysis.cooccurrence import build_mentions, cooccurrences_table
from ocmap.analysis.filters import markets_shown
from ocmap.analysis.matrix import Table, build_matrix, matrix_table
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import statements_of_place
from ocmap.analysis.view_state import MatrixUnit
from ocmap.dataset.codebook import LICENCES
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

FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet runs a cell that begins with one of these as a formula."""
SPREADSHEET_UTF8 = "utf-8-sig"  # without the byte order mark, spreadsheets show accents wrongly


def build_tables(page: PageContext) -> Mapping[str, Table]:
    """Return what a page shows as tables by name: evidence, routes, and if nothing is selected the matrix.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    content = build_content(page)
    tables = {
        "evidence": Table(EvidenceRow._fields, build_evidence_rows(page.profile, content, page.view.markets)),
        "routes": Table(RouteRow._fields, build_route_rows(page.dataset, content.routes)),
    }
    if not (page.view.place or page.view.route):
        tables["table"] = _build_matrix(page)
    return tables


def _build_matrix(page: PageContext) -> Table:
    dataset, view, lang = page.dataset, page.view, page.lang
    if view.matrix is MatrixUnit.MARKETS:
        return matrix_table(dataset, build_matrix(page), lang)
    mentions = build_mentions(dataset, page.on_all_markets, view.matrix)  # the filter of markets chooses rows
    return cooccurrences_table(dataset, mentions, markets_shown(dataset, view.markets), view.matrix, lang)


def build_csv(page: PageContext) -> bytes:
    """Return a zip with the tables of what a page shows, as CSV.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    tables = build_tables(page)
    return build_zip(
        {
            **{f"{name}.csv": write_csv(table).encode(SPREADSHEET_UTF8) for name, table in tables.items()},
            "README.txt": build_readme(page, Download.CSV).encode(),
            "LICENSE.txt": build_rights(page.dataset, page.lang).encode(),
        }
    )


def write_csv(table: Table) -> str:
    """Return CSV in which no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(str(name) for name in table.header)
    writer.writerows([_escape_formula(str(value)) for value in line] for line in table.lines)
    return out.getvalue()


def _escape_formula(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def build_geojson(page: PageContext) -> bytes:
    """Return a zip with ``ocmap.geojson`` of what a page shows.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    collection = {
        "type": "FeatureCollection",
        "metadata": {
            "title": title_of(page),
            "version": page.dataset.version,
            "citation": citation_of(page),
            "licenses": LICENCES,
        },
        "features": list(_features(page, build_content(page))),
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return build_zip(
        {
            "ocmap.geojson": f"{text}\n".encode(),
            "README.txt": build_readme(page, Download.GEOJSON).encode(),
            "LICENSE.txt": build_rights(page.dataset, page.lang).encode(),
        }
    )


def _features(page: PageContext, content: ExportContent) -> Iterator[dict[str, Any]]:
    """Yield the features of a page with their statements; if nothing is selected, blank places too."""
    unselected = not (page.view.place or page.view.route)
    features = build_features(page.profile, page.filtered, build_route_rows(page.dataset, content.routes))
    without_shape = dict(content.places)
    statements = _statements(page, content, every_place=unselected)
    for feature in features:
        if unselected or feature.layer == "routes" or feature.identifier in content.places:
            without_shape.pop(feature.identifier, None)
            yield _geojson_feature(feature, statements.get(feature.identifier, []))
    for place_id in without_shape:  # such as the whole country
        place = page.dataset.place[place_id]
        yield _geojson_feature(
            Feature("no_shape", place_id, None, place_properties(place)), statements.get(place_id, [])
        )


def _statements(page: PageContext, content: ExportContent, *, every_place: bool) -> Mapping[str, list[dict[str, Any]]]:
    """Return the statements of each place in ``content``, or of every place, once for each of their markets."""
    places = dict(content.places)
    if every_place:
        others = (place for place in page.dataset.places if place.place_id not in places)
        places |= {place.place_id: statements_of_place(page.dataset, page.filtered, place) for place in others}
    statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in build_evidence_rows(page.profile, ExportContent(places, ()), page.view.markets):
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
