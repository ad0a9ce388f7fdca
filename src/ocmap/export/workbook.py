"""Write a view as a workbook (XLSX), which every spreadsheet program opens with its columns and accents right."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ocmap import i18n
from ocmap.analysis.matrix import Table
from ocmap.analysis.page_context import PageContext
from ocmap.export.files import EPOCH, Download
from ocmap.export.readme import build_readme, citation_of, title_of
from ocmap.export.tables import build_tables

TEXT_WIDTH, WIDTH, README_WIDTH = 60, 18, 130
TEXTS = ("text_", "statement_ids", "meaning")  # columns that begin so are wide
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def build_workbook(page: PageContext) -> bytes:
    """Return a workbook with a sheet for each table of a page, one that explains the columns, and the README.

    Ids and texts are text cells, so that nothing is taken for a number, a date or a formula. The same page gives the
    same bytes at any time.

    Raises:
        EmptyExportError: The filters leave nothing.
    """
    tables = build_tables(page)
    words = page.words
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": f"ocmap – {title_of(page)}",
                "comments": citation_of(page),
                "created": datetime(*EPOCH, tzinfo=UTC).replace(tzinfo=None),  # XlsxWriter takes no time zone
            }
        )
        for name, table in {**tables, "columns": _explain(tables, words)}.items():
            _write(workbook, workbook.add_worksheet(words[f"workbook.{name}"]), table)
        readme = workbook.add_worksheet(words["workbook.readme"])
        readme.set_column(0, 0, README_WIDTH)
        for number, line in enumerate(build_readme(page, Download.XLSX).splitlines()):
            readme.write_string(number, 0, line)
    return out.getvalue()


def _explain(tables: Mapping[str, Table], words: i18n.Words) -> Table:
    """Return a table that says what each column means."""
    lines = [
        (words[f"workbook.{name}"], column, words[f"column.{column}"])
        for name, table in tables.items()
        for column in map(str, table.header)
    ]
    return Table((words["workbook.sheet"], words["workbook.column"], words["workbook.meaning"]), lines)


def _write(workbook: Workbook, sheet: Worksheet, table: Table) -> None:
    """Write a table with a heading that stays in sight and a filter for each column."""
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    heading = workbook.add_format({"bold": True, "bottom": 1})
    for column, name in enumerate(map(str, table.header)):
        is_wide = name.startswith(TEXTS) or column + 1 == len(table.header)
        sheet.set_column(column, column, TEXT_WIDTH if is_wide else WIDTH, wrapped)
        sheet.write_string(0, column, name, heading)
    for row, line in enumerate(table.lines, 1):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                sheet.write_string(row, column, str(value))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.lines), len(table.header) - 1)
