"""What an import of responsibility tables found, and what it could not place."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from opmodel.worksheets.grid import Place, Unplaced
from opmodel.worksheets.raci_cells import EMPTY_MARKS
from opmodel.worksheets.sheet_cells import Kind, SheetCells


@dataclass(slots=True)
class ResponsibilityTable:
    """The rows of all tables as plain data, what was found on each sheet, and what could not be placed."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    report: list[Unplaced] = field(default_factory=list)

    def settle(self) -> None:
        """Merge findings of the same value and reason, and sort them by their sheets in the order of reading."""
        merged: dict[tuple[str, str, str, bool], Unplaced] = {}
        for each in self.report:
            key = (each.sheet, each.value, each.why, each.recognised)
            if each.cell and key in merged and each.cell not in merged[key].cell.split(", "):
                merged[key] = replace(merged[key], cell=f"{merged[key].cell}, {each.cell}")
            else:
                merged.setdefault(key, each)
        self.report = list(merged.values())


def unread(cells: SheetCells, taken: set[Place], first: int) -> Iterator[Unplaced]:
    """Yield a finding for each cell of a sheet that nothing has read; those above the first heading are titles."""
    for row in range(cells.height):
        filled = [c for c in range(cells.width) if cells.texts[row][c] and (row, c) not in cells.grid.filled]
        for column in filled:
            if (row, column) in taken:
                continue
            beside = cells.texts[row][column + 1] if column + 1 < cells.width else ""
            legend = (row, column) in cells.legend or (len(cells.texts[row][column]) == 1 and len(beside) > 12)
            above = row < first and not (cells.kinds[row][column] is Kind.LETTERS and len(cells.texts[row][column]) < 4)
            why = "a legend" if legend else "above the table; not read" if above else "outside of the table; not read"
            blank = cells.texts[row][column].casefold() in EMPTY_MARKS
            yield cells.grid.unplaced(row, column, why, recognised=legend or above or blank)
