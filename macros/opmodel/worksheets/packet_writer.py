"""Export of a packet as a workbook that people fill in, with help, drop-downs and protected keys."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill, Protection  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from opmodel.model.packet import Packet
from opmodel.model.values import plain
from opmodel.worksheets.cell_values import steps_text
from opmodel.worksheets.packet_sheets import SheetField, SheetLayout, sheet_layouts
from opmodel.worksheets.yaml_writer import plain_data

PACKET_MARK = "opmodel packet worksheet"
SPARE_ROWS = 20
"""Empty rows below a table that have drop-downs."""
_LONGEST = 32_767
_TITLE, _HEAD = Font(bold=True, size=14), Font(bold=True)
_QUIET = Font(italic=True, color="FF595959")
_OPEN = PatternFill("solid", fgColor="FFFFF9E5")
_WRAP = Alignment(wrap_text=True, vertical="top")
_READ_ME = (
    "Fill in the yellow cells of each sheet. The grey keys tell the importer where a value belongs; leave them.",
    "Columns may be moved and rows added. Sheets and columns of your own are not read, and the import says so.",
    "A list has one entry a line: Alt and Enter starts a new line in a cell.",
    "A short id names a row, for example AP-01; it stays the same for good, because people link to it.",
    "Dates are written as 2026-11-30, times as P1D, PT8H or P90D; “2 days” and “8 hours” are understood.",
    'Approval conditions are S-FEEL: < 500, [500..5000), "matched", "partial", or empty for anything.',
    "Give the file back, or read it with: opmodel import FILE.xlsx -o data/workflows/ID.yml",
)


class CellTooLong(ValueError):
    """Raised for a text that is too long for a cell; the message names the field."""


def packet_workbook(name: str, packet: Packet, lists: Mapping[str, Sequence[str]]) -> Workbook:
    """Return the workbook of a packet. ``lists`` holds the known ids of each kind of reference.

    Raises `CellTooLong` when a list is longer than a cell.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _read_me(first, name, packet)
    ranges = _WordLists(book.create_sheet("Lists"), lists)
    inputs = tuple(source.id for source in packet.shared.approval.inputs)
    for sheet in sheet_layouts(inputs):
        page = book.create_sheet(sheet.title)
        (_table if sheet.table else _form)(page, sheet, _value(plain_data(packet), sheet.path), ranges)
    book.move_sheet("Lists", offset=len(book.sheetnames))
    return book


