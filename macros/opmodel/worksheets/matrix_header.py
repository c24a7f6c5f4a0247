"""The layout of a responsibility table: its heading row, the column of names, the columns of roles or letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opmodel.model.organisation import Role
from opmodel.worksheets.grid import Grid
from opmodel.worksheets.names import RoleNames, folded_name
from opmodel.worksheets.raci_cells import PARTICIPATION_MARKS, cell_letters, heading_letter

_DEPTH = 60
"""Rows in which a heading is looked for."""
_NAMES = frozenset(
    "responsibility responsibilities task tasks activity activities deliverable deliverables step what action process "
    "item duty work function".split()
)
_FIELDS = {
    "meaning": frozenset("meaning description details definition explanation".split()),
    "layer": frozenset("layer side".split()),
    "phase": frozenset("phase stage".split()),
    "evidence": frozenset("evidence section".split()),
    "id": frozenset("id no nr number ref reference key".split()),
}


@dataclass(frozen=True, kw_only=True)
class MatrixHeader:
    """The layout of one table. ``roles`` has the heading of each column of letters (or, ``by_letter``, its letter).

    ``known`` is the share of headings that the site knows, which tells an upright table from one on its side.
    """

    row: int
    name: int
    roles: Mapping[int, str]
    by_letter: bool
    fields: Mapping[str, int]
    others: Mapping[int, str]
    known: float

    @property
    def id(self) -> int | None:
        """The column of ids, if there is one."""
        return self.fields.get("id")


def find_header(grid: Grid, known: Mapping[str, Role], renamed: Mapping[str, str]) -> MatrixHeader | None:
    """Return the layout of the table on a sheet, or None if it has no table."""
    return _of_names(grid) or _of_letters(grid, RoleNames(known, renamed))


def _of_names(grid: Grid) -> MatrixHeader | None:
    """Find a row with a letter over each column (Responsible, Accountable, …) and names below."""
    for row, below in enumerate(_below(grid)):
        found = {c: letter for c in range(len(grid.rows[row])) if (letter := heading_letter(grid.text(row, c)))}
        filled, named = sum(below[c].filled for c in found), sum(below[c].other for c in found)
        if len(found) >= 2 and len(set(found.values())) == len(found) and named * 2 > filled:
            return _header(grid, row, found, by_letter=True, known=1)
    return None


def _of_letters(grid: Grid, roles: RoleNames) -> MatrixHeader | None:
    """Find a row of headings with letters below most of them."""
    candidates = []
    below = _below(grid)
    for row, counts in enumerate(below):
        found = {c: t for c in range(1, len(counts)) if _is_column(t := grid.text(row, c), counts[c])}
        if found:  # a title that is merged over the columns says the same in all of them
            score = sum(counts[column].lettered for column in found)
            candidates.append((score, len(set(found.values())), row, found))
    if not candidates:
        return None
    *_, row, found = max(candidates, key=lambda candidate: candidate[:3])
    found |= {c: grid.text(row, c) for c in _more(grid, row, min(found), roles, below[row]) if c not in found}
    known = len({roles.find(text)[0] for text in found.values() if roles.knows(text)}) / len(found)
    return _header(grid, row, found, by_letter=False, known=known)


def _more(grid: Grid, row: int, first: int, roles: RoleNames, below: Sequence["_ColumnCounts"]) -> list[int]:
    """Return further columns of the table, few of whose cells hold letters."""
    headings = {c: grid.text(row, c) for c in range(first, len(grid.rows[row])) if grid.text(row, c)}
    return [
        c for c, text in headings.items() if cell_letters(text) is None and (roles.knows(text) or below[c].lettered)
    ]


@dataclass(frozen=True, slots=True)
class _ColumnCounts:
    """Counts of the cells of a column below a row: filled, with letters, with letters or marks, neither, no letters."""

    filled: int = 0
    lettered: int = 0
    telling: int = 0
    odd: int = 0
    other: int = 0

    def with_cell(self, text: str) -> "_ColumnCounts":
        """Return the counts with one more cell."""
        if not text:
            return self
        found, mark = cell_letters(text), text.casefold() in PARTICIPATION_MARKS
        return _ColumnCounts(
            self.filled + 1,
            self.lettered + bool(found),
            self.telling + (mark or bool(found)),
            self.odd + (found is None and not mark),
            self.other + (found is None),
        )


def _below(grid: Grid) -> list[list[_ColumnCounts]]:
    """Return the counts below each cell of the first rows, from the last row up, so that each cell is read once."""
    counts = [_ColumnCounts()] * max(map(len, grid.rows), default=0)
    found: list[list[_ColumnCounts]] = []
    for row in reversed(range(len(grid.rows))):
        if row < _DEPTH:
            found.append(counts)
        counts = [each.with_cell(grid.text(row, column)) for column, each in enumerate(counts)]
    return found[::-1]


def _is_column(text: str, below: _ColumnCounts) -> bool:
    """Whether most cells below a heading hold letters, or marks, which are reported later."""
    if not text or cell_letters(text) is not None:
        return False
    return (below.filled - below.odd) * 2 > below.filled and below.telling > 0


def _header(grid: Grid, row: int, found: dict[int, str], *, by_letter: bool, known: float) -> MatrixHeader:
    rest = [c for c in range(len(grid.rows[row])) if c not in found]
    fields: dict[str, int] = {}
    for column in rest:
        words = set(folded_name(grid.text(row, column).replace("#", "id").replace("№", "id")).split())
        for name, each in _FIELDS.items():
            if words & each and name not in fields and not words & _NAMES:
                fields[name] = column
    names = _name_column(grid, row, [c for c in rest if c not in fields.values()] or rest or [0])
    others = {c: grid.text(row, c) for c in rest if c != names and c not in fields.values()}
    return MatrixHeader(
        row=row,
        name=names,
        roles=dict(sorted(found.items())),
        by_letter=by_letter,
        fields=fields,
        others=others,
        known=known,
    )


def _name_column(grid: Grid, row: int, columns: list[int]) -> int:
    """Return the first column with a heading for names, else the one with the most different texts."""
    for column in columns:
        if set(folded_name(grid.text(row, column)).split()) & _NAMES:
            return column
    texts = {
        c: {t for r in range(row + 1, len(grid.rows)) if (t := grid.text(r, c)) and not t.isdigit()} for c in columns
    }
    return max(columns, key=lambda column: (len(texts[column]), -column))
