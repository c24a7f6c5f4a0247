"""A filled-in packet worksheet, read back: plain data for the packet, and what could not be placed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from opmodel.load.records import error_message
from opmodel.model.packet import Packet
from opmodel.source.reader import parse
from opmodel.text.nearest import did_you_mean
from opmodel.worksheets.cell_values import CellMismatch, read_value
from opmodel.worksheets.grid import Grid, Unplaced
from opmodel.worksheets.packet_sheets import SheetField, sheet_layouts
from opmodel.worksheets.packet_writer import PACKET_MARK
from opmodel.worksheets.yaml_writer import yaml_document

_DYNAMIC = ("shared.approval.rules[].when.", "shared.approval.examples[].given.")
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class ImportedPacket:
    """What a worksheet holds: the packet's id as exported, its data, the packet when it is complete, the report."""

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
    """Return what the sheets of a packet hold. ``known`` has the ids of each kind of reference."""
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
    """Return the slot of a column that belongs to one input of the decision."""
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
        self.cells: dict[KeyPath, tuple[Grid, int, int]] = {}
        self.seen: set[tuple[str, ...]] = set()

    def sheet(self, grid: Grid) -> None:
        """Read one sheet, whatever it is called."""
        self.report += grid.notes
        keys = _keys(grid)
        if not keys:
            if any(any(value is not None for value in row) for row in grid.rows):
                self.report.append(
                    Unplaced(sheet=grid.title, cell="", value="", why="this sheet has no keys; not read")
                )
            return
        for row, columns in keys.items():
            if any("[]" in slot.key for slot in columns.values()):
                self.table(grid, row, columns)
            else:
                for column, slot in columns.items():
                    self.form(grid, row, column, slot)

    def form(self, grid: Grid, row: int, key_column: int, slot: SheetField) -> None:
        """Read one line of a form: the answer stands in the column that is headed so, else in the second."""
        headings = ((r, c) for r in range(row) for c in range(key_column) if grid.text(r, c) == "Your answer")
        column = max(headings, default=(0, 1))[1]
        path = tuple(slot.key.split("."))
        self.seen.add(path[:-1])
        for other in range(key_column + 1, len(grid.rows[row])):
            if grid.text(row, other):
                self.report.append(grid.unplaced(row, other, "a note beside the form; not read"))
        self.put(self.data, path, path, grid, (row, column), slot)

    def table(self, grid: Grid, row: int, columns: Mapping[int, SheetField]) -> None:
        path = tuple(next(iter(columns.values())).key.partition("[]")[0].split("."))
        self.seen.add(path)
        keyed = path == ("owners", "others")
        records: list[dict[str, Any]] = []
        for number in range(row + 1, len(grid.rows)):
            filled = [c for c in columns if grid.rows[number][c] is not None and (grid.text(number, c))]
            self.beside(grid, number, columns, bool(filled))
            if filled:
                records.append(self.record(grid, number, columns, (*path, len(records))))
        if keyed:
            pairs = ((record.pop("role", ""), record) for record in records)
            _set(self.data, path, dict(pairs))
        else:
            _set(self.data, path, records)

    def beside(self, grid: Grid, row: int, columns: Mapping[int, SheetField], filled: bool) -> None:
        for column in range(len(grid.rows[row])):
            if column not in columns and grid.text(row, column):
                why = "a column without a key; not read" if filled else "a note below the table; not read"
                self.report.append(grid.unplaced(row, column, why))

    def record(self, grid: Grid, row: int, columns: Mapping[int, SheetField], path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.cells[path] = (grid, row, min(columns))
        for column, slot in columns.items():
            steps = _steps(slot)
            self.put(found, steps, (*path, *steps), grid, (row, column), slot)
        return found

    def put(
        self,
        target: dict[str, Any],
        steps: tuple[str, ...],
        path: KeyPath,
        grid: Grid,
        cell: tuple[int, int],
        slot: SheetField,
    ) -> None:
        """Read one cell into ``target``; an empty cell of an optional field says nothing."""
        self.cells[path] = (grid, *cell)
        row, column = cell
        value = grid.rows[row][column] if column < len(grid.rows[row]) else None
        if value is None or not grid.text(row, column):
            if slot.many and slot.required:
                _set(target, steps, [])
            return
        try:
            _set(target, steps, read_value(slot, value, self.known.get(slot.refers, ())))
        except CellMismatch as misfit:
            self.report.append(grid.unplaced(row, column, str(misfit), misfit.near))
        else:
            self.unknown(grid, row, column, slot, target, steps)

    def unknown(
        self, grid: Grid, row: int, column: int, slot: SheetField, target: dict[str, Any], steps: tuple[str, ...]
    ) -> None:
        """Report an id that the site does not have. It is kept: it may be about to be added."""
        known = self.known.get(slot.refers)
        if known is None:
            return
        found = _get(target, steps)
        for word in found if isinstance(found, list) else [found]:
            if word not in known:
                why = f"kept, but the site has no {slot.refers} “{word}”"
                self.report.append(grid.unplaced(row, column, why, did_you_mean(word, known)))

    def missing(self) -> None:
        """Report each sheet of the worksheet that is not there."""
        for sheet in sheet_layouts():
            if sheet.path not in self.seen and not any(seen[: len(sheet.path)] == sheet.path for seen in self.seen):
                why = "this sheet is missing, or its keys are"
                self.report.append(Unplaced(sheet=sheet.title, cell="", value="", why=why))

    def packet(self) -> Packet | None:
        """Return the packet, or report why there is none yet."""
        node, _ = parse(yaml_document(self.data))
        try:
            return Packet.model_validate(node.plain if node else {})
        except ValidationError as error:
            for each in error.errors(include_url=False):
                self.report.append(self.wrong(each))
        return None

    def wrong(self, error: Any) -> Unplaced:
        path = tuple(step for step in error["loc"] if step not in ("number", "choice", "boolean", "date", "[key]"))
        why = (
            "nothing is filled in here, and the packet needs it"
            if error["type"] == "missing"
            else error_message(error)[1]
        )
        for length in range(len(path), 0, -1):
            if place := self.cells.get(path[:length]):
                if error["type"] == "missing" and any(
                    found.sheet == place[0].title and found.cell == place[0].cell(*place[1:]) for found in self.report
                ):
                    why = "the packet needs a value here"
                return place[0].unplaced(place[1], place[2], why)
        return Unplaced(sheet=" / ".join(map(str, path)), cell="", value="", why=why)


def _steps(slot: SheetField) -> tuple[str, ...]:
    """Return the keys within a record; the name of an input may hold no dot, so the rest is one key."""
    return tuple(slot.key.partition("[].")[2].split("."))


def _set(target: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        target = target.setdefault(step, {})
    target[steps[-1]] = value


def _get(target: dict[str, Any], steps: Sequence[str]) -> Any:
    for step in steps:
        target = target[step]
    return target
