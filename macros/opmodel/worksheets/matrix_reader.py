"""Import of a responsibility table from any spreadsheet as rows of ``data/responsibilities.yml``.

Two layouts are understood: one column a role with letters in the cells, and one column a letter (Responsible,
Accountable, …) with roles in the cells. A table that lies on its side is turned.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from opmodel.model.organisation import Role
from opmodel.model.vocabulary import Layer, Phase, Section, Side
from opmodel.text.slugs import FreeNames, slug
from opmodel.text.words import counted
from opmodel.worksheets.grid import Grid, Unplaced
from opmodel.worksheets.matrix_header import MatrixHeader, find_header
from opmodel.worksheets.names import RoleNames, folded_name, same_name, split_names
from opmodel.worksheets.raci_cells import EMPTY_MARKS, PARTICIPATION_MARKS, cell_letters, raci_entry

_PHASE_WORD = re.compile(r"\b(phase|stage)\b|^\W*\d+\W+", re.I)
_PHASES = {phase: (phase.value, phase.label) for phase in Phase}
_LAYERS = {layer: (layer.value, layer.label) for layer in Layer}
_SECTIONS = {section: (section.value, section.label) for section in Section}


@dataclass(slots=True)
class ResponsibilityTable:
    """The rows of a table as plain data, and a report of what could not be placed."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    report: list[Unplaced] = field(default_factory=list)


def read_matrix(grids: Sequence[Grid], known: Mapping[str, Role], renamed: Mapping[str, str]) -> ResponsibilityTable:
    """Return the responsibilities on ``grids``. ``known`` are the site's roles; ``renamed`` maps headings to roles."""
    table = ResponsibilityTable()
    for grid in grids:
        if not any(any(value is not None for value in row) for row in grid.rows):
            continue
        table.report += grid.notes
        turned = _turned(grid)
        upright = find_header(grid, known, renamed)
        lying = find_header(turned, known, renamed)
        if lying and (upright is None or lying.known > upright.known):
            grid, upright = turned, lying
        if upright is None:
            why = "no table of responsibilities: expected a row of roles above cells with R, A, C or I"
            table.report.append(Unplaced(sheet=grid.title, cell="", value="", why=why))
            continue
        _MatrixReader(grid, upright, RoleNames(known, renamed), table).read()
    return table


def _turned(grid: Grid) -> Grid:
    filled = frozenset((column, row) for row, column in grid.filled)
    return replace(grid, rows=tuple(zip(*grid.rows, strict=True)), filled=filled, turned=True)


