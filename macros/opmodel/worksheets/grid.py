"""One sheet of a spreadsheet as a grid of cells, and findings about its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from opmodel.text.lookalikes import in_quotes

MAX_ROWS, MAX_COLUMNS = 5_000, 200
HEADING_ROWS = 30
"""How many rows are looked at for the headings of a table."""
CellValue = str | int | Decimal | bool | date | None
Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


class UnreadableSpreadsheet(ValueError):
    """Raised for a file that cannot be read as a spreadsheet."""


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A value that was not imported unchanged: its place, the value, the reason, and the nearest match.

    ``recognised`` tells what needs no place, such as a title or a legend, from what somebody has to look at.
    """

    sheet: str
    cell: str
    value: str
    why: str
    near: str = ""
    recognised: bool = False

    def __str__(self) -> str:
        """Return the finding on one line: ``Sheet!B7 "X": why; did you mean "…"?``."""
        value = " ".join(self.value.split())
        value = value if len(value) <= 60 else f"{value[:59]}…"
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        shown = f" {in_quotes(value)}" if value else ""
        return f"{place}{shown}: {self.why}{self.near}"


@dataclass(frozen=True, slots=True)
class MergedArea:
    """A merged area; rows and columns count from 0, and the last ones do not belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet: rows of values, all of the same length, and what its format tells about single cells."""

    title: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    """Whether the whole sheet is hidden."""
    notes: tuple[Unplaced, ...] = ()
    """What could not be read while the sheet was opened."""
    filled: frozenset[Place] = field(default_factory=frozenset)
    """Cells that were filled with the value of their merged area."""
    merged: tuple[MergedArea, ...] = ()
    shown: Mapping[Place, str] = field(default_factory=dict)
    """The text of cells that show their value in another form: ``55 %`` for 0.55."""
    struck: Mapping[Place, str] = field(default_factory=dict)
    """Text that is struck through. It is no part of ``rows``."""
    comments: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    untold: str = ""
    """What this format does not tell: ``merged cells, struck-through text``."""
    turned: bool = False
    """Whether rows and columns were exchanged. Cells keep their names."""

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is shown, with trimmed lines; empty beyond the edge."""
        if (row, column) in self.shown:
            return self.shown[row, column]
        value = self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None
        return text_of(value)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> str:
        """Return a cell's name: ``B7``."""
        if self.turned:
            row, column = column, row
        return f"{column_letters(column + 1)}{row + 1}"

    def unplaced(self, row: int, column: int, why: str, near: str = "", *, recognised: bool = False) -> Unplaced:
        """Return a finding about one cell."""
        cell, value = self.cell(row, column), self.text(row, column)
        return Unplaced(sheet=self.title, cell=cell, value=value, why=why, near=near, recognised=recognised)

    def finding(self, why: str, *, cell: str = "", value: str = "", recognised: bool = False) -> Unplaced:
        """Return a finding about the whole sheet, or about a part of it that is no single cell."""
        return Unplaced(sheet=self.title, cell=cell, value=value, why=why, recognised=recognised)

    def marks(self) -> Iterator[Unplaced]:
        """Yield a finding for each text that is struck through and each comment."""
        for place, text in self.struck.items():
            yield replace(self.unplaced(*place, "struck through; not read"), value=text)
        for place, text in self.comments.items():
            yield replace(self.unplaced(*place, "a comment on the cell; not read", recognised=True), value=text)

    def is_merged(self, places: Sequence[Place]) -> bool:
        """Whether cells belong to one merged area."""
        return any(
            all(area.top <= row < area.bottom and area.left <= column < area.right for row, column in places)
            for area in self.merged
        )

    def exchanged(self) -> "Grid":
        """Return the grid with rows and columns exchanged. Cells keep their names."""
        return replace(
            self,
            rows=tuple(zip(*self.rows, strict=True)),
            filled=frozenset((column, row) for row, column in self.filled),
            merged=tuple(MergedArea(a.left, a.top, a.right, a.bottom) for a in self.merged),
            shown={(column, row): text for (row, column), text in self.shown.items()},
            struck={(column, row): text for (row, column), text in self.struck.items()},
            comments={(column, row): text for (row, column), text in self.comments.items()},
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            turned=not self.turned,
        )


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
        """The cell as it is shown."""
        return self.grid.text(self.row, self.column)

    def unplaced(self, why: str, near: str = "") -> Unplaced:
        """Return a finding about the cell."""
        return self.grid.unplaced(self.row, self.column, why, near)


def column_letters(number: int) -> str:
    """Return the name of a column by its number from 1: 27 is ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, from 1: ``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def text_of(value: CellValue) -> str:
    """Return a value as text."""
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
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n").replace("\u00a0", " ")


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised_figures(text: str) -> str:
    """Return text that stands raised in the source, so that the mark of a footnote is no digit of the number before."""
    return text.translate(_RAISED)


def squared(rows: list[list[CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    """Return rows of the same length, no more than are read, with None for empty text."""
    width = min(max(map(len, rows), default=0), MAX_COLUMNS)
    return tuple(
        tuple(None if cell == "" else cell for cell in [*row[:width], *[None] * (width - len(row))])
        for row in rows[:MAX_ROWS]
    )


def fill_merged(merged: tuple[MergedArea, ...], rows: list[list[CellValue]]) -> set[Place]:
    """Fill each merged area with its value, and return the filled cells. Raises ValueError if areas overlap."""
    filled: set[Place] = set()
    for area in merged:
        bottom, right = min(area.bottom, len(rows)), min(area.right, len(rows[0]) if rows else 0)
        cells = {(row, column) for row in range(area.top, bottom) for column in range(area.left, right)}
        if not cells.isdisjoint(filled):
            raise ValueError("has merged areas that overlap")
        for row, column in cells - {(area.top, area.left)}:
            rows[row][column] = rows[area.top][area.left]
            filled.add((row, column))
    return filled
