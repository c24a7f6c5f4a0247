"""Import of inventories of use cases as candidates: one candidate for each row, and a finding for each row left out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from opmodel.load.records import error_message
from opmodel.model.candidates import Candidate
from opmodel.model.text_kinds import CONTROLS
from opmodel.model.values import NONCHARACTERS, Id, Line, Prose
from opmodel.text.slugs import FreeNames, slug
from opmodel.text.words import counted
from opmodel.worksheets.grid import HEADING_ROWS, Grid, Unplaced
from opmodel.worksheets.inventory_cells import short_answer, unlisted
from opmodel.worksheets.inventory_headings import TARGETS, InventoryLayout, find_inventory, folded_heading

_TYPES: Mapping[str, TypeAdapter[str]] = {
    name: TypeAdapter(Prose if name in ("purpose", "output") else Line) for name in TARGETS
}
_ID: TypeAdapter[str] = TypeAdapter(Id)
_BLANK = {"", "-", "--", "–", "—", "n/a", "na", "n.a.", "[blank]", "(blank)", "blank"}
"""What stands in a cell for nothing."""
_CONTROL = re.compile(f"[{CONTROLS}{NONCHARACTERS}]")


@dataclass(slots=True)
class Inventory:
    """The rows of all sheets as plain data, what was found on each sheet, and what could not be placed."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    report: list[Unplaced] = field(default_factory=list)
    known: int = 0
    """How many rows are candidates of the site already."""


def read_inventory(grids: Sequence[Grid], named: Mapping[str, str], listed: Sequence[Candidate]) -> Inventory:
    """Return the candidates on ``grids``.

    Args:
        grids: The sheets.
        named: Which field a heading means, for headings that are not known.
        listed: The candidates of the site, which stay as they are.
    """
    inventory = Inventory()
    known = _Listed(listed)
    without = []
    for grid in grids:
        if not any(value is not None for row in grid.rows for value in row):
            continue
        if grid.hidden:
            inventory.report.append(grid.finding("hidden, and left out", recognised=True))
        elif layout := find_inventory(grid, named):
            _SheetReader(grid, layout, inventory, known).read()
        else:
            without.append(grid)
    inventory.report += [
        grid.finding(_no_table(grid), recognised=bool(inventory.rows or inventory.known)) for grid in without
    ]
    seen = {
        folded_heading(grid.text(row, c)) for grid in grids for row in range(HEADING_ROWS) for c in range(grid.width)
    }
    absent = [heading for heading in named if folded_heading(heading) not in seen]
    inventory.report += [Unplaced(sheet="--column", cell="", value=each, why="no such heading") for each in absent]
    return inventory


def _no_table(grid: Grid) -> str:
    cells = sum(value is not None for row in grid.rows for value in row)
    return f"no inventory: expected a row of headings with “Use Case Name”; {counted(cells, 'cell')} not read"


class _Listed:
    """The candidates that a site has, and the ids that are taken."""

    def __init__(self, listed: Iterable[Candidate]) -> None:
        self.ids = FreeNames(candidate.id for candidate in listed)
        self.same = Counter(_identity(candidate.model_dump()) for candidate in listed)
        self.references = {(each.reference, each.organisation) for each in listed if each.reference}

    def is_there(self, row: Mapping[str, Any]) -> bool:
        """Whether the site has this row; each candidate stands for one row."""
        identity = _identity(row)
        self.same[identity] -= 1
        return self.same[identity] >= 0

    def new_id(self, row: Mapping[str, Any]) -> str:
        """Return a free id made of the row's own id, or else of its name, and take it."""
        own = slug(row.get("reference", ""))
        words = own if re.search("[a-z]", own) else slug(row["title"])
        name = words or "candidate"
        try:
            _ID.validate_python(name)
        except ValidationError:  # a name that some system keeps for itself
            name = f"{name}-use-case"
        return self.ids.take(name)


def _identity(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row.get(name) or "" for name in TARGETS)