class _MatrixReader:
    """Reads the rows of a responsibility matrix from one sheet."""

    def __init__(self, grid: Grid, header: MatrixHeader, roles: RoleNames, table: ResponsibilityTable) -> None:
        self.columns: dict[int, str] = {}
        self.grid, self.header, self.roles, self.table = grid, header, roles, table
        self.phase: Phase | None = None
        self.assumed: dict[str, int] = {}
        self.ids = FreeNames(each["id"] for each in table.rows)

    def read(self) -> None:
        self.columns = dict(self.header.roles)
        if not self.header.by_letter:
            self.columns = {c: self.role(self.header.row, c, text) for c, text in self.columns.items()}
        for row in range(self.header.row + 1, len(self.grid.rows)):
            self.row(row)
        for column in self.header.others:
            if count := sum(bool(self.grid.text(r, column)) for r in range(self.header.row + 1, len(self.grid.rows))):
                why = f"a column that a responsibility has no place for; {counted(count, 'cell')} not read"
                self.table.report.append(self.grid.unplaced(self.header.row, column, why))
        for name, count in self.assumed.items():
            where = counted(count, "row")
            self.table.report.append(Unplaced(sheet=self.grid.title, cell="", value="", why=f"{name}; check {where}"))

    def role(self, row: int, column: int, text: str) -> str:
        """Return the id of the role in a heading or cell; an unknown role gets a new id and is reported."""
        name, why, near = self.roles.find(text)
        if why:
            self.table.report.append(replace(self.grid.unplaced(row, column, why, near), value=text))
        return name

    def row(self, row: int) -> None:
        """Read one row: a responsibility, the heading of a phase, or a finding."""
        name = " ".join(self.grid.text(row, self.header.name).split())
        entries, odd = self.entries(row)
        if not name:
            odd += [self.grid.unplaced(row, c, "letters in a row without a name") for c in self.lettered(row)]
        elif not entries and not odd:
            self.heading(row, name)
        elif cell_letters(name) and len(name) < 15:
            odd = [self.grid.unplaced(row, self.header.name, "looks like a legend and not like a responsibility")]
        else:
            self.table.rows.append(self.responsibility(row, name, entries))
        self.table.report += odd

    def lettered(self, row: int) -> list[int]:
        return [column for column in self.header.roles if self.grid.text(row, column)]

    def heading(self, row: int, name: str) -> None:
        phase = same_name(_PHASE_WORD.sub("", name), _PHASES)
        self.phase = phase or self.phase
        if phase is None and (row, self.header.name) not in self.grid.filled:
            why = "a row without letters; not read as a responsibility"
            self.table.report.append(self.grid.unplaced(row, self.header.name, why))

    def entries(self, row: int) -> tuple[dict[str, str], list[Unplaced]]:
        """Return the letters by role, in the order of the columns, and findings."""
        found: dict[str, set[str]] = {}
        odd: list[Unplaced] = []
        for column, role in self.columns.items():
            text = self.grid.text(row, column)
            if self.header.by_letter:
                for name in () if text.casefold() in EMPTY_MARKS else split_names(text):
                    found.setdefault(self.role(row, column, name), set()).add(role)
            elif (here := cell_letters(text)) is None:
                odd.append(self.grid.unplaced(row, column, _why(text)))
            elif here:
                found.setdefault(role, set()).update(here)
        kept = {role: raci_entry(frozenset(each)) for role, each in found.items()}
        for role, (entry, left) in kept.items():
            if left:
                why = f"{role} has {entry}, so {left} beside it was left out"
                odd.append(self.grid.unplaced(row, self.header.name, why))
        return {role: entry.value for role, (entry, _) in kept.items() if entry}, odd

    def responsibility(self, row: int, name: str, entries: dict[str, str]) -> dict[str, Any]:
        given = self.grid.text(row, self.header.id) if self.header.id is not None else ""
        fits = given and given == slug(given) and not given.isdigit() and given not in self.ids.taken
        ident = self.ids.take(given if fits else slug(folded_name(name)) or "row")
        return {
            "id": ident,
            "name": name[:400],
            "meaning": self.of(row, "meaning") or name,
            "layer": self.layer(row, entries).value,
            "phase": self.phase_of(row).value,
            "raci": entries,
            "evidence": self.section(row, name).value,
        }

    def of(self, row: int, field_name: str) -> str:
        column = self.header.fields.get(field_name)
        return self.grid.text(row, column) if column is not None else ""

    def layer(self, row: int, entries: Mapping[str, str]) -> Layer:
        if found := same_name(self.of(row, "layer"), _LAYERS):
            return found
        self.assume("the layer is taken from the side of whoever is accountable")
        sides = {self.roles.side(role) for role, entry in entries.items() if entry.startswith("A")}
        if Side.BUSINESS in sides and Side.IT in sides:
            return Layer.SHARED
        return Layer.IT if Side.IT in sides else Layer.BUSINESS if Side.BUSINESS in sides else Layer.SHARED

    def phase_of(self, row: int) -> Phase:
        if found := same_name(_PHASE_WORD.sub("", self.of(row, "phase")), _PHASES) or self.phase:
            return found
        self.assume(f"the sheet names no phase, so “{Phase.DEFINE.value}” is written")
        return Phase.DEFINE

    def section(self, row: int, name: str) -> Section:
        if found := same_name(self.of(row, "evidence"), _SECTIONS):
            return found
        self.assume("the sheet names no packet section as evidence, so the nearest by name is written")
        return max(Section, key=lambda section: _likeness(name, section))

    def assume(self, why: str) -> None:
        self.assumed[why] = self.assumed.get(why, 0) + 1


def _why(text: str) -> str:
    if text.strip().casefold() in PARTICIPATION_MARKS:
        return "a mark says that the role takes part but not how; expected R, A, C or I"
    return "expected R, A, C or I, or several of them"


def _likeness(name: str, section: Section) -> int:
    """Return how many words a name shares with a section; words of the title count five times."""
    words = {word for word in folded_name(name).split() if len(word) > 3}
    title, meaning = (set(folded_name(text).split()) for text in (f"{section.value} {section.label}", section.meaning))
    return 5 * len(words & title) + len(words & meaning)
