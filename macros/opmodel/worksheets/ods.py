"""Reading of OpenDocument spreadsheets (.ods) as grids: values, and the text that each cell shows."""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from opmodel.worksheets.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellValue,
    Grid,
    MergedArea,
    Place,
    UnreadableSpreadsheet,
    cut_off,
    fill_merged,
    raised_figures,
)
from opmodel.worksheets.package_survey import MAX_ELEMENTS, MAX_UNPACKED, WorkbookTooLarge, feed


def read_open_document(name: str, data: bytes) -> tuple[Grid, ...]:
    """Return the sheets of a document, visible ones first. Raises `UnreadableSpreadsheet`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
                raise WorkbookTooLarge(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB")
            reader = _ContentReader()
            with package.open("content.xml") as file:
                feed(file, reader.start, end=reader.end, text=reader.characters)
        grids = [sheet.grid() for sheet in reader.sheets]
    except WorkbookTooLarge as error:
        raise UnreadableSpreadsheet(f"{name} {error}; copy the table into a new file") from None
    except (
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
    ):
        raise UnreadableSpreadsheet(
            f"{name} is protected by a password or damaged; save it as a new file, and import that"
        ) from None
    return tuple(sorted(grids, key=lambda grid: grid.hidden))


@dataclass(slots=True)
class _Cell:
    """One cell while it is read."""

    kind: str
    value: str
    repeated: int
    down: int
    right: int
    struck: bool
    text: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)


class _Sheet:
    """One sheet while it is read. Empty cells that are repeated take no room."""

    def __init__(self, title: str, *, hidden: bool) -> None:
        self.title, self.hidden = title, hidden
        self.cells: dict[Place, CellValue] = {}
        self.shown: dict[Place, str] = {}
        self.struck: dict[Place, str] = {}
        self.comments: dict[Place, str] = {}
        self.merged: list[MergedArea] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row = self.column = self.columns = 0
        self.repeated = 1
        self.bottom = self.right = 0

    def end_cell(self, cell: _Cell) -> None:
        """Place a cell, as often as it is repeated."""
        text = "\n".join(line.strip() for line in "".join(cell.text).split("\n")).strip()
        comment = " ".join("".join(cell.comment).split())
        if (cell.down, cell.right) != (1, 1):
            self.merged.append(MergedArea(self.row, self.column, self.row + cell.down, self.column + cell.right))
        if text or comment or cell.value:
            self.bottom = max(self.bottom, self.row + self.repeated)
            self.right = max(self.right, self.column + cell.repeated)
            for row in range(self.row, min(self.row + self.repeated, MAX_ROWS)):
                for column in range(self.column, min(self.column + cell.repeated, MAX_COLUMNS)):
                    self.place((row, column), cell, text)
                    if comment:
                        self.comments[row, column] = comment
        self.column += cell.repeated

    def place(self, place: Place, cell: _Cell, text: str) -> None:
        if cell.struck and text:
            self.struck[place] = text
            return
        value = _value(cell, text)
        self.cells[place] = value
        if not isinstance(value, str) and text:
            self.shown[place] = text.replace("%", " %").replace("  %", " %") if cell.kind == "percentage" else text
        if len(self.cells) > MAX_ELEMENTS // 3:
            raise WorkbookTooLarge(f"holds more than {MAX_ELEMENTS // 3:,} cells")

    def grid(self) -> Grid:
        height, width = min(self.bottom, MAX_ROWS), min(self.right, MAX_COLUMNS)
        rows: list[list[CellValue]] = [
            [self.cells.get((row, column)) for column in range(width)] for row in range(height)
        ]
        merged = tuple(self.merged)
        filled = fill_merged(merged, rows)
        return Grid(
            title=self.title,
            rows=tuple(map(tuple, rows)),
            hidden=self.hidden,
            filled=frozenset(filled),
            merged=merged,
            shown=self.shown,
            struck=self.struck,
            comments=self.comments,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            notes=tuple(cut_off(self.title, self.bottom, self.right)),
        )


class _ContentReader:
    """Collects the sheets of a document while its XML is parsed."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.elements = 0
        self.styles: dict[str, set[str]] = {}
        self.style = ""
        self.cell: _Cell | None = None
        self.comment = False
        self.spans: list[set[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise WorkbookTooLarge(f"holds more than {MAX_ELEMENTS:,} XML elements")
        local = name.rpartition(" ")[2]
        found = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        sheet = self.sheets[-1] if self.sheets else None
        if local == "style":
            self.style = found.get("name", "")
        elif local == "table-properties" and found.get("display") == "false":
            self.styles.setdefault(self.style, set()).add("hidden")
        elif local == "text-properties":
            struck = found.get("text-line-through-style", "none") != "none"
            raised = found.get("text-position", "").startswith("super")
            self.styles.setdefault(self.style, set()).update({"struck"} if struck else (), {"raised"} if raised else ())
        elif local == "table" and "name" in found:
            self.sheets.append(_Sheet(found["name"], hidden="hidden" in self.of(found)))
        elif sheet:
            self.inside(sheet, local, found)

    def inside(self, sheet: _Sheet, local: str, found: dict[str, str]) -> None:
        """Note an element within a sheet."""
        gone = found.get("visibility", "visible") != "visible"
        if local == "table-column":
            count = _count(found, "number-columns-repeated")
            if gone:
                sheet.hidden_columns.update(range(sheet.columns, min(sheet.columns + count, MAX_COLUMNS)))
            sheet.columns += count
        elif local == "table-row":
            sheet.column, sheet.repeated = 0, _count(found, "number-rows-repeated")
            if gone:
                sheet.hidden_rows.update(range(sheet.row, min(sheet.row + sheet.repeated, MAX_ROWS)))
        elif local in ("table-cell", "covered-table-cell"):
            kind = found.get("value-type", "")
            value = next(
                (found[key] for key in ("value", "date-value", "time-value", "boolean-value") if key in found), ""
            )
            self.cell = _Cell(
                kind,
                value,
                _count(found, "number-columns-repeated"),
                _count(found, "number-rows-spanned"),
                _count(found, "number-columns-spanned"),
                "struck" in self.of(found),
            )
        elif local == "annotation":
            self.comment = True
        elif local == "p" and self.cell and not self.comment and self.cell.text:
            self.cell.text.append("\n")
        elif local in ("line-break", "tab", "s") and self.cell:
            self.put("\n" if local == "line-break" else " " * min(_count(found, "c"), 100))
        elif local == "span":
            self.spans.append(self.of(found))

    def of(self, found: dict[str, str]) -> set[str]:
        """Return what is known of the style of an element."""
        return self.styles.get(found.get("style-name", ""), set())

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        sheet = self.sheets[-1] if self.sheets else None
        if local == "annotation":
            self.comment = False
        elif local == "span" and self.spans:
            self.spans.pop()
        elif sheet and local == "table-row":
            sheet.row += sheet.repeated
        elif sheet and self.cell and local in ("table-cell", "covered-table-cell"):
            sheet.end_cell(self.cell)
            self.cell = None

    def characters(self, text: str) -> None:
        self.put(text)

    def put(self, text: str) -> None:
        if self.cell and self.comment:
            self.cell.comment.append(text)
        elif self.cell:
            styles = set().union(*self.spans)
            self.cell.struck = self.cell.struck or "struck" in styles
            self.cell.text.append(raised_figures(text) if "raised" in styles else text)


def _count(found: dict[str, str], name: str) -> int:
    text = found.get(name, "1")
    return max(1, int(text[:9])) if text.isdecimal() else 1


def _value(cell: _Cell, text: str) -> CellValue:
    """Return the value of a cell by its kind; text as it is shown."""
    try:
        if cell.kind in ("float", "currency", "percentage"):
            number = Decimal(cell.value)
            return int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number
        if cell.kind == "date":
            return date.fromisoformat(cell.value[:10])
    except (InvalidOperation, ValueError):
        return text or None
    if cell.kind == "boolean":
        return cell.value == "true"
    return text.replace("\u00a0", " ") or None
