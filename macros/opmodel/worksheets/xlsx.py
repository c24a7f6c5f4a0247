"""Reading of workbooks (.xlsx). Their content is counted first, because a small file can unpack to gigabytes."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat

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

MAX_PARTS, MAX_UNPACKED, MAX_ELEMENTS, MAX_MERGED = 2_000, 100 * 1024 * 1024, 1_500_000, 20_000
"""Files in the package, their bytes, their XML elements (a filled cell has two or three), and merged areas."""
_CHUNK = 1 << 16
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class WorkbookTooLarge(ValueError):
    """Raised for a package that exceeds a limit; the message names the limit."""


@dataclass(frozen=True, slots=True)
class MergedArea:
    """A merged area; rows and columns count from 0, and the last ones do not belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetSurvey:
    """Merged areas of a sheet, the extent of its filled cells, and whether it has formulas."""

    merged: list[MergedArea] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    formulas: bool = False


def survey_package(package: zipfile.ZipFile) -> dict[str, SheetSurvey]:
    """Return a survey of each part of a package, by its path. Raises `WorkbookTooLarge`."""
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise WorkbookTooLarge(f"holds more than {MAX_PARTS:,} files")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise WorkbookTooLarge(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB")
    counter = _Counter()
    return {part.filename: counter.read(package, part) for part in parts}


class _Counter:
    """Counts the elements of all parts of a package, and surveys each part."""

    def __init__(self) -> None:
        self.elements = 0
        self.sheet = SheetSurvey()
        self.row = self.column = 0

    def read(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetSurvey:
        self.sheet, self.row, self.column = SheetSurvey(), 0, 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.StartDoctypeDeclHandler = self.refuse
        try:
            with package.open(part) as file:
                _feed(parser, file)
        except expat.ExpatError:  # a picture, or what the library will refuse
            pass
        return self.sheet

    def refuse(self, *_: object) -> None:
        raise WorkbookTooLarge("holds a document type, which no spreadsheet needs")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise WorkbookTooLarge(f"holds more than {MAX_ELEMENTS:,} XML elements, some {MAX_ELEMENTS // 3:,} cells")
        match name.rpartition(" ")[2]:
            case "row":
                row = attributes.get("r", "")
                self.row, self.column = (int(row[:9]) if row.isdecimal() else self.row + 1), 0
            case "c":
                place = _AREA.fullmatch(attributes.get("r", ""))
                self.column = column_number(place[1]) if place else self.column + 1
            case "v" | "f" | "is" as kind:
                self.sheet.formulas |= kind == "f"
                self.sheet.rows = max(self.sheet.rows, self.row)
                self.sheet.columns = max(self.sheet.columns, self.column)
            case "mergeCell":
                self.merge(attributes.get("ref", ""))

    def merge(self, ref: str) -> None:
        if len(self.sheet.merged) >= MAX_MERGED:
            raise WorkbookTooLarge(f"has a sheet with more than {MAX_MERGED:,} merged areas")
        if place := _AREA.fullmatch(ref):
            left, top, right, bottom = place[1], int(place[2]), place[3] or place[1], int(place[4] or place[2])
            self.sheet.merged.append(MergedArea(top - 1, column_number(left) - 1, bottom, column_number(right)))


def _feed(parser: expat.XMLParserType, file: IO[bytes]) -> None:
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def column_number(letters: str) -> int:
    """Return the number of a column, from 1: ``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def read_workbook(name: str, data: bytes) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, visible ones first. Raises `UnreadableSpreadsheet`.

    Cells are read one row at a time: merged areas, links and formats over whole columns take no room.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            surveyed = survey_package(package)
        if "xl/workbook.xml" in surveyed and not any(part.startswith("xl/worksheets/") for part in surveyed):
            raise UnreadableSpreadsheet(f"{name} holds no sheet with cells, such as a workbook of charts alone")
        values = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True)
        sheets = [sheet for sheet in values.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        sheets.sort(key=lambda sheet: sheet.sheet_state != "visible")
        return tuple(_grid(sheet, formulas[sheet.title], surveyed) for sheet in sheets)
    except WorkbookTooLarge as error:
        raise UnreadableSpreadsheet(f"{name} {error}; copy the table into a new file") from None
    except UnreadableSpreadsheet:
        raise
    except Exception:  # the library raises whatever a damaged file makes it meet, in words for programmers
        raise UnreadableSpreadsheet(
            f"{name} is no .xlsx file that can be read; a part or a cell of it is damaged: "
            "open it in a spreadsheet program, save it as a new .xlsx file, and import that"
        ) from None


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
    """Fill each merged area with its value, and return the filled cells."""
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
