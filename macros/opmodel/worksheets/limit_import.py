"""Import of an authority table from the sheets of a spreadsheet: what was found, what was not read, and its proof."""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from opmodel.approval.faults import TableError
from opmodel.model.approval import Approval
from opmodel.text.words import counted, listed
from opmodel.worksheets.grid import Grid, Unplaced, column_letters
from opmodel.worksheets.imported_approval import ImportedApproval, section_errors
from opmodel.worksheets.limit_approval import approval_data, smallest_amount
from opmodel.worksheets.limit_columns import ColumnKind
from opmodel.worksheets.limit_findings import FindingWords, limit_findings
from opmodel.worksheets.limit_table import LimitTable, read_limit_table

CENTS = 2
_EXPECTED = "expected a column of limits such as “up to $5,000”, or of numbers below a heading such as “Up to”"


def import_limits(grids: Sequence[Grid], decimals: int | None, former: Approval | None) -> ImportedApproval:
    """Return the authority table on ``grids`` as an approval section.

    Args:
        grids: The sheets. The one with the most limits is read.
        decimals: The decimals of amounts; None reads them as cents, and the findings say what only cents do.
        former: The section that the new one replaces.
    """
    result = ImportedApproval()
    tables = list(_tables(grids, result.report))
    if not tables:
        return result
    grid, table = max(tables, key=lambda each: len(each[1].rules))
    for other, _ in tables:
        if other is not grid:
            result.report.append(other.finding("another table of limits; not read, import it alone"))
    _report_table(grid, table, result)
    if table.rules:
        _prove(grid, table, _decimals(grid, table, decimals, result), former, result)
    return result


def _tables(grids: Sequence[Grid], report: list[Unplaced]) -> Iterator[tuple[Grid, LimitTable]]:
    """Yield each visible sheet with a table of limits."""
    for grid in grids:
        rows = [[grid.text(row, column) for column in range(grid.width)] for row in range(len(grid.rows))]
        if not any(map(any, rows)):
            continue
        try:
            table = read_limit_table(rows)
        except ValueError as two:
            report.append(grid.finding(f"limits in {two}, which are not compared; not read"))
            continue
        if grid.hidden:
            report.append(grid.finding("hidden, and left out", recognised=table is None))
        elif table is None:
            report.append(grid.finding(f"no table of limits; {_EXPECTED}"))
        else:
            yield grid, table


def _report_table(grid: Grid, table: LimitTable, result: ImportedApproval) -> None:
    """Add what was found, and a finding for each note."""
    result.unread = table.unread
    result.found.append(_found(grid, table))
    result.report += grid.notes
    for note in table.notes:
        if note.row < 0 or note.column < 0:
            place = "" if note.row < 0 else f"row {note.row + 1}"
            result.report.append(grid.finding(note.why, cell=place, recognised=note.recognised))
        else:
            result.report.append(grid.unplaced(note.row, note.column, note.why, recognised=note.recognised))
    result.report += grid.marks()
    if grid.hidden_rows or grid.hidden_columns:
        result.report.append(grid.finding("hidden rows or columns are read like the others", recognised=True))
    if grid.untold:
        result.report.append(grid.finding(f"this format does not tell {grid.untold}", recognised=True))
    if any(rule.approvers.steps for rule in table.rules):
        why = "the table names no time to answer, so rules say within: none"
        result.report.append(grid.finding(why, recognised=True))
    if table.ladder:
        why = "rows say only how far they reach, so the first that reaches far enough decides (hit policy first)"
        result.report.append(grid.finding(why, recognised=True))


def _found(grid: Grid, table: LimitTable) -> str:
    layout = table.layout
    columns = {
        "limits": layout.of(ColumnKind.LIMIT),
        "approvers": [*layout.of(ColumnKind.APPROVER), *layout.of(ColumnKind.MARKS)],
    }
    where = [f"{what} in {listed(column_letters(c + 1) for c in of)}" for what, of in columns.items() if of]
    deciding = [f"“{heading}” decides as well" for heading in table.inputs]
    return f'Sheet "{grid.title}": {", ".join([counted(len(table.rules), "rule"), *where, *deciding])}'


def _decimals(grid: Grid, table: LimitTable, given: int | None, result: ImportedApproval) -> int:
    """Return the decimals of amounts, as they are given or else as cents, with a note on what was assumed."""
    decimals = max(CENTS, table.decimals) if given is None else given
    if decimals < table.decimals:
        result.report.append(grid.finding(f"the table writes {counted(table.decimals, 'decimal')}; read with them"))
        decimals = table.decimals
    begin = FindingWords(table, decimals).money(smallest_amount(table, decimals))
    how = "amounts have cents" if decimals else "amounts have no cents"
    assumed = "" if given is not None or table.decimals else f"{how}, or else give --decimals 0; "
    result.report.append(grid.finding(f"{assumed}amounts begin at {begin}", recognised=True))
    return decimals


def _prove(grid: Grid, table: LimitTable, decimals: int, former: Approval | None, result: ImportedApproval) -> None:
    """Add the section and the findings of its proof."""
    result.data = approval_data(table, decimals, former)
    try:
        result.approval = Approval.model_validate(result.data, strict=False)
        result.findings = [finding.text for finding in limit_findings(table, result.approval, decimals)]
        result.proven = True
    except ValidationError as invalid:
        result.report += [grid.finding(why) for why in section_errors(invalid)]
    except TableError as error:
        result.report += [grid.finding(f"not proven: {fault.message}") for fault in error.faults]