def _value(data: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        data = data.get(step, {})
    return data


def _read_me(page: Worksheet, name: str, packet: Packet) -> None:
    page.title = "Read me"
    _put(page.cell(1, 1), packet.title, font=_TITLE)
    _put(page.cell(2, 1), f"{PACKET_MARK}: {name}", font=_QUIET)
    for row, text in enumerate(_READ_ME, 4):
        _put(page.cell(row, 1), text)
    page.column_dimensions["A"].width = 110
    _protect(page)


class _WordLists:
    """The hidden sheet of allowed words, and the drop-downs that refer to it."""

    def __init__(self, page: Worksheet, known: Mapping[str, Sequence[str]]) -> None:
        self.page, self.known = page, known
        self.columns: dict[tuple[str, ...], int] = {}
        page.sheet_state = "hidden"
        _protect(page)

    def rule(self, slot: SheetField) -> DataValidation | None:
        """Return the drop-down of a field. A closed list refuses other words, a list of known ids warns."""
        words = slot.words or tuple(self.known.get(slot.refers, ()))
        if not words or slot.many:
            return None
        column = get_column_letter(self._column(words))
        rule = DataValidation("list", formula1=f"Lists!${column}$1:${column}${len(words)}", allow_blank=True)
        rule.errorStyle = "stop" if slot.words else "warning"
        rule.errorTitle, rule.error = slot.label, "Choose an entry of the list."
        return rule

    def _column(self, words: tuple[str, ...]) -> int:
        if words not in self.columns:
            self.columns[words] = len(self.columns) + 1
            for row, word in enumerate(words, 1):
                _put(self.page.cell(row, self.columns[words]), word)
        return self.columns[words]


def _form(page: Worksheet, sheet: SheetLayout, data: Mapping[str, Any], lists: _WordLists) -> None:
    _top(page, sheet)
    for column, (text, width) in enumerate((("Field", 28), ("Your answer", 70), ("Help", 60), ("Key", 32)), 1):
        _put(page.cell(4, column), text, font=_HEAD)
        page.column_dimensions[get_column_letter(column)].width = width
    for row, slot in enumerate(sheet.slots, 5):
        _put(page.cell(row, 1), slot.label + ("" if slot.required else " (optional)"), font=_HEAD)
        _answer(page.cell(row, 2), slot, _value_of(slot, sheet, data))
        _put(page.cell(row, 3), _help(slot), font=_QUIET)
        _put(page.cell(row, 4), slot.key, font=_QUIET)
        _add(page, lists.rule(slot), f"B{row}")
    page.freeze_panes = "A5"


def _table(page: Worksheet, sheet: SheetLayout, data: Any, lists: _WordLists) -> None:
    _top(page, sheet)
    records = [{sheet.keyed: key, **item} for key, item in data.items()] if sheet.keyed else list(data)
    last = 6 + len(records) + SPARE_ROWS
    for column, slot in enumerate(sheet.slots, 1):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = 16 if slot.kind in ("word", "date", "count", "number") else 28
        _put(page.cell(3, column), slot.label + ("" if slot.required else " (optional)"), font=_HEAD)
        _put(page.cell(4, column), _help(slot), font=_QUIET)
        _put(page.cell(5, column), slot.key, font=_QUIET)
        for row in range(6, last):
            record = records[row - 6] if row - 6 < len(records) else {}
            _answer(page.cell(row, column), slot, _value_of(slot, sheet, record))
        _add(page, lists.rule(slot), f"{letter}6:{letter}{last - 1}")
    page.freeze_panes = "B6"


def _top(page: Worksheet, sheet: SheetLayout) -> None:
    _put(page.cell(1, 1), sheet.title, font=_TITLE).alignment = Alignment(wrap_text=False)
    _put(page.cell(2, 1), sheet.meaning, font=_QUIET).alignment = Alignment(wrap_text=False)
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    _protect(page)


def _protect(page: Worksheet) -> None:
    """Protect keys and help from accidental changes, without a password; everything else stays allowed."""
    guard = page.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = guard.insertRows = guard.deleteRows = False
    guard.sort = guard.autoFilter = False


def _help(slot: SheetField) -> str:
    words = ", ".join(slot.words)
    if slot.many:
        return f"{slot.help} One entry a line{': ' if words else ''}{words}."
    return f"{slot.help} One of: {words}." if words else slot.help


def _add(page: Worksheet, rule: DataValidation | None, cells: str) -> None:
    if rule:
        rule.add(cells)
        page.add_data_validation(rule)


def _value_of(slot: SheetField, sheet: SheetLayout, record: Mapping[str, Any]) -> Any:
    """Return the value of a record at the key of a field, which starts with the path of the sheet."""
    prefix = f"{'.'.join(sheet.path)}{'[]' if sheet.table else ''}." if sheet.path else ""
    found: Any = record
    for step in slot.key.removeprefix(prefix).split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _answer(cell: Cell, slot: SheetField, value: Any) -> None:
    cell.fill, cell.protection = _OPEN, Protection(locked=False)
    shown = _shown(slot, value)
    if isinstance(shown, str) and len(shown) > _LONGEST:
        raise CellTooLong(f"{slot.key} has {len(shown):,} characters; a cell holds {_LONGEST:,}")
    if shown is None or isinstance(shown, str):
        cell.number_format = "@" if len(shown or "") < 250 and slot.kind != "value" else "General"
    _put(cell, shown)
    if isinstance(shown, date):
        cell.number_format = "yyyy-mm-dd"


def _shown(slot: SheetField, value: Any) -> str | int | float | date | None:
    if value is None or isinstance(value, (bool, date)):
        return value
    if isinstance(value, (int, Decimal)):
        return _number(Decimal(value))
    if slot.kind == "steps":
        return steps_text(value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def _number(value: Decimal) -> int | float | str:
    """Return a number that a spreadsheet keeps exactly (15 digits), or else its text."""
    if len(value.as_tuple().digits) > 15 or abs(value.adjusted()) > 15:
        return plain(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _put(cell: Cell, value: Any, font: Font | None = None) -> Cell:
    """Write a value. Text never becomes a formula."""
    cell.value = value
    cell.alignment = _WRAP
    if font:
        cell.font = font
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@\t\r" and bool(value)
    return cell
