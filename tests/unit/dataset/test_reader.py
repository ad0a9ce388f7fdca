"""The reader reads a whole package, or reports all of its faults with their positions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.errors import DataError
from ocmap.dataset.reader import read_dataset
from ocmap.dataset.schema import Hedge
from ocmap.dataset.tables import TABLES
from ocmap.dataset.text_files import shorten
from ocmap.dataset.validation import check_dataset

Edit = Callable[[str, str, str], None]

TABLE_FILES = [table.file for table in TABLES.values()]


def faults(package: Path) -> list[str]:
    """Return the faults that the reader reports."""
    with pytest.raises(DataError) as caught:
        read_dataset(package)
    return [str(problem) for problem in caught.value.problems]


def line_of(package: Path, file: str, start: str) -> int:
    """Return the number of the first line of a file with this start."""
    lines = (package / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def test_the_shipped_package_is_read(dataset: Dataset) -> None:
    assert len(dataset.sentences) == 172


def test_every_row_is_read(geodata: Path, dataset: Dataset) -> None:
    rows = {table.name: len(getattr(dataset, table.name)) for table in TABLES.values()}
    lines = {table.name: (geodata / table.file).read_text("utf-8").count("\n") for table in TABLES.values()}
    assert rows == {name: count - 1 for name, count in lines.items()}


def test_a_list_in_a_cell_becomes_a_tuple(dataset: Dataset) -> None:
    assert dataset.place["amazon"].members == ("PE-AMA", "PE-LOR", "PE-MDD", "PE-SAM", "PE-UCA")


def test_an_empty_list_is_empty(dataset: Dataset) -> None:
    assert dataset.statement["cocaine.1-a"].actors == ()


def test_a_blank_number_is_none(dataset: Dataset) -> None:
    assert dataset.place["PE"].lon is None


def test_an_ubigeo_has_its_leading_zero(dataset: Dataset) -> None:
    assert dataset.place["PE-AMA"].ubigeo == "01"


def test_a_closed_list_becomes_its_member(dataset: Dataset) -> None:
    assert dataset.statement["synthetic.2-b"].hedge is Hedge.ALLEGED


def test_a_byte_order_mark_is_ignored(package: Path, dataset: Dataset) -> None:
    path = package / "topics.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_dataset(package).topics == dataset.topics


def test_windows_line_ends_are_accepted(package: Path, dataset: Dataset) -> None:
    path = package / "topics.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_dataset(package).topics == dataset.topics


@pytest.mark.parametrize("file", TABLE_FILES)
def test_a_missing_file_is_reported(package: Path, file: str) -> None:
    (package / file).unlink()
    assert faults(package) == [
        f"{file}:0:-: cannot be read (No such file or directory), expected a file of the data package"
    ]


@pytest.mark.parametrize("file", TABLE_FILES)
def test_an_empty_file_has_no_column(package: Path, file: str) -> None:
    (package / file).write_bytes(b"")
    columns = list(next(table.record for table in TABLES.values() if table.file == file).model_fields)
    expected = f"expected the columns {', '.join(columns)}"
    assert sorted(faults(package)) == sorted(f"{file}:1:{name}: missing column, {expected}" for name in columns)


def test_a_missing_column_is_reported(package: Path) -> None:
    path = package / "scores.csv"
    rows = [line.rsplit(",", 1)[0] for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert faults(package) == [
        "scores.csv:1:status: missing column, expected the columns topic_id, edition, score, status"
    ]


def test_a_misspelt_column_is_reported_with_its_position_and_the_right_names(package: Path, edit: Edit) -> None:
    edit("scores.csv", "edition", "year")
    assert faults(package) == [
        "scores.csv:1:2: unknown column 'year', expected the columns topic_id, edition, score, status",
        "scores.csv:1:edition: missing column, expected the columns topic_id, edition, score, status",
    ]


def test_a_duplicate_column_is_reported(package: Path) -> None:
    path = package / "scores.csv"
    rows = [f"{line},{line.rsplit(',', 1)[1]}" for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert faults(package) == [
        "scores.csv:1:status: duplicate column, expected the columns topic_id, edition, score, status"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("sentences.csv", "aml.1,aml,1,9,", "aml.1,aml,one,9,", "sentences.csv:2:ordinal: 'one', expected a valid int"),
        ("sentences.csv", "aml.1,aml,1,9,", "aml.1,aml,0,9,", "sentences.csv:2:ordinal: '0', expected greater than"),
        ("sentences.csv", "aml.1,aml,1,9,71c4", "aml.1,aml,1,9,71C4", "sentences.csv:2:sha256: '71C4"),
        ("sentences.csv", ",coded,", ",maybe,", "sentences.csv:2:coding: 'maybe', expected 'coded', 'context' or"),
        ("places.csv", "-68.1,-16.3", "west,-16.3", "places.csv:3:lon: 'west', expected a valid number"),
        ("places.csv", "-68.1,-16.3", "nan,-16.3", "places.csv:3:lon: 'nan', expected a finite number"),
        ("places.csv", "-68.1,-16.3", "-68.1,-163", "places.csv:3:lat: '-163', expected greater than or equal to -90"),
        ("places.csv", "-68.1,-16.3", "-681,-16.3", "places.csv:3:lon: '-681', expected greater than or equal to -180"),
        ("places.csv", "BE,country", "BE,kingdom", "places.csv:2:kind: 'kingdom', expected 'region'"),
        (
            "places.csv",
            "Belgium,Bélgica,,,europe,,,,,7",
            "Belgium,Bélgica,,,europe,,,,,8",
            "places.csv:2:precision: '8'",
        ),
        ("places.csv", "BE,country,Belgium", "BE,country,", "places.csv:2:name_en: '', expected have at least 1"),
        ("places.csv", "BE,country", "B E,country", "places.csv:2:place_id: 'B E', expected match pattern"),
        ("statements.csv", "aml.1,activity", "aml.1,rumour", "statements.csv:2:nature: 'rumour', expected 'activity'"),
        ("statements.csv", "activity,stated", "activity,sure", "statements.csv:2:hedge: 'sure', expected 'stated'"),
        (
            "statement_places.csv",
            "europe,partner",
            "europe,end",
            "statement_places.csv:2:role: 'end', expected 'location'",
        ),
        ("route_points.csv", "r1,1,PE", "r1,first,PE", "route_points.csv:2:seq: 'first', expected a valid integer"),
        ("routes.csv", "unspecified", "magic", "routes.csv:2:mode: 'magic', expected 'road', 'river', 'air', 'sea' or"),
        ("scores.csv", "aml,2021,4.5", "aml,2021,45", "scores.csv:2:score: '45', expected less than or equal to 10"),
        ("scores.csv", "aml,2021,4.5", "aml,2021,4;5", "scores.csv:2:score: '4;5', expected a valid number"),
        ("topics.csv", "aml,indicator", "aml,index", "topics.csv:2:kind: 'index', expected 'market', 'actor_type'"),
    ],
)
def test_a_value_that_is_not_allowed_is_reported(  # noqa: PLR0913, PLR0917 - a table of cases
    package: Path, edit: Edit, file: str, old: str, new: str, fault: str
) -> None:
    edit(file, old, new)
    found = faults(package)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_long_cell_is_shortened_in_the_message(package: Path, edit: Edit) -> None:
    edit("scores.csv", "aml,2021,4.5", f"aml,2021,{'9' * 500}x")
    assert len(faults(package)[0]) < 200


def test_a_byte_that_is_not_utf_8_is_reported_with_its_line_and_position(package: Path) -> None:
    path = package / "places.csv"
    lines = path.read_bytes().split(b"\n")
    assert lines[1].startswith(b"BE,country,Belgium,B\xc3\xa9lgica")
    lines[1] = lines[1].replace(b"\xc3\xa9", b"\xe9")
    path.write_bytes(b"\n".join(lines))
    assert faults(package) == ["places.csv:2:21: byte 0xe9 is not UTF-8, expected text in UTF-8"]


@pytest.mark.parametrize(
    ("row", "cells", "column"), [("aml,2021", 2, "score"), ("aml,2021,4.5,known,", 5, "5"), ("", 0, "topic_id")]
)
def test_a_row_with_another_number_of_cells_is_reported(
    package: Path, edit: Edit, row: str, cells: int, column: str
) -> None:
    edit("scores.csv", "aml,2021,4.5,known", row)
    assert faults(package) == [f"scores.csv:2:{column}: {cells} cells, expected 4 as in the header"]


def test_a_line_break_inside_a_cell_is_reported(package: Path, edit: Edit) -> None:
    edit("routes.csv", "arms.1-a,arms,arms", 'arms.1-a,arms,"ar\nms"')
    assert faults(package) == ["routes.csv:2:goods_en: line break inside a cell, expected one record a line"]


@pytest.mark.parametrize("cell", ['"arms"s', '"arms'])
def test_broken_quoting_is_reported(package: Path, edit: Edit, cell: str) -> None:
    edit("routes.csv", "arms.1-r1,arms.1-a,arms,arms", f"arms.1-r1,arms.1-a,arms,{cell}")
    found = faults(package)
    assert len(found) == 1
    assert found[0].startswith("routes.csv:2:goods_en: broken CSV (")


def test_all_faults_of_a_row_are_reported(package: Path, edit: Edit) -> None:
    edit("places.csv", "-68.1,-16.3,,7", "west,south,,eight")
    assert [fault.split(": ")[0] for fault in faults(package)] == [
        "places.csv:3:lat",
        "places.csv:3:lon",
        "places.csv:3:precision",
    ]


def test_faults_of_several_files_are_reported_together(package: Path, edit: Edit) -> None:
    (package / "actors.csv").unlink()
    edit("places.csv", "BE,country", "BE,kingdom")
    edit("scores.csv", "aml,2021,4.5,known", "aml,2021")
    edit("statements.csv", "activity,stated", "activity,sure")
    edit("topics.csv", "name_es", "nombre")
    assert [fault.split(": ")[0] for fault in faults(package)] == [
        "actors.csv:0:-",
        "places.csv:2:kind",
        "scores.csv:2:score",
        "statements.csv:2:hedge",
        "topics.csv:1:5",
        "topics.csv:1:name_es",
    ]


def test_a_place_that_does_not_exist_is_reported_where_it_is_used(package: Path, edit: Edit) -> None:
    line = line_of(package, "statement_places.csv", "arms.5-a,PE-PIU")
    edit("statement_places.csv", "arms.5-a,PE-PIU", "arms.5-a,PE-PIX")
    assert [str(problem) for problem in check_dataset(read_dataset(package))] == [
        f"statement_places.csv:{line}:place_id: 'PE-PIX' does not exist, expected an id of places.csv"
    ]


def test_a_text_is_shortened_only_where_it_is_long() -> None:
    assert (shorten("a" * 60), shorten("a" * 61)) == ("a" * 60, "a" * 60 + "…")
