"""Import of a filled-in packet worksheet: the data of the packet, and a report of what could not be placed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from opmodel.load.records import error_message
from opmodel.model.packet import Packet
from opmodel.source.reader import parse
from opmodel.text.nearest import did_you_mean
from opmodel.worksheets.cell_values import CellMismatch, read_value
from opmodel.worksheets.grid import Grid, GridCell, Unplaced
from opmodel.worksheets.packet_sheets import SheetField, sheet_layouts
from opmodel.worksheets.packet_writer import PACKET_MARK
from opmodel.worksheets.yaml_writer import yaml_document

_GIVEN = "shared.approval.examples[].given."
_WHEN = "shared.approval.rules[].when."
_DYNAMIC = ("business.pain.volume_bands[].when.", _WHEN, _GIVEN)
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class ImportedPacket:
    """The result of an import: the id of the packet, its data, the packet if it is complete, and the report."""

    id: str
    data: dict[str, Any]
    packet: Packet | None
    report: tuple[Unplaced, ...]


def is_packet(grids: Sequence[Grid]) -> bool:
    """Whether these sheets are an exported packet."""
    return any(_mark(grid) is not None for grid in grids) or any(_keys(grid) for grid in grids)


def _mark(grid: Grid) -> str | None:
    texts = (grid.text(row, 0) for row in range(min(len(grid.rows), 5)))
    return next((text.partition(":")[2].strip() for text in texts if text.startswith(PACKET_MARK)), None)


def read_packet(grids: Sequence[Grid], known: Mapping[str, Sequence[str]]) -> ImportedPacket:
    """Read the sheets of a packet. ``known`` holds the ids of each kind of reference."""
    reader = _PacketReader(known)
    for grid in grids:
        if not grid.hidden and _mark(grid) is None:
            reader.sheet(grid)
    reader.missing()
    packet = reader.packet()
    name = next((mark for grid in grids if (mark := _mark(grid))), "")
    return ImportedPacket(id=name, data=reader.data, packet=packet, report=tuple(reader.report))


def _keys(grid: Grid) -> dict[int, dict[int, SheetField]]:
    """Return the known keys of a sheet by row and column."""
    slots = {slot.key: slot for sheet in sheet_layouts() for slot in sheet.slots}
    found: dict[int, dict[int, SheetField]] = {}
    for row in range(len(grid.rows)):
        for column in range(len(grid.rows[row])):
            text = grid.text(row, column)
            slot = slots.get(text) or _dynamic(text)
            if slot:
                found.setdefault(row, {})[column] = slot
    return found


def _dynamic(key: str) -> SheetField | None:
    """Return the field of a column for one input of the decision."""
    for prefix in _DYNAMIC:
        if key.startswith(prefix) and key != prefix:
            kind = "text" if "when" in prefix else "value"
            return SheetField(key=key, label=key.removeprefix(prefix), help="", kind=kind, required=False)
    return None


class _PacketReader:
    """Reads the sheets of one workbook into the values of a packet."""

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self.known = known
        self.data: dict[str, Any] = {}
        self.report: list[Unplaced] = []
        self.cells: dict[KeyPath, GridCell] = {}
        self.seen: set[tuple[str, ...]] = set()

    def sheet(self, grid: Grid) -> None:
        """Read one sheet, whatever its name."""
        self.report += (*grid.notes, *grid.marks())
        keys = _keys(grid)
        if not keys and any(value is not None for row in grid.rows for value in row):
            self.report.append(grid.finding("this sheet has no keys; not read"))
        for row, columns in keys.items():
            if any("[]" in slot.key for slot in columns.values()):
                self.table(grid, row, columns)
            else:
                for column, slot in columns.items():
                    self.form(grid, row, column, slot)

    def form(self, grid: Grid, row: int, key_column: int, slot: SheetField) -> None:
        """Read one line of a form. The answer is in the column "Your answer", by default the second."""
        headings = ((r, c) for r in range(row) for c in range(key_column) if grid.text(r, c) == "Your answer")
        column = max(headings, default=(0, 1))[1]
        path = tuple(slot.key.split("."))
        self.seen.add(path[:-1])
        for other in range(key_column + 1, len(grid.rows[row])):
            if grid.text(row, other):
                self.report.append(grid.unplaced(row, other, "a note beside the form; not read"))
        self.put(self.data, path, path, GridCell(grid, row, column), slot)

    def table(self, grid: Grid, row: int, columns: Mapping[int, SheetField]) -> None:
        path = tuple(next(iter(columns.values())).key.partition("[]")[0].split("."))
        self.seen.add(path)
        records: list[dict[str, Any]] = []
        for number in range(row + 1, len(grid.rows)):
            filled = any(grid.text(number, column) for column in columns)
            why = "a column without a key; not read" if filled else "a note below the table; not read"
            beside = (c for c in range(len(grid.rows[number])) if c not in columns and grid.text(number, c))
            self.report += [grid.unplaced(number, column, why) for column in beside]
            if filled:
                records.append(self.record(grid, number, columns, (*path, len(records))))
        keyed = path == ("owners", "others")
        _set(self.data, path, {record.pop("role", ""): record for record in records} if keyed else records)

    def record(self, grid: Grid, row: int, columns: Mapping[int, SheetField], path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.cells[path] = GridCell(grid, row, min(columns))
        for column, slot in columns.items():
            steps = tuple(slot.key.partition("[].")[2].split("."))
            if slot.key.startswith((_WHEN, _GIVEN)):
                found.setdefault(steps[0], {})  # a rule may have no condition, and each value of a case may be missing
            self.put(found, steps, (*path, *steps), GridCell(grid, row, column), slot)
        return found

    def put(
        self, target: dict[str, Any], steps: tuple[str, ...], path: KeyPath, cell: GridCell, slot: SheetField
    ) -> None:
        """Read one cell into ``target``; an empty cell of an optional field is left out."""
        self.cells[path] = cell
        if cell.value is None or not cell.text:
            if slot.many and slot.required:
                _set(target, steps, [])
            return
        known = self.known.get(slot.refers)
        try:
            found = read_value(slot, cell, known or ())
        except CellMismatch as misfit:
            self.report.append(cell.unplaced(str(misfit), misfit.near))
            return
        _set(target, steps, found)
        if known is None:
            return
        for word in found if isinstance(found, list) else [found]:
            if word not in known:  # it is kept, because it may be added to the site next
                why = f"kept, but the site has no {slot.refers} “{word}”"
                self.report.append(cell.unplaced(why, did_you_mean(word, known)))

    def missing(self) -> None:
        """Report each sheet of the worksheet that is not there."""
        for sheet in sheet_layouts():
            if sheet.path not in self.seen and not any(seen[: len(sheet.path)] == sheet.path for seen in self.seen):
                why = "this sheet is missing, or its keys are"
                self.report.append(Unplaced(sheet=sheet.title, cell="", value="", why=why))

    def packet(self) -> Packet | None:
        """Return the packet, or None with every reason in the report."""
        node, _ = parse(yaml_document(self.data))
        try:
            return Packet.model_validate(node.plain if node else {})
        except ValidationError as error:
            for each in error.errors(include_url=False):
                self.report.append(self.wrong(each))
        return None

    def wrong(self, error: Any) -> Unplaced:
        """Return the finding for an error of pydantic, at the nearest cell."""
        path = tuple(step for step in error["loc"] if step not in ("number", "choice", "boolean", "date", "[key]"))
        missing = error["type"] == "missing"
        why = "nothing is filled in here, and the packet needs it" if missing else error_message(error)[1]
        for length in range(len(path), 0, -1):
            if cell := self.cells.get(path[:length]):
                found = cell.unplaced(why)
                if missing and any((each.sheet, each.cell) == (found.sheet, found.cell) for each in self.report):
                    return cell.unplaced("the packet needs a value here")
                return found
        return Unplaced(sheet=" / ".join(map(str, path)), cell="", value="", why=why)


def _set(target: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        target = target.setdefault(step, {})
    target[steps[-1]] = value
