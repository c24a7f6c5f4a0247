"""Reading of workbooks in the old format (.xls) as grids."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from opmodel.worksheets.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellValue,
    Grid,
    MergedArea,
    UnreadableSpreadsheet,
    cut_off,
    fill_merged,
    squared,
    value_of,
)

_UNTOLD = "struck-through text, comments, and the form of percentages, times and amounts"


def read_old_workbook(name: str, data: bytes) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, visible ones first. Raises `UnreadableSpreadsheet`."""
    try:
        with _silent_terminal():
            return _grids(CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except (CalamineError, ValueError, OSError):
        raise _damaged(name) from None
    except BaseException as error:  # a panic of the library, which is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name) from None


@contextmanager
def _silent_terminal() -> Iterator[None]:
    """Keep what the library writes about a panic, for its own programmers, from the terminal."""
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _grids(book: CalamineWorkbook) -> tuple[Grid, ...]:
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda each: each.visible != SheetVisibleEnum.Visible)
    visible = {each.name: each.visible == SheetVisibleEnum.Visible for each in sheets}
    return tuple(_grid(book.get_sheet_by_name(name), hidden=not visible[name]) for name in visible)


def _damaged(name: str) -> UnreadableSpreadsheet:
    return UnreadableSpreadsheet(
        f"{name} is protected by a password or damaged; save it as .xlsx without a password, and import that"
    )


def _grid(sheet: CalamineSheet, *, hidden: bool) -> Grid:
    top, left = sheet.start or (0, 0)
    height, width = sheet.total_height, sheet.total_width
    rows: list[list[CellValue]] = [[None] * min(width, MAX_COLUMNS) for _ in range(min(top, MAX_ROWS))]
    for cells in sheet.to_python(skip_empty_area=True, nrows=max(0, MAX_ROWS - top)):
        rows.append([None] * left + [value_of(_whole(cell)) for cell in cells])
    squares = [list(row) for row in squared(rows)]
    areas = sheet.merged_cell_ranges or []
    merged = tuple(MergedArea(a[0], a[1], b[0] + 1, b[1] + 1) for a, b in areas[:20_000])
    filled = frozenset(fill_merged(merged, squares))
    return Grid(
        title=sheet.name,
        rows=tuple(map(tuple, squares)),
        filled=filled,
        merged=merged,
        hidden=hidden,
        notes=tuple(cut_off(sheet.name, height, width)),
        untold=_UNTOLD,
    )


def _whole(value: object) -> object:
    """Return a whole number as int: this format stores all numbers as floats."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
