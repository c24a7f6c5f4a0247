"""Reading of workbooks (.xlsx) as grids. Their content is counted first: a small file can unpack to gigabytes."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.rich_text import CellRichText, TextBlock  # type: ignore[import-untyped]
from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # type: ignore[import-untyped]

from opmodel.worksheets.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellValue,
    Grid,
    Place,
    Unplaced,
    UnreadableSpreadsheet,
    cut_off,
    fill_merged,
    raised_figures,
    value_of,
)
from opmodel.worksheets.number_formats import shown_text
from opmodel.worksheets.package_survey import SheetSurvey, WorkbookTooLarge, survey_package, usual_package


def read_workbook(name: str, data: bytes) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, visible ones first. Raises `UnreadableSpreadsheet`.

    Cells are read one row at a time: merged areas, links and formats over whole columns take no room.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            surveyed = survey_package(package)
        if "xl/workbook.xml" in surveyed and not any(part.startswith("xl/worksheets/") for part in surveyed):
            raise UnreadableSpreadsheet(f"{name} holds no sheet with cells, such as a workbook of charts alone")
        if any(part.strict for part in surveyed.values()):
            data = usual_package(data)
        return _grids(data, surveyed)
    except WorkbookTooLarge as error:
        raise UnreadableSpreadsheet(f"{name} {error}; copy the table into a new file") from None
    except UnreadableSpreadsheet:
        raise
    except Exception:  # the library raises whatever a damaged file makes it meet, in words for programmers
        raise UnreadableSpreadsheet(
            f"{name} is no .xlsx file that can be read; a part or a cell of it is damaged: "
            "open it in a spreadsheet program, save it as a new .xlsx file, and import that"
        ) from None


def _grids(data: bytes, surveyed: dict[str, SheetSurvey]) -> tuple[Grid, ...]:
    with warnings.catch_warnings(action="ignore"):  # of styles and extensions that the library leaves out
        values = load_workbook(io.BytesIO(data), data_only=True, read_only=True, rich_text=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True)
        sheets = [sheet for sheet in values.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        sheets.sort(key=lambda sheet: sheet.sheet_state != "visible")
        return tuple(_grid(sheet, formulas[sheet.title], surveyed) for sheet in sheets)


class _Cells:
    """The cells of a sheet: values, texts that show another form of them, and text that is struck through."""

    def __init__(self) -> None:
        self.rows: list[list[CellValue]] = []
        self.shown: dict[Place, str] = {}
        self.struck: dict[Place, str] = {}

    def add(self, cells: Any) -> None:
        """Add one row of cells of the library."""
        row = len(self.rows)
        self.rows.append([self.value((row, column), cell) for column, cell in enumerate(cells)])

    def value(self, place: Place, cell: Any) -> CellValue:
        value = cell.value
        if value is None:
            return None
        if isinstance(value, CellRichText):
            gone = "".join(part.text for part in value if isinstance(part, TextBlock) and part.font.strike)
            if gone.strip():
                self.struck[place] = gone
            kept = (part for part in value if not (isinstance(part, TextBlock) and part.font.strike))
            value = "".join(map(_part_text, kept)) or None
        if cell.has_style:
            if cell.font.strike:
                self.struck[place] = str(cell.value)
                return None
            text = shown_text(value, cell.number_format)
            if text is not None:
                self.shown[place] = text
        return value_of(value)


def _part_text(part: str | TextBlock) -> str:
    raised = isinstance(part, TextBlock) and part.font.vertAlign == "superscript"
    return raised_figures(str(part)) if raised else str(part)


def _grid(values: Any, formulas: Any, surveyed: dict[str, SheetSurvey]) -> Grid:
    found = surveyed.get(values._worksheet_path.lstrip("/"), SheetSurvey())
    height, width = min(found.rows, MAX_ROWS), min(found.columns, MAX_COLUMNS)
    cells = _Cells()
    for row in _rows(values, height, width):
        cells.add(row)
    notes = [
        Unplaced(sheet=values.title, cell=cell.coordinate, value=str(cell.value), why="a formula without a saved value")
        for number, row in enumerate(_rows(formulas, height if found.formulas else 0, width))
        for column, cell in enumerate(row)
        if cell.data_type == "f" and cells.rows[number][column] is None and (number, column) not in cells.struck
    ]
    notes += cut_off(values.title, found.rows, found.columns)
    try:
        filled = fill_merged(tuple(found.merged), cells.rows)
    except ValueError as error:
        raise WorkbookTooLarge(str(error)) from None
    for area in found.merged:
        if text := cells.shown.get((area.top, area.left)):
            rows, columns = range(area.top, min(area.bottom, height)), range(area.left, min(area.right, width))
            cells.shown |= {(row, column): text for row in rows for column in columns}
    return Grid(
        title=values.title,
        rows=tuple(map(tuple, cells.rows)),
        filled=frozenset(filled),
        merged=tuple(found.merged),
        shown=cells.shown,
        struck=cells.struck,
        comments={place: " ".join(text.split()) for place, text in found.comments.items()},
        hidden_rows=frozenset(row for row in found.hidden_rows if row < height),
        hidden_columns=frozenset(column for column in found.hidden_columns if column < width),
        hidden=values.sheet_state != "visible",
        notes=tuple(notes),
    )


def _rows(sheet: Any, height: int, width: int) -> Iterator[Any]:
    if height and width:
        yield from sheet.iter_rows(1, height, 1, width)