class _SheetReader:
    """Reads one sheet."""

    def __init__(self, grid: Grid, layout: InventoryLayout, inventory: Inventory, known: _Listed) -> None:
        self.grid, self.layout, self.inventory, self.known = grid, layout, inventory, known
        self.used = {column for columns in layout.columns.values() for column in columns}
        self.shortened: dict[tuple[int, str], str] = {}
        self.blank: Counter[int] = Counter()

    def read(self) -> None:
        """Read all rows below the headings."""
        self.inventory.report += (*self.grid.notes, *self.grid.marks())
        before = len(self.inventory.rows) + self.inventory.known
        for row in range(self.layout.head):
            self.above(row)
        for row in range(self.layout.head + 1, len(self.grid.rows)):
            self.row(row)
        placed = len(self.inventory.rows) + self.inventory.known - before
        sources = ", ".join(
            f"{name} from {' and '.join(f'“{self.heading(column)}”' for column in columns)}"
            for name, columns in sorted(self.layout.columns.items(), key=lambda pair: TARGETS.index(pair[0]))
        )
        self.inventory.found.append(
            f'Sheet "{self.grid.title}": {counted(placed, "use case")} below row {self.layout.head + 1}; {sources}'
        )
        self.columns()

    def heading(self, column: int) -> str:
        text = " ".join(self.grid.text(self.layout.head, column).split())
        return text if len(text) <= 60 else f"{text[:59]}…"

    def tell(self, row: int, column: int, why: str, *, recognised: bool) -> None:
        self.inventory.report.append(self.grid.unplaced(row, column, why, recognised=recognised))

    def above(self, row: int) -> None:
        for column in range(self.grid.width):
            if self.grid.text(row, column) and (row, column) not in self.grid.filled:
                self.tell(row, column, "above the headings; not read", recognised=True)

    def columns(self) -> None:
        """Report what was read in another form, and each column that has no field."""
        for (column, value), short in self.shortened.items():
            why = f"in the column “{self.heading(column)}”, read as “{short}”"
            self.inventory.report.append(self.grid.finding(why, value=value, recognised=True))
        for column, count in sorted(self.blank.items()):
            why = f"{counted(count, 'cell')} below it say that there is nothing, such as N/A; left empty"
            self.tell(self.layout.head, column, why, recognised=True)
        rows = range(self.layout.head + 1, len(self.grid.rows))
        for column in range(self.grid.width):
            filled = 0 if column in self.used else sum(bool(self.grid.text(row, column)) for row in rows)
            if filled:
                why = f"no field for this column; {counted(filled, 'cell')} not read"
                self.tell(self.layout.head, column, why, recognised=True)

    def row(self, row: int) -> None:
        """Place one row, or report it."""
        filled = [column for column in range(self.grid.width) if self.grid.text(row, column)]
        if not filled:
            return
        if self.is_heading(row, filled) or self.is_band(row, filled):
            self.tell(row, filled[0], "a row of headings; not read", recognised=True)
            return
        found = {name: value for name in TARGETS if (value := self.value(row, name))}
        if "title" not in found:
            self.unnamed(row, filled)  # its cell may hold more than a name can
        elif self.known.is_there(found):
            self.inventory.known += 1
        elif (found.get("reference"), found.get("organisation")) in self.known.references:
            (column,) = self.layout.columns["reference"]
            why = "data/candidates.yml has this id with other content, which stays; the row is not placed"
            self.tell(row, column, why, recognised=False)
        else:
            self.inventory.rows.append({"id": self.known.new_id(found), **found})

    def unnamed(self, row: int, filled: Sequence[int]) -> None:
        """Report a row without a name, with what its columns hold."""
        column = self.layout.columns["title"][0]
        texts = [self.grid.text(row, each) for each in filled if each in self.used] or [self.grid.text(row, filled[0])]
        why = "the row has no name, and is not placed"
        finding = self.grid.unplaced(row, column, why)
        self.inventory.report.append(replace(finding, value=" | ".join(texts)))

    def is_heading(self, row: int, filled: Sequence[int]) -> bool:
        head = self.layout.head
        return all(self.grid.text(row, column) == self.grid.text(head, column) for column in filled)

    def is_band(self, row: int, filled: Sequence[int]) -> bool:
        """Whether the row is one merged area."""
        return len(filled) > 1 and self.grid.is_merged([(row, column) for column in filled])

    def value(self, row: int, name: str) -> str:
        """Return the value of a field; empty if the row has none, or one that the field cannot hold."""
        columns = self.layout.columns.get(name, ())
        texts = dict.fromkeys(text for column in columns if (text := self.text(row, column, name)))
        joined = ("\n\n" if name in ("purpose", "output") else ", ").join(texts)
        if not joined:
            return ""
        if _CONTROL.search(joined):
            self.tell(row, columns[0], f"{name}: control characters are left out", recognised=False)
            joined = _CONTROL.sub("", joined)
        try:
            return _TYPES[name].validate_python(joined)
        except ValidationError as error:
            why = f"{name}: {error_message(error.errors(include_url=False)[0])[1]}; left out"
            self.tell(row, columns[0], why, recognised=False)
            return ""

    def text(self, row: int, column: int, name: str) -> str:
        """Return a cell as one text: lists as text are joined, and marks for nothing are left out."""
        text = unlisted(self.grid.text(row, column))
        if text.casefold() in _BLANK:
            if text:
                self.blank[column] += 1
            return ""
        if name in ("purpose", "output"):
            return text
        line = " ".join(text.split())
        if name in ("stage", "impact"):
            short = short_answer(line)
            if short != line:
                self.shortened[column, line] = short
            return short
        return line
