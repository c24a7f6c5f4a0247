"""Import of responsibility tables from all sheets of a spreadsheet as rows of ``data/responsibilities.yml``.

Each sheet is read upright and, if its content says so, on its side. What was found is told in one line a sheet, and
whatever is neither in a row nor in a heading is reported with its cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from opmodel.model.organisation import Role
from opmodel.text.words import counted
from opmodel.worksheets.grid import Grid, Unplaced, column_letters
from opmodel.worksheets.letter_schemes import RACI, LetterScheme, scheme_of
from opmodel.worksheets.matrix_layout import MatrixLayout, find_layouts
from opmodel.worksheets.matrix_reader import MatrixReader
from opmodel.worksheets.matrix_report import ResponsibilityTable, unread
from opmodel.worksheets.names import RoleNames, folded_name
from opmodel.worksheets.orientation import lies_on_its_side
from opmodel.worksheets.raci_cells import read_cell
from opmodel.worksheets.sheet_cells import Kind, SheetCells

_OTHER = "no table of responsibilities, and no letters"
"""What is said of a sheet about something else. It needs nobody if another sheet has a table."""

MAX_FILLED = 60_000
"""Filled cells of the largest sheet that is looked at: a matrix of a thousand rows has some twenty thousand."""


def read_matrix(grids: Sequence[Grid], known: Mapping[str, Role], renamed: Mapping[str, str]) -> ResponsibilityTable:
    """Return the responsibilities on ``grids``. ``known`` are the site's roles; ``renamed`` maps headings to roles."""
    table = ResponsibilityTable()
    roles = RoleNames(known, renamed)
    for grid in grids:
        if any(grid.text(row, column) for row in range(len(grid.rows)) for column in range(grid.width)):
            _SheetImport(grid, roles, table).read()
    if table.rows:
        table.report = [
            replace(each, recognised=each.recognised or each.why.startswith(_OTHER)) for each in table.report
        ]
    table.settle()
    return table


