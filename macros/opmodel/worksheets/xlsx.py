"""Sheets of an .xlsx file as grids, with merged cells filled and formulas as last computed."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # type: ignore[import-untyped]

from opmodel.worksheets.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellValue,
    Grid,
    Unplaced,
    UnreadableSpreadsheet,
    cut_off,
    value_of,
)
from opmodel.worksheets.xlsx_survey import MergedArea, SheetSurvey, WorkbookTooLarge, survey_package


def read_workbook(name: str, data: bytes) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, visible ones first. Raises `UnreadableSpreadsheet`.

    Cells are read one row at a time: merged areas, links and formats over whole columns take no room.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            surveyed = survey_package(package)
        values = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True)
        sheets = [sheet for sheet in values.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        sheets.sort(key=lambda sheet: sheet.sheet_state != "visible")
        return tuple(_grid(sheet, formulas[sheet.title], surveyed) for sheet in sheets)
    except WorkbookTooLarge as error:
        raise UnreadableSpreadsheet(f"{name} {error}; copy the table into a new file") from None
    except Exception as error:  # the library raises whatever a damaged file makes it meet
        raise UnreadableSpreadsheet(f"{name} is no .xlsx file that can be read: {error}") from None


def _grid(values: Any, formulas: Any, surveyed: dict[str, SheetSurvey]) -> Grid:
    found = surveyed.get(values._worksheet_path.lstrip("/"), SheetSurvey())
    height, width = min(found.rows, MAX_ROWS), min(found.columns, MAX_COLUMNS)
    rows = [[value_of(value) for value in row] for row in _rows(values, height, width, values_only=True)]
    notes = [
        Unplaced(sheet=values.title, cell=cell.coordinate, value=str(cell.value), why="a formula without a saved value")
        for number, row in enumerate(_rows(formulas, height if found.formulas else 0, width, values_only=False))
        for column, cell in enumerate(row)
        if cell.data_type == "f" and rows[number][column] is None
    ]
    notes += cut_off(values.title, found.rows, found.columns)
    return Grid(
        title=values.title,
        filled=frozenset(_fill(found.merged, rows)),
        rows=tuple(map(tuple, rows)),
        hidden=values.sheet_state != "visible",
        notes=tuple(notes),
    )


def _rows(sheet: Any, height: int, width: int, *, values_only: bool) -> Iterator[Any]:
    if height and width:
        yield from sheet.iter_rows(1, height, 1, width, values_only=values_only)


def _fill(merged: list[MergedArea], rows: list[list[CellValue]]) -> set[tuple[int, int]]:
    """Give every cell of a merged area its value; return those cells."""
    filled: set[tuple[int, int]] = set()
    for area in merged:
        bottom, right = min(area.bottom, len(rows)), min(area.right, len(rows[0]) if rows else 0)
        cells = {(row, column) for row in range(area.top, bottom) for column in range(area.left, right)}
        if not cells.isdisjoint(filled):
            raise WorkbookTooLarge("has merged areas that overlap")
        for row, column in cells - {(area.top, area.left)}:
            rows[row][column] = rows[area.top][area.left]
            filled.add((row, column))
    return filled
