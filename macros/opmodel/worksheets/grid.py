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
    """A file that is no spreadsheet that can be read; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A value that was not taken over, or not as it stood: where it is, what it is, why, and the nearest match."""

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
    """One sheet: rows of values, all of the same length. ``spans`` are the cells that a merged cell fills."""

    title: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    notes: tuple[Unplaced, ...] = ()
    filled: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Cells (row and column from 0) that hold the value of a merged cell they belong to."""
    turned: bool = False
    """Whether rows and columns were exchanged; cells keep the names that they have in the file."""

    def text(self, row: int, column: int) -> str:
        """Return a cell as text on trimmed lines; nothing beyond the edge."""
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


def text_of(value: CellValue) -> str:
    """Return a value as the text that a person sees in its cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "\n".join(line.strip() for line in str(value).strip().split("\n"))


def cut_off(title: str, rows: int, columns: int) -> list[Unplaced]:
    """Return a note when a sheet reaches further than it is read."""
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS:
        return []
    why = f"only {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read"
    return [Unplaced(sheet=title, cell="", value="", why=why)]


def value_of(value: Any) -> CellValue:
    """Return what a cell holds, with exact numbers and without times of day."""
    if isinstance(value, float):
        return Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, (bool, int, date, Decimal)):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n").replace("\u00a0", " ")
