"""Spreadsheets that stand for more than they hold: read as far as they are used, or refused in one sentence."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from opmodel.worksheets.grid import MAX_COLUMNS, MAX_ROWS, Grid, UnreadableSpreadsheet
from opmodel.worksheets.spreadsheets import read_grids

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
MILLION = 1_000_000


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Save a small workbook (A1 says Task, B1 R) with one part changed as no program would write it."""
    book, plain = Workbook(), io.BytesIO()
    book.active.append(["Task", "R"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
    return path


def behind(text: str) -> Callable[[str], str]:
    """Add text behind the cells."""
    return lambda part: part.replace("</sheetData>", f"</sheetData>{text}")


def within(text: str) -> Callable[[str], str]:
    """Add rows to the cells."""
    return lambda part: part.replace("</sheetData>", f"{text}</sheetData>")


def rows(grid: Grid) -> list[list[str]]:
    return [[grid.text(row, column) for column in range(len(grid.rows[row]))] for row in range(len(grid.rows))]


@pytest.mark.parametrize(
    "change",
    [
        behind('<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'),
        behind('<mergeCells><mergeCell ref="C1:C1048576"/></mergeCells>'),
        behind('<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'),
        behind('<conditionalFormatting sqref="A1:XFD1048576"/>'),
        behind('<dataValidations><dataValidation sqref="A1:XFD1048576" type="whole"/></dataValidations>'),
        within('<row r="1048576"><c r="XFD1048576"/></row>'),
        lambda part: part.replace('ref="A1:B1"', 'ref="A1:XFD1048576"'),
        lambda part: part.replace('ref="A1:B1"', 'ref="A1"'),
    ],
    ids=["merged", "merged column", "link", "format", "validation", "cell", "dimension", "small dimension"],
)
def test_areas_over_whole_sheets_take_no_room(change: Callable[[str], str], tmp_path: Path) -> None:
    (grid,) = read_grids(changed(tmp_path / "a.xlsx", SHEET, change))
    assert rows(grid) == [["Task", "R"]]
    assert grid.notes == ()


def test_a_merged_area_fills_the_rows_that_are_used(tmp_path: Path) -> None:
    merged = (
        '<row r="3"><c r="B3"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
    )
    path = changed(tmp_path / "a.xlsx", SHEET, lambda part: part.replace("</sheetData>", merged))
    (grid,) = read_grids(path)
    assert rows(grid) == [["Task", "R"], ["Task", ""], ["Task", "1"]]
    assert grid.filled == {(1, 0), (2, 0)}


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        (
            SHEET,
            within("<row>" + "<c/>" * 2 * MILLION + "</row>"),
            "more than 1,500,000 XML elements, some 500,000 cells",
        ),
        (SHEET, within("<row/>" * 2 * MILLION), "more than 1,500,000 XML elements"),
        (STYLES, lambda part: part.replace("</styleSheet>", "<x/>" * 2 * MILLION), "1,500,000 XML elements"),
        (
            SHEET,
            behind(
                "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(3, 30_000)) + "</mergeCells>"
            ),
            "more than 20,000 merged areas",
        ),
        (
            SHEET,
            behind('<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A1:XFD9"/></mergeCells>'),
            "merged areas that overlap",
        ),
        (SHEET, lambda part: '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part, "a document type"),
        ("docProps/app.xml", lambda part: part + " " * 105 * MILLION, "unpacks to more than 100 MiB"),
    ],
    ids=["cells", "rows", "styles", "merged", "overlapping", "entities", "bytes"],
)
def test_what_takes_too_much_is_refused(part: str, change: Callable[[str], str], why: str, tmp_path: Path) -> None:
    path = changed(tmp_path / "a.xlsx", part, change)
    assert path.stat().st_size < MILLION
    with pytest.raises(UnreadableSpreadsheet, match=why):
        read_grids(path)


def test_many_files_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.xlsx", SHEET, str)
    with zipfile.ZipFile(path, "a") as package:
        for number in range(2_001):
            package.writestr(f"xl/worksheets/sheet{number + 2}.xml", "")
    with pytest.raises(UnreadableSpreadsheet, match="more than 2,000 files"):
        read_grids(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("down.csv", "a,b\n" * (MAX_ROWS + 1)),
        ("right.csv", "a" + ",a" * MAX_COLUMNS + "\n"),
    ],
)
def test_what_is_not_read_of_a_csv_file_is_said(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    (grid,) = read_grids(tmp_path / name)
    assert [note.why for note in grid.notes] == ["only 5,000 rows and 200 columns are read"]
    assert (len(grid.rows), len(grid.rows[0])) in ((MAX_ROWS, 2), (1, MAX_COLUMNS))


def test_what_is_not_read_of_a_workbook_is_said(tmp_path: Path) -> None:
    (grid,) = read_grids(changed(tmp_path / "a.xlsx", SHEET, within('<row r="9000"><c r="A9000"><v>1</v></c></row>')))
    assert [note.why for note in grid.notes] == ["only 5,000 rows and 200 columns are read"]
    assert len(grid.rows) == MAX_ROWS


def test_a_large_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b";" * (5 * 1024 * 1024 + 1))
    with pytest.raises(UnreadableSpreadsheet, match="text of more than 5 MiB"):
        read_grids(tmp_path / "a.csv")


def test_a_number_that_is_none_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.xlsx", SHEET, within('<row r="2"><c r="A2" t="n"><v>NaN</v></c></row>'))
    with pytest.raises(UnreadableSpreadsheet, match="a part or a cell of it is damaged"):
        read_grids(path)
