"""Workbooks: what a spreadsheet program reads in them."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import MatrixUnit, ViewState
from ocmap.dataset.schema import Lang
from ocmap.export.tables import build_tables
from ocmap.export.workbook import build_workbook

SHEETS: dict[Lang, list[str]] = {
    "es": ["Evidencia", "Rutas", "Tabla", "Columnas", "Léeme"],
    "en": ["Evidence", "Routes", "Table", "Columns", "Readme"],
}


def workbook_of(profile: CountryProfile, view: ViewState, lang: Lang = "en") -> Workbook:
    return load_workbook(io.BytesIO(build_workbook(PageContext(profile, lang, view))))


def values_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple("" if value is None else value for value in row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_each_table_has_a_sheet_with_all_its_rows_a_filter_and_a_fixed_heading(
    profile: CountryProfile, lang: Lang
) -> None:
    view = ViewState()
    book = workbook_of(profile, view, lang)
    assert book.sheetnames == SHEETS[lang]
    tables = build_tables(PageContext(profile, lang, view))
    for sheet, (name, table) in zip(book.worksheets, tables.items(), strict=False):
        assert values_of(sheet) == [tuple(map(str, table.header)), *(tuple(line) for line in table.lines)], name
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_every_column_is_explained_and_every_id_is_text(profile: CountryProfile) -> None:
    book = workbook_of(profile, ViewState())
    explained = {(sheet, column): meaning for sheet, column, meaning in values_of(book["Columns"])[1:]}
    for sheet in book.worksheets[:3]:
        header, *rows = values_of(sheet)
        assert all(explained[sheet.title, column] for column in header)
        ids = [i for i, name in enumerate(header) if "id" in str(name).split("_")]
        assert ids
        assert not [row for row in rows for i in ids if not isinstance(row[i], str)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(profile: CountryProfile, start: str) -> None:
    evil = f"{start}HYPERLINK(1)"
    places = tuple(one.model_copy(update={"name_es": evil, "name_en": evil}) for one in profile.dataset.places)
    changed = replace(profile, dataset=replace(profile.dataset, places=places))
    book = workbook_of(changed, ViewState())
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert evil.strip() in {str(cell.value).strip() for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_the_table_of_a_view_counts_what_the_view_counts(profile: CountryProfile) -> None:
    book = workbook_of(profile, ViewState(matrix=MatrixUnit.SENTENCES))
    assert values_of(book["Table"])[0][4] == "sentences"


def test_the_workbook_of_a_place_has_its_statements_and_no_table(profile: CountryProfile) -> None:
    book = workbook_of(profile, ViewState(place="PE-MDD"))
    assert book.sheetnames == ["Evidence", "Routes", "Columns", "Readme"]
    assert {row[0] for row in values_of(book["Evidence"])[1:]} == {"PE-MDD"}
    assert str(values_of(book["Readme"])[0][0]) == "ocmap – Madre de Dios"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_every_sheet_with_its_accents(profile: CountryProfile, tmp_path: Path) -> None:
    (tmp_path / "ocmap.xlsx").write_bytes(build_workbook(PageContext(profile, "es", ViewState())))
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ("soffice", f"-env:UserInstallation={tmp_path.as_uri()}/home", "--headless", "--convert-to", form)
    subprocess.run((*command, "ocmap.xlsx"), cwd=tmp_path, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
    read = {file.stem.removeprefix("ocmap-"): file.read_text("utf-8") for file in tmp_path.glob("*.csv")}
    assert sorted(read) == sorted(SHEETS["es"])
    rows = list(csv.reader(io.StringIO(read["Evidencia"], newline="")))
    tables = build_tables(PageContext(profile, "es", ViewState()))
    assert rows == [list(line) for line in (tables["evidence"].header, *tables["evidence"].lines)]


def test_the_same_view_gives_the_same_bytes(profile: CountryProfile) -> None:
    first, second = (build_workbook(PageContext(profile, "es", ViewState())) for _ in range(2))
    assert first == second
