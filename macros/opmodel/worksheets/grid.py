"""Spreadsheets as plain grids of values, and reading them from CSV."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from opmodel.files.reading import UnreadableFile, read_named_file
from opmodel.worksheets.unplaced import Unplaced

MAX_BYTES, MAX_TEXT = 20 * 1024 * 1024, 5 * 1024 * 1024
"""The largest spreadsheet, and the largest of them that is text."""
MAX_ROWS, MAX_COLUMNS = 5_000, 200
CellValue = str | int | Decimal | bool | date | None


class UnreadableSpreadsheet(ValueError):
    """A file that is no spreadsheet that can be read; the message says why."""


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


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of a file. Raises `UnreadableSpreadsheet`."""
    try:
        data = read_named_file(path, MAX_BYTES)
    except UnreadableFile as refused:
        raise UnreadableSpreadsheet(f"{path.name}: {refused}") from None
    if data[:4] == b"PK\x03\x04":
        from opmodel.worksheets.xlsx import read_workbook  # slow to import, and a CSV file needs none of it

        return read_workbook(path.name, data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableSpreadsheet(
            f"{path.name} is an old .xls file or protected by a password; save it as .xlsx without one"
        )
    if len(data) > MAX_TEXT:
        raise UnreadableSpreadsheet(f"{path.name} is text of more than {MAX_TEXT // 2**20} MiB")
    return (_csv(path.stem, data),)


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


def _csv(title: str, data: bytes) -> Grid:
    try:
        return _table(title, _decoded(data))
    except csv.Error as error:
        raise UnreadableSpreadsheet(f"this is no CSV file that can be read: {error}") from None


def _table(title: str, text: str) -> Grid:
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == 5:
        separator, text = named[4], rest
    else:
        separator = _separator(text)
    rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), MAX_ROWS + 1))
    found = max(map(len, rows), default=0)
    width = min(found, MAX_COLUMNS)
    padded = (tuple((cell or None) for cell in [*row[:width], *[""] * (width - len(row))]) for row in rows[:MAX_ROWS])
    return Grid(title=title, rows=tuple(padded), notes=tuple(cut_off(title, len(rows), found)))


def _decoded(data: bytes) -> str:
    """Return the text of a CSV file: by its mark, else UTF-8, else as Windows writes western languages."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data:
        raise UnreadableSpreadsheet("this is neither an .xlsx nor a CSV file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """Return the separator that cuts the most rows into the same number of columns, more than one."""

    def fit(separator: str) -> int:
        widths = [len(row) for row in islice(csv.reader(io.StringIO(text), delimiter=separator), 40)]
        return max((widths.count(width) * min(width, 8) for width in set(widths) if width > 1), default=0)

    return max(";\t,|", key=fit)
