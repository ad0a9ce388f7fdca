"""Write the map as a GeoPackage: layers with joined counts, evidence and statements as tables, styles for QGIS."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import locator
from ocmap.dataset.codebook import LICENCES
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.fields import LIST_SEPARATOR
from ocmap.dataset.schema import LANGUAGES
from ocmap.export.features import build_features
from ocmap.export.files import Download, ExportError
from ocmap.export.qgis_styles import build_styles
from ocmap.export.readme import build_readme, build_rights, citation_of, title_of
from ocmap.export.rows import RouteRow, actor_names, build_content, build_evidence_rows, build_route_rows
from ocmap.geo.crs import WGS84

# QGIS reads the styles of a GeoPackage from this table, with these columns.
STYLES_TABLE = """\
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)"""
ADD_STYLE = """\
INSERT INTO layer_styles
    (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault)
VALUES ('', '', ?, ?, 'ocmap', ?, '', 1)"""
REGISTER = "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', ?)"
GEOMETRY = "geom"
LAYERS = {
    "regions": "MultiPolygon",
    "corridors": "MultiPolygon",
    "routes": "LineString",
    "sites": "Point",
    "rivers": "MultiLineString",
}
"""Each layer's geometry type; the layers are in drawing order, lowest first, except for the rivers."""


def build_geopackage(page: PageContext) -> bytes:
    """Return all layers under a page's filters, ignoring its place or route; the styles are in its language.

    Raises:
        EmptyExportError: The filters leave nothing.
        ExportError: It cannot be written to the temporary folder, as when the disk is full.
    """
    page = replace(page, view=page.view.select_place(None))
    tables = _tables(page)
    metadata = {
        "TITLE": title_of(page),
        "VERSION": page.dataset.version,
        "LICENSE": "; ".join(licence["title"] for licence in LICENCES),
        "CITATION": citation_of(page),
    }
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ocmap.gpkg"
            for layer, frame in _frames(page, tables["routes"]).items():
                _write(
                    path, layer, frame, metadata, geometry_type=LAYERS[layer], promote_to_multi="Multi" in LAYERS[layer]
                )
            for name in ("evidence", "statements", "readme"):
                _write(path, name, pd.DataFrame(tables[name]), metadata)
            _add_styles(path, build_styles(page.words, filtered=page.view.is_filtered))
            return path.read_bytes()
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError) as error:
        where = tempfile.gettempdir()
        raise ExportError(f"the GeoPackage cannot be made in {where}; is the disk full? ({error})") from error


def _tables(page: PageContext) -> dict[str, list[Any]]:
    """Return the rows of each table: evidence, routes, the statements in either, and the texts."""
    content = build_content(page)
    evidence = build_evidence_rows(page.profile, content, page.view.markets)
    routes = build_route_rows(page.dataset, content.routes)
    statement_ids = {row.statement_id for row in evidence} | {row.statement_id for row in routes}
    return {
        "evidence": list(evidence),
        "routes": list(routes),
        "statements": list(_statement_rows(page.dataset, statement_ids)),
        "readme": [
            {
                "language": lang,
                "readme": build_readme(replace(page, lang=lang), Download.GEOPACKAGE),
                "licence": build_rights(page.dataset, lang),
            }
            for lang in LANGUAGES
        ],
    }


def _statement_rows(dataset: Dataset, statement_ids: Iterable[str]) -> Iterator[dict[str, str]]:
    for statement_id in sorted(statement_ids):
        statement = dataset.statement[statement_id]
        yield {
            "statement_id": statement_id,
            "sentence_id": statement.sentence_id,
            "nature": statement.nature.value,
            "hedge": statement.hedge.value,
            "markets": LIST_SEPARATOR.join(statement.markets),
            "indicators": LIST_SEPARATOR.join(statement.indicators),
            "actors": LIST_SEPARATOR.join(statement.actors),
            "actors_es": actor_names(dataset, statement, "es"),
            "actors_en": actor_names(dataset, statement, "en"),
            "locator_es": locator(dataset, statement, "es"),
            "locator_en": locator(dataset, statement, "en"),
            "text_es": statement.text_es,
            "text_en": statement.text_en,
        }


def _frames(page: PageContext, routes: Iterable[RouteRow]) -> dict[str, gpd.GeoDataFrame]:
    """Return each layer's table by name, in the order of `LAYERS`."""
    rows_of_layer: dict[str, list[dict[str, Any]]] = {layer: [] for layer in LAYERS}
    for feature in build_features(page.profile, page.filtered, routes):
        rows_of_layer[feature.layer].append({**feature.properties, GEOMETRY: feature.geometry})
    frames = {layer: _frame(rows) for layer, rows in rows_of_layer.items() if rows}
    return frames | {"rivers": page.profile.shapes.rivers.rename_geometry(GEOMETRY)}


def _frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(rows, geometry=GEOMETRY, crs=WGS84)


def _write(path: Path, layer: str, frame: pd.DataFrame, metadata: Mapping[str, str], **options: Any) -> None:
    """Add a layer, or a table without shapes, to the file; ``metadata`` describes the file."""
    pyogrio.write_dataframe(
        frame,
        path,
        layer=layer,
        driver="GPKG",
        dataset_metadata=dict(metadata),
        dataset_options={"VERSION": "1.3"},  # older versions of GDAL and QGIS read this one without a warning
        layer_options={"GEOMETRY_NAME": GEOMETRY},
        **options,
    )


def _add_styles(path: Path, styles: Mapping[str, str]) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(STYLES_TABLE)
        layers = {name for (name,) in file.execute("SELECT table_name FROM gpkg_contents")}
        file.executemany(ADD_STYLE, [(layer, GEOMETRY, qml) for layer, qml in styles.items() if layer in layers])
        file.execute(REGISTER, ("layer_styles",))