class _SheetImport:
    """The import of one sheet."""

    def __init__(self, grid: Grid, roles: RoleNames, table: ResponsibilityTable) -> None:
        self.grid, self.roles, self.table = grid, roles, table

    def read(self) -> None:
        """Find the tables of the sheet and read them."""
        filled = sum(value is not None for row in self.grid.rows for value in row)
        if filled > MAX_FILLED:
            self.tell(f"more than {MAX_FILLED:,} filled cells; not looked at", recognised=False)
            return
        cells = SheetCells(self.grid)
        layouts = find_layouts(cells, self.roles)
        turned = SheetCells(self.grid.exchanged(), cells)
        on_side = find_layouts(turned, self.roles)
        if on_side and lies_on_its_side(layouts, on_side, self.roles):
            cells, layouts = turned, on_side
        if self.grid.hidden:
            self.tell("hidden, and left out" + (", with a table" if layouts else ""), recognised=not layouts)
            return
        self.table.report += self.grid.notes
        if not layouts:
            self.without_table(cells)
            return
        self.tables(cells, layouts)
        self.marks()

    def tell(self, why: str, *, recognised: bool, value: str = "", cell: str = "") -> None:
        self.table.report.append(self.grid.finding(why, cell=cell, value=value, recognised=recognised))

    def marks(self) -> None:
        """Report what is struck through, commented or hidden."""
        for mark in self.grid.marks():
            self.table.report.append(Unplaced(sheet=mark.sheet, cell=mark.cell, value=mark.value, why=mark.why))
        if self.grid.hidden_rows:
            numbers = ", ".join(str(row + 1) for row in sorted(self.grid.hidden_rows))
            self.tell(f"rows {numbers} are hidden, and read like the others", recognised=True)
        if self.grid.hidden_columns:
            letters = ", ".join(column_letters(column + 1) for column in sorted(self.grid.hidden_columns))
            self.tell(f"columns {letters} are hidden, and read like the others", recognised=True)
        if self.grid.untold:
            self.tell(f"this format does not tell {self.grid.untold}", recognised=True)

    def without_table(self, cells: SheetCells) -> None:
        """Report a sheet without a table, and whether it has letters that a table would have."""
        filled = [(r, c) for r in range(cells.height) for c in range(cells.width) if cells.texts[r][c]]
        letters = [place for place in filled if cells.kind(*place) is Kind.LETTERS]
        row, column = letters[0] if letters else filled[0]
        expected = "expected a row of roles above cells with R, A, C or I"
        why = f"no table of responsibilities: {expected}" if letters else f"{_OTHER}: {expected}"
        self.tell(
            f"{why}; {counted(len(filled), 'cell')} not read, such as {self.grid.cell(row, column)}",
            recognised=False,
            value=self.grid.text(row, column),
        )

    def tables(self, cells: SheetCells, layouts: Sequence[MatrixLayout]) -> None:
        taken: set[tuple[int, int]] = set()
        for layout in layouts:
            scheme = self.scheme(cells, layout)
            if scheme is None:
                continue
            reader = MatrixReader(layout, scheme, self.roles, self.table)
            reader.read()
            taken |= reader.taken
            if reader.placed:
                taken |= {(row, column) for row in layout.head for column in layout.columns}
                self.table.found.append(self.found(reader))
        self.table.report += unread(cells, taken, min(layout.head[0] for layout in layouts))

    def scheme(self, cells: SheetCells, layout: MatrixLayout) -> LetterScheme | None:
        """Return the scheme of a table, told if it is not RACI; None if its letters mean something else."""
        used: set[str] = set().union(*layout.letters.values())
        for row in layout.rows:
            for column in layout.roles:
                reading = read_cell(cells.texts[row][column])
                used |= reading.letters if reading else set()
        titles = [self.grid.title, *(cells.texts[r][c] for r in range(layout.head[0] + 1) for c in range(cells.width))]
        headings = {c: cells.texts[layout.head[-1]][c] for c in layout.letters}
        spelled = {"".join(layout.letters[c]): folded_name(text) for c, text in headings.items() if len(text) > 3}
        scheme = scheme_of(frozenset(used), titles, {**cells.meanings, **spelled})
        if scheme is None:
            says = ", ".join(f"{letter} is “{word}”" for letter, word in sorted(cells.meanings.items()))
            self.tell(f"the legend says that {says}, which is not RACI; the table is not read", recognised=False)
        elif scheme is not RACI:
            self.tell(f"the letters are those of {scheme.name}: {scheme.table()}", recognised=True)
        return scheme

    def found(self, reader: MatrixReader) -> str:
        """Return what was found on the sheet, on one line."""
        layout, grid = reader.layout, reader.grid
        heads = sorted({row + 1 for row in layout.head})
        placed = [row + 1 for row in reader.placed]
        count = len(set(reader.columns.values()))
        head, rows = _rows_of(heads, turned=grid.turned), _rows_of(placed[:1] + placed[-1:], turned=grid.turned)
        what = f"{counted(count, 'role')} in {head}" if not layout.letters else f"letters as headings in {head}"
        parts = [what, f"{counted(len(placed), 'responsibility', 'responsibilities')} in {rows}"]
        if "phase" in layout.fields:
            parts.append(f"phases from the column “{reader.layout_heading(layout.fields['phase'])}”")
        elif reader.phase_from:
            parts.append(f"phases from {reader.phase_from}")
        blank = sum(reader.cells.is_blank(row) for row in layout.rows)
        if blank:
            parts.append(counted(blank, "blank row"))
        if grid.turned:
            parts.append("the table lies on its side")
        return f'Sheet "{self.grid.title}": {", ".join(parts)}'


def _rows_of(numbers: Sequence[int], *, turned: bool) -> str:
    names = [column_letters(number) if turned else str(number) for number in numbers]
    kind = "column" if turned else "row"
    if not names:
        return f"no {kind}"
    return f"{kind} {names[0]}" if len(set(names)) == 1 else f"{kind}s {names[0]} to {names[-1]}"
