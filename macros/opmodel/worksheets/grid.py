"""One sheet of a spreadsheet as a grid of values, and findings about its cells."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from opmodel.text.lookalikes import in_quotes

MAX_ROWS, MAX_COLUMNS = 5_000, 200
CellValue = str | int | Decimal | bool | date | None


class UnreadableSpreadsheet(ValueError):
    """Raised for a file that cannot be read as a spreadsheet."""


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A value that was not imported unchanged: its place, the value, the reason, and the nearest match."""

    sheet: str
    cell: str
    value: str
    why: str
    near: str = ""

    def __str__(self) -> str:
        """Return the finding on one line: ``Sheet!B7 "X": why; did you mean "…"?``."""
        value = self.value if len(self.value) <= 60 else f"{self.value[:59]}…"
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        shown = f" {in_quotes(' '.join(value.split()))}" if value else ""
        return f"{place}{shown}: {self.why}{self.near}"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet: rows of values, all of the same length."""

    title: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    notes: tuple[Unplaced, ...] = ()
    filled: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Cells (row and column from 0) that were filled with the value of their merged area."""
    turned: bool = False
    """Whether rows and columns were exchanged. Cells keep their names."""

    def text(self, row: int, column: int) -> str:
        """Return a cell as text with trimmed lines; empty beyond the edge."""
        value = self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None
        return text_of(value)

    def cell(self, row: int, column: int) -> str:
        """Return a cell's name: ``B7``."""
        if self.turned:
            row, column = column, row
        return f"{get_column_letter(column + 1)}{row + 1}"

    def unplaced(self, row: int, column: int, why: str, near: str = "") -> Unplaced:
        """Return a finding about one cell."""
        return Unplaced(sheet=self.title, cell=self.cell(row, column), value=self.text(row, column), why=why, near=near)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid."""

    grid: Grid
    row: int
    column: int

    @property
    def value(self) -> CellValue:
        """The value of the cell; None beyond the edge."""
        row = self.grid.rows[self.row]
        return row[self.column] if self.column < len(row) else None

    @property
    def text(self) -> str:
        """The value as text."""
        return self.grid.text(self.row, self.column)

    def unplaced(self, why: str, near: str = "") -> Unplaced:
        """Return a finding about the cell."""
        return self.grid.unplaced(self.row, self.column, why, near)


def text_of(value: CellValue) -> str:
    """Return a value as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "\n".join(line.strip() for line in str(value).strip().split("\n"))


def cut_off(title: str, rows: int, columns: int) -> list[Unplaced]:
    """Return a finding if a sheet is larger than what is read."""
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS:
        return []
    why = f"only {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read"
    return [Unplaced(sheet=title, cell="", value="", why=why)]


def value_of(value: Any) -> CellValue:
    """Return the value of a cell, with exact numbers and without times of day."""
    if isinstance(value, float):
        return Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, (bool, int, date, Decimal)):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n").replace("\u00a0", " ")
